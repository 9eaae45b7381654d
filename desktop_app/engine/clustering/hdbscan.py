"""HDBSCAN (Campello et al. 2013), scikit-learn's: groups are dense places, and what lies between them is unsure.

The tree is built inside one call, which cannot be cancelled: the limit on photos keeps it to a few seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.engine.clustering.base import Grouping, centroid_confidence
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array


@dataclass(frozen=True, slots=True)
class HdbscanParams:
    """Parameters of HDBSCAN.

    Attributes:
        min_group: fewest photos that make a group; 0 chooses by the size of the folder (5 to 15).
        min_samples: how many near photos make a place dense; more leaves more photos unsure.
    """

    min_group: int = 0
    min_samples: int = 3


def run(points: Float32Array, k: int | None, params: HdbscanParams, seed: int, ctx: JobContext) -> Grouping:
    """HDBSCAN as a clustering method; see `clustering.base.Method`. ``k`` and ``seed`` play no part."""
    from sklearn.cluster import HDBSCAN

    count = len(points)
    min_group = params.min_group or int(np.clip(count // 60, 5, 15))
    if count < 2 * min_group:
        return Grouping(np.zeros(count, dtype=np.int32), np.ones(count, dtype=np.float32))
    ctx.progress(0, 0, "Looking for dense places")
    model = HDBSCAN(
        min_cluster_size=min_group, min_samples=params.min_samples, cluster_selection_method="eom", copy=True
    )
    model.fit(points.astype(np.float64))
    ctx.check()
    labels = model.labels_.astype(np.int32)
    confidence = model.probabilities_.astype(np.float32)
    sure = labels >= 0
    # A dense place may be long: a photo at its far end, near another group, is not certain.
    if sure.any():
        confidence[sure] = np.minimum(confidence[sure], centroid_confidence(points[sure], labels[sure]))
    return Grouping(labels, confidence)
