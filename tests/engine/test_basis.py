"""Photos that come and go move no other: groups, their number and the map stay as they were made."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache as remembered
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.basis import Basis
from desktop_app.engine.cache.cache import Batch, Cache
from desktop_app.engine.clustering import CLUSTERERS, clusterer
from desktop_app.engine.clustering.features import Features, learn
from desktop_app.engine.clustering.unsure import with_unsure
from desktop_app.engine.errors import UsageError
from desktop_app.engine.index.identity import photo_ids
from desktop_app.engine.job import JobContext
from desktop_app.engine.kept import Kept
from desktop_app.engine.types import Clustering, Embeddings
from tests.helpers.point_sets import blobs

CTX = JobContext()
POOL = blobs((30, 25, 20, 15), noise=0.5)[0]
CLUSTERS = np.abs(POOL[:, :6]) / np.abs(POOL[:, :6]).sum(axis=1, keepdims=True)
MADE = range(60)
SOME = ["kmeans", "agglomerative", "gmm", "hdbscan"]


class Folder:
    """Photos of the pool that a folder holds; a number is a content, the same one again a copy."""

    def __init__(self, cache: Cache, numbers: Sequence[int]) -> None:
        hashes = [f"content {number}" for number in numbers]
        self.ids = photo_ids(hashes)
        self.contents = hashes
        self.embeddings = Embeddings(self.ids, POOL[list(numbers)], "model", CLUSTERS[list(numbers)])
        rows = {one: np.concatenate([POOL[n], CLUSTERS[n]]) for one, n in zip(hashes, numbers, strict=True)}
        cache.put(Batch(vectors=rows, model_id="model"))
        self.cache = cache

    def of(self, basis: np.ndarray | None = None) -> Basis:
        wanted = np.empty(0, np.int64) if basis is None else np.sort(basis)
        return Basis(self.cache, self.embeddings, lambda: self.contents, wanted)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    with Cache(tmp_path_factory.mktemp("cache")) as opened:
        yield opened


def groups(made: Basis, method: str = "kmeans", k: int | None = 5) -> Clustering:
    params = clusterer(method).params()
    return made.cluster(CTX, method=method, k=k, space="embedding", seed=0, params=params)


def by_id(found: Clustering) -> dict[int, tuple[int, int, float]]:
    rows = zip(found.photo_ids.tolist(), found.best.tolist(), found.second.tolist(), found.confidence, strict=True)
    return {photo: (best, second, round(float(sure), 4)) for photo, best, second, sure in rows}


def part(found: dict[int, tuple[int, int, float]], ids: Sequence[int]) -> dict[int, tuple[int, int, float]]:
    return {photo: found[photo] for photo in ids if photo in found}


@remembered
def _first(made: Cache, k: int) -> dict[int, tuple[int, int, float]]:
    return by_id(groups(Folder(made, MADE).of(), k=k))


@given(
    gone=st.sets(st.sampled_from(MADE), max_size=55),
    came=st.lists(st.sampled_from(range(60, 90)), unique=True, max_size=30),
    k=st.integers(1, 12),
    order=st.randoms(use_true_random=False),
)
def test_whatever_comes_and_goes_no_photo_that_stays_moves(
    long_lived: Cache, gone: set[int], came: list[int], k: int, order: random.Random
) -> None:
    first = _first(long_lived, k)
    basis = np.array(sorted(first))
    numbers = [*(n for n in MADE if n not in gone), *came]
    there = by_id(groups(Folder(long_lived, numbers).of(basis), k=k))
    stayed = photo_ids([f"content {n}" for n in MADE if n not in gone]).tolist()
    assert part(there, stayed) == part(first, stayed)
    order.shuffle(numbers)
    assert by_id(groups(Folder(long_lived, numbers).of(basis), k=k)) == there, "the order of files matters"
    # Each joined by itself: fewer newcomers, or the photos back again, change nothing for the others.
    fewer = by_id(groups(Folder(long_lived, [*MADE, *came[::2]]).of(basis), k=k))
    assert fewer == part(there | first, list(fewer))


@pytest.mark.parametrize("passing", [True, False])
def test_how_others_join_is_kept_unless_these_photos_are_passing(cache: Cache, passing: bool) -> None:
    folder = Folder(cache, MADE)
    made = Basis(cache, folder.embeddings, lambda: folder.contents, np.empty(0, np.int64), passing=passing)
    found = groups(made)
    made_anew: list[bool] = []

    def features() -> Features:
        made_anew.append(True)
        return learn(POOL[MADE], "embedding", CTX)[0]

    Kept(cache, folder.ids, "model", clusters=True).features(features, space="embedding")
    assert made_anew == [True] * passing
    assert by_id(found) == by_id(groups(Folder(cache, MADE).of()))


@pytest.mark.parametrize("method", SOME)
def test_every_method_leaves_photos_where_they_were(cache: Cache, method: str) -> None:
    first = by_id(groups(Folder(cache, MADE).of(), method))
    basis = np.array(sorted(first))
    there = groups(Folder(cache, range(10, 90)).of(basis), method)
    stayed = photo_ids([f"content {n}" for n in range(10, 60)]).tolist()
    assert part(by_id(there), stayed) == part(first, stayed)
    assert set(there.best.tolist()) <= {best for best, _, _ in first.values()}
    assert ((there.confidence >= 0) & (there.confidence <= 1)).all()
    assert with_unsure(there, 0.5).k <= there.k


def test_curve_and_map_are_those_of_before_and_newcomers_have_a_place(cache: Cache) -> None:
    before = Folder(cache, MADE).of()
    basis = np.sort(Folder(cache, MADE).ids)
    after = Folder(cache, [*range(5, 60), *range(60, 90), 70]).of(basis)
    assert np.array_equal(before.elbow(CTX, k_max=8).inertia, after.elbow(CTX, k_max=8).inertia)
    first, then = before.project(CTX), after.project(CTX)
    places = dict(zip(first.photo_ids.tolist(), first.xy.tolist(), strict=True))
    now = dict(zip(then.photo_ids.tolist(), then.xy.tolist(), strict=True))
    assert all(now[photo] == place for photo, place in places.items() if photo in now)
    assert len(now) == 86
    assert now[photo_ids(["content 70"])[0]] == now[photo_ids(["content 70"] * 2)[1]]
    unit = POOL[70] / np.linalg.norm(POOL[70])
    assert now[photo_ids(["content 70"])[0]] == pytest.approx((unit - first.mean) @ first.components.T, abs=1e-5)


def test_a_copy_goes_where_the_other_is_also_on_a_border(cache: Cache) -> None:
    first = groups(Folder(cache, MADE).of(), "agglomerative", 7)
    basis = np.sort(first.photo_ids)
    twice = groups(Folder(cache, [*MADE, *MADE]).of(basis), "agglomerative", 7)
    assert twice.best[60:].tolist() == twice.best[:60].tolist() == first.best.tolist()
    assert np.array_equal(twice.confidence[60:], first.confidence)


def test_a_copy_that_goes_moves_no_other(cache: Cache) -> None:
    with_copies = [*MADE, 3, 3, 8]
    first = by_id(groups(Folder(cache, with_copies).of()))
    for fewer in ([*MADE, 3], [n for n in MADE if n != 8], [n for n in with_copies if n != 3]):
        there = by_id(groups(Folder(cache, fewer).of(np.array(sorted(first)))))
        assert there == part(first, list(there))


def test_what_the_cache_lost_is_grouped_without(cache: Cache, tmp_path: Path) -> None:
    basis = np.sort(Folder(cache, MADE).ids)
    with Cache(tmp_path / "new") as empty:
        strangers = Folder(empty, range(60, 90))
        assert by_id(groups(strangers.of(basis))) == by_id(groups(strangers.of())), "nothing known: all are the basis"
        left = Folder(empty, range(20, 70))
        there = groups(left.of(basis))
        assert by_id(there) == by_id(groups(left.of(np.sort(Folder(cache, range(20, 60)).ids))))


def test_groups_of_photos_that_have_gone_are_announced_no_more(cache: Cache) -> None:
    first = groups(Folder(cache, MADE).of(), k=5)
    assert first.next_split is not None
    left = [n for n in MADE if first.best[n] != first.next_split]
    there = groups(Folder(cache, left).of(np.sort(first.photo_ids)), k=5)
    assert there.next_split is None
    assert first.next_join is not None
    left = [n for n in MADE if first.best[n] != first.next_join[0]]
    assert groups(Folder(cache, left).of(np.sort(first.photo_ids)), k=5).next_join is None


def test_more_groups_than_photos_they_are_made_of_are_as_many_as_can_be(cache: Cache) -> None:
    basis = np.sort(Folder(cache, range(6)).ids)
    many = Folder(cache, range(40))
    assert groups(many.of(basis), k=30).best.max() == 5
    with pytest.raises(UsageError, match="41 groups cannot be made of 40 photos"):
        groups(many.of(basis), k=41)
    few = Folder(cache, range(3))
    assert groups(few.of(basis), k=6).k == 6  # numbers of all six stay, whoever is there
    with pytest.raises(UsageError, match="7 groups cannot be made of 6 photos"):
        groups(few.of(basis), k=7)


def test_the_next_photo_needs_nothing_but_what_is_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Folder(cache, MADE).of()
    made.project(CTX)
    made.elbow(CTX, k_max=6)
    groups(made)
    after = Folder(cache, range(5, 70)).of(np.sort(Folder(cache, MADE).ids))

    def refuse(*_: object) -> object:
        raise AssertionError("computed again")

    monkeypatch.setattr(Basis, "_grouper", refuse)
    monkeypatch.setattr(Basis, "_embeddings", refuse)
    after.project(CTX)
    after.elbow(CTX, k_max=6)
    assert groups(after).k == 5


def test_all_methods_are_known_to_join(cache: Cache) -> None:
    """Those that take longer, once."""
    basis = np.sort(Folder(cache, MADE).ids)
    for method in CLUSTERERS.keys() - set(SOME):
        first = by_id(groups(Folder(cache, MADE).of(), method, 4))
        there = by_id(groups(Folder(cache, range(90)).of(basis), method, 4))
        assert part(there, list(first)) == first, method
