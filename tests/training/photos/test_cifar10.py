from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.errors import NoImagesError, UsageError, UserError
from desktop_app.engine.job import JobContext
from training.config import DataConfig
from training.photos import cifar10
from training.photos.sources import first, load_source


@pytest.fixture
def _real_data(kindred_data: Path) -> None:
    if not (kindred_data / "cifar10").is_dir():
        pytest.skip("the sample data holds no cifar10")


@pytest.mark.usefixtures("_real_data")
def test_every_lossless_test_picture_is_one_of_the_jpeg_copies() -> None:
    lossless, jpeg = cifar10.test_set_lossless(), cifar10.test_set_jpeg()
    assert lossless.photos.images.shape == (1000, 3, 32, 32)
    assert jpeg.photos.images.shape == (10_000, 3, 32, 32)
    assert np.bincount(jpeg.labels).tolist() == [1000] * 10
    rows = slice(0, 1000, 50)
    some = dataclasses.replace(lossless.photos, images=lossless.photos.images[rows])
    found = cifar10.twins(some, jpeg.photos)
    difference = some.images.astype(np.float32) - jpeg.photos.images[found]
    assert np.abs(difference).mean(axis=(1, 2, 3)).max() < 12
    assert np.array_equal(jpeg.labels[found], lossless.labels[rows])


@pytest.mark.usefixtures("_real_data")
@pytest.mark.slow
def test_the_training_set_is_complete_balanced_and_a_source_of_its_own(tmp_path: Path) -> None:
    whole = cifar10.training_set(tmp_path)
    assert whole.photos.images.shape == (50_000, 3, 32, 32)
    assert np.bincount(whole.labels).tolist() == [5000] * 10
    assert len(cifar10.class_names()) == 10
    assert not whole.photos.images.flags.writeable
    part = load_source(DataConfig("cifar10", size=32, count=200), JobContext(), tmp_path)
    assert np.array_equal(part.images, whole.photos.images[:200])
    assert part.data_hash != whole.photos.data_hash
    with pytest.raises(UsageError):
        load_source(DataConfig("cifar10", size=48), JobContext(), tmp_path)
    with pytest.raises(UsageError, match="fewer than 50001"):
        first(whole.photos, 50_001)


def test_a_set_that_is_not_whole_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path))
    (tmp_path / "cifar10").mkdir()
    for read in (lambda: cifar10.training_set(tmp_path), cifar10.test_set_jpeg, cifar10.test_set_lossless):
        with pytest.raises(UserError, match="There is no file") as caught:
            read()
        assert caught.value.code == "data-missing"
    (tmp_path / "cifar10" / "labels.npz").write_bytes(b"PK cut")
    with pytest.raises(UserError, match=r"labels\.npz cannot be read"):
        cifar10.class_names()


def test_a_pattern_takes_some_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path))
    (tmp_path / "photos").mkdir()
    for number in range(4):
        Image.new("RGB", (16, 16), (60 * number, 0, 0)).save(tmp_path / "photos" / f"{'ab'[number % 2]}-{number}.png")
    cache = tmp_path / "cache"

    def reds(**wanted: object) -> list[int]:
        images = load_source(DataConfig("photos", size=16, **wanted), JobContext(), cache).images  # type: ignore[arg-type]
        return [int(image[0, 0, 0]) for image in images]

    assert reds() == [0, 120, 60, 180]
    assert reds(only="a-*") == [0, 120]
    assert reds(only="b-*", count=1) == [60]
    with pytest.raises(NoImagesError, match=r"c-\*"):
        reds(only="c-*")
