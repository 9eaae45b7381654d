"""What was computed is not computed again, and what does not fit is never trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_app.engine import kept, project
from desktop_app.engine.cache import cache as cache_module
from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.clustering import Grouper
from desktop_app.engine.clustering.unsure import with_unsure
from desktop_app.engine.job import JobContext
from desktop_app.engine.kept import Kept
from desktop_app.engine.types import Clustering, Elbow, Embeddings, Float32Array, Int64Array, Projection
from tests.helpers.point_sets import blobs, cloud, embeddings_of

CTX = JobContext()


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path) as opened:
        yield opened


def kept_of(cache: Cache, photos: Embeddings) -> Kept:
    return Kept(cache, photos.photo_ids, photos.model_id, clusters=photos.clusters is not None)


def refuse(*_: object) -> Any:
    raise AssertionError("computed again")


def same(one: object, other: object) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "silhouette")
        for name in type(one).__dataclass_fields__  # type: ignore[attr-defined]
    )


CASES: dict[str, tuple[Callable[[Embeddings], Any], Callable[..., Any]]] = {
    "elbow": (lambda photos: Grouper(photos).elbow(CTX, k_max=6), Kept.elbow),
    "map": (lambda photos: project.project(photos, CTX), Kept.projection),
    "groups": (lambda photos: Grouper(photos).cluster(CTX, k=5), Kept.clustering),
    "dense places": (lambda photos: Grouper(photos).cluster(CTX, method="gmm", k=3), Kept.clustering),
}
EACH = pytest.mark.parametrize("kind", CASES)


@EACH
def test_a_second_opening_gives_the_same_without_computing_whatever_the_files_are_called(
    cache: Cache, kind: str
) -> None:
    compute, ask = CASES[kind]
    photos = embeddings_of(blobs((20, 15, 10))[0])
    first = ask(kept_of(cache, photos), lambda: compute(photos))
    assert same(ask(kept_of(cache, photos), refuse), first)
    turned = np.random.default_rng(0).permutation(len(photos.photo_ids))
    assert photos.clusters is not None
    renamed = Embeddings(photos.photo_ids[turned], photos.vectors[turned], "model", photos.clusters[turned])
    again = ask(kept_of(cache, renamed), refuse)
    for name in ("xy", "labels", "best", "second", "confidence"):
        if hasattr(first, name):
            assert getattr(again, name).tolist() == getattr(first, name)[turned].tolist()


@EACH
@pytest.mark.parametrize("change", ["photos", "model", "edition", "parameters"])
def test_other_photos_models_parameters_and_editions_are_other_results(
    cache: Cache, kind: str, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compute, ask = CASES[kind]
    photos = embeddings_of(cloud(30, 8))
    ask(kept_of(cache, photos), lambda: compute(photos))
    more: dict[str, Any] = {}
    if change == "photos":
        photos = replace(photos, photo_ids=photos.photo_ids + 1)
    elif change == "model":
        photos = replace(photos, model_id="other")
    elif change == "edition":
        monkeypatch.setattr(kept, "EDITION", kept.EDITION + 1)
    elif ask is Kept.projection:
        return
    else:
        more = {"k": 9}
    with pytest.raises(AssertionError, match="computed again"):
        ask(kept_of(cache, photos), refuse, **more)


@EACH
@pytest.mark.parametrize("damage", ["altered", "cut", "no archive", "other photos", "other fields"])
def test_a_damaged_entry_is_computed_anew_and_replaced(cache: Cache, tmp_path: Path, kind: str, damage: str) -> None:
    compute, ask = CASES[kind]
    photos = embeddings_of(cloud(30, 8))
    first = ask(kept_of(cache, photos), lambda: compute(photos))
    with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
        key, data = connection.execute("SELECT key, data FROM results").fetchone()
        if damage == "altered":
            connection.execute("UPDATE results SET data = ?", (data[:200] + bytes([data[200] ^ 1]) + data[201:],))
        elif damage == "cut":
            connection.execute("UPDATE results SET data = ?", (data[:-30],))
    connection.close()
    if damage == "no archive":
        cache.put_result(key, b"something else")
    elif damage in ("other photos", "other fields"):
        fewer = embeddings_of(cloud(20, 8))
        other = "map" if damage == "other fields" and kind != "map" else "groups" if damage == "other fields" else kind
        if damage == "other photos" and kind == "elbow":
            return  # a curve has no photos
        make, keep = CASES[other]
        keep(kept_of(cache, fewer), lambda: make(fewer))
        with sqlite3.connect(tmp_path / "cache.sqlite") as connection:
            (strange,) = connection.execute("SELECT data FROM results ORDER BY id DESC").fetchone()
        connection.close()
        cache.put_result(key, strange)
    assert same(ask(kept_of(cache, photos), lambda: compute(photos)), first)
    assert same(ask(kept_of(cache, photos), refuse), first)


def shown(order: Int64Array) -> Float32Array:
    """Two words of each photo, told apart by the row of its vector."""
    return np.stack([order / 100, 1 - order / 100], axis=1).astype(np.float32)


def test_words_are_kept_in_the_order_of_ids_and_mapped(cache: Cache, tmp_path: Path) -> None:
    photos = embeddings_of(cloud(30, 8))
    ask = partial(kept_of(cache, photos).words, head="a", count=2, root=tmp_path)
    first = ask(shown)
    assert first is not None
    assert first.tolist() == shown(np.argsort(photos.photo_ids)).tolist()
    assert not first.flags.writeable  # a file's
    turned = np.random.default_rng(0).permutation(len(photos.photo_ids))
    renamed = Embeddings(photos.photo_ids[turned], photos.vectors[turned], photos.model_id, photos.clusters)
    again = kept_of(cache, renamed).words(refuse, "a", 2, tmp_path)
    assert again is not None
    assert again.tolist() == first.tolist()
    assert kept_of(cache, photos).words(lambda _: None, "b", 2, tmp_path) is None  # of a model without words
    assert ask(refuse) is not None


@pytest.mark.parametrize("change", ["photos", "model", "head", "folder", "cut", "gone", "altered"])
def test_words_of_others_and_damaged_ones_are_computed_anew(cache: Cache, tmp_path: Path, change: str) -> None:
    photos, head, root = embeddings_of(cloud(30, 8)), "a", tmp_path
    kept_of(cache, photos).words(shown, head, 2, root)
    (file,) = (tmp_path / "kept").iterdir()
    if change == "photos":
        photos = replace(photos, photo_ids=photos.photo_ids + 1)
    elif change == "model":
        photos = replace(photos, model_id="other")
    elif change == "head":
        head = "b"
    elif change == "folder":
        root = tmp_path / "other"
    elif change == "cut":
        file.write_bytes(file.read_bytes()[:-8])
    elif change == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-4] + np.float32(np.nan).tobytes())
    found = kept_of(cache, photos).words(lambda order: shown(order) / 2, head, 2, root)
    assert found is not None
    assert found.tolist() == (shown(np.argsort(photos.photo_ids)) / 2).tolist()
    assert kept_of(cache, photos).words(refuse, head, 2, root) is not None


def test_words_that_cannot_be_kept_are_there_all_the_same(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        (tmp_path / "kept").write_bytes(b"in the way")
        photos = embeddings_of(cloud(30, 8))
        found = kept_of(cache, photos).words(shown, "a", 2, tmp_path)
    assert found is not None
    assert found.shape == (30, 2)


def test_the_oldest_results_make_room(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_RESULTS_BYTES", 100)
    for name in "abc":
        assert cache.put_result(name, name.encode() * 40)
    assert [cache.result(name) is None for name in "abc"] == [True, False, False]
    cache.put_result("b", b"b" * 41)
    cache.put_result("d", b"d" * 40)
    assert [cache.result(name) is None for name in "bcd"] == [False, True, False]
    cache.clear()
    assert cache.result("d") is None


def test_groups_with_unsure_photos_are_those_of_a_grouping_with_that_threshold() -> None:
    photos = embeddings_of(blobs(noise=0.4)[0])
    grouper = Grouper(photos)
    for below in (0.0, 0.4, 0.8, 1.0):
        here: Clustering = with_unsure(grouper.cluster(CTX, k=9), below)
        assert same(here, grouper.cluster(CTX, k=9, unsure_below=below))
        sizes = np.bincount(here.labels[here.labels >= 0], minlength=1)
        assert (np.diff(sizes) <= 0).all()


def test_kinds_of_results_are_told_apart(cache: Cache) -> None:
    photos = embeddings_of(cloud(30, 8))
    store = kept_of(cache, photos)
    assert isinstance(store.elbow(lambda: Grouper(photos).elbow(CTX, k_max=4)), Elbow)
    assert isinstance(store.projection(lambda: project.project(photos, CTX)), Projection)
    assert isinstance(store.clustering(lambda: Grouper(photos).cluster(CTX, k=2)), Clustering)
