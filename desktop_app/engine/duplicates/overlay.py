"""Whether two photos show the very same: one is laid over the other, and what remains of their details is compared.

Two portraits before a white wall, or two receipts of one shop, are alike to the embedding and to the perceptual hash,
and are not one picture. What tells them is the detail. So one thumbnail is moved, turned and stretched until it lies
best on the other (Lucas and Kanade 1981, affine, with gain and offset of the light, from coarse to fine), and the two
are correlated after light and contrast around each place were taken out.
"""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from PIL import Image

from desktop_app.engine.types import Float32Array

_SIDES = (24, 48, 96)
_STEPS = (12, 8, 4)
_BLUR = 1.0
_DETAIL = 0.8
_AROUND = 3.0
_NOISE = 4.0
"""Gray levels: differences as small as this, such as those of paper and sky, count for little."""
_FARTHEST = 0.3
"""Of half a side: what must be moved or stretched by more than that is another picture."""
_LEAST_GAIN = 0.05
_STILL = 4e-4


class Sheet(NamedTuple):
    """A picture made ready.

    Attributes:
        levels: from coarse to fine the blurred picture and its slopes down and across, float32[3, S, S].
        detail: float32[S, S], the finest, hardly blurred.
    """

    levels: tuple[Float32Array, ...]
    detail: Float32Array


def sheet(jpeg: bytes) -> Sheet:
    """Make a thumbnail ready.

    Args:
        jpeg: an encoded picture, such as the cache keeps.

    Raises:
        OSError: it cannot be decoded.
    """
    from scipy.ndimage import gaussian_filter

    with Image.open(io.BytesIO(jpeg)) as image:
        gray = image.convert("L").resize((_SIDES[-1],) * 2, Image.Resampling.LANCZOS)
    levels = []
    for side in _SIDES:
        pixels = np.asarray(gray.reduce(_SIDES[-1] // side), np.float32)
        blurred = gaussian_filter(pixels, _BLUR)
        levels.append(np.stack([blurred, *np.gradient(blurred)]).astype(np.float32))
    return Sheet(tuple(levels), gaussian_filter(np.asarray(gray, np.float32), _DETAIL))


def overlap(one: Sheet, other: Sheet) -> float:
    """How alike the details are where both lie on each other, 0 to 1: 1 for one picture, unrelated ones about 0.3.

    The better of both ways: what has a border, or shows more, is best laid over the other.
    """
    return max(_laid_over(one, other), _laid_over(other, one))


def _laid_over(one: Sheet, other: Sheet) -> float:
    from scipy.ndimage import map_coordinates

    place = _laid(one, other)
    x, y = _grid(_SIDES[-1])
    at, inside = _seen(place, x, y, _SIDES[-1])
    moved = map_coordinates(other.detail, at, order=1, mode="nearest").reshape(inside.shape)
    here, contrast = _evened(one.detail)
    there, other_contrast = _evened(moved)
    weight = np.sqrt(contrast * other_contrast) * inside
    size = np.sqrt((weight * here**2).sum() * (weight * there**2).sum())
    return float(np.clip((weight * here * there).sum() / max(size, 1e-6), 0, 1))


def _grid(side: int) -> tuple[Float32Array, Float32Array]:
    """Where pixels lie, each float32[S, S] from -1 to 1: across, down."""
    line = ((np.arange(side) + 0.5) * 2 / side - 1).astype(np.float32)
    x, y = np.meshgrid(line, line)
    return x, y


def _seen(place: Float32Array, x: Float32Array, y: Float32Array, side: int) -> tuple[Float32Array, Float32Array]:
    """Pixels of the other picture that lie at ``x``, ``y``, float[2, n], and whether there are any there."""
    across = (x + place[0] + place[1] * x + place[2] * y + 1) * side / 2 - 0.5
    down = (y + place[3] + place[4] * x + place[5] * y + 1) * side / 2 - 0.5
    inside = (across >= 0) & (across <= side - 1) & (down >= 0) & (down <= side - 1)
    return np.stack([down.ravel(), across.ravel()]), inside


def _laid(one: Sheet, other: Sheet) -> Float32Array:
    """By how much the other is moved, turned and stretched, float[6]; by nothing where no way is found."""
    nothing = np.zeros(6, np.float32)
    place = nothing
    for side, steps, level, other_level in zip(_SIDES, _STEPS, one.levels, other.levels, strict=True):
        x, y = (part.ravel() for part in _grid(side))
        for _ in range(steps):
            step = _step(place, x, y, level[0].ravel(), other_level)
            if step is None:
                return nothing
            place = place + step
            if np.abs(place).max() > _FARTHEST:
                return nothing
            if np.abs(step).max() < _STILL:
                break
    return place


def _step(
    place: Float32Array, x: Float32Array, y: Float32Array, wanted: Float32Array, level: Float32Array
) -> Float32Array | None:
    """The next step of Gauss and Newton; None where the pictures do not follow each other at all."""
    from scipy.ndimage import map_coordinates

    side = level.shape[-1]
    at, inside = _seen(place, x, y, side)
    at, x, y = at[:, inside], x[inside], y[inside]
    gray, down, across = (map_coordinates(part, at, order=1) for part in level)
    down, across = down * side / 2, across * side / 2
    ones = np.ones_like(x)
    slopes = np.stack([across, across * x, across * y, down, down * x, down * y, gray, ones], axis=1).astype(np.float64)
    solved = np.linalg.solve(slopes.T @ slopes + np.eye(8), slopes.T @ wanted[inside])
    if solved[6] < _LEAST_GAIN:
        return None
    step: Float32Array = np.clip(solved[:6] / solved[6], -0.1, 0.1).astype(np.float32)
    return step


def _evened(gray: Float32Array) -> tuple[Float32Array, Float32Array]:
    """A picture with light and contrast around each place taken out, and that contrast."""
    from scipy.ndimage import gaussian_filter

    detail = gray - gaussian_filter(gray, _AROUND)
    contrast = np.sqrt(gaussian_filter(detail**2, _AROUND))
    return detail / (contrast + _NOISE), contrast
