"""What is computed of a folder's photos belongs to those that are there, however often they change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.settings import Settings


def draw(folder: Path, numbers: range) -> None:
    rng = np.random.default_rng(numbers.start)
    for number in numbers:
        pixels = rng.integers(0, 255, (6, 9, 3), dtype=np.uint8)
        Image.fromarray(pixels).resize((90, 60)).save(folder / f"{number:02}.png")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    draw(folder, range(14))
    return folder


@pytest.fixture
def library(album: Path, settings: Settings) -> Iterator[Library]:
    with Library(album, settings) as opened:
        opened.index(JobContext())
        yield opened


def agrees_with_a_fresh_look(library: Library, settings: Settings) -> bool:
    ctx = JobContext()
    with Library(library.root, settings) as fresh:
        fresh.index(ctx)
        ours, theirs = library.cluster(ctx, k=3), fresh.cluster(ctx, k=3)
        np.testing.assert_array_equal(ours.photo_ids, theirs.photo_ids)
        np.testing.assert_array_equal(ours.labels, theirs.labels)
        np.testing.assert_array_equal(library.project(ctx).xy, fresh.project(ctx).xy)
        np.testing.assert_array_equal(library.elbow(ctx).inertia, fresh.elbow(ctx).inertia)
    return True


def test_nothing_stays_of_photos_that_have_gone(album: Path, library: Library, settings: Settings) -> None:
    assert agrees_with_a_fresh_look(library, settings)
    for number in range(4):
        (album / f"{number:02}.png").unlink()
    draw(album, range(20, 24))  # as many as before
    library.index(JobContext())
    assert agrees_with_a_fresh_look(library, settings)
    assert len(library.photos) == 14


@pytest.mark.parametrize("damaged", [False, True])
def test_a_folder_without_photos_has_no_vectors_either(album: Path, library: Library, *, damaged: bool) -> None:
    library.cluster(JobContext(), k=3)
    for file in album.iterdir():
        if damaged:
            file.write_bytes(b"no picture")
        else:
            file.unlink()
    with pytest.raises(NoImagesError):
        library.index(JobContext())
    assert len(library.photos) == len(library.embeddings.photo_ids) == len(library.embeddings.vectors) == 0


def test_the_namer_is_the_same_as_long_as_the_photos_are(album: Path, library: Library) -> None:
    namer = library.namer(JobContext())
    library.index(JobContext())
    assert library.namer(JobContext()) is namer
    draw(album, range(30, 32))
    library.index(JobContext())
    assert library.namer(JobContext()) is not namer
