"""Photos that have other ids since they were read in full, and what was decided about them before.

Ids come from contents. A photo that was seen in its preview only has one of its own; once the whole file was read, it
has another. What a person decided meanwhile is kept under the first, and goes over to the second by path, size and
time. Which photo had which is kept beside the curation until then, so that nothing is lost should the program end.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.engine.curation.members import among, no_photos, union, without
from desktop_app.engine.curation.store import file_of, unwritable
from desktop_app.engine.curation.values import Curation, KnownGroup
from desktop_app.engine.files import whole_file
from desktop_app.engine.index.glances import glanced
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Int64Array

_log = logging.getLogger(__name__)

Named = tuple[str, int, int, int]
"""Path, size, modification time (ns) and id of a photo."""


@dataclass(frozen=True, slots=True, eq=False)
class NewIds:
    """Ids in place of others.

    Attributes:
        old: int64[n], ascending.
        new: int64[n], in the same order.
    """

    old: Int64Array
    new: Int64Array

    def __bool__(self) -> bool:
        return bool(self.old.size)

    def of(self, photo_ids: Int64Array) -> Int64Array:
        """The same photos in their order, with the ids that they have now; int64 of the same shape."""
        if not self:
            return photo_ids.copy()
        places = np.searchsorted(self.old, photo_ids)
        places[places == len(self.old)] = 0
        found: Int64Array = np.where(self.old[places] == photo_ids, self.new[places], photo_ids)
        return found

    def one(self, photo_id: int) -> int:
        """The id that a photo has now."""
        return int(self.of(np.array([photo_id], np.int64))[0])

    def curation(self, known: Curation) -> Curation:
        """What is known of the groups, with the ids that their photos have now."""
        if not self:
            return known
        groups: list[KnownGroup] = []
        taken = no_photos()
        for one in known.groups:
            cover = None if one.cover is None else self.one(one.cover)
            group = replace(one, cover=cover, **self._arrays(one))
            groups.append(replace(group, placed=without(group.placed, taken)))
            taken = union([taken, group.placed])
        return replace(known, groups=tuple(groups), **self._arrays(known))

    def _arrays(self, known: Curation | KnownGroup) -> dict[str, Any]:
        """Every array of these, each of which holds ids of photos."""
        values = {field.name: getattr(known, field.name) for field in fields(known)}
        return {name: union([self.of(value)]) for name, value in values.items() if isinstance(value, np.ndarray)}


def named(photos: PhotoList) -> list[Named]:
    """All photos by their ids: those of copies may change, too, when others are read in full."""
    times = map(photos.time, range(len(photos)))
    return list(zip(photos.paths.texts(), photos.sizes.tolist(), times, photos.ids.tolist(), strict=True))


def glances(photos: PhotoList) -> list[Named]:
    """Those of the photos that were seen in their preview only."""
    return [one for one, passing in zip(named(photos), glanced(photos).tolist(), strict=True) if passing]


def new_ids(before: Iterable[Named], photos: PhotoList) -> NewIds:
    """The ids that photos have now in place of those before.

    Args:
        before: as they were; one whose file has changed since is another photo.
        photos: as they are known now.
    """
    wanted = {photo_id: (path, size, time) for path, size, time, photo_id in before}
    if not wanted:
        return NewIds(no_photos(), no_photos())
    there = {(path, size, time): photo_id for path, size, time, photo_id in named(photos)}
    pairs = sorted((old, there.get(file, old)) for old, file in wanted.items())
    pairs = [(old, new) for old, new in pairs if old != new]
    both: Int64Array = np.array(pairs, np.int64).reshape(-1, 2)
    return NewIds(both[:, 0].copy(), both[:, 1].copy())


def load(folder: Path) -> list[Named]:
    """The photos of ``folder`` that were seen in their preview when something was decided about them."""
    try:
        found = json.loads(_place(folder).read_bytes())
        known = [(str(path), int(size), int(time), int(photo_id)) for path, size, time, photo_id in found]
        np.array([photo_id for *_, photo_id in known], np.int64)  # raises where one is no id
        return known
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, OverflowError, RecursionError) as error:
        _log.warning("what photos were called before they were read in full cannot be read: %s", type(error).__name__)
        return []


def keep(folder: Path, fresh: Sequence[Named]) -> None:
    """Keep these besides what is kept already.

    Raises:
        UserError: ``curation-unwritable``.
    """
    if not fresh:
        return
    known = load(folder)
    joined = list(dict.fromkeys(chain(known, fresh)))
    if joined != known:
        try:
            _write(folder, joined)
        except OSError as error:
            raise unwritable(folder, error) from error


def forget(folder: Path, known: Curation) -> None:
    """Once all photos were read in full, keep of that list only what is still known by the id of its preview.

    That is a photo which could not be read in full, or has gone since.
    """
    before = load(folder)
    left = among(np.array([photo_id for *_, photo_id in before], np.int64), known.seen)
    if left.all() and before:
        return
    # What is left of the list does no harm.
    with contextlib.suppress(OSError):
        if left.any():
            _write(folder, [one for one, stays in zip(before, left.tolist(), strict=True) if stays])
        else:
            _place(folder).unlink(missing_ok=True)


def _write(folder: Path, photos: Sequence[Named]) -> None:
    place = _place(folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(place) as file:
        file.write(json.dumps(photos).encode("ascii"))


def _place(folder: Path) -> Path:
    return file_of(folder).with_suffix(".glances")
