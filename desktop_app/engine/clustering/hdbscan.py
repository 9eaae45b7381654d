"""HDBSCAN (Campello, Moulavi and Sander 2013): groups are dense places, and what lies between them is unsure.

scikit-learn's, in a process of its own, since it builds its tree in one call that could not be cancelled otherwise.

A place where as many copies lie as make a group is infinitely dense, and would win over the group around it: the copies
would be a group, and most of what lies around them unsure (`findings/hdbscan-five-copies.sh`). So copies of one picture
are drawn apart, half as far as the nearest other picture is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering.base import Grouping, Material, centroid_confidence
from desktop_app.engine.clustering.features import pictures
from desktop_app.engine.computing import child
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.project import normalize
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Int64Array

BoolArray = npt.NDArray[np.bool_]

_STAGE = tr_noop("Looking for dense places")
_WAYS = 32


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

    first, turn = _copies(points, min_group)
    # More copies than these make a place no denser.
    part = turn < max(min_group, min_samples)
    apart = _drawn_apart(points[part], turn[part], first[part])
    found = HDBSCAN(min_cluster_size=min_group, min_samples=min(min_samples, len(apart)), copy=True).fit(apart)
    place = (np.cumsum(part) - 1)[first]
    return {
        "labels": found.labels_[place].astype(np.int32),
        "depth": found.probabilities_[place].astype(np.float32),
    }


def _copies(points: Float32Array, least: int) -> tuple[Int64Array, Int64Array]:
    """The first photo int64[N] of each one's picture, and how many before it show that, int64[N].

    Where a picture is there less than ``least`` times, each photo counts as the first.
    """
    picture = pictures(points)
    sizes = np.bincount(picture)
    order = np.argsort(picture, kind="stable")
    starts = np.cumsum(sizes) - sizes
    turn = np.empty_like(picture)
    turn[order] = np.arange(len(points)) - starts[picture[order]]
    often = sizes[picture] >= least
    return np.where(often, order[starts][picture], np.arange(len(points))), np.where(often, turn, 0)


def _drawn_apart(points: Float32Array, turn: Int64Array, first: Int64Array) -> Float32Array:
    """Points float32[n, d] as they are, or float32[n, d + 32] where some are copies.

    Copies go in directions of their own, so that they come nearer to no other picture.

    Args:
        points: float32[n, d].
        turn: int64[n], 0 for all but the second copy and later ones.
        first: int64[n], the same number for copies of each other.
    """
    if not turn.any():
        return points
    ways = np.random.default_rng(0).standard_normal((int(turn.max()) + 1, _WAYS), dtype=np.float32)
    ways[0] = 0
    away = np.zeros(len(points), np.float32)
    copied = np.isin(first, first[turn > 0]) & (turn == 0)
    away[copied] = _nearest_other(points[turn == 0], copied[turn == 0]) / 2
    alike = np.unique(first, return_inverse=True)[1]
    return np.hstack([points, normalize(ways)[turn] * np.bincount(alike, away)[alike, None].astype(np.float32)])


def _nearest_other(points: Float32Array, chosen: BoolArray) -> Float32Array:
    """How far the nearest other point is from each of the ``chosen`` bool[N] of ``points`` float32[N, d]."""
    from sklearn.neighbors import NearestNeighbors

    found: Float32Array = NearestNeighbors(n_neighbors=2).fit(points).kneighbors(points[chosen])[0][:, 1]
    return found


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
    found = child.call(dense_places, ctx, {"points": points}, min_group=min_group, min_samples=params.min_samples)
    labels, confidence = found["labels"], found["depth"]
    sure = labels >= 0
    # A dense place may be long: a photo at its far end, near another group, is not certain.
    if sure.any():
        confidence[sure] = np.minimum(confidence[sure], centroid_confidence(points[sure], labels[sure]))
    return DensePlaces(Grouping(labels, confidence))
