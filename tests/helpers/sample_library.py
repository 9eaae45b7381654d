"""A small library with everything that goes wrong in big ones, and what must hold of it at any instant."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.planning.plan import Plan
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.reports import RunCancelled
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group, Photo
from tests.helpers import figures

TIME_NS = 1_500_000_000_123_456_789
FileState = tuple[bytes, int, int]


def undo_stopped_at_once(journals: Path) -> None:
    """Ask for an undo and stop it before the first file: of an interrupted run, only what was under way is seen to."""

    def stop(event: Progress) -> None:
        if event.text == "Taking back":
            ctx.cancel()

    ctx = JobContext(stop, max_events_per_second=1e9)
    with contextlib.suppress(UserError, RunCancelled):
        undo(None, journals, ctx)


def photo_of(photo_id: int, path: Path, companions: tuple[Path, ...] = (), content: bytes | None = None) -> Photo:
    """A photo as indexing would describe it."""
    state = path.stat()
    data = path.read_bytes() if content is None else content
    digest = hashlib.blake2b(data, digest_size=20).hexdigest()
    return Photo(photo_id, path, companions, state.st_size, state.st_mtime_ns, digest, 4, 3)


def files_of(folder: Path) -> dict[str, FileState]:
    """Every file and link below a folder: bytes (a link's text), modification time and permissions."""
    found = {}
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        if path.is_symlink():
            found[str(path.relative_to(folder))] = (b"-> " + os.fsencode(path.readlink()), 0, 0)
        elif path.is_file():
            found[str(path.relative_to(folder))] = (path.read_bytes(), state.st_mtime_ns, state.st_mode & 0o7777)
    return found


def is_temporary(name: str) -> bool:
    base = name.rpartition("/")[2]
    return base.startswith(".kindred-") and base.endswith(".part")


@dataclass
class SampleLibrary:
    """Photos with companions in several folders, and a destination where other people's files stand already.

    Args:
        home: an empty folder.
        destination: where the group folders go; it may be on another disk.
        odd_names: with names that only Unix disks take.
    """

    home: Path
    destination: Path
    odd_names: bool = True
    photos: dict[int, Photo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.home / "photos"
        self.journals = self.home / "journals"
        self._write(self.root, "a/IMG_1.jpg", "a/IMG_1.jpg.xmp", "a/IMG_1.mov")
        self._write(self.root, "b/IMG_1.jpg", "b/img_1.xmp")
        self._write(self.root, "b/deep/IMG_2.JPG")
        odd = os.fsdecode(b"c/bad\xff\nname") if self.odd_names else "c/good name"
        self._write(self.root, f"{odd}.heic", f"{odd}.aae")
        self._write(self.root, "c/same.jpg")
        self._write(self.root, "c/\u00e9t\u00e9.png")
        # Other people's files: one with a name we want and other content, one that is the same file already.
        self._write(self.destination, "Beach/img_2.jpg")
        (self.destination / "Night").mkdir(exist_ok=True)
        shutil.copy2(self.root / "c/same.jpg", self.destination / "Night" / "same.jpg")
        units = [
            ("a/IMG_1.jpg", "a/IMG_1.jpg.xmp", "a/IMG_1.mov"),
            ("b/IMG_1.jpg", "b/img_1.xmp"),
            ("b/deep/IMG_2.JPG",),
            (f"{odd}.heic", f"{odd}.aae"),
            ("c/same.jpg",),
            ("c/\u00e9t\u00e9.png",),
        ]
        for number, (photo, *companions) in enumerate(units, 1):
            self.photos[number] = photo_of(number, self.root / photo, tuple(self.root / name for name in companions))
        self.before = files_of(self.root)
        self.foreign = files_of(self.destination)
        self.units = [frozenset(str(name) for name in unit) for unit in units]

    def _write(self, folder: Path, *names: str) -> None:
        for name in names:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            seed = hashlib.sha256(os.fsencode(folder.name + name)).digest()
            path.write_bytes(seed * (1 + seed[0] % 90))
            path.chmod(0o640 if seed[1] % 2 else 0o444)
            os.utime(path, ns=(TIME_NS, TIME_NS + seed[2]))

    def plan(self, action: str) -> Plan:
        groups = [Group(0, "Beach", np.array([1, 2, 3]), 1), Group(1, "Night", np.array([4, 5, 6]), 4)]
        return make_plan(self.root, groups, self.photos, self.destination, action, JobContext())

    def apply(self, action: str, disk: Disk = DISK):  # type: ignore[no-untyped-def]
        return apply(self.plan(action), self.journals, JobContext(), disk=disk)

    def undo(self, disk: Disk = DISK):  # type: ignore[no-untyped-def]
        return undo(None, self.journals, JobContext(), disk=disk)

    def recover(self, disk: Disk = DISK):  # type: ignore[no-untyped-def]
        return recover(self.journals, JobContext(), disk=disk)

    def added(self) -> dict[str, FileState]:
        """What stands at the destination that was not there before; nothing that was may have changed."""
        now = files_of(self.destination)
        for name, state in self.foreign.items():
            assert now.pop(name) == state, f"{name!r} was not ours and has changed"
        return now

    def check_instant(self, action: str, *, placeholders: bool = False) -> None:
        """What holds at every instant: each file whole somewhere, nothing partial under a final name.

        ``placeholders``: on a disk with neither rename-noreplace nor links, an empty file may hold a name for a moment.
        """
        source, added = files_of(self.root), self.added()
        final = [state[0] for name, state in [*source.items(), *added.items()] if not is_temporary(name)]
        whole = {state[0] for state in self.before.values()} | ({b""} if placeholders else set())
        partial = [content for content in final if content not in whole and not content.startswith(b"-> ")]
        lost = whole - {b""} - set(final)
        figures.checked(len(lost), len(partial))
        assert not partial, "a partial file has its name"
        assert not lost, "a file is gone"
        if action != "move":
            untouched = {name: state for name, state in source.items() if not is_temporary(name)}
            assert {name: untouched.get(name) for name in self.before} == self.before

    def forgive_modes(self) -> None:
        """A disk said that it cannot keep permissions, and the report says so: from now on they may differ."""
        for path in (self.root, self.destination):
            for file in path.rglob("*"):
                if file.is_file() and not file.is_symlink() and file.stat().st_mode & 0o7777 not in (0o640, 0o444):
                    content, mtime_ns = file.read_bytes(), file.stat().st_mtime_ns
                    file.chmod(next(state[2] for state in self.before.values() if state[:2] == (content, mtime_ns)))

    def check_settled(self, action: str) -> None:
        """What holds once nothing is under way: no temporary files, units whole, nothing twice after a move."""
        self.check_instant(action)
        source, added = files_of(self.root), self.added()
        assert not [name for name in source | added if is_temporary(name)]
        content_at = {state[0] for state in added.values()}
        if action == "move":
            every = Counter(state for state in [*source.values(), *added.values()])
            assert every == Counter(self.before.values()), "a file is there twice, or has lost its time or mode"
            assert all(self.before[name] == state for name, state in source.items())
        for unit in self.units:
            if action == "symlink":
                here = [any(s[0] == b"-> " + os.fsencode(self.root / n) for s in added.values()) for n in unit]
            else:
                here = [self.before[name][0] in content_at for name in unit]
            assert len(set(here)) == 1, f"a unit was torn apart: {sorted(unit)}"

    def check_restored(self) -> None:
        """Everything is as it was before the first run."""
        assert files_of(self.root) == self.before
        assert files_of(self.destination) == self.foreign
        names = sorted(path.name.casefold() for path in self.destination.iterdir())  # some disks list in lower case
        assert names == ["beach", "night"]

    def undo_all(self) -> None:
        """Undo; a run that had done nothing has nothing to undo."""
        with contextlib.suppress(UserError):
            assert self.undo().ok
        self.check_restored()

    def clear(self) -> None:
        """Remove everything, for the next round."""
        shutil.rmtree(self.home)
        shutil.rmtree(self.destination, ignore_errors=True)  # it may lie inside home

    def undo_again(self, run_id: str) -> None:
        """Undo a run by its id, as a person does after a failure was put right."""
        with contextlib.suppress(UserError):
            assert undo(run_id, self.journals, JobContext()).ok
