"""What a clustering method takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Int32Array

SHARPNESS = 0.25


@dataclass(frozen=True, slots=True)
class Grouping:
    """The raw result of a method.

    Attributes:
        labels: int32[N], any non-negative numbers, or -1 for a photo the method leaves out.
        confidence: float32[N] in 0..1: near 0 a photo could as well belong elsewhere, near 1 it could not.
    """

    labels: Int32Array
    confidence: Float32Array


Method = Callable[[Float32Array, int | None, Any, int, JobContext], Grouping]
"""``run(points float32[N, d], k or None, params, seed, ctx)``, for at least two distinct points."""


@dataclass(frozen=True, slots=True)
class Clusterer:
    """One entry of `clustering.CLUSTERERS`.

    Attributes:
        name: its key.
        title: in a person's words.
        run: the method.
        params: dataclass of its parameters; form and flags derive from its fields.
        max_photos: above this, memory or time would be out of proportion.
        takes_k: whether the person chooses the number of groups.
    """

    name: str
    title: str
    run: Method
    params: type
    max_photos: int
    takes_k: bool


def centroid_confidence(points: Float32Array, labels: Int32Array) -> Float32Array:
    """How surely each photo belongs to its group, judged by the distances to all groups' centers.

    ``softmax(-distance**2 / (SHARPNESS * scatter))`` at the own group, ``scatter`` the mean squared distance to the own
    center.

    Args:
        points: float32[N, d].
        labels: int32[N], 0 and up.

    Returns:
        float32[N] in 0..1; about 1/2 halfway between two groups, 1 where there is one group only.
    """
    names, own = np.unique(labels, return_inverse=True)
    centers = np.zeros((len(names), points.shape[1]))
    np.add.at(centers, own, points)
    centers /= np.bincount(own)[:, None]
    squared = np.einsum("nd,nd->n", points, points)[:, None] - 2 * (points @ centers.T.astype(np.float32))
    squared += (centers**2).sum(axis=1)
    mine = np.take_along_axis(squared, own[:, None], axis=1)
    scatter = max(float(mine.mean()), 1e-12)
    weights = np.exp(-(squared - squared.min(axis=1, keepdims=True)) / (SHARPNESS * scatter))
    share = np.take_along_axis(weights, own[:, None], axis=1)[:, 0] / weights.sum(axis=1)
    confidence: Float32Array = share.astype(np.float32)
    return confidence
