"""Affinity propagation (Frey and Dueck 2007): photos elect exemplars by passing messages.

scikit-learn's, in a process of its own, since one election is a call that could not be cancelled otherwise. The number
of groups follows from the preference, how gladly a photo is an exemplar, so it is searched for by bisection.
"""

from __future__ import annotations

import warnings
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering.agglomerative import ward
from desktop_app.engine.clustering.base import Grouping, centroid_confidence
from desktop_app.engine.computing import child
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array

_STAGE = tr_noop("Electing typical photos")


@dataclass(frozen=True, slots=True)
class AffinityParams:
    """Parameters of affinity propagation.

    Attributes:
        damping: share of the old message kept; more is slower and steadier.
        max_iterations: of message passing for one preference.
        patience: iterations without a change of exemplars that count as converged.
        rounds: of the search for the preference.
    """

    damping: float = field(default=0.9, metadata=limits(low=0.5, high=0.99))
    max_iterations: int = field(default=200, metadata=limits(low=1, high=10_000))
    patience: int = field(default=15, metadata=limits(low=1, high=1000))
    rounds: int = field(default=10, metadata=limits(low=1, high=50))


def exemplars(
    points: Float32Array, *, k: int, damping: float, max_iterations: int, patience: int, rounds: int, seed: int
) -> dict[str, npt.NDArray[Any]]:
    """The election that comes nearest to ``k`` groups without falling below, as a task for `child.call`.

    Args:
        points: float32[N, d].
        k: groups wanted.
        damping: see `AffinityParams`.
        max_iterations: see `AffinityParams`.
        patience: see `AffinityParams`.
        rounds: see `AffinityParams`.
        seed: of the tiny noise that breaks ties.

    Returns:
        ``labels`` int32[N], 0 and up: the exemplar that each photo belongs to. Messages that never settle are taken as
        they stand.
    """
    from sklearn.cluster import affinity_propagation
    from sklearn.metrics import euclidean_distances

    similarity = -euclidean_distances(points, squared=True)
    # More groups than asked for can be joined, fewer cannot be split: start from one exemplar a photo.
    number, labels = len(points), np.arange(len(points))
    few, many = float(similarity.min()) * len(points), 0.0
    preference = float(np.median(similarity[~np.eye(len(points), dtype=bool)]))
    for _ in range(rounds):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it did not converge is no news here
            elected, found = affinity_propagation(
                similarity,
                preference=preference,
                damping=damping,
                max_iter=max_iterations,
                convergence_iter=patience,
                random_state=seed % 2**32,  # all that NumPy's old generators take
            )
        if k <= len(elected) < number:
            number, labels = len(elected), found
        if len(elected) == k:
            break
        if len(elected) < k:
            few = preference
        else:
            many = preference
        # Preferences span orders of magnitude, so the geometric middle is taken as soon as both ends allow it.
        preference = -float(np.sqrt(few * many)) if many < 0 else few / 8
    return {"labels": labels.astype(np.int32)}


def run(points: Float32Array, k: int | None, params: AffinityParams, seed: int, ctx: JobContext) -> Grouping:
    """Affinity propagation as a clustering method; see `clustering.base.Method`.

    Where no preference gives exactly ``k`` exemplars, the next larger number is joined down to ``k`` by Ward's
    criterion.
    """
    assert k is not None
    ctx.progress(0, 0, _STAGE)
    if k >= len(points):
        labels = np.arange(len(points), dtype=np.int32)
        return Grouping(labels, centroid_confidence(points, labels))
    # NumPy's integers are no JSON.
    found = child.call(exemplars, ctx, {"points": points}, k=int(k), seed=int(seed), **asdict(params))
    labels = found["labels"]
    number = int(labels.max()) + 1
    if number > k:
        centers = np.stack([points[labels == name].mean(axis=0) for name in range(number)])
        labels = ward(centers, ctx, np.bincount(labels)).cut(k)[labels]
    return Grouping(labels, centroid_confidence(points, labels))
