"""HDBSCAN (Campello, Moulavi and Sander 2013): groups are dense places, and what lies between them is unsure.

scikit-learn's, in a process of its own, since it builds its tree in one call that could not be cancelled otherwise.

A place where as many copies lie as make a group is infinitely dense, and would win over the group around it: the copies
would be a group, and most of what lies around them unsure (`findings/hdbscan-five-copies.sh`). Photos that hardly
differ do nearly the same. So where that many photos hardly differ, they count as copies of the first, and copies are
drawn apart, half as far as the nearest other picture is.
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
from desktop_app.engine.project import normalize
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Int64Array

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


def dense_places(
    points: Float32Array, counts_as: Int64Array, *, min_group: int, min_samples: int
) -> dict[str, npt.NDArray[Any]]:
    """scikit-learn's HDBSCAN of ``points`` float32[N, d], as a task for `child.call`.

    Args:
        points: float32[N, d].
        counts_as: the photo that each one hardly differs from, int64[N]; itself where there is none.
        min_group: fewest photos that make a group.
        min_samples: how many near photos make a place dense.

    Returns:
        ``labels`` int32[N], -1 outside every place, and ``depth`` float32[N]: how deep in its place a photo lies, 0..1.
    """
    from sklearn.cluster import HDBSCAN

    first, turn = _copies(counts_as, min_group)
    # More copies than these make a place no denser.
    part = turn < max(min_group, min_samples)
    apart = _drawn_apart(points, first[part], turn[part])
    found = HDBSCAN(min_cluster_size=min_group, min_samples=min(min_samples, len(apart)), copy=True).fit(apart)
    place = (np.cumsum(part) - 1)[first]
    return {
        "labels": found.labels_[place].astype(np.int32),
        "depth": found.probabilities_[place].astype(np.float32),
    }


def _copies(counts_as: Int64Array, least: int) -> tuple[Int64Array, Int64Array]:
    """The photo int64[N] that each one is a copy of, and how many copies of that come before it, int64[N].

    Photos of which there are less than ``least`` are copies of none but themselves.
    """
    own = np.arange(len(counts_as))
    often = np.bincount(counts_as, minlength=len(own))[counts_as] >= least
    first = np.where(often, counts_as, own)
    order = np.argsort(first, kind="stable")
    together = first[order]
    turn = np.empty_like(own)
    turn[order] = own - np.searchsorted(together, together)
    return first, turn


def _drawn_apart(points: Float32Array, first: Int64Array, turn: Int64Array) -> Float32Array:
    """Where photos are taken to be, float32[n, d + 32]; float32[n, d] where none is a copy.

    Copies go in directions of their own, so that they come nearer to no other picture.

    Args:
        points: float32[N, d].
        first: int64[n], the photo that each one is a copy of.
        turn: int64[n], how many copies of that come before it.
    """
    from sklearn.neighbors import NearestNeighbors

    if not turn.any():
        return points[first]
    pictures, copied = first[turn == 0], np.unique(first[turn > 0])
    # Itself and the nearest other one; where there is no other, any length will do.
    two = min(2, len(pictures))
    near = NearestNeighbors(n_neighbors=two).fit(points[pictures]).kneighbors(points[copied])[0][:, -1]
    away = np.zeros(len(points), np.float32)
    away[copied] = near / 2 if two == 2 else 1
    ways = np.random.default_rng(0).standard_normal((int(turn.max()) + 1, _WAYS), dtype=np.float32)
    ways[0] = 0
    return np.hstack([points[first], normalize(ways)[turn] * away[first, None]])


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
    counts_as = material.counts_as(ctx) if material.counts_as is not None else np.arange(count)
    asked: dict[str, npt.NDArray[Any]] = {"points": points, "counts_as": counts_as}
    found = child.call(dense_places, ctx, asked, min_group=min_group, min_samples=params.min_samples)
    labels, confidence = found["labels"], found["depth"]
    sure = labels >= 0
    # A dense place may be long: a photo at its far end, near another group, is not certain.
    if sure.any():
        confidence[sure] = np.minimum(confidence[sure], centroid_confidence(points[sure], labels[sure]))
    return DensePlaces(Grouping(labels, confidence))
