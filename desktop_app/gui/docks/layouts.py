"""How the panes can stand: each arrangement in one table."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.language import tr_noop


@dataclass(frozen=True, slots=True)
class Column:
    """Panes below each other.

    Attributes:
        panes: their names with the share of the height that each gets.
        width: least and most logical pixels, and the share of the window that lies between; None for the column that
            takes what the others leave, and grows with the window.
    """

    panes: tuple[tuple[str, int], ...]
    width: tuple[int, int, float] | None = None

    def pixels(self, window: int) -> int:
        """How wide it is to be in a window of that many pixels; 0 for the one that takes the rest."""
        if self.width is None:
            return 0
        least, most, share = self.width
        return min(most, max(least, int(window * share)))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Columns from left to right; panes that stand in none are hidden.

    Attributes:
        name: how the window remembers it.
        text: in the menu, with the mnemonic's ampersand.
        tip: what it is good for.
    """

    name: str
    text: str
    tip: str
    columns: tuple[Column, ...]


_NAMES = (192, 230, 1 / 6)
"""Of the groups: as short as “Group 12” beside cover, mark, count and scroll bar."""
_SIDE = (264, 340, 1 / 4)
"""Of the neighbors: as narrow as their heading and its buttons."""

EXPLORE = "explore"
ARRANGEMENTS = {
    one.name: one
    for one in (
        Arrangement(
            EXPLORE,
            tr_noop("&Explore"),
            tr_noop("Map and photos in the middle, groups at the left, neighbors and the chart at the right"),
            (
                Column((("groups", 1),), _NAMES),
                Column((("map", 48), ("photos", 38))),
                Column((("neighbors", 50), ("elbow", 33)), _SIDE),
            ),
        ),
        Arrangement(
            "sort",
            tr_noop("&Sort"),
            tr_noop("Groups and photos alone, both large: for putting photos where they belong"),
            (Column((("groups", 1),), (192, 340, 1 / 4)), Column((("photos", 1),))),
        ),
        Arrangement(
            "look",
            tr_noop("&Look"),
            tr_noop("One photo large above the others, with its details and its neighbors"),
            (
                Column((("photo", 3), ("photos", 1))),
                Column((("details", 1), ("neighbors", 1)), _SIDE),
            ),
        ),
    )
}
