from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.models.card import ModelCard, load_card
from desktop_app.engine.models.preprocess import preprocess
from tests.helpers.tiny_model import make_tiny_model

FILTERS = {name: getattr(Image.Resampling, name.upper()) for name in ("box", "bilinear", "bicubic", "lanczos")}
SHAPES = [(60, 40), (40, 60), (33, 200), (641, 480), (32, 32), (7, 5), (1, 1), (3000, 3), (3, 3000)]


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return load_card(make_tiny_model(tmp_path / "tiny"))


def having(card: ModelCard, **rules: Any) -> ModelCard:
    return dataclasses.replace(card, preprocessing=dataclasses.replace(card.preprocessing, **rules))


def picture(width: int, height: int) -> Image.Image:
    """Waves of color: no value near the ends of the scale, where Pillow's two passes clip in either order."""
    y, x = np.mgrid[0:height, 0:width]
    phases = 9 * x / max(width, 24) + 7 * y / max(height, 24)
    waves = np.stack([np.sin(phases), np.cos(phases), np.sin(2 * phases + 1)], axis=-1)
    return Image.fromarray((128 + 70 * waves).astype(np.uint8))


def plain(image: Image.Image, card: ModelCard) -> np.ndarray:
    """The obvious way: scale the whole picture, then cut out or pad, then normalize."""
    rule, size = card.preprocessing, card.input.size
    width, height = image.size
    if rule.resize == "squash":
        scaled = (rule.resize_to, rule.resize_to)
    else:
        side = min(width, height) if rule.resize == "short-side" else max(width, height)
        scaled = (max(1, int(width * rule.resize_to / side)), max(1, int(height * rule.resize_to / side)))
    pixels = np.asarray(image.resize(scaled, FILTERS[rule.interpolation]), np.float64) / 255
    normalized = (pixels - np.array(rule.mean)) / np.array(rule.std)
    output = np.zeros((size, size, 3))
    top, left = round((scaled[1] - size) / 2), round((scaled[0] - size) / 2)
    for y in range(size):
        for x in range(size):
            if 0 <= y + top < scaled[1] and 0 <= x + left < scaled[0]:
                output[y, x] = normalized[y + top, x + left]
    return output.transpose(2, 0, 1)


@pytest.mark.parametrize("interpolation", FILTERS)
@pytest.mark.parametrize(
    ("resize", "resize_to"), [("short-side", 32), ("short-side", 37), ("squash", 32), ("squash", 40)]
)
def test_cropping_first_gives_what_scaling_the_whole_picture_gives(
    card: ModelCard, resize: str, resize_to: int, interpolation: str
) -> None:
    card = having(card, resize=resize, resize_to=resize_to, interpolation=interpolation, mean=(0.4, 0.5, 0.6))
    for shape in SHAPES:
        if interpolation == "box" and min(shape) < resize_to:
            continue  # made larger, a box takes the nearest pixel, and which of two is chance
        got = preprocess(picture(*shape), card)
        assert got.shape == (3, 32, 32)
        assert got.dtype == np.float32
        # Grey levels; Pillow rounds after each of its two passes, whose order depends on the sizes.
        levels = np.abs(got - plain(picture(*shape), card)) * 255 * 0.25
        assert levels.max() <= (25 if interpolation == "box" else 2.01), shape
        assert levels.mean() <= (2 if interpolation == "box" else 0.2), shape


@pytest.mark.parametrize("resize_to", [32, 45])
def test_padding_keeps_the_whole_picture_in_the_middle(card: ModelCard, resize_to: int) -> None:
    card = having(card, resize="pad", resize_to=resize_to, mean=(0.1, 0.2, 0.3))
    for shape in SHAPES:
        got = preprocess(picture(*shape), card)
        width, height = (min(32, max(1, side * resize_to // max(shape))) for side in shape)
        filled = (got != 0).any(axis=0)
        assert abs(int(filled.any(axis=0).sum()) - width) <= 1
        assert abs(int(filled.any(axis=1).sum()) - height) <= 1
        assert got[:, :, :2].any() == (width > 28)


def test_known_colors_are_normalized_as_the_card_says(card: ModelCard) -> None:
    card = having(card, mean=(0.5, 0.25, 0.0), std=(0.5, 0.25, 2.0))
    got = preprocess(Image.new("RGB", (50, 70), (255, 0, 128)), card)
    for channel, value in enumerate((1.0, -1.0, 128 / 255 / 2)):
        assert np.allclose(got[channel], value, atol=1e-6)


def test_the_same_bits_as_by_one_formula_for_all_colors(card: ModelCard) -> None:
    card = having(card, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))
    image = picture(card.input.size, card.input.size)
    mean, std = (np.asarray(part, np.float32) for part in (card.preprocessing.mean, card.preprocessing.std))
    wanted = np.asarray(image, np.float32) * (1 / (255 * std)) - mean / std
    assert preprocess(image, card).tobytes() == np.ascontiguousarray(wanted.transpose(2, 0, 1)).tobytes()


def test_a_long_panorama_takes_no_more_memory_than_a_square(card: ModelCard) -> None:
    got = preprocess(Image.new("RGB", (60_000, 4), (10, 20, 30)), card)  # scaled whole: 480,000 x 32
    assert np.allclose(got[0], (10 / 255 - 0.5) / 0.25, atol=1e-5)


def test_it_is_what_torchvision_does(card: ModelCard) -> None:
    pytest.importorskip("torch", reason="the laboratory's packages are not installed")
    from training.networks.torchvision_compat import import_torchvision

    import_torchvision()
    from torchvision.transforms import v2

    card = having(card, resize_to=40)
    transform = v2.Compose([v2.Resize(40, v2.InterpolationMode.BICUBIC), v2.CenterCrop(32)])
    for shape in ((60, 41), (41, 90), (640, 481), (33, 77)):
        theirs = np.asarray(transform(picture(*shape)), np.float32).transpose(2, 0, 1)
        ours = preprocess(picture(*shape), card) * 0.25 * 255 + 0.5 * 255
        assert np.abs(ours - theirs).max() <= 2.01
