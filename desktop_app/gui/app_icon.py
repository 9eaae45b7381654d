"""Kindred's own sign: four photos that found their groups, each drawn as the map draws it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop_app.gui.theme import mark, paint_mark

SIDES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels of the pictures that desktops ask for."""
_GROUND, _EDGE = QColor("#FBFBFC"), QColor("#C9CDD3")
_MARGIN, _ROUND, _SHAPE, _GAP = 0.05, 0.2, 0.31, 0.08  # shares of the side


def paint_app_icon(painter: QPainter, side: float) -> None:
    """Draw the sign into the square from the origin to ``side``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QRectF(0, 0, side, side).adjusted(*(side * _MARGIN * sign for sign in (1, 1, -1, -1)))
    painter.setPen(_EDGE)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(ground, side * _ROUND, side * _ROUND)
    painter.setPen(Qt.PenStyle.NoPen)
    first = side * (1 - 2 * _SHAPE - _GAP) / 2
    for label in range(4):
        column, row = label % 2, label // 2
        step = side * (_SHAPE + _GAP)
        place = QRectF(first + column * step, first + row * step, side * _SHAPE, side * _SHAPE)
        paint_mark(painter, place, mark(label, dark=False))


def app_pixmap(side: int) -> QPixmap:
    """The sign in so many pixels, on a transparent ground."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_app_icon(painter, side)
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """The sign for title bars and task switchers."""
    icon = QIcon()
    for side in SIDES[:-2]:
        icon.addPixmap(app_pixmap(side))
    return icon
