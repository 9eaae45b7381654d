"""The first look at a folder, from the previews that cameras write."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.index.glances import PASSING_HASH
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode
from tests.helpers.indexing import by_path, draw, run
from tests.helpers.pictures import jpeg_with_preview


@pytest.fixture
def shots(folder: Path) -> list[Path]:
    """Twelve files of a camera, among the pictures without previews of ``folder``; two have the same content."""
    paths = []
    for seed in range(12):
        picture = draw(seed + 100, 960, 720)
        data = jpeg_with_preview(picture, picture.resize((160, 120), Image.Resampling.BOX), 6 if seed % 3 == 0 else 1)
        paths.append(folder / f"shot {min(seed, 10)} {seed}.jpg")
        paths[-1].write_bytes(paths[-2].read_bytes() if seed == 11 else data)
    return paths


def test_of_camera_files_only_the_beginning_is_read(
    shots: list[Path], folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes = decode.read_bytes
    read: list[Path] = []
    monkeypatch.setattr(decode, "read_bytes", lambda path: read.append(path) or read_bytes(path))
    result = run(folder, cache, embedder, quick=True)
    assert len(result.photos) == result.embedded == 26 + 12
    assert result.glanced == 12
    assert not set(read) & set(shots)
    for photo in result.photos:
        assert photo.content_hash.startswith(PASSING_HASH) == (photo.path in shots)
        if photo.path in shots:
            assert (photo.width, photo.height) == ((720, 960) if photo.path.name.split()[1] in "0369" else (960, 720))
    assert len(set(result.embeddings.photo_ids.tolist())) == 38


def test_a_glance_sees_what_the_whole_picture_shows(
    shots: list[Path], folder: Path, cache: Cache, embedder: Embedder
) -> None:
    quick, whole = run(folder, cache, embedder, quick=True), run(folder, cache, embedder)
    assert by_path(quick).keys() == by_path(whole).keys()
    for path, glanced in by_path(quick).items():
        one, other = np.frombuffer(glanced, np.float32), np.frombuffer(by_path(whole)[path], np.float32)
        if path in shots:
            assert one @ other / np.linalg.norm(one) / np.linalg.norm(other) > 0.98
        else:
            assert glanced == by_path(whole)[path]


def test_nothing_of_a_glance_is_kept(shots: list[Path], folder: Path, cache: Cache, embedder: Embedder) -> None:
    run(folder, cache, embedder, quick=True)
    whole = run(folder, cache, embedder)
    assert (whole.embedded, whole.cached, whole.glanced) == (11, 27, 0)  # two of the shots are one
    assert not [photo for photo in whole.photos if photo.content_hash.startswith(PASSING_HASH)]
    known = run(folder, cache, embedder, quick=True)
    assert (known.embedded, known.glanced) == (0, 0)
    assert known.photos == whole.photos


def test_a_sidecar_may_turn_the_picture_so_that_the_file_is_read(
    shots: list[Path], folder: Path, cache: Cache, embedder: Embedder
) -> None:
    turning = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    Path(f"{os.fspath(shots[1])}.xmp").write_bytes(turning)
    assert run(folder, cache, embedder, quick=True).glanced == 11
