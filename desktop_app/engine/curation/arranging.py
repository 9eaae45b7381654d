"""New groups with the ids, names, places and covers of those they continue, and the photos placed by hand in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
import numpy.typing as npt

from desktop_app.engine.curation.matching import continued
from desktop_app.engine.curation.members import among, both, rows, union, without
from desktop_app.engine.curation.values import Curation, KnownGroup
from desktop_app.engine.language import tr
from desktop_app.engine.types import UNSURE, Clustering, Group, Int32Array, Int64Array

NOWHERE = -2
"""Stands for no group where `UNSURE` is one."""


def groups_of(clustering: Clustering) -> tuple[Group, ...]:
    """The groups of a clustering, largest first, the unsure one last, in each the most confident photo first.

    They are numbered; `arrange` gives them the ids and names they had before.
    """
    groups = []
    for label in [*range(clustering.k), UNSURE]:
        held = np.flatnonzero(clustering.labels == label)
        if held.size:
            ids = clustering.photo_ids[held[np.argsort(-clustering.confidence[held], kind="stable")]]
            name = tr("Unsure", "a group") if label == UNSURE else tr("Group {number}", number=label + 1)
            groups.append(Group(label, name, ids, int(ids[0])))
    return tuple(groups)


def arrange(known: Curation, groups: Sequence[Group]) -> tuple[Curation, tuple[Group, ...]]:
    """Give new groups what they had: ids, names, order, covers, and the photos that a person put there.

    Called again with the same groups, it changes nothing.

    Args:
        known: what is known of the groups before.
        groups: of a clustering, the largest first; their ids and names say nothing.

    Returns:
        What is known from now on, and the groups to show: known ones in their order, new ones after them, the unsure
        one last. Every photo of ``groups`` is in exactly one of them.
    """
    sure = [group for group in groups if group.id != UNSURE]
    found = _match(known, groups, sure)
    shown = _members(found, groups)
    new = set(found.fresh.values())
    kept = [_kept(one, found, shown.get(one.id)) for one in known.groups if one.id not in new]
    for row, number in found.fresh.items():
        kept.append(KnownGroup(number, found.parts[row], cover=cover_of(sure[row].cover, shown[number])))
    known_ones = union(ids for one in kept for ids in (one.photo_ids, one.placed))
    others = without(found.present, union([known_ones, found.joined]))
    return replace(known, groups=tuple(kept), others=others), show(kept, shown)


def show(known: Iterable[KnownGroup], members: dict[int, Int64Array]) -> tuple[Group, ...]:
    """The groups to show.

    Args:
        known: in the order of the list.
        members: int64[n] by id, in the order to show; those of `UNSURE` come last.
    """
    listed = [one for one in known if one.id in members]
    names = names_of(listed, UNSURE in members)
    found = [
        Group(one.id, names[one.id], members[one.id], cover_of(one.cover, members[one.id]), one.locked, one.hidden)
        for one in listed
    ]
    if UNSURE in members:
        found.append(Group(UNSURE, tr("Unsure", "a group"), members[UNSURE], int(members[UNSURE][0])))
    return tuple(found)


def names_of(listed: Sequence[KnownGroup], with_unsure: bool) -> dict[int, str]:
    """A name for each group that is shown, no two alike: those given by a person, and numbers for the others."""
    taken = {same_name(tr("Unsure", "a group"))} if with_unsure else set()
    names = {}
    for one in sorted(listed, key=lambda one: not one.name):  # what a person gave comes first
        name = plain = one.name or tr("Group {number}", number=one.id + 1)
        again = count(2)
        while same_name(name) in taken:
            name = f"{plain} ({next(again)})"
        taken.add(same_name(name))
        names[one.id] = name
    return names


def same_name(name: str) -> str:
    """What two names have in common that a person, or a file system, takes for one."""
    return name.strip().casefold()


@dataclass(frozen=True, slots=True, eq=False)
class _Match:
    """How new groups and known ones belong together.

    Attributes:
        present: int64[N] ascending, all photos.
        rows: int32[N], the new group of each; -1 where none claims it, and for what is in a locked group.
        parts: int64[n] ascending, the photos of each new group.
        seen: int64[n] ascending, photos that were there before.
        unclaimed: int64[n] ascending, photos of `present` that clustering is unsure of.
        owners: int32[N], id of the group that each photo is fixed in, `NOWHERE` where there is none.
        row_of: the new group that continues a known one, by its id.
        fresh: new ids by row.
        joined: int64[n], new photos that follow the ones placed in a group. They stay new: counted as seen, they could
            outnumber those the next time.
        to: int32[R + 1], id of the group that a photo of each row goes to; the last stands for no row.
    """

    present: Int64Array
    rows: Int32Array
    parts: list[Int64Array]
    seen: Int64Array
    unclaimed: Int64Array
    owners: Int32Array
    row_of: dict[int, int]
    fresh: dict[int, int]
    joined: Int64Array
    to: Int32Array


def _match(known: Curation, groups: Sequence[Group], sure: Sequence[Group]) -> _Match:
    present = union(group.photo_ids for group in groups)
    claimed = rows(present, [group.photo_ids for group in sure])
    owners = _owners(known, present)
    # A locked group takes no part: neither do its photos make a likeness, nor is another group taken for it.
    locked = [one.id for one in known.groups if one.locked]
    row_of = np.where(np.isin(owners, locked), -1, claimed).astype(np.int32)
    seen = known.seen
    to = np.full(len(sure) + 1, UNSURE, np.int32)
    before = among(present, seen)
    crowds = _crowds(claimed, owners, before, len(sure))
    crowds[np.isin(crowds, locked)] = NOWHERE
    to[:-1] = crowds
    # What was placed brings its group into sight again, should it come back with files that had gone.
    holding = set(np.flatnonzero(np.bincount(owners[owners != NOWHERE])).tolist())
    unlocked = [replace(one, in_sight=one.in_sight or one.id in holding) for one in known.groups if not one.locked]
    found = continued(unlocked, present, row_of, seen, owners == NOWHERE, crowds != NOWHERE)
    for row, one in found.items():
        to[row] = one.id
    numbers = _fresh_ids(known, found)
    free = np.unique(row_of[(row_of >= 0) & (owners == NOWHERE)])
    fresh = {int(row): next(numbers) for row in free if to[row] == NOWHERE}
    for row, number in fresh.items():
        to[row] = number
    order = np.argsort(row_of, kind="stable")
    parts = np.split(present[order], np.searchsorted(row_of[order], np.arange(len(sure))))[1:]
    follows = np.append(crowds != NOWHERE, False)
    follows[list(found)] = False
    joined = present[follows[row_of] & ~before]
    continues = {one.id: row for row, one in found.items()}
    return _Match(present, row_of, parts, seen, present[claimed < 0], owners, continues, fresh, joined, to)


def _owners(known: Curation, present: Int64Array) -> Int32Array:
    """Id of the group that each photo is fixed in, int32[N]."""
    ids = np.array([*(one.id for one in known.groups), NOWHERE], np.int32)
    found: Int32Array = ids[rows(present, [one.fixed for one in known.groups])]
    return found


def _crowds(claimed: Int32Array, owners: Int32Array, before: npt.NDArray[np.bool_], number: int) -> Int32Array:
    """Id of the group that holds, fixed, more than half of each new group's photos, new photos not counted; int32[R].

    What is left of such a new group joins that one, unless it continues a group of its own: the photos that clustering
    puts with a merged group, or that come later, would otherwise stand beside it as a group of three.
    """
    counted = (claimed >= 0) & before
    sizes = np.bincount(claimed[counted], minlength=number)
    pairs = np.stack([claimed[counted], owners[counted]], axis=1)[owners[counted] != NOWHERE]
    ids, counts = np.unique(pairs, axis=0, return_counts=True) if len(pairs) else (pairs, np.empty(0, np.int64))
    most = 2 * counts > sizes[ids[:, 0]]
    crowds = np.full(number, NOWHERE, np.int32)
    crowds[ids[most, 0]] = ids[most, 1]
    return crowds


def _fresh_ids(known: Curation, found: dict[int, KnownGroup]) -> Iterator[int]:
    # An id that goes out of use here is not given to another group in the same step: a person would take that one for
    # the group that was shown in its color a moment ago.
    used = {one.id for one in known.groups if one.in_sight or one.is_decided}
    used |= {one.id for one in found.values()}
    return (number for number in count() if number not in used)


def _members(found: _Match, groups: Sequence[Group]) -> dict[int, Int64Array]:
    """Photos of each group to show: those that clustering put there in its order, then those placed there."""
    listed = np.concatenate([np.empty(0, np.int64), *(group.photo_ids for group in groups)])
    place = np.searchsorted(found.present, listed)
    owners, home = found.owners[place], found.to[found.rows[place]]
    ids = np.where(owners != NOWHERE, owners, home)
    order = np.lexsort((ids != home, ids))
    ids, listed = ids[order], listed[order]
    names, starts = np.unique(ids, return_index=True)
    parts = np.split(listed, starts[1:]) if len(names) else []
    return {int(name): part for name, part in zip(names, parts, strict=True)}


def _kept(one: KnownGroup, found: _Match, members: Int64Array | None) -> KnownGroup:
    """What is kept of a known group.

    A name stands for the photos that it was given to, and for those that joined them later. Would it follow its group
    from one number of groups to the next, it would not find back when the first number is chosen again.
    """
    photo_ids = one.photo_ids
    if one.id in found.row_of:
        now = found.parts[found.row_of[one.id]]
        if one.is_said_of_photos:
            photo_ids = union([photo_ids, without(now, found.seen)])
        else:
            # A photo that is unsure now still belongs where it was, should it be sure again.
            photo_ids = union([now, both(photo_ids, found.unclaimed)])
    cover = one.cover if members is None or one.cover_chosen else cover_of(one.cover, members)
    return replace(one, photo_ids=photo_ids, cover=cover, in_sight=members is not None)


def cover_of(wanted: int | None, members: Int64Array) -> int:
    """The photo that stands for a group: the wanted one while it is there, else the first."""
    return wanted if wanted is not None and wanted in members else int(members[0])
