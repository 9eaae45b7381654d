"""Which point is under the pointer, and what a great many look like: neither may cost a walk over all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desktop_app.engine.types import Float32Array, Int64Array

_PER_CELL = 4


class PointIndex:
    """Points sorted into a grid of cells, so that looking one up touches a few dozen at most.

    Args:
        xy: float32[N, 2].
    """

    def __init__(self, xy: Float32Array) -> None:
        self._xy = np.asarray(xy, dtype=np.float64)
        count = len(self._xy)
        self._side = int(np.clip(np.sqrt(count / _PER_CELL), 1, 512))
        self._low = self._xy.min(axis=0) if count else np.zeros(2)
        span = self._xy.max(axis=0) - self._low if count else np.ones(2)
        self._step = np.where(span > 0, span, 1.0) / self._side
        cells = self._cell(self._xy)
        flat = cells[:, 1] * self._side + cells[:, 0]
        self._order = np.argsort(flat, kind="stable")
        self._starts = np.searchsorted(flat[self._order], np.arange(self._side * self._side + 1))

    def _cell(self, points: npt.NDArray[np.float64]) -> Int64Array:
        scaled = np.clip((points - self._low) / self._step, 0, self._side - 1)
        return scaled.astype(np.int64)

    def nearest(self, x: float, y: float, radius_x: float, radius_y: float) -> int | None:
        """Row of the point nearest to (x, y), distances measured in radii; None when none lies within one radius."""
        rows = self._within(x - radius_x, x + radius_x, y - radius_y, y + radius_y)
        if not rows.size:
            return None
        away = (self._xy[rows] - (x, y)) / (radius_x or 1.0, radius_y or 1.0)
        squared = np.einsum("nd,nd->n", away, away)
        best = int(squared.argmin())
        return int(rows[best]) if squared[best] <= 1.0 else None

    def _within(self, left: float, right: float, bottom: float, top: float) -> Int64Array:
        if not len(self._xy):
            return np.empty(0, dtype=np.int64)
        (x0, y0), (x1, y1) = self._cell(np.array([[left, bottom], [right, top]]))
        parts = [
            self._order[self._starts[y * self._side + x0] : self._starts[y * self._side + x1 + 1]]
            for y in range(int(y0), int(y1) + 1)
        ]
        return np.concatenate(parts)


def rasterize(
    xy: Float32Array,
    colors: npt.NDArray[np.uint8],
    rect: tuple[float, float, float, float],
    width: int,
    height: int,
) -> npt.NDArray[np.uint8]:
    """Points as a picture: each cell has the mean color of its points, and is the more opaque the more there are.

    Args:
        xy: float32[N, 2].
        colors: uint8[N, 3].
        rect: left, bottom, right, top of what is shown, in the units of ``xy``.
        width: of the picture, pixels.
        height: of the picture, pixels.

    Returns:
        uint8[height, width, 4], RGBA, row 0 at the bottom.
    """
    left, bottom, right, top = rect
    column = ((xy[:, 0] - left) * (width / max(right - left, 1e-12))).astype(np.int64)
    row = ((xy[:, 1] - bottom) * (height / max(top - bottom, 1e-12))).astype(np.int64)
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    cell = row[inside] * width + column[inside]
    count = np.bincount(cell, minlength=width * height)
    picture = np.zeros((width * height, 4), dtype=np.uint8)
    filled = count > 0
    for channel in range(3):
        total = np.bincount(cell, weights=colors[inside, channel], minlength=width * height)
        picture[filled, channel] = total[filled] / count[filled]
    picture[:, 3] = np.where(filled, 255 * (1 - np.exp(-0.9 * count)), 0)
    return picture.reshape(height, width, 4)
