"""Affinity propagation (Frey and Dueck 2007): photos elect exemplars by passing messages.

The number of groups follows from the preference, so it is searched for by bisection, each round starting from the
messages of the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.engine.clustering.agglomerative import ward
from desktop_app.engine.clustering.base import Grouping, centroid_confidence
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Int32Array, Int64Array

_STAGE = "Electing typical photos"


@dataclass(frozen=True, slots=True)
class AffinityParams:
    """Parameters of affinity propagation.

    Attributes:
        damping: share of the old message kept; more is slower and steadier.
        max_iterations: of message passing for one preference.
        patience: iterations without a change of exemplars that count as converged.
        rounds: of the search for the preference.
    """

    damping: float = 0.9
    max_iterations: int = 200
    patience: int = 15
    rounds: int = 10


class Messages:
    """Responsibilities and availabilities between all pairs of points, N x N each.

    Args:
        points: float32[N, d].
        seed: of the tiny noise that breaks ties.
    """

    def __init__(self, points: Float32Array, seed: int) -> None:
        squares = np.einsum("nd,nd->n", points, points)
        similarity = 2 * (points @ points.T) - squares[:, None] - squares
        np.minimum(similarity, 0.0, out=similarity)
        scale = float(np.abs(similarity).max()) or 1.0
        similarity += np.random.default_rng(seed).random(similarity.shape, dtype=np.float32) * np.float32(1e-6 * scale)
        self.similarity = similarity
        self.lowest = float(similarity.min())
        off_diagonal = similarity[~np.eye(len(points), dtype=bool)]
        self.median = float(np.median(off_diagonal))
        self._responsibility = np.zeros_like(similarity)
        self._availability = np.zeros_like(similarity)

    def exemplars(self, preference: float, params: AffinityParams, ctx: JobContext) -> tuple[Int64Array, bool]:
        """Pass messages until the exemplars stand still.

        Returns:
            Rows of the exemplars, and whether they stood still.
        """
        np.fill_diagonal(self.similarity, preference)
        rows = np.arange(len(self.similarity))
        keep, take = np.float32(params.damping), np.float32(1 - params.damping)
        elected, unchanged = np.zeros(len(rows), dtype=bool), 0
        for _ in range(params.max_iterations):
            ctx.check()
            message = self._availability + self.similarity
            best = message.argmax(axis=1)
            first = message[rows, best]
            message[rows, best] = -np.inf
            second = message.max(axis=1)
            np.subtract(self.similarity, first[:, None], out=message)
            message[rows, best] = self.similarity[rows, best] - second
            self._responsibility *= keep
            self._responsibility += take * message
            np.maximum(self._responsibility, 0.0, out=message)
            message[rows, rows] = self._responsibility[rows, rows]
            np.subtract(message.sum(axis=0), message, out=message)
            own = message[rows, rows].copy()
            np.minimum(message, 0.0, out=message)
            message[rows, rows] = own
            self._availability *= keep
            self._availability += take * message
            now = np.diagonal(self._availability) + np.diagonal(self._responsibility) > 0
            unchanged = unchanged + 1 if (now == elected).all() else 0
            elected = now
            if unchanged >= params.patience and elected.any():
                return np.flatnonzero(elected), True
        return np.flatnonzero(elected), False

    def assign(self, exemplars: Int64Array) -> Int32Array:
        """Labels int32[N]: the most similar exemplar; an exemplar is its own."""
        labels: Int32Array = self.similarity[:, exemplars].argmax(axis=1).astype(np.int32)
        labels[exemplars] = np.arange(len(exemplars))
        return labels


def run(points: Float32Array, k: int | None, params: AffinityParams, seed: int, ctx: JobContext) -> Grouping:
    """Affinity propagation as a clustering method; see `clustering.base.Method`.

    Where no preference gives exactly ``k`` exemplars, the next larger number is joined down to ``k`` by Ward's
    criterion; messages that never settle are taken as they stand.
    """
    assert k is not None
    messages = Messages(points, seed)
    # More groups than asked for can be joined, fewer cannot be split: start from one exemplar a photo.
    best = np.arange(len(points))
    few, many = messages.lowest * len(points), 0.0
    preference = messages.median
    for number in range(params.rounds):
        ctx.progress(number, params.rounds, _STAGE)
        found, _ = messages.exemplars(preference, params, ctx)
        if k <= len(found) < len(best):
            best = found
        if len(found) == k:
            break
        if len(found) < k:
            few = preference
        else:
            many = preference
        # Preferences span orders of magnitude, so the geometric middle is taken as soon as both ends allow it.
        preference = -float(np.sqrt(few * many)) if many < 0 else few / 8
    labels = messages.assign(best)
    if len(best) > k:
        centers = np.stack([points[labels == name].mean(axis=0) for name in range(len(best))])
        labels = ward(centers, ctx, np.bincount(labels)).cut(k)[labels]
    return Grouping(labels, centroid_confidence(points, labels))
