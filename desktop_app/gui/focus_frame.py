"""A frame around whatever the Tab key has come to: lists, pages and flat buttons show too little by themselves."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from desktop_app.gui.theme import accent

_PEN = 2


class _Frame(QWidget):
    """Lies over its parent, lets everything through, and is as large."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        self.setGeometry(around.rect())
        self.raise_()
        self.show()

    def eventFilter(self, around: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(around, QWidget):
            self.setGeometry(around.rect())
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.hide()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent(self.palette()), _PEN))
        inside = _PEN / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside), _PEN, _PEN)
        painter.end()


class FocusFrame(QObject):
    """Follows the focus of all windows while it is moved with keys.

    Args:
        parent: it lives as long.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._frame: _Frame | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None and shiboken6.isValid(self._frame):  # it went with a dialog that was closed
            self._frame.deleteLater()
            self._frame.hide()
        self._frame = None
        # What one types into has a cursor.
        if now is None or isinstance(now, QLineEdit | QAbstractSpinBox) or QApplication.mouseButtons():
            return
        if now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            self._frame = _Frame(now)
