"""What can be done with a photo's files, by name."""

from __future__ import annotations

from desktop_app.engine.organize.actions.base import Action
from desktop_app.engine.organize.actions.copy_move import Copy, Move
from desktop_app.engine.organize.actions.links import Hardlink, Symlink
from desktop_app.engine.organize.actions.remove import Remove

ACTIONS: dict[str, Action] = {action.name: action for action in (Copy(), Move(), Hardlink(), Symlink())}


def undo_of(action: Action) -> Action:
    """The action that takes one file's action back; its items run from the destination to the source."""
    return action if action.takes_source else Remove(action)
