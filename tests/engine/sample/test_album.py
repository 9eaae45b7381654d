"""The album has what the README promises of it, and is the same on every machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.folder.scan import scan
from desktop_app.engine.job import JobContext
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.pictures.result import Decoded
from desktop_app.engine.sample import album as album_module
from desktop_app.engine.sample.album import KINDS, make_sample_album


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("album") / "made when missing"
    make_sample_album(folder)
    return folder


@pytest.fixture(scope="module")
def pictures(album: Path) -> dict[str, Decoded]:
    return {path.name: decode(read_bytes(path), 64) for path in sorted(album.iterdir())}


def kinds(seed: int = 0) -> dict[str, str]:
    """What each picture of the album shows: file name -> key of `KINDS`."""
    shots = album_module._shots(np.random.default_rng(seed))
    return {album_module._name(shot): shot.kind for shot in shots}


def test_every_file_is_a_photo_of_a_known_kind(album):
    found = scan(album, JobContext())
    assert (len(found.files), found.problems, found.ignored) == (120, (), ())
    shown = kinds()
    assert {file.path.name for file in found.files} == set(shown)
    counts = Counter(shown.values())
    assert counts.keys() == KINDS.keys()
    assert min(counts.values()) >= 15


def orientation(path: Path) -> int:
    with Image.open(path) as image:
        return image.getexif()[0x0112]


def test_it_holds_what_real_albums_hold(album, pictures):
    assert sum(picture.damaged for picture in pictures.values()) == 1
    assert all(picture.taken_at and picture.taken_at.startswith("2024-") for picture in pictures.values())
    assert {picture.camera for picture in pictures.values()} == {"Aurora P5", "Lumen D40", None}
    assert {orientation(path) for path in album.iterdir()} == {1, 6, 8}
    assert {picture.width > picture.height for picture in pictures.values()} == {True, False}


def test_dates_in_names_files_and_exif_agree(album, pictures):
    for name, picture in pictures.items():
        stamp = picture.taken_at.replace("-", "").replace(":", "").replace("T", "_")
        assert stamp in name


def test_pictures_stored_on_their_side_are_upright(album, pictures):
    sideways = [name for name in pictures if orientation(album / name) != 1]
    assert len(sideways) >= 6
    for name in sideways:
        wanted_tall = kinds()[name] in ("receipt", "portrait")
        assert (pictures[name].height > pictures[name].width) is wanted_tall


def test_bursts_are_near_duplicates_and_nothing_is_a_copy(album, pictures):
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in album.iterdir()}) == 120
    small = {n: np.asarray(p.image.resize((12, 12)), float).ravel() for n, p in pictures.items() if not p.damaged}
    names = sorted(small)
    stack = np.stack([small[name] for name in names])
    distance = np.abs(stack[:, None] - stack[None]).mean(axis=-1)
    close = [(names[i], names[j]) for i, j in zip(*np.nonzero(np.triu(distance < 12, 1)), strict=True)]
    seconds_apart = [pair for pair in close if pair[0][:-6] == pair[1][:-6]]
    assert len(seconds_apart) >= 20
    assert all(kinds()[a] == kinds()[b] for a, b in seconds_apart)


def test_colors_alone_tell_the_kinds_apart_better_than_chance(pictures):
    names = sorted(name for name, picture in pictures.items() if not picture.damaged)
    stack = np.stack([np.asarray(pictures[name].image.resize((8, 8)), float).ravel() for name in names])
    distance = np.abs(stack[:, None] - stack[None]).mean(axis=-1)
    np.fill_diagonal(distance, np.inf)
    shown = kinds()
    right = np.mean(
        [shown[name] == shown[names[nearest]] for name, nearest in zip(names, distance.argmin(1), strict=True)]
    )
    assert right > 0.8


def test_the_same_seed_gives_the_same_files_and_another_does_not(album, tmp_path):
    def digest(folder: Path) -> dict[str, bytes]:
        return {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir()}

    make_sample_album(tmp_path / "again")
    assert digest(tmp_path / "again") == digest(album)
    assert kinds(1).keys() != kinds(0).keys()


def test_a_folder_that_holds_anything_is_left_alone(tmp_path):
    mine = tmp_path / "mine.jpg"
    mine.write_bytes(b"precious")
    assert make_sample_album(tmp_path) == [mine]
    assert mine.read_bytes() == b"precious"
