"""Each method against its definition, or against a library's."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import HDBSCAN, AffinityPropagation, KMeans
from sklearn.mixture import GaussianMixture

from desktop_app.engine import evaluate
from desktop_app.engine.clustering import affinity, agglomerative, cluster, gmm, hdbscan, kmeans, spectral
from desktop_app.engine.clustering.base import Material
from desktop_app.engine.clustering.copies import counts_as
from desktop_app.engine.clustering.features import prepare
from desktop_app.engine.job import JobContext
from tests.helpers.point_sets import blobs, cloud, embeddings_of

CTX = JobContext()


@pytest.mark.parametrize(("count", "width", "k"), [(300, 2, 7), (500, 32, 10), (3000, 16, 25)])
def test_kmeans_inertia_is_as_good_as_scikit_learn(count: int, width: int, k: int) -> None:
    points = cloud(count, width)
    reference = KMeans(k, n_init=10, random_state=0).fit(points).inertia_
    result = kmeans.fit(points, k, CTX)
    assert result.inertia <= reference * 1.01
    squared = ((points - result.centers[result.labels]) ** 2).sum()
    assert result.inertia == pytest.approx(squared, rel=1e-4)
    for group in range(k):
        assert result.centers[group] == pytest.approx(points[result.labels == group].mean(axis=0), abs=0.05)


def test_kmeans_assigns_every_point_to_its_nearest_center() -> None:
    points = cloud(2000, 5)
    result = kmeans.fit(points, 9, CTX, restarts=2)
    distances = ((points[:, None] - result.centers) ** 2).sum(axis=2)
    assert distances[np.arange(2000), result.labels] == pytest.approx(distances.min(axis=1), abs=1e-4)


def test_kmeans_of_equal_points_leaves_a_center_empty() -> None:
    points = np.tile(np.float32([1, 0]), (5, 1))
    result = kmeans.lloyd(points, np.float32([[2, 0], [1, 0]]), CTX)
    assert result.labels.tolist() == [1] * 5
    assert result.inertia == 0
    assert result.centers[1].tolist() == [1, 0]


@given(kinds=st.integers(1, 6), copies=st.integers(1, 12), k=st.integers(1, 20), seed=st.integers(0, 2**32 - 1))
def test_kmeans_of_copies_keeps_them_together(kinds: int, copies: int, k: int, seed: int) -> None:
    points = np.random.default_rng(seed).standard_normal((kinds, 8), dtype=np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    points = np.tile(points, (copies, 1))
    k = min(k, len(points))
    labels = cluster(embeddings_of(points), CTX, method="kmeans", k=k).labels
    assert min(k, kinds) <= len(np.unique(labels)) <= k
    if k <= kinds:
        assert (labels.reshape(copies, kinds) == labels[:kinds]).all()


def test_kmeans_threads_do_not_change_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    points = cloud(2000, 8)
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
    points = cloud(250, 6)
    tree = agglomerative.ward(points, CTX)
    reference = linkage(points.astype(np.float64), "ward")
    assert tree.heights == pytest.approx(reference[:, 2] ** 2 / 2, rel=1e-3, abs=1e-4)
    assert evaluate.ari(fcluster(reference, k, "maxclust"), tree.cut(k)) == pytest.approx(1.0)


def test_ward_of_weighted_points_is_ward_of_their_copies() -> None:
    points, copies = cloud(40, 4), np.random.default_rng(2).integers(1, 5, 40)
    weighted = agglomerative.ward(points, CTX, copies).cut(6)
    repeated = agglomerative.ward(points.repeat(copies, axis=0), CTX).cut(6)
    assert evaluate.ari(weighted.repeat(copies), repeated) == pytest.approx(1.0)


def test_ward_survives_many_equal_points() -> None:
    points = np.random.default_rng(0).integers(0, 3, (300, 2)).astype(np.float32)
    labels = agglomerative.ward(points, CTX).cut(9)
    assert len(np.unique(np.column_stack([points, labels]), axis=0)) == 9


def test_large_folders_are_joined_from_small_groups() -> None:
    vectors, truth = blobs((120, 90, 60))
    params = agglomerative.AgglomerativeParams(direct_limit=100)
    found = agglomerative.fit(Material(prepare(vectors)), params, 0, CTX).groups(3, 0, CTX)
    assert evaluate.hungarian_accuracy(truth, found.labels) == 1.0


def test_mixture_reaches_the_likelihood_of_scikit_learn() -> None:
    points = np.concatenate([cloud(200, 3), cloud(200, 3, seed=2) * [0.3, 2, 1] + 4]).astype(np.float64)
    start = np.zeros((400, 2))
    start[:200, 0] = start[200:, 1] = 1
    ours = gmm.fit(points, start, gmm.GmmParams(floor=0.0, max_iterations=200), CTX)
    reference = GaussianMixture(2, covariance_type="diag", random_state=0).fit(points)
    assert ours.log_likelihood == pytest.approx(reference.score(points), abs=1e-2)
    assert ours.weights.sum() == pytest.approx(1.0)
    assert np.sort(ours.means[:, 0]) == pytest.approx(np.sort(reference.means_[:, 0]), abs=0.05)


@pytest.mark.parametrize("k", [2, 5, 11])
def test_affinity_gives_the_number_asked_for_even_when_messages_do_not_settle(k: int) -> None:
    points = cloud(80, 6)
    for params in (affinity.AffinityParams(), affinity.AffinityParams(max_iterations=3, rounds=2)):
        assert len(set(affinity.run(points, k, params, 0, CTX).labels)) == k


def test_affinity_searches_for_the_preference_that_elects_the_number_asked_for() -> None:
    points = cloud(80, 6)
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
    assert cluster(embeddings_of(cloud(20)), CTX, method="affinity", k=2, seed=2**40).k == 2


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


def dense_places(vectors: np.ndarray, min_samples: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Labels and depth."""
    points = prepare(vectors)
    found = hdbscan.dense_places(points, counts_as(vectors, points, CTX), min_group=5, min_samples=min_samples)
    return found["labels"], found["depth"]


@pytest.mark.parametrize("difference", [0, 1e-5, 1e-3, 0.01])
@pytest.mark.parametrize("copied", [0, 7, 23])
def test_copies_of_a_photo_take_no_other_photo_out_of_its_dense_place(copied: int, difference: float) -> None:
    vectors, truth = blobs((60, 60, 60), noise=0.2)
    unlike = np.random.default_rng(3).normal(size=(20, vectors.shape[1])) * difference
    unlike[:15] = 0
    labels, depth = dense_places(np.concatenate([vectors, vectors[[copied] * 20] + unlike]).astype(np.float32))
    assert evaluate.ari(truth, labels[:180]) == 1.0
    assert (labels[180:] == labels[copied]).all()
    assert depth[180:].tolist() == [depth[copied]] * 20
    assert np.median(depth[:180]) > 0.5


def test_copies_that_lie_alone_are_a_group_where_they_are_enough_for_one() -> None:
    points = np.concatenate([prepare(blobs((60, 60))[0]), np.zeros((9, 32), np.float32)])
    points[-2:] = -1
    seven, two = slice(120, 127), slice(127, 129)
    first = np.arange(129)
    first[seven], first[two] = 120, 127
    found = hdbscan.dense_places(points, first, min_group=5, min_samples=3)
    assert set(found["labels"][seven]).isdisjoint(found["labels"][:120])
    assert len(set(found["labels"][seven])) == 1
    assert found["depth"][seven].tolist() == [1.0] * 7
    assert found["labels"][two].tolist() == [-1, -1]


@pytest.mark.parametrize("min_samples", [1, 3, 8])
@pytest.mark.parametrize("pictures", [1, 2, 12])
def test_nothing_but_copies_is_a_group_for_each_picture(pictures: int, min_samples: int) -> None:
    points = np.eye(12, dtype=np.float32)[:pictures].repeat(10, axis=0)
    first = np.arange(pictures).repeat(10) * 10
    found = hdbscan.dense_places(points, first, min_group=5, min_samples=min_samples)
    assert evaluate.ari(np.arange(pictures).repeat(10), found["labels"]) == 1.0


def test_hdbscan_knows_copies_in_the_plane_of_the_map_too() -> None:
    vectors, _ = blobs((60, 60, 60), noise=0.2)
    copied = embeddings_of(np.concatenate([vectors, vectors[[7] * 20]]))
    plain, found = (cluster(some, CTX, method="hdbscan", space="pca2") for some in (embeddings_of(vectors), copied))
    assert len(set(found.labels[[7, *range(180, 200)]])) == 1
    assert (found.labels[:180] < 0).sum() <= (plain.labels < 0).sum() + 5


def test_a_folder_too_small_for_two_dense_places_is_one_group() -> None:
    found = cluster(embeddings_of(cloud(9)), CTX, method="hdbscan")
    assert found.labels.tolist() == [0] * 9


def test_eigenvalues_count_separate_components() -> None:
    points = prepare(blobs((30, 25, 20))[0])
    values, vectors = spectral.leading_eigenvectors(spectral.mutual_graph(points, 8, CTX), 5, CTX)
    assert values[:3] == pytest.approx(0.0, abs=1e-8)
    assert values[3] > 0.05
    assert vectors.shape == (75, 5)


def test_sparse_and_dense_eigenvalues_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = spectral.neighbor_graph(cloud(300, 5), 6, CTX)
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
