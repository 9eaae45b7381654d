"""k-means and mixtures beside slow twins, scikit-learn, and data whose groups are known."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from torch import Tensor

from training.clusters.kmeans import kmeans, nearest
from training.clusters.mixtures import gaussian_mixture, responsibilities, von_mises_fisher_mixture
from training.clusters.prepare import whitened


def blobs(count: int, dims: int, spread: float, seed: int = 0) -> tuple[Tensor, Tensor]:
    rng = np.random.default_rng(seed)
    centers = rng.normal(0, 3, (4, dims))
    labels = rng.integers(0, 4, count)
    points = centers[labels] + rng.normal(0, spread, (count, dims))
    return torch.from_numpy(points).float(), torch.from_numpy(labels)


def test_whitened_directions_are_uncorrelated_and_of_one_spread() -> None:
    mixing = torch.randn(12, 12, generator=torch.Generator().manual_seed(1))
    features = torch.randn(500, 12, generator=torch.Generator().manual_seed(0)) @ mixing
    points = whitened(features, 5, unit=False)
    torch.testing.assert_close(points.T @ points / 500, torch.eye(5), atol=1e-4, rtol=0)
    torch.testing.assert_close(whitened(features, 5).norm(dim=1), torch.ones(500))
    flat = torch.cat([features[:, :2], torch.zeros(500, 10)], dim=1)
    assert whitened(flat, 8).shape == (500, 2)  # directions of no spread are not blown up


def test_no_center_moves_any_more_and_scikit_learn_does_no_better() -> None:
    points, _ = blobs(600, 6, 0.5)
    labels, centers = kmeans(points, 4, 50, seed=0)
    assert torch.equal(labels, nearest(points, centers))
    for number in range(4):
        torch.testing.assert_close(centers[number], points[labels == number].mean(dim=0), atol=1e-4, rtol=1e-4)
    inertia = min(
        float((points - centers[labels]).square().sum())
        for labels, centers in (kmeans(points, 4, 50, seed=seed) for seed in range(10))
    )
    theirs = KMeans(4, n_init=10, random_state=0).fit(points.numpy())
    assert inertia == pytest.approx(theirs.inertia_, rel=1e-3)


def test_no_cluster_stays_empty() -> None:
    """Half of the first centers lie on one point, where only one of them can stay."""
    points = torch.cat([torch.zeros(50, 3), torch.randn(50, 3, generator=torch.Generator().manual_seed(0)) + 5])
    for seed in range(5):
        labels, _ = kmeans(points, 20, 15, seed)
        assert len(labels.unique()) == 20


def test_responsibilities_are_bayes_rule() -> None:
    rng = np.random.default_rng(0)
    x, mean, variance = rng.normal(size=(7, 3)), rng.normal(size=(2, 3)), rng.uniform(0.2, 2, (2, 3))
    density = [
        weight * multivariate_normal(mean[k], np.diag(variance[k])).pdf(x) for k, weight in enumerate((0.3, 0.7))
    ]
    expected = np.stack(density, axis=1) / np.sum(density, axis=0)[:, None]
    given = (torch.from_numpy(values) for values in (x, np.array([0.3, 0.7]), mean, variance))
    np.testing.assert_allclose(responsibilities(*given).numpy(), expected, rtol=1e-9)


def likelihood(x: Tensor, shares: Tensor) -> float:
    """Mean log-likelihood of a mixture made of these responsibilities."""
    weights = shares.mean(dim=0)
    total = np.zeros(len(x))
    for k in range(shares.shape[1]):
        share = shares[:, k : k + 1]
        mean = (share * x).sum(dim=0) / share.sum()
        variance = (share * (x - mean).square()).sum(dim=0) / share.sum()
        total += float(weights[k]) * multivariate_normal(mean.numpy(), np.diag(variance.numpy())).pdf(x.numpy())
    return float(np.log(total).mean())


def test_a_mixture_finds_groups_of_different_spread_and_gets_likelier_by_each_step() -> None:
    rng = np.random.default_rng(0)
    wide, narrow = rng.normal(0, 3, (400, 2)), rng.normal(0, 0.3, (400, 2)) + 4
    points = torch.from_numpy(np.concatenate([wide, narrow])).float()
    truth = np.repeat([0, 1], 400)
    shares = gaussian_mixture(points, 2, 30, seed=0)
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(800))
    soft = adjusted_rand_score(truth, shares.argmax(dim=1).numpy())
    hard = adjusted_rand_score(truth, kmeans(points, 2, 30, seed=0)[0].numpy())
    assert soft > 0.9
    assert soft > hard + 0.1
    steps = [likelihood(points, gaussian_mixture(points, 2, step, seed=0)) for step in (1, 3, 10, 30)]
    assert all(later > earlier - 1e-6 for earlier, later in itertools.pairwise(steps))
    assert steps[-1] > steps[0] + 0.1


def test_a_component_without_points_begins_anew() -> None:
    points, _ = blobs(300, 2, 0.2)
    shares = gaussian_mixture(torch.cat([points, points[:1].expand(300, 2)]), 6, 25, seed=0)
    assert bool((shares.sum(dim=0) > 1).all())


def test_directions_are_found_and_a_lower_concentration_leaves_more_doubt() -> None:
    points, truth = blobs(400, 5, 0.4)
    unit = F.normalize(points, dim=1)
    shares = von_mises_fisher_mixture(unit, 4, 30, 2, kappa=50.0)
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(400))
    assert adjusted_rand_score(truth.numpy(), shares.argmax(dim=1).numpy()) > 0.7

    def doubt(kappa: float) -> float:
        p = von_mises_fisher_mixture(unit, 4, 30, 2, kappa)
        return float(-(p * p.clamp(min=1e-12).log()).sum(dim=1).mean())

    assert doubt(2.0) > doubt(10.0) > doubt(100.0)
