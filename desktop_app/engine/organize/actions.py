"""What can be done with a photo's files, one class each: copy, move, hard link, symbolic link, and taking back.

An action says how one file is prepared, put in place, taken back after a failure nearby, and recognised on the disk
after a crash. When each of these happens is `transfer`'s business.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import ClassVar

from desktop_app.engine.organize import copying
from desktop_app.engine.organize.problems import Refused, describe
from desktop_app.engine.organize.publish import publish, two_names
from desktop_app.engine.organize.record import Mark
from desktop_app.engine.organize.work import Item, State, Work, changed, same_time


class Action:
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

    def stage(self, work: Work, item: Item) -> None:
        """Check the source and prepare; nothing under a final name changes yet."""
        work.checked(item)

    def seal(self, work: Work, item: Item) -> None:
        """Make certain of what was prepared."""

    def place(self, work: Work, item: Item) -> None:
        """Put the file under its final name; never over something."""
        raise NotImplementedError

    def clear(self, work: Work, item: Item) -> None:
        """Remove the source, the file being certain at its destination."""

    def withdraw(self, work: Work, item: Item) -> None:
        """Put the file back as it was, because another of its unit failed.

        Raises:
            OSError: it could not be done now.
            Refused: it must not be done; the file stays where it is.
        """
        if item.state is State.PLACED:
            work.disk.unlink(item.dst)
        item.state = State.WAITING

    def tidy(self, work: Work, item: Item) -> None:
        """Remove what a crash left half done; both places where a temporary name of this file can stand."""
        for temp in sorted({item.temp, _out_of_sight(item)}):
            if work.stat(temp) is not None:
                work.disk.unlink(temp)

    def find(self, work: Work, item: Item) -> None:
        """Set ``item.state`` from what stands on the disk after a crash."""
        raise NotImplementedError

    def folders(self, item: Item) -> set[Path]:
        """Folders whose names changed by placing the file."""
        return {item.dst.parent}

    def mark(self, work: Work, item: Item) -> Mark:
        """What undo will know the file by."""
        found = work.disk.lstat(item.dst)
        content = item.ready.content if item.ready else item.content
        return Mark(found.st_ino, found.st_ctime_ns, found.st_mtime_ns, content)

    def check_undo(self, work: Work, item: Item) -> None:
        """Raise Refused unless removing ``item.src``, made by this action from ``item.dst``, loses nothing."""
        raise NotImplementedError


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
        publish(work.disk, item.temp, item.dst, lambda: _reserve(work, item))
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
            publish(work.disk, item.src, item.dst, lambda: _reserve(work, item))
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
            for folder in self.folders(item):
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

    def folders(self, item: Item) -> set[Path]:
        """A rename changes two folders."""
        return {item.dst.parent} if item.ready is not None else {item.dst.parent, item.src.parent}


class Hardlink(Action):
    """A second name for the same file."""

    name = "hardlink"
    doing = "Linking"

    def place(self, work: Work, item: Item) -> None:
        """Link, which never replaces."""
        work.disk.link(item.src, item.dst)
        item.state = State.PLACED

    def withdraw(self, work: Work, item: Item) -> None:
        """Remove the new name only while the first one stands."""
        if item.state is State.PLACED and not _same_file(work, item):
            raise Refused(item.dst, "original-gone", "its original is gone, so this link is kept")
        super().withdraw(work, item)

    def find(self, work: Work, item: Item) -> None:
        """Placed if both names are one file."""
        if _same_file(work, item):
            item.state = State.PLACED

    def check_undo(self, work: Work, item: Item) -> None:
        """A name may go while the file keeps its first one."""
        if work.stat(item.dst) is None:
            raise Refused(item.src, "original-gone", "its original is gone, so this link is kept")
        if not _same_file(work, item):
            raise changed(item.src)


class Symlink(Action):
    """A symbolic link holding the absolute path of the photo."""

    name = "symlink"
    doing = "Linking"

    def place(self, work: Work, item: Item) -> None:
        """Link, which never replaces."""
        work.disk.symlink(item.src, item.dst)
        item.state = State.PLACED

    def find(self, work: Work, item: Item) -> None:
        """Placed if the link says what we made it say."""
        if _link_text(work, item.dst) == str(item.src):
            item.state = State.PLACED

    def mark(self, work: Work, item: Item) -> Mark:
        """The link's own state and its text."""
        found = work.disk.lstat(item.dst)
        return Mark(found.st_ino, found.st_ctime_ns, found.st_mtime_ns, str(item.src))

    def check_undo(self, work: Work, item: Item) -> None:
        """A link may always go, as long as it is still ours."""
        if work.stat(item.src) is None:
            raise Refused(item.src, "missing", "it is not there any more")
        if _link_text(work, item.src) != item.content:
            raise changed(item.src)


class TakeBack(Action):
    """Undo of an action that left its source in place: remove what it made.

    In two steps, so that a unit goes whole: a new name out of sight, which fails where removing would, then removing.

    Args:
        made_by: that action.
    """

    name = "take-back"
    doing = "Taking back"
    needs_folder = False

    def __init__(self, made_by: Action) -> None:
        self._made_by = made_by

    def stage(self, work: Work, item: Item) -> None:
        """Make certain that nothing is lost."""
        self._made_by.check_undo(work, item)

    def seal(self, work: Work, item: Item) -> None:
        """Take it out of sight."""
        publish(work.disk, item.src, _out_of_sight(item), lambda: None)
        item.state = State.STAGED

    def place(self, work: Work, item: Item) -> None:
        """Remove it; what cannot be removed now is left out of sight for the next start."""
        try:
            work.disk.unlink(_out_of_sight(item))
        except OSError as error:
            work.tally.failed.append(describe(error, item.src))
            work.tally.outcome = "unsettled"
        else:
            item.state = State.PLACED

    def withdraw(self, work: Work, item: Item) -> None:
        """Give it its name back."""
        if item.state is State.STAGED:
            publish(work.disk, _out_of_sight(item), item.src, lambda: None)
            item.state = State.WAITING

    def tidy(self, work: Work, item: Item) -> None:
        """Give it its name back, so that the whole unit is looked at anew."""
        hidden = work.stat(_out_of_sight(item))
        if hidden is None:
            return
        if work.stat(item.src) is None:
            publish(work.disk, _out_of_sight(item), item.src, lambda: None)
        elif hidden.st_size == 0 or two_names(work.disk, item.src, _out_of_sight(item)):
            work.disk.unlink(_out_of_sight(item))  # cut between the two steps of a rename

    def find(self, work: Work, item: Item) -> None:
        """Done if it is gone."""
        if work.stat(item.src) is None:
            item.state = State.PLACED

    def folders(self, item: Item) -> set[Path]:
        """Where the name was."""
        return {item.src.parent}

    def mark(self, work: Work, item: Item) -> Mark:
        """There is nothing left to know again."""
        return Mark(0, 0, 0, "")


ACTIONS: dict[str, Action] = {action.name: action for action in (Copy(), Move(), Hardlink(), Symlink())}


def undo_of(action: Action) -> Action:
    """The action that takes one file's action back; its items run from the destination to the source."""
    return action if action.takes_source else TakeBack(action)


def record_ready(work: Work, items: list[Item]) -> None:
    """Put on record which verified copies are about to get their names."""
    files = [[item.n, *item.ready] for item in items if item.ready is not None]
    if files:
        work.journal.add("ready", p=work.phase, files=files)
        work.journal.sync()


def _reserve(work: Work, item: Item) -> None:
    work.journal.add("reserve", p=work.phase, n=item.n)
    work.journal.sync()


def _out_of_sight(item: Item) -> Path:
    return item.src.with_name(item.temp.name)


def _check_mark(work: Work, item: Item, found: os.stat_result) -> None:
    """Refuse an undo of a move where the file may be another by now.

    The system's own change time settles it in most cases; otherwise the content decides where it is known.
    """
    mark = item.mark
    assert mark is not None
    untouched = (found.st_ino, found.st_ctime_ns) == (mark.inode, mark.ctime_ns)
    if not untouched and mark.content and work.digest(item.src) != mark.content:
        raise changed(item.src)


def _same_file(work: Work, item: Item) -> bool:
    one, other = work.stat(item.src), work.stat(item.dst)
    return one is not None and other is not None and os.path.samestat(one, other)


def _link_text(work: Work, path: Path) -> str | None:
    try:
        return work.disk.read_link(path)
    except OSError:
        return None
