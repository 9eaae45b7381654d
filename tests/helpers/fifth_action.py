"""A file action that the program does not have, as somebody who adds one would write it."""

from __future__ import annotations

import pytest

from desktop_app.engine.organize.actions.base import Words
from desktop_app.engine.organize.actions.copy_move import Copy
from desktop_app.engine.organize.actions.registry import ACTIONS


class Clone(Copy):
    """A copy by another name; what matters here is where that name turns up."""

    name = "copy-on-write-clone"  # longer than any that ship
    words = Words(
        label="Clone",
        explanation="Shares the bytes until one of the two is edited.",
        verb="Clone",
        doing="Cloning",
        done="cloned",
        noun="clone",
        undone="unmade",
    )


def add_clone(monkeypatch: pytest.MonkeyPatch) -> str:
    """Add it where an action is added: in the registry, and nowhere else. Returns its name."""
    monkeypatch.setitem(ACTIONS, Clone.name, Clone())
    return Clone.name
