"""The clusters that a model brings along (a SCAN head trained with it, say) as groups of a folder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.base import Grouping, Material
from desktop_app.engine.clustering.merge import MergeTree, merge, split
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array


@dataclass(frozen=True, slots=True)
class ModelParams:
    """The model's clusters have no parameters."""


@dataclass(frozen=True, slots=True)
class ModelClusters:
    """What the model says of the photos, to be taken as it is or merged.

    Attributes:
        points: float32[N, d].
        probability: float32[N, C].
        tree: in which its clusters merge.
    """

    points: Float32Array
    probability: Float32Array
    tree: MergeTree

    def groups(self, k: int | None, seed: int, ctx: JobContext) -> Grouping:
        """Groups with the model's probability as confidence; see `clustering.base.Fitted`.

        Without ``k`` every cluster that some photo belongs to is a group. A smaller ``k`` merges the most alike, a
        larger one splits the most scattered.
        """
        ctx.check()
        if k is None:
            return Grouping(self.probability.argmax(axis=1).astype(np.int32), self.probability.max(axis=1))
        group = self.tree.cut(k)
        member = kmeans.membership(group, int(group.max()) + 1)
        mass = self.probability[:, self.tree.used] @ member
        labels, side = split(self.points, mass.argmax(axis=1).astype(np.int32), k, seed, ctx)
        return Grouping(labels, np.clip(mass.max(axis=1) * side, 0.0, 1.0))


def fit(material: Material, params: ModelParams, seed: int, ctx: JobContext) -> ModelClusters:
    """The model's clusters as a clustering method; see `clustering.base.Fit`."""
    assert material.clusters is not None
    labels = material.clusters.argmax(axis=1).astype(np.int32)
    return ModelClusters(material.points, material.clusters, merge(material.points, labels, ctx))
