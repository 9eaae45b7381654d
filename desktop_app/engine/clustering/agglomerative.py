"""Agglomerative clustering with Ward's criterion, by nearest-neighbor chains on the centers.

Ward's distance needs the centers and sizes only, so no N x N matrix is kept: memory grows with N, and every step can
be cancelled. In folders above `AgglomerativeParams.direct_limit` photos, k-means first makes many small groups, which
Ward then joins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.base import Grouping, Material, Neighboring, centroid_confidence
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_CHECK_EVERY = 64
_STAGE = tr_noop("Joining groups")


@dataclass(frozen=True, slots=True)
class AgglomerativeParams:
    """Parameters of agglomerative clustering.

    Attributes:
        direct_limit: photos joined one by one; above, half as many small groups of them.
    """

    direct_limit: int = field(default=6000, metadata=limits(low=4, high=20_000))


@dataclass(frozen=True, slots=True)
class Tree:
    """A dendrogram.

    Attributes:
        merges: int64[N - 1, 2], the two nodes joined at each step, by rising height; leaves are 0..N-1, step i makes
            node N + i.
        heights: float64[N - 1], the increase of within-group scatter at each step.
    """

    merges: Int64Array
    heights: Float64Array

    def cut(self, k: int) -> Int32Array:
        """Labels int32[N] of the ``k`` groups that remain before the last ``k - 1`` steps."""
        leaves = len(self.merges) + 1
        parent = np.arange(leaves + len(self.merges))
        for step, (left, right) in enumerate(self.merges[: leaves - k]):
            parent[left] = parent[right] = leaves + step
        for node in range(len(parent) - 1, -1, -1):
            parent[node] = parent[parent[node]]
        labels: Int32Array = np.unique(parent[:leaves], return_inverse=True)[1].astype(np.int32)
        return labels

    def neighboring(self, k: int) -> Neighboring:
        """What one group more or fewer than ``k`` would change, in labels of `cut`."""
        here = self.cut(k)
        split = join = None
        if k <= len(self.merges):
            split = int(here[self._leaf(len(self.merges) + 1 + len(self.merges) - k)])
        if k > 1:
            first, second = (self._leaf(node) for node in self.merges[len(self.merges) + 1 - k])
            join = int(here[first]), int(here[second])
        return Neighboring(split, join)

    def _leaf(self, node: int) -> int:
        """One of the leaves below a node."""
        leaves = len(self.merges) + 1
        while node >= leaves:
            node = int(self.merges[node - leaves, 0])
        return int(node)


def ward(points: Float32Array, ctx: JobContext, sizes: npt.NDArray[Any] | None = None) -> Tree:
    """Ward's dendrogram (Murtagh's nearest-neighbor chain).

    Args:
        points: float32[N, d], N >= 1.
        ctx: checked every few hundred steps.
        sizes: [N], how many photos each point stands for; one each when None.

    Returns:
        The tree, the same as scipy's up to ties.
    """
    count = len(points)
    centers = points.astype(np.float32).copy()
    squares = np.einsum("nd,nd->n", centers, centers)
    weight = np.ones(count, dtype=np.float32) if sizes is None else sizes.astype(np.float32)
    node = np.arange(count)
    rounding = 1e-6 * float(squares.max())
    active = count
    joined = np.empty((count - 1, 2), dtype=np.int64)
    heights = np.empty(count - 1)
    chain: list[int] = []
    for step in range(count - 1):
        while True:
            if not chain:
                chain.append(0)
            tip = chain[-1]
            gain = squares[:active] + squares[tip] - 2 * (centers[:active] @ centers[tip])
            gain *= weight[:active] * weight[tip] / (weight[:active] + weight[tip])
            gain[tip] = np.inf
            nearest = int(gain.argmin())
            before = chain[-2] if len(chain) > 1 else -1
            # The way back wins what may be a tie but for rounding, or equal points would send the chain in circles.
            if before >= 0 and gain[nearest] >= gain[before] - rounding * max(weight[nearest], weight[before]):
                break
            chain.append(nearest)
        del chain[-2:]
        low, high = min(tip, before), max(tip, before)
        joined[step] = node[low], node[high]
        heights[step] = max(float(gain[before]), 0.0)
        total = weight[low] + weight[high]
        centers[low] = (weight[low] * centers[low] + weight[high] * centers[high]) / total
        squares[low] = centers[low] @ centers[low]
        weight[low], node[low] = total, count + step
        active -= 1
        for column in (centers, squares, weight, node):
            column[high] = column[active]
        chain = [high if place == active else place for place in chain]
        if step % _CHECK_EVERY == 0:
            ctx.progress(step, count - 1, _STAGE)
    return _by_height(joined, heights)


def _by_height(joined: Int64Array, heights: Float64Array) -> Tree:
    """The steps in rising order of height, nodes renumbered accordingly."""
    leaves = len(heights) + 1
    # A parent is never lower than its children but for rounding, which the running maximum takes out.
    lifted = heights.copy()
    for step, pair in enumerate(joined):
        below = [lifted[child - leaves] for child in pair if child >= leaves]
        lifted[step] = max([lifted[step], *below])
    order = np.argsort(lifted, kind="stable")
    rank = np.empty(leaves + len(order), dtype=np.int64)
    rank[:leaves] = np.arange(leaves)
    rank[leaves + order] = leaves + np.arange(len(order))
    return Tree(rank[joined[order]], lifted[order])


@dataclass(frozen=True, slots=True)
class Dendrogram:
    """The tree of a folder's photos, to be cut anywhere.

    Attributes:
        points: float32[N, d].
        tree: over small groups of them.
        member: int64[N], the leaf of each photo.
    """

    points: Float32Array
    tree: Tree
    member: Int64Array

    def groups(self, k: int | None, seed: int, ctx: JobContext) -> Grouping:
        """The last ``k`` groups, at most as many as there are leaves; see `clustering.base.Fitted`."""
        assert k is not None
        labels = self.labels(k, ctx)
        neighboring = self.tree.neighboring(min(k, len(self.tree.merges) + 1))
        return Grouping(labels, centroid_confidence(self.points, labels), neighboring)

    def labels(self, k: int, ctx: JobContext) -> Int32Array:
        """The groups alone; see `clustering.base.Nested`."""
        ctx.check()
        found: Int32Array = self.tree.cut(min(k, len(self.tree.merges) + 1))[self.member]
        return found


def fit(material: Material, params: AgglomerativeParams, seed: int, ctx: JobContext) -> Dendrogram:
    """Ward's method as a clustering method; see `clustering.base.Fit`."""
    points = material.points
    count = len(points)
    if count <= params.direct_limit:
        return Dendrogram(points, ward(points, ctx), np.arange(count))
    start = np.random.default_rng(seed).choice(count, params.direct_limit // 2, replace=False)
    small = kmeans.lloyd(points, points[np.sort(start)], ctx, max_iterations=5)
    filled, member = np.unique(small.labels, return_inverse=True)
    return Dendrogram(points, ward(small.centers[filled], ctx, np.bincount(member)), member)
