"""Names for groups that nobody named: suggestions, which a person can accept, change or switch off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count

from desktop_app.engine.curation.arranging import same_name
from desktop_app.engine.curation.values import Curation
from desktop_app.engine.language import spoken, tr
from desktop_app.engine.naming import likely
from desktop_app.engine.naming.facts import Facts, Sums
from desktop_app.engine.naming.words import WORDS, said
from desktop_app.engine.types import UNSURE, Group, Int64Array

_REMEMBERED = 512  # groups; a person corrects a few at a time, and the others need no second look


class Namer:
    """Suggests names for the groups of one folder; safe to use from several threads.

    The same photos get the same name whatever their order, however often they are asked for, and whether other groups
    are divided further or not, but for what tells two groups of one name apart.

    Args:
        facts: of all photos of the folder.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._all = facts.of(facts.photo_ids)
        self._known: dict[bytes, Sums] = {}

    def named(self, known: Curation, groups: Sequence[Group]) -> tuple[Group, ...]:
        """The groups with a suggested name each, where there is a fitting one and no person gave a name.

        Args:
            known: says which groups a person named.
            groups: to show, each with the name it has without a suggestion. No two will have the same name.
        """
        given = {one.id for one in known.groups if one.name}
        open_ids = {group.id for group in groups} - given - {UNSURE}
        taken = {same_name(group.name) for group in groups if group.id not in open_ids}
        names = self.suggest({group.id: group.photo_ids for group in groups if group.id in open_ids}, taken)
        return tuple(
            replace(group, name=names[group.id], suggested=True) if group.id in names else group for group in groups
        )

    def suggest(self, members: dict[int, Int64Array], taken: Iterable[str] = ()) -> dict[int, str]:
        """Names by the id of the group; groups for which there is no fitting one are left out.

        Args:
            members: int64[n] by id.
            taken: names that are given already.
        """
        sums = {group_id: self._sums(members[group_id]) for group_id in sorted(members)}
        sums = {group_id: found for group_id, found in sums.items() if found.count}
        alike: dict[str, list[int]] = defaultdict(list)
        for group_id, found in sums.items():
            here, elsewhere = found.shares(), self._all.without(found).shares()
            words = likely.words(self._facts, here, elsewhere)
            first = said(words[0]) if words else self._otherwise(here, elsewhere)
            if first:
                alike[first].append(group_id)
        names: dict[int, str] = {}
        for first, group_ids in alike.items():
            names |= self._apart(first, group_ids, sums) if len(group_ids) > 1 else {group_ids[0]: first}
        return _unique(names, taken)

    def _otherwise(self, here: Sums, elsewhere: Sums) -> str:
        """What a group without a word is called by."""
        if period := likely.period(self._facts, here, elsewhere):
            return period
        folder = likely.folder(self._facts, here, elsewhere)
        return tr("From {folder}", folder=folder) if folder else ""

    def _apart(self, first: str, group_ids: Sequence[int], sums: dict[int, Sums]) -> dict[int, str]:
        """Names that tell groups of one first word apart, as far as something does."""
        together = sums[group_ids[0]]
        for group_id in group_ids[1:]:
            together = together.plus(sums[group_id])
        names = {}
        for group_id in group_ids:
            here, others = sums[group_id].shares(), together.without(sums[group_id]).shares()
            second = self._second(first, here, others)
            names[group_id] = tr("{first}, {second}", first=first, second=second) if second else first
        return names

    def _second(self, first: str, here: Sums, others: Sums) -> str:
        words = [
            word for word in likely.words(self._facts, here, others, sure=True) if said(word) not in _related(first)
        ]
        if words:
            return _inside(said(words[0]))
        return likely.period(self._facts, here, others) or likely.folder(self._facts, here, others)

    def _sums(self, photo_ids: Int64Array) -> Sums:
        key = photo_ids.tobytes()
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._facts.of(photo_ids)
        return found


def _related(first: str) -> Collection[str]:
    """A word, and what is broader: neither tells anything beside it."""
    key = next((key for key in WORDS if said(key) == first), None)
    return {first, *map(said, WORDS[key].broader)} if key else {first}


def _inside(text: str) -> str:
    """A word behind another: small in English, where other languages have their own ways."""
    return text[:1].lower() + text[1:] if spoken().code == "en" else text


def _unique(names: dict[int, str], taken: Iterable[str]) -> dict[int, str]:
    """No two alike: the first of a name keeps it, the others are numbered."""
    used, found = {same_name(name) for name in taken}, {}
    for group_id, plain in sorted(names.items()):
        name, again = plain, count(2)
        while same_name(name) in used:
            name = f"{plain} ({next(again)})"
        used.add(same_name(name))
        found[group_id] = name
    return found
