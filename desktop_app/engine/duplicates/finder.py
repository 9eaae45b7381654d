"""Find the duplicates of a folder: exact by content, near by embedding, perceptual hash and a close look together."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.computing.parallel import spread
from desktop_app.engine.duplicates import fingerprint
from desktop_app.engine.duplicates.fingerprint import Fingerprint
from desktop_app.engine.duplicates.keeper import Candidate, rank, reason
from desktop_app.engine.duplicates.overlay import Sheet, sheet
from desktop_app.engine.duplicates.pairs import DEFAULT, Pairs, find_pairs, look_closely
from desktop_app.engine.duplicates.sets import Copy, DuplicateSet, stars
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.types import Embeddings, Float32Array, Photo
from desktop_app.engine.wording import display_path

_TOGETHER = 512
_STAGE = tr_noop("Measuring pictures")


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What was found, to be asked for at any strictness without looking at the photos again.

    Attributes:
        classes: photos by content, the one to keep first; those that are one file under several names count once.
        candidates: the first of each class, with its fingerprint.
        pairs: over the classes; None where only exact duplicates were asked for.
        linked: photos left out because they are another name (a hard link) of one that is in.
    """

    classes: tuple[tuple[Photo, ...], ...]
    candidates: tuple[Candidate, ...]
    pairs: Pairs | None
    linked: tuple[Photo, ...]

    def sets(self, similarity: float = DEFAULT, *, exact: bool = False) -> tuple[DuplicateSet, ...]:
        """The sets, those that would free most first; no photo is in two of them.

        Args:
            similarity: from which on photos count as nearly the same, `pairs.LOWEST` to 1.
            exact: only photos of the same content.
        """
        groups: list[dict[int, float]] = []
        if self.pairs is not None and not exact:
            groups = stars(self.candidates, self.pairs, similarity)
        grouped = {row for group in groups for row in group}
        groups += [{row: 1.0} for row, same in enumerate(self.classes) if len(same) > 1 and row not in grouped]
        found = [self._set(group) for group in groups]
        return tuple(sorted(found, key=lambda one: (-one.bytes_freed, str(one.keeper.path))))

    def _set(self, group: dict[int, float]) -> DuplicateSet:
        first, *others = group
        keeper = self.candidates[first]
        same = [Candidate(photo, keeper.fingerprint) for photo in self.classes[first][1:]]
        unlike = [self.candidates[row] for row in others]
        why = reason(keeper, unlike or same)
        members = [Copy(keeper.photo, 1.0, False, _unit_bytes(keeper.photo))]
        for row, value in group.items():
            for photo in self.classes[row]:
                if photo is not keeper.photo:
                    note = _note(photo, keeper.photo)
                    members.append(Copy(photo, value, row == first, _unit_bytes(photo), note))
        return DuplicateSet("near" if others else "exact", tuple(members), why)


def find(
    photos: Sequence[Photo], embeddings: Embeddings, cache: Cache, ctx: JobContext, *, exact: bool = False
) -> Duplicates:
    """Find what is there more than once. Reads thumbnails and, of photos of one content, the file system's entries.

    Args:
        photos: N photos.
        embeddings: of the same photos, in any order; not needed for exact duplicates.
        cache: gives the thumbnails, and keeps what is measured of them.
        ctx: cancel and progress.
        exact: only look for photos of the same content.

    Raises:
        Cancelled: the person asked to stop.
    """
    classes, linked = _by_content(photos, ctx)
    if exact:
        first = tuple(Candidate(same[0], None) for same in classes)
        return Duplicates(classes, first, None, linked)
    prints = _fingerprints([same[0] for same in classes], cache, ctx)
    candidates = tuple(Candidate(same[0], one) for same, one in zip(classes, prints, strict=True))
    known = [row for row, one in enumerate(prints) if one is not None]
    vectors = _vectors_of([classes[row][0] for row in known], embeddings)
    known_prints = [one for row in known if (one := prints[row]) is not None]
    found = find_pairs(vectors, known_prints, ctx)
    hashes = [classes[row][0].content_hash for row in known]
    found = look_closely(found, known_prints, lambda row: _sheet(cache.thumbnail(hashes[row])), ctx)
    rows = np.array(known, np.int64)
    pairs = Pairs(rows[found.first], rows[found.second], found.similarity)
    return Duplicates(classes, candidates, pairs, linked)


def main_hash(photo: Photo) -> str:
    """Of the photo's own file; `Photo.content_hash` may join others of its unit."""
    return photo.content_hash.partition("+")[0]


def _by_content(photos: Sequence[Photo], ctx: JobContext) -> tuple[tuple[tuple[Photo, ...], ...], tuple[Photo, ...]]:
    same: dict[str, list[Photo]] = {}
    for photo in photos:
        same.setdefault(main_hash(photo), []).append(photo)
    classes, linked = [], []
    for number, members in enumerate(same.values()):
        ctx.progress(number, len(same), tr_noop("Comparing files"))
        if len(members) > 1:
            members, twins = _without_links(members)
            linked += twins
        if members:
            members.sort(key=lambda photo: rank(Candidate(photo, None)))
            classes.append(tuple(members))
    return tuple(classes), tuple(linked)


def _without_links(photos: Sequence[Photo]) -> tuple[list[Photo], list[Photo]]:
    """One photo for each file; further names of a file are no copies, and letting one go frees nothing."""
    by_file: dict[tuple[int, int], Photo] = {}
    twins = []
    for photo in photos:
        try:
            state = photo.path.stat()
        except OSError:
            continue  # gone since: nothing can be said of it
        if by_file.setdefault((state.st_dev, state.st_ino), photo) is not photo:
            twins.append(photo)
    return list(by_file.values()), twins


def _fingerprints(photos: Sequence[Photo], cache: Cache, ctx: JobContext) -> list[Fingerprint | None]:
    found: list[Fingerprint | None] = []
    for start in range(0, len(photos), _TOGETHER):
        hashes = [photo.content_hash for photo in photos[start : start + _TOGETHER]]
        known = cache.fingerprints(hashes, fingerprint.EDITION)
        missing = [one for one in hashes if one not in known]
        measured = spread(lambda one: (one, _measure(cache.thumbnail(one))), missing, ctx)
        fresh = {one: packed for one, packed in measured if packed is not None}
        if fresh:
            cache.put_fingerprints(fresh, fingerprint.EDITION)
        known |= fresh
        found += [Fingerprint.unpacked(known[one]) if one in known else None for one in hashes]
        ctx.progress(len(found), len(photos), _STAGE)
    return found


def _measure(thumbnail: bytes | None) -> bytes | None:
    try:
        return None if thumbnail is None else fingerprint.of_thumbnail(thumbnail).packed()
    except OSError:
        return None  # what the cache lost is made anew when the photo is next looked at


def _sheet(thumbnail: bytes | None) -> Sheet | None:
    try:
        return None if thumbnail is None else sheet(thumbnail)
    except OSError:
        return None


def _vectors_of(photos: Sequence[Photo], embeddings: Embeddings) -> Float32Array:
    order = np.argsort(embeddings.photo_ids)
    ids = np.array([photo.id for photo in photos], np.int64)
    vectors: Float32Array = embeddings.vectors[order[np.searchsorted(embeddings.photo_ids, ids, sorter=order)]]
    return vectors


def _unit_bytes(photo: Photo) -> int:
    return photo.size_bytes + sum(map(_size, photo.companions))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _note(photo: Photo, keeper: Photo) -> str:
    """Files of ``photo`` that the keeper has not, neither under a name that corresponds nor with the same content."""
    alone = [path for path in photo.companions if not _is_beside(path, photo, keeper)]
    return ", ".join(display_path(path.name) for path in alone)


def _is_beside(companion: Path, photo: Photo, keeper: Photo) -> bool:
    ending = companion.name.removeprefix(photo.path.stem)
    for other in keeper.companions:
        if other.name.removeprefix(keeper.path.stem) == ending and _size(other) == _size(companion):
            try:
                # The bytes: two sidecars of one length can still hold two sets of decisions.
                return filecmp.cmp(companion, other, shallow=False)
            except OSError:
                return False
    return False
