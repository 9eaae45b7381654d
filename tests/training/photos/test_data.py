from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.errors import NoImagesError, UsageError, UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import files_no_longer_than
from training.photos.data import load_photos, to_square


def png(color: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("two/y.png", png((0, 200, 0), (40, 30)))
        archive.writestr("two/broken.png", b"no picture")
        archive.writestr("one/x.png", png((200, 0, 0), (30, 40)))
        archive.writestr("labels.csv", "x,1")
    (folder / "a.png").write_bytes(png((0, 0, 200), (64, 64)))
    (folder / "SOURCE.md").write_text("about")
    return folder


def test_images_and_zips_become_one_array_in_a_fixed_order(folder: Path, tmp_path: Path) -> None:
    photos = load_photos(folder, 24, JobContext(), tmp_path / "cache")
    assert photos.images.shape == (3, 3, 24, 24)
    assert photos.images.dtype == np.uint8
    assert photos.left_out == 1
    assert photos.images[:, :, 12, 12].tolist() == [[0, 0, 200], [200, 0, 0], [0, 200, 0]]


def test_sources_are_taken_or_left_out_by_the_names_of_their_files(folder: Path, tmp_path: Path) -> None:
    kept = load_photos(folder, 24, JobContext(), tmp_path / "cache", without=["b*"])
    assert kept.images[:, :, 12, 12].tolist() == [[0, 0, 200]]
    assert kept.data_hash == load_photos(folder, 24, JobContext(), tmp_path / "cache", only="a*").data_hash


def test_photos_are_decoded_once_and_known_by_content(folder: Path, tmp_path: Path) -> None:
    first = load_photos(folder, 24, JobContext(), tmp_path / "cache")
    (stored,) = (tmp_path / "cache").iterdir()
    stamp = stored.stat().st_mtime_ns
    again = load_photos(folder, 24, JobContext(), tmp_path / "cache")
    assert stored.stat().st_mtime_ns == stamp
    assert again.data_hash == first.data_hash
    assert load_photos(folder, 16, JobContext(), tmp_path / "cache").data_hash != first.data_hash
    (folder / "new.png").write_bytes(png((1, 2, 3), (30, 30)))
    changed = load_photos(folder, 24, JobContext(), tmp_path / "cache")
    assert changed.data_hash != first.data_hash
    assert len(changed.images) == 4


def test_a_square_is_the_center_of_the_short_side() -> None:
    wide = Image.new("RGB", (60, 20), (0, 0, 0))
    wide.paste((255, 255, 255), (20, 0, 40, 20))
    square = to_square(wide, 20)
    assert square.shape == (3, 20, 20)
    assert square.min() == 255


def test_images_smaller_than_half_the_square_are_refused() -> None:
    assert to_square(Image.new("RGB", (12, 30)), 24).shape == (3, 24, 24)
    with pytest.raises(ValueError, match="too small"):
        to_square(Image.new("RGB", (11, 30)), 24)


def test_a_folder_without_usable_images_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as missing:
        load_photos(tmp_path / "nowhere", 24, JobContext(), tmp_path / "cache")
    assert missing.value.code == "folder-missing"
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("a")
    with pytest.raises(NoImagesError, match="texts"):
        load_photos(texts, 24, JobContext(), tmp_path / "cache")
    (texts / "small.png").write_bytes(png((0, 0, 0), (5, 5)))
    with pytest.raises(NoImagesError, match="None of the 1 images"):
        load_photos(texts, 24, JobContext(), tmp_path / "cache")


def test_photos_smaller_than_half_the_square_are_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "small.png").write_bytes(png((0, 0, 0), (20, 20)))
    with pytest.raises(NoImagesError, match=r"less than 48 pixels.*data\.size"):
        load_photos(tmp_path, 96, JobContext(), tmp_path / "cache")


def test_a_damaged_zip_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "b.zip").write_bytes((folder / "b.zip").read_bytes()[:-30])
    with pytest.raises(UserError, match=r"b\.zip") as caught:
        load_photos(folder, 24, JobContext(), tmp_path / "cache")
    assert caught.value.code == "zip-damaged"


def test_a_full_disk_leaves_no_half_decoded_photos(folder: Path, tmp_path: Path) -> None:
    with files_no_longer_than(3000), pytest.raises(UserError, match="disk") as caught:
        load_photos(folder, 24, JobContext(), tmp_path / "cache")
    assert caught.value.code == "cache-not-written"
    assert list((tmp_path / "cache").iterdir()) == []
    assert len(load_photos(folder, 24, JobContext(), tmp_path / "cache").images) == 3
