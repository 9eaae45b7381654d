"""What every clustering method owes, over the registry."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_app.engine import evaluate
from desktop_app.engine.clustering import (
    CLUSTERERS,
    Grouper,
    by_size,
    cluster,
    kmeans,
    read_params,
    scan_head,
)
from desktop_app.engine.clustering.base import centroid_confidence
from desktop_app.engine.clustering.calibration import calibrated
from desktop_app.engine.clustering.features import DIMENSIONS, distinct, prepare
from desktop_app.engine.computing import child
from desktop_app.engine.computing.child import ChildDied
from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import UNSURE, Embeddings
from tests.helpers.point_sets import blobs, cloud, embeddings_of
from tests.helpers.processes import watched

CTX = JobContext()
EVERY = pytest.mark.parametrize("method", CLUSTERERS)
APART = ("affinity", "hdbscan")
"""Methods that work in a process of their own: how often they check hangs on the clock, and cancelling ends it."""


@EVERY
def test_separate_groups_are_found(method: str) -> None:
    vectors, truth = blobs()
    found = cluster(embeddings_of(vectors), CTX, method=method, k=4)
    assert found.k == 4
    assert evaluate.hungarian_accuracy(truth, found.labels) == (
        1.0 if method != "hdbscan" else pytest.approx(1, abs=0.05)
    )
    assert found.photo_ids.tolist() == list(range(1, 141))


@pytest.mark.parametrize("method", [name for name in CLUSTERERS if name != "model"])
def test_separate_groups_are_counted_when_no_number_is_given(method: str) -> None:
    vectors, truth = blobs()
    found = cluster(embeddings_of(vectors), CTX, method=method)
    assert found.k == 4
    assert evaluate.hungarian_accuracy(truth, found.labels) > 0.95


@EVERY
def test_the_order_in_which_photos_lie_changes_nothing(method: str) -> None:
    rng = np.random.default_rng(5)
    photos = embeddings_of(rng.normal(size=(80, 24)))
    ids = rng.permutation(10**6)[:80]
    order = rng.permutation(80)
    one = Embeddings(ids, photos.vectors, "model", photos.clusters)
    other = Embeddings(ids[order], photos.vectors[order], "model", photos.clusters[order])
    for k in (None, 7) if method == "kmeans" else (7,):
        here, there = (cluster(folder, CTX, method=method, k=k) for folder in (one, other))
        assert there.photo_ids.tolist() == ids[order].tolist()
        assert there.labels.tolist() == here.labels[order].tolist()
        assert there.confidence.tolist() == here.confidence[order].tolist()


@EVERY
def test_labels_fall_by_size_and_results_are_plain_data(method: str) -> None:
    found = cluster(embeddings_of(blobs()[0]), CTX, method=method, k=4, seed=3)
    sizes = np.bincount(found.labels[found.labels >= 0])
    assert (np.diff(sizes) <= 0).all()
    assert found.labels.dtype == np.int32
    assert found.confidence.dtype == np.float32
    assert found.confidence.min() >= 0
    assert found.confidence.max() <= 1
    assert (found.method, found.seed) == (method, 3)
    assert json.loads(json.dumps(found.params)) == found.params


@EVERY
def test_the_same_seed_gives_the_same_groups(method: str) -> None:
    library = embeddings_of(cloud(150, 16))
    once, again = (cluster(library, CTX, method=method, k=6, seed=5) for _ in range(2))
    assert once.labels.tolist() == again.labels.tolist()
    assert once.confidence.tolist() == again.confidence.tolist()


@EVERY
@pytest.mark.parametrize("k", [None, 1, 2])
@pytest.mark.parametrize("space", ["embedding", "pca2"])
def test_one_two_three_and_identical_photos(method: str, k: int | None, space: str) -> None:
    one, three = cloud(1, 32), cloud(3, 32)
    for vectors in (
        one,
        one.repeat(2, 0),
        one.repeat(40, 0),
        np.zeros((5, 32)),
        cloud(2, 32),
        three,
        three.repeat(4, 0),
    ):
        if k is not None and k > len(vectors):
            continue
        found = cluster(embeddings_of(vectors), CTX, method=method, k=k, space=space)
        assert len(found.labels) == len(vectors)
        assert np.isfinite(found.confidence).all()
        if distinct(prepare(vectors.astype(np.float32))) == 1:
            assert not found.labels.any()


@EVERY
def test_copies_of_few_photos_are_not_torn_apart(method: str) -> None:
    vectors = cloud(3, 32).repeat(10, 0)
    found = cluster(embeddings_of(vectors), CTX, method=method, k=7)
    if CLUSTERERS[method].takes_k:
        assert found.k == 3
    for start in range(0, 30, 10):
        assert len(set(found.labels[start : start + 10])) == 1


@EVERY
def test_as_many_groups_as_photos(method: str) -> None:
    found = cluster(embeddings_of(cloud(12, 32)), CTX, method=method, k=12)
    if CLUSTERERS[method].takes_k:
        assert sorted(found.labels) == list(range(12))


@EVERY
def test_cancel_is_heard(method: str) -> None:
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        cluster(embeddings_of(cloud(60)), ctx, method=method, k=3)


class _StopAt(JobContext):
    """Cancels itself at a given check."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self.last = last
        self.checks = 0

    def check(self) -> None:
        self.checks += 1
        if self.checks == self.last:
            self.cancel()
        super().check()


@pytest.mark.parametrize("method", [name for name in CLUSTERERS if name not in APART])
def test_cancel_is_heard_in_the_midst_of_the_work(method: str) -> None:
    library = embeddings_of(cloud(300))
    counter = _StopAt(0)
    cluster(library, counter, method=method, k=5)
    assert counter.checks >= (6 if method != "model" else 3)
    for last in {2, counter.checks // 2, counter.checks}:
        with pytest.raises(Cancelled):
            cluster(library, _StopAt(last), method=method, k=5)


@pytest.mark.parametrize("method", APART)
def test_cancelling_ends_the_process_of_a_method_that_has_one(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started = watched(monkeypatch)
    library, ctx = embeddings_of(cloud(CLUSTERERS[method].max_photos, 32)), JobContext()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(cluster, library, ctx, method=method, k=5)
        while not (started and _at_work(started[0].pid)):
            assert not work.done()
            time.sleep(0.01)
        ctx.cancel()
        with pytest.raises(Cancelled):
            work.result()
    assert len(started) == 1
    assert started[0].returncode not in (None, 0)


def _at_work(pid: int) -> bool:
    """Whether a process has loaded what it works with; where that cannot be seen, whether it was started."""
    maps = Path(f"/proc/{pid}/maps")
    return not maps.parent.parent.exists() or "_affinity" in (text := maps.read_text()) or "_hdbscan" in text


@pytest.mark.parametrize("method", APART)
@pytest.mark.parametrize(("raised", "code"), [(MemoryError(), "out-of-memory"), (ChildDied("why"), "method-ended")])
def test_a_method_that_the_machine_fails_says_so_and_what_to_do(
    method: str, raised: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise raised

    monkeypatch.setattr(child, "call", failing)
    with pytest.raises(UserError) as caught:
        cluster(embeddings_of(cloud(40)), CTX, method=method, k=2)
    assert caught.value.code == code
    assert method in caught.value.message
    assert "kmeans" in caught.value.hint


@EVERY
def test_too_many_photos_are_refused_with_the_limit_and_a_way_out(method: str) -> None:
    count = CLUSTERERS[method].max_photos + 1
    one = np.broadcast_to(np.float32(1), (count, 1))
    library = Embeddings(np.arange(count), one, "model", one)
    with pytest.raises(UsageError, match=f"{count - 1:,}") as caught:
        cluster(library, CTX, method=method, k=2)
    assert caught.value.code == "too-many-photos"
    assert method == "kmeans" or "kmeans" in caught.value.hint


@EVERY
def test_doubtful_photos_become_unsure(method: str) -> None:
    vectors, truth = blobs(noise=0.25)
    vectors[0] = (vectors[truth == 0].mean(axis=0) + vectors[truth == 1].mean(axis=0)) / 2
    embeddings = embeddings_of(vectors)
    assert embeddings.clusters is not None
    embeddings.clusters[0] = 1 / embeddings.clusters.shape[1]
    below = float(cluster(embeddings, CTX, method=method, k=4).confidence[0]) + 0.01
    sure = cluster(embeddings, CTX, method=method, k=4, unsure_below=below)
    assert sure.labels[0] == UNSURE
    assert (sure.labels[sure.confidence < below] == UNSURE).all()
    assert (sure.labels == UNSURE).mean() < 0.5 if method == "hdbscan" else (sure.labels == UNSURE).mean() < 0.2


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"method": "guess"}, "unknown-method"),
        ({"space": "tsne"}, "unknown-space"),
        ({"k": 6}, "k-too-large"),
        ({"k": 0}, "k-too-small"),
    ],
)
def test_impossible_requests_are_usage_errors(request_: dict, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        cluster(embeddings_of(cloud(5)), CTX, **request_)
    assert caught.value.code == code
    assert caught.value.hint
    if code == "unknown-method":
        assert all(name in caught.value.hint for name in CLUSTERERS)


def test_by_size_orders_groups_and_keeps_the_unsure() -> None:
    assert by_size(np.array([7, 7, -1, 2, 2, 2, 9, 4, 4])).tolist() == [1, 1, -1, 0, 0, 0, 3, 2, 2]
    assert by_size(np.array([-1, -1])).tolist() == [-1, -1]
    assert by_size(np.array([], dtype=np.int32)).tolist() == []


def test_prepared_points_have_unit_length_and_forget_scale() -> None:
    vectors = cloud(200, 64)
    points = prepare(vectors)
    assert points.shape == (200, DIMENSIONS)
    assert np.linalg.norm(points, axis=1) == pytest.approx(1.0, abs=1e-5)
    stretched = vectors * np.random.default_rng(0).uniform(0.1, 10, (200, 1)).astype(np.float32)
    assert prepare(stretched) == pytest.approx(points, abs=1e-3)
    assert prepare(vectors, "pca2").shape == (200, 2)


def test_distinct_ignores_rounding_noise_and_negative_zero() -> None:
    points = np.array([[0.5, 0.0], [0.5 + 1e-7, -0.0], [0.5, 1e-7], [0.4, 0.0]], dtype=np.float32)
    assert distinct(points) == 2


def test_confidence_is_half_between_two_groups_and_high_inside() -> None:
    left = np.tile(np.array([[-1, 0], [1, 0]], dtype=np.float32), (500, 1))
    points = np.concatenate([left, left + np.float32([6, 0]), [[3, 0], [4, 0]]]).astype(np.float32)
    labels = np.repeat([0, 1, 0, 0], [1000, 1000, 1, 1]).astype(np.int32)
    confidence = centroid_confidence(points, labels)
    assert confidence[:2000].min() > 0.99
    assert confidence[2000] == pytest.approx(0.5, abs=0.02)
    assert confidence[2001] < 0.1
    assert centroid_confidence(points * 1000, labels) == pytest.approx(confidence, abs=1e-4)
    assert set(centroid_confidence(points, np.zeros_like(labels))) == {1.0}


def test_the_clusters_of_the_model_are_groups_as_they_are_merge_to_fewer_and_split_to_more() -> None:
    vectors, truth = blobs()
    clusters = np.full((140, 9), 0.01, dtype=np.float32)
    kind = truth * 2 + np.arange(140) % 2
    clusters[np.arange(140), kind] = 0.92
    embeddings = Embeddings(np.arange(1, 141), vectors, "model", clusters)
    grouper = Grouper(embeddings)
    own = grouper.cluster(CTX, method="model")
    assert own.k == 8
    assert evaluate.hungarian_accuracy(kind, own.labels) == 1.0
    assert own.confidence == pytest.approx(0.92)
    assert own.params["k"] is None
    merged = grouper.cluster(CTX, method="model", k=4)
    assert evaluate.hungarian_accuracy(truth, merged.labels) == 1.0
    assert merged.confidence == pytest.approx(0.93)
    assert grouper.cluster(CTX, method="model", k=11).k == 11
    assert (grouper.cluster(CTX, method="model", unsure_below=0.95).labels == UNSURE).all()


@EVERY
def test_every_photo_has_a_best_and_a_second_group_whether_it_is_sure_or_not(method: str) -> None:
    vectors, truth = blobs(noise=0.25)
    vectors[0] = vectors[truth == 0].mean(axis=0) * 0.52 + vectors[truth == 1].mean(axis=0) * 0.48
    found = cluster(embeddings_of(vectors), CTX, method=method, k=4, unsure_below=0.6)
    sure = found.labels != UNSURE
    assert found.best.dtype == found.second.dtype == np.int32
    assert (found.best[sure] == found.labels[sure]).all()
    assert (found.best >= 0).all()
    assert (found.second >= 0).all()
    assert (found.best != found.second).all()
    of_kind = [np.bincount(found.best[truth == kind]).argmax() for kind in (0, 1)]
    assert {int(found.best[0]), int(found.second[0])} == set(of_kind)


def test_a_single_group_leaves_no_second() -> None:
    found = cluster(embeddings_of(cloud(9)), CTX, k=1)
    assert not found.best.any()
    assert (found.second == UNSURE).all()


def test_a_group_nobody_is_sure_of_keeps_its_photos_as_their_best() -> None:
    embeddings = embeddings_of(blobs(noise=0.4)[0])
    plain = cluster(embeddings, CTX, k=20)
    most = max(plain.confidence[plain.labels == one].max() for one in range(20))
    least = min(plain.confidence[plain.labels == one].max() for one in range(20))
    doubting = cluster(embeddings, CTX, k=20, unsure_below=float((most + least) / 2))
    assert doubting.k < 20
    assert set(doubting.best.tolist()) == set(range(20))
    assert evaluate.ari(plain.best, doubting.best) == 1.0


def test_calibrated_log_odds_lie_on_a_line_and_the_ends_stay() -> None:
    odds = np.array([-3.0, -0.5, 0.0, 2.0])
    before = (1 / (1 + np.exp(-odds))).astype(np.float32)
    after = calibrated(before, 0.8, 0.3)
    assert np.log(after / (1 - after)) == pytest.approx(0.8 * odds + 0.3, abs=1e-4)
    assert calibrated(np.float32([0, 1]), 0.8, 5.0).tolist() == [0, 1]
    assert (np.diff(calibrated(np.linspace(0, 1, 101, dtype=np.float32), 0.3, -0.4)) > 0).all()


def test_a_model_without_clusters_is_said_to_have_none() -> None:
    with pytest.raises(UsageError) as caught:
        cluster(Embeddings(np.arange(1, 6), cloud(5), "model"), CTX, method="model")
    assert caught.value.code == "no-clusters"


@pytest.mark.parametrize("method", ["agglomerative", "scan", "temi"])
def test_another_number_of_groups_costs_no_new_fit_and_gives_what_a_new_one_would(method: str) -> None:
    embeddings = embeddings_of(cloud(120, 16))
    counter = _StopAt(0)
    kept = Grouper(embeddings)
    kept.cluster(counter, method=method, k=3)
    first, counter.checks = counter.checks, 0
    moved = kept.cluster(counter, method=method, k=5)
    assert counter.checks < first / 2
    anew = cluster(embeddings, CTX, method=method, k=5)
    assert moved.labels.tolist() == anew.labels.tolist()
    assert moved.confidence.tolist() == anew.confidence.tolist()
    other = kept.cluster(CTX, method=method, k=5, seed=1)
    assert other.labels.tolist() == cluster(embeddings, CTX, method=method, k=5, seed=1).labels.tolist()


def test_parameters_are_read_from_text_within_their_bounds() -> None:
    found = read_params("scan", ["self_label=true", "heads = 3", "scale=4"])
    assert found == scan_head.ScanParams(self_label=True, heads=3, scale=4.0)
    assert read_params("kmeans", []) == kmeans.KMeansParams()
    for wrong in ("heads=0", "heads=many", "haeds=3", "self_label=1", "heads"):
        with pytest.raises(UsageError) as caught:
            read_params("scan", [wrong])
        assert caught.value.code == "bad-parameter"
        assert "entropy_weight=2.0" in caught.value.hint
