"""A folder of photos with sidecars of every kind, on which keywords are written."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.keywords.merge import SUBJECT
from desktop_app.engine.keywords.plan import KeywordPlan, make_plan
from desktop_app.engine.keywords.run import WAYS, write
from desktop_app.engine.keywords.sidecars import Spelling
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.reports import ApplyReport, RecoveryReport, UndoReport
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import UNSURE, Group, Photo
from tests.helpers.sample_library import TIME_NS, files_of, photo_of
from tests.helpers.xmp import DARKTABLE, DIGIKAM, LIGHTROOM, keywords

SIDECARS = {
    "a.jpg.xmp": DIGIKAM.encode(),
    "b.xmp": LIGHTROOM.encode("utf-16"),
    "c.jpg.xmp": DARKTABLE.encode(),
    "c.xmp": LIGHTROOM.encode(),
}
PHOTOS = {"a.jpg": ("a.jpg.xmp",), "b.cr2": ("b.xmp",), "c.jpg": ("c.jpg.xmp", "c.xmp"), "d.jpg": (), "e.jpg": ()}


class Desk:
    """Five photos in two groups: a and b in one, c to e in the other.

    Args:
        home: an empty folder.
    """

    def __init__(self, home: Path) -> None:
        self.home, self.root, self.journals = home, home / "photos", home / "journals"
        self.root.mkdir(parents=True)
        for name in PHOTOS:
            (self.root / name).write_bytes(name.encode())
        for name, data in SIDECARS.items():
            (self.root / name).write_bytes(data)
            (self.root / name).chmod(0o640)
        for path in self.root.iterdir():
            os.utime(path, ns=(TIME_NS, TIME_NS))
        self.photos: dict[int, Photo] = {}
        self.look()
        self.before = files_of(self.root)

    def look(self) -> None:
        """Find the photos again, with what stands beside them now."""
        for number, name in enumerate(PHOTOS, 1):
            path = self.root / name
            beside = [one for one in (path.with_name(f"{name}.xmp"), path.with_suffix(".xmp")) if one.exists()]
            self.photos[number] = photo_of(number, path, tuple(beside))

    def groups(self, first: str = "Beach", second: str = "Wood / Forest") -> tuple[Group, ...]:
        return (
            Group(1, first, np.array([1, 2]), 1),
            Group(2, second, np.array([3, 4, 5]), 3),
        )

    def plan(self, *names: str, spelling: Spelling = "auto", disk: Disk = DISK) -> KeywordPlan:
        unsure = Group(UNSURE, "Unsure", np.array([1]), 1)
        return make_plan(self.root, (*self.groups(*names), unsure), self.photos, JobContext(), spelling, disk)

    def write(self, *names: str, disk: Disk = DISK) -> ApplyReport:
        return write(self.plan(*names), self.journals, JobContext(), disk=disk)

    def undo(self, run: str | None = None, disk: Disk = DISK) -> UndoReport:
        return undo(run, self.journals, JobContext(), disk=disk, others=WAYS)

    def recover(self, disk: Disk = DISK) -> tuple[RecoveryReport, ...]:
        return recover(self.journals, JobContext(), disk=disk, others=WAYS)

    def subjects(self) -> dict[str, list[str | None]]:
        return {path.name: keywords(path.read_bytes(), SUBJECT) for path in sorted(self.root.glob("*.xmp"))}

    def files(self) -> dict[str, bytes]:
        return {name: state[0] for name, state in files_of(self.root).items()}

    def sidecars(self) -> dict[str, bytes]:
        return {name: data for name, data in self.files().items() if ".xmp" in name}
