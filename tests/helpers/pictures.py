"""Small pictures that tests draw, and how to encode and compare them."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
from PIL import Image

RED, GREEN, BLUE, GRAY = (200, 30, 30), (30, 160, 40), (20, 40, 190), (128, 128, 128)


def quadrants(width: int = 64, height: int = 48) -> Image.Image:
    """Four colors, so that every turn and flip shows."""
    image = Image.new("RGB", (width, height))
    for index, color in enumerate((RED, GREEN, BLUE, GRAY)):
        left, top = index % 2 * width // 2, index // 2 * height // 2
        image.paste(color, (left, top, left + width // 2, top + height // 2))
    return image


def encode(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def grainy_album(folder: Path, count: int) -> Path:
    """A new folder with so many small pictures of three colors, each with grain of its own."""
    rng = np.random.default_rng(0)
    folder.mkdir()
    for number in range(count):
        pixels = rng.integers(0, 120, (30, 40, 3))
        pixels[..., number % 3] += 100
        Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number}.png")
    return folder


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    width, height = image.size
    points = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    points += [(width // 4, 3 * height // 4), (3 * width // 4, 3 * height // 4)]
    return [image.getpixel(point) for point in points]


def assert_close(got: list[tuple[int, ...]], wanted: list[tuple[int, ...]], tolerance: int = 12) -> None:
    assert np.abs(np.array(got, int) - np.array(wanted, int)).max() <= tolerance, (got, wanted)


def jpeg_with_preview(
    picture: Image.Image,
    small: Image.Image,
    orientation: int = 1,
    *,
    sides: tuple[int, int] | None = None,
    taken: str = "",
    saved: str = "",
    quality: int = 75,
    by_program: bool = False,
) -> bytes:
    """A JPEG as a camera writes it, its preview in the second EXIF directory; ``sides`` are those that EXIF names.

    Most programs put a JFIF segment before EXIF, and most cameras do not.
    """
    width, height = sides or picture.size
    first: list[tuple[int, int, int | bytes]] = [(0x0112, 3, orientation)]
    first += [(0x0132, 2, saved.encode() + b"\0")] if saved else []
    sub: list[tuple[int, int, int | bytes]] = [(0x9003, 2, taken.encode() + b"\0")] if taken else []
    sub += [(0xA002, 4, width), (0xA003, 4, height)]
    thumbnail = encode(small, "JPEG", quality=90)
    sub_at = 8 + _length([*first, (0x8769, 4, 0)])
    second_at = sub_at + _length(sub)
    second: list[tuple[int, int, int | bytes]] = [(0x0201, 4, 0), (0x0202, 4, len(thumbnail))]
    second[0] = 0x0201, 4, second_at + _length(second)
    block = b"II*\0" + struct.pack("<I", 8) + _directory([*first, (0x8769, 4, sub_at)], 8, second_at)
    block += _directory(sub, sub_at) + _directory(second, second_at)
    whole = encode(picture, "JPEG", exif=b"Exif\0\0" + block + thumbnail, quality=quality)
    assert whole[2:4] == b"\xff\xe0"
    return whole if by_program else whole[:2] + whole[4 + int.from_bytes(whole[4:6], "big") :]


def _length(tags: list[tuple[int, int, int | bytes]]) -> int:
    return 2 + 12 * len(tags) + 4 + sum(len(value) for _, _, value in tags if isinstance(value, bytes))


def _directory(tags: list[tuple[int, int, int | bytes]], at: int, after: int = 0) -> bytes:
    entries, texts = b"", b""
    for tag, kind, value in tags:
        if isinstance(value, bytes):
            place = at + 2 + 12 * len(tags) + 4 + len(texts)
            entries += struct.pack("<HHII", tag, kind, len(value), place)
            texts += value
        else:
            entries += struct.pack(
                "<HHIHH" if kind == 3 else "<HHII", tag, kind, 1, value, *((0,) if kind == 3 else ())
            )
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", after) + texts


def camera_like(seed: int, width: int, height: int) -> bytes:
    """A JPEG with about the detail of a camera's: shapes of every size and some grain."""
    rng = np.random.default_rng(seed)
    pixels = np.zeros((height, width, 3), np.float32)
    for cells in (3, 12, 50, 200):
        noise = Image.fromarray(rng.integers(0, 256, (cells, cells, 3), dtype=np.uint8))
        pixels += np.asarray(noise.resize((width, height), Image.Resampling.BICUBIC), np.float32) / 4
    pixels += rng.normal(0, 4, (height, width, 1)).astype(np.float32)
    buffer = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
