"""Copying and moving."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import ClassVar

from desktop_app.engine.organize.actions import copying
from desktop_app.engine.organize.actions.base import Action, record_ready, reserve
from desktop_app.engine.organize.disk.publish import publish, two_names
from desktop_app.engine.organize.problems import Refused
from desktop_app.engine.organize.work import Item, State, Work, changed, same_time


class Copy(Action):
    """Copy under a temporary name, verify, publish."""

    name = "copy"
    doing = "Copying"
    from_disk: ClassVar[bool] = False

    def writes_bytes(self, *, same_disk: bool) -> bool:
        """A copy always does."""
        return True

    def stage(self, work: Work, item: Item) -> None:
        """Copy to the temporary name."""
        work.checked(item)
        copying.stage(work, item)

    def seal(self, work: Work, item: Item) -> None:
        """Verify the copy."""
        if item.ready is not None:
            copying.seal(work, item, from_disk=self.from_disk)

    def place(self, work: Work, item: Item) -> None:
        """Give the copy its name."""
        publish(work.disk, item.temp, item.dst, lambda: reserve(work, item))
        item.state = State.PLACED

    def withdraw(self, work: Work, item: Item) -> None:
        """Remove the copy, under whichever name; a placed one only while the original stands."""
        if item.state is State.PLACED:
            work.checked(item)
            work.disk.unlink(item.dst)
            work.disk.sync_folder(item.dst.parent)
        copying.discard(work, item)

    def find(self, work: Work, item: Item) -> None:
        """Placed if our verified copy stands under the final name."""
        if item.ready is None:
            return
        found = work.stat(item.dst)
        if found is None or not stat.S_ISREG(found.st_mode):
            return
        if found.st_size == item.size and work.digest(item.dst, from_disk=True) == item.ready.content:
            item.state = State.PLACED

    def check_undo(self, work: Work, item: Item) -> None:
        """The copy and its original must both read as they did: then the copy is one too many."""
        original = work.stat(item.dst)
        if original is None or not stat.S_ISREG(original.st_mode):
            raise Refused(item.src, "original-gone", "its original is gone, so this copy is kept")
        work.checked(item)
        if work.digest(item.src) != item.content:
            raise changed(item.src)
        if original.st_size != item.size or work.digest(item.dst) != item.content:
            raise Refused(item.src, "original-changed", "its original has changed, so this copy is kept")


class Move(Copy):
    """Rename on one disk; between two: copy, verify, publish, and only then remove the source."""

    name = "move"
    doing = "Moving"
    takes_source = True
    from_disk = True

    def writes_bytes(self, *, same_disk: bool) -> bool:
        """Only onto another disk."""
        return not same_disk

    def stage(self, work: Work, item: Item) -> None:
        """Nothing to prepare on one disk; else the copy."""
        source = work.checked(item)
        if item.mark is not None:
            _check_mark(work, item, source)
        if source.st_dev != work.disk.lstat(item.dst.parent).st_dev:
            copying.stage(work, item)

    def place(self, work: Work, item: Item) -> None:
        """Rename the file, or give its copy the name."""
        if item.ready is not None:
            return super().place(work, item)
        try:
            publish(work.disk, item.src, item.dst, lambda: reserve(work, item))
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # One device number, yet two file systems (bind mounts): the copy was not prepared, so do it now.
            copying.stage(work, item)
            self.seal(work, item)
            record_ready(work, [item])
            return super().place(work, item)
        item.state = State.PLACED

    def clear(self, work: Work, item: Item) -> None:
        """Remove the source, unless it changed while it was copied."""
        if item.ready is not None and work.stat(item.src) is not None:
            work.checked(item)
            work.disk.unlink(item.src)

    def withdraw(self, work: Work, item: Item) -> None:
        """Rename back, remove the copy, or bring the bytes back when the source is gone already."""
        if item.state is not State.PLACED:
            copying.discard(work, item)
        elif item.ready is None:
            publish(work.disk, item.dst, item.src, lambda: None)
            for folder in (item.src.parent, item.dst.parent):
                work.disk.sync_folder(folder)
            item.state = State.WAITING
        elif work.stat(item.src) is not None:
            super().withdraw(work, item)
        else:
            self._bring_back(work, item)

    def _bring_back(self, work: Work, item: Item) -> None:
        placed = work.disk.lstat(item.dst)
        temp = item.src.with_name(item.temp.name)
        content = item.ready.content if item.ready else ""
        back = Item(item.n, item.step, item.dst, item.src, item.size, item.mtime_ns, content, temp)
        back.original, back.inode = item.ready, placed.st_ino
        try:
            copying.stage(work, back)
            self.seal(work, back)
            super().place(work, back)
        except (OSError, Refused):
            copying.discard(work, back)
            raise
        work.disk.sync_folder(item.src.parent)
        work.disk.unlink(item.dst)
        item.state, item.ready = State.WAITING, None

    def find(self, work: Work, item: Item) -> None:
        """Placed if the file stands at its destination, by rename or as our verified copy."""
        if item.ready is not None:
            return super().find(work, item)
        placed, source = work.stat(item.dst), work.stat(item.src)
        if placed is None:
            return
        if source is not None and two_names(work.disk, item.src, item.dst):
            work.disk.unlink(item.src)  # a rename in two steps was cut between them: both names are ours
            source = None
        if source is None and placed.st_size == item.size and same_time(placed.st_mtime_ns, item.mtime_ns):
            item.state = State.PLACED

    def losing(self, item: Item) -> set[Path]:
        """A rename takes the source with it; beside a copy it still stands."""
        return {item.src.parent} if item.ready is None else set()


def _check_mark(work: Work, item: Item, found: os.stat_result) -> None:
    """Refuse an undo of a move where the file may be another by now.

    The system's own change time settles it in most cases; otherwise the content decides where it is known.
    """
    mark = item.mark
    assert mark is not None
    untouched = (found.st_ino, found.st_ctime_ns) == (mark.inode, mark.ctime_ns)
    if not untouched and mark.content and work.digest(item.src) != mark.content:
        raise changed(item.src)
