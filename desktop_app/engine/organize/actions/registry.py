"""What a person can choose to have done with photos, by name: the one place to add an action to.

The command line, the window, plans, reports and history all take their choices and words from here.
"""

from __future__ import annotations

from desktop_app.engine.organize.actions.base import Action, Operation
from desktop_app.engine.organize.actions.copy_move import Copy, Move
from desktop_app.engine.organize.actions.links import Hardlink, Symlink
from desktop_app.engine.organize.actions.remove import Remove

ACTIONS: dict[str, Action] = {action.name: action for action in (Copy(), Move(), Hardlink(), Symlink())}


def noun(name: str) -> str:
    """What a run is called in a list or a menu: ``hard link``; an action of another version of the program as it is."""
    return ACTIONS[name].words.noun if name in ACTIONS else name


def undo_of(action: Action) -> Operation:
    """What takes one file's action back; its items run from the destination to the source."""
    return action if action.takes_source else Remove(action)
