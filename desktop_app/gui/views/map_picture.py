"""What many points look like: a picture that is drawn anew for each frame, in a time that a person does not notice.

Few points are stamped with the shapes of their groups; of many each cell of two pixels has the color of one of its
points, the more opaque the more there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from desktop_app.engine.types import UNSURE, Float32Array, Int32Array, Int64Array
from desktop_app.gui.theme import mark
from desktop_app.gui.views.point_index import PointIndex

NO_GROUP = -3
"""The label of a photo that was not grouped yet."""
_STAMPED = ((400, 10), (3_000, 8), (8_000, 5))
"""Up to so many points on the screen are drawn as shapes of so many pixels."""
_CELL = 2
_LEVELS = 48  # of opacity
_EXACT = 300_000
_UNSURE_OPACITY = 0.4
_DIMMED = 0.15

UInt32Array = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class View:
    """What of the map is shown, and on how many pixels.

    Attributes:
        left, bottom, right, top: in the units of the points.
        width, height: logical pixels.
        ratio: device pixels in a logical one.
    """

    left: float
    bottom: float
    right: float
    top: float
    width: int
    height: int
    ratio: float = 1.0

    def pixels(self, x: Float32Array, y: Float32Array, scale: float = 1.0) -> tuple[Float32Array, Float32Array]:
        """Where points lie, float32[n] each: ``scale`` to a logical pixel, the y axis downwards."""
        unit_x = np.float32(self.width * scale / max(self.right - self.left, 1e-12))
        unit_y = np.float32(-self.height * scale / max(self.top - self.bottom, 1e-12))
        across, down = x * unit_x, y * unit_y
        across -= np.float32(self.left) * unit_x
        down -= np.float32(self.top) * unit_y
        return across, down


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A shape as pixels around its middle.

    Attributes:
        dx, dy: int64[S], where each pixel lies.
        body: float64[S] in 0..1, how much of it the shape covers.
        rim: float64[S] in 0..1, how much of it the shape and its rim cover.
    """

    dx: Int64Array
    dy: Int64Array
    body: npt.NDArray[np.float64]
    rim: npt.NDArray[np.float64]


@lru_cache(maxsize=64)
def _stamp(symbol: str, side: int) -> _Stamp:
    from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols

    room = side + 4
    outline = QTransform.fromTranslate(room / 2, room / 2).scale(side, side).map(Symbols[symbol])

    def coverage(rim: float) -> npt.NDArray[np.float64]:
        image = QImage(room, room, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("white"), rim) if rim else Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawPath(outline)
        painter.end()
        return _gray(image) / 255

    body, rim = coverage(0), coverage(1.4 if side > 5 else 0)
    dy, dx = np.nonzero(rim > 0.02)
    return _Stamp(dx - room // 2, dy - room // 2, body[dy, dx], rim[dy, dx])


def _gray(image: QImage) -> npt.NDArray[np.uint8]:
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


@dataclass(eq=False)
class PointPicture:
    """Draws the points of an index.

    Args:
        index: the points.
        labels: int32[N], the group of each row.
        dark: whether the ground is dark.
        ground: its color.
        accent: of what is selected.
    """

    index: PointIndex
    labels: Int32Array
    dark: bool
    ground: QColor
    accent: QColor
    chosen: int | None = None
    """The only group that is not dimmed; None dims nothing."""
    selected: npt.NDArray[np.bool_] | None = None
    """bool[N] in the order of the index: points to draw in the accent, above all others."""
    _present: list[int] = field(init=False)

    def __post_init__(self) -> None:
        present, which = np.unique(self.labels, return_inverse=True)
        self._present = present.tolist()
        self._which: npt.NDArray[np.int16] = which.astype(np.int16)[self.index.order]
        self._sure = np.array([label >= 0 for label in self._present], dtype=np.bool_)

    def draw(self, view: View) -> QImage:
        """The points of ``view`` on a transparent ground, as many device pixels large (a cell each when many)."""
        parts = self.index.spans(view.left, view.bottom, view.right, view.top)
        x, y = self._join(self.index.x, parts), self._join(self.index.y, parts)
        seen = x.size if len(parts) == 1 else self._seen(view, x, y)
        side = next((side for most, side in _STAMPED if seen <= most), None)
        return self._density(view, x, y, parts) if side is None else self._shapes(view, x, y, parts, side)

    @staticmethod
    def _join(values: npt.NDArray[np.generic], parts: list[slice]) -> npt.NDArray:  # type: ignore[type-arg]
        if len(parts) == 1:
            return values[parts[0]]
        return np.concatenate([values[part] for part in parts]) if parts else values[:0]

    @staticmethod
    def _seen(view: View, x: Float32Array, y: Float32Array) -> int:
        inside = (x >= view.left) & (x <= view.right) & (y >= view.bottom) & (y <= view.top)
        return int(np.count_nonzero(inside))

    def _inks(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Color, float64[L, 3], and opacity, float64[L], of each label that is present."""
        colors = [mark(UNSURE if label < 0 else label, self.dark).color for label in self._present]
        rgb = np.array([(color.red(), color.green(), color.blue()) for color in colors], dtype=np.float64)
        opacity = np.array([_UNSURE_OPACITY if label == UNSURE else 1.0 for label in self._present])
        if self.chosen in self._present:
            opacity[np.array(self._present) != self.chosen] *= _DIMMED
            opacity[self._present.index(self.chosen)] = 1.0
        return rgb.reshape(-1, 3), opacity

    def _shapes(self, view: View, x: Float32Array, y: Float32Array, parts: list[slice], side: int) -> QImage:
        side = round(side * view.ratio)
        edge = side
        width, height = round(view.width * view.ratio) + 2 * edge, round(view.height * view.ratio) + 2 * edge
        across, down = view.pixels(x, y, view.ratio)
        column, row = np.rint(across).astype(np.int64) + edge, np.rint(down).astype(np.int64) + edge
        margin = side // 2 + 2
        inside = (column >= margin) & (column < width - margin) & (row >= margin) & (row < height - margin)
        base, which = (row * width + column)[inside], self._join(self._which, parts)[inside]
        canvas = np.zeros(width * height, dtype=np.uint32)
        rgb, opacity = self._inks()
        # What is faint lies below: unsure and dimmed points never hide the others.
        for level in sorted(set(opacity.tolist())):
            for symbol in sorted({self._symbol(label) for label in self._present}):
                mine = [i for i, label in enumerate(self._present) if self._symbol(label) == symbol]
                mine = [i for i in mine if opacity[i] == level]
                points = np.flatnonzero(np.isin(which, mine))
                if points.size:
                    self._press(canvas, width, base[points], which[points], _stamp(symbol, side), rgb, opacity)
        if self.selected is not None:
            points = np.flatnonzero(self._join(self.selected, parts)[inside])
            accent = np.array([[self.accent.red(), self.accent.green(), self.accent.blue()]], dtype=np.float64)
            self._press(canvas, width, base[points], np.zeros(points.size, int), _stamp("o", side), accent, np.ones(1))
        picture = canvas.reshape(height, width)[edge : height - edge, edge : width - edge]
        return _image(picture, view.ratio)

    @staticmethod
    def _symbol(label: int) -> str:
        return "o" if label == NO_GROUP else mark(label, False).symbol

    def _press(
        self,
        canvas: UInt32Array,
        width: int,
        base: Int64Array,
        which: npt.NDArray[np.integer],
        stamp: _Stamp,
        rgb: npt.NDArray[np.float64],
        opacity: npt.NDArray[np.float64],
    ) -> None:
        """Put one stamp on every point of ``base``, in the ink of its label."""
        ground = np.array([self.ground.red(), self.ground.green(), self.ground.blue()], dtype=np.float64)
        mixed = stamp.body[:, None] * rgb[:, None] + (stamp.rim - stamp.body)[:, None] * ground
        inks = _premultiplied(mixed * opacity[:, None, None], stamp.rim * 255 * opacity[:, None])
        canvas[base[:, None] + (stamp.dy * width + stamp.dx)] = inks[which]

    def _density(self, view: View, x: Float32Array, y: Float32Array, parts: list[slice]) -> QImage:
        columns, rows = max(view.width // _CELL, 1), max(view.height // _CELL, 1)
        which = self._join(self._which, parts)
        selected = self._join(self.selected, parts) if self.selected is not None else None
        weights = None
        if x.size > _EXACT and self._is_far_out(view, columns, rows):
            # One point stands for all of its cell, which is smaller than what the eye sees: a quarter of the work.
            some, weights = self.index.firsts, self.index.in_cell
            x, y, which = self.index.x[some], self.index.y[some], self._which[some]
            selected = np.logical_or.reduceat(self.selected, some) if self.selected is not None else None
        wide = columns + 2  # a margin takes what lies outside: clipping is faster than choosing
        across, down = view.pixels(x, y, 1 / _CELL)
        across += 1
        down += 1
        np.clip(across, 0, columns + 1, out=across)
        np.clip(down, 0, rows + 1, out=down)
        cell = down.astype(np.int32)
        cell *= wide
        cell += across.astype(np.int32)
        count = np.bincount(cell, weights, minlength=wide * (rows + 2))
        owner = np.zeros(wide * (rows + 2), dtype=np.int16)
        owner[cell] = which
        # The last to be written is seen: unsure points must not hide the others, nor dimmed ones the chosen.
        above = self._sure[which] if self.chosen is None else which == self._place(self.chosen)
        if not above.all():
            owner[cell[above]] = which[above]
        rgb, opacity = self._inks()
        if selected is not None:
            owner[cell[selected]] = len(rgb)
            rgb = np.vstack([rgb, [self.accent.red(), self.accent.green(), self.accent.blue()]])
            opacity = np.append(opacity, 2.0)  # full even where only one point is
        inner = (slice(1, rows + 1), slice(1, columns + 1))
        count, owner = count.reshape(rows + 2, wide)[inner], owner.reshape(rows + 2, wide)[inner]
        filled = np.flatnonzero(count)
        seen = count.ravel()[filled].astype(np.int64)
        full = int(np.percentile(seen[:: seen.size // 4096 + 1], 99)) + 1 if filled.size else 1
        level = (np.log1p(np.arange(full + 1)) * ((_LEVELS - 1) / np.log1p(full))).astype(np.intp)
        share = np.minimum(np.linspace(0.5, 1.0, _LEVELS) * opacity[:, None], 1.0)
        inks = _premultiplied(rgb[:, None] * share[..., None], share * 255)
        picture = np.zeros(rows * columns, dtype=np.uint32)
        picture[filled] = inks[owner.ravel()[filled], level[np.minimum(seen, full)]]
        return _image(picture.reshape(rows, columns), 1 / _CELL)

    def _is_far_out(self, view: View, columns: int, rows: int) -> bool:
        width, height = self.index.cell_size
        # Cells as large as the picture's own would leave gaps where the two fall out of step.
        return max(width * columns / (view.right - view.left), height * rows / (view.top - view.bottom)) < 0.7

    def _place(self, label: int) -> int:
        return self._present.index(label) if label in self._present else len(self._present)


def _premultiplied(rgb: npt.NDArray[np.float64], alpha: npt.NDArray[np.float64]) -> UInt32Array:
    red, green, blue = np.moveaxis(np.minimum(rgb + 0.5, alpha[..., None]).astype(np.uint32), -1, 0)
    argb: UInt32Array = (alpha.astype(np.uint32) << 24) | (red << 16) | (green << 8) | blue
    return argb


def _image(picture: UInt32Array, ratio: float) -> QImage:
    rows, columns = picture.shape
    image = QImage(
        np.ascontiguousarray(picture).tobytes(), columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied
    ).copy()
    image.setDevicePixelRatio(ratio)
    return image


def inside_polygon(view: View, corners: list[QPointF], x: Float32Array, y: Float32Array) -> npt.NDArray[np.bool_]:
    """Which points lie within a polygon that was drawn on the screen, bool[n].

    The polygon is painted and each point looks up its pixel: a lasso has hundreds of corners, and there may be a
    million points.

    Args:
        view: what the map shows.
        corners: in logical pixels.
        x: float32[n].
        y: float32[n], in the units of the view.
    """
    image = QImage(view.width, view.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("white"))
    painter.drawPolygon(corners, Qt.FillRule.OddEvenFill)
    painter.end()
    across, down = view.pixels(x, y)
    inside = (across >= 0) & (across < view.width) & (down >= 0) & (down < view.height)
    found = np.zeros(x.size, dtype=np.bool_)
    found[inside] = _gray(image)[down[inside].astype(np.int64), across[inside].astype(np.int64)] > 0
    return found
