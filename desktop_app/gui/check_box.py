"""A check box that is seen on every ground, and says what it has room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QStylePainter

from desktop_app.gui.elided import LEAST, tell_whole
from desktop_app.gui.theme import is_dark, muted


class CheckBox(QCheckBox):
    """On a dark ground the style draws an empty box darker still, where nobody sees it: this one has an outline.

    Where there is little room its words end in an ellipsis, and are told whole on hover.
    """

    @property
    def shown(self) -> str:
        """What there is room for."""
        room = self._part(QStyle.SubElement.SE_CheckBoxContents).width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _part(self, part: QStyle.SubElement) -> QRect:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        return self.style().subElementRect(part, option, self)

    def minimumSizeHint(self) -> QSize:
        whole, letters = super().minimumSizeHint(), self.fontMetrics()
        spared = letters.horizontalAdvance(self.text()) - letters.horizontalAdvance(self.text()[:LEAST] + "…")
        return QSize(whole.width() - max(0, spared), whole.height())

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.text(), self.shown) or super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown
        painter.drawControl(QStyle.ControlElement.CE_CheckBox, option)
        if is_dark(self.palette()):
            painter.setPen(muted(self.palette()))
            painter.drawRect(self._part(QStyle.SubElement.SE_CheckBoxIndicator).adjusted(0, 0, -1, -1))
        painter.end()
