"""Self-labeling of a cluster head: it learns from the photos it is surest of (Van Gansbeke et al. 2020, step 3).

Only the head learns, on cached features. What stands for the strong augmentation of the paper is a neighbor: the
label of a sure photo is asked of one of its nearest.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering.heads import Adam, softmax
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_LEAST = 0.9
_QUANTILE = 0.7
_AGREEMENT = 0.8
_ROUNDS = 30
_BATCH = 1024
_RATE = 0.01
_STAGE = tr_noop("Learning from the surest photos")


def confident(probability: Float32Array, labels: Int32Array) -> npt.NDArray[np.bool_]:
    """Which photos teach, bool[N]: of each group those above 0.9 and above its 70th percentile.

    Args:
        probability: float32[N], of the own group.
        labels: int32[N], 0 and up, every number in use.

    A group without such a photo is represented by its surest ones, for a group that does not teach would vanish.
    """
    chosen = np.zeros(len(labels), dtype=bool)
    for group in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == group)
        level = float(np.quantile(probability[members], _QUANTILE))
        sure = probability[members] >= max(_LEAST, level)
        chosen[members] = sure if sure.any() else probability[members] >= level
    return chosen


def self_label(
    inputs: Float32Array, neighbors: Int64Array, weights: Float32Array, seed: int, ctx: JobContext
) -> Float32Array:
    """Teach a head its own sure labels, every group weighing the same.

    Args:
        inputs: float32[N, d + 1], see `heads.with_bias`.
        neighbors: int64[N, K].
        weights: float32[d + 1, C] of the head.
        seed: of the draws.
        ctx: checked at every step.

    Returns:
        Weights float32[d + 1, C] of the last round in which no group was empty and the labels' adjusted mutual
        information with the first ones was at least 0.8; the given ones if no round was.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    rng = np.random.default_rng(seed)
    start, best = (inputs @ weights).argmax(axis=1), weights
    used = len(np.unique(start))
    current = weights.copy()
    adam = Adam(current)
    for number in range(_ROUNDS):
        ctx.progress(number, _ROUNDS, _STAGE)
        probability = softmax(inputs @ current)
        labels = probability.argmax(axis=1).astype(np.int32)
        if len(np.unique(labels)) < used or adjusted_mutual_info_score(start, labels) < _AGREEMENT:
            break
        best = current.copy()
        names, own = np.unique(labels, return_inverse=True)
        teachers = np.flatnonzero(confident(probability.max(axis=1), own.astype(np.int32)))
        for _ in range(max(1, len(teachers) // _BATCH)):
            ctx.check()
            batch = rng.permutation(teachers)[:_BATCH]
            seen = inputs[neighbors[batch, rng.integers(0, neighbors.shape[1], len(batch))]]
            target = names[own[batch]]
            weight = 1.0 / np.bincount(target, minlength=weights.shape[1])[target]
            adam.step(seen.T @ _gradient(softmax(seen @ current), target, weight / weight.sum()), _RATE)
    return best


def _gradient(p: Float32Array, target: Int64Array, weight: Float64Array) -> Float32Array:
    """Gradient float32[n, C] of ``-sum weight * log p[target]`` by the logits."""
    out = p.copy()
    out[np.arange(len(p)), target] -= 1.0
    return out * weight.astype(np.float32)[:, None]
