"""What every clustering method owes, over the registry; then each method against its definition or a library."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import HDBSCAN, AffinityPropagation, KMeans
from sklearn.mixture import GaussianMixture

from desktop_app.engine import child, evaluate
from desktop_app.engine.child import ChildDied
from desktop_app.engine.clustering import (
    CLUSTERERS,
    Grouper,
    affinity,
    agglomerative,
    by_size,
    cluster,
    gmm,
    hdbscan,
    kmeans,
    read_params,
    scan_head,
    spectral,
)
from desktop_app.engine.clustering.base import Material, centroid_confidence
from desktop_app.engine.clustering.features import DIMENSIONS, distinct, prepare
from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import UNSURE, Embeddings
from tests.helpers.processes import watched

CTX = JobContext()
EVERY = pytest.mark.parametrize("method", CLUSTERERS)
APART = ("affinity", "hdbscan")
"""Methods that work in a process of their own: how often they check hangs on the clock, and cancelling ends it."""


def _embeddings(vectors: np.ndarray) -> Embeddings:
    """With clusters as of a model that knows a dozen kinds, each of them like one photo of the folder."""
    exact = vectors.astype(np.float32)
    unit = normalize(exact)
    likeness = np.exp(30 * (unit @ unit[:: max(1, len(unit) // 12)].T - 1))
    clusters = likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-12)
    return Embeddings(np.arange(1, len(vectors) + 1), exact, "model", clusters)


def _blobs(
    sizes: tuple[int, ...] = (50, 40, 30, 20), width: int = 48, noise: float = 0.15
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    truth = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centers = np.linalg.qr(rng.normal(size=(width, width)))[0][: len(sizes)]
    return (centers[truth] + rng.normal(size=(len(truth), width)) * noise / np.sqrt(width) * 3).astype(
        np.float32
    ), truth


def _cloud(count: int = 400, width: int = 8, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)


@EVERY
def test_separate_groups_are_found(method: str) -> None:
    vectors, truth = _blobs()
    found = cluster(_embeddings(vectors), CTX, method=method, k=4)
    assert found.k == 4
    assert evaluate.hungarian_accuracy(truth, found.labels) == (
        1.0 if method != "hdbscan" else pytest.approx(1, abs=0.05)
    )
    assert found.photo_ids.tolist() == list(range(1, 141))


@pytest.mark.parametrize("method", [name for name in CLUSTERERS if name != "model"])
def test_separate_groups_are_counted_when_no_number_is_given(method: str) -> None:
    vectors, truth = _blobs()
    found = cluster(_embeddings(vectors), CTX, method=method)
    assert found.k == 4
    assert evaluate.hungarian_accuracy(truth, found.labels) > 0.95


@EVERY
def test_the_order_in_which_photos_lie_changes_nothing(method: str) -> None:
    rng = np.random.default_rng(5)
    photos = _embeddings(rng.normal(size=(80, 24)))
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
    found = cluster(_embeddings(_blobs()[0]), CTX, method=method, k=4, seed=3)
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
    library = _embeddings(_cloud(150, 16))
    once, again = (cluster(library, CTX, method=method, k=6, seed=5) for _ in range(2))
    assert once.labels.tolist() == again.labels.tolist()
    assert once.confidence.tolist() == again.confidence.tolist()


@EVERY
@pytest.mark.parametrize("k", [None, 1, 2])
@pytest.mark.parametrize("space", ["embedding", "pca2"])
def test_one_two_three_and_identical_photos(method: str, k: int | None, space: str) -> None:
    one, three = _cloud(1, 32), _cloud(3, 32)
    for vectors in (
        one,
        one.repeat(2, 0),
        one.repeat(40, 0),
        np.zeros((5, 32)),
        _cloud(2, 32),
        three,
        three.repeat(4, 0),
    ):
        if k is not None and k > len(vectors):
            continue
        found = cluster(_embeddings(vectors), CTX, method=method, k=k, space=space)
        assert len(found.labels) == len(vectors)
        assert np.isfinite(found.confidence).all()
        if distinct(prepare(vectors.astype(np.float32))) == 1:
            assert not found.labels.any()


@EVERY
def test_copies_of_few_photos_are_not_torn_apart(method: str) -> None:
    vectors = _cloud(3, 32).repeat(10, 0)
    found = cluster(_embeddings(vectors), CTX, method=method, k=7)
    if CLUSTERERS[method].takes_k:
        assert found.k == 3
    for start in range(0, 30, 10):
        assert len(set(found.labels[start : start + 10])) == 1


@EVERY
def test_as_many_groups_as_photos(method: str) -> None:
    found = cluster(_embeddings(_cloud(12, 32)), CTX, method=method, k=12)
    if CLUSTERERS[method].takes_k:
        assert sorted(found.labels) == list(range(12))


@EVERY
def test_cancel_is_heard(method: str) -> None:
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        cluster(_embeddings(_cloud(60)), ctx, method=method, k=3)


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
    library = _embeddings(_cloud(300))
    counter = _StopAt(0)
    cluster(library, counter, method=method, k=5)
    assert counter.checks >= (6 if method != "model" else 3)
    for last in {2, counter.checks // 2, counter.checks}:
        with pytest.raises(Cancelled):
            cluster(library, _StopAt(last), method=method, k=5)


@pytest.mark.parametrize("method", APART)
def test_cancelling_ends_the_process_of_a_method_that_has_one(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started = watched(monkeypatch)
    library, ctx = _embeddings(_cloud(CLUSTERERS[method].max_photos, 32)), JobContext()
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
        cluster(_embeddings(_cloud(40)), CTX, method=method, k=2)
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
    vectors, truth = _blobs(noise=0.25)
    vectors[0] = (vectors[truth == 0].mean(axis=0) + vectors[truth == 1].mean(axis=0)) / 2
    embeddings = _embeddings(vectors)
    assert embeddings.clusters is not None
    embeddings.clusters[0] = 1 / embeddings.clusters.shape[1]
    sure = cluster(embeddings, CTX, method=method, k=4, unsure_below=0.8)
    assert sure.labels[0] == UNSURE
    assert (sure.labels[sure.confidence < 0.8] == UNSURE).all()
    assert (sure.labels == UNSURE).mean() < 0.5


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
        cluster(_embeddings(_cloud(5)), CTX, **request_)
    assert caught.value.code == code
    assert caught.value.hint
    if code == "unknown-method":
        assert all(name in caught.value.hint for name in CLUSTERERS)


def test_by_size_orders_groups_and_keeps_the_unsure() -> None:
    assert by_size(np.array([7, 7, -1, 2, 2, 2, 9, 4, 4])).tolist() == [1, 1, -1, 0, 0, 0, 3, 2, 2]
    assert by_size(np.array([-1, -1])).tolist() == [-1, -1]
    assert by_size(np.array([], dtype=np.int32)).tolist() == []


def test_prepared_points_have_unit_length_and_forget_scale() -> None:
    vectors = _cloud(200, 64)
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


@pytest.mark.parametrize(("count", "width", "k"), [(300, 2, 7), (500, 32, 10), (3000, 16, 25)])
def test_kmeans_inertia_is_as_good_as_scikit_learn(count: int, width: int, k: int) -> None:
    points = _cloud(count, width)
    reference = KMeans(k, n_init=10, random_state=0).fit(points).inertia_
    result = kmeans.fit(points, k, CTX)
    assert result.inertia <= reference * 1.01
    squared = ((points - result.centers[result.labels]) ** 2).sum()
    assert result.inertia == pytest.approx(squared, rel=1e-4)
    for group in range(k):
        assert result.centers[group] == pytest.approx(points[result.labels == group].mean(axis=0), abs=0.05)


def test_kmeans_assigns_every_point_to_its_nearest_center() -> None:
    points = _cloud(2000, 5)
    result = kmeans.fit(points, 9, CTX, restarts=2)
    distances = ((points[:, None] - result.centers) ** 2).sum(axis=2)
    assert distances[np.arange(2000), result.labels] == pytest.approx(distances.min(axis=1), abs=1e-4)


def test_kmeans_threads_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    points = _cloud(2000, 8)
    alone = kmeans.fit(points, 6, CTX, restarts=4)
    monkeypatch.setattr(kmeans, "_WORTH_A_THREAD", 0)
    together = kmeans.fit(points, 6, CTX, restarts=4)
    assert alone.labels.tolist() == together.labels.tolist()


def test_kmeans_fills_empty_groups_from_the_most_scattered() -> None:
    points = np.array([[0, 0], [0, 1], [10, 0], [10, 8], [10, 16]], dtype=np.float32)
    centers = np.array([[0, 0.5], [10, 8], [99, 99]], dtype=np.float32)
    result = kmeans.lloyd(points, centers, CTX)
    assert len(set(result.labels)) == 3
    assert result.labels[0] == result.labels[1]
    assert len(set(result.labels[2:])) == 2


@pytest.mark.parametrize("k", [2, 5, 30])
def test_ward_agrees_with_scipy(k: int) -> None:
    points = _cloud(250, 6)
    tree = agglomerative.ward(points, CTX)
    reference = linkage(points.astype(np.float64), "ward")
    assert tree.heights == pytest.approx(reference[:, 2] ** 2 / 2, rel=1e-3, abs=1e-4)
    assert evaluate.ari(fcluster(reference, k, "maxclust"), tree.cut(k)) == pytest.approx(1.0)


def test_ward_of_weighted_points_is_ward_of_their_copies() -> None:
    points, copies = _cloud(40, 4), np.random.default_rng(2).integers(1, 5, 40)
    weighted = agglomerative.ward(points, CTX, copies).cut(6)
    repeated = agglomerative.ward(points.repeat(copies, axis=0), CTX).cut(6)
    assert evaluate.ari(weighted.repeat(copies), repeated) == pytest.approx(1.0)


def test_ward_survives_many_equal_points() -> None:
    points = np.random.default_rng(0).integers(0, 3, (300, 2)).astype(np.float32)
    labels = agglomerative.ward(points, CTX).cut(9)
    assert len(np.unique(np.column_stack([points, labels]), axis=0)) == 9


def test_large_folders_are_joined_from_small_groups() -> None:
    vectors, truth = _blobs((120, 90, 60))
    params = agglomerative.AgglomerativeParams(direct_limit=100)
    found = agglomerative.fit(Material(prepare(vectors)), params, 0, CTX).groups(3, 0, CTX)
    assert evaluate.hungarian_accuracy(truth, found.labels) == 1.0


def test_mixture_reaches_the_likelihood_of_scikit_learn() -> None:
    points = np.concatenate([_cloud(200, 3), _cloud(200, 3, seed=2) * [0.3, 2, 1] + 4]).astype(np.float64)
    start = np.zeros((400, 2))
    start[:200, 0] = start[200:, 1] = 1
    ours = gmm.fit(points, start, gmm.GmmParams(floor=0.0, max_iterations=200), CTX)
    reference = GaussianMixture(2, covariance_type="diag", random_state=0).fit(points)
    assert ours.log_likelihood == pytest.approx(reference.score(points), abs=1e-2)
    assert ours.weights.sum() == pytest.approx(1.0)
    assert np.sort(ours.means[:, 0]) == pytest.approx(np.sort(reference.means_[:, 0]), abs=0.05)


@pytest.mark.parametrize("k", [2, 5, 11])
def test_affinity_gives_the_number_asked_for_even_when_messages_do_not_settle(k: int) -> None:
    points = _cloud(80, 6)
    for params in (affinity.AffinityParams(), affinity.AffinityParams(max_iterations=3, rounds=2)):
        assert len(set(affinity.run(points, k, params, 0, CTX).labels)) == k


def test_affinity_searches_for_the_preference_that_elects_the_number_asked_for() -> None:
    points = _cloud(80, 6)
    params = asdict(affinity.AffinityParams())
    by_itself = AffinityPropagation(damping=0.9, random_state=0).fit(points)
    number = len(set(by_itself.labels_))
    # scikit-learn's own preference is the median similarity, where the search begins.
    once = affinity.exemplars(points, k=3, seed=0, **{**params, "rounds": 1})["labels"]
    assert number > 3
    assert evaluate.ari(by_itself.labels_, once) == pytest.approx(1.0)
    for wanted in (3, number + 4):
        found = affinity.exemplars(points, k=wanted, seed=0, **params)["labels"]
        assert found.dtype == np.int32
        assert wanted <= len(set(found)) < wanted + 3


def test_a_seed_larger_than_numpys_old_generators_take_is_a_seed() -> None:
    assert cluster(_embeddings(_cloud(20)), CTX, method="affinity", k=2, seed=2**40).k == 2


@pytest.mark.parametrize("noise", [0.7, 1.5])
def test_hdbscan_leaves_sparse_photos_unsure_and_doubts_the_far_ends_of_a_place(noise: float) -> None:
    rng = np.random.default_rng(7)
    centers = rng.normal(size=(5, 4)) * 2
    points = (centers[rng.integers(0, 5, 400)] + rng.normal(size=(400, 4)) * noise).astype(np.float32)
    reference = HDBSCAN(min_cluster_size=5, min_samples=4, copy=True).fit(points)
    params = hdbscan.HdbscanParams(min_group=5, min_samples=4)
    found = hdbscan.fit(Material(points), params, 0, CTX).groups(None, 0, CTX)
    assert found.labels.tolist() == reference.labels_.tolist()
    sure = found.labels >= 0
    assert 0 < sure.sum() < 400
    assert not found.confidence[~sure].any()
    assert (found.confidence[sure] <= reference.probabilities_[sure] + 1e-6).all()
    assert (found.confidence[sure] < reference.probabilities_[sure] - 0.01).any()


def test_a_folder_too_small_for_two_dense_places_is_one_group() -> None:
    found = cluster(_embeddings(_cloud(9)), CTX, method="hdbscan")
    assert found.labels.tolist() == [0] * 9


def test_eigenvalues_count_separate_components() -> None:
    points = prepare(_blobs((30, 25, 20))[0])
    values, vectors = spectral.leading_eigenvectors(spectral.mutual_graph(points, 8, CTX), 5, CTX)
    assert values[:3] == pytest.approx(0.0, abs=1e-8)
    assert values[3] > 0.05
    assert vectors.shape == (75, 5)


def test_sparse_and_dense_eigenvalues_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = spectral.neighbor_graph(_cloud(300, 5), 6, CTX)
    dense = spectral.leading_eigenvalues(graph, 8, CTX)
    monkeypatch.setattr(spectral, "_DENSE_BELOW", 10)
    assert spectral.leading_eigenvalues(graph, 8, CTX) == pytest.approx(dense, abs=1e-3)


@pytest.fixture
def rings() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    angle, truth = rng.uniform(0, 2 * np.pi, 300), np.arange(300) % 2
    radius = np.where(truth, 3.0, 1.0) + rng.normal(size=300) * 0.05
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]).astype(np.float32), truth


def test_spectral_finds_what_centers_cannot(rings: tuple[np.ndarray, np.ndarray]) -> None:
    points, truth = rings
    # Nearest by cosine is by angle: lift the plane so that distance decides.
    lifted = np.column_stack([points, np.full(300, 8.0)]).astype(np.float32)
    found = spectral.run(lifted, 2, spectral.SpectralParams(neighbors=6), 0, CTX)
    assert evaluate.hungarian_accuracy(truth, found.labels) > 0.95


def test_the_clusters_of_the_model_are_groups_as_they_are_merge_to_fewer_and_split_to_more() -> None:
    vectors, truth = _blobs()
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


def test_a_model_without_clusters_is_said_to_have_none() -> None:
    with pytest.raises(UsageError) as caught:
        cluster(Embeddings(np.arange(1, 6), _cloud(5), "model"), CTX, method="model")
    assert caught.value.code == "no-clusters"


@pytest.mark.parametrize("method", ["agglomerative", "scan", "temi"])
def test_another_number_of_groups_costs_no_new_fit_and_gives_what_a_new_one_would(method: str) -> None:
    embeddings = _embeddings(_cloud(120, 16))
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
