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
_TWELVE_BITS, _SIXTEEN_BITS = 4095, 65535


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
    """Scale deep gray samples to 0..255.

    Integers up to 16 bits keep their full scale, so that two exposures stay comparable; only sensors that fill the
    low 12 of 16 bits, which would look black, are scaled by 12. Floats in 0..1 and everything else by their range.
    """
    if values.dtype.kind == "f":
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = values.min(), values.max()
    if values.dtype.kind in "iu" and low >= 0 and high <= _SIXTEEN_BITS:
        return (values >> (4 if high <= _TWELVE_BITS else 8)).astype(np.uint8)
    if values.dtype.kind == "f" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif values.dtype.kind == "f" and low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    span = float(high) - float(low) or 1.0
    scaled = values.astype(np.float32)
    scaled -= np.float32(low)
    scaled *= np.float32(255 / span)
    return scaled.astype(np.uint8)
