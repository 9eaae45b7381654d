"""Decoding by Pillow: strictly first, then leniently what is damaged, at no more cost than `limits` allow."""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Iterator

from PIL import AvifImagePlugin, Image, ImageFile, JpegImagePlugin, TiffImagePlugin, WebPImagePlugin

from desktop_app.engine.pictures import exif, heif, isobmff, limits
from desktop_app.engine.pictures.formats import FORMATS, Format, webp_size
from desktop_app.engine.pictures.pixels import to_rgb, upright
from desktop_app.engine.pictures.result import Decoded, DecodeError, NotHere

_ALPHA_BYTES, _UPRIGHT_BYTES = 5, 4
_MODE_BYTES = {"I": 13, "F": 17, "I;16": 8, "I;16B": 8}

# Loaded here so that Pillow never goes looking through all its plug-ins, EPS among them, for one of these.
_PLUGINS = (AvifImagePlugin, TiffImagePlugin, WebPImagePlugin)


class _Lenient(threading.local):
    """Truth value of Pillow's global switch for truncated files, one per thread."""

    on = False

    def __bool__(self) -> bool:
        return self.on


_lenient = _Lenient()
ImageFile.LOAD_TRUNCATED_IMAGES = _lenient  # type: ignore[assignment]
# Pillow raises above twice this number and only warns below: limits are decided here instead.
Image.MAX_IMAGE_PIXELS = limits.MAX_PIXELS // 2

_QUIET = ("ignore", None, Warning, re.compile(r"(PIL|pi_heif)\."), 0)


def silence() -> None:
    """Keep Pillow's warnings about a file to ourselves: what matters of them comes out as a result."""
    # `warnings.catch_warnings` swaps global state under other threads. A filter for Pillow's own modules is safe
    # to leave in place, and is put back when somebody's `catch_warnings` took it away.
    if _QUIET not in warnings.filters:
        warnings.filterwarnings("ignore", module=_QUIET[3].pattern)


def decode(data: bytes, size: int | None, name: str, *, lenient: bool, costly: bool) -> Decoded:
    """Decode in this thread, whatever the decoder may do to the process.

    Args:
        data: the whole file.
        size: wanted short side, pixels, as for `decode.decode`.
        name: key of `formats.FORMATS`, one of Pillow's.
        lenient: try again what is damaged.
        costly: go on where it takes much memory.

    Raises:
        DecodeError: ``too-large`` or ``unreadable``.
        NotHere: damaged, or costly, where that was not asked for.
    """
    return _strict_then_lenient(data, size, FORMATS[name], lenient, costly)


def _strict_then_lenient(data: bytes, size: int | None, row: Format, may_be_lenient: bool, costly: bool) -> Decoded:
    reason = ""
    for lenient in (False,) if row.name == "heif" else (False, True):  # libheif is as lenient as it can be at once
        if lenient and not may_be_lenient:
            raise NotHere(costly=False)
        _lenient.on = lenient
        try:
            return heif.decode(data, size, costly) if row.name == "heif" else _attempt(data, size, row, lenient, costly)
        except (DecodeError, NotHere):
            raise
        except Image.DecompressionBombError:
            raise DecodeError("too-large", f"The picture has {limits.TOO_MANY_PIXELS}.") from None
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
        cost = limits.check_cost(canvas[0] * canvas[1] * row.bytes_per_pixel, len(data), canvas)
        if cost > limits.COSTLY and not costly:
            raise NotHere(costly=True)
    with Image.open(io.BytesIO(data), formats=row.pillow) as image:
        full = image.size
        if size is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
            image.draft("RGB", (size, size))
        cost = limits.check_cost(_decoding_cost(image, full, size, data, row), len(data), full)
        if cost > limits.COSTLY and not costly:
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
    damaged = lenient or (row.name == "avif" and isobmff.is_cut(data))
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
        if full[0] * full[1] * data.count(b"\xff\xda") > limits.MAX_SCAN_PIXELS:
            raise DecodeError("too-large", "The picture would take too long to decode (too many passes).")
    return cost
