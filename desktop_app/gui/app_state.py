"""What the window knows at this moment: current results, and one signal for each.

Views read from here and listen here; no view talks to another, to a thread or to the engine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import EllipsisType

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_app.engine import clustering
from desktop_app.engine.curation import Choices, Curation, group_ids
from desktop_app.engine.curation.members import both
from desktop_app.engine.curation.renumbering import NewIds
from desktop_app.engine.naming import Namer
from desktop_app.engine.photo_list import PhotoList, PhotosById
from desktop_app.engine.types import (
    UNSURE,
    Clustering,
    Elbow,
    Float32Array,
    Group,
    Ignored,
    Int32Array,
    Int64Array,
    Neighbors,
    Photo,
    PhotoFile,
    Problem,
    Projection,
)
from desktop_app.gui.views.photo_order import PhotoTable

ALL_PHOTOS = -2
"""The selection that stands for every photo; no group has this id."""


def is_in(photo_id: int, ids: Int64Array) -> bool:
    """Whether ``ids``, ascending, hold ``photo_id``."""
    place = int(np.searchsorted(ids, photo_id))
    return place < ids.size and int(ids[place]) == photo_id


class AppState(QObject):
    """Holds results; every ``set_`` method announces what changed, in the window's thread."""

    folder_changed = Signal()
    files_found = Signal()
    photos_added = Signal(object)
    photos_changed = Signal()
    table_changed = Signal()
    projection_changed = Signal()
    elbow_changed = Signal()
    groups_changed = Signal()
    group_renamed = Signal(int)
    """A group has another name, cover or lock; its photos are the same."""
    corrected = Signal()
    """A person decided something about groups."""
    selected_group_changed = Signal()
    selection_changed = Signal()
    selected_photo_changed = Signal()
    neighbors_changed = Signal()
    duplicates_changed = Signal()
    problems_changed = Signal()
    device_changed = Signal()
    request_changed = Signal()
    checked_changed = Signal()
    """It is certain now what is in the folder, or not any more."""
    methods_changed = Signal()
    renumbered = Signal(object)
    """The same photos have other ids (`NewIds`); whoever remembers ids replaces them before anything else is told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.default_method = clustering.DEFAULT
        self.methods = tuple(entry.name for entry in clustering.CLUSTERERS.values() if not entry.from_model)
        self.folder: Path | None = None
        self.device = ""
        self.device_reason = ""
        self._clear(Curation())

    def _clear(self, curation: Curation) -> None:
        choices = curation.choices
        self.curation = curation
        self.method = choices.method if choices.method in clustering.CLUSTERERS else self.default_method
        self.wanted_k = choices.k
        self.unsure_below = choices.unsure_below
        self.files: tuple[PhotoFile, ...] = ()
        self.tiles: Int64Array = np.empty(0, dtype=np.int64)
        self._file_rows: dict[str, int] = {}  # a path's own hash takes five times as long
        self._arrived: dict[int, Photo] = {}
        self.photos: Mapping[int, Photo] = self._arrived
        self._by_path: Int64Array = np.empty(0, dtype=np.int64)
        self.table: PhotoTable | None = None
        self.problems: tuple[Problem, ...] = ()
        self.ignored: tuple[Ignored, ...] = ()
        self.projection: Projection | None = None
        self.elbow: Elbow | None = None
        self.clustering: Clustering | None = None
        self._granted_k: int | None = None
        self.groups: tuple[Group, ...] = ()
        self.group_ids: Int32Array = np.empty(0, dtype=np.int32)
        self._selected_before = ALL_PHOTOS if choices.selected is None else choices.selected
        self.selected_group = ALL_PHOTOS
        self.selection: Int64Array = np.empty(0, dtype=np.int64)
        self.selected_photo: int | None = None
        self._select_later: tuple[Int64Array, int | None] | None = None
        self.neighbors: Neighbors | None = None
        self.neighbors_of: int | Path | None = None
        self.neighbors_picture: QImage | None = None
        self.duplicates: Int64Array | None = None
        self._alike: tuple[tuple[int, ...], ...] = ()
        self.indexed = False
        self.namer: Namer | None = None
        self.checked = False

    def set_folder(self, folder: Path | None, curation: Curation | None = None) -> None:
        """A new folder (or none), with what is known of its groups: everything about the last one is forgotten."""
        alike = self._alike if folder is not None and folder == self.folder else ()
        self.folder = folder
        self._clear(curation or Curation())
        self._alike = alike
        for signal in (
            self.folder_changed,
            self.files_found,
            self.photos_changed,
            self.projection_changed,
            self.elbow_changed,
            self.groups_changed,
            self.selected_group_changed,
            self.selection_changed,
            self.selected_photo_changed,
            self.neighbors_changed,
            self.duplicates_changed,
            self.problems_changed,
            self.request_changed,
            self.checked_changed,
        ):
            signal.emit()

    def remembered(self) -> Curation:
        """What is worth keeping of the folder."""
        method = None if self.method == self.default_method else self.method
        selected = self.selected_group if self.groups else self._selected_before
        choices = Choices(method, self.wanted_k, self.unsure_below, None if selected == ALL_PHOTOS else selected)
        return replace(self.curation, choices=choices)

    def set_files(self, files: Iterable[PhotoFile]) -> None:
        """What the folder holds, before anything of it was looked at.

        Until then file number i of ``files`` has the id -1 - i; ``tiles`` has for each file the id it has by now.
        """
        self.files = tuple(sorted(files, key=lambda file: os.fspath(file.path)))
        self._file_rows = {os.fspath(file.path): row for row, file in enumerate(self.files)}
        self.tiles = -1 - np.arange(len(self.files), dtype=np.int64)
        self.files_found.emit()

    def add_photos(self, photos: Iterable[Photo]) -> None:
        """Photos that were just read, while more are on their way."""
        fresh = [photo for photo in photos if photo.id not in self._arrived]
        self._arrived.update((photo.id, photo) for photo in fresh)
        for photo in fresh:
            row = self._file_rows.get(os.fspath(photo.path))
            if row is not None:
                self.tiles[row] = photo.id
        if fresh:
            self.photos_added.emit(fresh)

    def set_photos(self, photos: Sequence[Photo], table: PhotoTable | None = None) -> None:
        """All photos of the folder, sorted by path: the reading is over. Called again, they take the others' place.

        Args:
            photos: each once.
            table: of them, where it is there already, see `set_table`.
        """
        listed = PhotoList.of(photos)
        again, self.indexed = self.indexed, True
        self.photos, self._by_path, self._arrived, self.table = listed.by_id, listed.ids, {}, table
        if again:
            self.files, self._file_rows, self.tiles = (), {}, np.empty(0, dtype=np.int64)
        self._settle_tiles(listed)
        self.photos_changed.emit()
        if table is not None:
            self.table_changed.emit()
        # After the views have their photos: what they select of files that became photos counts as chosen.
        before, self._select_later = self._select_later, None
        ids, current = before if before is not None and not self.selection.size else (self.selection, None)
        self.set_selection(self.known(ids), current if current in self.photos else None)
        if self._alike:
            self.set_duplicates(self._alike)  # those of them that are still there more than once
        if again:
            self._forget_gone()

    def renumber(self, ids: NewIds) -> None:
        """Photos have other ids since they were read in full: all that is shown stays as it is, under those.

        The photos themselves are to follow (`set_photos`).
        """
        self.curation, self.namer = ids.curation(self.curation), None  # it knows them by the old ones
        self.groups = tuple(
            replace(group, photo_ids=ids.of(group.photo_ids), cover=ids.one(group.cover)) for group in self.groups
        )
        if self.clustering is not None:
            self.clustering = replace(self.clustering, photo_ids=ids.of(self.clustering.photo_ids))
        if self.projection is not None:
            self.projection = replace(self.projection, photo_ids=ids.of(self.projection.photo_ids))
        if self.neighbors is not None:
            self.neighbors = replace(self.neighbors, photo_ids=ids.of(self.neighbors.photo_ids))
        if isinstance(self.neighbors_of, int):
            self.neighbors_of = ids.one(self.neighbors_of)
        self.selection = np.sort(ids.of(self.selection))
        self.selected_photo = None if self.selected_photo is None else ids.one(self.selected_photo)
        if self._select_later is not None:
            self._select_later = ids.of(self._select_later[0]), self._select_later[1] and ids.one(self._select_later[1])
        self.renumbered.emit(ids)

    def _settle_tiles(self, photos: PhotoList) -> None:
        """Those that arrived have their tiles already, but copies come only now."""
        if len(photos) == len(self.tiles):  # both are sorted by path
            self.tiles = photos.ids.copy()
        elif self.files:
            rows = np.array([self._file_rows.get(path, -1) for path in photos.paths.texts()], dtype=np.int64)
            self.tiles[rows[rows >= 0]] = photos.ids[rows >= 0]

    def _forget_gone(self) -> None:
        """What is like a photo that has gone is asked by nobody any more."""
        if isinstance(self.neighbors_of, int) and self.neighbors_of not in self.photos:
            self.neighbors = self.neighbors_of = self.neighbors_picture = None
            self.neighbors_changed.emit()

    def known(self, ids: Int64Array) -> Int64Array:
        """Those of ``ids``, int64[n], that are photos of the folder, in their order."""
        if not ids.size:
            return ids
        here = self._by_path if self.indexed else np.fromiter(self.photos, dtype=np.int64)
        return ids[np.isin(ids, here)]

    def id_at(self, path: Path) -> int | None:
        """Id of the photo at a path, None where there is none."""
        if isinstance(self.photos, PhotosById):
            return self.photos.id_at(path)
        return next((photo.id for photo in self.photos.values() if photo.path == path), None)

    def set_checked(self, checked: bool) -> None:
        """Whether the folder was looked at to the end, so that files may be handled by what is shown."""
        if checked != self.checked:
            self.checked = checked
            self.checked_changed.emit()

    def set_table(self, table: PhotoTable) -> None:
        """What the photos are sorted and filtered by, which takes a moment longer than the photos themselves."""
        self.table = table
        self.table_changed.emit()

    def set_problems(self, problems: tuple[Problem, ...], ignored: tuple[Ignored, ...]) -> None:
        """What of the folder is not among the photos: what could not be used, and what was left out on purpose."""
        self.problems, self.ignored = problems, ignored
        self.problems_changed.emit()

    def set_device(self, device: str, reason: str) -> None:
        """What runs the model (``CPU, int8``) and why."""
        self.device, self.device_reason = device, reason
        self.device_changed.emit()

    def set_projection(self, projection: Projection) -> None:
        self.projection = projection
        self.projection_changed.emit()

    def set_elbow(self, elbow: Elbow) -> None:
        self.elbow = elbow
        self.elbow_changed.emit()

    def set_methods(self, methods: tuple[str, ...]) -> None:
        """The ways of grouping that the model allows."""
        if methods != self.methods:
            self.methods = methods
            self.methods_changed.emit()

    def set_request(
        self, *, method: str | None = None, k: int | EllipsisType | None = ..., unsure_below: float | None = None
    ) -> None:
        """What the person asked for; what is not given stays. A ``k`` of None is the suggested one."""
        before = (self.method, self.wanted_k, self.unsure_below)
        self.method = method or self.method
        if not isinstance(k, EllipsisType):
            self.wanted_k = k
        if unsure_below is not None:
            self.unsure_below = unsure_below
        if before != (self.method, self.wanted_k, self.unsure_below):
            self.request_changed.emit()

    def set_clustering(
        self,
        clustering: Clustering,
        curation: Curation,
        groups: tuple[Group, ...],
        group_ids: Int32Array,
        namer: Namer | None = None,
        k: int | None = None,
    ) -> None:
        """New groups, arranged by what is known of those before; the selection stays with its group.

        Args:
            clustering: what was found in the photos.
            curation: what is known of the groups from now on.
            groups: to show.
            group_ids: int32[N], the id of the group of each photo of ``clustering``.
            namer: what suggested names for ``groups``, and does so after corrections; None for no suggestions.
            k: the number of groups that they were asked for with, None for the suggested one.
        """
        wanted = self.selected_group if self.groups else self._selected_before
        photo_ids = self.curation.photos_of(wanted)
        self.clustering, self.curation, self.groups, self.group_ids = clustering, curation, groups, group_ids
        self.namer, self._granted_k = namer, k
        if self.group(wanted) is None:
            # Its id went out of use: the person goes on where most of its photos are now.
            went_to = group_ids[np.isin(clustering.photo_ids, photo_ids) & (group_ids != UNSURE)]
            wanted = int(np.bincount(went_to).argmax()) if went_to.size else ALL_PHOTOS
        self.selected_group = wanted
        self.groups_changed.emit()
        self.selected_group_changed.emit()

    def correct(self, curation: Curation, groups: tuple[Group, ...]) -> None:
        """Groups as a person corrected them, of the same photos; there must be groups."""
        assert self.clustering is not None
        before = self.groups
        groups = self.namer.named(curation, groups) if self.namer is not None else groups
        described = [(group.id, id(group.photo_ids), group.hidden) for group in before]
        if described == [(group.id, id(group.photo_ids), group.hidden) for group in groups]:
            self.curation, self.groups = curation, groups
            for one, other in zip(before, groups, strict=True):
                if one != other:
                    self.group_renamed.emit(one.id)
        else:
            ids = group_ids(self.clustering.photo_ids, groups)
            self.set_clustering(self.clustering, curation, groups, ids, self.namer, self._granted_k)
        self.corrected.emit()

    def set_curation(self, curation: Curation) -> None:
        """What is known of the groups from now on, while those that follow from it are being worked out."""
        self.curation = curation
        self.corrected.emit()

    def select_group(self, group_id: int) -> None:
        if group_id != self.selected_group:
            self.selected_group = group_id
            self.selected_group_changed.emit()

    def choose_group(self, group_id: int) -> None:
        """A person turns to a group: photos of others are selected no longer, or keys would act on them unseen."""
        if group_id == self.selected_group:
            return
        self.select_group(group_id)
        group = self.group(group_id)
        if group is not None:
            self.set_selection(both(self.selection, np.sort(group.photo_ids)))

    def select_photo(self, photo_id: int | None) -> None:
        """Select this photo alone, or none."""
        self.set_selection([] if photo_id is None else [photo_id], photo_id)

    def set_selection(self, ids: npt.ArrayLike, current: int | None = None) -> None:
        """Select these photos, and no others, in every view.

        Args:
            ids: int64[n], in any order; kept ascending and each once.
            current: the one of them that is looked at; None leaves that as it was, if it is still selected.
        """
        selection: Int64Array = np.sort(np.asarray(ids, dtype=np.int64))
        selection = selection[np.diff(selection, prepend=np.int64(-1)) > 0]
        before = self.selected_photo
        wanted = before if current is None else current
        self.selected_photo = wanted if wanted is not None and is_in(wanted, selection) else None
        changed = not np.array_equal(selection, self.selection)
        self.selection = selection
        # Both are set before either is announced: no view may see a current photo that is not selected.
        if changed:
            self.selection_changed.emit()
        if self.selected_photo != before:
            self.selected_photo_changed.emit()

    def point_at(self, photo_id: int) -> tuple[Int64Array, int]:
        """What a menu over a photo acts on: the selection where the photo is part of it, or else the photo alone."""
        alone: Int64Array = np.array([photo_id], dtype=np.int64)
        return (self.selection if is_in(photo_id, self.selection) else alone), photo_id

    def select_again(self, ids: Int64Array, current: int | None) -> None:
        """Select, of photos known before a folder was read again, those that are still there once that is over."""
        self._select_later = (ids, current)

    def set_neighbors(self, query: int | Path, neighbors: Neighbors, picture: QImage | None = None) -> None:
        """What is most like ``query``; of a file that is none of the folder's photos also what it looks like."""
        self.neighbors_of, self.neighbors, self.neighbors_picture = query, neighbors, picture
        self.neighbors_changed.emit()

    def set_duplicates(self, sets: Iterable[Iterable[int]]) -> None:
        """The photos that are there more than once, as they were looked for last: ids, a set for each picture."""
        there = (tuple(photo for photo in alike if photo in self.photos) for alike in sets)
        self._alike = tuple(alike for alike in there if len(alike) > 1)
        self.duplicates = np.array(sorted({photo for alike in self._alike for photo in alike}), dtype=np.int64)
        self.duplicates_changed.emit()

    def item(self, photo_id: int) -> Photo | PhotoFile | None:
        """The photo, or the file that was not looked at yet, with that id."""
        if photo_id < 0:
            return self.files[-1 - photo_id] if -photo_id <= len(self.files) else None
        return self.photos.get(photo_id)

    def group(self, group_id: int) -> Group | None:
        return next((group for group in self.groups if group.id == group_id), None)

    def group_of(self, photo_id: int | None) -> int | None:
        """The id of the group that a photo is in, None where there is none yet."""
        if self.clustering is None or photo_id is None:
            return None
        rows = np.flatnonzero(self.clustering.photo_ids == photo_id)
        return int(self.group_ids[rows[0]]) if rows.size else None

    def confidence(self, photo_ids: Int64Array) -> Float32Array:
        """How surely each of these photos belongs to its group, float32[n] in 0..1; there must be groups."""
        assert self.clustering is not None
        # Mostly in order already, which this sort uses.
        order = np.argsort(self.clustering.photo_ids, kind="stable")
        place = np.searchsorted(self.clustering.photo_ids, photo_ids, sorter=order)
        confidence: Float32Array = self.curation.confidence(self.clustering)[order[place]]
        return confidence

    @property
    def k_is_free(self) -> bool:
        """Whether the method in use leaves the number of groups to the person."""
        return clustering.CLUSTERERS[self.method].takes_k

    @property
    def group_count(self) -> int:
        """How many groups are shown, the unsure one not counted."""
        return sum(group.id != UNSURE for group in self.groups)

    @property
    def shown_k(self) -> int | None:
        """The number of groups to show; None while that is unknown.

        That is how many there are. Until those that are asked for have come, it is how many there will be, as far as
        one knows: merged groups count as one, and parts of a split one each.
        """
        asked = self._asked_k(self.method, self.wanted_k)
        return None if asked is None else max(1, asked - self._asked_beyond)

    def k_for(self, number: int) -> int:
        """What to ask for, that as many groups are shown."""
        return min(max(1, number + self._asked_beyond), max(1, len(self.photos)))

    @property
    def _asked_beyond(self) -> int:
        """How many groups more were asked for than are shown: fewer than none where one was split by hand."""
        found = self.clustering
        asked = self._asked_k(found.method, self._granted_k) if found is not None else None
        return 0 if asked is None else asked - self.group_count

    def _asked_k(self, method: str, wanted: int | None) -> int | None:
        """The number of groups that a method is asked for, finds, or takes as suggested."""
        entry = clustering.CLUSTERERS[method]
        if entry.takes_k and wanted is not None:
            return wanted
        if entry.finds_k and self.clustering is not None and self.clustering.method == method:
            return self.clustering.k
        return self.elbow.suggested if self.elbow is not None else None

    def shown_ids(self) -> Int64Array:
        """Ids that the selection shows: a group's photos, most sure first, or all that was found, in path order."""
        group = self.group(self.selected_group)
        if group is not None:
            # As clustering lists them, what a person put there comes last, and what a lock holds in no order at all.
            return group.photo_ids[np.argsort(-self.confidence(group.photo_ids), kind="stable")]
        return self._by_path if self.indexed or not self.files else self.tiles

    @property
    def shown_count(self) -> int:
        """How many `shown_ids` are."""
        group = self.group(self.selected_group)
        return len(self.shown_ids()) if group is None else len(group.photo_ids)

    @property
    def found_count(self) -> int:
        """Photos of the folder: files, until it is known which of them are photos."""
        return len(self.photos) if self.indexed else len(self.files)

    @property
    def sorted_count(self) -> int:
        """Photos that Organize would file, the unsure ones with their best group: all that are not left out."""
        return sum(len(group.photo_ids) for group in self.groups if not group.hidden)
