"""Photos that came after groups were made: the group that each of them joins.

A hierarchy (see `hierarchy`) says of every photo where it is at each number of groups at once. So does a photo that
joins: it goes to the part (the groups at `FINEST` of them) whose groups at all numbers lie nearest, measured as there:
squared distances to their means, each number weighing ``1 / (k * scatter)``. So with one group more, photos that came
later stay with those that they joined, too. Where a method makes other groups altogether for each number, the mean of a
group is all there is, and the nearest one takes the photo.

Measured when the rule was chosen, on three labeled folders, a tenth held out, five times (`tests/benchmarks/joining.py`
measures the rule as it is, with its own draws): how many of these get the group that grouping all would
give them (matched one to one; "made of" is the same figure for the nine tenths), and accuracy. Percent, at the true and
the suggested number and at 6, 12 and 20; in the last line at the true and the suggested one.

| | all numbers | nearest mean | nearest part | down the tree | made of |
|---|---|---|---|---|---|
| k-means | **77.0**, 55.6 | 76.4, 55.4 | 73.5, 54.2 | 73.1, 55.0 | 75.4, 55.2 |
| agglomerative | **69.4**, 53.4 | 67.9, 52.7 | 67.1, 51.0 | 65.1, 52.4 | 70.7, 51.3 |

| | nearest mean | nearest photo | five nearest | ten nearest | made of |
|---|---|---|---|---|---|
| gmm | **84.5**, 69.5 | 77.3, 67.2 | 80.4, 69.9 | 82.1, 70.2 | 82.2, 66.5 |
| hdbscan | 86.1, 53.4 | 83.4, 53.9 | 86.6, 53.2 | 86.1, 54.1 | 88.8, 49.0 |
| spectral | 84.4, 69.0 | 80.8, 67.5 | 84.0, 68.2 | 85.6, 68.4 | 88.4, 65.0 |
| affinity | **83.6**, 73.2 | 74.8, 69.0 | 78.9, 72.4 | 78.1, 72.1 | 85.9, 65.0 |

The confidence is that of `base.centroid_confidence`, which every method's calibration is made for or near to: in the
halves of `calibration` it is off by 4 (k-means) to 11 points (hdbscan), where photos that groups are made of are off by
3 to 5, and hdbscan's by 26.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering.base import centers_of, membership, squared_to
from desktop_app.engine.types import UNSURE, Float32Array, Int32Array

# As in `hierarchy`: levels of almost single photos must not outweigh the others.
_NO_SCATTER = 1e-3


@dataclass(frozen=True, slots=True)
class Pattern:
    """What photos are put into groups by that were not there when these were made.

    Attributes:
        centers: float32[F, d], of each part what stands for the means of all groups that it is part of.
        halves: float32[F], likewise half their squares; a part is the nearer, the larger ``x @ center - half``.
        groups: bool[F, K], which groups have photos of a part.
        means: float32[K, d] of the groups.
    """

    centers: Float32Array
    halves: Float32Array
    groups: npt.NDArray[np.bool_]
    means: Float32Array

    def attach(self, points: Float32Array) -> tuple[Int32Array, Int32Array, Float32Array]:
        """The group that each photo joins, each by itself.

        Args:
            points: float32[N, d], of the same features.

        Returns:
            The group int32[N] and the nearest other one int32[N], `UNSURE` where there is none, and how sure the first
            is, float32[N] in 0..1, before `calibration`.
        """
        best, second = (np.full(len(points), UNSURE, np.int32) for _ in range(2))
        confidence = np.zeros(len(points), np.float32)
        if not len(self.means):
            return best, second, confidence
        for rows, squared in squared_to(points, self.means):
            part = (points[rows] @ self.centers.T - self.halves).argmax(axis=1)
            own = np.where(self.groups[part], squared, np.inf).argmin(axis=1)
            best[rows], confidence[rows] = own, membership(squared, own)
            if len(self.means) > 1:
                squared[np.arange(len(own)), own] = np.inf
                second[rows] = squared.argmin(axis=1)
        return best, second, confidence


def pattern_of(points: Float32Array, labels: Int32Array, levels: Sequence[Int32Array] = ()) -> Pattern:
    """The pattern of groups that were made.

    Args:
        points: float32[N, d] of the photos that they were made of.
        labels: int32[N], 0 to K - 1, or `UNSURE`.
        levels: int32[N] each, the groups at other numbers of them, where they are a hierarchy: each divides those
            before it, and ``labels`` are one of them, or divide the last.

    Returns:
        Without levels, one part that all photos are in.
    """
    claimed = labels >= 0
    finest = levels[-1] if levels else np.zeros(len(points), np.int32)
    names, first, own = np.unique(finest, return_index=True, return_inverse=True)
    groups = np.zeros((len(names), int(labels.max(initial=UNSURE)) + 1), np.bool_)
    groups[own[claimed], labels[claimed]] = True
    means = np.empty((0, points.shape[1]), np.float32)
    if claimed.any():
        means = centers_of(points[claimed], labels[claimed])[2]
    sizes = np.bincount(own).astype(np.float64)
    sums = np.zeros((len(names), points.shape[1]))
    np.add.at(sums, own, points)
    total = float(np.einsum("nd,nd->", points, points, dtype=np.float64))
    centers, halves, weight = np.zeros_like(sums), np.zeros(len(names)), 0.0
    for level in levels:
        group = np.unique(level[first], return_inverse=True)[1]
        number = int(group.max()) + 1
        at = np.zeros((number, points.shape[1]))
        np.add.at(at, group, sums)
        at /= np.bincount(group, sizes)[:, None]
        squares = np.einsum("kd,kd->k", at, at)
        scatter = max(total - float(np.bincount(group, sizes) @ squares), _NO_SCATTER * total)
        share = 1.0 / (number * scatter)
        centers += share * at[group]
        halves += 0.5 * share * squares[group]
        weight += share
    weight = weight or 1.0
    return Pattern((centers / weight).astype(np.float32), (halves / weight).astype(np.float32), groups, means)
