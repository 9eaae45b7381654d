"""Hard and symbolic links: names for photos that stay where they are. No bytes are written and nothing is verified."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.actions.base import Action, Words
from desktop_app.engine.organize.context import Item, RunContext, State, changed
from desktop_app.engine.organize.journal.record import Mark
from desktop_app.engine.organize.problems import Refused

# How disks without links say so (exFAT: EPERM, FAT: ENOSYS, CryFS: ERANGE); an immutable file is EPERM, too.
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ERANGE}


class Hardlink(Action):
    """A second name for the same file."""

    name = "hardlink"
    words = Words(
        label=tr_noop("Hard link"),
        explanation=tr_noop("A second name for the same file on the same disk; needs no space."),
        verb=tr_noop("Hard-link"),
        doing=tr_noop("Linking"),
        done=tr_noop("hard-linked"),
        noun=tr_noop("hard link"),
    )
    reaches_other_disks = False

    def place(self, run: RunContext, item: Item) -> None:
        """Link, which never replaces."""
        with _disk_without_links(item, tr("the disk takes no hard links, or none to this file")):
            run.disk.link(item.src, item.dst)
        item.state = State.PLACED

    def withdraw(self, run: RunContext, item: Item) -> None:
        """Remove the new name only while the first one stands."""
        if item.state is State.PLACED and not _same_file(run, item):
            raise Refused(item.dst, "original-gone", tr("its original is gone, so this link is kept"))
        super().withdraw(run, item)

    def find(self, run: RunContext, item: Item) -> None:
        """Placed if both names are one file."""
        if _same_file(run, item):
            item.state = State.PLACED

    def check_undo(self, run: RunContext, item: Item) -> None:
        """A name may go while the file keeps its first one."""
        if run.stat(item.dst) is None:
            raise Refused(item.src, "original-gone", tr("its original is gone, so this link is kept"))
        if not _same_file(run, item):
            raise changed(item.src)


class Symlink(Action):
    """A symbolic link holding the absolute path of the photo."""

    name = "symlink"
    words = Words(
        label=tr_noop("Symbolic link"),
        explanation=tr_noop("A pointer to the original; breaks when the original is moved."),
        verb=tr_noop("Link"),
        doing=tr_noop("Linking"),
        done=tr_noop("linked"),
        noun=tr_noop("symbolic link"),
    )

    def creates_file(self, *, same_disk: bool) -> bool:
        """A link is a small file of its own."""
        return True

    def link_text(self, file: Path) -> str:
        """The path, absolute, as the person sees it."""
        return str(file)

    def place(self, run: RunContext, item: Item) -> None:
        """Link, which never replaces."""
        with _disk_without_links(item, tr("the disk takes no symbolic links, or none to this file")):
            run.disk.symlink(item.src, item.dst)
        item.state = State.PLACED

    def find(self, run: RunContext, item: Item) -> None:
        """Placed if the link says what we made it say."""
        if _text_of(run, item.dst) == self.link_text(item.src):
            item.state = State.PLACED

    def mark(self, run: RunContext, item: Item) -> Mark:
        """The link's own state and its text."""
        found = run.disk.lstat(item.dst)
        return Mark(found.st_ino, found.st_ctime_ns, found.st_mtime_ns, self.link_text(item.src))

    def check_undo(self, run: RunContext, item: Item) -> None:
        """A link may always go, as long as it is still ours."""
        if run.stat(item.src) is None:
            raise Refused(item.src, "missing", tr("it is not there any more"))
        if _text_of(run, item.src) != item.content:
            raise changed(item.src)


@contextlib.contextmanager
def _disk_without_links(item: Item, message: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_LINKS:
            raise Refused(item.src, "no-links", message) from error
        raise


def _same_file(run: RunContext, item: Item) -> bool:
    one, other = run.stat(item.src), run.stat(item.dst)
    return one is not None and other is not None and os.path.samestat(one, other)


def _text_of(run: RunContext, path: Path) -> str | None:
    try:
        return run.disk.read_link(path)
    except OSError:
        return None
