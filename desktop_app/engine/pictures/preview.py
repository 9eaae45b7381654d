"""The small preview that a camera put into its JPEG: to be shown, and grouped by, long before the photo is decoded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, JpegImagePlugin

from desktop_app.engine.files import regular_file
from desktop_app.engine.pictures import exif, pillow
from desktop_app.engine.pictures.pixels import to_rgb, upright

_HEAD_BYTES = 68 << 10  # an EXIF block has at most 64 KiB, and little stands before it
_BEGINNING_BYTES = 256 << 10  # holds the first rows of the picture, too
_SAME_ASPECT = 0.04
_LEAST_SIDE = 80  # pixels; what a 16:9 picture has between the bars of 160 x 120
_DARK = 40  # of 255; the median of a bar, into which coding smears the picture's edge
_SAVED_SECONDS = 60  # from the shot to its file
_SAME_ROWS, _SURE = 14.0, 2.0  # mean difference of 255; of several, how many times as near as the next
_FEWEST_ROWS = 2
_NOTHING = 2  # of 255: the filling of a picture that ends early


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the first bytes of a file tell of its picture.

    Attributes:
        image: the preview, upright RGB.
        head: the bytes that were read, 256 KiB at most.
        width: of the upright picture itself, pixels.
        height: of the upright picture itself, pixels.
        metadata: what the camera wrote.
    """

    image: Image.Image
    head: bytes
    width: int
    height: int
    metadata: exif.Metadata


def glimpse(path: Path) -> Glimpse | None:
    """Look at a JPEG file's preview where it can be believed to show the picture itself.

    Where the picture has other sides than the camera gave it, was saved again later than it was taken, or is of another
    shape than its preview, the preview is compared with the first rows of the picture, which stand in the beginning of
    the file: cut, stretched or turned as they are, or not at all. An edit that keeps sides and dates cannot be told.
    Colors are taken as sRGB.

    Returns:
        None where the whole file has to be decoded.
    """
    try:
        head = _head(path, _BEGINNING_BYTES)
        found = _embedded(head)
        if found is None:
            return None
        data, orientation, aspect = found
        pillow.silence()
        whole = JpegImagePlugin.JpegImageFile(io.BytesIO(head))
        width, height = whole.size
        tags = whole.getexif()
        small = to_rgb(Image.open(io.BytesIO(data), formats=("JPEG",)))
        as_shot = (aspect is None or _alike(aspect, width / height)) and not _saved_again(tags)
        plain = _cut(small, width / height)
        image = plain if as_shot and plain else _of_the_same_rows(_shapes(small, width / height), head)
        if image is None or min(image.size) < _LEAST_SIDE:
            return None
        width, height = (height, width) if orientation >= 5 else (width, height)
        return Glimpse(upright(image, orientation), head, width, height, exif.from_exif(tags))
    except Exception:  # noqa: BLE001 - boundary: as in `preview`
        return None


def _cut(small: Image.Image, aspect: float) -> Image.Image | None:
    """A preview in its picture's shape where it has that already, or but for black bars; None where it has another.

    Most cameras put bars on both sides, some all of the black on one.
    """
    if _alike(small.width / small.height, aspect):
        return _without_bars(small, aspect)
    for place in (0.5, 0.0, 1.0):
        kept = _without_bars(small, aspect, place)
        if _black_around(small, kept.size, place):
            return kept
    return None


def _shapes(small: Image.Image, aspect: float) -> list[Image.Image]:
    """All that a preview may be to a picture of that shape: as it is, turned since without a word, or squeezed."""
    ways = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
    cut = [_cut(one, aspect) for one in (small, *(small.transpose(way) for way in ways))]
    squeezed = small.resize((max(1, round(small.height * aspect)), small.height))
    return [one for one in (*cut, squeezed if cut[0] is None else None) if one is not None]


def _of_the_same_rows(shapes: list[Image.Image], head: bytes) -> Image.Image | None:
    """The one that begins as the picture does; None where none does for sure.

    A JPEG that ends early is decoded as far as it goes, and its last color fills the rest.
    """
    whole = JpegImagePlugin.JpegImageFile(io.BytesIO(head + b"\xff\xd9"))
    whole.draft("RGB", (1, 1))  # an eighth: no more than one number a block is computed
    picture = to_rgb(whole)
    green = np.asarray(picture.getchannel("G"))
    there = np.flatnonzero(np.ptp(green, axis=1) > _NOTHING)
    rows = int(there[-1]) if there.size else 0  # the last one may be in part
    differences = []
    for shape in shapes:
        tall = int(rows / picture.height * shape.height)
        if tall < _FEWEST_ROWS:
            return None
        strip = picture.resize((shape.width, tall), Image.Resampling.BOX, (0, 0, picture.width, rows))
        top = np.asarray(shape, np.float32)[:tall]
        differences.append(float(np.abs(np.asarray(strip, np.float32) - top).mean()))
    best, *others = np.argsort(differences)
    nearest = differences[best]
    # A busy picture differs more from its preview, but then all the more from the others.
    enough = _SURE * _SAME_ROWS if others else _SAME_ROWS
    sure = nearest <= enough and all(differences[other] >= _SURE * nearest for other in others)
    return shapes[best] if sure else None


def preview(path: Path) -> Image.Image | None:
    """Decode the preview in a JPEG file: upright, in under a millisecond; None without one."""
    try:
        found = _embedded(_head(path, _HEAD_BYTES))
        if found is None:
            return None
        data, orientation, aspect = found
        pillow.silence()
        image = to_rgb(Image.open(io.BytesIO(data), formats=("JPEG",)))
        return upright(_without_bars(image, aspect), orientation)
    except Exception:  # noqa: BLE001 - boundary: a preview is a convenience, the full decode will say what is wrong
        return None


def _head(path: Path, most: int) -> bytes:
    with regular_file(path) as file:
        return file.read(most)


def _embedded(head: bytes) -> tuple[bytes, int, float | None] | None:
    block = exif.jpeg_exif_block(head) if head[:3] == b"\xff\xd8\xff" else None
    return exif.embedded_thumbnail(block) if block else None


def _alike(aspect: float, other: float) -> bool:
    return abs(aspect / other - 1) <= _SAME_ASPECT


def _saved_again(tags: Image.Exif) -> bool:
    """Whether a program wrote the file after the camera had; many leave the preview as it was."""
    taken = exif.iso_date(tags.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal))
    saved = exif.iso_date(tags.get(ExifTags.Base.DateTime))
    if taken is None or saved is None:
        return False
    return abs((datetime.fromisoformat(saved) - datetime.fromisoformat(taken)).total_seconds()) > _SAVED_SECONDS


def _black_around(small: Image.Image, kept: tuple[int, int], place: float) -> bool:
    left, top, right, bottom = _box(small.size, kept, place)
    gray = np.asarray(small.convert("L"))
    bars = (gray[:top], gray[bottom:], gray[:, :left], gray[:, right:])
    return all(float(np.median(bar)) <= _DARK for bar in bars if bar.size)


def _without_bars(image: Image.Image, aspect: float | None, place: float = 0.5) -> Image.Image:
    # Cameras fit a 3:2 or 16:9 picture into a 4:3 preview between black bars.
    width, height = image.size
    if aspect is None or not 0.2 < aspect < 5:
        return image
    kept = min(width, round(height * aspect)), min(height, round(width / aspect))
    return image.crop(_box(image.size, kept, place))


def _box(size: tuple[int, int], kept: tuple[int, int], place: float) -> tuple[int, int, int, int]:
    left, top = int((size[0] - kept[0]) * place), int((size[1] - kept[1]) * place)
    return left, top, left + kept[0], top + kept[1]
