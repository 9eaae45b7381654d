"""Small groups of photos, as clusterings give them and as they are shown."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.types import UNSURE, Group

Shown = tuple[Group, ...]


def groups(*members: list[int], unsure: list[int] | None = None) -> Shown:
    """Groups of photos as a clustering gives them: numbered from 0, the unsure one last."""
    found = [Group(label, f"Group {label + 1}", np.array(ids), ids[0]) for label, ids in enumerate(members)]
    if unsure:
        found.append(Group(UNSURE, "Unsure", np.array(unsure), unsure[0]))
    return tuple(found)


def span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


def ids(shown: Shown) -> list[int]:
    return [group.id for group in shown]


def names(shown: Shown) -> list[str]:
    return [group.name for group in shown]


THREE = groups(span(1, 10), span(11, 20), span(21, 30))


def members(shown: Shown) -> dict[int, list[int]]:
    """Photos of each group by its id, ascending."""
    return {group.id: sorted(group.photo_ids.tolist()) for group in shown}


def by_label(labels: list[int], first: int = 1) -> Shown:
    """Groups of photos numbered from ``first``, one for each label; -1 is unsure."""
    found: dict[int, list[int]] = {}
    for photo, label in enumerate(labels, first):
        found.setdefault(label, []).append(photo)
    return groups(*(photos for label, photos in found.items() if label >= 0), unsure=found.get(-1))
