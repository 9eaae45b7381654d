"""Soft clusters by expectation maximization: Gaussians with diagonal covariance, and von Mises-Fisher on the sphere."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .kmeans import kmeans

SMALLEST_VARIANCE = 1e-3
_FEWEST = 5.0  # points that a component stands for; one with fewer begins anew
_START_ITERATIONS = 10


@torch.no_grad()
def gaussian_mixture(points: Tensor, clusters: int, iterations: int, seed: int) -> Tensor:
    """Responsibilities of a mixture of Gaussians with diagonal covariance, from k-means on.

    r_ik is proportional to pi_k N(x_i; mu_k, S_k), computed by log-sum-exp in float64. Variances stay above
    `SMALLEST_VARIANCE`; a component that stands for fewer than five points begins anew at a random point.

    Args:
        points: float32[N, d].
        clusters: k, at most N.
        iterations: EM steps.
        seed: of the start and of new beginnings.

    Returns:
        float32[N, k], rows sum to 1.
    """
    x = points.double()
    generator = torch.Generator().manual_seed(seed)
    labels, _ = kmeans(points, clusters, _START_ITERATIONS, seed)
    shares = F.one_hot(labels, clusters).double()
    everything = x.var(dim=0, correction=0).clamp(min=SMALLEST_VARIANCE)
    for _ in range(iterations):
        mass = shares.sum(dim=0)
        filled = mass.clamp(min=1e-12).unsqueeze(1)
        mean = shares.T @ x / filled
        variance = (shares.T @ x.square() / filled - mean.square()).clamp(min=SMALLEST_VARIANCE)
        for weak in (mass < min(_FEWEST, len(x) / clusters / 2)).nonzero().flatten().tolist():
            mean[weak] = x[int(torch.randint(len(x), (), generator=generator))]
            variance[weak], mass[weak] = everything, len(x) / clusters
        shares = responsibilities(x, mass / mass.sum(), mean, variance)
    return shares.float()


def responsibilities(x: Tensor, weights: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    """float64[N, k] of points [N, d] under weights [k], means [k, d] and diagonal covariances [k, d]."""
    precision = 1 / variance
    distance = x.square() @ precision.T - 2 * x @ (mean * precision).T + (mean.square() * precision).sum(dim=1)
    return (weights.log() - (distance + variance.log().sum(dim=1)) / 2).softmax(dim=1)


@torch.no_grad()
def von_mises_fisher_mixture(points: Tensor, clusters: int, iterations: int, seed: int, kappa: float) -> Tensor:
    """Responsibilities of a mixture of von Mises-Fisher distributions with one concentration, from k-means on.

    r_ik is proportional to pi_k exp(kappa mu_k x_i) (Banerjee et al. 2005), kappa growing to its full value over the
    first half of the steps, so that clusters settle from soft to hard.

    Args:
        points: unit rows float32[N, d].
        clusters: k, at most N.
        iterations: EM steps.
        seed: of the start.
        kappa: concentration.

    Returns:
        float32[N, k], rows sum to 1.
    """
    x = points.double()
    labels, _ = kmeans(points, clusters, _START_ITERATIONS, seed)
    shares = F.one_hot(labels, clusters).double()
    for step in range(iterations):
        now = kappa * min(1.0, 2 * (step + 1) / max(1, iterations))
        weights = (shares.sum(dim=0) / len(x)).clamp(min=1e-12)
        directions = F.normalize(shares.T @ x, dim=1)
        shares = (weights.log() + now * x @ directions.T).softmax(dim=1)
    return shares.float()
