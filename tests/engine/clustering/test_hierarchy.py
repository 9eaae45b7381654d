"""One tree for every number of groups: each divides one group of the one before, and says which."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from desktop_app.engine import evaluate
from desktop_app.engine.clustering import Grouper, cluster, hierarchy, kmeans
from desktop_app.engine.clustering.agglomerative import ward
from desktop_app.engine.clustering.base import Material
from desktop_app.engine.clustering.features import prepare
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Clustering
from tests.helpers.point_sets import blobs, cloud, embeddings_of

CTX = JobContext()
NESTED = pytest.mark.parametrize("method", ["kmeans", "agglomerative"])


def _parts(found: Clustering, groups: set[int]) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(found.labels == one).tolist()) for one in groups}


@NESTED
def test_one_more_group_divides_the_group_that_was_announced_and_leaves_all_others(method: str) -> None:
    grouper = Grouper(embeddings_of(cloud(180, 16)))
    levels = [grouper.cluster(CTX, method=method, k=k) for k in (*range(1, 60), 179, 180)]
    assert [level.k for level in levels] == [*range(1, 60), 179, 180]
    for few, many in itertools.pairwise(levels):
        if many.k != few.k + 1:
            continue
        assert few.next_split is not None
        assert many.next_join is not None
        kept = set(range(few.k)) - {few.next_split}
        same = _parts(few, kept)
        assert same == _parts(many, set(range(many.k)) - set(many.next_join))
        halves = _parts(many, set(many.next_join))
        assert frozenset().union(*halves) == next(iter(_parts(few, {few.next_split})))
    assert levels[0].next_join is None
    assert levels[-1].next_split is None


@NESTED
def test_the_way_to_a_number_of_groups_changes_nothing(method: str) -> None:
    embeddings = embeddings_of(cloud(150, 16))
    wandering = Grouper(embeddings)
    for k in (70, 3, 12, 48, 12):
        there = wandering.cluster(CTX, method=method, k=k)
        anew = cluster(embeddings, CTX, method=method, k=k)
        assert there.labels.tolist() == anew.labels.tolist()
        assert (there.next_split, there.next_join) == (anew.next_split, anew.next_join)


@pytest.mark.parametrize("method", ["gmm", "spectral"])
def test_methods_that_group_anew_for_each_number_announce_nothing(method: str) -> None:
    found = cluster(embeddings_of(cloud(60, 16)), CTX, method=method, k=4)
    assert (found.next_split, found.next_join) == (None, None)


@NESTED
def test_announced_groups_carry_the_numbers_that_are_shown_although_some_photos_are_unsure(method: str) -> None:
    embeddings = embeddings_of(blobs(noise=0.4)[0])
    sure, doubting = (cluster(embeddings, CTX, method=method, k=5, unsure_below=below) for below in (0.0, 0.6))
    assert (doubting.labels < 0).any()
    for announced in ("next_split", "next_join"):
        whole, part = getattr(sure, announced), getattr(doubting, announced)
        for one, other in zip(np.atleast_1d(whole), np.atleast_1d(part), strict=True):
            assert set(sure.labels[doubting.labels == other]) <= {one}


def test_copies_announce_no_division_that_could_not_be_had() -> None:
    found = cluster(embeddings_of(cloud(3, 32).repeat(10, 0)), CTX, k=3)
    assert found.k == 3
    assert found.next_split is None
    assert found.next_join is not None


def test_settling_lowers_the_scatter_of_all_numbers_together() -> None:
    points = prepare(cloud(400, 24))
    start = kmeans.fit(points, 12, CTX, restarts=1).labels

    def cost(leaves: np.ndarray, tree: object) -> float:
        total = 0.0
        for k in range(2, 13):
            labels = tree.cut(k)[leaves]  # type: ignore[attr-defined]
            centers = np.stack([points[labels == one].mean(axis=0) for one in range(k)])
            total += np.log(((points - centers[labels]) ** 2).sum()) / k
        return total

    before = cost(*hierarchy.settle(points, start, CTX, rounds=0))
    after = cost(*hierarchy.settle(points, start, CTX))
    assert after < before - 0.01


def test_settling_needs_no_more_than_ward_where_groups_are_far_apart() -> None:
    vectors, truth = blobs()
    points = prepare(vectors)
    leaves, tree = hierarchy.settle(points, truth.astype(np.int32), CTX)
    assert evaluate.ari(truth, leaves) == 1.0
    centers = np.stack([points[leaves == one].mean(axis=0) for one in range(4)])
    assert tree.cut(2).tolist() == ward(centers, CTX, np.bincount(leaves)).cut(2).tolist()


def test_scatter_is_near_that_of_plain_kmeans_at_every_number() -> None:
    points = prepare(blobs((90, 70, 50, 30, 20, 10), noise=0.4)[0])
    tree = hierarchy.fit(Material(points), kmeans.KMeansParams(), 0, CTX)
    for k in (2, 4, 6, 9, 15, 30):
        labels = tree.groups(k, 0, CTX).labels
        centers = np.stack([points[labels == one].mean(axis=0) for one in range(k)])
        assert ((points - centers[labels]) ** 2).sum() < 1.06 * kmeans.fit(points, k, CTX).inertia


def test_a_large_folder_is_grouped_from_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, truth = blobs((120, 90, 60))
    monkeypatch.setattr(hierarchy, "_SAMPLE", 100)
    found = cluster(embeddings_of(vectors), CTX, k=3)
    assert evaluate.hungarian_accuracy(truth, found.labels) == 1.0
    assert cluster(embeddings_of(vectors), CTX, k=60).k == 60


def test_a_cancelled_division_leaves_the_tree_whole() -> None:
    points = prepare(cloud(90, 16))
    tree = hierarchy.fit(Material(points), kmeans.KMeansParams(), 0, CTX)
    for patience in (3, 9, 40):
        impatient = _Impatient(patience)
        with pytest.raises(Cancelled):
            tree.groups(80, 0, impatient)
    anew = hierarchy.fit(Material(points), kmeans.KMeansParams(), 0, CTX)
    assert tree.groups(70, 0, CTX).labels.tolist() == anew.groups(70, 0, CTX).labels.tolist()


class _Impatient(JobContext):
    def __init__(self, patience: int) -> None:
        super().__init__()
        self.patience = patience

    def check(self) -> None:
        self.patience -= 1
        if self.patience < 0:
            self.cancel()
        super().check()
