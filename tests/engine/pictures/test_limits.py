"""What would cost too much is refused from its header."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.pictures import limits
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.pictures import encode


def png_of(width: int, height: int) -> bytes:
    data = bytearray(encode(Image.new("L", (1, 1)), "PNG"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    from zlib import crc32

    data[29:33] = crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_from_its_header(width, height):
    with pytest.raises(DecodeError) as caught:
        decode(png_of(width, height), 64)
    assert caught.value.code == "too-large"
    assert "more than" in caught.value.message


def test_a_webp_bomb_is_refused_before_its_canvas_is_allocated():
    data = bytearray(encode(Image.new("RGB", (8, 8)), "WEBP", lossless=True, exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"))
    assert data[12:16] == b"VP8X"
    data[24:30] = (16_000 - 1).to_bytes(3, "little") * 2
    with pytest.raises(DecodeError) as caught:
        decode(bytes(data), 64)
    assert caught.value.code == "too-large"


def test_large_jpegs_are_decoded_scaled_where_full_size_would_cost_too_much():
    data = encode(Image.new("L", (16_000, 14_000), 90), "JPEG", quality=30)
    assert min(decode(data, 200).image.size) >= 200
    with pytest.raises(DecodeError) as caught:
        decode(data, None)
    assert caught.value.code == "too-large"


def test_a_progressive_jpeg_with_endless_passes_is_refused():
    data = encode(Image.new("L", (12_000, 12_000)), "JPEG", progressive=True, quality=30)
    start = data.index(b"\xff\xda")
    with pytest.raises(DecodeError) as caught:
        decode(data[:start] + data[start:-2] * 40, 200)
    assert caught.value.code == "too-large"


def test_read_bytes_limits(tmp_path: Path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"x" * 100)
    assert read_bytes(path) == b"x" * 100
    monkeypatch.setattr(limits, "FILE_LIMIT", 99)
    with pytest.raises(DecodeError) as caught:
        read_bytes(path)
    assert caught.value.code == "too-large"
    path.write_bytes(b"")
    with pytest.raises(DecodeError) as caught:
        read_bytes(path)
    assert caught.value.code == "empty"
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path / "absent.jpg")
