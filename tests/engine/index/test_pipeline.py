from __future__ import annotations

import dataclasses
import hashlib
import logging
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Photo
from tests.helpers.disks import fill, full_disk
from tests.helpers.indexing import by_path, draw, naive, run, stopping
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.waiting import WAIT


def test_the_pipeline_gives_what_the_naive_loop_gives(folder: Path, cache: Cache, embedder: Embedder) -> None:
    result = run(folder, cache, embedder)
    wanted = naive(folder, embedder)
    assert [photo.path for photo in result.photos] == sorted(wanted)
    assert by_path(result) == {path: vector.tobytes() for path, vector in wanted.items()}
    assert (result.embedded, result.cached, result.problems, result.cache_trouble) == (26, 0, (), "")
    assert result.embeddings.model_id == embedder.model_id
    assert result.embeddings.photo_ids.tolist() == [photo.id for photo in result.photos]


def test_cluster_probabilities_are_kept_with_the_vectors(
    folder: Path, cache: Cache, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model with clusters finds a cache that one without has filled, and both find their own again."""
    plain = run(folder, cache, embedder)
    assert plain.embeddings.clusters is None
    knowing = Embedder(load_card(make_tiny_model(tmp_path / "knowing", clusters=4)), Settings(workers=2))
    shown: list[int] = []
    first = run(folder, cache, knowing, on_batch=lambda _photos, vectors: shown.append(vectors.shape[1]))
    assert first.embedded == 26
    assert set(shown) == {16}
    assert first.embeddings.vectors.shape == (26, 16)
    assert first.embeddings.vectors == pytest.approx(plain.embeddings.vectors, abs=1e-5)
    clusters = first.embeddings.clusters
    assert clusters is not None
    assert clusters.shape == (26, 4)
    assert clusters.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    found = scan(folder, JobContext())
    monkeypatch.setattr(decode, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    again = pipeline.index(found, cache, knowing, JobContext())
    assert again.embeddings.clusters is not None
    assert np.array_equal(again.embeddings.clusters, clusters)
    assert pipeline.index(found, cache, embedder, JobContext()).cached == 26


def test_photos_carry_what_the_file_says(folder: Path, cache: Cache, embedder: Embedder) -> None:
    for photo in run(folder, cache, embedder).photos:
        data = photo.path.read_bytes()
        assert photo.content_hash == hashlib.blake2b(data, digest_size=20).hexdigest()
        assert (photo.size_bytes, photo.mtime_ns) == (len(data), photo.path.stat().st_mtime_ns)
        with Image.open(photo.path) as image:
            assert (photo.width, photo.height) == image.size


def test_pieces_are_whole_and_become_smaller_so_that_workers_end_together() -> None:
    for workers in (1, 2, 5):
        for count in (0, 1, 7, 40, 203):
            pieces = list(pipeline.pieces(list(range(count)), 8, lambda workers=workers: workers))
            assert [row for piece in pieces for row in piece] == list(range(count))
            sizes = [len(piece) for piece in pieces]
            assert sizes == sorted(sizes, reverse=True)
            assert all(1 <= size <= 8 for size in sizes)
            assert sizes[-workers:] == [1] * min(workers, count)


def test_the_disk_works_on_while_photos_are_decoded(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No photo is decoded before all of this small folder were read: a pipeline that does not read ahead would stop."""
    changed, paths = threading.Condition(), set[Path]()
    read, turn = decode.read_bytes, decode.decode

    def noted(path: Path) -> bytes:
        with changed:
            paths.add(path)
            changed.notify_all()
        return read(path)

    def late(*args: Any, **options: Any) -> Any:
        with changed:
            assert changed.wait_for(lambda: len(paths) == 26, WAIT)
        return turn(*args, **options)

    monkeypatch.setattr(decode, "read_bytes", noted)
    monkeypatch.setattr(decode, "decode", late)
    assert run(folder, cache, embedder).embedded == 26


def test_a_second_run_reads_no_file_and_gives_the_same(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(folder, cache, embedder)
    found = scan(folder, JobContext())
    monkeypatch.setattr(decode, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    second = pipeline.index(found, cache, embedder, JobContext())
    assert second.photos == first.photos
    assert np.array_equal(second.embeddings.vectors, first.embeddings.vectors)
    assert (second.embedded, second.cached) == (0, 26)


def test_moved_renamed_and_touched_files_are_known_by_content(
    folder: Path, cache: Cache, embedder: Embedder, tmp_path: Path
) -> None:
    first = run(folder, cache, embedder)
    folder = folder.rename(tmp_path / "elsewhere")
    (folder / "01.png").rename(folder / "sub" / "renamed.png")
    os.utime(folder / "02.webp", ns=(1, 1))
    second = run(folder, cache, embedder)
    assert (second.embedded, second.cached) == (0, 26)
    assert {photo.id for photo in second.photos} == {photo.id for photo in first.photos}
    vectors = {photo.id: vector for photo, vector in zip(first.photos, first.embeddings.vectors, strict=True)}
    for photo, vector in zip(second.photos, second.embeddings.vectors, strict=True):
        assert np.array_equal(vector, vectors[photo.id])
        assert (photo.width, photo.height) != (0, 0)


def test_a_changed_model_embeds_everything_and_the_old_vectors_stay(
    folder: Path, cache: Cache, embedder: Embedder, tmp_path: Path
) -> None:
    first = run(folder, cache, embedder)
    other = Embedder(load_card(make_tiny_model(tmp_path / "models" / "other", seed=1)), Settings(workers=2))
    second = run(folder, cache, other)
    assert (second.embedded, second.cached) == (26, 0)
    assert not np.allclose(second.embeddings.vectors, first.embeddings.vectors)
    assert run(folder, cache, embedder).embedded == 0
    assert run(folder, cache, other).embedded == 0


def test_a_changed_file_is_embedded_again_alone(folder: Path, cache: Cache, embedder: Embedder) -> None:
    run(folder, cache, embedder)
    draw(99).save(folder / "01.png")
    result = run(folder, cache, embedder)
    assert (result.embedded, result.cached) == (1, 25)
    assert by_path(result) == {path: vector.tobytes() for path, vector in naive(folder, embedder).items()}


def test_identical_copies_are_embedded_once_and_have_ids_of_their_own(
    folder: Path, cache: Cache, embedder: Embedder
) -> None:
    for number in range(5):
        shutil.copy(folder / "01.png", folder / f"copy-{number}.png")
    result = run(folder, cache, embedder)
    assert (len(result.photos), result.embedded, result.cached) == (31, 26, 5)
    assert len({photo.id for photo in result.photos}) == 31
    same = [i for i, photo in enumerate(result.photos) if photo.path.stem.startswith("copy") or photo.path.stem == "01"]
    assert len(same) == 6
    assert len({result.embeddings.vectors[i].tobytes() for i in same}) == 1
    again = run(folder, cache, embedder)
    assert again.photos == result.photos
    assert again.embedded == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_of_every_kind_are_indexed_and_remembered(cache: Cache, embedder: Embedder, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    names = [b"new\nline.png", b"\xff\xfe.png", "\U0001f600.png".encode(), b"-dash.png", b"x" * 251 + b".png"]
    for seed, name in enumerate(names):
        draw(seed).save(folder / "made.png")
        (folder / "made.png").rename(folder / os.fsdecode(name))
    assert run(folder, cache, embedder).embedded == 5
    again = run(folder, cache, embedder)
    assert (again.embedded, again.cached) == (0, 5)
    assert {os.fsencode(photo.path.name) for photo in again.photos} == set(names)


def test_batches_arrive_in_the_order_of_the_paths_and_agree_with_the_result(
    folder: Path, cache: Cache, embedder: Embedder
) -> None:
    shutil.copy(folder / "01.png", folder / "00-copy.png")
    for _ in range(2):
        arrived: list[tuple[Photo, bytes]] = []

        def on_batch(photos: list[Photo], vectors: np.ndarray, arrived: list[tuple[Photo, bytes]] = arrived) -> None:
            assert threading.current_thread() is threading.main_thread()
            assert vectors.shape == (len(photos), 16)
            arrived += zip(photos, (vector.tobytes() for vector in vectors), strict=True)

        result = run(folder, cache, embedder, on_batch=on_batch)
        assert len(arrived) == 26  # the copy comes in the result only
        paths = [photo.path for photo, _ in arrived]
        assert paths == sorted(paths)
        wanted = dict(zip(result.embeddings.photo_ids.tolist(), map(bytes, result.embeddings.vectors), strict=True))
        assert all(wanted[photo.id] == vector for photo, vector in arrived)


def test_progress_counts_to_the_end(folder: Path, cache: Cache, embedder: Embedder) -> None:
    events: list[Progress] = []
    run(folder, cache, embedder, JobContext(events.append, max_events_per_second=1e9))
    reading = [event for event in events if event.text == "Reading photos"]
    assert (reading[0].done, reading[-1].done) == (0, 26)
    assert {event.total for event in reading} == {26}


def test_nothing_and_one_photo(cache: Cache, embedder: Embedder, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    empty = run(folder, cache, embedder)
    assert (empty.photos, empty.problems, empty.embedded) == ((), (), 0)
    assert empty.embeddings.vectors.shape == (0, 16)
    draw(1).save(folder / "one.png")
    one = run(folder, cache, embedder)
    assert (len(one.photos), one.embedded) == (1, 1)
    assert one.embeddings.vectors.shape == (1, 16)


def test_a_lost_thumbnail_or_vector_is_made_again(folder: Path, cache: Cache, embedder: Embedder) -> None:
    first = run(folder, cache, embedder)
    lost = first.photos[3]
    cache._store.write(lambda c: c.execute("DELETE FROM vectors WHERE content_hash = ?", (lost.content_hash,)))
    result = run(folder, cache, embedder)
    assert result.embedded == 1
    assert np.array_equal(result.embeddings.vectors, first.embeddings.vectors)
    cache._store.write(lambda c: c.execute("DELETE FROM thumbnails WHERE content_hash = ?", (lost.content_hash,)))
    lost.path.rename(lost.path.with_name("0" + lost.path.name))
    assert run(folder, cache, embedder).embedded == 0
    assert cache.thumbnail(lost.content_hash) is not None


def test_a_cache_that_cannot_be_used_costs_nothing_but_memory(folder: Path, embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    with Cache(tmp_path / "in-the-way" / "cache") as cache:
        result = run(folder, cache, embedder)
        assert len(result.photos) == 26
        assert "is not used" in result.cache_trouble
        assert cache.thumbnail(result.photos[0].content_hash) is not None


def test_a_run_is_logged_in_figures_and_paths_are_for_those_who_ask(
    folder: Path, cache: Cache, embedder: Embedder, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "broken.png").write_bytes((folder / "01.png").read_bytes()[:60])
    with caplog.at_level(logging.DEBUG, "desktop_app"):
        run(folder, cache, embedder)
    told = "\n".join(record.getMessage() for record in caplog.records if record.levelno >= logging.INFO)
    assert "27 files, model tiny" in told
    assert "26 photos, 26 embedded, 0 cached, 1 problems" in told
    assert "problems unreadable: 1" in told
    assert str(folder) not in told
    assert not [path for path in folder.rglob("*.*") if path.name in told]
    assert str(folder / "broken.png") in caplog.text
    caplog.clear()
    draw(99).save(folder / "01.png")
    with caplog.at_level(logging.INFO, "desktop_app"), pytest.raises(Cancelled):
        run(folder, cache, embedder, stopping(0, JobContext.cancel))
    assert "indexing stopped" in caplog.text


@pytest.mark.root
def test_a_disk_that_is_full_costs_nothing_but_time_and_is_told(
    folder: Path, embedder: Embedder, tmp_path: Path
) -> None:
    with full_disk(tmp_path / "small", "3m") as filler:
        filler.unlink()
        with Cache(tmp_path / "small" / "cache") as cache:
            fill(filler)
            result = run(folder, cache, embedder)
            assert (len(result.photos), result.embedded) == (26, 26)
            assert "full" in result.cache_trouble
            again = run(folder, cache, embedder)
            assert again.embedded == 26
            assert "full" in again.cache_trouble
            filler.unlink()
            assert run(folder, cache, embedder).cache_trouble == ""
            kept = run(folder, cache, embedder)
            assert (kept.embedded, kept.cached, kept.cache_trouble) == (0, 26, "")


def test_what_could_not_be_kept_is_told_though_later_results_are(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(most: int) -> None:  # SQLite's own limit gives the error that a full disk gives
        cache._store.read(lambda connection: connection.execute(f"PRAGMA max_page_count = {most}").fetchall(), None)

    def shown(*_: object) -> None:
        if cache.trouble:
            pages(1_000_000)

    monkeypatch.setattr(pipeline, "_COMMIT_FILES", 1)
    pages(1)
    result = run(folder, cache, embedder, on_batch=shown)
    assert cache.trouble == ""
    assert cache.info().vectors > 0
    assert "full" in result.cache_trouble


def test_the_photos_folder_is_left_as_it_was(folder: Path, cache: Cache, embedder: Embedder) -> None:
    def state() -> dict[Path, tuple[int, int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
            for path in [folder, *folder.rglob("*")]
        }

    before = state()
    run(folder, cache, embedder)
    assert state() == before


def test_scan_results_in_another_order_give_the_same(folder: Path, cache: Cache, embedder: Embedder) -> None:
    found = scan(folder, JobContext())
    first = pipeline.index(found, cache, embedder, JobContext())
    backwards = dataclasses.replace(found, files=tuple(reversed(found.files)))
    assert pipeline.index(backwards, cache, embedder, JobContext()).photos == first.photos
