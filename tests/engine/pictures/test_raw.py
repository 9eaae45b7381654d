"""Camera RAW, on small DNG files written here: preview, orientation, development without a preview."""

from __future__ import annotations

import contextlib
import struct

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.formats import sniff
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, quadrants

SHORT, LONG, ASCII, BYTE, RATIONAL = 3, 4, 2, 1, 5


def make_dng(width: int, height: int, preview: Image.Image | None, orientation: int = 1) -> bytes:
    """A DNG with a gray 16-bit sensor readout and, if given, a JPEG preview in its first directory."""
    sensor = np.full((height, width), 20_000, "<u2").tobytes()
    thumbnail = encode(preview, "JPEG", quality=92) if preview else b""
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
        number(259, SHORT, 1),
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


def test_the_preview_is_shown_with_the_full_size_date_and_camera():
    decoded = decode(make_dng(800, 600, quadrants(640, 480)), 96)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])
    assert min(decoded.image.size) >= 96
    assert (decoded.width, decoded.height) == (800, 600)
    assert (decoded.taken_at, decoded.camera) == ("2020-02-29T12:00:00", "Kindred Raw 1")


@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_the_preview_is_turned_as_the_camera_was(orientation, turn):
    stored = quadrants(640, 480).rotate(turn, expand=True)
    sensor = (800, 600) if orientation == 3 else (600, 800)
    decoded = decode(make_dng(*sensor, stored, orientation), 96)
    assert (decoded.width, decoded.height) == (800, 600)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


@pytest.mark.parametrize("preview", [None, quadrants(64, 48)])
def test_without_a_useful_preview_the_sensor_is_developed(preview):
    decoded = decode(make_dng(800, 600, preview), 256)
    assert decoded.image.size == (400, 300)
    assert (decoded.width, decoded.height) == (800, 600)
    spread = np.asarray(decoded.image).reshape(-1, 3).std(axis=0)
    assert spread.max() < 3  # the readout is an even gray, the preview was not


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.97])
def test_cut_raw_files_are_shown_or_refused(share):
    data = make_dng(800, 600, quadrants(640, 480))
    with contextlib.suppress(DecodeError):
        assert decode(data[: int(len(data) * share)], 96).image.mode == "RGB"


def test_raw_is_told_from_tiff_by_its_content():
    assert sniff(make_dng(80, 60, None)[:4096]) in ("raw", "tiff")  # the directory may lie beyond the head
    assert sniff(encode(quadrants(), "TIFF")[:4096]) == "tiff"
