"""What a person can decide about groups, one function each.

Each takes what is known and the groups that are shown, and returns both as they are then. A name that is taken is the
only thing a person can do wrong: it raises `UsageError`. Groups and photos that are not shown are a caller's mistake
and raise `KeyError`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from desktop_app.engine.curation.arranging import same_name, show
from desktop_app.engine.curation.members import among, both, no_photos, union, without
from desktop_app.engine.curation.values import LONGEST_NAME, Curation, KnownGroup
from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import tr
from desktop_app.engine.types import UNSURE, Group, Int32Array, Int64Array

Corrected = tuple[Curation, tuple[Group, ...]]


def move(known: Curation, groups: Sequence[Group], photo_ids: Int64Array, group_id: int) -> Corrected:
    """Put photos into a group that is shown. A group that loses its last photo goes; only a name of it is kept."""
    _group(groups, group_id)
    return _place(known, groups, {group_id: _shown(groups, photo_ids)})


def move_several(known: Curation, groups: Sequence[Group], pieces: Mapping[int, Int64Array]) -> Corrected:
    """Put photos into several groups that are shown: ``pieces`` has them by the id of the group."""
    for group_id in pieces:
        _group(groups, group_id)
    return _place(known, groups, {group_id: _shown(groups, photo_ids) for group_id, photo_ids in pieces.items()})


def new_group(known: Curation, groups: Sequence[Group], photo_ids: Int64Array, name: str = "") -> Corrected:
    """Put photos into a group of their own, the last of the list; without a name it gets a number.

    Raises:
        UsageError: ``group-name-taken``.
    """
    name = _free_name(name, groups)
    photos = _shown(groups, photo_ids)
    if not photos.size:
        raise KeyError("no photo for a new group")
    number = _unused(known)
    fresh = KnownGroup(number, no_photos(), name, cover=int(photos[0]))
    return _place(_add(_forget_name(known, groups, name), [fresh]), groups, {number: photos})


def merge(known: Curation, groups: Sequence[Group], group_ids: Sequence[int]) -> Corrected:
    """Make one group of several that are shown: the first, or its photos under the first name that one of them has."""
    target_id, *other_ids = dict.fromkeys(group_ids)
    target = _known(known, _group(groups, target_id).id)
    photos = np.concatenate([group.photo_ids for one in (target_id, *other_ids) for group in groups if group.id == one])
    known_ones = [target, *(_known(known, one) for one in other_ids if one != UNSURE)]
    name = next((one.name for one in known_ones if one.name), "")
    known = _changed(known, target_id, lambda one: replace(one, name=name))
    merged, shown = _place(known, groups, {target_id: photos})
    # Without these, what clustering puts there from now on joins the group that holds the most of it.
    left = tuple(one for one in merged.groups if one.id not in other_ids)
    return replace(merged, groups=left), shown


def split(known: Curation, groups: Sequence[Group], group_id: int, parts: Int32Array) -> Corrected:
    """Make several groups of one.

    Args:
        known: what is known.
        groups: that are shown.
        group_id: of the one to split.
        parts: int32[n], the part that each of its photos belongs to, in their order. The lowest keeps the group.
    """
    photos = _group(groups, group_id).photo_ids
    labels = np.unique(parts)
    if len(labels) < 2 or len(parts) != len(photos):
        raise ValueError(f"{len(labels)} parts, {len(parts)} labels for {len(photos)} photos")
    name = _known(known, group_id).name
    taken = {same_name(group.name) for group in groups}
    pieces = {group_id: photos[parts == labels[0]]}
    for label in labels[1:]:
        part = photos[parts == label]
        number = _unused(known)
        called = (
            next(f"{name} {n}" for n in itertools.count(2) if same_name(f"{name} {n}") not in taken) if name else ""
        )
        taken.add(same_name(called))
        known = _add(known, [KnownGroup(number, no_photos(), called, cover=int(part[0]))])
        pieces[number] = part
    return _place(known, groups, pieces)


def rename(known: Curation, groups: Sequence[Group], group_id: int, name: str) -> Corrected:
    """Give a group that is shown a name, and let the name stand for the photos that it has now.

    An empty name is ignored, and the unsure group keeps its own. A group that is not shown and had the same name loses
    it: the name was given anew.

    Raises:
        UsageError: ``group-name-taken``, where another group that is shown has it.
    """
    target = next((group for group in groups if group.id == group_id), None)
    name = name.strip()[:LONGEST_NAME]
    if not name or target is None or group_id == UNSURE or (name == target.name and not target.suggested):
        return known, tuple(groups)
    _free_name(name, [group for group in groups if group.id != group_id])
    known = _forget_name(known, groups, name)

    def called(one: KnownGroup) -> KnownGroup:
        anew = one.is_said_of_photos and not one.locked
        return replace(one, name=name, photo_ids=_of_now(one, target, known) if anew else one.photo_ids)

    return _shown_again(_changed(known, group_id, called), groups)


def set_cover(known: Curation, groups: Sequence[Group], group_id: int, photo_id: int) -> Corrected:
    """Let one of its photos stand for a group."""
    if photo_id not in _group(groups, group_id).photo_ids:
        raise KeyError(photo_id)
    known = _changed(known, group_id, lambda one: replace(one, cover=photo_id, cover_chosen=True))
    return _shown_again(known, groups)


def set_locked(known: Curation, groups: Sequence[Group], group_ids: Iterable[int], locked: bool) -> Corrected:
    """Let regrouping leave groups alone, or touch them again from the next time on."""
    for group_id in group_ids:
        members = union([_group(groups, group_id).photo_ids])
        known = _changed(
            known,
            group_id,
            lambda one, members=members: replace(  # type: ignore[misc]
                one, locked=locked, photo_ids=without(members, one.placed) if locked else one.photo_ids
            ),
        )
    return _shown_again(known, groups)


def set_hidden(known: Curation, groups: Sequence[Group], group_ids: Iterable[int], hidden: bool) -> Corrected:
    """Leave groups out when files are organized, or take them in again."""
    for group_id in group_ids:
        _group(groups, group_id)
        known = _changed(known, group_id, lambda one: replace(one, hidden=hidden))
    return _shown_again(known, groups)


def accept(known: Curation, groups: Sequence[Group], photo_ids: Int64Array) -> Corrected:
    """Let photos stay in the group that they are in, as if placed there by hand; those that no group claims stay so."""
    wanted = union([photo_ids])
    kept = {group.id: group.photo_ids[among(group.photo_ids, wanted)] for group in groups if group.id != UNSURE}
    return _place(known, groups, {group_id: photos for group_id, photos in kept.items() if photos.size})


def release(known: Curation, groups: Sequence[Group], photo_ids: Int64Array) -> Corrected:
    """Let regrouping move photos that were placed by hand again, but for those of locked groups.

    Until the next regrouping they stay where they are.
    """
    wanted = union([photo_ids])
    kept = tuple(one if one.locked else replace(one, placed=without(one.placed, wanted)) for one in known.groups)
    return replace(known, groups=kept, others=union([known.others, known.placed])), tuple(groups)


def exchange(known: Curation, before: Curation, after: Curation) -> Curation:
    """Take back a correction: what it changed from ``before`` to ``after`` is changed so in ``known``.

    For undo, ``before`` is what the correction returned and ``after`` what it was given; for redo the other way. What
    became known in between (other numbers of groups, new photos) stays. The groups to show come from `arrange`: of
    the same clustering, or of one with the basis that holds then, where the correction was to group anew.
    """
    regrouped = not np.array_equal(before.basis, after.basis)
    old = {one.id: one for one in before.groups}
    now = {one.id: one for one in known.groups}
    for gone in old.keys() - {one.id for one in after.groups}:
        now.pop(gone, None)
    earlier: list[int] = []
    for one in after.groups:
        if one.id not in old or (one.id not in now and _decisions(one) != _decisions(old[one.id])):
            # Its id may have gone to a group of which nothing is known but its photos: that one gets another.
            now.pop(one.id, None)
            now = _inserted(now, one, earlier)
        elif one.id in now and _decisions(one) != _decisions(old[one.id]):
            now[one.id] = _with_decisions(now[one.id], one)
        elif one.id in now and regrouped:  # found again by what clustering put there then
            now[one.id] = replace(now[one.id], photo_ids=one.photo_ids, cover=one.cover, in_sight=one.in_sight)
        earlier.append(one.id)
    made_of = after if regrouped else known
    return replace(
        known,
        groups=tuple(now.values()),
        others=union([known.seen, before.seen]),
        basis=made_of.basis,
        model_id=made_of.model_id,
    )


def _inserted(known: dict[int, KnownGroup], one: KnownGroup, earlier: Sequence[int]) -> dict[int, KnownGroup]:
    """``one`` behind the last of those that stood before it."""
    order = list(known.values())
    place = max((row for row, other in enumerate(order) if other.id in earlier), default=-1) + 1
    return {other.id: other for other in (*order[:place], one, *order[place:])}


def _decisions(one: KnownGroup) -> tuple[object, ...]:
    return one.name, one.cover if one.cover_chosen else None, one.locked, one.hidden, one.placed.tolist()


def _with_decisions(one: KnownGroup, like: KnownGroup) -> KnownGroup:
    # What a name or a lock was said of is part of it; without them a group is what clustering last put there.
    photo_ids = like.photo_ids if like.is_said_of_photos or like.locked else one.photo_ids
    return replace(like, photo_ids=photo_ids)


def _group(groups: Sequence[Group], group_id: int) -> Group:
    for group in groups:
        if group.id == group_id != UNSURE:
            return group
    raise KeyError(group_id)


def _known(known: Curation, group_id: int) -> KnownGroup:
    found = known.group(group_id)
    if found is None:
        raise KeyError(group_id)
    return found


def _changed(known: Curation, group_id: int, change: Callable[[KnownGroup], KnownGroup]) -> Curation:
    _known(known, group_id)
    return replace(known, groups=tuple(change(one) if one.id == group_id else one for one in known.groups))


def _add(known: Curation, fresh: Iterable[KnownGroup]) -> Curation:
    return replace(known, groups=(*known.groups, *fresh))


def _unused(known: Curation) -> int:
    used = {one.id for one in known.groups}
    return next(number for number in itertools.count() if number not in used)


def _shown(groups: Sequence[Group], photo_ids: Int64Array) -> Int64Array:
    """``photo_ids`` in the order in which they are shown."""
    wanted = union([photo_ids])
    found = np.concatenate([no_photos(), *(group.photo_ids[among(group.photo_ids, wanted)] for group in groups)])
    if found.size < wanted.size:
        raise KeyError(np.setdiff1d(wanted, found).tolist())
    return found


def _shown_again(known: Curation, groups: Sequence[Group]) -> Corrected:
    return known, show(known.groups, {group.id: group.photo_ids for group in groups})


def _place(known: Curation, groups: Sequence[Group], pieces: dict[int, Int64Array]) -> Corrected:
    """Put photos into groups by hand: ``pieces`` has them by the id of the group, in the order to show."""
    moved = union(pieces.values())
    members = {group.id: group.photo_ids for group in groups}
    for group_id, photos in members.items():
        stays = pieces.get(group_id, no_photos())
        gone = among(photos, moved) & ~among(photos, union([stays]))
        members[group_id] = photos[~gone]
    for group_id, photos in pieces.items():
        there = members.get(group_id, no_photos())
        members[group_id] = np.concatenate([there, photos[~np.isin(photos, there)]])
    members = {group_id: photos for group_id, photos in members.items() if photos.size}
    kept = []
    for one in known.groups:
        placed = without(one.placed, moved)
        photo_ids = without(one.photo_ids, moved) if one.locked else one.photo_ids
        one = replace(one, photo_ids=photo_ids, placed=union([placed, pieces.get(one.id, no_photos())]))
        if one.in_sight and one.id not in members:
            if not one.is_decided:
                continue  # all of it went by hand: what clustering puts there from now on follows
            one = replace(one, in_sight=False)
        kept.append(one)
    after = replace(known, groups=tuple(kept), others=union([known.others, *(one.photo_ids for one in known.groups)]))
    return after, show(after.groups, members)


def _free_name(name: str, groups: Sequence[Group]) -> str:
    name = name.strip()[:LONGEST_NAME]
    given = (group.name for group in groups if not group.suggested)  # a suggestion gives way
    if name and same_name(name) in {same_name(tr("Unsure", "a group")), *map(same_name, given)}:
        raise UsageError(
            "group-name-taken",
            tr("“{name}” is the name of another group.", name=name),
            tr("Choose another name, or merge the two groups."),
        )
    return name


def _forget_name(known: Curation, groups: Sequence[Group], name: str) -> Curation:
    """Take a name that is given anew from groups that are out of sight."""
    shown = {group.id for group in groups}
    kept = [
        replace(one, name="") if one.id not in shown and name and same_name(one.name) == same_name(name) else one
        for one in known.groups
    ]
    return replace(known, groups=tuple(kept))


def _of_now(one: KnownGroup, group: Group, known: Curation) -> Int64Array:
    """The photos that clustering has in a group now, as far as that can be seen from what is shown.

    What was placed elsewhere was among them if it was before, and what is placed here was not.
    """
    free = without(group.photo_ids, known.placed)
    fixed = both(one.photo_ids, union(other.fixed for other in known.groups))
    return union([free, fixed])
