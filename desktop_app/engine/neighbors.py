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
_SET = 16
_FEW = 32  # questions; more share one copy of all vectors, scaled to unit length
_SHARE = 32_768  # vectors that a thread compares with few questions before it takes up others
_PIECE_VALUES = 1 << 18  # 1 MiB: stays in the processor's cache from being multiplied to being measured
_CROWD = 2000
# A matrix product gives the same two photos other last bits at another place, by far less than this.
_ROUNDING = 1e-5
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
        cosine = asked @ unit.T if unit is not None else _of_few(asked, vectors, ctx)
        if exclude is not None:
            cosine[np.arange(stop - start), exclude[start:stop]] = -np.inf
        index[start:stop], similarity[start:stop] = _largest(cosine, asked, vectors, k)
        return stop

    ctx.progress(0, len(queries), _STAGE)
    starts = range(0, len(queries), rows)
    # Few questions go one after the other, each spread over the threads.
    for stop in map(block, starts) if unit is None else spread(block, starts, ctx):
        ctx.progress(stop, len(queries), _STAGE)
    return index, similarity


def _of_few(asked: Float32Array, vectors: Float32Array, ctx: JobContext) -> Float32Array:
    """Cosines float32[Q, N] of unit rows with ``vectors``, which are read once and not copied."""
    cosine = np.empty((len(asked), len(vectors)), dtype=np.float32)
    piece = max(1, _PIECE_VALUES // max(1, vectors.shape[1]))

    def share(first: int) -> None:
        stop = min(first + _SHARE, len(vectors))
        for start in range(first, stop, piece):
            rows = slice(start, min(start + piece, stop))
            np.matmul(asked, vectors[rows].T, out=cosine[:, rows])
            cosine[:, rows] /= _lengths(vectors[rows])

    for _ in spread(share, range(0, len(vectors), _SHARE), ctx):
        pass
    return cosine


def _lengths(vectors: Float32Array) -> Float32Array:
    """Of each row of ``vectors`` float32[N, D]; 1 for a zero vector, so that one can divide by it."""
    lengths: Float32Array = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    lengths[lengths == 0] = 1.0
    return lengths


def _cosines(one: Float32Array, other: Float32Array) -> Float32Array:
    """Cosines float32[M] of unit rows ``one`` float32[M, D] with rows ``other`` float32[M, D].

    The same for the same two rows wherever they stand, which no matrix product promises: a photo has one similarity to
    another however many questions are asked at once, and copies are equally similar to the last bit.
    """
    cosine: Float32Array = np.einsum("nd,nd->n", one, other) / _lengths(other)
    return np.clip(cosine, -1.0, 1.0)


def _largest(
    cosine: Float32Array, asked: Float32Array, vectors: Float32Array, k: int
) -> tuple[Int64Array, Float32Array]:
    """Column numbers and values of the ``k`` largest of each row, ties by column number.

    Args:
        cosine: float32[Q, N], right up to rounding; -inf where a column may not be returned.
        asked: float32[Q, D] of unit length, whose cosines these are.
        vectors: float32[N, D], likewise.
        k: at most as many as may be returned.
    """
    count = cosine.shape[1]
    # Of sets of columns, k hold a value of at least the k-th largest of the sets' maxima, so that bounds the k-th
    # largest value from below; few columns reach it, and finding them costs a tenth of a full partition. Columns of a
    # set stand far apart: neighboring ones would be compared one by one, ten times slower.
    size = _SET if count >= 4 * _SET * k else 1
    sets = count // size
    maxima = cosine[:, : sets * size].reshape(len(cosine), size, sets).max(axis=1)
    bound = np.partition(maxima, sets - k, axis=1)[:, sets - k, None]
    near = cosine >= bound - _ROUNDING
    for crowded in np.flatnonzero(near.sum(axis=1) > _CROWD + k):
        near[crowded] = _exactly(cosine[crowded], k)
    reached = np.flatnonzero(near)
    row, column = np.divmod(reached, count)
    value = np.empty(len(reached), dtype=np.float32)
    piece = max(1, _PIECE_VALUES // max(1, vectors.shape[1]))
    for start in range(0, len(reached), piece):
        some = slice(start, start + piece)
        value[some] = _cosines(asked[row[some]], vectors[column[some]])
    order = np.lexsort((column, -np.round(value, 6), row))
    first = np.searchsorted(row, np.arange(len(cosine)))
    best = order[first[:, None] + np.arange(k)]
    return column[best], value[best]


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
    known = np.flatnonzero(np.isin(embeddings.photo_ids, ids))
    missing = ids[np.isin(ids, embeddings.photo_ids[known], invert=True)]
    if missing.size:
        raise UsageError("unknown-photo", tr("There is no photo with the id {id} here.", id=missing[0]))
    order = np.argsort(embeddings.photo_ids[known], kind="stable")
    rows = known[order[np.searchsorted(embeddings.photo_ids[known], ids, sorter=order)]]
    index, similarity = nearest(embeddings.vectors[rows], embeddings.vectors, k, ctx, exclude=rows)
    return Neighbors(embeddings.photo_ids[index], similarity)
