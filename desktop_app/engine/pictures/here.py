"""Decoding in the thread and process at hand: Pillow's formats by Pillow, camera RAW by LibRaw."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.engine.pictures import pillow
from desktop_app.engine.pictures.pixels import is_flat
from desktop_app.engine.pictures.raw import decode_raw
from desktop_app.engine.pictures.result import Decoded, DecodeError


def decode_here(data: bytes, size: int | None, name: str, *, lenient: bool = True, costly: bool = False) -> Decoded:
    """Decode without the guard of a process.

    Args:
        data: the whole file.
        size: as for `decode.decode`.
        name: key of `formats.FORMATS`, an image or camera RAW.
        lenient: try again what is damaged.
        costly: go on where it takes much memory.

    Raises:
        DecodeError: for anything that goes wrong.
        NotHere: only with other arguments.
    """
    pillow.silence()
    if name != "raw":
        return pillow.decode(data, size, name, lenient=lenient, costly=costly)
    try:
        return decode_raw(data, size)
    except DecodeError as error:
        # Most RAW files are TIFF containers whose first directory is a preview that Pillow can read.
        if error.code != "unreadable" or data[:4] not in (b"II*\0", b"MM\0*"):
            raise
        try:
            preview = pillow.decode(data, size, "tiff", lenient=True, costly=True)
        except DecodeError:
            raise error from None
        if is_flat(preview.image):
            raise
        return replace(preview, damaged=True)
