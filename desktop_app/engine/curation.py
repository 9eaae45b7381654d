"""A person's corrections to the groups of a folder, kept from one opening to the next and seen by both faces.

Groups come out of the photos anew each time. What is kept of each is its id, its photos and the name a person gave it,
and `Curation.arrange` finds it again among new groups by the photos it shares with them. Every operation takes the
groups that are shown and returns a new `Curation` with the groups that are shown then; nothing is changed in place, so
that whoever keeps the value before has its undo.

There is one file for each folder of photos, in the settings folder, never among the photos:

    {"version": 1, "folder": "for eyes only", "method": "kmeans", "k": 9, "unsure_below": 0.5, "selected": 3,
     "groups": [{"id": 3, "name": "Receipts", "photos": "<ids>"}], "others": "<ids>"}

where ``<ids>`` are photo ids, int64, little-endian, ascending, as base64 (of 96,000 photos a twentieth of the time that
a list of numbers takes to read). ``method``, ``k``, ``selected`` and ``name`` are left out where there is none. Further
corrections have their place in a later version: what holds for a whole group (cover, lock, hidden) is a field of the
group; what a person placed by hand (moves, merges, splits) is a second list of photos of the group, which arranging
leaves there.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop_app.engine import paths
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.files import is_folder, whole_file
from desktop_app.engine.strict import StrictError, limits, read
from desktop_app.engine.types import UNSURE, Group, Int32Array, Int64Array
from desktop_app.engine.wording import display_path

VERSION = 1
_HIGHEST_ID = 2**31 - 1
_LONGEST_NAME = 1000

_log = logging.getLogger(__name__)


def _no_photos() -> Int64Array:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class KnownGroup:
    """What is kept of a group.

    Attributes:
        id: stable, 0 or more.
        photo_ids: int64[n], ascending: the photos it had when it was named or, without a name, when it was last shown.
        name: given by a person; empty for none.
    """

    id: int
    photo_ids: Int64Array
    name: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """How the window shows a folder; the defaults are those of a folder that is new.

    Attributes:
        method: key of `clustering.CLUSTERERS`, None for the one in the settings.
        k: number of groups, None for the suggested one.
        unsure_below: confidence under which a photo is unsure, 0 to 1.
        selected: id of the group that was shown, None for all photos.
    """

    method: str | None = None
    k: int | None = None
    unsure_below: float = 0.5
    selected: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Curation:
    """What is known of one folder's groups, and what a person decided about them.

    Attributes:
        groups: by ascending id; named ones stay while nothing that is shown is like them.
        others: int64[n], ascending: further photos that were seen before.
        choices: how the window shows the folder.
        trouble: what a person should know of how it was found; mostly empty.
    """

    groups: tuple[KnownGroup, ...] = ()
    others: Int64Array = field(default_factory=_no_photos)
    choices: Choices = Choices()
    trouble: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether a person decided anything: numbers of groups alone are no decision."""
        return self.choices != Choices() or any(group.name for group in self.groups)

    def photos_of(self, group_id: int) -> Int64Array:
        """Photos of a known group, int64[n] ascending; empty when there is none of that id."""
        return next((group.photo_ids for group in self.groups if group.id == group_id), _no_photos())

    def arrange(self, groups: Sequence[Group]) -> tuple[Curation, tuple[Group, ...]]:
        """Give new groups the ids and names of those they continue.

        Two groups are compared by the photos that both could have: those a group claims now, and that were seen
        before. So photos that were added, taken away or became unsure neither make a likeness nor break one. A named
        group continues in one that shares more than half of the photos of either, an unnamed one in one that shares
        more than half of the photos of the smaller. The most alike come first (shared photos over those of both
        together), named ones before the others, of equals the lower id; no id is given twice.

        Args:
            groups: of a clustering, in the order in which they are shown.

        Returns:
            What is known from now on, and ``groups`` in their order with the ids and names to show.
        """
        sure = [group for group in groups if group.id != UNSURE]
        present = _union(group.photo_ids for group in groups)
        rows = _rows(present, sure)
        seen = _union([self.others, *(known.photo_ids for known in self.groups)])
        continued = self._continued(present, rows, seen, len(sure))
        # An id that goes out of use here is not given to another group in the same step: a person would take that one
        # for the group that was shown in its color a moment ago.
        used = {known.id for known in self.groups}
        fresh = (number for number in count() if number not in used)
        ids = [continued[row].id if row in continued else next(fresh) for row in range(len(sure))]

        unclaimed = present[rows < 0]
        kept = [
            _as_known(number, group, continued.get(row), seen, unclaimed)
            for row, (number, group) in enumerate(zip(ids, sure, strict=True))
        ]
        names = {known.id: known.name for known in kept}
        kept += [known for known in self.groups if known.name and known.id not in names]
        width = len(str(max(number + 1 for number in ids))) if ids else 0
        shown = iter(ids)
        arranged = tuple(group if group.id == UNSURE else _shown(group, next(shown), names, width) for group in groups)
        others = np.setdiff1d(present, _union(known.photo_ids for known in kept), assume_unique=True)
        return replace(self, groups=_in_order(kept), others=others), arranged

    def _continued(self, present: Int64Array, rows: Int32Array, seen: Int64Array, number: int) -> dict[int, KnownGroup]:
        """Find the known group that each of ``number`` new ones continues.

        Args:
            present: int64[N] ascending, all photos.
            rows: int32[N], the new group of each, -1 where none claims it.
            seen: int64[n] ascending, photos that were there before.
            number: of new groups.

        Returns:
            The known groups by the row of the new one.
        """
        sizes = np.bincount(rows[(rows >= 0) & _among(present, seen)], minlength=number)
        pairs = []
        for known in self.groups:
            claimed = rows[np.searchsorted(present, known.photo_ids[_among(known.photo_ids, present)])]
            claimed = claimed[claimed >= 0]
            for row, shared in zip(*np.unique(claimed, return_counts=True), strict=True):
                smaller, larger = sorted((len(claimed), int(sizes[row])))
                if 2 * shared > (larger if known.name else smaller):
                    likeness = shared / (smaller + larger - shared)
                    pairs.append(((not known.name, -likeness, known.id, int(row)), known))
        found: dict[int, KnownGroup] = {}
        given: set[int] = set()
        for (*_, row), known in sorted(pairs, key=lambda pair: pair[0]):
            if row not in found and known.id not in given:
                found[row] = known
                given.add(known.id)
        return found

    def rename(self, groups: Sequence[Group], group_id: int, name: str) -> tuple[Curation, tuple[Group, ...]]:
        """Give a group that is shown a name, and let the name stand for the photos that it has now.

        An empty name is ignored, and the unsure group keeps its own. A group that is not shown and had the same name
        loses it: the name was given anew.
        """
        name = name.strip()[:_LONGEST_NAME]
        target = next((group for group in groups if group.id == group_id), None)
        if not name or target is None or group_id == UNSURE:
            return self, tuple(groups)
        shown = {group.id for group in groups}
        gone = [one for one in self.groups if one.id == group_id or (one.id not in shown and one.name == name)]
        kept = [one for one in self.groups if one not in gone]
        kept.append(KnownGroup(group_id, np.unique(target.photo_ids), name))
        others = _union([self.others, *(known.photo_ids for known in gone)])
        renamed = tuple(replace(group, name=name) if group.id == group_id else group for group in groups)
        return replace(self, groups=_in_order(kept), others=others), renamed


def group_ids(photo_ids: Int64Array, groups: Sequence[Group]) -> Int32Array:
    """Id of the group that each photo is in, int32[n]; `UNSURE` for one that is in none."""
    ids = np.array([*(group.id for group in groups), UNSURE], np.int32)
    found: Int32Array = ids[_rows(photo_ids, groups)]  # row -1 is the last one
    return found


def load(folder: Path) -> Curation:
    """What is known of the groups of ``folder``; nothing where it is new.

    A file that cannot be understood is set aside under a name of its own, which `Curation.trouble` tells.

    Raises:
        UsageError: ``curation-newer`` where a newer Kindred wrote it, ``curation-unreadable`` where the system does not
            give it, or does not let a damaged one be set aside. The file is as it was, and must not be overwritten.
    """
    place = file_of(folder)
    try:
        data = place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Curation()
    except OSError as error:
        if not is_folder(place.parent):
            return Curation()  # no place of ours: nothing was kept, and nothing can be
        raise _unreadable(place, folder, error) from error
    try:
        return _parse(data, place, folder)
    except (StrictError, ValueError, RecursionError) as error:
        # json's and UTF-8's errors are ValueErrors.
        aside = next(free for n in count(1) if not (free := place.with_suffix(f".damaged-{n}")).exists())
        try:
            place.rename(aside)
        except OSError as refused:
            raise _unreadable(place, folder, refused) from refused
        _log.warning("what was kept about a folder was damaged and set aside as %s", aside.name)
        _log.debug("%s: %s", place, error)
        return Curation(
            trouble=f"The names of the groups in {display_path(folder)} could not be read. "
            f"Their file was set aside: {display_path(aside)}"
        )


def save(folder: Path, curation: Curation) -> None:
    """Keep what is known of the groups of ``folder``, whole or not at all.

    Raises:
        UserError: ``curation-unwritable``; what was kept before is still there.
    """
    document = {
        "version": VERSION,
        "folder": display_path(folder),
        **{key: value for key, value in asdict(curation.choices).items() if value is not None},
        "groups": [
            {"id": known.id, **({"name": known.name} if known.name else {}), "photos": _to_text(known.photo_ids)}
            for known in curation.groups
        ],
        "others": _to_text(curation.others),
    }
    place = file_of(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as file:
            file.write(json.dumps(document).encode())
    except OSError as error:
        raise UserError(
            "curation-unwritable",
            f"The names of the groups in {display_path(folder)} could not be kept: {error.strerror or error}.",
        ) from error


def file_of(folder: Path) -> Path:
    """Where what is known of ``folder`` is kept, by whatever way of spelling or linking one comes to it."""
    key = hashlib.blake2b(os.fsencode(os.path.realpath(folder)), digest_size=16).hexdigest()
    return paths.config_dir() / "folders" / f"{key}.json"


@dataclass(frozen=True, slots=True)
class _Entry:
    id: int = field(metadata=limits(low=0, high=_HIGHEST_ID))
    photos: str
    name: str = field(default="", metadata=limits(max_length=_LONGEST_NAME))


@dataclass(frozen=True, slots=True)
class _Document:
    version: int
    folder: str
    groups: tuple[_Entry, ...]
    others: str
    unsure_below: float = field(metadata=limits(low=0, high=1))
    method: str | None = field(default=None, metadata=limits(min_length=1, max_length=40))
    k: int | None = field(default=None, metadata=limits(low=1, high=_HIGHEST_ID))
    selected: int | None = field(default=None, metadata=limits(low=UNSURE, high=_HIGHEST_ID))


def _parse(data: bytes, place: Path, folder: Path) -> Curation:
    found = json.loads(data)
    version = found.get("version") if isinstance(found, dict) else None
    if type(version) is int and version > VERSION:
        raise UsageError(
            "curation-newer",
            f"What a newer Kindred kept about the groups in {display_path(folder)} cannot be read by this one.",
            f"Use the newer one, or move {display_path(place)} away to start afresh.",
        )
    document = read(_Document, found)
    if document.version != VERSION:
        raise StrictError("version", f"must be {VERSION}, is {document.version}")
    groups = tuple(
        KnownGroup(entry.id, _from_text(entry.photos, f"groups[{row}].photos"), entry.name)
        for row, entry in enumerate(document.groups)
    )
    ids = [known.id for known in groups]
    if ids != sorted(set(ids)):
        raise StrictError("groups", "must have ascending ids")
    choices = Choices(document.method, document.k, document.unsure_below, document.selected)
    return Curation(groups, _from_text(document.others, "others"), choices)


def _unreadable(place: Path, folder: Path, error: OSError) -> UsageError:
    return UsageError(
        "curation-unreadable",
        f"What was kept about the groups in {display_path(folder)} cannot be read: {error.strerror or error}.",
        f"Look after {display_path(place)}, or move it away to start afresh.",
    )


def _to_text(photo_ids: Int64Array) -> str:
    return base64.b64encode(photo_ids.astype("<i8").tobytes()).decode()


def _from_text(text: str, key: str) -> Int64Array:
    data = base64.b64decode(text, validate=True)
    if len(data) % 8:
        raise StrictError(key, "is cut off")
    photo_ids = np.frombuffer(data, "<i8").astype(np.int64)
    # Ascending, as the search among them needs it.
    if photo_ids.size and (photo_ids[0] < 0 or photo_ids[-1] >= 2**53 or np.any(np.diff(photo_ids) <= 0)):
        raise StrictError(key, "must hold ascending photo ids")
    return photo_ids


def _as_known(
    number: int, group: Group, known: KnownGroup | None, seen: Int64Array, unclaimed: Int64Array
) -> KnownGroup:
    """What is kept of a group that is shown.

    A name stands for the photos that it was given to, and for those that joined them later. Would it follow its group
    from one number of groups to the next, it would not find back when the first number is chosen again.
    """
    photo_ids = np.unique(group.photo_ids)
    if known is None:
        return KnownGroup(number, photo_ids)
    if known.name:
        joined = np.setdiff1d(photo_ids, seen, assume_unique=True)
        return replace(known, photo_ids=np.union1d(known.photo_ids, joined))
    # A photo that is unsure now still belongs where it was, should it be sure again.
    unsure = np.intersect1d(known.photo_ids, unclaimed, assume_unique=True)
    return KnownGroup(number, np.union1d(photo_ids, unsure))


def _shown(group: Group, number: int, names: dict[int, str], width: int) -> Group:
    return replace(group, id=number, name=names[number] or f"Group {number + 1:0{width}d}")


def _in_order(groups: Iterable[KnownGroup]) -> tuple[KnownGroup, ...]:
    return tuple(sorted(groups, key=lambda known: known.id))


def _rows(photo_ids: Int64Array, groups: Sequence[Group]) -> Int32Array:
    """Index of the group that each photo is in, int32[n]; -1 for one that is in none."""
    members = np.concatenate([_no_photos(), *(group.photo_ids for group in groups)])
    owners = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group.photo_ids) for group in groups])
    order = np.argsort(members, kind="stable")
    members, owners = members[order], owners[order]
    rows = np.full(len(photo_ids), -1, np.int32)
    inside = _among(photo_ids, members)
    rows[inside] = owners[np.searchsorted(members, photo_ids[inside])]
    return rows


def _among(photo_ids: Int64Array, ascending: Int64Array) -> npt.NDArray[np.bool_]:
    """Which of ``photo_ids`` are among others, which are sorted."""
    places = np.searchsorted(ascending, photo_ids)
    places[places == len(ascending)] = 0
    return ascending[places] == photo_ids if len(ascending) else np.zeros(len(photo_ids), np.bool_)


def _union(parts: Iterable[Int64Array]) -> Int64Array:
    return np.unique(np.concatenate([_no_photos(), *parts]))
