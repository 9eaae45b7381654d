"""One picture to look at closely: fit to the room, pixel for pixel, or anything between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop_app.gui.roles import give_role
from desktop_app.gui.theme import SPACE, accent, muted

_STEP = 1.25
_LARGEST = 16.0
"""Screen pixels that a pixel of the picture may cover."""
_FIT_ENLARGES = 3.0
_PIXELS_SHOW = 3.0
"""From this many screen pixels on, a pixel of the picture is a square: whoever looks so closely wants to see it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What part of a picture is seen, so that it can be carried over to another one.

    Attributes:
        zoom: 1 fits the whole picture into the room.
        x: of the point in the middle, 0 (left) to 1.
        y: likewise from the top.
    """

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5


class PhotoCanvas(QWidget):
    """Paints a picture. The wheel zooms about the pointer, a drag moves it, a double click goes between fit and 100 %.

    It is given the picture in several sizes as they arrive, and paints the smallest that is sharp enough.
    """

    looked = Signal()
    """The person zoomed or moved the picture."""
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(120, 90)
        give_role(self, QAccessible.Role.Graphic)
        self._images: tuple[QImage, ...] = ()
        self._whole = QSizeF()
        self._look = Look()
        self._message = ""
        self._grabbed: QPointF | None = None
        self.marked = False
        """Framed: of several pictures the one that keys and menus are about."""

    def set_picture(self, images: Sequence[QImage], width: int, height: int, message: str = "") -> None:
        """Show a picture; where one looks stays.

        Args:
            images: of the same picture, in any order; may be empty.
            width: of the whole picture, pixels.
            height: likewise.
            message: shown where there is no picture.
        """
        self._images = tuple(sorted(images, key=QImage.width))
        self._whole = QSizeF(max(width, 1), max(height, 1))
        self._message = message
        self.update()

    def set_marked(self, marked: bool) -> None:
        self.marked = marked
        self.update()

    @property
    def look(self) -> Look:
        return self._look

    def set_look(self, look: Look) -> None:
        """Show the same part as another canvas does."""
        self._look = self._kept_inside(look)
        self.update()

    def fit(self) -> None:
        self._change(Look())

    def show_pixels(self, at: QPointF | None = None) -> None:
        """100 %: one pixel of the picture on one of the screen, about the point ``at`` of the widget."""
        self._zoom_to(1 / (self._fit_scale() * self.devicePixelRatioF()), at)

    def toggle_pixels(self, at: QPointF | None = None) -> None:
        """From fit to 100 %, from anything else to fit."""
        if self._look.zoom == 1:
            self.show_pixels(at)
        else:
            self.fit()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Enlarge by ``steps`` of a quarter each, about the point ``at`` of the widget; negative ones shrink."""
        self._zoom_to(self._look.zoom * _STEP**steps, at)

    @property
    def percent(self) -> float:
        """Screen pixels a pixel of the picture covers, times 100."""
        return 100 * self._scale() * self.devicePixelRatioF()

    def fit_side(self, width: int, height: int) -> int:
        """Short side, pixels, of a picture of that size where it fits the room."""
        room = min(self.width() / width, self.height() / height) * self.devicePixelRatioF()
        return max(64, round(min(width, height) * min(1.0, room)))

    @property
    def sharp_side(self) -> int:
        """Short side that the picture needs to be sharp as it is seen now, pixels."""
        return round(min(self._whole.width(), self._whole.height()) * min(1.0, self.percent / 100))

    def _fit_scale(self) -> float:
        if self._whole.isEmpty():
            return 1.0
        room = min(self.width() / self._whole.width(), self.height() / self._whole.height())
        return min(room, _FIT_ENLARGES / self.devicePixelRatioF())

    def _scale(self) -> float:
        """Logical pixels of the widget for one of the picture."""
        return self._fit_scale() * self._look.zoom

    def _place(self) -> QRectF:
        """Where the whole picture lies, in the widget."""
        size = self._whole * self._scale()
        middle = QRectF(self.rect()).center()
        corner = middle - QPointF(self._look.x * size.width(), self._look.y * size.height())
        return QRectF(corner, size)

    def _zoom_to(self, zoom: float, at: QPointF | None) -> None:
        pixels = 1 / (self._fit_scale() * self.devicePixelRatioF())
        zoom = min(max(zoom, min(1.0, pixels)), max(1.0, pixels * _LARGEST))
        if abs(zoom - 1) < 0.02:
            zoom = 1.0  # steps back to fit end there exactly
        where = at if at is not None else QRectF(self.rect()).center()
        before = self._place()
        x = (where.x() - before.left()) / before.width()
        y = (where.y() - before.top()) / before.height()
        size = self._whole * self._fit_scale() * zoom
        off = where - QRectF(self.rect()).center()
        self._change(Look(zoom, x - off.x() / size.width(), y - off.y() / size.height()))

    def _change(self, look: Look) -> None:
        look = self._kept_inside(look)
        if look != self._look:
            self._look = look
            self.update()
            self.looked.emit()

    def _kept_inside(self, look: Look) -> Look:
        """No empty room on one side while the picture goes on at the other."""
        size = self._whole * self._fit_scale() * look.zoom
        half_x = self.width() / 2 / size.width() if size.width() else 1
        half_y = self.height() / 2 / size.height() if size.height() else 1
        x = 0.5 if half_x >= 0.5 else min(max(look.x, half_x), 1 - half_x)
        y = 0.5 if half_y >= 0.5 else min(max(look.y, half_y), 1 - half_y)
        return Look(look.zoom, x, y)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            return
        moved, self._grabbed = event.position() - self._grabbed, event.position()
        size = self._whole * self._scale()
        look = self._look
        self._change(Look(look.zoom, look.x - moved.x() / size.width(), look.y - moved.y() / size.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.unsetCursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_pixels(event.position())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window).darker(115))
        if self._images:
            self._paint_picture(painter)
        else:
            painter.setPen(muted(self.palette()))
            room = self.rect().adjusted(SPACE * 3, SPACE * 3, -SPACE * 3, -SPACE * 3)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._message)
        if self.marked:
            painter.setPen(QPen(accent(self.palette()), 3))
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        place = self._place()
        seen = place.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        needed = place.width() * self.devicePixelRatioF()
        image = next((image for image in self._images if image.width() >= 0.95 * needed), self._images[-1])
        ratio = image.width() / place.width()
        source = QRectF((seen.topLeft() - place.topLeft()) * ratio, seen.size() * ratio)
        enlarged = needed / self._whole.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, enlarged < _PIXELS_SHOW)
        painter.fillRect(seen, QColor("white"))
        painter.drawImage(seen, image, source)
