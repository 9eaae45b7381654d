"""Small camera RAW files, written for a test."""

from __future__ import annotations

import struct

import numpy as np
from PIL import Image

from tests.helpers.pictures import encode

SHORT, LONG, ASCII, BYTE, RATIONAL = 3, 4, 2, 1, 5


def make_dng(
    width: int,
    height: int,
    preview: Image.Image | None,
    orientation: int = 1,
    *,
    compression: int = 1,
    flat: bool = False,
    tag: int | None = None,
) -> bytes:
    """A DNG with a gray 16-bit sensor readout and, if given, a JPEG preview in its first directory.

    The readout grows brighter to the right unless ``flat``; ``tag`` is the EXIF orientation inside the preview.
    """
    ramp = np.full(width, 20_000) if flat else np.linspace(2_000, 40_000, width)
    sensor = np.broadcast_to(ramp.astype("<u2"), (height, width)).tobytes()
    exif = Image.Exif()
    if tag is not None:
        exif[0x0112] = tag
    thumbnail = encode(preview, "JPEG", quality=92, exif=exif) if preview else b""
    body = bytearray(b"II*\0\0\0\0\0")

    def put(data: bytes) -> int:
        body.extend(b"\0" * (len(body) % 2))
        body.extend(data)
        return len(body) - len(data)

    def directory(entries: list[tuple[int, int, int, bytes]]) -> int:
        rows = b""
        for tag, kind, count, value in sorted(entries):
            inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", put(value))
            rows += struct.pack("<HHI", tag, kind, count) + inline
        return put(struct.pack("<H", len(entries)) + rows + b"\0\0\0\0")

    def number(tag: int, kind: int, *values: int) -> tuple[int, int, int, bytes]:
        return tag, kind, len(values), struct.pack(f"<{len(values)}{'H' if kind == SHORT else 'I'}", *values)

    sensor_rows = [
        number(254, LONG, 0),
        number(256, LONG, width),
        number(257, LONG, height),
        number(258, SHORT, 16),
        number(259, SHORT, compression),
        number(262, SHORT, 32803),
        number(273, LONG, put(sensor)),
        number(277, SHORT, 1),
        number(278, LONG, height),
        number(279, LONG, len(sensor)),
        number(33421, SHORT, 2, 2),
        (33422, BYTE, 4, bytes([0, 1, 1, 2])),
    ]
    exif_rows = [(0x9003, ASCII, 20, b"2020:02:29 12:00:00\0")]
    first = [
        number(254, LONG, 1),
        (271, ASCII, 8, b"Kindred\0"),
        (272, ASCII, 6, b"Raw 1\0"),
        number(274, SHORT, orientation),
        number(0x8769, LONG, directory(exif_rows)),
        (50706, BYTE, 4, bytes([1, 4, 0, 0])),
        (50708, ASCII, 14, b"Kindred Raw 1\0"),
    ]
    if preview is None:
        first = [row for row in first if row[0] != 254] + sensor_rows
    else:
        first += [
            number(256, LONG, preview.width),
            number(257, LONG, preview.height),
            number(258, SHORT, 8, 8, 8),
            number(259, SHORT, 7),
            number(262, SHORT, 6),
            number(273, LONG, put(thumbnail)),
            number(277, SHORT, 3),
            number(278, LONG, preview.height),
            number(279, LONG, len(thumbnail)),
            number(330, LONG, directory(sensor_rows)),
        ]
    body[4:8] = struct.pack("<I", directory(first))
    return bytes(body)
