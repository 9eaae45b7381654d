"""HDBSCAN (Campello, Moulavi and Sander 2013): groups are dense places, and what lies between them is unsure.

scikit-learn's, in a process of its own, since it builds its tree in one call that could not be cancelled otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering.base import Grouping, Material, centroid_confidence
from desktop_app.engine.computing import child
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array

_STAGE = tr_noop("Looking for dense places")


@dataclass(frozen=True, slots=True)
class HdbscanParams:
    """Parameters of HDBSCAN.

    Attributes:
        min_group: fewest photos that make a group, at least 2; 0 chooses by the size of the folder (5 to 15).
        min_samples: how many near photos, itself among them, make a place dense; more leaves more photos unsure.
    """

    min_group: int = field(default=0, metadata=limits(low=0, high=100_000))
    min_samples: int = field(default=3, metadata=limits(low=1, high=1000))


@dataclass(frozen=True, slots=True)
class DensePlaces:
    """The groups of a folder's photos, whose number is theirs.

    Attributes:
        grouping: the groups.
    """

    grouping: Grouping

    def groups(self, k: int | None, seed: int, ctx: JobContext) -> Grouping:
        """The groups, whatever ``k``; see `clustering.base.Fitted`."""
        ctx.check()
        return self.grouping


def dense_places(points: Float32Array, *, min_group: int, min_samples: int) -> dict[str, npt.NDArray[Any]]:
    """scikit-learn's HDBSCAN of ``points`` float32[N, d], as a task for `child.call`.

    Returns:
        ``labels`` int32[N], -1 outside every place, and ``depth`` float32[N]: how deep in its place a photo lies, 0..1.
    """
    from sklearn.cluster import HDBSCAN

    found = HDBSCAN(min_cluster_size=min_group, min_samples=min_samples, copy=True).fit(points)
    return {"labels": found.labels_.astype(np.int32), "depth": found.probabilities_.astype(np.float32)}


def fit(material: Material, params: HdbscanParams, seed: int, ctx: JobContext) -> DensePlaces:
    """HDBSCAN as a clustering method; see `clustering.base.Fit`. ``seed`` plays no part.

    A folder too small for two groups is one group.
    """
    points = material.points
    count = len(points)
    min_group = max(2, params.min_group or int(np.clip(count // 60, 5, 15)))
    if count < 2 * min_group:
        return DensePlaces(Grouping(np.zeros(count, dtype=np.int32), np.ones(count, dtype=np.float32)))
    ctx.progress(0, 0, _STAGE)
    samples = min(params.min_samples, count)
    found = child.call(dense_places, ctx, {"points": points}, min_group=min_group, min_samples=samples)
    labels, confidence = found["labels"], found["depth"]
    sure = labels >= 0
    # A dense place may be long: a photo at its far end, near another group, is not certain.
    if sure.any():
        confidence[sure] = np.minimum(confidence[sure], centroid_confidence(points[sure], labels[sure]))
    return DensePlaces(Grouping(labels, confidence))
