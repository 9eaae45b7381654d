"""A run (or its undo) under way: each file with how far it is, the tools all of it is done with, and the tally.

What a run was, once it is over, `journal.record` reads from its journal and `reports` says.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop_app.engine.files import content_hasher
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.journal.record import Mark, Ready
from desktop_app.engine.organize.problems import Refused
from desktop_app.engine.organize.steps import Step

if TYPE_CHECKING:
    from desktop_app.engine.types import Problem

CHUNK = 1 << 20
_GRAINS = (100, 1_000, 10_000_000, 1_000_000_000, 2_000_000_000)


Outcome = Literal["finished", "cancelled", "stopped", "unsettled"]
"""How a run ended: all seen to; by the person; early, the disk full or gone; or left for the next start to settle."""


class State(Enum):
    """How far a file is on its way."""

    WAITING = "waiting"
    STAGED = "staged"
    PLACED = "placed"


@dataclass(slots=True, eq=False)
class Item:
    """One file under way, in the direction of the moment: an undo goes from the destination to the source.

    Attributes:
        n: number of its step in the journal.
        step: the step, as reports show it.
        src: where the file is taken from.
        dst: where it goes.
        size: expected size of ``src``.
        mtime_ns: expected modification time of ``src`` (a copy is given that of the step).
        content: expected BLAKE2b-160 hex of ``src``, empty where unknown.
        temp: name of a copy until it is whole, beside ``dst``.
        mark: what an earlier run left at ``src``, for an undo.
        original: the metadata a copy is given in place of that of ``src``, for an undo.
        state: how far it is.
        ready: the verified copy, when it goes by copy.
        fd: the copy while it is open.
        flush_error: why the copy did not reach the disk.
        inode: of ``src`` as it was when it was last checked.
    """

    n: int
    step: Step
    src: Path
    dst: Path
    size: int
    mtime_ns: int
    content: str
    temp: Path
    mark: Mark | None = None
    original: Ready | None = None
    state: State = State.WAITING
    ready: Ready | None = None
    fd: int | None = None
    flush_error: OSError | None = None
    inode: int = 0


@dataclass(slots=True)
class Tally:
    """What a run has done so far, by step number; the reports are made from it."""

    done: dict[int, Step] = field(default_factory=dict)
    skipped: list[Problem] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    outcome: Outcome = "finished"

    def note(self, text: str) -> None:
        """Count one more file for which ``text``, which is marked for translation, holds."""
        self.notes[text] = self.notes.get(text, 0) + 1

    @property
    def note_lines(self) -> tuple[str, ...]:
        """The notes with their counts."""
        return tuple(f"{tr(text)} ({_files(count)})" for text, count in self.notes.items())


def _files(n: int) -> str:
    return tr("%n files", "", n, one="%n file")


@dataclass(slots=True)
class RunContext:
    """What everything that a run does is done with.

    Attributes:
        disk: the file system.
        journal: the run's journal.
        ctx: cancel and progress.
        phase: the run itself or its undo.
        tally: what has been done so far.
    """

    disk: Disk
    journal: Journal
    ctx: JobContext
    phase: Literal["do", "undo"]
    tally: Tally = field(default_factory=Tally)

    def stat(self, path: Path) -> os.stat_result | None:
        """State of a name, None where there is none."""
        try:
            return self.disk.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def checked(self, item: Item) -> os.stat_result:
        """State of the source, as expected; remembers its inode.

        Raises:
            Refused: it is gone, no regular file, or changed.
        """
        found = self.stat(item.src)
        if found is None:
            raise Refused(item.src, "missing", tr("it is not there any more"))
        if stat.S_ISLNK(found.st_mode) or not stat.S_ISREG(found.st_mode):
            raise Refused(item.src, "is-a-link", tr("a link or a special file stands in its place"))
        if found.st_size != item.size or not same_time(found.st_mtime_ns, item.mtime_ns):
            raise changed(item.src)
        item.inode = found.st_ino
        return found

    def digest(self, path: Path, *, from_disk: bool = False) -> str:
        """BLAKE2b-160 hex of a file's bytes, read anew from the disk where asked for and possible."""
        fd = self.disk.open_read(path)
        try:
            if from_disk:
                self.disk.forget_cached(fd)
            hasher = content_hasher()
            for chunk in self.chunks(fd):
                hasher.update(chunk)
        finally:
            self.disk.close(fd)
        return hasher.hexdigest()

    def chunks(self, fd: int) -> Iterator[bytes]:
        """The bytes of an open file, asking before each piece whether to stop."""
        while True:
            self.ctx.check()
            chunk = self.disk.read(fd, CHUNK)
            if not chunk:
                return
            yield chunk


def changed(path: Path) -> Refused:
    """The refusal for a file that is not what it was."""
    return Refused(path, "changed", tr("it has changed since"))


def same_time(a: int, b: int) -> bool:
    """Whether two times in nanoseconds are one, perhaps stored by a disk that keeps fewer digits (FAT: 2 s)."""
    if a == b:
        return True
    low, high = sorted((a, b))
    return any(low == high - high % grain for grain in _GRAINS)
