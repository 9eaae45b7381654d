"""Laid over each other, one picture stays one picture through what happens to photos, and two stay two."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from desktop_app.engine.duplicates.overlay import overlap, sheet
from desktop_app.engine.duplicates.pairs import DEFAULT
from tests.helpers.scenes import scene


def alike(one: Image.Image, other: Image.Image) -> float:
    found = []
    for image in (one, other):
        data = io.BytesIO()
        image.save(data, "JPEG", quality=85)
        found.append(sheet(data.getvalue()))
    return overlap(found[0], found[1])


def cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    w, h = image.size
    return image.crop((round(w * left), round(h * top), round(w * (1 - right)), round(h * (1 - bottom))))


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((120, 90)),
        lambda image: ImageEnhance.Brightness(image).enhance(0.5),
        lambda image: ImageEnhance.Contrast(image).enhance(0.6),
        lambda image: image.filter(ImageFilter.GaussianBlur(2)),
        lambda image: cut(image, 0.06, 0.0, 0.0, 0.04),
        lambda image: cut(image.rotate(2.5, Image.Resampling.BICUBIC), 0.04, 0.04, 0.04, 0.04),
        lambda image: ImageOps.expand(image, 8, "white"),
        lambda image: image.resize((384, 300)),
    ],
)
def test_one_picture_stays_one(change: Callable[[Image.Image], Image.Image]) -> None:
    for seed in range(3):
        original = scene(seed)
        assert alike(original, change(original)) > DEFAULT
        assert alike(change(original), original) > DEFAULT


def test_pictures_that_only_lie_alike_are_two() -> None:
    for seed in range(3):
        assert alike(scene(seed), scene(seed + 1)) < 0.5
        assert alike(scene(seed), ImageOps.mirror(scene(seed))) < 0.5
        assert alike(scene(seed), ImageOps.invert(scene(seed))) < 0.5


def test_the_same_again_is_all_alike_and_what_shows_nothing_is_not() -> None:
    assert alike(scene(1), scene(1)) == pytest.approx(1)
    blank = Image.new("RGB", (300, 200), "gray")
    assert alike(blank, blank) == 0
    assert alike(blank, scene(1)) < 0.5


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(OSError, match="identify"):
        sheet(b"no picture")
