"""The kinds of TIFF that Pillow refuses or shows wrongly: floats, deep integers, planes, further bands.

The samples come as bytes through Pillow, which knows the compressions: to it, the picture is a gray one, so many times
as wide as a pixel has bytes. What they mean is decided here. Tags after TIFF 6.0 and its Adobe supplements.

How bright a sample is: by SMinSampleValue and SMaxSampleValue, or MaxSampleValue, where the file has them and keeps to
them. Otherwise integers fill the least of 8, 10, 12, 14 and 16 bits that holds the largest value; larger ones fill
their type where they come near its end, else the range from zero to the largest. Floats from 0 to 1 are as they are
(what few exceed 1 are clipped), those up to 255 with a middle above 8 are meant as such, and all others are of high
dynamic range: half a percent of the picture is left to be white. Where values lie below zero, the range is stretched.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, TiffImagePlugin

from desktop_app.engine.language import tr_noop
from desktop_app.engine.pictures import reasons
from desktop_app.engine.pictures.pixels import full_scale
from desktop_app.engine.pictures.result import DecodeError

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _OFFSETS, _SAMPLES = 256, 257, 258, 259, 262, 273, 277
_ROWS, _COUNTS, _PLANAR, _PREDICTOR, _TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_COUNTS = (
    278,
    279,
    284,
    317,
    322,
    323,
    324,
    325,
)
_EXTRA, _FORMAT, _MAX_VALUE, _SMIN, _SMAX, _FILL, _PROFILE = 338, 339, 281, 340, 341, 266, 34675
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _CMYK = 0, 1, 2, 3, 5
_UNSIGNED, _SIGNED, _FLOAT, _VOID, _COMPLEX_INTEGER, _COMPLEX = 1, 2, 3, 4, 5, 6
_PLAIN_COMPRESSIONS = (1, 5, 8, 32773, 32946, 34925, 50000)  # nothing, LZW, Deflate twice, PackBits, LZMA, Zstandard
_PREDICTED = (5, 8, 32946, 34925, 50000)  # the others store samples as they are, whatever the tag says
_PILLOW_COMPRESSIONS = (*_PLAIN_COMPRESSIONS, 2, 3, 4, 6, 7, 32809, 34676, 34677)
_COMPRESSION_NAMES = {
    34661: "JBIG", 34712: "JPEG 2000", 33003: "JPEG 2000", 33005: "JPEG 2000", 34887: "LERC", 50001: "WebP",
    50002: "JPEG XL", 52546: "JPEG XL",
}  # fmt: skip
_PHOTOMETRIC_NAMES = {
    0: tr_noop("gray"),
    1: tr_noop("gray"),
    2: "RGB",
    3: tr_noop("palette"),
    4: tr_noop("mask"),
    5: "CMYK",
    6: "YCbCr",
    8: "Lab",
    9: "Lab",
}
_FORMAT_NAMES = {2: tr_noop("signed"), 3: tr_noop("floating point"), 5: tr_noop("complex"), 6: tr_noop("complex")}
_WORK_ROWS = 256


@dataclass(frozen=True, slots=True)
class Layout:
    """The first picture of a file, as its directory describes it.

    Attributes:
        width, height: pixels.
        bits: of one sample, the same for all; 0 where they differ.
        form: 1 unsigned, 2 signed, 3 floating point; others are not read.
        samples: of one pixel.
        photometric: 0 and 1 gray, 2 RGB, 3 palette, 5 CMYK.
        compression, predictor: as the tags have them.
        planar: each sample is a picture of its own.
        extra: the meaning of the further samples; 1 and 2 are alpha.
        order: ``<`` or ``>``.
        directory: all tags.
    """

    width: int
    height: int
    bits: int
    form: int
    samples: int
    photometric: int
    compression: int
    predictor: int
    planar: bool
    extra: tuple[int, ...]
    order: str
    directory: TiffImagePlugin.ImageFileDirectory_v2

    @property
    def colors(self) -> int:
        """Samples of a pixel that are colors."""
        return {_RGB: 3, _CMYK: 4}.get(self.photometric, 1)

    @property
    def is_ours(self) -> bool:
        """Whether it is read here rather than by Pillow."""
        known = self.photometric in (_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _CMYK) and self.samples >= self.colors
        kinds = {_UNSIGNED: (8, 16, 32, 64), _SIGNED: (8, 16, 32, 64), _FLOAT: (16, 32, 64)}
        readable = self.bits in kinds.get(self.form, ()) and self.compression in _PLAIN_COMPRESSIONS
        odd = self.bits > 8 or self.form != _UNSIGNED or self.samples > self.colors + (self.photometric != _CMYK)
        return known and readable and odd and self.predictor in (1, 2, 3) and self.samples <= 64

    @property
    def profile(self) -> bytes | None:
        """The ICC profile in the file."""
        found = self.directory.get(_PROFILE)
        return found if isinstance(found, bytes) else None

    @property
    def padded(self) -> tuple[int, int]:
        """Width and height with what fills up the last tiles, pixels."""
        if _TILES not in self.directory:
            return self.width, self.height
        tile = max(1, int(self.directory[_TILE_WIDTH])), max(1, int(self.directory[_TILE_HEIGHT]))
        return -(-self.width // tile[0]) * tile[0], -(-self.height // tile[1]) * tile[1]

    @property
    def is_foreign(self) -> bool:
        """Whether the samples are packed in a way that is not read at all."""
        return self.compression not in _PILLOW_COMPRESSIONS

    @property
    def bytes_per_pixel(self) -> int:
        """Peak memory of decoding one pixel: the samples, thrice while they change hands, and the picture."""
        return 3 * self.samples * self.bits // 8 + 8

    @property
    def title(self) -> str:
        """What kind it is, in English words."""
        words = [_PHOTOMETRIC_NAMES.get(self.photometric, f"photometric kind {self.photometric}")]
        words.append(f"{self.samples} x {self.bits or 'mixed'} bits" if self.samples > 1 else f"{self.bits} bits")
        if self.form in _FORMAT_NAMES:
            words.append(_FORMAT_NAMES[self.form])
        if self.is_foreign:
            words.append(f"compression {_COMPRESSION_NAMES.get(self.compression, self.compression)}")
        return ", ".join(words)


def layout(data: bytes) -> Layout | None:
    """Read the first directory; None where it is damaged, or its samples lie outside of the file."""
    try:
        directory = TiffImagePlugin.ImageFileDirectory_v2(data[:16] if 43 in data[2:4] else data[:8])
        file = io.BytesIO(data)
        file.seek(directory.next)
        directory.load(file)
        bits = directory.get(_BITS, (1,))
        width, height = int(directory[_WIDTH]), int(directory[_HEIGHT])
        samples = int(directory.get(_SAMPLES, 1))
        found = Layout(
            width,
            height,
            int(bits[0]) if len(set(bits)) == 1 else 0,
            int(directory.get(_FORMAT, (1,))[0]),
            samples,
            int(directory.get(_PHOTOMETRIC, 1)),
            int(directory.get(_COMPRESSION, 1)),
            int(directory.get(_PREDICTOR, 1)) if directory.get(_COMPRESSION, 1) in _PREDICTED else 1,
            directory.get(_PLANAR, 1) == 2 and samples > 1,
            tuple(directory.get(_EXTRA, ())),
            "<" if data[:2] == b"II" else ">",
            directory,
        )
        offsets = directory.get(_OFFSETS) or directory[_TILES]
        sound = width > 0 and height > 0 and samples > 0 and 0 < min(offsets) and max(offsets) < len(data)
    except Exception:  # noqa: BLE001 - boundary: damaged directories raise anything, and Pillow will say what it makes of it
        return None
    return found if sound else None


def refuse(data: bytes) -> None:
    """Raise where Pillow cannot read a file that is whole but of a kind it does not know.

    Raises:
        DecodeError: ``unsupported-kind``.
    """
    found = layout(data)
    if found is not None:
        raise DecodeError("unsupported-kind", reasons.RARE_TIFF.format(kind=found.title))


def decode(data: bytes, found: Layout) -> Image.Image:
    """RGB as stored, not turned; ``found.is_ours``.

    Raises:
        OSError: the samples are cut or damaged.
    """
    samples = _samples(data, found)
    scales = [_scale(samples[..., : found.colors], found)] * found.colors
    has_alpha = bool(found.extra) and found.extra[0] in (1, 2) and found.samples > found.colors
    picture = np.empty((found.height, found.width, found.colors), np.uint8)
    white = found.photometric == _WHITE_IS_ZERO
    for top in range(0, found.height, _WORK_ROWS):
        part = samples[top : top + _WORK_ROWS]
        for band, (low, high) in enumerate(scales):
            level = _levels(part[..., band], low, high)
            if white:
                level = 1 - level
            if has_alpha and found.photometric != _CMYK:
                alpha = _levels(part[..., found.colors], 0, _type_end(found))
                level = level + (1 - alpha) if found.extra[0] == 1 else level * alpha + (1 - alpha)
            picture[top : top + _WORK_ROWS, :, band] = np.clip(level * 255 + 0.5, 0, 255).astype(np.uint8)
    if found.colors == 4:
        return Image.fromarray(picture, "CMYK")
    return Image.fromarray(picture if found.colors == 3 else picture[..., 0])


def _levels(values: npt.NDArray[Any], low: float, high: float) -> npt.NDArray[np.float32]:
    level = values.astype(np.float32)
    if values.dtype.kind == "f":
        level = np.nan_to_num(level, nan=low, posinf=high, neginf=low)
    level -= np.float32(low)
    level /= np.float32(high - low or 1)
    return np.clip(level, 0, 1)


def _type_end(found: Layout) -> float:
    if found.form == _FLOAT:
        return 1.0
    return float(2 ** (found.bits - (found.form == _SIGNED)) - 1)


def _scale(values: npt.NDArray[Any], found: Layout) -> tuple[float, float]:
    """The samples that are black and white; see the head of this file."""
    low, high = full_scale(values)
    if found.photometric == _CMYK and found.form != _FLOAT:
        return 0.0, _type_end(found)
    top = _declared(found, _SMAX) or _declared(found, _MAX_VALUE)
    bottom = _declared(found, _SMIN) or 0.0
    if top is not None and bottom < top < _type_end(found) * (1 if found.form != _FLOAT else np.inf):
        finite = values[np.isfinite(values)] if found.form == _FLOAT else values
        if finite.size and bottom <= finite.min() and finite.max() <= top:
            return bottom, top
    return low, high


def _declared(found: Layout, tag: int) -> float | None:
    value = found.directory.get(tag)
    value = value[0] if isinstance(value, tuple) and value else value
    return float(value) if isinstance(value, int | float) else None


def _samples(data: bytes, found: Layout) -> npt.NDArray[Any]:
    """The samples, [height, width, samples]."""
    kind = {_UNSIGNED: "u", _SIGNED: "i", _FLOAT: "f"}[found.form]
    size = found.bits // 8
    # Predictor 3 stores the bytes of floats most significant first, whatever the order of the file.
    order = ">" if found.predictor == 3 else found.order
    together = 1 if found.planar else found.samples
    planes = []
    for plane in range(found.samples if found.planar else 1):
        if plane >= found.colors + 1:  # nothing of it is shown
            break
        raw = _bytes(data, found, plane, together * size)
        width = raw.shape[1] // (together * size)
        if found.predictor == 3:
            raw = _undo_float_predictor(raw, found, width, together, size)
        values = raw.view(f"{order}u{size}").reshape(raw.shape[0], width, together)
        if found.predictor == 2:
            values = _undo_difference(values, found)
        values = values.view(values.dtype.str.replace("u", kind))
        planes.append(values[: found.height, : found.width])
    return planes[0] if len(planes) == 1 else np.concatenate(planes, axis=2)


def _run(found: Layout, width: int) -> int:
    """Pixels after which differences start anew: tiles are coded on their own."""
    return int(found.directory.get(_TILE_WIDTH, width)) if _TILES in found.directory else width


def _undo_difference(values: npt.NDArray[Any], found: Layout) -> npt.NDArray[Any]:
    whole = values.astype(values.dtype.newbyteorder("="))
    run = _run(found, whole.shape[1])
    for left in range(0, whole.shape[1], run):
        part = whole[:, left : left + run]
        np.cumsum(part, axis=1, dtype=part.dtype, out=part)
    return whole


def _undo_float_predictor(
    raw: npt.NDArray[np.uint8], found: Layout, width: int, samples: int, size: int
) -> npt.NDArray[np.uint8]:
    whole = np.empty_like(raw)
    run = _run(found, width)
    for left in range(0, width, run):
        count = min(run, width - left) * samples
        start = left * samples * size
        part = raw[:, start : start + count * size].reshape(len(raw), count * size // samples, samples)
        part = np.cumsum(part, axis=1, dtype=np.uint8).reshape(len(raw), size, count)
        whole[:, start : start + count * size] = part.transpose(0, 2, 1).reshape(len(raw), count * size)
    return whole


def _bytes(data: bytes, found: Layout, plane: int, pixel: int) -> npt.NDArray[np.uint8]:
    """Unpacked bytes of one plane, [rows, width * pixel]; whole tiles, where there are tiles."""
    tags = found.directory
    width, height = found.padded
    tiled = _TILES in tags
    places, counts = (_TILES, _TILE_COUNTS) if tiled else (_OFFSETS, _COUNTS)
    number = len(tags[places]) // (found.samples if found.planar else 1)
    chosen = slice(plane * number, (plane + 1) * number)
    entries = {_BITS: (8,), _COMPRESSION: (found.compression,), _PHOTOMETRIC: (_BLACK_IS_ZERO,), _SAMPLES: (1,)}
    entries |= {places: tags[places][chosen], counts: tags[counts][chosen], _FILL: (int(tags.get(_FILL, 1)),)}
    if tiled:
        entries |= {_TILE_WIDTH: (int(tags[_TILE_WIDTH]) * pixel,), _TILE_HEIGHT: (int(tags[_TILE_HEIGHT]),)}
    else:
        entries[_ROWS] = (min(int(tags.get(_ROWS, height)), height),)
    entries |= {_WIDTH: (width * pixel,), _HEIGHT: (height,)}
    with Image.open(io.BytesIO(_with_directory(data, entries)), formats=("TIFF",)) as image:
        image.load()
        return np.asarray(image).reshape(height, width * pixel)


def _with_directory(data: bytes, entries: Mapping[int, tuple[int, ...]]) -> bytes:
    """The file with another first directory, all of whose values are 32-bit integers, little-endian."""
    at = len(data) + len(data) % 2
    lists = at + 2 + 12 * len(entries) + 4
    rows = values = b""
    for tag, numbers in sorted(entries.items()):
        packed = struct.pack(f"<{len(numbers)}I", *numbers)
        if len(packed) > 4:
            packed, values = struct.pack("<I", lists + len(values)), values + packed
        rows += struct.pack("<HHI", tag, 4, len(numbers)) + packed
    directory = struct.pack("<H", len(entries)) + rows + bytes(4) + values
    return b"II*\0" + struct.pack("<I", at) + data[8:].ljust(at - 8, b"\0") + directory
