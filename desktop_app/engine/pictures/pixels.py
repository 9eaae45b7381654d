"""From whatever mode a decoder gives to upright 8-bit RGB."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_NOTHING = 2  # steps of 255 that coding makes of one color
_DEPTHS = (8, 10, 12, 14, 16)
_EIGHT_BIT_MIDDLE, _UNDERSHOOT, _MOST_SAMPLED = 8, 0.02, 2_000_000


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn a stored picture the way its EXIF orientation (1 to 8) says."""
    method = _UPRIGHT.get(orientation)
    return image if method is None else image.transpose(method)


def is_flat(image: Image.Image) -> bool:
    """Whether a picture, RGB, is of one color: what decoders make of nothing."""
    return all(band.getextrema()[1] - band.getextrema()[0] <= _NOTHING for band in image.split())  # type: ignore[operator]


def to_rgb(image: Image.Image) -> Image.Image:
    """Convert any Pillow mode to RGB: transparency onto white, deep samples scaled rather than clipped.

    Args:
        image: a loaded image of any mode.

    Returns:
        The image itself when it is plain RGB, else a new one.

    Raises:
        ValueError: a mode without a conversion (CIE Lab).
    """
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return Image.fromarray(_to_eight_bits(np.asarray(image))).convert("RGB")
    if image.has_transparency_data:
        layer = image if image.mode == "RGBA" else image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(layer, mask=layer)
        return flat
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_eight_bits(values: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    low, high = full_scale(values)
    scaled = values.astype(np.float32)
    if values.dtype.kind == "f":
        scaled = np.nan_to_num(scaled, nan=low, posinf=high, neginf=low)
    scaled -= np.float32(low)
    scaled *= np.float32(255 / (high - low or 1))
    scaled += np.float32(0.5)
    return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)


def full_scale(values: npt.NDArray[Any]) -> tuple[float, float]:
    """The samples that are black and white, by the values that occur; the rule is at the head of `tiff`."""
    if values.dtype.kind == "f":
        return _float_scale(values)
    low, high = int(values.min()), int(values.max())
    if low < 0:
        return float(low), float(high)
    end = int(np.iinfo(values.dtype).max)
    for bits in _DEPTHS:
        if high < 2**bits:
            return 0.0, float(min(2**bits - 1, end))
    return 0.0, float(end if high > end // 2 else high)


def _float_scale(values: npt.NDArray[Any]) -> tuple[float, float]:
    step = max(1, round((values.size / _MOST_SAMPLED) ** 0.5))  # two million values tell as much as all
    some = values[::step, ::step]
    some = some[np.isfinite(some)].astype(np.float64)
    if not some.size:
        return 0.0, 1.0
    low, middle, high = (float(value) for value in np.percentile(some, (0.5, 50, 99.5)))
    if low < -_UNDERSHOOT * high or high <= 0:
        return float(some.min()), float(some.max())
    if high <= 1:
        return 0.0, 1.0
    return 0.0, 255.0 if high <= 255 and middle >= _EIGHT_BIT_MIDDLE else high
