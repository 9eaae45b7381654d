"""What a run, an undo or a recovery did, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.types import Problem

DONE_WORDS = {"copy": "copied", "move": "moved", "hardlink": "hard-linked", "symlink": "linked"}
_ENDINGS = {
    "finished": "",
    "cancelled": " Stopped on request.",
    "stopped": " Stopped early: the disk is full, read-only or gone.",
    "unsettled": " Not all of it could be confirmed; the next start of the program looks again.",
}

Outcome = Literal["finished", "cancelled", "stopped", "unsettled"]
"""How a run ended: all seen to; by the person; early, the disk full or gone; or left for the next start to settle."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file's way. Steps of one photo follow each other, the photo first, and succeed or fail together.

    Attributes:
        photo_id: the photo this file is or belongs to.
        src: where it stands.
        dst: where it goes.
        size: in bytes, when the plan was made.
        mtime_ns: modification time, when the plan was made.
        content_hash: BLAKE2b-160 hex where the library knows it, else empty.
    """

    photo_id: int
    src: Path
    dst: Path
    size: int
    mtime_ns: int
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What applying a plan did.

    Attributes:
        run_id: name of the journal, for undo; empty when there was nothing to do.
        action: key of `actions.ACTIONS`.
        outcome: how it ended.
        done: files now at their destination.
        skipped: files left alone on purpose (changed since the plan, name taken), each named.
        failed: files the system would not let us handle, each named.
        bytes: size of the files done.
        seconds: wall time.
        notes: what could not be kept, such as permissions on a disk that has none.
    """

    run_id: str
    action: str
    outcome: Outcome
    done: tuple[Step, ...]
    skipped: tuple[Problem, ...]
    failed: tuple[Problem, ...]
    bytes: int
    seconds: float
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Every file of the plan is where the plan said."""
        return self.outcome == "finished" and not self.skipped and not self.failed

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Skipped and failed files together."""
        return self.skipped + self.failed

    @property
    def photos(self) -> int:
        """Number of photos done, companions not counted."""
        return len({step.photo_id for step in self.done})

    @property
    def text(self) -> str:
        """The result in a sentence or two."""
        verified = " and verified" if self.action == "copy" else ""
        return (
            f"{_count(self.photos)} {DONE_WORDS[self.action]}{verified}."
            f"{_left(self.problems)}{_ENDINGS[self.outcome]}{_lines(self.notes)}"
        )


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo did.

    Attributes:
        run_id: the run taken back.
        action: what that run had done.
        outcome: how the undo ended.
        restored: files back at their source (moves), or copies and links removed. ``src`` and ``dst`` as in the plan.
        kept: files left alone, each with its reason.
        seconds: wall time.
        notes: what could not be restored.
    """

    run_id: str
    action: str
    outcome: Outcome
    restored: tuple[Step, ...]
    kept: tuple[Problem, ...]
    seconds: float
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Everything the run had done was taken back."""
        return self.outcome == "finished" and not self.kept

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files left alone, under the name the other reports use."""
        return self.kept

    @property
    def photos(self) -> int:
        """Number of photos restored, companions not counted."""
        return len({step.photo_id for step in self.restored})

    @property
    def text(self) -> str:
        """The result in a sentence or two."""
        what = "brought back" if self.action == "move" else "taken back, the originals untouched"
        return f"{_count(self.photos)} {what}.{_left(self.kept)}{_ENDINGS[self.outcome]}{_lines(self.notes)}"


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What was done at the start of the program about a run that had been interrupted.

    Attributes:
        run_id: the interrupted run.
        action: what it was doing.
        undoing: it was being taken back when it was interrupted.
        outcome: ``finished``, or why it could not be.
        done: files put right now.
        problems: files left alone, each with its reason.
        text: all of it in a sentence or two.
    """

    run_id: str
    action: str
    undoing: bool
    outcome: Outcome
    done: tuple[Step, ...]
    problems: tuple[Problem, ...]
    text: str


def _count(photos: int) -> str:
    return f"{photos:,} photo{'' if photos == 1 else 's'}"


def _left(problems: tuple[Problem, ...]) -> str:
    files = len(problems)
    return f" {files:,} file{' was' if files == 1 else 's were'} left alone." if files else ""


def _lines(notes: tuple[str, ...]) -> str:
    return "".join(f" {note}." for note in notes)


class RunCancelled(Cancelled):
    """The person stopped a run. What it had done so far is whole, in the journal, and can be undone.

    Args:
        report: what was done until then.
    """

    def __init__(self, report: ApplyReport | UndoReport) -> None:
        super().__init__(report.text)
        self.report = report


@dataclass(slots=True)
class Tally:
    """What a transfer has done so far, by step number; the reports are made from it."""

    done: dict[int, Step] = field(default_factory=dict)
    skipped: list[Problem] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    outcome: Outcome = "finished"

    def note(self, text: str) -> None:
        """Count one more file for which ``text`` holds."""
        self.notes[text] = self.notes.get(text, 0) + 1

    @property
    def note_lines(self) -> tuple[str, ...]:
        """The notes with their counts."""
        return tuple(f"{text} ({count} {'file' if count == 1 else 'files'})" for text, count in self.notes.items())
