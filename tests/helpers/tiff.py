"""TIFF files of every kind, written for a test."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

FORMATS = {"u": 1, "i": 2, "f": 3, "c": 6}


def tiff(
    pixels: np.ndarray[Any, Any],
    photometric: int,
    *,
    order: str = "<",
    planar: bool = False,
    rows: int = 0,
    deflate: bool = False,
    compression: int | None = None,
    extra: tuple[int, ...] = (),
    tags: dict[int, tuple[int, ...]] | None = None,
) -> bytes:
    """Samples [height, width, samples] as TIFF, in strips of so many rows."""
    height, width, samples = pixels.shape
    pixels = pixels.astype(pixels.dtype.newbyteorder(order))
    rows = rows or height
    planes = [pixels[..., band : band + 1] for band in range(samples)] if planar else [pixels]
    strips = [plane[top : top + rows].tobytes() for plane in planes for top in range(0, height, rows)]
    strips = [zlib.compress(strip) for strip in strips] if deflate else strips
    offsets = np.cumsum([8, *map(len, strips)])[:-1]
    entries: dict[int, tuple[int, ...]] = {
        256: (width,),
        257: (height,),
        258: (8 * pixels.itemsize,) * samples,
        259: (compression or (8 if deflate else 1),),
        262: (photometric,),
        273: tuple(map(int, offsets)),
        277: (samples,),
        278: (rows,),
        279: tuple(map(len, strips)),
        284: (2 if planar else 1,),
        339: (FORMATS[pixels.dtype.kind],) * samples,
    }
    entries |= ({338: extra} if extra else {}) | (tags or {})
    at = 8 + sum(map(len, strips))
    lists = at + 2 + 12 * len(entries) + 4
    table = values = b""
    for tag, numbers in sorted(entries.items()):
        packed = struct.pack(f"{order}{len(numbers)}I", *numbers)
        if len(numbers) > 1:
            packed, values = struct.pack(order + "I", lists + len(values)), values + packed
        table += struct.pack(order + "HHI", tag, 4, len(numbers)) + packed
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", at)
    return head + b"".join(strips) + struct.pack(order + "H", len(entries)) + table + bytes(4) + values
