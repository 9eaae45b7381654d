"""How far the map can be zoomed and moved: some of its photos stay in sight wherever a hand leaves it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from desktop_app.gui.views.map_points import THUMBNAILS_UP_TO, MapPoints, thumbnail_side
from desktop_app.gui.views.point_index import PointIndex

_CLOSEST = 1 / 2000  # of the whole map
_PADDING = 0.04
_MOST_PADDING = 0.16
_MARGIN = 24  # pixels, where points are drawn
_EDGE = 0.05  # of what is in sight: a point nearer to the border than this is hard to see


class MapBounds:
    """Holds the view of a plot above its points.

    Args:
        box: the view.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        self._box = box
        self._rect = QRectF()
        self._count = 0
        self._holding = False
        self._whole: list[list[float]] | None = None
        """What is in sight while that is everything."""
        box.sigResized.connect(lambda _box: self._show_again())

    def show_everything(self, points: MapPoints) -> None:
        """Zoom so that every point is in sight; there must be some."""
        self._count = len(points.xy)
        left, bottom = points.xy.min(axis=0).tolist()
        right, top = points.xy.max(axis=0).tolist()
        # One photo, or identical ones, have no extent of their own: they stand in the middle of a unit square.
        x_room, y_room = (0.0 if right > left else 0.5), (0.0 if top > bottom else 0.5)
        self._rect = rect = QRectF(QPointF(left - x_room, bottom - y_room), QPointF(right + x_room, top + y_room))
        outer = rect.adjusted(-rect.width() / 2, -rect.height() / 2, rect.width() / 2, rect.height() / 2)
        self._box.setLimits(
            xMin=outer.left(), xMax=outer.right(), yMin=outer.top(), yMax=outer.bottom(),
            minXRange=rect.width() * _CLOSEST, minYRange=rect.height() * _CLOSEST,
        )  # fmt: skip
        self._fit()

    def _fit(self) -> None:
        width, height, margin = self._box.width(), self._box.height(), float(_MARGIN)
        if self._count <= THUMBNAILS_UP_TO:  # a photo drawn in place of a point at the edge is seen whole
            margin = max(margin, thumbnail_side(width, height, self._count) / 2)
        x, y = _room(width, margin) * self._rect.width(), _room(height, margin) * self._rect.height()
        self._box.setRange(self._rect.adjusted(-x, -y, x, y), padding=0)
        self._whole = self._box.viewRange()

    def _show_again(self) -> None:
        """In a plot of another size everything stays in sight, with what room it needs there."""
        if self._whole is not None and self._whole == self._box.viewRange():
            self._fit()

    def hold(self, points: MapPoints) -> None:
        """Move the view back as far as it left the points."""
        if self._holding or self._rect.isEmpty() or not points.live.size:
            return
        (left, right), (bottom, top) = self._box.viewRange()
        view = QRectF(left, bottom, right - left, top - bottom)
        middle = view.center()
        kept = QPointF(
            min(max(middle.x(), self._rect.left()), self._rect.right()),
            min(max(middle.y(), self._rect.top()), self._rect.bottom()),
        )
        view.moveCenter(kept)
        way = kept - middle + way_back(points.index, view)
        if not way.isNull():
            self._holding = True  # the view says at once that it was moved
            try:
                self._box.translateBy(x=way.x(), y=way.y())
            finally:
                self._holding = False


def _room(pixels: float, margin: float) -> float:
    """What is left free on each side, ``margin`` if it can be, as a share of what the points take of so many pixels."""
    share = max(_PADDING, min(margin / max(pixels, 1.0), _MOST_PADDING))
    return share / (1 - 2 * share)


def way_back(index: PointIndex, view: QRectF) -> QPointF:
    """How ``view`` has to move so that at least one point is well within it; not at all where one is."""
    edge_x, edge_y = view.width() * _EDGE, view.height() * _EDGE
    inner = view.adjusted(edge_x, edge_y, -edge_x, -edge_y)
    if index.has_any(inner.left(), inner.top(), inner.right(), inner.bottom()):
        return QPointF()
    away_x = index.x - np.clip(index.x, inner.left(), inner.right())
    away_y = index.y - np.clip(index.y, inner.top(), inner.bottom())
    nearest = int(np.maximum(np.abs(away_x) / view.width(), np.abs(away_y) / view.height()).argmin())
    return QPointF(float(away_x[nearest]), float(away_y[nearest]))
