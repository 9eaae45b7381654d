"""Gaussian mixture with diagonal covariances, by expectation-maximization from k-means.

In this many dimensions the posterior is all but 0 or 1 for every photo, so confidence is judged by the centers, as for
the other methods: on the labeled folders it also told right from wrong better (AUROC 0.81 against 0.79).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.base import Grouping, centroid_confidence
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Float64Array

_STAGE = tr_noop("Fitting the mixture")


@dataclass(frozen=True, slots=True)
class GmmParams:
    """Parameters of the Gaussian mixture.

    Attributes:
        floor: added to every variance, as a share of the points' mean variance, so that no component
            collapses; without it the mixture is some five points worse than the k-means it starts from.
        max_iterations: of expectation-maximization.
        restarts: of the k-means it starts from.
    """

    floor: float = field(default=0.5, metadata=limits(low=1e-6, high=100))
    max_iterations: int = field(default=100, metadata=limits(low=1, high=10_000))
    restarts: int = field(default=4, metadata=limits(low=1, high=1000))


@dataclass(frozen=True, slots=True)
class Mixture:
    """A fitted mixture.

    Attributes:
        weights: float64[k], summing to 1.
        means: float64[k, d].
        variances: float64[k, d].
        log_likelihood: mean per point.
    """

    weights: Float64Array
    means: Float64Array
    variances: Float64Array
    log_likelihood: float

    def log_joint(self, points: Float64Array) -> Float64Array:
        """log(weight x density) float64[N, k] of ``points`` float64[N, d]."""
        precision = 1.0 / self.variances
        squared = points**2 @ precision.T - 2 * points @ (self.means * precision).T
        squared += (self.means**2 * precision).sum(axis=1)
        constant = np.log(self.weights) - 0.5 * np.log(2 * np.pi * self.variances).sum(axis=1)
        joint: Float64Array = constant - 0.5 * squared
        return joint


def fit(points: Float64Array, responsibility: Float64Array, params: GmmParams, ctx: JobContext) -> Mixture:
    """Expectation-maximization from given responsibilities.

    Args:
        points: float64[N, d].
        responsibility: float64[N, k], rows summing to 1, every column with some mass.
        params: limits.
        ctx: checked at every iteration.

    Returns:
        The mixture after the last iteration.
    """
    floor = params.floor * float(points.var(axis=0).mean()) + 1e-12
    previous = -np.inf
    for iteration in range(params.max_iterations):
        ctx.progress(iteration, 0, _STAGE)
        mass = responsibility.sum(axis=0) + 1e-10
        means = responsibility.T @ points / mass[:, None]
        variances = np.maximum(responsibility.T @ points**2 / mass[:, None] - means**2, 0.0) + floor
        mixture = Mixture(mass / mass.sum(), means, variances, previous)
        joint = mixture.log_joint(points)
        top = joint.max(axis=1, keepdims=True)
        likelihood = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
        responsibility = np.exp(joint - likelihood[:, None])
        mean = float(likelihood.mean())
        if mean - previous < 1e-4:
            break
        previous = mean
    return Mixture(mixture.weights, means, variances, mean)


def run(points: Float32Array, k: int | None, params: GmmParams, seed: int, ctx: JobContext) -> Grouping:
    """The mixture as a clustering method; see `clustering.base.Method`."""
    assert k is not None
    start = kmeans.fit(points, k, ctx, seed=seed, restarts=params.restarts)
    used = np.unique(start.labels)
    exact = points.astype(np.float64)
    mixture = fit(exact, (start.labels[:, None] == used).astype(np.float64), params, ctx)
    labels = mixture.log_joint(exact).argmax(axis=1).astype(np.int32)
    return Grouping(labels, centroid_confidence(points, labels))
