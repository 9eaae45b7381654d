"""The photos on the map: which point is whose, which are hidden, what lies beside what."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from desktop_app.engine.types import Float32Array, Int32Array, Int64Array
from desktop_app.gui.app_state import AppState
from desktop_app.gui.views.map_picture import NO_GROUP
from desktop_app.gui.views.point_index import PointIndex

THUMBNAILS_UP_TO = 300
"""So many photos in sight are drawn in place of their points, where there is room."""
_SIDES = (36, 72)
_OUTLINE_CELLS = 40
_OUTLINE_SHARE = 0.92
"""Of the points of a group, how many its outline holds: a hull of all would go around every stray one."""


class MapPoints:
    """Points with the groups they belong to.

    Args:
        ids: int64[N].
        xy: float32[N, 2].
        labels: int32[N].
        hidden: groups that are not to be seen: not drawn, not found, not selected.
        like: the same points before, whose index is used again where the same are shown.
    """

    def __init__(
        self,
        ids: Int64Array,
        xy: Float32Array,
        labels: Int32Array,
        hidden: frozenset[int] = frozenset(),
        like: MapPoints | None = None,
    ) -> None:
        self.ids, self.xy, self.labels, self.hidden = ids, xy, labels, hidden
        self.live: Int64Array = np.flatnonzero(~np.isin(labels, list(hidden))) if hidden else np.arange(len(ids))
        same = like is not None and like.xy is xy and np.array_equal(like.live, self.live)
        self.index: PointIndex = (
            like.index if like is not None and same else PointIndex(xy[self.live] if hidden else xy)
        )
        self._by_id: Int64Array = like._by_id if like is not None and like.ids is ids else np.argsort(ids)
        self._outlines: dict[int, QPainterPath] = {}

    @property
    def shown_labels(self) -> Int32Array:
        """int32[n], the groups of the points of `index`."""
        return self.labels[self.live]

    def rows_of(self, ids: Int64Array) -> Int64Array:
        """Rows, in the order of ``ids``, of those that have a point that is shown."""
        if not len(self.ids) or not ids.size:
            return np.empty(0, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.ids, ids, sorter=self._by_id), len(self.ids) - 1)
        rows: Int64Array = self._by_id[place]
        rows = rows[self.ids[rows] == ids]
        return rows[~np.isin(self.labels[rows], list(self.hidden))] if self.hidden else rows

    def row_of(self, photo_id: int | None) -> int | None:
        """The row of one photo, None where it has no point."""
        rows = self.rows_of(np.array([photo_id or 0]))
        return int(rows[0]) if rows.size else None

    def nearest(self, x: float, y: float, radius_x: float, radius_y: float) -> int | None:
        """The row of the point that is nearest, at most a radius away."""
        found = self.index.nearest(x, y, radius_x, radius_y)
        return None if found is None else int(self.live[found])

    def within(self, left: float, bottom: float, right: float, top: float) -> Int64Array:
        """Rows of the points of a rectangle."""
        places = self.index.places(left, bottom, right, top)
        x, y = self.index.x[places], self.index.y[places]
        inside = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
        rows: Int64Array = self.live[self.index.order[places[inside]]]
        return rows

    def outline(self, label: int) -> QPainterPath:
        """A line around where the points of a group lie close together, in the units of ``xy``; empty for a few."""
        if label not in self._outlines:
            self._outlines[label] = outline(self.xy[self.labels == label])
        return self._outlines[label]


def points_of(state: AppState, hidden: frozenset[int] = frozenset(), like: MapPoints | None = None) -> MapPoints:
    """The projection of a state with its groups; see `MapPoints`."""
    projection, clustering = state.projection, state.clustering
    if projection is None:
        return MapPoints(np.empty(0, np.int64), np.empty((0, 2), np.float32), np.empty(0, np.int32))
    ids = projection.photo_ids
    labels: Int32Array = np.full(len(ids), NO_GROUP, dtype=np.int32)
    if clustering is not None and np.array_equal(clustering.photo_ids, ids):
        labels = state.group_ids
    elif clustering is not None and clustering.photo_ids.size:
        order = np.argsort(clustering.photo_ids)
        place = order[np.minimum(np.searchsorted(clustering.photo_ids, ids, sorter=order), order.size - 1)]
        labels = np.where(clustering.photo_ids[place] == ids, state.group_ids[place], labels)
    return MapPoints(ids, projection.xy, labels, hidden, like)


def outline(xy: Float32Array) -> QPainterPath:
    """The contour of the density of points that holds most of them; empty for fewer than four.

    Args:
        xy: float32[n, 2].
    """
    path = QPainterPath()
    low, high = (xy.min(axis=0), xy.max(axis=0)) if len(xy) else (np.zeros(2), np.zeros(2))
    if len(xy) < 4 or not np.all(high > low):
        return path
    # The fewer points, the wider each one counts (after Scott 1992): else every point would have its own island.
    width = float(np.clip(1.8 * (1000 / len(xy)) ** (1 / 6), 1.5, 4.0))
    margin = (0.2 + 0.05 * width) * (high - low)
    low, step = low - margin, (high - low + 2 * margin) / _OUTLINE_CELLS
    cells = np.clip(((xy - low) / step).astype(np.int64), 0, _OUTLINE_CELLS - 1)
    count = np.bincount(cells[:, 0] * _OUTLINE_CELLS + cells[:, 1], minlength=_OUTLINE_CELLS**2)
    place = np.arange(_OUTLINE_CELLS)
    blur = np.exp(-(((place[:, None] - place) / width) ** 2) / 2)
    density = blur @ count.reshape(_OUTLINE_CELLS, _OUTLINE_CELLS) @ blur.T
    level = float(np.quantile(density[cells[:, 0], cells[:, 1]], 1 - _OUTLINE_SHARE)) * 0.6
    from pyqtgraph.functions import isocurve

    for line in isocurve(density, level, connected=True, extendToEdge=True):
        corners = [QPointF(*(low + np.array(corner) * step).tolist()) for corner in line]
        path.addPolygon(QPolygonF(corners))
    return path


def nearest_towards(x: Float32Array, y: Float32Array, start: int, towards: tuple[int, int]) -> int | None:
    """The point to walk to from one: near, and more ahead than aside; None where nothing lies that way.

    Args:
        x: float32[n], pixels.
        y: float32[n].
        start: which of them to walk from.
        towards: (1, 0) to the right, (0, 1) downwards.
    """
    across, down = x - x[start], y - y[start]
    ahead = across * towards[0] + down * towards[1]
    aside = np.abs(across * towards[1] + down * towards[0])
    cost = np.where(ahead > 0.5, ahead + 2 * aside, np.inf)
    cost[aside > 2 * ahead] += 1e6  # what lies nearly beside comes after all that lies ahead
    best = int(cost.argmin())
    return best if np.isfinite(cost[best]) else None


def thumbnail_side(width: float, height: float, count: int) -> float:
    """How large each of ``count`` photos is drawn on a map of that size, all in pixels; there must be some."""
    return float(np.clip(np.sqrt(width * height / (3 * count)), *_SIDES))


def places_without_overlap(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating], side: float) -> Int64Array:
    """Which of many squares fit beside each other, int64[m]: those that come first have the first choice.

    Args:
        x: float[n], their middles in pixels.
        y: float[n].
        side: of each.
    """
    taken: dict[tuple[int, int], list[int]] = {}
    placed: list[int] = []
    columns, rows = (x // side).astype(int).tolist(), (y // side).astype(int).tolist()
    across, down = x.tolist(), y.tolist()
    for i, (column, row) in enumerate(zip(columns, rows, strict=True)):
        around = [other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in taken.get((column + dx, row + dy), ())]
        if all(abs(across[i] - across[j]) >= side or abs(down[i] - down[j]) >= side for j in around):
            taken.setdefault((column, row), []).append(i)
            placed.append(i)
    return np.array(placed, dtype=np.int64)
