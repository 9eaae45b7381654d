from __future__ import annotations

import numpy as np
import pytest

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from training.measuring.probe import linear_probe


def clouds(count: int, seed: int, spread: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
    """Four clouds at the corners of a square, in eight dimensions of which six say nothing."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 4
    corners = np.stack([labels // 2, labels % 2], axis=1) * 2.0 - 1
    features = np.hstack([corners + spread * rng.normal(size=(count, 2)), rng.normal(size=(count, 6))])
    return features.astype(np.float32), labels * 10 + 3


def test_it_approaches_the_bayes_rate_of_gaussian_clouds() -> None:
    bank, bank_truth = clouds(2000, seed=0, spread=1.0)
    queries, truth = clouds(2000, seed=1, spread=1.0)
    # Each of two coordinates is right with probability Phi(1) = 0.8413.
    found = linear_probe(bank, bank_truth, queries, truth, JobContext(), epochs=60)
    assert found == pytest.approx(0.8413**2, abs=0.025)


def test_a_linear_layer_cannot_learn_exclusive_or() -> None:
    features, corners = clouds(400, seed=0)
    parity = np.isin(corners, [3, 33]).astype(np.int64)
    assert linear_probe(features, corners, features, corners, JobContext(), epochs=60) > 0.95
    assert linear_probe(features, parity, features, parity, JobContext(), epochs=60) < 0.65


def test_scale_and_offset_of_the_features_change_nothing() -> None:
    bank, bank_truth = clouds(300, seed=0, spread=0.8)
    queries, truth = clouds(300, seed=1, spread=0.8)
    scale, offset = np.float32(1000) ** np.linspace(-1, 1, 8, dtype=np.float32), np.float32(5)
    plain = linear_probe(bank, bank_truth, queries, truth, JobContext(), epochs=30)
    moved = linear_probe(bank * scale + offset, bank_truth, queries * scale + offset, truth, JobContext(), epochs=30)
    assert moved == pytest.approx(plain, abs=0.01)


def test_a_label_the_bank_lacks_counts_as_wrong() -> None:
    features, labels = clouds(400, seed=0)
    half = linear_probe(features, np.where(labels > 20, 3, labels), features, labels, JobContext(), epochs=30)
    assert half <= 0.5


def test_it_repeats_with_the_seed_and_can_be_cancelled() -> None:
    features, labels = clouds(100, seed=0, spread=1.5)
    first, again = (linear_probe(features, labels, features, labels, JobContext(), epochs=5, seed=2) for _ in range(2))
    assert first == again
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        linear_probe(features, labels, features, labels, ctx)
