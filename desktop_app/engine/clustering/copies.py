"""Photos that hardly differ, such as those of a burst, count once where the number of groups is asked for.

Otherwise thirty photos of one moment are a group of their own, the tightest of all, and the number of groups would
rise with how long somebody held the button.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Int64Array

# Photos of holidays and of nine sources, each cut and lit a little differently (2 and 5 %): cosines of 0.93 to 0.99 as
# the model gives them, 0.95 to 0.99 of prepared points. Of 100 photos of other things 99 have no neighbor so near.
ALIKE = 0.92
ALIKE_PREPARED = 0.95
_ALL_PAIRS = 3000
_CELL = 400
_PAIRS = 1 << 18


def once_each(vectors: Float32Array, points: Float32Array, ctx: JobContext) -> Int64Array:
    """The rows that stay when of photos that hardly differ only the first counts.

    Two photos hardly differ where their vectors and their points do. Each photo that stays takes with it those that
    hardly differ from itself, so no chain of small steps joins what is unlike. Of many photos, only those that lie
    nearest to the same one of some hundred photos are compared; hardly a pair is lost by that.

    Args:
        vectors: float32[N, D], as the model gave them.
        points: float32[N, d] of `features.prepare`, of unit length.
        ctx: checked between blocks.

    Returns:
        int64[M], ascending.
    """
    stays = np.ones(len(points), dtype=np.bool_)
    for rows in _cells(points):
        ctx.check()
        near = points[rows] @ points[rows].T >= ALIKE_PREPARED
        later, earlier = np.nonzero(np.tril(near, -1))
        alike = _alike(vectors, rows[later], rows[earlier])
        _let_go(stays, rows[later[alike]], rows[earlier[alike]])
    return np.flatnonzero(stays)


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


def _alike(vectors: Float32Array, some: Int64Array, others: Int64Array) -> np.ndarray:
    found = [np.zeros(0, dtype=np.bool_)]
    for at in range(0, len(some), _PAIRS):
        one, other = (normalize(vectors[rows[at : at + _PAIRS]]) for rows in (some, others))
        found.append(np.einsum("nd,nd->n", one, other) >= ALIKE)
    return np.concatenate(found)


def _let_go(stays: np.ndarray, later: Int64Array, earlier: Int64Array) -> None:
    """Of each photo in turn: it goes where an earlier one that stays is like it. ``later`` ascends."""
    for row, begin, end in _runs(later):
        stays[row] = not stays[earlier[begin:end]].any()


def _runs(values: Int64Array) -> Iterator[tuple[int, int, int]]:
    begins = np.flatnonzero(np.diff(values, prepend=-1))
    ends = np.append(begins, len(values))[1:]
    yield from zip(values[begins].tolist(), begins.tolist(), ends.tolist(), strict=True)
