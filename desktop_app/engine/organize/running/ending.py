"""The end of a run, an undo or a recovery: folders that were left empty go, and the journal gets its last line."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from desktop_app.engine.organize.context import RunContext
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.record import NOT_KNOWN


def finish(
    run: RunContext, folders: Mapping[Path, int], *, files: int, photos: int, kept: int = 0, gone: int = 0
) -> None:
    """Remove what was left empty and put the end on record.

    Where something is left for the next start to settle, the folders are left to it as well.

    Args:
        run: the tools.
        folders: folders the run created, with their inodes.
        files: number of files the run has done, before and now.
        photos: number of photos among them.
        kept: number of files that an undo did not take back.
        gone: number of those that are nowhere any more.
    """
    if run.tally.outcome != "unsettled":
        if folders:
            # On the disk before a folder goes: a start that finds folders gone, and no word that their files were seen
            # to, would have to take the folders for lost and wait for them for ever.
            run.journal.add("clean", p=run.phase)
            run.journal.sync()
            _remove_empty(run.disk, folders)
        counts = {"files": files, "photos": photos, "kept": kept, "gone": gone}
        run.journal.add("end", p=run.phase, outcome=run.tally.outcome, **counts)
    run.journal.sync()


def _remove_empty(disk: Disk, folders: Mapping[Path, int]) -> None:
    """Remove folders the run created, innermost first, where they are still ours and empty."""
    for folder, inode in sorted(folders.items(), reverse=True):
        with contextlib.suppress(OSError):
            if inode in (NOT_KNOWN, disk.lstat(folder).st_ino):
                disk.remove_folder(folder)
