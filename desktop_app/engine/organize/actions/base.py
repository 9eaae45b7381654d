"""What an action must be able to say about one file; see `actions` for the list of them.

How a file is prepared, put in place, taken back after a failure nearby, and recognized on the disk after a crash. When
each of these happens is `transfer`'s business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from desktop_app.engine.organize.context import Item, RunContext, State
from desktop_app.engine.organize.journal.record import Mark


class Action(ABC):
    """How one file is handled. The base is what all have in common.

    Attributes:
        name: key in `ACTIONS`, stored in journals.
        doing: for progress.
        takes_source: the source is gone afterwards, so undo must bring it back.
        needs_folder: the folder of ``dst`` must be made first.
    """

    name: ClassVar[str]
    doing: ClassVar[str]
    takes_source: ClassVar[bool] = False
    needs_folder: ClassVar[bool] = True

    def writes_bytes(self, *, same_disk: bool) -> bool:
        """Whether the destination needs room for the file's bytes."""
        return False

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

    @abstractmethod
    def check_undo(self, run: RunContext, item: Item) -> None:
        """Raise Refused unless removing ``item.src``, made by this action from ``item.dst``, loses nothing."""


def record_ready(run: RunContext, items: list[Item]) -> None:
    """Put on record which verified copies are about to get their names."""
    files = [[item.n, *item.ready] for item in items if item.ready is not None]
    if files:
        run.journal.add("ready", p=run.phase, files=files)
        run.journal.sync()


def reserve(run: RunContext, item: Item) -> None:
    """Put on record that an empty file under the final name will be ours."""
    run.journal.add("reserve", p=run.phase, n=item.n)
    run.journal.sync()


def out_of_sight(item: Item) -> Path:
    """A name beside the source under which it is hidden, or held, for a moment."""
    return item.src.with_name(item.temp.name)
