"""A journal read back whole: what a run meant to do, and how far it and its undo came.

`history` reads only the two lines that a list of runs needs; where the folders are today, `places` finds out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop_app.engine.organize.journal.lines import Event, read_events, run_id
from desktop_app.engine.organize.steps import Step

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
        put_back: files for which it may stand under the name they were taken from.
        ready: verified copies that were about to get their names.
        done: files seen to, with what was left under the final name.
        cleaning: every file had been seen to; folders left empty may be gone, and only the end is missing.
        outcome: how it ended, None while it has not.
    """

    started: bool = False
    begun: set[int] = field(default_factory=set)
    reserved: set[int] = field(default_factory=set)
    put_back: set[int] = field(default_factory=set)
    ready: dict[int, Ready] = field(default_factory=dict)
    done: dict[int, Mark] = field(default_factory=dict)
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
        since: numbers of files that the run had not placed: an undo found them beside a photo, to go back with it.
        next_number: for a further step.
        told: it waits for a folder, and the person has been told.
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
    since: set[int] = field(default_factory=set)
    next_number: int = 0
    told: bool = False
    damaged: int = 0
    newer: bool = False

    @property
    def run_id(self) -> str:
        """The run's number."""
        return run_id(self.path)

    @property
    def action(self) -> str:
        """Key of `registry.ACTIONS`, in the version that wrote the journal."""
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
    def placed(self) -> set[int]:
        """Numbers of the files that the run itself placed."""
        return self.do.done.keys() - self.since

    @property
    def photos(self) -> dict[int, int]:
        """The number of each photo's own step, by the photo's id; those of its companions follow it."""
        found: dict[int, int] = {}
        for n in sorted(self.steps):
            found.setdefault(self.steps[n].photo_id, n)
        return found

    @property
    def cleaned(self) -> bool:
        """The destination itself may be gone because the run, or its undo, removed what it had left empty."""
        return self.undo.cleaning if self.undo.started else self.do.cleaning and not self.do.done

    def remaining(self) -> dict[int, Mark]:
        """What the run did and no undo has taken back yet."""
        return {n: mark for n, mark in self.do.done.items() if n not in self.undo.done and n in self.steps}


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
                read_event(record, event)
        except (KeyError, TypeError, ValueError, AttributeError):
            record.damaged += 1
    return record


def read_event(record: Record, event: Event) -> None:
    """Take one line of a journal into the record.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is no line of this version.
    """
    _READERS[event["e"]](record, event)
    record.told = event["e"] == "waiting"


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
    record.next_number = max(record.next_number, event["n"] + 1)


def _found(record: Record, event: Event) -> None:
    n = event["n"]
    if n not in record.steps:
        record.since.add(n)
    _step(record, event)
    record.do.done[n] = Mark(*event["mark"])
    record.do.ready.pop(n, None)  # the permissions of another file, where this one was written in its place


def _planned(record: Record, event: Event) -> None:
    record.planned = True


def _start(record: Record, event: Event) -> None:
    phase = _phase(record, event)
    phase.started, phase.outcome = True, None


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
    phase = _phase(record, event)
    (phase.put_back if event.get("back") else phase.reserved).add(event["n"])


def _ready(record: Record, event: Event) -> None:
    _phase(record, event).ready.update((n, Ready(*rest)) for n, *rest in event["files"])


def _done(record: Record, event: Event) -> None:
    _phase(record, event).done.update((n, Mark(*rest)) for n, *rest in event["files"])


def _clean(record: Record, event: Event) -> None:
    _phase(record, event).cleaning = True


def _end(record: Record, event: Event) -> None:
    phase = _phase(record, event)
    # A destination that is missing from now on is somebody else's doing.
    phase.cleaning, phase.outcome = False, event["outcome"]
    # What did not go back was never the run's: the next undo looks at what stands beside the photos then.
    for n in record.since - record.undo.done.keys():
        record.since.discard(n)
        del record.steps[n], record.do.done[n]


def _waiting(record: Record, event: Event) -> None:
    """Nothing but that it is the last line: see `read_event`."""


def _phase(record: Record, event: Event) -> Phase:
    return {"do": record.do, "undo": record.undo}[event["p"]]


_READERS = {
    "run": _run,
    "step": _step,
    "planned": _planned,
    "found": _found,
    "start": _start,
    "begin": _begin,
    "made": _made,
    "reserve": _reserve,
    "ready": _ready,
    "done": _done,
    "clean": _clean,
    "waiting": _waiting,
    "end": _end,
}
