"""Which photo is in which group: joins of sorted arrays of photo ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from desktop_app.engine.types import UNSURE, Group, Int32Array, Int64Array


def no_photos() -> Int64Array:
    """int64[0]."""
    return np.empty(0, np.int64)


def union(parts: Iterable[Int64Array]) -> Int64Array:
    """All ids of ``parts``, int64[n] ascending, each once."""
    # The parts are mostly sorted, which this sort uses; `np.unique` takes five times as long.
    found = np.sort(np.concatenate([no_photos(), *parts]), kind="stable")
    return found[np.append(True, np.diff(found) > 0)] if len(found) else found


def among(photo_ids: Int64Array, ascending: Int64Array) -> npt.NDArray[np.bool_]:
    """Which of ``photo_ids`` are among others, which are sorted; bool[n]."""
    if not len(ascending):
        return np.zeros(len(photo_ids), np.bool_)
    places = np.searchsorted(ascending, photo_ids)
    places[places == len(ascending)] = 0
    found: npt.NDArray[np.bool_] = ascending[places] == photo_ids
    return found


def both(photo_ids: Int64Array, ascending: Int64Array) -> Int64Array:
    """Those of ``photo_ids`` that are among others, which are sorted; in their order."""
    return photo_ids[among(photo_ids, ascending)]


def without(photo_ids: Int64Array, ascending: Int64Array) -> Int64Array:
    """Those of ``photo_ids`` that are not among others, which are sorted; in their order."""
    return photo_ids[~among(photo_ids, ascending)]


def rows(photo_ids: Int64Array, parts: Sequence[Int64Array]) -> Int32Array:
    """Index of the part that each photo is in, int32[n]; -1 for one that is in none."""
    members = np.concatenate([no_photos(), *parts])
    owners = np.repeat(np.arange(len(parts), dtype=np.int32), [len(part) for part in parts])
    order = np.argsort(members, kind="stable")
    members, owners = members[order], owners[order]
    found = np.full(len(photo_ids), -1, np.int32)
    inside = among(photo_ids, members)
    found[inside] = owners[np.searchsorted(members, photo_ids[inside])]
    return found


def group_ids(photo_ids: Int64Array, groups: Sequence[Group]) -> Int32Array:
    """Id of the group that each photo is in, int32[n]; `UNSURE` for one that is in none."""
    ids = np.array([*(group.id for group in groups), UNSURE], np.int32)
    found: Int32Array = ids[rows(photo_ids, [group.photo_ids for group in groups])]  # row -1 is the last one
    return found
