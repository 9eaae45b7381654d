"""Photos that hardly differ, such as those of a burst, count once where the number of groups is asked for.

Otherwise thirty photos of one moment are a group of their own, the tightest of all, and the number of groups would
rise with how long somebody held the button.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Int64Array

# Photos of holidays and of nine sources, each cut and lit a little differently (2 and 5 %): cosines of 0.93 to 0.99 as
# the model gives them, 0.95 to 0.99 of prepared points. Of 100 photos of other things 99 have no neighbor so near.
ALIKE = 0.92
ALIKE_PREPARED = 0.95
_ALL_PAIRS = 3000
_CELL = 200

BoolArray = npt.NDArray[np.bool_]


def once_each(vectors: Float32Array, points: Float32Array, ctx: JobContext) -> Int64Array:
    """The rows that stay when of photos that hardly differ only the first counts, see `counts_as`; int64[M], ascending.

    Args:
        vectors: float32[N, D], as the model gave them.
        points: float32[N, d] of `features.prepare`, of unit length.
        ctx: checked between blocks.
    """
    return np.flatnonzero(counts_as(vectors, points, ctx) == np.arange(len(points)))


def counts_as(vectors: Float32Array, points: Float32Array, ctx: JobContext) -> Int64Array:
    """For each photo the first one that it hardly differs from, itself where there is none; int64[N].

    Two photos hardly differ where their vectors and their points do. Each photo that stays takes with it those that
    hardly differ from itself, so no chain of small steps joins what is unlike. Of many photos, only those that lie
    nearest to the same one of some hundred photos are compared; hardly a pair is lost by that.

    Args:
        vectors: float32[N, D], as the model gave them.
        points: float32[N, d] of `features.prepare`, of unit length.
        ctx: checked between blocks.
    """
    first = np.arange(len(points))
    with one_blas_thread():
        for rows in _cells(points):
            ctx.check()
            own = points[rows]
            # Another array, or BLAS takes the slower way of a product with itself.
            near = own @ own.copy().T >= ALIKE_PREPARED
            np.fill_diagonal(near, False)
            some = np.flatnonzero(near.any(axis=1))
            first[rows[some]] = rows[some][_first_of_each(vectors[rows[some]], near[np.ix_(some, some)])]
    return first


def _cells(points: Float32Array) -> Iterator[Int64Array]:
    """Rows, ascending, that are compared with each other."""
    count = len(points)
    if count <= _ALL_PAIRS:
        yield np.arange(count)
        return
    pivots = points[::_CELL]
    cell = np.concatenate([(points[at : at + 4096] @ pivots.T).argmax(axis=1) for at in range(0, count, 4096)])
    order = np.argsort(cell, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(cell[order])) + 1):
        yield from (rows[at : at + _ALL_PAIRS] for at in range(0, len(rows), _ALL_PAIRS))


def _first_of_each(vectors: Float32Array, near: BoolArray) -> Int64Array:
    """Which row each one counts as, each in turn taking the later ones alike; only pairs that are ``near`` can be."""
    unit = normalize(vectors)
    first = np.arange(len(unit))
    free = np.ones(len(unit), dtype=np.bool_)
    for row in range(len(unit)):
        if free[row]:
            later = row + 1 + np.flatnonzero(near[row, row + 1 :] & free[row + 1 :])
            taken = later[unit[later] @ unit[row] >= ALIKE]
            first[taken], free[taken] = row, False
    return first
