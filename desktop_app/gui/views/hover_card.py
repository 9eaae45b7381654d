"""The small picture that follows the pointer over the map."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.engine.language import tr
from desktop_app.engine.types import Photo
from desktop_app.engine.wording import display_path
from desktop_app.gui.theme import faded
from desktop_app.gui.views.photo_tile import paint_picture
from desktop_app.gui.views.thumbnails import Thumbnails

_SIDE = 128
_MARGIN = 6


class HoverCard(QWidget):
    """A child of the map, so that it never takes the focus and never leaves the window."""

    def __init__(self, parent: QWidget, thumbnails: Thumbnails) -> None:
        super().__init__(parent)
        self._area = parent
        self._thumbnails = thumbnails
        self._photo: Photo | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Photo under the pointer"))
        self.resize(QSize(_SIDE + 2 * _MARGIN, _SIDE + 2 * _MARGIN + self.fontMetrics().height() + 4))
        self.hide()
        thumbnails.ready.connect(self._refresh)

    def show_photo(self, photo: Photo | None, pointer: QPoint) -> None:
        """Show ``photo`` beside ``pointer``, on the side where there is room; None hides the card."""
        self._photo = photo
        if photo is None:
            self.hide()
            return
        area = self._area.rect()
        x, y = pointer.x() + 16, pointer.y() + 16
        if x + self.width() > area.right():
            x = pointer.x() - 16 - self.width()
        if y + self.height() > area.bottom():
            y = pointer.y() - 16 - self.height()
        self.move(max(0, x), max(0, y))
        self.setAccessibleDescription(display_path(photo.path.name))
        self.show()
        self.raise_()
        self.update()

    def _refresh(self, photo_ids: list[int]) -> None:
        if self._photo is not None and self._photo.id in photo_ids:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._photo is None:
            return
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.setPen(QPen(faded(text, 70), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        paint_picture(painter, QRectF(_MARGIN, _MARGIN, _SIDE, _SIDE), self._thumbnails.get(self._photo.id), palette)
        name = self.fontMetrics().elidedText(display_path(self._photo.path.name), Qt.TextElideMode.ElideMiddle, _SIDE)
        foot = QRectF(_MARGIN, _SIDE + _MARGIN, _SIDE, self.height() - _SIDE - _MARGIN - 2)
        painter.setPen(text)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()
