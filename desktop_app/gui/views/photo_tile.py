"""How one photo is painted, alone or as a tile of a list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.gui.theme import accent, faded

ID_ROLE = int(Qt.ItemDataRole.UserRole)
CAPTION_ROLE = ID_ROLE + 1
BADGES_ROLE = ID_ROLE + 2
"""Signs (tuple[str, ...]) of what is out of the ordinary: ``+1`` a companion, or one of those below."""
DAMAGED, DOUBTED, DUPLICATE, LOCKED = "!", "?", "=", "\N{LOCK}"
HEADING_ROLE = ID_ROLE + 3
"""What a tile says that stands for no photo, but for those that follow."""
_Index = QModelIndex | QPersistentModelIndex
_DECORATION = int(Qt.ItemDataRole.DecorationRole)


def paint_picture(
    painter: QPainter, rect: QRectF, pixmap: QPixmap | None, palette: QPalette, radius: float = 4
) -> None:
    """Fill ``rect`` with the middle of ``pixmap``, corners rounded; a quiet tile while there is none."""
    if pixmap is None:
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, faded(palette.color(QPalette.ColorRole.WindowText), 18))
        return
    ratio = painter.device().devicePixelRatioF()
    width, height = round(rect.width()), round(rect.height())
    # Scaling and clipping cost milliseconds, again at each repaint; the finished tile costs microseconds.
    key = f"tile {pixmap.cacheKey()} {width} {height} {ratio} {radius}"
    tile = QPixmap()
    if not QPixmapCache.find(key, tile):
        tile = _cut_tile(pixmap, width, height, ratio, radius)
        QPixmapCache.insert(key, tile)
    painter.drawPixmap(rect.topLeft(), tile)


def _cut_tile(pixmap: QPixmap, width: int, height: int, ratio: float, radius: float) -> QPixmap:
    tile = QPixmap(round(width * ratio), round(height * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    whole = QRectF(0, 0, width, height)
    path = QPainterPath()
    path.addRoundedRect(whole, radius, radius)
    scale = min(pixmap.width() / width, pixmap.height() / height)
    seen_width, seen_height = width * scale, height * scale
    source = QRectF((pixmap.width() - seen_width) / 2, (pixmap.height() - seen_height) / 2, seen_width, seen_height)
    painter = QPainter(tile)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    painter.drawPixmap(whole, pixmap, source)
    # A white chart on a white ground, or a night sky on a dark one, has an edge all the same.
    painter.setPen(QColor(128, 128, 128, 80))
    painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.end()
    return tile


def paint_lock(painter: QPainter, corner: QPointF, metrics: QFontMetricsF) -> float:
    """A padlock, which not every font has, as high as small letters, in the pen's color; returns the room it takes."""
    painter.save()
    side = metrics.xHeight() + 2
    color = painter.pen().color()
    body = QRectF(corner.x() + 1, corner.y() + metrics.height() / 2 - 1, side, side * 0.75)
    painter.setPen(QPen(color, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    bow = body.adjusted(side * 0.2, -side * 0.55, -side * 0.2, 0)
    painter.drawArc(bow, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(body, 1.5, 1.5)
    painter.restore()
    return side + 6


class PhotoDelegate(QStyledItemDelegate):
    """Paints a photo as a square tile with, where the model has one, a caption over its foot."""

    def __init__(self, side: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.side = side
        self.names = False
        """Whether the name of the file is written on each."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.side, self.side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = QRectF(option.rect).adjusted(4, 4, -4, -4)
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        painter.save()
        text = index.data(HEADING_ROLE)
        if text is not None:
            self._paint_heading(painter, rect, text, palette)
            painter.restore()
            return
        paint_picture(painter, rect, index.data(_DECORATION), palette)
        caption = index.data(CAPTION_ROLE)
        room = rect.width()
        if caption:
            room -= self._paint_label(painter, rect.bottomRight(), caption, Qt.Corner.BottomRightCorner)
        if self.names:
            name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, int(room - 16))
            self._paint_label(painter, rect.bottomLeft(), name, Qt.Corner.BottomLeftCorner)
        place = rect.topLeft()
        for sign in index.data(BADGES_ROLE) or ():
            place += QPointF(2 + self._paint_badge(painter, place, sign), 0)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if selected or focused or state & QStyle.StateFlag.State_MouseOver:
            color = accent(palette) if selected else faded(palette.color(QPalette.ColorRole.WindowText), 90)
            # Where the keyboard stands is not yet what keys act on: that is selected, here or elsewhere.
            style = Qt.PenStyle.DashLine if focused and not selected else Qt.PenStyle.SolidLine
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 3 if selected else 2, style))
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 5, 5)
        painter.restore()

    @staticmethod
    def _paint_label(painter: QPainter, corner: QPointF, text: str, which: Qt.Corner) -> float:
        """Write ``text`` on a dark patch in a corner; its width."""
        metrics = painter.fontMetrics()
        patch = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2)
        if which is Qt.Corner.BottomRightCorner:
            patch.moveBottomRight(corner)
        elif which is Qt.Corner.BottomLeftCorner:
            patch.moveBottomLeft(corner)
        else:
            patch.moveTopLeft(corner)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 165))
        painter.drawRoundedRect(patch, 4, 4)
        painter.setPen(QColor("white"))
        painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, text)
        return patch.width()

    def _paint_badge(self, painter: QPainter, corner: QPointF, sign: str) -> float:
        """A sign in the upper left corner; its width."""
        if sign != LOCKED:
            return self._paint_label(painter, corner, sign, Qt.Corner.TopLeftCorner)
        width = self._paint_label(painter, corner, "  ", Qt.Corner.TopLeftCorner)
        metrics = QFontMetricsF(painter.font())
        paint_lock(painter, corner + QPointF((width - metrics.xHeight()) / 2 - 2, 1), metrics)
        return width

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRectF, text: str, palette: QPalette) -> None:
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(rect.adjusted(6, 6, -2, -8), where.value | Qt.TextFlag.TextWordWrap.value, text)
        painter.setPen(QPen(faded(palette.color(QPalette.ColorRole.WindowText), 90), 2))
        painter.drawLine(rect.bottomLeft() + QPointF(6, -2), rect.bottomRight() + QPointF(-6, -2))
