"""The interface of clustering methods: their input, their result and their entry in the registry; confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

# Exponent of the squared distances. `calibration` decides what a confidence means in the end; at 5 it has least to do.
_SHARPNESS = 5
_SMALLEST = 1e-6
_BLOCK_VALUES = 1 << 20


@dataclass(frozen=True, slots=True)
class Neighboring:
    """What another number of groups would change, in a hierarchy.

    Attributes:
        split: the label that one more group divides; None where there is no more to divide.
        join: the two labels that one group fewer joins; None for one group.
    """

    split: int | None
    join: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Grouping:
    """The raw result of a method.

    Attributes:
        labels: int32[N], any non-negative numbers, or -1 for a photo the method leaves out.
        confidence: float32[N] in 0..1 as the method has it: near 0 a photo could as well belong elsewhere, near 1 it
            could not. `calibration` makes it mean the same for each method.
        neighboring: what another number would change; None where the groups of another number are others altogether.
    """

    labels: Int32Array
    confidence: Float32Array
    neighboring: Neighboring | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What a method is given.

    Attributes:
        points: float32[N, d] of `features.prepare`, at least two of them distinct.
        clusters: float32[N, C], cluster probabilities of the model that looked at the photos; None where it has none.
        counts_as: the photo that each one hardly differs from, int64[N] as `copies.counts_as` has it, for methods that
            ask; None where each counts as itself.
    """

    points: Float32Array
    clusters: Float32Array | None = None
    counts_as: Callable[[JobContext], Int64Array] | None = None


class Fitted(Protocol):
    """What a method has found out about the photos before it is asked for a number of groups."""

    def groups(self, k: int | None, seed: int, ctx: JobContext) -> Grouping:
        """Put the photos into ``k`` groups; None lets a method that can do so find the number."""
        ...


@runtime_checkable
class Nested(Fitted, Protocol):
    """What a method has found out whose groups of every number are one hierarchy."""

    def labels(self, k: int, ctx: JobContext) -> Int32Array:
        """The labels of `groups`, int32[N], without what else it says; fewer groups where there are no more."""
        ...


Fit = Callable[[Material, Any, int, JobContext], Fitted]
"""``fit(material, params, seed, ctx)``: the part of the work that is the same for every number of groups."""

Method = Callable[[Float32Array, int | None, Any, int, JobContext], Grouping]
"""``run(points float32[N, d], k or None, params, seed, ctx)``: a method whose work is another for every number."""


@dataclass(frozen=True, slots=True)
class _Stateless:
    run: Method
    points: Float32Array
    params: Any

    def groups(self, k: int | None, seed: int, ctx: JobContext) -> Grouping:
        return self.run(self.points, k, self.params, seed, ctx)


def stateless(run: Method) -> Fit:
    """A method that shares no work between numbers of groups, as a `Fit`: it is run from the start for each."""
    return lambda material, params, _seed, _ctx: _Stateless(run, material.points, params)


@dataclass(frozen=True, slots=True)
class Clusterer:
    """One entry of `clustering.CLUSTERERS`.

    Attributes:
        name: its key.
        title: in a person's words.
        fit: the method.
        params: dataclass of its parameters; form and flags derive from its fields.
        max_photos: above this, memory or time would be out of proportion.
        takes_k: whether the person can choose the number of groups.
        finds_k: whether it finds the number itself when the person does not choose; others take the suggested one.
        from_model: whether it works only with a model that carries cluster probabilities.
        nested: whether one more group divides one group and leaves the others alone; it is a `Nested` then.
        calibration: slope and shift of the log odds of its confidences, see `calibration`.
    """

    name: str
    title: str
    fit: Fit
    params: type
    max_photos: int
    takes_k: bool = True
    finds_k: bool = False
    from_model: bool = False
    nested: bool = False
    calibration: tuple[float, float] = (1.0, 0.0)


def centroid_confidence(points: Float32Array, labels: Int32Array) -> Float32Array:
    """How surely each photo belongs to its group, judged by its distances to all groups' centers.

    The membership of fuzzy c-means (Bezdek 1981): ``1 / sum_j (own / distance_j) ** (2 * 5)``.

    Args:
        points: float32[N, d].
        labels: int32[N], 0 and up.

    Returns:
        float32[N] in 0..1: 1/2 halfway between two groups, less where another center is nearer, 1 at the own center
        or where there is one group only.
    """
    _, own, centers = centers_of(points, labels)
    confidence = np.empty(len(points), dtype=np.float32)
    for rows, squared in squared_to(points, centers):
        confidence[rows] = membership(squared, own[rows])
    return confidence


def membership(squared: Float32Array, own: Int64Array) -> Float64Array:
    """Membership float64[n] in the group ``own`` int64[n] by squared distances float32[n, K] to all centers."""
    ratio = np.take_along_axis(squared, own[:, None], axis=1) / squared
    found: Float64Array = 1.0 / (ratio.astype(np.float64) ** _SHARPNESS).sum(axis=1)
    return found


def best_and_second(points: Float32Array, labels: Int32Array) -> tuple[Int32Array, Int32Array]:
    """The group of each photo, and the one that it would belong to otherwise: the nearest other center.

    Args:
        points: float32[N, d].
        labels: int32[N], -1 for a photo that no group claims.

    Returns:
        ``labels`` int32[N] with the nearest group for the unclaimed, and the second int32[N], -1 where there is none.
    """
    claimed = labels >= 0
    best, second = labels.copy(), np.full(len(labels), -1, dtype=np.int32)
    if not claimed.any():
        return best, second
    names, _, centers = centers_of(points[claimed], labels[claimed])
    for rows, squared in squared_to(points, centers):
        every = np.arange(len(squared))
        nearest = squared.argmin(axis=1)
        own = np.where(claimed[rows], np.searchsorted(names, labels[rows]), nearest)
        best[rows] = names[own]
        squared[every, own] = np.inf
        if len(names) > 1:
            second[rows] = names[squared.argmin(axis=1)]
    return best, second


def centers_of(points: Float32Array, labels: Int32Array) -> tuple[Int32Array, Int64Array, Float32Array]:
    """The labels in use, the place of each photo's among them, and their centers float32[K, d]."""
    names, own = np.unique(labels, return_inverse=True)
    order = np.argsort(own, kind="stable")
    sizes = np.bincount(own)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    sums = np.add.reduceat(points[order], starts, axis=0, dtype=np.float64)
    return names, own, (sums / sizes[:, None]).astype(np.float32)


def squared_to(points: Float32Array, centers: Float32Array) -> Iterator[tuple[slice, Float32Array]]:
    """Squared distances float32[n, K] of blocks of points to all centers, none below rounding noise."""
    lengths = np.einsum("kd,kd->k", centers, centers)
    rows = max(256, _BLOCK_VALUES // len(centers))
    for start in range(0, len(points), rows):
        block = points[start : start + rows]
        squared: Float32Array = np.einsum("nd,nd->n", block, block)[:, None] - 2 * (block @ centers.T)
        squared += lengths
        np.maximum(squared, _SMALLEST, out=squared)
        yield slice(start, start + rows), squared
