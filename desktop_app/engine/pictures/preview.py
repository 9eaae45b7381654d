"""The small preview that a camera put into its JPEG: to be shown, and grouped by, long before the photo is decoded."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, JpegImagePlugin

from desktop_app.engine.files import regular_file
from desktop_app.engine.pictures import exif, limits, pillow
from desktop_app.engine.pictures.formats import jpeg_frame
from desktop_app.engine.pictures.pixels import to_rgb, upright

_HEAD_BYTES = 68 << 10  # an EXIF block has at most 64 KiB, and little stands before it
_BEGINNING_BYTES = 256 << 10  # holds the first rows of the picture, too
_COMPARED = 16, 4, 1  # the first sixteenth of the rows: about what is there of a large photo anyway; then more of them
_FEWEST_LINES, _BLOCK_LINES = 128, 16  # of the picture
_SAME_ASPECT = 0.04
_LEAST_SIDE = 80  # pixels; what a 16:9 picture has between the bars of 160 x 120
_DARK = 40  # of 255; at most, in most of a bar, into which coding smears the picture's edge
_SAVED_SECONDS = 60  # from the shot to its file
_SAME_ROWS, _SURE = 14.0, 2.0  # mean difference of 255; of several, how many times as near as the next
_SEEN = 4.0  # mean distance of 255 from the mean color
_FEWEST_ROWS = 2
_IN_ONE_PASS = (0xC0, 0xC1)  # the frames of a JPEG whose rows may do so
_BYTES_HELD = 6  # a pixel, at most, of a picture in several passes: its decoder holds all of them
_MOST_SMALL = 1 << 21  # pixels of a preview: more than any camera's, and little to hold
_NOTHING = 2  # of 255: the filling of a picture that ends early
_COLOR_MARKS = (0xE0, 0xEE)  # JFIF and Adobe: the segments of programs that say what the numbers mean
_PROGRAM_MARKS = (0xE0, 0xED, 0xEE)  # and Photoshop's: what Exif wants left out, and most programs write


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the first bytes of a file tell of its picture.

    Attributes:
        image: the preview, upright RGB.
        mark: what the camera wrote, preview included, by which the file is recognized; 64 KiB at most.
        width: of the upright picture itself, pixels.
        height: of the upright picture itself, pixels.
        metadata: what the camera wrote; which way is up, the image tells.
    """

    image: Image.Image
    mark: bytes
    width: int
    height: int
    metadata: exif.Metadata


def glimpse(path: Path) -> Glimpse | None:
    """Look at a JPEG file's preview where it can be believed to show the picture itself.

    Where the picture has other sides than the camera gave it, was saved again later than it was taken or as programs
    do, or is of another shape than its preview, the preview is compared with the first rows of the picture, which stand
    in the beginning of the file: cut, stretched or turned as they are, or not at all. An edit that keeps those rows
    cannot be told, nor one that leaves no trace in sides, dates and segments. Colors are taken as sRGB.

    Returns:
        None where the whole file has to be decoded.
    """
    try:
        with regular_file(path) as file:
            head = file.read(_HEAD_BYTES)
            if jpeg_frame(head) is None:  # a long header
                head += file.read(_BEGINNING_BYTES - _HEAD_BYTES)
            return _glimpse(head, lambda: head + file.read(_BEGINNING_BYTES - len(head)))
    except Exception:  # noqa: BLE001 - boundary: as in `preview`
        return None


def _glimpse(head: bytes, beginning: Callable[[], bytes]) -> Glimpse | None:
    block = _exif_block(head)
    found = exif.embedded_thumbnail(block) if block else None
    if block is None or found is None:
        return None
    data, orientation, as_taken = found
    pillow.silence()
    width, height = _sides(head)
    aspect = width / height
    metadata = _metadata(head, block)
    small = _decoded(data)
    as_shot = (as_taken is None or _alike(as_taken, aspect)) and not _saved_again(metadata, head)
    image = _cut(small, aspect) if as_shot else None
    if image is None:
        image = _of_the_same_rows(_shapes(small, aspect), beginning())
    if image is None or min(image.size) < _LEAST_SIDE:
        return None
    width, height = (height, width) if orientation >= 5 else (width, height)
    return Glimpse(upright(image, orientation), block, width, height, metadata)


def _cut(small: Image.Image, aspect: float) -> Image.Image | None:
    """A preview in its picture's shape where it has that already, or but for black bars; None where it has another.

    Most cameras put bars on both sides, some all of the black on one.
    """
    if _alike(small.width / small.height, aspect):
        return _without_bars(small, aspect)
    gray = np.asarray(small.convert("L"))
    for place in (0.5, 0.0, 1.0):
        kept = _without_bars(small, aspect, place)
        if _black_around(gray, kept.size, place):
            return kept
    return None


def _shapes(small: Image.Image, aspect: float) -> list[Image.Image]:
    """All that a preview may be to a picture of that shape: as it is, turned since without a word, or squeezed."""
    ways = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)
    cut = [_cut(one, aspect) for one in (small, *(small.transpose(way) for way in ways))]
    squeezed = small.resize((max(1, round(small.height * aspect)), small.height))
    return [one for one in (*cut, squeezed if cut[0] is None else None) if one is not None]


def _first_rows(beginning: bytes, part: int) -> tuple[Image.Image, int]:
    """The upper part of a picture at an eighth of its size, RGB, and how many rows the whole has at that size.

    A JPEG that ends early is decoded as far as it goes, and its last color fills the rest. One that says it is lower
    than it is ends where it says: so the rest is neither read nor filled.
    """
    data = _without_notes(beginning)
    data += b"\xff\xd9"
    columns, lines = _sides(bytes(data))
    frame = _frame_in_one_pass(data)
    if lines * columns > (limits.MAX_PIXELS if frame else limits.COSTLY // _BYTES_HELD):
        raise ValueError("costly: to be decoded as a whole, one at a time")
    if frame and part > 1:
        some = max(_FEWEST_LINES, -(-lines // (part * _BLOCK_LINES)) * _BLOCK_LINES)
        data[frame + 5 : frame + 7] = min(some, lines).to_bytes(2, "big")
    picture = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
    picture.draft("RGB", (1, 1))  # an eighth: no more than one number a block is computed
    return to_rgb(picture), -(-lines // 8)


def _frame_in_one_pass(data: bytearray) -> int | None:
    """Where the frame of a JPEG stands whose rows come one after the other, in all colors; None where they do not."""
    frame, scan = jpeg_frame(data), max((end for *_, end in _segments(data)), default=2)
    in_order = frame is not None and data[frame + 1] in _IN_ONE_PASS and data[scan + 4] == data[frame + 9]
    return frame if in_order else None


def _without_notes(data: bytes) -> bytearray:
    """A JPEG less what its makers noted in it, which Pillow would take more time to read than some rows."""
    kept, end = [data[:2]], 2
    for marker, at, end in _segments(data):
        if marker in _COLOR_MARKS or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(data[at:end])
    return bytearray().join((*kept, data[end:]))


def _segments(data: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of what stands before the picture in a JPEG."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and (marker := data[at + 1]) != 0xDA:
        end = at + (1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big"))
        yield marker, at, end
        at = end


def _of_the_same_rows(shapes: list[Image.Image], beginning: bytes) -> Image.Image | None:
    """The one that begins as the picture does; None where none does for sure.

    A few rows are enough where there is something to be seen in them; a clear sky could be above any picture.
    """
    found = None
    for part in _COMPARED:
        found, telling = _likest(shapes, *_first_rows(beginning, part))
        if found is not None and telling:
            break
    return found


def _likest(shapes: list[Image.Image], picture: Image.Image, height: int) -> tuple[Image.Image | None, bool]:
    """The shape that is sure to be the picture's, and whether there is anything to be seen in these rows."""
    green = np.asarray(picture.getchannel("G"))
    there = np.flatnonzero(np.ptp(green, axis=1) > _NOTHING)
    rows = int(there[-1]) if there.size else 0  # the last one may be in part
    differences = []
    for shape in shapes:
        tall = int(rows / height * shape.height)
        if tall < _FEWEST_ROWS:
            return None, False
        strip = picture.resize((shape.width, tall), Image.Resampling.BOX, (0, 0, picture.width, rows))
        top = np.asarray(shape.crop((0, 0, shape.width, tall)), np.float32)
        differences.append(float(np.abs(np.asarray(strip, np.float32) - top).mean()))
    best, *others = np.argsort(differences)
    nearest = differences[best]
    # A busy picture differs more from its preview, but then all the more from the others.
    enough = _SURE * _SAME_ROWS if others else _SAME_ROWS
    sure = nearest <= enough and all(differences[other] >= _SURE * nearest for other in others)
    colors = green[:rows].astype(np.float32)
    apart = float(np.abs(colors - colors.mean()).mean())
    return shapes[best] if sure else None, apart >= max(_SEEN, _SURE * nearest)


def preview(path: Path) -> Image.Image | None:
    """Decode the preview in a JPEG file: upright, in under a millisecond; None without one."""
    try:
        block = _exif_block(_head(path, _HEAD_BYTES))
        found = exif.embedded_thumbnail(block) if block else None
        if found is None:
            return None
        data, orientation, aspect = found
        pillow.silence()
        return upright(_without_bars(_decoded(data), aspect), orientation)
    except Exception:  # noqa: BLE001 - boundary: a preview is a convenience, the full decode will say what is wrong
        return None


def _decoded(preview: bytes) -> Image.Image:
    """A preview as it is stored, RGB; some bytes can claim to be a picture that takes a gigabyte."""
    image = Image.open(io.BytesIO(preview), formats=("JPEG",))
    if image.width * image.height > _MOST_SMALL:
        raise ValueError("too large for a preview")
    return to_rgb(image)


def _head(path: Path, most: int) -> bytes:
    with regular_file(path) as file:
        return file.read(most)


def _exif_block(head: bytes) -> bytes | None:
    return exif.jpeg_exif_block(head) if head[:3] == b"\xff\xd8\xff" else None


def _alike(aspect: float, other: float) -> bool:
    return abs(aspect / other - 1) <= _SAME_ASPECT


def _sides(head: bytes) -> tuple[int, int]:
    """Width and height of a JPEG as stored, pixels."""
    at = jpeg_frame(head)
    if at is None:  # odd, or not all there
        return JpegImagePlugin.JpegImageFile(io.BytesIO(head)).size
    height, width = struct.unpack_from(">HH", head, at + 5)
    return width, height


def _metadata(head: bytes, block: bytes) -> exif.Metadata:
    plain = exif.from_plain(block, turned_elsewhere=False)  # the preview is turned as the block itself says
    return plain or exif.read_metadata(JpegImagePlugin.JpegImageFile(io.BytesIO(head)))


def _saved_again(found: exif.Metadata, head: bytes) -> bool:
    """Whether a program wrote the file after the camera had; many leave the preview as it was."""
    if any(marker in _PROGRAM_MARKS for marker, _, _ in _segments(head)):
        return True  # or one of the few cameras that write so, too
    if found.taken_at is None or found.saved_at is None:
        return False
    apart = datetime.fromisoformat(found.saved_at) - datetime.fromisoformat(found.taken_at)
    return abs(apart.total_seconds()) > _SAVED_SECONDS


def _black_around(gray: npt.NDArray[np.uint8], kept: tuple[int, int], place: float) -> bool:
    """Whether most of each bar around what is kept is dark."""
    left, top, right, bottom = _box((gray.shape[1], gray.shape[0]), kept, place)
    bars = (gray[:top], gray[bottom:], gray[:, :left], gray[:, right:])
    return all(2 * np.count_nonzero(bar <= _DARK) > bar.size for bar in bars if bar.size)


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
