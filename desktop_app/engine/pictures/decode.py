"""One path from a file's bytes to an upright RGB picture, for the grid and for the model.

Whatever goes wrong inside a decoder comes out as `DecodeError`. Cost is computed from the header before a pixel is
allocated, and what is above `limits` is refused with the reason. Decodes that cost much run one at a time, whichever
threads ask, so that memory stays bounded.

Whole pictures of the common formats are decoded where they are asked for. Formats with fragile decoders, decodes that
cost much and second tries at damaged files go to a process of their own, which may hang or crash alone: `guard`.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

from desktop_app.engine.pictures import guard, pillow, reasons
from desktop_app.engine.pictures.formats import FORMATS, HEAD_BYTES, refusal, sniff, tiff_holds_raw
from desktop_app.engine.pictures.here import decode_here
from desktop_app.engine.pictures.limits import check_file_size
from desktop_app.engine.pictures.result import Decoded, DecodeError, NotHere

FRAGILE = frozenset({"tiff", "raw", "heif", "avif", "jpeg-2000", "psd", "ico"})
"""Formats that are never decoded inside the program where that can be helped."""

_costly_lock = threading.Lock()


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        DecodeError: ``too-large`` above `limits.FILE_LIMIT`, ``empty``, ``not-an-image`` for what is no regular file.
        OSError: the system would not let us read it.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise DecodeError("not-an-image", reasons.NO_FILE)
        check_file_size(status.st_size)
        data = file.read(status.st_size)
    if not data:
        raise DecodeError("empty", reasons.EMPTY)
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
        raise DecodeError("empty", reasons.EMPTY)
    name = format or sniff(data[:HEAD_BYTES])
    if name is None:
        raise DecodeError("not-an-image", reasons.NO_PICTURE)
    if name == "tiff" and tiff_holds_raw(data):
        name = "raw"
    row = FORMATS[name]
    if row.kind not in ("image", "raw"):
        raise DecodeError("unsupported-format", refusal(name))
    costly = False
    if name not in FRAGILE:
        try:
            return decode_here(data, size, name, lenient=False)
        except NotHere as why:
            costly = why.costly
    try:
        return _decode_guarded(data, size, name, check, costly)
    except guard.NoWorker:
        return _decode_unguarded(data, size, name)


def changed_since(data: bytes, format: str) -> bool:
    """Whether a file of this kind may look different now from what the first edition of the reader made of it.

    Args:
        data: the whole file.
        format: key of `FORMATS`.
    """
    if format in ("jpeg", "png", "webp"):
        return pillow.is_uncommon(data, format)
    return format not in ("gif", "bmp")


def _decode_guarded(
    data: bytes, size: int | None, name: str, check: Callable[[], object] | None, costly: bool
) -> Decoded:
    try:
        if not costly:
            try:
                return guard.request(data, size, name, costly=False, check=check)
            except NotHere:
                pass
        with _costly_lock:
            return guard.request(data, size, name, costly=True, check=check)
    except guard.TooSlow:
        seconds = f"{guard.limit_seconds(len(data)):.2g}"
        raise DecodeError("too-slow", reasons.TOO_SLOW.format(seconds=seconds)) from None
    except guard.Died:
        raise DecodeError("decoder-crashed", reasons.CRASHED.format(format=FORMATS[name].title)) from None


def _decode_unguarded(data: bytes, size: int | None, name: str) -> Decoded:
    try:
        return decode_here(data, size, name)
    except NotHere:
        with _costly_lock:
            return decode_here(data, size, name, costly=True)
