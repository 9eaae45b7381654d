"""What a person can choose to have done with photos, by name: the one place to add an action to.

The command line, the window, plans, reports and history all take their choices and words from here.
"""

from __future__ import annotations

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.actions.base import Action, Operation, Words
from desktop_app.engine.organize.actions.copy_move import Copy, Move
from desktop_app.engine.organize.actions.links import Hardlink, Symlink
from desktop_app.engine.organize.actions.remove import Remove

ACTIONS: dict[str, Action] = {action.name: action for action in (Copy(), Move(), Hardlink(), Symlink())}


KEYWORDS = "keywords"
"""The action of runs that write sidecars and move nothing; see `engine.keywords`."""
_KEYWORDS = Words(
    label=tr_noop("Keywords"),
    explanation=tr_noop(
        "The name of each photo's group as a keyword beside it, for other programs. No photo is touched."
    ),
    verb=tr_noop("Write keywords for"),
    doing=tr_noop("Writing keywords"),
    done=tr_noop("got a keyword"),
    noun=tr_noop("keywords"),
    undone=tr_noop("without the keyword again"),
)


def words(name: str) -> Words:
    """What a run of a known action is called, in English."""
    return _KEYWORDS if name == KEYWORDS else ACTIONS[name].words


def noun(name: str) -> str:
    """What a run is called in a list or a menu: ``hard link``; an action of another version of the program as it is."""
    return tr(words(name).noun) if name in ACTIONS or name == KEYWORDS else name


def takes_source(name: str) -> bool:
    """Whether photos are somewhere else after a run."""
    return name in ACTIONS and ACTIONS[name].takes_source


def changes_folder(name: str) -> bool:
    """Whether the photos' own folder holds other files after a run, so that it has to be looked at again."""
    return name == KEYWORDS or takes_source(name)


def undo_of(action: Action) -> Operation:
    """What takes one file's action back; its items run from the destination to the source."""
    return action if action.takes_source else Remove(action)
