"""From many small clusters to k groups: a merging tree to be cut anywhere, and groups split where there are too few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.base import centroid_confidence
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class MergeTree:
    """The order in which clusters were joined.

    Attributes:
        joins: int64[C - 1, 2]: step i puts the second group into the first; a group is named by its lowest cluster.
    """

    joins: Int64Array

    def cut(self, k: int) -> Int32Array:
        """The group int32[C], 0 to k' - 1, of every cluster when ``k' = min(k, C)`` groups are left."""
        clusters = len(self.joins) + 1
        name = np.arange(clusters)
        for keep, gone in self.joins[: max(clusters - k, 0)]:
            name[name == gone] = keep
        return np.unique(name, return_inverse=True)[1].astype(np.int32)


def similarity(points: Float32Array, probability: Float32Array, neighbors: Int64Array) -> Float64Array:
    """How much pairs of clusters belong together.

    Args:
        points: float32[N, d].
        probability: float32[N, C].
        neighbors: int64[N, K], rows of ``points``.

    Returns:
        float64[C, C], the mean of three views: cosine of the centers; overlap of the probabilities,
        ``sum_x p_a p_b / sqrt(sum_x p_a^2 sum_x p_b^2)``; links between neighbors, by the sizes' geometric mean.
    """
    exact = probability.astype(np.float64)
    centers = normalize((exact.T @ points).astype(np.float32)).astype(np.float64)
    overlap = exact.T @ exact
    length = np.sqrt(np.diag(overlap)) + _TINY
    reached = np.zeros_like(exact)
    for column in neighbors.T:
        reached += probability[column]
    links = exact.T @ reached / max(neighbors.shape[1], 1)
    size = np.sqrt(exact.sum(axis=0)) + _TINY
    both = overlap / np.outer(length, length) + (links + links.T) / 2 / np.outer(size, size)
    mean: Float64Array = (centers @ centers.T + both) / 3
    return mean


def merge(alike: Float64Array, used: Int64Array) -> MergeTree:
    """Join the two most similar groups until one is left (average linkage).

    Args:
        alike: float64[C, C], symmetric.
        used: int64[C], photos in each cluster; empty clusters are joined before all others.

    Returns:
        The tree.
    """
    clusters = len(used)
    sums = alike.copy()
    count = np.ones(clusters)
    alive = np.ones(clusters, dtype=bool)
    empty = used == 0
    joins = np.empty((clusters - 1, 2), dtype=np.int64)
    for step in range(clusters - 1):
        linkage = sums / np.outer(count, count)
        candidates = np.outer(alive, alive)
        np.fill_diagonal(candidates, False)
        if empty.any():
            candidates &= empty[:, None] | empty
        place = int(np.where(candidates, linkage, -np.inf).argmax())
        keep, gone = sorted(divmod(place, clusters))
        joins[step] = keep, gone
        sums[keep] += sums[gone]
        sums[:, keep] += sums[:, gone]
        count[keep] += count[gone]
        empty[keep] &= empty[gone]
        alive[gone] = empty[gone] = False
    return MergeTree(joins)


def split(
    points: Float32Array, labels: Int32Array, k: int, seed: int, ctx: JobContext
) -> tuple[Int32Array, Float32Array]:
    """Divide the most scattered groups in two until there are ``k``.

    Args:
        points: float32[N, d] with at least ``k`` different rows.
        labels: int32[N], any non-negative numbers.
        k: groups wanted; ``labels`` with as many or more come back as they are, numbered from 0.
        seed: of k-means.
        ctx: checked at every division.

    Returns:
        Labels int32[N], 0 and up, and how surely each photo is on its side of the divisions, float32[N] (1 where its
        group was not divided).
    """
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int32)
    side = np.ones(len(points), dtype=np.float32)
    number = int(labels.max()) + 1
    whole: set[int] = set()
    while number < k:
        size = np.bincount(labels)
        centers = np.zeros((number, points.shape[1]))
        np.add.at(centers, labels, points)
        centers /= size[:, None]
        scatter = np.bincount(labels, weights=((points - centers[labels]) ** 2).sum(axis=1))
        order = [int(group) for group in np.argsort(-scatter, kind="stable") if size[group] > 1 and group not in whole]
        if not order:
            break
        for group in order[: max(1, min(k - number, len(order) // 2))]:
            members = np.flatnonzero(labels == group)
            halves = kmeans.fit(points[members], 2, ctx, seed=seed, restarts=2).labels
            if not 0 < halves.sum() < len(members):
                whole.add(group)
                continue
            side[members] *= centroid_confidence(points[members], halves)
            labels[members[halves == 1]] = number
            number += 1
    return labels, side
