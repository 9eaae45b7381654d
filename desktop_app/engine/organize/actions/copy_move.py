"""Copying and moving: what a person asks for. How a single copy is made certain of is in `copying`."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import ClassVar

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.actions import copying
from desktop_app.engine.organize.actions.base import Action, Words, record_ready, reserve
from desktop_app.engine.organize.context import Item, RunContext, State, changed, same_time
from desktop_app.engine.organize.disk.publish import publish, two_names
from desktop_app.engine.organize.problems import Refused


class Copy(Action):
    """Copy under a temporary name, verify, publish."""

    name = "copy"
    words = Words(
        label=tr_noop("Copy"),
        explanation=tr_noop("The originals stay where they are. Needs space for a second copy."),
        verb=tr_noop("Copy"),
        doing=tr_noop("Copying"),
        done=tr_noop("copied and verified"),
        noun=tr_noop("copy"),
    )
    from_disk: ClassVar[bool] = False

    def writes_bytes(self, *, same_disk: bool) -> bool:
        """A copy always does."""
        return True

    def stage(self, run: RunContext, item: Item) -> None:
        """Copy to the temporary name."""
        run.checked(item)
        copying.stage(run, item)

    def seal(self, run: RunContext, item: Item) -> None:
        """Verify the copy."""
        if item.ready is not None:
            copying.seal(run, item, from_disk=self.from_disk)

    def place(self, run: RunContext, item: Item) -> None:
        """Give the copy its name."""
        publish(run.disk, item.temp, item.dst, lambda: reserve(run, item))
        item.state = State.PLACED

    def withdraw(self, run: RunContext, item: Item) -> None:
        """Remove the copy, under whichever name; a placed one only while the original stands."""
        if item.state is State.PLACED:
            # Looked at first: if the original went or changed in the meantime, this copy is all there is of it.
            run.checked(item)
            run.disk.unlink(item.dst)
            # To the disk: after a power cut nobody would know a copy that came back as ours.
            run.disk.sync_folder(item.dst.parent)
        copying.discard(run, item)

    def find(self, run: RunContext, item: Item) -> None:
        """Placed if our verified copy stands under the final name."""
        if item.ready is None:
            return
        found = run.stat(item.dst)
        if found is None or not stat.S_ISREG(found.st_mode):
            return
        # By content, and as the disk has it: somebody may have put another file under the name since the crash.
        if found.st_size == item.size and run.digest(item.dst, from_disk=True) == item.ready.content:
            item.state = State.PLACED

    def check_undo(self, run: RunContext, item: Item) -> None:
        """The copy and its original must both read as they did: then the copy is one too many."""
        original = run.stat(item.dst)
        if original is None or not stat.S_ISREG(original.st_mode):
            raise Refused(item.src, "original-gone", tr("its original is gone, so this copy is kept"))
        run.checked(item)
        if run.digest(item.src) != item.content:
            raise changed(item.src)
        if original.st_size != item.size or run.digest(item.dst) != item.content:
            raise Refused(item.src, "original-changed", tr("its original has changed, so this copy is kept"))


class Move(Copy):
    """Rename on one disk; between two: copy, verify, publish, and only then remove the source."""

    name = "move"
    words = Words(
        label=tr_noop("Move"),
        explanation=tr_noop("The originals go into the new folders. Undo brings them back."),
        verb=tr_noop("Move"),
        doing=tr_noop("Moving"),
        done=tr_noop("moved"),
        noun=tr_noop("move"),
        undone=tr_noop("brought back"),
    )
    takes_source = True
    # The copy will be the only one, so it is the disk that must answer for it, not the system's memory.
    from_disk = True

    def writes_bytes(self, *, same_disk: bool) -> bool:
        """Only onto another disk."""
        return not same_disk

    def stage(self, run: RunContext, item: Item) -> None:
        """Nothing to prepare on one disk; else the copy."""
        source = run.checked(item)
        if item.mark is not None:
            _check_mark(run, item, source)
        if source.st_dev != run.disk.lstat(item.dst.parent).st_dev:
            copying.stage(run, item)

    def place(self, run: RunContext, item: Item) -> None:
        """Rename the file, or give its copy the name."""
        if item.ready is not None:
            return super().place(run, item)
        try:
            publish(run.disk, item.src, item.dst, lambda: reserve(run, item))
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # One device number, yet two file systems (bind mounts): the copy was not prepared, so do it now.
            # In the order of the batch: verified, on record, and only then under its name.
            copying.stage(run, item)
            self.seal(run, item)
            record_ready(run, [item])
            return super().place(run, item)
        item.state = State.PLACED

    def clear(self, run: RunContext, item: Item) -> None:
        """Remove the source, unless it changed while it was copied."""
        if item.ready is not None and run.stat(item.src) is not None:
            # Once more, right before it goes: the person may have saved the photo since it was copied.
            run.checked(item)
            run.disk.unlink(item.src)

    def withdraw(self, run: RunContext, item: Item) -> None:
        """Rename back, remove the copy, or bring the bytes back when the source is gone already."""
        if item.state is not State.PLACED:
            copying.discard(run, item)
        elif item.ready is None:
            publish(run.disk, item.dst, item.src, lambda: reserve(run, item, back=True))
            for folder in (item.src.parent, item.dst.parent):
                run.disk.sync_folder(folder)
            item.state = State.WAITING
        elif run.stat(item.src) is not None:
            super().withdraw(run, item)
        else:
            self._bring_back(run, item)

    def _bring_back(self, run: RunContext, item: Item) -> None:
        placed = run.disk.lstat(item.dst)
        temp = item.src.with_name(item.temp.name)
        content = item.ready.content if item.ready else ""
        back = Item(item.n, item.step, item.dst, item.src, item.size, item.mtime_ns, content, temp)
        back.original, back.inode = item.ready, placed.st_ino
        # The whole way of a move, only back: verified at the source and its name on the disk before the copy goes.
        try:
            copying.stage(run, back)
            self.seal(run, back)
            publish(run.disk, back.temp, back.dst, lambda: reserve(run, item, back=True))
        except (OSError, Refused):
            copying.discard(run, back)
            raise
        run.disk.sync_folder(item.src.parent)
        run.disk.unlink(item.dst)
        item.state, item.ready = State.WAITING, None

    def find(self, run: RunContext, item: Item) -> None:
        """Placed if the file stands at its destination, by rename or as our verified copy."""
        if item.ready is not None:
            return super().find(run, item)
        placed, source = run.stat(item.dst), run.stat(item.src)
        if placed is None:
            return
        if source is not None and two_names(run.disk, item.src, item.dst):
            # A rename in two steps was cut between them: both names are ours, and one more step ends it.
            run.disk.unlink(item.src)
            source = None
        # Renamed, so there is no copy to compare with: size and time must do, and nothing is removed by their word.
        if source is None and placed.st_size == item.size and same_time(placed.st_mtime_ns, item.mtime_ns):
            item.state = State.PLACED

    def losing(self, item: Item) -> set[Path]:
        """A rename takes the source with it; beside a copy it still stands."""
        return {item.src.parent} if item.ready is None else set()


def _check_mark(run: RunContext, item: Item, found: os.stat_result) -> None:
    """Refuse an undo of a move where the file may be another by now.

    The system's own change time settles it in most cases; otherwise the content decides where it is known.
    """
    mark = item.mark
    assert mark is not None
    untouched = (found.st_ino, found.st_ctime_ns) == (mark.inode, mark.ctime_ns)
    if not untouched and mark.content and run.digest(item.src) != mark.content:
        raise changed(item.src)
