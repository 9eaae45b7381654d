"""Decoding by Pillow: strictly first, then leniently what is damaged, at no more cost than `limits` allow."""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace

from PIL import (
    AvifImagePlugin,
    IcoImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PsdImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from desktop_app.engine.pictures import color, exif, heif, isobmff, limits, reasons, tiff
from desktop_app.engine.pictures.formats import (
    FORMATS,
    Format,
    jpeg_kind,
    jpeg_share,
    png_space,
    psd_kind,
    webp_size,
)
from desktop_app.engine.pictures.pixels import is_flat, to_rgb, upright
from desktop_app.engine.pictures.result import Decoded, DecodeError, NotHere

_ALPHA_BYTES, _UPRIGHT_BYTES, _COLOR_BYTES = 5, 4, 4
_BLOCK = 4 << 20  # bytes that go to the decoder at a time: before each, a thread waits for the interpreter's lock
_NOTHING = 0.001  # share of the data below which a picture is not worth showing
_MODE_BYTES = {"I": 13, "F": 17, "I;16": 8, "I;16B": 8}

# Loaded here so that Pillow never goes looking through all its plug-ins, EPS among them, for one of these.
_PLUGINS = (AvifImagePlugin, IcoImagePlugin, Jpeg2KImagePlugin, PsdImagePlugin, TiffImagePlugin, WebPImagePlugin)


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


def decode(
    data: bytes, size: int | None, name: str, *, lenient: bool, costly: bool, orientation: int | None = None
) -> Decoded:
    """Decode in this thread, whatever the decoder may do to the process.

    Args:
        data: the whole file.
        size: wanted short side, pixels, as for `decode.decode`.
        name: key of `formats.FORMATS`, one of Pillow's.
        lenient: try again what is damaged, and convert by color profiles.
        costly: go on where it takes much memory.
        orientation: which way is up, whatever the file says of it.

    Raises:
        DecodeError: ``too-large`` or ``unreadable``.
        NotHere: damaged, or costly, where that was not asked for.
    """
    row = FORMATS[name]

    def attempt(again: bool) -> Decoded:
        if name == "heif":
            return heif.decode(data, size, costly)
        try:
            # Profiles are files of their own, made by anybody: the process that may try again may also run LittleCMS.
            return _attempt(data, size, row, again, costly, orientation, profiles=lenient)
        except (OSError, SyntaxError) as error:
            if isinstance(error, UnidentifiedImageError) or name == "jpeg":
                _refuse_kind(data, name)
            raise

    return _strict_then_lenient(attempt, row, lenient)


def _refuse_kind(data: bytes, name: str) -> None:
    """Raise where the file is whole, but of a kind that Pillow does not know.

    Raises:
        DecodeError: ``unsupported-kind``.
    """
    if name == "tiff":
        tiff.refuse(data)
    kind = {"jpeg": jpeg_kind, "psd": psd_kind}.get(name, lambda _: "")(data)
    if kind:
        raise DecodeError("unsupported-kind", reasons.RARE_KIND.format(format=FORMATS[name].title, kind=kind))


def is_uncommon(data: bytes, name: str) -> bool:
    """Whether a file is in another color space than sRGB, in deep gray or hollow; True where its header is damaged."""
    silence()
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS[name].pillow) as image:
            profile = image.info.get("icc_profile")
            deep = image.mode.startswith("I") or (name == "png" and png_space(data) is not None)
            wide = bool(profile and not color.is_srgb(profile)) or exif.read_metadata(image).adobe_rgb
            return deep or wide or (name == "jpeg" and jpeg_share(data) < 1)
    except Exception:  # noqa: BLE001 - boundary: what is damaged is read again in any case
        return True


def _strict_then_lenient(attempt: Callable[[bool], Decoded], row: Format, may_be_lenient: bool) -> Decoded:
    reason = ""
    for lenient in (False,) if row.name == "heif" else (False, True):  # libheif is as lenient as it can be at once
        if lenient and not may_be_lenient:
            raise NotHere(costly=False)
        _lenient.on = lenient
        try:
            return attempt(lenient)
        except (DecodeError, NotHere):
            raise
        except Image.DecompressionBombError:
            raise DecodeError("too-large", reasons.TOO_MANY_PIXELS.format(limit=limits.MAX_MILLIONS)) from None
        except MemoryError:
            raise DecodeError("too-large", reasons.NO_MEMORY) from None
        except Exception as error:  # noqa: BLE001 - boundary: decoders raise anything on malformed files
            reason = reason or _plain(error)
        finally:
            _lenient.on = False
    form = reasons.DAMAGED_BECAUSE if reason else reasons.DAMAGED
    raise DecodeError("unreadable", form.format(format=row.title, reason=reason))


def _plain(error: Exception) -> str:
    # Pillow words its OSErrors for people, save that identification errors name a Python object.
    text = str(error).strip().rstrip(".")
    good = isinstance(error, OSError) and " object at " not in text and text.isprintable() and len(text) < 100
    return text if good else ""


def _own_tiff(data: bytes, size: int | None, layout: tiff.Layout, lenient: bool, costly: bool) -> Decoded:
    full = layout.width, layout.height
    cost = limits.check_cost(layout.padded[0] * layout.padded[1] * layout.bytes_per_pixel, 2 * len(data), full)
    if cost > limits.COSTLY and not costly:
        raise NotHere(costly=True)
    return _finished(tiff.decode(data, layout), full, size, exif.from_bytes(data), lenient, layout.profile, None)


def _named_space(data: bytes, row: Format) -> tuple[int, int] | None:
    if row.name == "avif":
        container = isobmff.parse(data)
        return container.nclx() if container else None
    return png_space(data) if row.name == "png" else None


def _finished(
    picture: Image.Image,
    full: tuple[int, int],
    size: int | None,
    metadata: exif.Metadata,
    damaged: bool,
    profile: bytes | None,
    space: tuple[int, int] | None,
) -> Decoded:
    """From a loaded picture to one that is sRGB, upright and no larger than need be."""
    if picture.mode not in ("L", "CMYK") or picture.has_transparency_data:
        picture = to_rgb(picture)
    if size is not None and min(picture.size) >= 4 * size:
        scale = 2 * size / min(picture.size)
        smaller = (round(picture.width * scale), round(picture.height * scale))
        picture = picture.resize(smaller, Image.Resampling.BOX)
    picture = color.to_srgb(picture, profile) if profile else color.from_signal(to_rgb(picture), space)
    picture = upright(picture, metadata.orientation)
    if damaged and is_flat(picture):
        raise ValueError("nothing of the picture is left")
    if metadata.orientation >= 5:
        full = full[1], full[0]
    return Decoded(picture, *full, metadata.taken_at, metadata.camera, damaged, metadata.orientation != 1)


def _attempt(
    data: bytes, size: int | None, row: Format, lenient: bool, costly: bool, orientation: int | None, profiles: bool
) -> Decoded:
    if row.name == "webp" and (canvas := webp_size(data)):
        cost = limits.check_cost(canvas[0] * canvas[1] * row.bytes_per_pixel, len(data), canvas)
        if cost > limits.COSTLY and not costly:
            raise NotHere(costly=True)
    if row.name == "tiff" and (layout := tiff.layout(data)) is not None:
        if layout.is_foreign:
            tiff.refuse(data)
        if layout.is_ours:
            return _own_tiff(data, size, layout, lenient, costly)
    with Image.open(io.BytesIO(data), formats=row.pillow) as image:
        full = image.size
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            image.decodermaxblock = _BLOCK
            if size is not None:
                image.draft("RGB", (size, size))
        cost = limits.check_cost(_decoding_cost(image, full, size, data, row), len(data), full)
        if cost > limits.COSTLY and not costly:
            raise NotHere(costly=True)
        profile = image.info.get("icc_profile")
        if profile and not profiles and not color.is_srgb(profile):
            raise NotHere(costly=False)
        image.load()
        if row.name == "tiff":  # Pillow has turned it upright already
            full = image.size
        metadata = exif.read_metadata(image)
        if orientation is not None:
            metadata = replace(metadata, orientation=orientation)
        share = jpeg_share(data) if row.name == "jpeg" else 1.0
        if share < _NOTHING:
            raise ValueError("nothing of the picture is there")
        damaged = lenient or share < 1
        space = color.ADOBE_RGB if metadata.adobe_rgb else _named_space(data, row)
        decoded = _finished(image, full, size, metadata, damaged, profile, space)
    if decoded.image is image:  # leave Pillow's file object, its buffers and its metadata behind
        decoded = replace(decoded, image=image.copy())
    return replace(decoded, damaged=True) if row.name == "avif" and isobmff.is_cut(data) else decoded


def _decoding_cost(image: Image.Image, full: tuple[int, int], size: int | None, data: bytes, row: Format) -> int:
    per_pixel = max(row.bytes_per_pixel, _MODE_BYTES.get(image.mode, 0))
    if image.has_transparency_data:
        per_pixel += _ALPHA_BYTES
    if size is None:  # otherwise turned upright after it was made smaller
        per_pixel += _UPRIGHT_BYTES + (_COLOR_BYTES if image.info.get("icc_profile") else 0)
    cost = image.width * image.height * per_pixel
    if isinstance(image, JpegImagePlugin.JpegImageFile) and image.info.get("progressive"):
        # A progressive file keeps every coefficient (2 bytes) of the full picture, and each scan visits them all.
        sampling = [(h, v) for _, h, v, _ in image.layer]
        share = sum(h * v for h, v in sampling) / max(h for h, _ in sampling) / max(v for _, v in sampling)
        cost += int(full[0] * full[1] * 2 * share)
        if full[0] * full[1] * data.count(b"\xff\xda") > limits.MAX_SCAN_PIXELS:
            raise DecodeError("too-large", reasons.MANY_PASSES)
    return cost
