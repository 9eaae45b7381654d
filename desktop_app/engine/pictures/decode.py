"""One path from a file's bytes to an upright RGB picture, for the grid and for the model.

Whatever goes wrong inside a decoder comes out as `DecodeError`. Cost is computed from the header before a pixel is
allocated: more than `MAX_PIXELS`, or more than `MEMORY_LIMIT` bytes at the peak, and the file is refused with the
reason. Decodes that cost much run one at a time, whichever threads ask, so that memory stays bounded.

Whole pictures of the common formats are decoded where they are asked for. Formats with fragile decoders, decodes that
cost much and second tries at damaged files go to a process of their own, which may hang or crash alone: `guarded`.
"""

from __future__ import annotations

import io
import os
import re
import stat
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import AvifImagePlugin, Image, ImageFile, JpegImagePlugin, TiffImagePlugin, WebPImagePlugin

from desktop_app.engine.pictures import exif
from desktop_app.engine.pictures.formats import (
    FORMATS,
    HEAD_BYTES,
    Format,
    isobmff_is_cut,
    sniff,
    tiff_holds_raw,
    webp_size,
)
from desktop_app.engine.pictures.pixels import to_rgb, upright

__all__ = ["FORMATS", "HEAD_BYTES", "DecodeError", "Decoded", "Format", "decode", "preview", "read_bytes", "sniff"]

FRAGILE = frozenset({"tiff", "raw", "heif", "avif"})
"""Formats that are never decoded inside the program where that can be helped."""

FILE_LIMIT = 512 << 20
"""Largest file read into memory, bytes."""
MEMORY_LIMIT = 896 << 20
"""Largest peak of one decode, the file's bytes included; with the program itself this stays under 1 GiB."""
MAX_PIXELS = 1_000_000_000
"""Largest picture, whatever its format."""
_TOO_MANY_PIXELS = f"more than the {MAX_PIXELS // 1_000_000} million pixels Kindred allows"
_COSTLY = 192 << 20
_MAX_SCAN_PIXELS = 10_000_000_000
_ALPHA_BYTES, _UPRIGHT_BYTES = 5, 4
_MODE_BYTES = {"I": 13, "F": 17, "I;16": 8, "I;16B": 8}
_PREVIEW_HEAD = 68 << 10

# Loaded here so that Pillow never goes looking through all its plug-ins, EPS among them, for one of these.
_PLUGINS = (AvifImagePlugin, TiffImagePlugin, WebPImagePlugin)
_heif_lock = threading.Lock()
_costly_lock = threading.Lock()


class DecodeError(Exception):
    """A file that cannot be shown.

    Args:
        code: ``empty``, ``not-an-image``, ``unsupported-format``, ``too-large``, ``unreadable``, ``too-slow`` or
            ``decoder-crashed``.
        message: what is wrong, in a person's words.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotHere(Exception):
    """Decoding is to go on elsewhere.

    Args:
        costly: because it takes much memory; otherwise because it is damaged.
    """

    def __init__(self, costly: bool) -> None:
        super().__init__(costly)
        self.costly = costly


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as a person would see it.

    Attributes:
        image: upright, RGB, 8 bits.
        width: of the full picture, upright, pixels (``image`` may be smaller).
        height: likewise.
        taken_at: EXIF date as ISO 8601 without zone, or None.
        camera: make and model, or None.
        damaged: only part of the picture could be read.
    """

    image: Image.Image
    width: int
    height: int
    taken_at: str | None
    camera: str | None
    damaged: bool


class _Lenient(threading.local):
    """Truth value of Pillow's global switch for truncated files, one per thread."""

    on = False

    def __bool__(self) -> bool:
        return self.on


_lenient = _Lenient()
ImageFile.LOAD_TRUNCATED_IMAGES = _lenient  # type: ignore[assignment]
# Pillow raises above twice this number and only warns below: limits are decided here instead.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2

_QUIET = ("ignore", None, Warning, re.compile(r"(PIL|pi_heif)\."), 0)


def _silence_pillow() -> None:
    # `warnings.catch_warnings` swaps global state under other threads. A filter for Pillow's own modules is safe
    # to leave in place, and is put back when somebody's `catch_warnings` took it away.
    if _QUIET not in warnings.filters:
        warnings.filterwarnings("ignore", module=_QUIET[3].pattern)


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        DecodeError: ``too-large`` above `FILE_LIMIT`, ``empty``, ``not-an-image`` for what is no regular file.
        OSError: the system would not let us read it.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise DecodeError("not-an-image", "This is not a regular file.")
        if status.st_size > FILE_LIMIT:
            raise DecodeError("too-large", _too_large(f"The file is {status.st_size >> 20} MB", FILE_LIMIT))
        data = file.read(status.st_size)
    if not data:
        raise DecodeError("empty", "The file is empty.")
    return data


def decode(
    data: bytes, size: int | None, *, format: str | None = None, check: Callable[[], object] | None = None
) -> Decoded:
    """Decode a picture.

    Args:
        data: the whole file.
        size: wanted short side, pixels; the result may be anything from that to the full size. None: full size.
        format: key of `FORMATS` where the scan has found it; otherwise found from the content.
        check: called now and then while a long decode is waited for; what it raises ends the wait.

    Raises:
        DecodeError: for anything at all that goes wrong.
    """
    if not data:
        raise DecodeError("empty", "The file is empty.")
    name = format or sniff(data[:HEAD_BYTES])
    if name is None:
        raise DecodeError("not-an-image", "The content is no picture Kindred knows.")
    if name == "tiff" and tiff_holds_raw(data):
        name = "raw"
    row = FORMATS[name]
    if row.kind not in ("image", "raw"):
        raise DecodeError("unsupported-format", f"Kindred does not read {row.title} files.")
    costly = False
    if name not in FRAGILE:
        try:
            return decode_here(data, size, name, lenient=False)
        except NotHere as why:
            costly = why.costly
    return _decode_guarded(data, size, name, check, costly)


def _decode_guarded(
    data: bytes, size: int | None, name: str, check: Callable[[], object] | None, costly: bool
) -> Decoded:
    from desktop_app.engine.pictures import guard

    try:
        reply: guard.Reply = {"costly": True}
        if not costly:
            reply, image = guard.request(data, size, name, costly=False, check=check)
        if "costly" in reply:
            with _costly_lock:
                reply, image = guard.request(data, size, name, costly=True, check=check)
    except guard.NoWorker:
        try:
            return decode_here(data, size, name)
        except NotHere:
            with _costly_lock:
                return decode_here(data, size, name, costly=True)
    except guard.TooSlow:
        limit = f"more than {guard.LIMIT_SECONDS:g} seconds"
        raise DecodeError("too-slow", f"Decoding this picture took {limit}, so it was given up.") from None
    except guard.Died:
        message = f"The decoder of {FORMATS[name].title} crashed on this file; nothing else was affected."
        raise DecodeError("decoder-crashed", message) from None
    if image is None:
        raise DecodeError(*reply["error"])
    return Decoded(image, **reply["decoded"])


def decode_here(data: bytes, size: int | None, name: str, *, lenient: bool = True, costly: bool = False) -> Decoded:
    """Decode in this thread, without the guard of a process.

    Args:
        data: the whole file.
        size: as for `decode`.
        name: key of `FORMATS`, an image or camera RAW.
        lenient: try again what is damaged.
        costly: go on where it takes much memory.

    Raises:
        DecodeError: for anything that goes wrong.
        NotHere: only with other arguments.
    """
    _silence_pillow()
    if name == "raw":
        return _decode_raw(data, size)
    if name == "heif":
        _register_heif()
    return _strict_then_lenient(data, size, FORMATS[name], lenient, costly)


def _decode_raw(data: bytes, size: int | None) -> Decoded:
    from desktop_app.engine.pictures.raw import decode_raw

    try:
        return decode_raw(data, size)
    except DecodeError as error:
        # Most RAW files are TIFF containers whose first directory is a preview that Pillow can read.
        if error.code != "unreadable" or data[:4] not in (b"II*\0", b"MM\0*"):
            raise
        try:
            return decode_here(data, size, "tiff", costly=True)
        except DecodeError:
            raise error from None


def preview(path: Path) -> Image.Image | None:
    """Decode the small preview a camera put into a JPEG file: upright, in under a millisecond; None without one."""
    try:
        with path.open("rb") as file:
            head = file.read(_PREVIEW_HEAD)
        block = exif.jpeg_exif_block(head) if head[:3] == b"\xff\xd8\xff" else None
        found = exif.embedded_thumbnail(block) if block else None
        if found is None:
            return None
        data, orientation, aspect = found
        _silence_pillow()
        image = to_rgb(Image.open(io.BytesIO(data), formats=("JPEG",)))
        return upright(_without_bars(image, aspect), orientation)
    except Exception:  # noqa: BLE001 - boundary: a preview is a convenience, the full decode will say what is wrong
        return None


def _without_bars(image: Image.Image, aspect: float | None) -> Image.Image:
    # Cameras fit a 3:2 or 16:9 picture into a 4:3 preview between black bars.
    width, height = image.size
    if aspect is None or not 0.2 < aspect < 5:
        return image
    kept_width, kept_height = min(width, round(height * aspect)), min(height, round(width / aspect))
    left, top = (width - kept_width) // 2, (height - kept_height) // 2
    return image.crop((left, top, left + kept_width, top + kept_height))


def _register_heif() -> None:
    import pi_heif

    with _heif_lock:
        if "HEIF" not in Image.OPEN:
            pi_heif.register_heif_opener(thumbnails=False)


def _strict_then_lenient(data: bytes, size: int | None, row: Format, may_be_lenient: bool, costly: bool) -> Decoded:
    reason = ""
    for lenient in (False, True):
        if lenient and not may_be_lenient:
            raise NotHere(costly=False)
        _lenient.on = lenient
        try:
            return _attempt(data, size, row, lenient, costly)
        except (DecodeError, NotHere):
            raise
        except Image.DecompressionBombError:
            raise DecodeError("too-large", f"The picture has {_TOO_MANY_PIXELS}.") from None
        except MemoryError:
            raise DecodeError("too-large", "Decoding this picture takes more memory than there is.") from None
        except Exception as error:  # noqa: BLE001 - boundary: decoders raise anything on malformed files
            reason = reason or _plain(error)
        finally:
            _lenient.on = False
    raise DecodeError("unreadable", f"The {row.title} data is damaged and cannot be read{reason}.")


def _plain(error: Exception) -> str:
    # Pillow words its OSErrors for people, save that identification errors name a Python object.
    text = str(error).strip().rstrip(".")
    good = isinstance(error, OSError) and " object at " not in text and text.isprintable() and len(text) < 100
    return f" ({text})" if good and text else ""


def _attempt(data: bytes, size: int | None, row: Format, lenient: bool, costly: bool) -> Decoded:
    if row.name == "webp" and (canvas := webp_size(data)):
        cost = check_cost(canvas[0] * canvas[1] * row.bytes_per_pixel, len(data), canvas)
        if cost > _COSTLY and not costly:
            raise NotHere(costly=True)
    with Image.open(io.BytesIO(data), formats=row.pillow) as image:
        full = image.size
        if size is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
            image.draft("RGB", (size, size))
        cost = check_cost(_decoding_cost(image, full, size, data, row), len(data), full)
        if cost > _COSTLY and not costly:
            raise NotHere(costly=True)
        image.load()
        if row.name == "tiff":  # Pillow has turned it upright already
            full = image.size
        metadata = exif.read_metadata(image)
        picture = to_rgb(image)
        if size is not None and min(picture.size) >= 4 * size:
            scale = 2 * size / min(picture.size)
            smaller = (round(picture.width * scale), round(picture.height * scale))
            picture = picture.resize(smaller, Image.Resampling.BOX)
        picture = upright(picture, metadata.orientation)
    if picture is image:
        picture = picture.copy()  # leave Pillow's file object, its buffers and its metadata behind
    if lenient and all(low == high for low, high in _extrema(picture)):
        raise ValueError("nothing of the picture is left")
    if metadata.orientation >= 5:
        full = full[1], full[0]
    damaged = lenient or (row.name in ("heif", "avif") and isobmff_is_cut(data))
    return Decoded(picture, *full, metadata.taken_at, metadata.camera, damaged)


def _extrema(picture: Image.Image) -> Iterator[tuple[float, float]]:
    for band in picture.split():
        low, high = band.getextrema()
        assert isinstance(low, (int, float))
        assert isinstance(high, (int, float))
        yield low, high


def _decoding_cost(image: Image.Image, full: tuple[int, int], size: int | None, data: bytes, row: Format) -> int:
    per_pixel = max(row.bytes_per_pixel, _MODE_BYTES.get(image.mode, 0))
    if image.has_transparency_data:
        per_pixel += _ALPHA_BYTES
    if size is None:  # otherwise turned upright after it was made smaller
        per_pixel += _UPRIGHT_BYTES
    cost = image.width * image.height * per_pixel
    if isinstance(image, JpegImagePlugin.JpegImageFile) and image.info.get("progressive"):
        # A progressive file keeps every coefficient (2 bytes) of the full picture, and each scan visits them all.
        sampling = [(h, v) for _, h, v, _ in image.layer]
        share = sum(h * v for h, v in sampling) / max(h for h, _ in sampling) / max(v for _, v in sampling)
        cost += int(full[0] * full[1] * 2 * share)
        if full[0] * full[1] * data.count(b"\xff\xda") > _MAX_SCAN_PIXELS:
            raise DecodeError("too-large", "The picture would take too long to decode (too many passes).")
    return cost


def check_cost(cost: int, file_size: int, size: tuple[int, int]) -> int:
    shape = f"The picture has {size[0]} x {size[1]} pixels"
    if size[0] * size[1] > MAX_PIXELS:
        raise DecodeError("too-large", f"{shape}, {_TOO_MANY_PIXELS}.")
    cost += file_size
    if cost > MEMORY_LIMIT:
        raise DecodeError(
            "too-large", _too_large(f"{shape}; decoding it takes {cost >> 20} MB of memory", MEMORY_LIMIT)
        )
    return cost


def _too_large(fact: str, limit: int) -> str:
    return f"{fact}, more than the {limit >> 20} MB Kindred allows."
