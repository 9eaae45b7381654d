"""Small pictures that tests draw, and how to encode and compare them."""

from __future__ import annotations

import io

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


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    width, height = image.size
    points = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    points += [(width // 4, 3 * height // 4), (3 * width // 4, 3 * height // 4)]
    return [image.getpixel(point) for point in points]


def assert_close(got: list[tuple[int, ...]], wanted: list[tuple[int, ...]], tolerance: int = 12) -> None:
    assert np.abs(np.array(got, int) - np.array(wanted, int)).max() <= tolerance, (got, wanted)
