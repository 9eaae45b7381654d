"""What the window knows at this moment: current results, and one signal for each.

Views read from here and listen here; no view talks to another, to a thread or to the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import EllipsisType

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop_app.engine.types import (
    UNSURE,
    Clustering,
    Elbow,
    Group,
    Int64Array,
    Neighbours,
    Photo,
    Problem,
    Projection,
)

ALL_PHOTOS = -2
"""The selection that stands for every photo; no group has this id."""


class AppState(QObject):
    """Holds results; every ``set_`` method announces what changed, in the window's thread."""

    folder_changed = Signal()
    photos_added = Signal(object)
    photos_changed = Signal()
    projection_changed = Signal()
    elbow_changed = Signal()
    groups_changed = Signal()
    group_renamed = Signal(int)
    selected_group_changed = Signal()
    selected_photo_changed = Signal()
    neighbours_changed = Signal()
    problems_changed = Signal()
    device_changed = Signal()
    request_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.device = ""
        self.device_reason = ""
        self.method = "kmeans"
        self.wanted_k: int | None = None
        self.unsure_below = 0.5
        self._clear()

    def _clear(self) -> None:
        self.photos: dict[int, Photo] = {}
        self.problems: tuple[Problem, ...] = ()
        self.projection: Projection | None = None
        self.elbow: Elbow | None = None
        self.clustering: Clustering | None = None
        self.groups: tuple[Group, ...] = ()
        self._given_names: dict[str, Int64Array] = {}
        self.selected_group = ALL_PHOTOS
        self.selected_photo: int | None = None
        self.neighbours: Neighbours | None = None
        self.neighbours_of: int | Path | None = None
        self.indexed = False

    def set_folder(self, folder: Path | None) -> None:
        """A new folder (or none): everything known of the last one is forgotten."""
        self.folder = folder
        self.wanted_k = None
        self._clear()
        for signal in (
            self.folder_changed,
            self.photos_changed,
            self.projection_changed,
            self.elbow_changed,
            self.groups_changed,
            self.selected_group_changed,
            self.selected_photo_changed,
            self.neighbours_changed,
            self.problems_changed,
            self.request_changed,
        ):
            signal.emit()

    def add_photos(self, photos: Iterable[Photo]) -> None:
        """Photos that were just read, while more are on their way."""
        fresh = [photo for photo in photos if photo.id not in self.photos]
        self.photos.update((photo.id, photo) for photo in fresh)
        if fresh:
            self.photos_added.emit(fresh)

    def set_photos(self, photos: Sequence[Photo]) -> None:
        """All photos of the folder, sorted by path: the reading is over."""
        self.photos = {photo.id: photo for photo in photos}
        self.indexed = True
        self.photos_changed.emit()

    def set_problems(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
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

    def set_clustering(self, clustering: Clustering, groups: tuple[Group, ...]) -> None:
        """New groups; given names stay with their photos. A selected group that is gone gives way to all photos."""
        self.clustering, self.groups = clustering, self._with_names(groups)
        if self.selected_group not in {group.id for group in groups}:
            self.selected_group = ALL_PHOTOS
        self.groups_changed.emit()
        self.selected_group_changed.emit()

    def _with_names(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """Pass the names a person gave on to the new groups that hold more than half of the same photos."""
        named = list(groups)
        for name, photo_ids in self._given_names.items():
            for row, group in enumerate(named):
                shared = np.intersect1d(photo_ids, group.photo_ids, assume_unique=True).size
                if group.id != UNSURE and shared * 2 > max(len(photo_ids), len(group.photo_ids)):
                    named[row] = replace(group, name=name)
        return tuple(named)

    def rename_group(self, group_id: int, name: str) -> None:
        """Give a group another name; an empty one is ignored, and the unsure group keeps its own."""
        name = name.strip()
        if not name or group_id == UNSURE:
            return
        for group in self.groups:
            if group.id == group_id:
                self._given_names.pop(group.name, None)
                self._given_names[name] = group.photo_ids
        self.groups = tuple(replace(group, name=name) if group.id == group_id else group for group in self.groups)
        self.group_renamed.emit(group_id)

    def select_group(self, group_id: int) -> None:
        if group_id != self.selected_group:
            self.selected_group = group_id
            self.selected_group_changed.emit()

    def select_photo(self, photo_id: int | None) -> None:
        if photo_id != self.selected_photo:
            self.selected_photo = photo_id
            self.selected_photo_changed.emit()

    def set_neighbours(self, query: int | Path, neighbours: Neighbours) -> None:
        self.neighbours_of, self.neighbours = query, neighbours
        self.neighbours_changed.emit()

    def photos_get(self, photo_id: int) -> Photo | None:
        return self.photos.get(photo_id)

    def group(self, group_id: int) -> Group | None:
        return next((group for group in self.groups if group.id == group_id), None)

    def shown_ids(self) -> Int64Array:
        """Ids of the photos that the selection shows: a group's, most sure first, or all in path order."""
        group = self.group(self.selected_group)
        if group is not None:
            return group.photo_ids
        return np.fromiter(self.photos, dtype=np.int64, count=len(self.photos))

    @property
    def sorted_count(self) -> int:
        """Photos that Organize would file: all that a group claims."""
        return sum(len(group.photo_ids) for group in self.groups if group.id != UNSURE)
