"""What is painted over the empty plot of the map: points, outlines, thumbnails, rings, and a lasso being drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QWidget

from desktop_app.engine.types import Int64Array
from desktop_app.gui.theme import accent, faded, follow_palette, is_dark, mark
from desktop_app.gui.views.map_picture import PointPicture, View
from desktop_app.gui.views.map_points import THUMBNAILS_UP_TO, MapPoints, places_without_overlap, thumbnail_side
from desktop_app.gui.views.photo_tile import paint_picture
from desktop_app.gui.views.thumbnails import Thumbnails

RINGED = 1_500
"""More selected points than this are drawn in the accent themselves: so many rings would hide them."""


class MapCanvas(QWidget):
    """Lies over the plot and lets every event through to it.

    Args:
        parent: the plot's viewport.
        look: what is shown at the moment, and where in the viewport; None while there is no room.
        thumbnails: take the place of points where there is room.
    """

    def __init__(self, parent: QWidget, look: Callable[[], tuple[View, QRectF] | None], thumbnails: Thumbnails) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look = look
        self._thumbnails = thumbnails
        self.points: MapPoints | None = None
        self.chosen_group: int | None = None
        self.hovered_group: int | None = None
        self.current: int | None = None
        """Rows of points to ring: of the current photo, ..."""
        self.selected: Int64Array = np.empty(0, dtype=np.int64)
        self.neighbors: Int64Array = np.empty(0, dtype=np.int64)
        self.gesture = QPolygonF()
        self.focused = False
        self._picture: PointPicture | None = None
        self._drawn: tuple[View, QImage] | None = None
        self._shown_thumbnails: set[int] = set()
        follow_palette(self, self.redraw)
        thumbnails.ready.connect(lambda ids: self.update() if self._shown_thumbnails.intersection(ids) else None)

    def redraw(self) -> None:
        """Points, groups or colors are other ones: nothing of the picture can be kept."""
        palette, points = self.palette(), self.points
        self._drawn = None
        self._picture = None
        if points is not None:
            ground = palette.color(QPalette.ColorRole.Base)
            self._picture = PointPicture(
                points.index, points.shown_labels, is_dark(palette), ground, accent(palette), self.chosen_group
            )
        self.show_selected()

    def show_selected(self) -> None:
        """Rings, or other rings."""
        if self._picture is not None and self.points is not None:
            before = self._picture.selected
            self._picture.selected = None
            if self.selected.size > RINGED:
                chosen = np.zeros(len(self.points.ids), dtype=np.bool_)
                chosen[self.selected] = True
                self._picture.selected = chosen[self.points.live][self.points.index.order]
            if before is not None or self._picture.selected is not None:
                self._drawn = None
        self.update()

    def choose_group(self, label: int | None) -> None:
        """Dim all other groups; None dims none."""
        self.chosen_group = label
        if self._picture is not None:
            self._picture.chosen = label
        self._drawn = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()  # a painter that outlives an exception takes the program with it

    def _paint(self, painter: QPainter) -> None:
        look = self._look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if look is not None and self._picture is not None and self.points is not None:
            view, area = look
            painter.setClipRect(area)
            if self._drawn is None or self._drawn[0] != view:
                self._drawn = view, self._picture.draw(view)
            painter.drawImage(area, self._drawn[1])
            self._paint_outlines(painter, view, area)
            framed = self._paint_thumbnails(painter, view, area)
            self._paint_rings(painter, view, area, framed)
        self._paint_gesture(painter)
        if self.focused:
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent(self.palette()), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _where(self, rows: Int64Array, view: View, area: QRectF) -> list[QPointF]:
        assert self.points is not None
        across, down = view.pixels(self.points.xy[rows, 0], self.points.xy[rows, 1])
        inside = (across > -20) & (across < view.width + 20) & (down > -20) & (down < view.height + 20)
        places = zip((across[inside] + area.left()).tolist(), (down[inside] + area.top()).tolist(), strict=True)
        return [QPointF(x, y) for x, y in places]

    def _paint_outlines(self, painter: QPainter, view: View, area: QRectF) -> None:
        assert self.points is not None
        unit_x, unit_y = area.width() / (view.right - view.left), area.height() / (view.top - view.bottom)
        to_pixels = QTransform(unit_x, 0, 0, -unit_y, area.left() - view.left * unit_x, area.top() + view.top * unit_y)
        for label, strong in ((self.hovered_group, False), (self.chosen_group, True)):
            if label is None or label < 0 or (not strong and label == self.chosen_group):
                continue
            color = mark(label, is_dark(self.palette())).color
            painter.setPen(QPen(faded(color, 230 if strong else 150), 2 if strong else 1.5))
            painter.setBrush(faded(color, 20 if strong else 10))
            painter.drawPath(to_pixels.map(self.points.outline(label)))

    def _paint_thumbnails(self, painter: QPainter, view: View, area: QRectF) -> Int64Array:
        """Returns the rows of the selected ones among them, which need no ring."""
        points, framed = self.points, []
        nothing: Int64Array = np.empty(0, dtype=np.int64)
        assert points is not None
        self._shown_thumbnails = set()
        # Where more are near, the walk over them costs more than it tells: they lie on each other.
        if len(points.index.places(view.left, view.bottom, view.right, view.top)) > 4 * THUMBNAILS_UP_TO:
            return nothing
        rows = points.within(view.left, view.bottom, view.right, view.top)
        if not 0 < rows.size <= THUMBNAILS_UP_TO:
            return nothing
        rows = np.sort(rows)  # of neighbors the same one is seen at each zoom
        side = thumbnail_side(area.width(), area.height(), rows.size)
        across, down = view.pixels(points.xy[rows, 0], points.xy[rows, 1])
        dark = is_dark(self.palette())
        for i in places_without_overlap(across, down, side).tolist():
            photo_id, label = int(points.ids[rows[i]]), int(points.labels[rows[i]])
            self._shown_thumbnails.add(photo_id)
            pixmap = self._thumbnails.get(photo_id)
            if pixmap is None:
                continue
            middle = QPointF(area.left() + float(across[i]), area.top() + float(down[i]))
            rect = QRectF(0, 0, side - 4, side - 4)
            rect.moveCenter(middle)
            painter.setOpacity(0.25 if self.chosen_group not in (None, label) else 1.0)
            paint_picture(painter, rect, pixmap, self.palette(), radius=3)
            painter.setPen(QPen(mark(label, dark).color if label >= 0 else QColor(128, 128, 128), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 3, 3)
            if rows[i] in self.selected:
                painter.setPen(QPen(accent(self.palette()), 3))
                painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 4, 4)
                framed.append(rows[i])
        painter.setOpacity(1.0)
        return np.array(framed, dtype=np.int64)

    def _paint_rings(self, painter: QPainter, view: View, area: QRectF, framed: Int64Array) -> None:
        palette = self.palette()
        ink = accent(palette)
        text = palette.color(QPalette.ColorRole.WindowText)
        current = np.array([] if self.current is None else [self.current], dtype=np.int64)
        some = self.selected if self.selected.size <= RINGED else current
        for rows, pen, radius in (
            (self.neighbors, QPen(faded(text, 190), 1.5), 6.5),
            (some, QPen(ink, 2), 6.5),
            (current, QPen(ink, 3), 9.0),
        ):
            places = self._where(rows[~np.isin(rows, framed)], view, area)
            if places:
                ring, half = _ring(pen, radius, self.devicePixelRatioF())
                for place in places:
                    painter.drawPixmap(place - half, ring)

    def _paint_gesture(self, painter: QPainter) -> None:
        if self.gesture.isEmpty():
            return
        ink = accent(self.palette())
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(faded(ink, 36))
        painter.drawPolygon(self.gesture, Qt.FillRule.OddEvenFill)


def _ring(pen: QPen, radius: float, ratio: float) -> tuple[QPixmap, QPointF]:
    """A ring, and where its middle lies: drawn once and copied, for a thousand smooth circles take 60 ms."""
    half = float(np.ceil(radius + pen.widthF()))
    ring = QPixmap(round(2 * half * ratio), round(2 * half * ratio))
    ring.setDevicePixelRatio(ratio)
    ring.fill(Qt.GlobalColor.transparent)
    painter = QPainter(ring)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawEllipse(QPointF(half, half), radius, radius)
    painter.end()
    return ring, QPointF(half, half)
