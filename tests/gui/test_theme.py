"""Groups are told apart by color and shape."""

from __future__ import annotations

from desktop_app.engine.types import UNSURE
from desktop_app.gui.theme import mark


def test_no_two_of_the_first_56_groups_look_the_same() -> None:
    for dark in (False, True):
        marks = {(mark(label, dark).color.name(), mark(label, dark).symbol) for label in range(56)}
        assert len(marks) == 56
        for label in range(56):
            one, other = mark(label, dark), mark(label + 1, dark)
            assert one.color != other.color
            assert one.symbol != other.symbol
            assert one.symbol != mark(UNSURE, dark).symbol
