"""Exact nearest neighbors by cosine, in blocks: memory stays bounded and work can be cancelled at any size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desktop_app.engine.computing.parallel import spread
from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Embeddings, Float32Array, Int64Array, Neighbors

# Large enough for fast products at 100,000 photos, small enough for every thread to hold one (60 MB).
_BLOCK_VALUES = 12_000_000
_RUN = 16
_FEW = 32  # questions; more share one copy of all vectors, scaled to unit length
_PIECE = 4096  # vectors of 256 numbers stay in the processor's cache from being scaled to being multiplied
_CROWD = 2000
# Identical photos may differ in the last bits of a float32 product; below this they count as equally near.
_TIE = 1e-6
_STAGE = tr_noop("Finding similar photos")


def nearest(
    queries: Float32Array, vectors: Float32Array, k: int, ctx: JobContext, *, exclude: Int64Array | None = None
) -> tuple[Int64Array, Float32Array]:
    """The ``k`` rows of ``vectors`` with the largest cosine to each query.

    Args:
        queries: float32[Q, D].
        vectors: float32[N, D]. A zero vector has cosine 0 with everything.
        k: wanted; fewer come back where there are fewer.
        ctx: checked between blocks.
        exclude: int64[Q], a row of ``vectors`` each query may not return (itself), or None.

    Returns:
        Row numbers int64[Q, k'] and cosines float32[Q, k'], most similar first, equally similar ones by row number;
        ``k' = min(k, N)``, or ``min(k, N - 1)`` with ``exclude``.
    """
    k = max(0, min(k, len(vectors) - (exclude is not None)))
    index = np.empty((len(queries), k), dtype=np.int64)
    similarity = np.empty((len(queries), k), dtype=np.float32)
    if k == 0:
        return index, similarity
    unit = normalize(vectors) if len(queries) > _FEW else None
    rows = max(1, _BLOCK_VALUES // len(vectors))

    def block(start: int) -> int:
        stop = min(start + rows, len(queries))
        asked = normalize(queries[start:stop])
        cosine = asked @ unit.T if unit is not None else _in_pieces(asked, vectors)
        if exclude is not None:
            cosine[np.arange(stop - start), exclude[start:stop]] = -np.inf
        index[start:stop], similarity[start:stop] = _largest(cosine, k)
        return stop

    ctx.progress(0, len(queries), _STAGE)
    for stop in spread(block, range(0, len(queries), rows), ctx):
        ctx.progress(stop, len(queries), _STAGE)
    return index, similarity


def _in_pieces(asked: Float32Array, vectors: Float32Array) -> Float32Array:
    """Cosines float32[Q, N] of unit rows with ``vectors``: for a few questions, no copy of them all is worth making."""
    cosine = np.empty((len(asked), len(vectors)), dtype=np.float32)
    for start in range(0, len(vectors), _PIECE):
        np.matmul(asked, normalize(vectors[start : start + _PIECE]).T, out=cosine[:, start : start + _PIECE])
    return cosine


def _largest(cosine: Float32Array, k: int) -> tuple[Int64Array, Float32Array]:
    """Column numbers and values of the ``k`` largest of each row, ties by column number."""
    count = cosine.shape[1]
    # Each of k runs of columns holds a value of at least the k-th largest of the runs' maxima, so that bounds the k-th
    # largest value from below; few columns reach it, and finding them costs a tenth of a full partition.
    width = _RUN if count >= 4 * _RUN * k else 1
    runs = count // width
    maxima = cosine[:, : runs * width].reshape(len(cosine), runs, width).max(axis=2)
    bound = np.partition(maxima, runs - k, axis=1)[:, runs - k, None]
    near = cosine >= bound - _TIE
    for crowded in np.flatnonzero(near.sum(axis=1) > _CROWD + k):
        near[crowded] = _exactly(cosine[crowded], k)
    reached = np.flatnonzero(near)
    row, column = np.divmod(reached, count)
    value = cosine.ravel()[reached]
    order = np.lexsort((column, -np.round(value, 6), row))
    first = np.searchsorted(row, np.arange(len(cosine)))
    best = order[first[:, None] + np.arange(k)]
    return column[best], np.clip(value[best], -1.0, 1.0)


def _exactly(cosine: Float32Array, k: int) -> npt.NDArray[np.bool_]:
    """Which ``k`` of one row are the largest, ties by column number: for folders full of copies."""
    last = np.partition(cosine, len(cosine) - k)[len(cosine) - k]
    chosen: npt.NDArray[np.bool_] = cosine > last + _TIE
    equal = np.flatnonzero(np.abs(cosine - last) <= _TIE)
    chosen[equal[: k - np.count_nonzero(chosen)]] = True
    return chosen


def neighbors_of(
    embeddings: Embeddings, query: Sequence[int] | Int64Array | Float32Array, k: int, ctx: JobContext
) -> Neighbors:
    """The photos most similar to photos of the library, or to a vector from anywhere.

    Args:
        embeddings: of the library.
        query: photo ids (any integers), or one float32[D] vector of a picture outside the library.
        k: neighbors wanted a query.
        ctx: checked between blocks.

    Returns:
        One row a query, in the order asked.

    Raises:
        UsageError: ``unknown-photo`` when an id is not in ``embeddings``.
    """
    asked = np.asarray(query)
    if asked.dtype.kind == "f":
        index, similarity = nearest(asked.reshape(1, -1).astype(np.float32), embeddings.vectors, k, ctx)
        return Neighbors(embeddings.photo_ids[index], similarity)
    ids = asked.astype(np.int64).reshape(-1)
    order = np.argsort(embeddings.photo_ids, kind="stable")
    rows = order[np.searchsorted(embeddings.photo_ids, ids, sorter=order).clip(max=len(order) - 1)]
    missing = ids[embeddings.photo_ids[rows] != ids]
    if missing.size:
        raise UsageError("unknown-photo", tr("There is no photo with the id {id} here.", id=missing[0]))
    index, similarity = nearest(embeddings.vectors[rows], embeddings.vectors, k, ctx, exclude=rows)
    return Neighbors(embeddings.photo_ids[index], similarity)
