"""Which photos are unsure is asked of the groups once they are there, so that the threshold moves without grouping."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desktop_app.engine.types import UNSURE, Clustering


def with_unsure(found: Clustering, below: float) -> Clustering:
    """A clustering with less sure photos unsure.

    Args:
        found: with every photo sure that a group claims.
        below: photos with less confidence become `UNSURE`.

    Returns:
        Groups renumbered by falling number of sure photos, those without any last.
    """
    sure = (found.labels != UNSURE) & (found.confidence >= below)
    number = int(found.best.max(initial=UNSURE)) + 1
    known = found.best >= 0
    whole, sizes = (np.bincount(found.best[photos], minlength=number) for photos in (known, sure))
    rank = np.full(number + 1, UNSURE, dtype=np.int32)
    rank[np.lexsort((np.arange(number), -whole, -sizes))] = np.arange(number)
    best = rank[found.best]  # the last entry is UNSURE's
    split, join = found.next_split, found.next_join
    return replace(
        found,
        labels=np.where(sure, best, np.int32(UNSURE)),
        best=best,
        second=rank[found.second],
        params=found.params | {"unsure_below": below},
        next_split=None if split is None else int(rank[split]),
        next_join=None if join is None else (int(rank[join[0]]), int(rank[join[1]])),
    )
