"""Photos that no group claims clearly: which group each would be in, and where they are filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from desktop_app.engine.curation.members import among, group_ids
from desktop_app.engine.types import UNSURE, Clustering, Group, Int32Array

Unsure = Literal["best", "folder", "leave"]
"""Where unsure photos are filed: with their best group, in a folder of their own, or not at all."""


def best_groups(groups: Sequence[Group], clustering: Clustering) -> tuple[Int32Array, Int32Array]:
    """The group that each photo is most like, and the one that comes next, among those that are shown.

    A label of the clustering stands for the shown group that holds most of the photos that are sure of it.

    Args:
        groups: as shown.
        clustering: from which they were made.

    Returns:
        int32[N] ids of the best group and int32[N] of the second, row i of photo ``clustering.photo_ids[i]``; `UNSURE`
        where there is none, and where the second would be the best once more.
    """
    shown = group_ids(clustering.photo_ids, groups)
    found = np.full(int(max(clustering.best.max(initial=-1), clustering.second.max(initial=-1))) + 2, UNSURE, np.int32)
    sure = (clustering.labels >= 0) & (shown != UNSURE)
    if sure.any():
        ids, columns = np.unique(shown[sure], return_inverse=True)
        votes = np.zeros((len(found) - 1, len(ids)), np.int64)
        np.add.at(votes, (clustering.labels[sure], columns), 1)
        found[:-1] = np.where(votes.any(axis=1), ids[votes.argmax(axis=1)], UNSURE)
    best, second = found[clustering.best], found[clustering.second]  # label -1 is the last row, which is no group
    return best, np.where(second == best, np.int32(UNSURE), second)


def file_unsure(groups: Sequence[Group], clustering: Clustering, way: Unsure) -> tuple[Group, ...]:
    """The groups as they are filed, the unsure photos where the person wants them.

    Args:
        groups: as shown; some of them, too.
        clustering: from which they were made.
        way: what has no best group among ``groups`` stays in the unsure one; left, that is a hidden group, which a
            plan names.
    """
    unsure = next((group for group in groups if group.id == UNSURE), None)
    if unsure is None or way == "folder":
        return tuple(groups)
    others = tuple(group for group in groups if group.id != UNSURE)
    if way == "leave":
        return (*others, replace(unsure, hidden=True))
    order = np.argsort(clustering.photo_ids)
    best, _ = best_groups(groups, clustering)
    known = among(unsure.photo_ids, clustering.photo_ids[order])
    at = order[np.searchsorted(clustering.photo_ids[order], unsure.photo_ids[known])]
    target = np.full(len(unsure.photo_ids), UNSURE, np.int32)
    target[known] = best[at]
    filed = [
        replace(group, photo_ids=np.concatenate([group.photo_ids, unsure.photo_ids[target == group.id]]))
        for group in others
    ]
    rest = unsure.photo_ids[~np.isin(target, [group.id for group in others])]
    if rest.size:
        filed.append(replace(unsure, photo_ids=rest, cover=int(rest[0])))
    return tuple(filed)
