"""Texts that end in an ellipsis where there is no room, and are told whole on hover."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip, QWidget

from desktop_app.gui.plain_text import tip

LEAST = 8
"""Letters that still tell one name from another."""


def tell_whole(widget: QWidget, event: QEvent, text: str, shown: str) -> bool:
    """Where a tip is asked for and not all of ``text`` is shown, tell it; True where that was so."""
    if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip or shown == text:
        return False
    whole = tip(text)
    # A tip of its own says why; the whole text comes before the reason.
    QToolTip.showText(event.globalPos(), f"{whole}\n{widget.toolTip()}" if widget.toolTip() else whole, widget)
    return True


class ElidedLabel(QLabel):
    """Takes less room than its text needs, where there is less; screen readers get all of it.

    Args:
        text: shown as it is, never as markup.
        mode: where the ellipsis stands.
        least: letters that always have room; with 0 it vanishes where less than `LEAST` would be left.
    """

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
        *,
        least: int = LEAST,
    ) -> None:
        super().__init__(text, parent, textFormat=Qt.TextFormat.PlainText)
        self._mode = mode
        self._least = least

    @property
    def shown(self) -> str:
        """What there is room for."""
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())
        return "" if not self._least and text != self.text() and len(text) <= LEAST else text

    def minimumSizeHint(self) -> QSize:
        margins = self.contentsMargins()
        text, letters = self.text(), self.fontMetrics()
        least = min(letters.horizontalAdvance(text), letters.horizontalAdvance(text[: self._least] + "…"))
        least = least if self._least else 0
        return QSize(least + margins.left() + margins.right() + 1, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.text(), self.shown) or super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            self.shown,
            self.foregroundRole(),
        )
        painter.end()


class ElidedCombo(QComboBox):
    """Qt's own cuts the last letter in two."""

    @property
    def shown(self) -> str:
        """What there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
