"""A check box that is seen on every ground."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from desktop_app.gui.theme import is_dark, muted


class CheckBox(QCheckBox):
    """On a dark ground the style draws an empty box darker still, where nobody sees it: this one has an outline."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if is_dark(self.palette()):
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            painter = QPainter(self)
            painter.setPen(muted(self.palette()))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.end()
