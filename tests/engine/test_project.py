"""PCA against scikit-learn, and the corners where libraries warn or crash."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize, principal_components, project
from desktop_app.engine.types import Embeddings


def _embeddings(vectors: np.ndarray) -> Embeddings:
    return Embeddings(np.arange(10, 10 + len(vectors)), vectors.astype(np.float32), "model")


def _correlated(count: int, width: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    scale = np.exp(-np.arange(width) / 4)
    return (rng.normal(size=(count, width)) * scale @ rng.normal(size=(width, width)) + 3).astype(np.float32)


@pytest.mark.parametrize(("count", "width"), [(20000, 40), (300, 40), (30, 64)])
def test_agrees_with_scikit_learn(count: int, width: int) -> None:
    vectors = _correlated(count, width)
    reference = PCA(n_components=5, svd_solver="full").fit(vectors.astype(np.float64))
    parts = principal_components(vectors, 5, JobContext())
    agreement = np.abs((parts.axes * reference.components_).sum(axis=1))
    assert agreement == pytest.approx(np.ones(5), abs=1e-4)
    assert parts.variance / parts.total == pytest.approx(reference.explained_variance_ratio_, rel=1e-3)
    ours, theirs = parts.transform(vectors), reference.transform(vectors)
    assert np.abs(ours) == pytest.approx(np.abs(theirs), abs=1e-2)


def test_coordinates_follow_from_mean_and_components() -> None:
    vectors = _correlated(200, 16)
    shown = project(_embeddings(vectors), JobContext())
    again = (normalize(vectors) - shown.mean) @ shown.components.T
    assert shown.xy == pytest.approx(again, abs=1e-6)
    assert shown.photo_ids.tolist() == list(range(10, 210))
    assert (shown.components @ shown.components.T).astype(float) == pytest.approx(np.eye(2), abs=1e-5)
    assert 0 < shown.explained[1] <= shown.explained[0] <= 1


def test_sign_is_fixed_by_the_largest_entry() -> None:
    vectors = _correlated(300, 12)
    for axis in project(_embeddings(vectors), JobContext()).components:
        assert axis[np.abs(axis).argmax()] > 0
    mirrored = principal_components(-vectors, 3, JobContext())
    assert mirrored.axes == pytest.approx(principal_components(vectors, 3, JobContext()).axes, abs=1e-4)


@pytest.mark.parametrize("count", [1, 2, 50, 600])
def test_identical_photos_lie_on_one_spot(count: int) -> None:
    vectors = np.repeat(_correlated(1, 512), count, axis=0)
    shown = project(_embeddings(vectors), JobContext())
    assert not shown.xy.any()
    assert not shown.explained.any()


def test_two_photos_differ_along_the_first_axis_only() -> None:
    shown = project(_embeddings(_correlated(2, 512)), JobContext())
    assert shown.explained.tolist() == pytest.approx([1.0, 0.0])
    assert shown.xy[0, 0] == pytest.approx(-shown.xy[1, 0], rel=1e-4)
    assert not shown.xy[:, 1].any()


def test_one_dimension_and_zero_vectors_survive() -> None:
    assert project(_embeddings(np.array([[1.0], [-1.0], [1.0]])), JobContext()).xy.shape == (3, 2)
    assert not project(_embeddings(np.zeros((3, 4))), JobContext()).xy.any()


def test_a_large_mean_does_not_drown_the_variance() -> None:
    rng = np.random.default_rng(1)
    vectors = (rng.normal(size=(9000, 8)) * np.arange(8, 0, -1) + 1000).astype(np.float32)
    parts = principal_components(vectors, 3, JobContext())
    assert parts.variance == pytest.approx([64, 49, 36], rel=0.05)


def test_cancel_is_heard() -> None:
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        principal_components(_correlated(100, 8), 2, ctx)
