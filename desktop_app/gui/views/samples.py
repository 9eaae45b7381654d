"""A row of thumbnails: examples of a group, or of what would become one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.engine.types import Int64Array
from desktop_app.gui.theme import SPACE
from desktop_app.gui.views.photo_tile import paint_picture
from desktop_app.gui.views.thumbnails import Thumbnails

SIDE = 64
_LEAST = 20
"""Where there is little room: small pictures rather than slits of large ones."""


class Samples(QWidget):
    """As many of the photos as there is room for."""

    def __init__(self, photo_ids: Int64Array, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._ids = photo_ids
        self._thumbnails = thumbnails
        self.setMinimumHeight(_LEAST)
        self.setMaximumHeight(SIDE)
        self.setMinimumWidth(3 * (SIDE + SPACE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        thumbnails.ready.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), SIDE)

    def set_ids(self, photo_ids: Int64Array) -> None:
        self._ids = photo_ids
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.height()
        room = self.width() // (side + SPACE)
        for place, photo_id in enumerate(self._ids[:room].tolist()):
            rect = QRectF(place * (side + SPACE), 0, side, side)
            paint_picture(painter, rect, self._thumbnails.get(photo_id), self.palette())
        painter.end()
