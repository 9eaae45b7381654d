"""What is kept of a folder's groups, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from desktop_app.engine.curation.members import among, no_photos, union
from desktop_app.engine.index.identity import Holders
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Clustering, Float32Array, Int64Array

LONGEST_NAME = 1000
"""Characters of a group's name that are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownGroup:
    """What is kept of a group.

    Attributes:
        id: stable, 0 or more.
        photo_ids: int64[n], ascending: the photos that clustering put there, by which it is found again: when it was
            named or hidden or, without that, when it was last shown. Of a locked group, what it holds.
        name: given by a person; empty for none.
        placed: int64[n], ascending: photos that a person put there; a photo is placed in one group at most.
        cover: photo that stands for it; None until it was shown.
        cover_chosen: whether a person chose the cover.
        locked: regrouping neither takes photos away nor adds any.
        hidden: left out when files are organized.
        in_sight: whether it was among the groups that were shown last.
    """

    id: int
    photo_ids: Int64Array
    name: str = ""
    placed: Int64Array = field(default_factory=no_photos)
    cover: int | None = None
    cover_chosen: bool = False
    locked: bool = False
    hidden: bool = False
    in_sight: bool = True

    @property
    def is_decided(self) -> bool:
        """Whether a person decided anything about it."""
        return bool(self.name or self.cover_chosen or self.locked or self.hidden or self.placed.size)

    @property
    def is_said_of_photos(self) -> bool:
        """Whether something was said of the photos it had then: it does not go over to a group of mostly others."""
        return bool(self.name) or self.hidden

    @property
    def fixed(self) -> Int64Array:
        """Photos that regrouping leaves in it, int64[n] ascending."""
        return union([self.photo_ids, self.placed]) if self.locked else self.placed


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
        groups: in the order of the list; some may be out of sight.
        others: int64[n], ascending: further photos that were seen before.
        basis: int64[n], ascending: the photos that groups are made of, see `basis`; empty before there were groups.
        model_id: of the vectors that they were made of; empty likewise.
        choices: how the window shows the folder.
        held: the files of which something was decided one by one, as they were when that was kept.
        trouble: what a person should know of how it was found; mostly empty.
    """

    groups: tuple[KnownGroup, ...] = ()
    others: Int64Array = field(default_factory=no_photos)
    basis: Int64Array = field(default_factory=no_photos)
    model_id: str = ""
    choices: Choices = Choices()
    held: Holders = field(default_factory=Holders)
    trouble: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether a person decided anything: numbers of groups alone are no decision."""
        return self.choices != Choices() or any(group.is_decided for group in self.groups)

    @property
    def decisions(self) -> tuple[object, ...]:
        """What a person decided, and of which photos groups are made: what two windows may differ in."""
        groups = tuple(
            (one.id, one.name, one.placed.tobytes(), one.cover_chosen and one.cover, one.locked, one.hidden)
            for one in self.groups
            if one.is_decided
        )
        asked = self.choices.method, self.choices.k, self.choices.unsure_below
        return groups, self.basis.tobytes(), self.model_id, asked

    @property
    def placed(self) -> Int64Array:
        """Photos that stay where they are because a person said so of each, int64[n] ascending."""
        return union(group.placed for group in self.groups)

    @property
    def fixed(self) -> Int64Array:
        """Photos that regrouping leaves where they are: placed by hand, or in a locked group; int64[n] ascending."""
        return union(group.fixed for group in self.groups)

    def with_files(self, photos: PhotoList, root: Path) -> Curation:
        """The same, to be kept with the files of ``photos``, of the folder ``root``, that were decided about.

        Those of groups that are only named or hidden are not among them: equal files are in the same one anyway.
        """
        covers = [one.cover for one in self.groups if one.cover_chosen and one.cover is not None]
        return replace(self, held=self.held.now(union([self.fixed, np.array(covers, np.int64)]), photos, root))

    @property
    def seen(self) -> Int64Array:
        """All photos that were there before, int64[n] ascending."""
        return union([self.others, *(ids for group in self.groups for ids in (group.photo_ids, group.placed))])

    def group(self, group_id: int) -> KnownGroup | None:
        """The known group of that id."""
        return next((group for group in self.groups if group.id == group_id), None)

    def confidence(self, clustering: Clustering) -> Float32Array:
        """How surely each photo of ``clustering`` is in its group, float32[N].

        1 where a person said so: of those placed by hand, and of those that a lock holds though clustering is sure of
        another group, for which its confidence speaks.
        """
        said = among(clustering.photo_ids, self.placed)
        for one in self.groups:
            if one.locked:
                sure = _rows_of(one.photo_ids, clustering.photo_ids)
                sure = sure[clustering.labels[sure] >= 0]
                labels = clustering.labels[sure]
                said[sure[labels != np.bincount(labels, minlength=1).argmax()]] = True
        return np.where(said, np.float32(1), clustering.confidence)

    def photos_of(self, group_id: int) -> Int64Array:
        """Photos of a known group, int64[n] ascending; empty when there is none of that id."""
        known = self.group(group_id)
        return no_photos() if known is None else union([known.photo_ids, known.placed])


def _rows_of(photo_ids: Int64Array, among_ids: Int64Array) -> Int64Array:
    """Rows of ``among_ids`` at which these photos stand, int64[m]; those that are not there are left out."""
    order = np.argsort(among_ids, kind="stable")  # mostly in order already, which this sort uses
    places = np.searchsorted(among_ids, photo_ids, sorter=order)
    inside = places < len(among_ids)
    found: Int64Array = order[places[inside]]
    there: Int64Array = found[among_ids[found] == photo_ids[inside]]
    return there
