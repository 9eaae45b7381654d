"""A journal read back: what a run meant to do, and how far it and its undo came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop_app.engine.organize.disk.locate import locate
from desktop_app.engine.organize.journal.lines import Event, read_events, run_id
from desktop_app.engine.organize.reports import Step

VERSION = 1

NOT_KNOWN, NOT_OURS = 0, -1
"""In place of a folder's inode: made by the run, but which one is not known; and not made by the run after all."""


class Ready(NamedTuple):
    """A verified copy that had not got its name yet.

    Attributes:
        content: BLAKE2b-160 hex of its bytes.
        inode: its number.
        mode: permission bits of the original.
        attributes: extended attributes of the original, values in hex.
    """

    content: str
    inode: int
    mode: int
    attributes: dict[str, str]


class Mark(NamedTuple):
    """What a run left under the final name, by which undo knows it again.

    Attributes:
        inode: its number.
        ctime_ns: time of the last change of any kind.
        mtime_ns: modification time as the disk stored it.
        content: BLAKE2b-160 hex of the bytes where known, the target of a symbolic link, else empty.
    """

    inode: int
    ctime_ns: int
    mtime_ns: int
    content: str


@dataclass(slots=True)
class Phase:
    """How far the run (or its undo) came, by step number.

    Attributes:
        started: it began.
        begun: files that may have been touched.
        reserved: files for which an empty one of ours may stand under the final name.
        ready: verified copies that were about to get their names.
        done: files seen to, with what was left under the final name.
        failed: files put back.
        cleaning: every file had been seen to; folders left empty may be gone, and only the end is missing.
        outcome: how it ended, None while it has not.
    """

    started: bool = False
    begun: set[int] = field(default_factory=set)
    reserved: set[int] = field(default_factory=set)
    ready: dict[int, Ready] = field(default_factory=dict)
    done: dict[int, Mark] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)
    cleaning: bool = False
    outcome: str | None = None

    @property
    def open(self) -> bool:
        """Interrupted: it was started and never ended."""
        return self.started and self.outcome is None


@dataclass(slots=True)
class Record:
    """Everything a journal says.

    Attributes:
        path: the journal.
        header: its first line; empty when that is damaged.
        steps: as planned, paths as they were then.
        planned: the plan was recorded whole; before that nothing was touched.
        folders: folders the run meant to create, with their inode (or one of the numbers above), outermost first.
        destination_chain: `locate.inode_chain` of the destination.
        do: the run.
        undo: its undo.
        damaged: number of damaged lines.
        newer: another version of the program wrote it.
    """

    path: Path
    header: Event = field(default_factory=dict)
    steps: dict[int, Step] = field(default_factory=dict)
    planned: bool = False
    folders: dict[Path, int] = field(default_factory=dict)
    destination_chain: list[int] = field(default_factory=list)
    do: Phase = field(default_factory=Phase)
    undo: Phase = field(default_factory=Phase)
    damaged: int = 0
    newer: bool = False

    @property
    def run_id(self) -> str:
        """The run's number."""
        return run_id(self.path)

    @property
    def action(self) -> str:
        """Key of `actions.ACTIONS`."""
        return str(self.header["action"])

    @property
    def token(self) -> str:
        """Part of the names of this run's temporary files."""
        return str(self.header["token"])

    @property
    def root(self) -> Path:
        """The source folder as it was."""
        return Path(self.header["root"])

    @property
    def destination(self) -> Path:
        """The destination as it was."""
        return Path(self.header["destination"])

    @property
    def touched(self) -> bool:
        """Files may have been touched; before that there is nothing to settle."""
        return bool(self.do.begun or self.do.done)

    @property
    def cleaned(self) -> bool:
        """The destination itself may be gone because the run, or its undo, removed what it had left empty."""
        return self.undo.cleaning if self.undo.started else self.do.cleaning and not self.do.done

    def remaining(self) -> dict[int, Mark]:
        """What the run did and no undo has taken back yet."""
        return {n: mark for n, mark in self.do.done.items() if n not in self.undo.done and n in self.steps}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the folders of a run are now, and the mount points of their disks; maps paths of the record to today's."""

    record: Record
    root: Path
    destination: Path
    mounts: tuple[Path, ...]

    @classmethod
    def find(cls, record: Record, root: Path | None = None, destination: Path | None = None) -> Places | None:
        """Look for the folders where they were and under new names; None when one is not to be found."""
        given = root is not None or destination is not None
        # An empty mount point outlives its disk; nothing may be put there in place of the disk.
        mounts = () if given else tuple(Path(mount) for mount in record.header.get("mounts", []))
        if not all(mount.is_mount() for mount in mounts):
            return None
        root = root or locate(record.root, record.header["root_chain"])
        destination = destination or locate(record.destination, record.destination_chain)
        if destination is None and (not record.destination_chain or record.cleaned):
            destination = record.destination  # it was never created, or we removed it
        if root is None or destination is None:
            return None
        if not given and record.header["same_disk"] != same_disk(root, destination):
            return None
        return cls(record, root, destination, mounts)

    def source(self, path: Path) -> Path:
        """A source path of the record, today."""
        return _moved(path, self.record.root, self.root)

    def target(self, path: Path) -> Path:
        """A destination path of the record, today."""
        return _moved(path, self.record.destination, self.destination)


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders, or what exists of the paths to them, are on one file system."""
    return existing(one).stat().st_dev == existing(other).stat().st_dev


def existing(folder: Path) -> Path:
    """The folder, or the innermost of its parents that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _moved(path: Path, old: Path, new: Path) -> Path:
    return new / path.relative_to(old) if old != new and path.is_relative_to(old) else path


def load(path: Path) -> Record:
    """Read a journal. Damaged lines are counted and otherwise ignored.

    Raises:
        OSError: the file cannot be read.
    """
    record = Record(path)
    for event in read_events(path):
        try:
            if event is None:
                record.damaged += 1
            else:
                _READERS[event["e"]](record, event)
        except (KeyError, TypeError, ValueError, AttributeError):
            record.damaged += 1
    return record


def _run(record: Record, event: Event) -> None:
    if event["version"] != VERSION:
        record.newer = True
        return
    record.header = event
    record.destination_chain = event["destination_chain"]
    record.do.started = True


def _step(record: Record, event: Event) -> None:
    src, dst = record.root / event["src"], record.destination / event["dst"]
    size, mtime_ns, content_hash = event["file"]
    record.steps[event["n"]] = Step(event["photo"], src, dst, size, mtime_ns, content_hash)


def _planned(record: Record, event: Event) -> None:
    record.planned = True


def _start(record: Record, event: Event) -> None:
    phase = _phase(record, event)
    phase.started, phase.outcome = True, None
    phase.failed.clear()


def _begin(record: Record, event: Event) -> None:
    _phase(record, event).begun.update(event["n"])
    if event["p"] != "do":
        return  # folders that an undo made again are the person's
    for name in event["folders"]:
        record.folders.setdefault(record.destination / name, NOT_KNOWN)


def _made(record: Record, event: Event) -> None:
    for name, inode in event["folders"]:
        record.folders[record.destination / name] = inode
    record.destination_chain = [int(inode) for inode in event["chain"]]


def _reserve(record: Record, event: Event) -> None:
    _phase(record, event).reserved.add(event["n"])


def _ready(record: Record, event: Event) -> None:
    _phase(record, event).ready.update((n, Ready(*rest)) for n, *rest in event["files"])


def _done(record: Record, event: Event) -> None:
    _phase(record, event).done.update((n, Mark(*rest)) for n, *rest in event["files"])


def _fail(record: Record, event: Event) -> None:
    _phase(record, event).failed.update(event["n"])


def _clean(record: Record, event: Event) -> None:
    _phase(record, event).cleaning = True


def _end(record: Record, event: Event) -> None:
    phase = _phase(record, event)
    phase.cleaning, phase.outcome = False, event["outcome"]


def _phase(record: Record, event: Event) -> Phase:
    return {"do": record.do, "undo": record.undo}[event["p"]]


_READERS = {
    "run": _run,
    "step": _step,
    "planned": _planned,
    "start": _start,
    "begin": _begin,
    "made": _made,
    "reserve": _reserve,
    "ready": _ready,
    "done": _done,
    "fail": _fail,
    "clean": _clean,
    "end": _end,
}


def units(numbered: Iterable[tuple[int, Step]]) -> list[list[tuple[int, Step]]]:
    """Group steps into units: the files of one photo, in the order of their numbers."""
    found: dict[int, list[tuple[int, Step]]] = {}
    for n, step in sorted(numbered, key=lambda pair: pair[0]):
        found.setdefault(step.photo_id, []).append((n, step))
    return list(found.values())
