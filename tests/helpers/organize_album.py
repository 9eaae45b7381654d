"""A folder of photos as a test wants it, and the usual calls on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.planning.layout import Layout
from desktop_app.engine.organize.planning.plan import Plan
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.reports import ApplyReport, UndoReport
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group, Photo
from tests.helpers.sample_library import photo_of


class Album:
    """Photos written by a test, in groups by name."""

    def __init__(self, home: Path, existing: Path | None = None) -> None:
        self.root = existing or home / "photos"
        self.out = home / "sorted"
        self.journals = home / "journals"
        self.root.mkdir(exist_ok=True)
        self.photos: dict[int, Photo] = {}
        self.groups: dict[str, list[int]] = {}

    def add(self, name: str, group: str = "Beach", companions: Sequence[str] = (), content: bytes = b"") -> Path:
        paths = [self.root / file for file in (name, *companions)]
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content or os.fsencode(f"{path}"))
        photo_id = len(self.photos) + 1
        self.photos[photo_id] = photo_of(photo_id, paths[0], tuple(paths[1:]))
        self.groups.setdefault(group, []).append(photo_id)
        return paths[0]

    def photo(self, photo_id: int, path: Path) -> Photo:
        known = self.photos.get(photo_id)
        companions = [path.with_name(other.name) for other in known.companions] if known else []
        return photo_of(photo_id, path, tuple(companions))

    def plan(
        self,
        action: str = "copy",
        destination: Path | None = None,
        ctx: JobContext | None = None,
        layout: Layout | None = None,
    ) -> Plan:
        groups = [Group(i, name, np.array(ids), ids[0]) for i, (name, ids) in enumerate(self.groups.items())]
        return make_plan(self.root, groups, self.photos, destination or self.out, action, ctx or JobContext(), layout)

    def apply(self, plan: Plan, disk: Disk = DISK) -> ApplyReport:
        return apply(plan, self.journals, JobContext(), disk=disk)

    def undo(self, run_id: str | None = None, disk: Disk = DISK) -> UndoReport:
        return undo(run_id, self.journals, JobContext(), disk=disk)
