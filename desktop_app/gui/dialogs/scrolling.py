"""Dialogs that fit every screen: what they hold scrolls, and their buttons stay in sight."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.gui.theme import SPACE
from desktop_app.gui.wheel_guard import WheelGuard

_SHARE = 0.92  # of the screen: the window manager's frame needs some


class ScrollingDialog(QDialog):
    """Subclasses fill ``body``, and call `finish` with the row of buttons.

    Args:
        title: of the window.
        size: wanted; a smaller screen gets less, and a scroll bar.
    """

    def __init__(self, title: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._wanted: QSize | None = size
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE)
        self.body.setSpacing(SPACE)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self._inner)
        self.area.setAccessibleName(title)  # of a dialog that only tells, it has the keyboard

    def finish(self, buttons: QWidget) -> None:
        """Put everything in its place, the row of ``buttons`` below what scrolls."""
        row = buttons.layout()
        assert row is not None
        row.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE * 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addWidget(buttons)
        # What can be typed into or chosen has the keyboard from the beginning; a text alone is scrolled by it.
        if any(part.focusPolicy() & Qt.FocusPolicy.TabFocus for part in self._inner.findChildren(QWidget)):
            self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lowest = buttons
        WheelGuard(self)

    def showEvent(self, event: QShowEvent) -> None:
        # Only now is it known on which screen; the size that a person gives it later stays.
        if self._wanted is not None:
            self.resize(self._wanted.boundedTo(self.screen().availableSize() * _SHARE))
            self._wanted = None
        super().showEvent(event)
        # Qt's own boxes let Tab go from button to button in the order in which they were made.
        foot = sorted(self._lowest.findChildren(QPushButton), key=lambda button: button.mapTo(self, QPoint()).x())
        for before, after in pairwise(foot):
            QWidget.setTabOrder(before, after)
