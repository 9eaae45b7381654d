"""Which known group each new one continues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desktop_app.engine.curation.members import among
from desktop_app.engine.curation.values import KnownGroup
from desktop_app.engine.types import Float64Array, Int32Array, Int64Array

Flags = npt.NDArray[np.bool_]

# Beyond what likenesses, each at most 1, could ever outweigh: a name comes before no name, a group in sight before one
# that is not. What is left of two equals goes to the older, then to the group with the lowest photo.
_SAID, _IN_SIGHT = 1000.0, 10.0
_OLDER, _LOWER = 1e-7, 1e-10


def continued(
    known: Sequence[KnownGroup],
    present: Int64Array,
    rows: Int32Array,
    seen: Int64Array,
    free: Flags,
    closed: Flags,
) -> dict[int, KnownGroup]:
    """Find the known group that each new one continues, by the Hungarian method.

    Two groups are compared by the photos that both could have: those a group claims now, and that were seen before. So
    photos that were added, taken away or became unsure neither make a likeness nor break one. A group of which
    something was said (a name) continues in one that shares more than half of the photos of either, wherever they were
    placed since; another one in one that shares more than half of the photos of the smaller, of those that are free.
    Of all ways to pair them, the one with the greatest sum of likenesses (shared photos over those of both together)
    is taken.

    Args:
        known: none of them locked.
        present: int64[N] ascending, all photos.
        rows: int32[N], the new group of each, -1 where none claims it.
        seen: int64[n] ascending, photos that were there before.
        free: bool[N], photos that regrouping may move.
        closed: bool[R], new groups that no group out of sight continues in, unless something was said of it.

    Returns:
        The known groups by the row of the new one.
    """
    older = sorted(known, key=lambda one: one.id)
    before = (rows >= 0) & among(present, seen)
    counted = {said: rows[before & (free | said)] for said in (False, True)}
    all_sizes = {said: np.bincount(found, minlength=len(closed)) for said, found in counted.items()}
    worth: Float64Array = np.zeros((len(older), len(closed)))
    for place, one in enumerate(older):
        said = one.is_said_of_photos
        sizes, mine = all_sizes[said], np.searchsorted(present, one.photo_ids[among(one.photo_ids, present)])
        claimed = rows[mine[(rows[mine] >= 0) & (free[mine] | said)]]
        shared = np.bincount(claimed, minlength=len(closed))
        alike = 2 * shared > (np.maximum if said else np.minimum)(sizes, len(claimed))
        if not said and not one.in_sight:
            alike &= ~closed
        bonus = _SAID if said else _IN_SIGHT * one.in_sight
        likeness = shared[alike] / (sizes[alike] + len(claimed) - shared[alike])
        worth[place, alike] = bonus + likeness - _OLDER * place
    first = np.full(len(closed), len(present))
    np.minimum.at(first, rows[rows >= 0], np.flatnonzero(rows >= 0))
    worth = np.where(worth > 0, worth - _LOWER * np.argsort(np.argsort(first, kind="stable")), 0.0)
    return {column: older[place] for place, column in _pairs(worth)}


def _pairs(worth: Float64Array) -> list[tuple[int, int]]:
    """Rows and columns paired for the greatest sum; what is worth nothing is no pair."""
    some = worth > 0
    # Most groups are like no other or like exactly one. These are pairs already, and what is left out here is what the
    # method is slow with; where nothing is left, as in a folder that is opened again, it need not even be imported.
    alone = some & (some.sum(axis=1, keepdims=True) == 1) & (some.sum(axis=0) == 1)
    pairs = [(int(a), int(b)) for a, b in zip(*np.nonzero(alone), strict=True)]
    rest = some & ~alone
    lines, columns = np.flatnonzero(rest.any(axis=1)), np.flatnonzero(rest.any(axis=0))
    if not lines.size:
        return pairs
    from scipy.optimize import linear_sum_assignment

    found = linear_sum_assignment(worth[np.ix_(lines, columns)], maximize=True)
    others = [(int(lines[a]), int(columns[b])) for a, b in zip(*found, strict=True)]
    return pairs + [(a, b) for a, b in others if some[a, b]]
