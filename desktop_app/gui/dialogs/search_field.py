"""A field above a list: what is typed says which rows are there, and the arrows walk among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QSizePolicy, QTreeWidget, QTreeWidgetItem

from desktop_app.gui.item_looks import ItemLooks
from desktop_app.gui.theme import SPACE, clearable

_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LEAST = SPACE * 14  # four rows or so: a smaller dialog scrolls


def rank(name: str, extra: str, words: str) -> int | None:
    """How well something fits what was typed: lower is better, None where it does not.

    Args:
        name: of an action or a group.
        extra: more about it, which may hold words too.
        words: typed; each must be found.
    """
    lower, more, typed = name.casefold(), extra.casefold(), words.casefold().split()
    if typed and lower.split() == typed:
        return -1
    worst = 0
    for word in typed:
        if lower.startswith(word):
            found = 0
        elif f" {word}" in lower:
            found = 1
        elif word in lower:
            found = 2
        elif word in more:
            found = 3
        else:
            return None
        worst = max(worst, found)
    return worst


class SearchList(QTreeWidget):
    """Rows of a name and remarks on it; the name has what room there is.

    Args:
        name: for screen readers.
        headings: of the columns; empty ones are not shown.
    """

    def __init__(self, name: str, headings: Sequence[str] = ("", "")) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHeaderLabels(headings)
        self.setHeaderHidden(not any(headings))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(ItemLooks(self))
        self.setMinimumHeight(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def fill(self, items: Iterable[QTreeWidgetItem]) -> QTreeWidgetItem | None:
        """Show these rows in place of the others; returns the first, on which the keyboard stands then."""
        self.clear()
        self.addTopLevelItems(list(items))
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)
        return first


class SearchField(QLineEdit):
    """Keeps the keyboard; arrows walk in the list.

    Args:
        words: what can be typed, shown while there is nothing, and read by screen readers.
        rows: the list.
    """

    def __init__(self, words: str, rows: SearchList) -> None:
        super().__init__(placeholderText=words)
        clearable(self)
        self.setAccessibleName(words)
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WALK:
            self._rows.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
