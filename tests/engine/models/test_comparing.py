"""Two models on one folder: the same one agrees with itself, another one less; both stay in the cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.errors import Cancelled, ModelError, UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.models.comparing import Comparison, compare, in_words
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import change_card, make_tiny_model


@pytest.fixture
def photos(tmp_path: Path, kindred_home: Path) -> Path:
    """Thirty pictures of three colors; three models, of which two are the same under two names."""
    folder, rng = tmp_path / "photos", np.random.default_rng(0)
    folder.mkdir()
    for number in range(30):
        pixels = rng.integers(0, 120, (30, 40, 3))
        pixels[..., number % 3] += 100
        Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number}.png")
    for name, seed in (("one", 0), ("same", 0), ("other", 7)):
        make_tiny_model(kindred_home / "models" / name, seed=seed, dim=16 if seed == 0 else 3)
    return folder


def compared(folder: Path, first: str, second: str, ctx: JobContext | None = None) -> Comparison:
    return compare(lambda name: Library(folder, Settings(), model=name), (first, second), ctx or JobContext())


def test_equal_models_agree_in_everything_and_others_less(photos: Path) -> None:
    same, other = compared(photos, "one", "same"), compared(photos, "one", "other")
    assert (same.photos, same.neighbors) == (30, 10)
    assert (same.neighbor_overlap, same.agreement, same.ami) == (1.0, 1.0, pytest.approx(1.0))
    assert other.neighbor_overlap < 1
    assert [side.name for side in other.sides] == ["one", "other"]
    assert other.groups == other.sides[0].suggested
    assert all(side.seconds_a_photo > 0 and side.device for side in other.sides)
    overlap, groups = in_words(other)
    assert (
        f"Of the 10 photos most like each of the 30, the models agree on {10 * other.neighbor_overlap:.1f}" in overlap
    )
    assert f"{100 * other.agreement:.0f} of 100 photos" in groups


def test_both_stay_in_the_cache(photos: Path) -> None:
    compared(photos, "one", "other")
    for name in ("one", "other"):
        with Library(photos, Settings(), model=name) as again:
            assert again.index(JobContext()).embedded == 0


def test_a_photo_that_is_there_twice_counts_once(photos: Path) -> None:
    shutil.copy(photos / "0.png", photos / "copy of 0.png")
    assert compared(photos, "one", "same").neighbor_overlap == 1


def test_what_cannot_be_compared_is_said(photos: Path, tmp_path: Path, kindred_home: Path) -> None:
    with pytest.raises(UsageError) as caught:
        compared(photos, "one", "one")
    assert caught.value.code == "one-model"
    with pytest.raises(ModelError):
        compared(photos, "one", "nothing")
    few = tmp_path / "few"
    few.mkdir()
    shutil.copy(photos / "0.png", few)
    with pytest.raises(UsageError) as caught:
        compared(few, "one", "other")
    assert caught.value.code == "too-few-photos"
    change_card(kindred_home / "models" / "other", lambda card: card.update(onnx_sha256="0" * 64))
    with pytest.raises(ModelError):
        compared(photos, "one", "other")


def test_a_cancel_is_heard(photos: Path) -> None:
    ctx = JobContext(lambda _event: ctx.cancel())
    with pytest.raises(Cancelled):
        compared(photos, "one", "other", ctx)
