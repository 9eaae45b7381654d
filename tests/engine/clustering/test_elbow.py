"""The elbow curve, its knee, and what the criteria say of each number of groups."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from desktop_app.engine.clustering import criteria, kmeans
from desktop_app.engine.clustering import elbow as elbow_module
from desktop_app.engine.clustering.elbow import elbow, knee
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.types import Embeddings

CTX = JobContext()


def _embeddings(vectors: np.ndarray) -> Embeddings:
    return Embeddings(np.arange(1, len(vectors) + 1), vectors.astype(np.float32), "model")


def _blobs(groups: int, count: int = 400, noise: float = 0.4, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centers = np.linalg.qr(rng.normal(size=(48, 48)))[0][:groups]
    return centers[np.arange(count) % groups] + rng.normal(size=(count, 48)) * noise / np.sqrt(48)


@pytest.mark.parametrize("groups", [3, 5, 8, 12])
def test_separate_groups_are_counted_and_the_elbow_is_clear(groups: int) -> None:
    found = elbow(_embeddings(_blobs(groups)), CTX)
    assert found.suggested == groups
    assert found.low <= groups <= found.high
    assert found.knee == pytest.approx(groups, abs=1)
    assert found.strength == "clear"
    assert int(found.k[np.nanargmax(found.silhouette)]) == groups


@pytest.mark.parametrize("space", ["embedding", "pca2"])
@pytest.mark.parametrize("width", [16, 512])
def test_a_cloud_without_groups_has_no_clear_elbow(space: str, width: int) -> None:
    cloud = np.random.default_rng(3).normal(size=(600, width))
    assert elbow(_embeddings(cloud), CTX, space=space).strength == "none"


@pytest.mark.parametrize("noise", [0.3, 3.0])
def test_inertia_never_rises_and_agrees_with_kmeans(noise: float) -> None:
    found = elbow(_embeddings(_blobs(6, noise=noise)), CTX)
    assert (np.diff(found.inertia) <= 0).all()
    points = elbow_module.prepare(_blobs(6, noise=noise).astype(np.float32))
    for k in (2, 6, 15):
        assert found.inertia[k - 1] <= kmeans.fit(points, k, CTX, restarts=10).inertia * 1.02
    assert found.k.tolist() == list(range(1, 29))
    assert np.isnan(found.silhouette[0])
    assert np.isfinite(found.silhouette[1:]).all()


def test_a_sample_stands_for_a_large_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = elbow(_embeddings(_blobs(5, count=900)), CTX, k_max=10)
    monkeypatch.setattr(elbow_module, "SAMPLE", 300)
    sampled = elbow(_embeddings(_blobs(5, count=900)), CTX, k_max=10)
    assert sampled.inertia == pytest.approx(whole.inertia, rel=0.03)
    assert sampled.suggested == whole.suggested == 5


def test_same_seed_same_curve() -> None:
    once, again = (elbow(_embeddings(_blobs(4, noise=2.0)), CTX, seed=7) for _ in range(2))
    assert once.inertia.tolist() == again.inertia.tolist()
    assert once.criteria == again.criteria


@pytest.mark.parametrize("space", ["embedding", "pca2"])
def test_few_and_identical_photos(space: str) -> None:
    rng = np.random.default_rng(0)
    one = rng.normal(size=(1, 64))
    for vectors in (one, one.repeat(2, 0), one.repeat(50, 0), np.zeros((4, 64))):
        found = elbow(_embeddings(vectors), CTX, space=space)
        assert (found.k.tolist(), found.suggested, found.knee, found.strength) == ([1], 1, None, "none")
        assert found.inertia == pytest.approx([0.0], abs=1e-6)
    for count in range(2, 12):
        found = elbow(_embeddings(rng.normal(size=(count, 64))), CTX, space=space)
        assert found.low <= found.suggested <= found.high <= found.k[-1] <= count


def test_k_max_is_clipped_to_the_photos_that_differ() -> None:
    assert elbow(_embeddings(np.random.default_rng(0).normal(size=(9, 32))), CTX, k_max=50).k[-1] == 9
    assert elbow(_embeddings(np.eye(5, 32).repeat(6, axis=0)), CTX, k_max=50).k[-1] == 5


@pytest.mark.parametrize("largest", [81, 100, 64])
def test_the_knee_of_one_over_k_is_the_root_of_the_range(largest: int) -> None:
    ks = np.arange(1, largest + 1)
    assert knee(ks, 1 / ks) == pytest.approx(np.sqrt(largest), abs=0.5)


def test_no_knee_without_a_bend() -> None:
    assert knee(np.arange(1, 3), np.array([2.0, 1.0])) is None
    assert knee(np.arange(1, 3), np.array([2.0, 0.0])) == 2
    assert knee(np.arange(1, 2), np.array([2.0])) is None
    assert knee(np.arange(1, 5), np.ones(4)) is None
    assert knee(np.arange(1, 7), np.array([10, 6, 2, 1.9, 1.8, 1.7])) == 3


@pytest.mark.parametrize("groups", [2, 7])
def test_silhouette_agrees_with_scikit_learn(groups: int) -> None:
    points = np.random.default_rng(1).normal(size=(150, 6)).astype(np.float32)
    labels = np.random.default_rng(2).integers(0, groups, 150).astype(np.int32)
    labels[:3] = groups
    labels[3] = groups + 4
    ours = criteria.silhouettes(points, [labels, np.zeros(150, dtype=np.int32)], CTX)
    assert ours[0] == pytest.approx(silhouette_score(points, labels, metric="cosine"), abs=1e-5)
    assert np.isnan(ours[1])


def test_clouds_have_the_spread_along_every_axis_and_the_unit_length_but_no_groups() -> None:
    rng = np.random.default_rng(0)
    plane = rng.normal(size=(4000, 2)).astype(np.float32) * np.float32([3, 0.5]) + np.float32([7, 0])
    for cloud in criteria.copies_without_groups(plane, 3, rng):
        assert cloud.mean(axis=0) == pytest.approx(plane.mean(axis=0), abs=0.2)
        assert cloud.std(axis=0) == pytest.approx(plane.std(axis=0), rel=0.1)
    sphere = elbow_module.prepare(rng.normal(size=(50, 64)).astype(np.float32))
    for cloud in criteria.copies_without_groups(sphere, 3, rng):
        assert np.linalg.norm(cloud, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("spread", [0.0, 0.02, 0.3])
@pytest.mark.parametrize("share", [0.5, 0.2])
def test_two_kinds_far_apart_show_a_clear_elbow_at_two(spread: float, share: float) -> None:
    rng = np.random.default_rng(4)
    centers = rng.normal(size=(2, 128))
    belongs = (np.arange(60) < 60 * share).astype(int)
    found = elbow(_embeddings(centers[belongs] + rng.normal(size=(60, 128)) * spread), CTX)
    assert (found.knee, found.suggested, found.strength) == (2, 2, "clear")


@pytest.mark.parametrize("axes", ["round", "uneven"])
@pytest.mark.parametrize("kind", ["normal", "uniform", "heavy-tailed"])
def test_clouds_of_any_shape_have_no_elbow_that_means_anything(axes: str, kind: str) -> None:
    rng = np.random.default_rng(11)
    draw = {"normal": rng.normal, "uniform": lambda size: rng.uniform(-1, 1, size)}
    cloud = rng.standard_t(3, size=(400, 64)) if kind == "heavy-tailed" else draw[kind](size=(400, 64))
    scale = 1 / np.sqrt(np.arange(1, 65)) if axes == "uneven" else np.ones(64)
    assert elbow(_embeddings(cloud * scale), CTX).strength == "none"


def test_gap_of_known_curves() -> None:
    reference = np.array([8.0, 4.0, 2.0, 1.0])
    assert criteria.gap([reference / 2], [reference]) == pytest.approx(np.log(2))
    assert criteria.gap([reference], [reference, reference * np.e]) == pytest.approx(0.5)
    assert criteria.gap_choice(np.arange(1, 6), np.array([0, 0.1, 0.9, 1.0, 0.99])) == 3
    assert criteria.gap_choice(np.arange(1, 4), np.array([0.5, 0.1, 0.0])) == 1


@pytest.mark.parametrize("groups", [2, 4, 7])
def test_bic_is_that_of_a_mixture_of_spheres(groups: int) -> None:
    """A slow twin: the likelihood of each point, one by one, under spheres of one variance."""
    points = (_blobs(groups, 90, noise=2.0)[:, :6]).astype(np.float32)
    fits = [kmeans.fit(points, k, CTX, restarts=3) for k in range(1, 9)]
    found = criteria.bic(points, fits)
    for k, fit in enumerate(fits, start=1):
        variance = fit.inertia / (6 * (90 - k))
        shares = np.bincount(fit.labels) / 90
        each = [
            np.log(shares[label])
            - 3 * np.log(2 * np.pi * variance)
            - ((point - fit.centers[label]) ** 2).sum() / (2 * variance)
            for point, label in zip(points.astype(float), fit.labels, strict=True)
        ]
        # The sum of squares over the variance is what the number of points and dimensions make it: no evidence.
        ours = found[k - 1] + k * 7 * np.log(90) / 90
        assert ours == pytest.approx(2 * (np.sum(each) + 6 * (90 - k) / 2) / 90, rel=1e-4)


def test_cancel_stops_the_sweep() -> None:
    seen: list[int] = []

    def stop_at_five(event: Progress) -> None:
        seen.append(event.done)
        if event.done >= 5:
            ctx.cancel()

    ctx = JobContext(stop_at_five, max_events_per_second=1e9)
    with pytest.raises(Cancelled):
        elbow(_embeddings(_blobs(4)), ctx)
    assert seen[-1] == 5
