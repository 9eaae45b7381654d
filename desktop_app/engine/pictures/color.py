"""Colors as they are meant: whatever space a picture is in, sRGB comes out, for the eye and for the model alike.

ICC profiles go through LittleCMS; what a profile does not say is taken from the file's own words: color primaries and
transfer functions of HEIF and AVIF (ITU-T H.273), the mark by which cameras tell Adobe RGB (DCF 2.0). Light of high
dynamic range is brought to a screen's: reference white (203 cd/m2, ITU-R BT.2408) is white, what is brighter is bent
towards it.
"""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

PQ, HLG = 16, 18
ADOBE_RGB = (-1, -1)
"""What `from_signal` takes for the space that cameras mark in EXIF."""
_SRGB_TO_D50 = np.array([[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])
_TO_SRGB = {  # linear light to linear light, both with the white of D65
    -1: [[1.3984, -0.3984, 0.0], [0.0, 1.0, 0.0], [0.0, -0.0429, 1.0429]],
    9: [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    12: [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]],
}
_WHITE_NITS = 203.0
_KNEE = 0.75
_NO_CACHE = 0x0040  # a transform is shared by threads
_MOST_PROFILE = 4 << 20


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert a picture with an ICC profile; a profile that is broken, or of another kind of picture, is ignored.

    Args:
        image: L, RGB or CMYK.
        profile: as it stands in the file.

    Returns:
        RGB; the image itself where it is RGB and there is nothing to convert.
    """
    transform = _transform(profile, image.mode) if profile and not is_srgb(profile) else None
    if transform is not None:
        try:
            converted = transform.apply(image)
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass
        else:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


@functools.lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    if len(profile) > _MOST_PROFILE:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION | _NO_CACHE
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        return ImageCms.ImageCmsTransform(source, target, mode, "RGB", intent, flags=flags)
    except Exception:  # noqa: BLE001 - boundary: a profile is a file of its own and may be damaged in any way
        return None


@functools.lru_cache(maxsize=64)
def is_srgb(profile: bytes) -> bool:
    """Whether a profile is sRGB's by its numbers, whatever it calls itself: that is most, and spares the conversion."""
    try:
        tags = {}
        for index in range(min(struct.unpack_from(">I", profile, 128)[0], 100)):
            name, at, length = struct.unpack_from(">4sII", profile, 132 + 12 * index)
            tags[name] = profile[at : at + length]
        if profile[16:20] != b"RGB " or b"A2B0" in tags:
            return False
        columns = [np.array(struct.unpack_from(">3i", tags[name], 8)) / 65536 for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        curves = [_middle(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
    except (struct.error, KeyError, ArithmeticError, TypeError, ValueError):
        return False
    near = bool(np.abs(np.stack(columns, axis=1) - _SRGB_TO_D50).max() < 0.004)
    return near and all(abs(curve - 0.2140) < 0.008 for curve in curves)


def _middle(curve: bytes) -> float:
    """Linear light of the signal 0.5."""
    if curve[:4] == b"curv":
        count = struct.unpack_from(">I", curve, 8)[0]
        if count == 0:
            return 0.5
        if count == 1:
            return float(0.5 ** (struct.unpack_from(">H", curve, 12)[0] / 256))
        low, high = struct.unpack_from(">2H", curve, 12 + 2 * ((count - 1) // 2))
        return float((low + high) / 2 if count % 2 == 0 else low) / 65535
    gamma = struct.unpack_from(">i", curve, 12)[0] / 65536
    if struct.unpack_from(">H", curve, 8)[0] == 0:
        return float(0.5**gamma)
    a, b = (value / 65536 for value in struct.unpack_from(">2i", curve, 16))
    return float((a * 0.5 + b) ** gamma)


def from_signal(image: Image.Image, space: tuple[int, int] | None) -> Image.Image:
    """Convert a picture by the color primaries and the transfer function that its file names.

    Args:
        image: RGB.
        space: the two numbers, or `ADOBE_RGB`; None, and spaces of no known photo, change nothing.
    """
    if space is None:
        return image
    primaries, transfer = space
    matrix = _TO_SRGB.get(primaries)
    if transfer not in (PQ, HLG) and matrix is None:
        return image
    rows = max(1, (1 << 18) // image.width)
    result = Image.new("RGB", image.size)
    for top in range(0, image.height, rows):  # in strips: floats take four times what the picture does
        part = image.crop((0, top, image.width, min(top + rows, image.height)))
        light: npt.NDArray[Any] = _light(transfer)(np.asarray(part, np.float32) / 255)
        if matrix is not None:
            light = light @ np.array(matrix, np.float32).T
        if transfer in (PQ, HLG):
            light = np.where(light > _KNEE, 1 - (1 - _KNEE) * np.exp(-(light - _KNEE) / (1 - _KNEE)), light)
        result.paste(Image.fromarray(_encoded(light)), (0, top))
    return result


def _light(transfer: int) -> Callable[[npt.NDArray[Any]], npt.NDArray[Any]]:
    return {PQ: _pq, HLG: _hlg, -1: _adobe}.get(transfer, _srgb)


def _adobe(signal: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(signal ** np.float32(563 / 256))


def _srgb(signal: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _pq(signal: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """SMPTE ST 2084, in units of reference white."""
    root = signal ** (1 / 78.84375)
    light = (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    return np.asarray(light * (10_000 / _WHITE_NITS), np.float32)


def _hlg(signal: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """ITU-R BT.2100 on a screen of 1,000 cd/m2, in units of reference white."""
    bent = (np.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
    scene = np.where(signal <= 0.5, signal**2 / 3, bent)
    bright = scene @ np.array([[0.2627], [0.6780], [0.0593]], np.float32)
    return np.asarray(scene * np.maximum(bright, 1e-6) ** 0.2 * (1000 / _WHITE_NITS), np.float32)


def _encoded(light: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    light = np.clip(light, 0, 1)
    signal = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return (signal * 255 + 0.5).astype(np.uint8)
