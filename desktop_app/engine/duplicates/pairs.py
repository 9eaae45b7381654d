"""Which photos show the same picture: two signals bring photos together, and a third looks closely.

The embedding keeps what a picture shows through crops, turns and another viewpoint; the perceptual hash keeps how light
and dark lie through blur, exposure, recompression and another size. Two photos are compared only where one of both
brings them together: the nearest by embedding, exactly and in blocks, and the nearest by hash, through an index.

Both know only the rough of a picture: two people before the same wall are alike to them. So those they bring together
are laid over each other, see `overlay`, and how alike the details are then is how alike the photos are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desktop_app.engine.computing.parallel import spread
from desktop_app.engine.duplicates.fingerprint import BITS, Fingerprint, distances
from desktop_app.engine.duplicates.overlay import Sheet, overlap
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Int64Array

LOWEST = 0.6
"""Similarity from which on pairs are kept: below it, chance brings more together than a person would."""
DEFAULT = 0.88
"""Similarity from which on two photos count as nearly the same: of the labeled folders no two different ones do."""
PAGE_STRICTER = 0.04
"""How much more alike documents, receipts and screenshots must be: one page of text looks like any other."""
WORTH_LOOKING = 0.6
"""How alike by both signals photos must be to be laid over each other; below it hardly any are one picture."""
PAGE_WORTH_LOOKING = 0.07
"""How much more alike pages must be for that: every other pair of them would be looked at."""
_NEAREST = 16
_CHUNK = 16
"""Bits of one key of the index. Hashes that differ in at most 7 bits differ by at most one in one of the four."""
_CROWD = 64
"""Photos of one key that are compared with each other; more than that are compared with the first so many."""
_BLOCK = 200_000
_HANDFUL = 16
"""Pairs that a thread looks at, in a tenth of a second, before it takes up others."""
_SHEETS = 256
"""Pictures kept ready, 0.2 MB each."""
_STAGE = tr_noop("Comparing pictures")
_CLOSELY = tr_noop("Laying pictures over each other")

_UInt64Array = npt.NDArray[np.uint64]
_RowPairs = tuple[Int64Array, Int64Array]


class Pairs(NamedTuple):
    """Pairs of rows, each once, ``first`` < ``second``.

    Attributes:
        first: int64[M].
        second: int64[M].
        similarity: float32[M], 0 to 1.
    """

    first: Int64Array
    second: Int64Array
    similarity: Float32Array


def find_pairs(vectors: Float32Array, fingerprints: Sequence[Fingerprint], ctx: JobContext) -> Pairs:
    """The pairs that are worth to be laid over each other; how alike they are is what both signals say together.

    Args:
        vectors: float32[N, D], an embedding a photo.
        fingerprints: N, likewise.
        ctx: cancel and progress.

    Raises:
        Cancelled: the person asked to stop.
    """
    hashes = np.array([one.hash for one in fingerprints], np.uint64)
    pages = np.array([one.is_page for one in fingerprints], np.bool_)
    unit = normalize(vectors)
    one, other = _candidates(unit, hashes, ctx)
    similarity = np.empty(len(one), np.float32)
    for start in range(0, len(one), _BLOCK):
        ctx.progress(start, len(one), _STAGE)
        block = slice(start, start + _BLOCK)
        a, b = one[block], other[block]
        cosine = np.einsum("nd,nd->n", unit[a], unit[b])
        similarity[block] = together(cosine, distances(hashes[a], hashes[b]))
    kept = similarity - PAGE_WORTH_LOOKING * (pages[one] | pages[other]) >= WORTH_LOOKING
    return Pairs(one[kept], other[kept], similarity[kept])


def look_closely(
    pairs: Pairs, fingerprints: Sequence[Fingerprint], sheet_of: Callable[[int], Sheet | None], ctx: JobContext
) -> Pairs:
    """Those of ``pairs`` that are at least `LOWEST` alike when they are laid over each other.

    Args:
        pairs: as `find_pairs` gives them.
        fingerprints: N, as it was given.
        sheet_of: gives the picture of a row, None where there is none; called from several threads.
        ctx: cancel and progress.

    Returns:
        Pairs whose similarity is how alike the details are, of pages already less by `PAGE_STRICTER`.

    Raises:
        Cancelled: the person asked to stop.
    """
    ready = lru_cache(_SHEETS)(sheet_of)

    def alike(rows: Int64Array) -> list[float]:
        values = []
        for row in zip(pairs.first[rows].tolist(), pairs.second[rows].tolist(), strict=True):
            ctx.check()
            one, other = map(ready, row)
            values.append(0.0 if one is None or other is None else overlap(one, other))
        return values

    found = np.empty(len(pairs.first), np.float32)
    # By their first photo, so that its picture is made ready once; a handful at a time, since what waits for its turn
    # takes more memory than a pair does.
    order = np.lexsort((pairs.second, pairs.first))
    handfuls = [order[start : start + _HANDFUL] for start in range(0, len(order), _HANDFUL)]
    for number, values in enumerate(spread(alike, handfuls, ctx)):
        ctx.progress(number * _HANDFUL, len(order), _CLOSELY)
        found[handfuls[number]] = values
    pages = np.array([one.is_page for one in fingerprints], np.bool_)
    found -= PAGE_STRICTER * (pages[pairs.first] | pages[pairs.second])
    kept = found >= LOWEST
    return Pairs(pairs.first[kept], pairs.second[kept], found[kept])


def together(cosine: Float32Array, bits: npt.NDArray[np.uint8]) -> Float32Array:
    """The mean of both signals, float32[n]: the cosine, and 1 for equal hashes down to 0 for unrelated ones."""
    agreement = 1 - bits * np.float32(2 / BITS)
    similarity: Float32Array = ((cosine + agreement) / 2).astype(np.float32)
    return similarity


def _candidates(unit: Float32Array, hashes: _UInt64Array, ctx: JobContext) -> _RowPairs:
    count = len(unit)
    rows = np.arange(count, dtype=np.int64)
    index, _ = nearest(unit, unit, _NEAREST, ctx, exclude=rows)
    found = [(np.repeat(rows, index.shape[1]), index.ravel()), *hash_pairs(hashes, ctx)]
    keys = [np.minimum(a, b) * count + np.maximum(a, b) for a, b in found]
    every = np.unique(np.concatenate(keys)) if keys else np.empty(0, np.int64)
    one, other = np.divmod(every, max(count, 1))
    return one, other


def hash_pairs(hashes: _UInt64Array, ctx: JobContext) -> list[_RowPairs]:
    """Rows whose hashes differ in at most 7 bits, some pairs several times (multi-index hashing, Norouzi et al. 2012).

    By the pigeonhole principle such hashes differ by at most one bit in one of four chunks of 16, so that looking up
    each chunk and its 16 variants of one bit finds them all. Of a crowd that shares a chunk, each is compared with the
    first ones only: ten thousand black frames would be fifty million pairs. (A chunk of 100,000 photos has 2 or 3.)

    Args:
        hashes: uint64[N].
        ctx: checked between chunks.
    """
    found = []
    variants = np.array([0, *(1 << bit for bit in range(_CHUNK))], np.uint64)
    for place in range(0, BITS, _CHUNK):
        chunk = (hashes >> np.uint64(place)) & np.uint64(2**_CHUNK - 1)
        order = np.argsort(chunk, kind="stable")
        inorder = chunk[order]
        for flipped in variants:
            ctx.check()
            low = np.searchsorted(inorder, chunk ^ flipped)
            high = np.searchsorted(inorder, chunk ^ flipped, side="right")
            for nth in range(min(_CROWD, int((high - low).max(initial=0)))):
                a = np.flatnonzero(low + nth < high)
                b = order[low[a] + nth]
                near = (b < a) & (distances(hashes[a], hashes[b]) < BITS // 8)
                found.append((a[near], b[near]))
    return found
