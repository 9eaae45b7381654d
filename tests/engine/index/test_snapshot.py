"""A folder that is opened again is what it was, or what indexing makes of it now: never anything between."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from PIL import Image

from desktop_app.engine import paths
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.index import snapshot
from desktop_app.engine.index.pipeline import IndexResult
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Embeddings, Ignored, IndexReport, Photo, PhotoFile, Problem, Scan
from tests.helpers.drawn_photos import photos
from tests.helpers.indexing import draw
from tests.helpers.pictures import jpeg_with_preview
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.xmp import LIGHTROOM


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photos in two folders; one has a sidecar, one a film, one is a copy, one is broken, and there is a text."""
    folder = tmp_path / "album"
    (folder / "inner").mkdir(parents=True)
    for number in range(8):
        draw(number).save(folder / ("inner" if number % 2 else "") / f"{number}.jpg")
    shutil.copy(folder / "0.jpg", folder / "inner" / "copy of 0.jpg")
    (folder / "inner" / "1.jpg.xmp").write_text(LIGHTROOM, encoding="utf-8")
    (folder / "2.mov").write_bytes(b"a film")
    (folder / "broken.jpg").write_bytes((folder / "0.jpg").read_bytes()[:200].ljust(900, b"\0"))
    (folder / "empty.jpg").touch()
    (folder / "notes.txt").write_text("nothing to see", encoding="utf-8")
    return folder


@pytest.fixture
def known(album: Path, settings: Settings) -> Path:
    """The folder, indexed."""
    with Library(album, settings) as library:
        assert not library.recall()
        assert not library.index(JobContext()).unchanged
    return album


def seen(library: Library) -> tuple[Any, ...]:
    """All that a library found."""
    found = library.embeddings
    return (
        list(library.photos),
        library.problems,
        library.ignored,
        found.photo_ids.tolist(),
        found.vectors.tobytes(),
        found.model_id,
        None if found.clusters is None else found.clusters.tobytes(),
    )


def looked_at(album: Path, settings: Settings, **more: bool) -> tuple[IndexReport, tuple[Any, ...]]:
    with Library(album, settings) as library:
        return library.index(JobContext(), **more), seen(library)


def without_snapshot(album: Path, settings: Settings) -> tuple[Any, ...]:
    with Library(album, settings) as library:
        snapshot.forget(library._cache, library.root)
        assert not library.recall()
        assert not library.index(JobContext()).unchanged
        return seen(library)


def kept_file() -> Path:
    (file,) = (paths.cache_dir() / "kept").iterdir()
    return file


@pytest.mark.parametrize("clusters", [0, 5])
def test_a_known_folder_is_there_without_a_look_at_it(
    album: Path, settings: Settings, kindred_home: Path, clusters: int
) -> None:
    make_tiny_model(kindred_home / "models" / "tiny", clusters=clusters)
    _, first = looked_at(album, settings)
    with Library(album, settings) as library:
        assert library.recall()
        assert seen(library) == first
        assert library.thumbnail(library.photos[0].id)
        report = library.index(JobContext())
        assert (report.unchanged, report.photos, report.embedded, report.cached) == (True, len(first[0]), 0, 9)
        assert seen(library) == first


@given(photos().filter(bool), st.integers(0, 3), st.lists(st.text(max_size=9), max_size=3), st.integers(0, 2**31))
@example_settings(max_examples=40)
def test_whatever_was_found_comes_back(
    tmp_path_factory: pytest.TempPathFactory, found: list[Photo], clusters: int, words: list[str], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(len(found), 5 + clusters)).astype(np.float32)
    ids = np.array([photo.id for photo in found], np.int64)
    embeddings = Embeddings(ids, vectors[:, :5], "a model", vectors[:, 5:] if clusters else None)
    problems = tuple(Problem(Path(f"{number}.jpg"), "decode", "damaged", word) for number, word in enumerate(words))
    files = [PhotoFile(one.path, one.companions, one.size_bytes, one.mtime_ns, "jpeg") for one in found]
    unread = PhotoFile(Path("unread \udcff"), (Path("a.xmp"),), 3, -4, "png")
    scan = Scan(Path("/"), (*files, unread), problems, tuple(Ignored(Path(word or "x"), word) for word in words))
    result = IndexResult(found, embeddings, problems, 0, len(found), 0, "")
    made = snapshot.compose("origin", scan, result, {"a.xmp": [1, 2]})
    assert made is not None
    with Cache(tmp_path_factory.mktemp("cache")) as cache:
        assert snapshot.keep(cache, Path("/"), made)
        assert snapshot.recall(cache, Path("/"), "another origin") is None
        again = snapshot.recall(cache, Path("/"), "origin")
    assert again is not None
    assert list(again.photos) == found
    assert again.embeddings.vectors.tobytes() == embeddings.vectors.tobytes()
    assert (again.embeddings.clusters is None) == (not clusters)
    for name in ("origin", "formats", "unread", "problems", "scan_problems", "ignored", "beside"):
        assert getattr(again, name) == getattr(made, name)
    for passing in (
        replace(result, problems=(Problem(Path("gone.jpg"), "decode", "vanished", "gone"),)),
        replace(result, problems=(Problem(Path("odd.jpg"), "embed", "not-finite", "odd"),)),
        replace(result, glanced=1),
        replace(result, cache_trouble="full"),
        replace(result, photos=()),
    ):
        assert snapshot.compose("origin", scan, passing, {}) is None


def drop_a_photo(album: Path) -> None:
    (album / "0.jpg").unlink()


def rename(album: Path) -> None:
    (album / "4.jpg").rename(album / "a new name.jpg")


def move_a_folder(album: Path) -> None:
    (album / "inner").rename(album / "elsewhere")


def add(album: Path) -> None:
    draw(99).save(album / "new.png")


def add_a_copy_before(album: Path) -> None:
    shutil.copy(album / "6.jpg", album / "00.jpg")  # takes the id of the one that came first until now


def change_a_photo(album: Path) -> None:
    draw(77).save(album / "4.jpg")


def change_a_sidecar(album: Path) -> None:
    path = album / "inner" / "1.jpg.xmp"
    path.write_text(LIGHTROOM.replace("</x:xmpmeta>", " </x:xmpmeta>"), encoding="utf-8")


def turn_by_a_new_sidecar(album: Path) -> None:
    text = LIGHTROOM.replace('xmlns:tiff="http://ns.adobe.com/tiff/1.0/"', "")
    attribute = 'rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"'
    (album / "4.jpg.xmp").write_text(text.replace('rdf:about=""', attribute, 1), encoding="utf-8")


def lose_a_companion(album: Path) -> None:
    (album / "2.mov").unlink()


def mend(album: Path) -> None:
    draw(55).save(album / "broken.jpg")


def break_one(album: Path) -> None:
    (album / "6.jpg").write_bytes((album / "6.jpg").read_bytes()[:150].ljust(400, b"\0"))


def add_what_is_no_photo(album: Path) -> None:
    (album / "more.txt").write_text("more", encoding="utf-8")


CHANGES: list[Callable[[Path], None]] = [
    drop_a_photo,
    rename,
    move_a_folder,
    add,
    add_a_copy_before,
    change_a_photo,
    change_a_sidecar,
    turn_by_a_new_sidecar,
    lose_a_companion,
    mend,
    break_one,
    add_what_is_no_photo,
]


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_a_folder_that_changed_ends_as_without_a_snapshot(
    known: Path, settings: Settings, change: Callable[[Path], None]
) -> None:
    change(known)
    report, found = looked_at(known, settings)
    assert report.unchanged == (change is add_what_is_no_photo)
    again, second = looked_at(known, settings)
    assert again.unchanged
    assert second == found
    assert but_ids(without_snapshot(known, settings)) == but_ids(found)


def but_ids(found: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same without ids: with equal files, which of them had its first is known from the snapshot alone."""
    photos, problems, ignored, ids, *rest = found
    assert [photo.id for photo in photos] == ids
    return [replace(photo, id=0) for photo in photos], problems, ignored, *rest


def spoil(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


def shorten(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4000])


def cut_in_the_columns(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:500])


def of_a_newer_version(file: Path) -> None:
    spoil(file, 16)


DAMAGES: list[Callable[[Path], None]] = [
    lambda file: spoil(file, 3),
    lambda file: spoil(file, 21),
    lambda file: spoil(file, 30),
    lambda file: spoil(file, 400),
    cut_in_the_columns,
    of_a_newer_version,
    lambda file: file.write_bytes(b""),
    lambda file: file.unlink(),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_newer_one_counts_as_none_and_is_made_anew(
    known: Path, settings: Settings, damage: Callable[[Path], None]
) -> None:
    expected = without_snapshot(known, settings)
    damage(kept_file())
    with Library(known, settings) as library:
        assert not library.recall()
    report, found = looked_at(known, settings)
    assert not report.unchanged
    assert found == expected
    again, second = looked_at(known, settings)
    assert again.unchanged
    assert second == found


def test_vectors_that_a_disk_has_altered_are_looked_up_again(known: Path, settings: Settings) -> None:
    expected = without_snapshot(known, settings)
    spoil(kept_file(), kept_file().stat().st_size - 7)
    report, found = looked_at(known, settings)
    assert not report.unchanged
    assert found == expected


def test_what_it_was_made_with_decides_whether_it_is_shown(known: Path, settings: Settings, kindred_home: Path) -> None:
    make_tiny_model(kindred_home / "models" / "other", seed=1)
    for other in (
        Settings(model="other", workers=2),
        Settings(model="tiny", exclude=("inner",)),
        Settings(model="tiny", precision="float"),
    ):
        with Library(known, other) as library:
            assert not library.recall()
    with Library(known, Settings(model="tiny", theme="dark", workers=1)) as library:
        assert library.recall()


def test_another_spelling_of_the_folder_has_one_of_its_own(known: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(known)
    with Library(tmp_path / "link", settings) as library:
        assert not library.recall()
        library.index(JobContext())
        assert {photo.path.parents[-1] for photo in library.photos} == {Path(tmp_path.anchor)}
        assert all(photo.path.is_relative_to(tmp_path / "link") for photo in library.photos)


def test_trying_again_reads_what_could_not_be_read(known: Path, settings: Settings) -> None:
    report, found = looked_at(known, settings, retry=True)
    assert not report.unchanged
    assert found == looked_at(known, settings)[1]


def test_a_quick_look_leaves_it_alone_and_makes_none(album: Path, settings: Settings) -> None:
    picture = draw(77).resize((640, 480))
    (album / "camera.jpg").write_bytes(jpeg_with_preview(picture, picture.resize((160, 120))))
    report, _ = looked_at(album, settings, quick=True)
    assert report.glanced == 1
    with Library(album, settings) as library:
        assert not library.recall()
    _, found = looked_at(album, settings)
    report, again = looked_at(album, settings, quick=True)
    assert report.unchanged
    assert again == found


def test_a_quick_look_that_had_to_read_all_files_is_as_good_as_any(album: Path, settings: Settings) -> None:
    report, found = looked_at(album, settings, quick=True)
    assert report.glanced == 0
    with Library(album, settings) as library:
        assert library.recall()
        assert seen(library) == found
        assert library.index(JobContext()).unchanged


def test_a_folder_without_photos_is_not_shown_as_it_was(known: Path, settings: Settings) -> None:
    for file in [path for path in known.rglob("*") if path.is_file()]:
        file.unlink()
    with Library(known, settings) as library, pytest.raises(NoImagesError):
        library.index(JobContext())
    with Library(known, settings) as library:
        assert not library.recall()


def test_a_file_that_may_not_be_read_any_more_is_told(known: Path, settings: Settings) -> None:
    (known / "4.jpg").chmod(0)
    if os.access(known / "4.jpg", os.R_OK):
        pytest.skip("nothing is forbidden to this user")
    report, found = looked_at(known, settings)
    assert not report.unchanged
    assert without_snapshot(known, settings) == found


def test_a_successor_leaves_what_is_in_use_alone(known: Path, settings: Settings) -> None:
    with Library(known, settings) as library:
        assert library.recall()
        before = seen(library)
        Image.new("RGB", (50, 50), (9, 9, 200)).save(known / "one more.png")
        with library.successor() as other:
            assert not other.index(JobContext()).unchanged
            assert len(other.photos) == len(library.photos) + 1
            assert seen(library) == before
            assert np.isin(library.embeddings.photo_ids, other.embeddings.photo_ids).all()
