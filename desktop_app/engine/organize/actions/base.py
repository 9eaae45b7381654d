"""What can be done with a file: how each step of it goes (`Operation`), and what a person may choose (`Action`).

When each of the steps happens, and what is on record by then, is `running.transfer`'s business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from desktop_app.engine.language import tr_noop
from desktop_app.engine.organize.context import Item, RunContext, State
from desktop_app.engine.organize.journal.record import Mark


class Operation(ABC):
    """How one file is prepared, put in place, put back after a failure nearby, and recognized after a crash.

    The base is what all have in common.

    Attributes:
        needs_folder: the folder of ``dst`` must be made first.
    """

    needs_folder: ClassVar[bool] = True

    def stage(self, run: RunContext, item: Item) -> None:
        """Check the source and prepare; nothing under a final name changes yet."""
        run.checked(item)

    def seal(self, run: RunContext, item: Item) -> None:  # noqa: B027 - most have nothing to do here
        """Make certain of what was prepared."""

    @abstractmethod
    def place(self, run: RunContext, item: Item) -> None:
        """Put the file under its final name; never over something."""

    def clear(self, run: RunContext, item: Item) -> None:  # noqa: B027 - most have nothing to do here
        """Remove the source, the file being certain at its destination."""

    def withdraw(self, run: RunContext, item: Item) -> None:
        """Put the file back as it was, because another of its unit failed.

        Raises:
            OSError: it could not be done now.
            Refused: it must not be done; the file stays where it is.
        """
        if item.state is State.PLACED:
            run.disk.unlink(item.dst)
        item.state = State.WAITING

    def tidy(self, run: RunContext, item: Item) -> None:
        """Remove what a crash left half done; both places where a temporary name of this file can stand."""
        for temp in sorted({item.temp, out_of_sight(item)}):
            if run.stat(temp) is not None:
                run.disk.unlink(temp)

    @abstractmethod
    def find(self, run: RunContext, item: Item) -> None:
        """Set ``item.state`` from what stands on the disk after a crash."""

    def second_name(self, item: Item) -> Path:
        """Where the file itself stands while an empty one of ours holds the name it is put back to."""
        return item.dst

    def gaining(self, item: Item) -> set[Path]:
        """Folders that hold a new name once the file is placed."""
        return {item.dst.parent}

    def losing(self, item: Item) -> set[Path]:
        """Folders that lose a name by placing the file."""
        return set()

    def mark(self, run: RunContext, item: Item) -> Mark:
        """What undo will know the file by."""
        found = run.disk.lstat(item.dst)
        content = item.ready.content if item.ready else item.content
        return Mark(found.st_ino, found.st_ctime_ns, found.st_mtime_ns, content)


@dataclass(frozen=True, slots=True)
class Words:
    """What an action is called, in every place a person meets it; each in the form that place needs, in English.

    Attributes:
        label: in a list to choose from: ``Hard link``.
        explanation: one line beside the choice: what it does to the originals and what it needs.
        verb: before a number of photos, on the button and in the plan: ``Hard-link 12 photos``.
        doing: for progress: ``Linking``.
        done: after a number of photos or files: ``12 photos hard-linked``.
        noun: in history, for undo, and after ``a`` in a sentence: ``hard link``.
        undone: after a number of photos that an undo has seen to.
    """

    label: str
    explanation: str
    verb: str
    doing: str
    done: str
    noun: str
    undone: str = tr_noop("taken back, the originals untouched")


class Action(Operation):
    """Something a person can choose to have done with photos: an operation with its words and its rules.

    Attributes:
        name: key in `registry.ACTIONS`, on the command line and in journals, so that it never changes.
        words: what it is called.
        takes_source: the source is gone afterwards, so undo must bring it back.
        reaches_other_disks: the destination may be on another disk than the photo.
    """

    name: ClassVar[str]
    words: ClassVar[Words]
    takes_source: ClassVar[bool] = False
    reaches_other_disks: ClassVar[bool] = True

    def writes_bytes(self, *, same_disk: bool) -> bool:
        """Whether the destination needs room for the file's bytes."""
        return False

    def creates_file(self, *, same_disk: bool) -> bool:
        """Whether the destination's disk has one file more afterwards; some have a fixed number of them."""
        return self.writes_bytes(same_disk=same_disk)

    def link_text(self, file: Path) -> str | None:
        """The text of the symbolic link that it makes of a file, None where it makes none.

        A link with this text that stands at the destination already is as good as a new one.
        """
        return None

    @abstractmethod
    def check_undo(self, run: RunContext, item: Item) -> None:
        """Raise Refused unless removing ``item.src``, made by this action from ``item.dst``, loses nothing."""


def record_ready(run: RunContext, items: list[Item]) -> None:
    """Put on record which verified copies are about to get their names."""
    files = [[item.n, *item.ready] for item in items if item.ready is not None]
    if files:
        run.journal.add("ready", p=run.phase, files=files)
        run.journal.sync()


def reserve(run: RunContext, item: Item, *, back: bool = False) -> None:
    """Put on record that an empty file under the final name, or under the name before, will be ours."""
    run.journal.add("reserve", p=run.phase, n=item.n, back=back)
    run.journal.sync()


def out_of_sight(item: Item) -> Path:
    """A name beside the source under which it is hidden, or held, for a moment."""
    return item.src.with_name(item.temp.name)
