"""Files of a run that stand elsewhere now, because a person renamed or moved a group's folder, or a file in it.

A move within a disk keeps a file's inode number, and the journal knows that of every file it placed. Whether what is
found is still the file it was, is for whoever takes it back to check: numbers are given out again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from desktop_app.engine.organize.context import Item, RunContext
from desktop_app.engine.organize.disk.locate import existing
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import Record

_OURS = ".kindred-"


class Follower:
    """Looks for files of a run in its two folders, which are walked once, when the first is missed.

    Args:
        run: the undo under way; asked between folders whether to stop.
        record: the run.
        places: where its folders are.
    """

    def __init__(self, run: RunContext, record: Record, places: Places) -> None:
        self._run = run
        self._record = record
        self._places = places
        self._wanted = {mark.inode for mark in record.remaining().values()}
        self._found: dict[int, Path] | None = None
        self.folders: dict[Path, int] = {}
        """Folders that the run made, under the names they have now, with their inode numbers."""

    def follow(self, item: Item) -> None:
        """Let ``item`` be taken from where its file stands now, if that can be told."""
        assert item.mark is not None  # every file on its way back has one
        if self._found is None:
            self._found = dict(self._walk())
        place = self._found.get(item.mark.inode)
        # At its way's end already: an undo that was cut off had brought it there.
        if place is None or place == item.dst or not self._may_be(item, place):
            return
        # An undo that was cut off may have hidden it; beside that name it is looked for as ever.
        item.src = place.with_name(item.step.dst.name) if place.name.startswith(_OURS) else place
        inode = self._run.disk.lstat(place.parent).st_ino
        if inode in self._record.folders.values():
            self.folders[place.parent] = inode

    def _may_be(self, item: Item, place: Path) -> bool:
        """Whether a file with the right number can be the one: a sidecar gets the number of a photo thrown away."""
        assert item.mark is not None
        if place.name.startswith(_OURS) or place.suffix.casefold() == item.step.dst.suffix.casefold():
            return True
        found = self._run.disk.lstat(place)
        return (found.st_size, found.st_mtime_ns) == (item.size, item.mark.mtime_ns)

    def _walk(self) -> Iterator[tuple[int, Path]]:
        pending = [self._places.destination, self._places.root]
        device = existing(self._places.destination).stat().st_dev
        while pending:
            self._run.ctx.check()
            try:
                with os.scandir(pending.pop()) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            pending.append(Path(entry.path))
                        elif entry.inode() in self._wanted and _is_on(Path(entry.path), device):
                            yield entry.inode(), Path(entry.path)
            except OSError:
                continue  # what cannot be looked into cannot be taken from either


def _is_on(path: Path, device: int) -> bool:
    found = path.lstat()
    return found.st_dev == device and (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode))
