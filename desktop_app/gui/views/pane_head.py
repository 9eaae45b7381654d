"""The line above a pane: what it is called, and its buttons. Where panes can be moved, it is what one drags."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.gui.elided import LEAST
from desktop_app.gui.theme import SPACE, heading

_LEAST = 160


class PaneHead(QWidget):
    """A heading at the left, and whatever is added at the right.

    Args:
        text: the heading.
        *beside: stand right behind it.
        least: letters of the heading that always have room.
    """

    def __init__(self, text: str, *beside: QWidget, least: int = LEAST) -> None:
        super().__init__()
        self.title = heading(text, least)
        self._give_way: list[tuple[QToolButton, str, str]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE, SPACE, SPACE // 2, SPACE // 2)
        self._row.setSpacing(SPACE // 2)
        for widget in (self.title, *beside):
            self._row.addWidget(widget)
        self._row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        # On a small screen the buttons squeeze before a pane takes room that others need more.
        return QSize(_LEAST, super().minimumSizeHint().height())

    def add(self, *widgets: QWidget) -> None:
        """Put these at the right end."""
        for widget in widgets:
            self._row.addWidget(widget)

    def give_way(self, button: QToolButton, short: str) -> None:
        """Let a button say ``short`` where there is no room for all that it says now; screen readers get all of it.

        The first one asked for gives way first.
        """
        button.setAccessibleName(button.text())
        self._give_way.append((button, button.text(), short))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button, whole, _ in self._give_way:
            button.setText(whole)
        for button, _, short in self._give_way:
            if self._row.minimumSize().width() <= self.width():
                return
            button.setText(short)
