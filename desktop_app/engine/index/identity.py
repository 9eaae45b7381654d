"""Which id each photo has: made of its content, and kept by its file for as long as that content is at that path.

So what a person decided works on for files that were moved or renamed, and where there are several of one content, it
stays with the file that they decided on: a copy that comes or goes changes the id of no other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import numpy as np

from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Int64Array

_NONE: Mapping[int, int] = MappingProxyType({})
_NOBODY: Mapping[str, Sequence[int]] = MappingProxyType({})


def photo_id(content_hash: str, occurrence: int = 0) -> int:
    """The id of a photo, but for two contents in 2**52 that would have the same.

    Args:
        content_hash: of its file.
        occurrence: how many photos of the same content had an id before it.
    """
    return _number(f"{content_hash}/{occurrence}".encode())


def photo_ids(
    hashes: Sequence[str], kept: Mapping[int, int] = _NONE, left: Mapping[str, Sequence[int]] = _NOBODY
) -> Int64Array:
    """Ids of photos from their content.

    Args:
        hashes: content hash of each photo, in the order of the paths.
        kept: the ids that some photos have already, by row.
        left: ids by content whose files have gone; others of that content get these first.

    Returns:
        int64[N], distinct, in 1 .. 2**52: those kept and left, else BLAKE2b of the hash and the number of equal ones
        before it.
    """
    owner = {number: hashes[row] for row, number in kept.items()}
    waiting = {content: [one for one in reversed(ids) if one not in owner] for content, ids in left.items()}
    seen: dict[str, int] = {}
    ids = np.empty(len(hashes), np.int64)
    for row, content_hash in enumerate(hashes):
        if row in kept:
            ids[row] = kept[row]
            continue
        if waiting.get(content_hash):
            number = waiting[content_hash].pop()
        else:
            number = _fresh(content_hash, seen, owner)
        owner[number] = content_hash
        ids[row] = number
    return ids


def _fresh(content_hash: str, seen: dict[str, int], owner: Mapping[int, str]) -> int:
    """The first id of a content that no photo has; ``seen`` has by content how many were tried."""
    while True:
        occurrence = seen.get(content_hash, 0)
        seen[content_hash] = occurrence + 1
        number = photo_id(content_hash, occurrence)
        if owner.get(number) != content_hash:
            break
    while number in owner:
        number = number % 2**52 + 1
    return number


def _no_ids() -> Int64Array:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """Files that hold an id, of which no more is kept than what finds them again.

    Attributes:
        ids: int64[n], each once.
        contents: int64[n], `photo_id` of the content of each.
        places: int64[n], what stands for the path of each inside its folder, see `place_of`.
    """

    ids: Int64Array = field(default_factory=_no_ids)
    contents: Int64Array = field(default_factory=_no_ids)
    places: Int64Array = field(default_factory=_no_ids)

    def __bool__(self) -> bool:
        return bool(self.ids.size)

    def fit(self, photos: PhotoList, root: Path) -> bool:
        """Whether each of these files that is among ``photos``, of the folder ``root``, has its id there."""
        order = np.argsort(photos.ids, kind="stable")
        at = np.searchsorted(photos.ids, self.ids, sorter=order)
        elsewhere: dict[int, int] = {}
        for number, content, place, row in zip(*map(np.ndarray.tolist, (*self._columns, at)), strict=True):
            found = order[row] if row < len(order) else -1
            same = found >= 0 and photos.ids[found] == number
            if not same or place_of(photos.paths.text(found), root) != place:
                elsewhere[place] = content
        if not elsewhere:
            return True
        places = (place_of(path, root) for path in photos.paths.texts())
        return not any(
            elsewhere.get(place) == photo_id(photos.hashes.text(row))
            for row, place in enumerate(places)
            if place in elsewhere
        )

    def now(self, wanted: Int64Array, photos: PhotoList, root: Path) -> Holders:
        """The files that hold the ids ``wanted`` int64[n], ascending, among ``photos``; as known here of those gone."""
        rows = np.flatnonzero(np.isin(photos.ids, wanted)).tolist()
        gone = np.isin(self.ids, wanted) & ~np.isin(self.ids, photos.ids)
        made = (
            photos.ids[rows],
            np.array([photo_id(photos.hashes.text(row)) for row in rows], np.int64),
            np.array([place_of(photos.paths.text(row), root) for row in rows], np.int64),
        )
        columns = (np.concatenate([new, old[gone]]) for new, old in zip(made, self._columns, strict=True))
        return Holders(*columns)

    @property
    def _columns(self) -> tuple[Int64Array, Int64Array, Int64Array]:
        return self.ids, self.contents, self.places


def place_of(path: str, root: Path) -> int:
    """What stands for a path inside the folder ``root``, 1 .. 2**52; another path has the same one time in 2**52."""
    return _number(b"at " + os.fsencode(path[len(os.fspath(root)) :].lstrip(os.sep)))


class Identities:
    """What is known of the ids in a folder before it is looked at again.

    Args:
        root: the folder.
        before: its photos as they were last known.
        held: files that hold an id besides these; of two that hold the same one, that of ``before`` has it.
    """

    def __init__(self, root: Path, before: PhotoList, held: Holders) -> None:
        self._root = root
        known = zip(before.paths.texts(), before.hashes.texts(), before.ids.tolist(), strict=True)
        self._before = {path: (content, number) for path, content, number in known}
        columns = zip(held.places.tolist(), held.contents.tolist(), held.ids.tolist(), strict=True)
        self._held = {place: (content, number) for place, content, number in columns}
        self._of_content: dict[str | int, list[int]] = {}
        for content, number in chain(self._before.values(), self._held.values()):
            self._of_content.setdefault(content, []).append(number)

    def of(self, paths: Sequence[str], hashes: Sequence[str]) -> Int64Array:
        """Ids of photos, int64[N] as `photo_ids` gives them, from their paths, ascending, and content hashes."""
        kept: dict[int, int] = {}
        taken: set[int] = set()
        for find in (self._kept, self._kept_by_hand):
            for row, (path, content_hash) in enumerate(zip(paths, hashes, strict=True)):
                number = None if row in kept else find(path, content_hash)
                if number is not None and number not in taken:
                    kept[row] = number
                    taken.add(number)
        others = {content for row, content in enumerate(hashes) if row not in kept}
        return photo_ids(hashes, kept, {content: left for content in others if (left := self._left(content))})

    def first(self, path: str, content_hash: str) -> int:
        """The id of the first photo of a content that arrives, before all are there."""
        number = self._kept(path, content_hash) or self._kept_by_hand(path, content_hash)
        return number or int(photo_ids([content_hash], left={content_hash: self._left(content_hash)})[0])

    def _kept(self, path: str, content_hash: str) -> int | None:
        content, number = self._before.get(path, ("", 0))
        return number if content == content_hash else None

    def _kept_by_hand(self, path: str, content_hash: str) -> int | None:
        if not self._held:
            return None
        content, number = self._held.get(place_of(path, self._root), (0, 0))
        return number if content and content == photo_id(content_hash) else None

    def _left(self, content_hash: str) -> list[int]:
        """Ids that were known of files with this content, in the order of their paths."""
        found = self._of_content.get(content_hash, [])
        held = self._of_content.get(photo_id(content_hash), []) if self._held else []
        return list(dict.fromkeys([*found, *held]))


def _number(data: bytes) -> int:
    digest = hashlib.blake2b(data, digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 12) or 1
