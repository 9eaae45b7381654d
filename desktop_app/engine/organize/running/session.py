"""What running, undoing and recovering have in common: items for steps, the end of a run, folders to clean up."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.organize.actions.base import Action
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.record import NOT_KNOWN, Mark, Phase, Places, Record
from desktop_app.engine.organize.reports import Step
from desktop_app.engine.organize.running.transfer import Transfer, Unit
from desktop_app.engine.organize.work import Item, State, Work


def forward(n: int, step: Step, token: str) -> Item:
    """A step on its way to the destination."""
    temp = step.dst.with_name(f".kindred-{token}-{n}.part")
    return Item(n, step, step.src, step.dst, step.size, step.mtime_ns, step.content_hash, temp)


def backward(n: int, step: Step, mark: Mark, record: Record) -> Item:
    """A step that was done, on its way back."""
    temp = step.src.with_name(f".kindred-{record.token}-{n}u.part")
    item = Item(n, step, step.dst, step.src, step.size, mark.mtime_ns, mark.content, temp)
    item.mark, item.original = mark, record.do.ready.get(n)
    return item


def today(step: Step, places: Places) -> Step:
    """A step of the record with the paths of today."""
    src, dst = places.source(step.src), places.target(step.dst)
    return Step(step.photo_id, src, dst, step.size, step.mtime_ns, step.content_hash)


def run(work: Work, transfer: Transfer, units: Sequence[Unit]) -> None:
    """Carry out units; a cancel becomes the outcome."""
    try:
        transfer.run(units)
    except Cancelled:
        if work.tally.outcome == "finished":
            work.tally.outcome = "cancelled"


def close(work: Work, folders: Mapping[Path, int], *, files: int, photos: int, kept: int = 0) -> None:
    """Remove what was left empty and put the end on record.

    Where something is left for the next start to settle, the folders are left to it as well.

    Args:
        work: the tools.
        folders: folders the run created, with their inodes.
        files: number of files the run has done, before and now.
        photos: number of photos among them.
        kept: number of files that an undo left where the run had put them.
    """
    if work.tally.outcome != "unsettled":
        if folders:
            # On the disk before a folder goes: a start that finds folders gone, and no word that their files were seen
            # to, would have to take the folders for lost and wait for them for ever.
            work.journal.add("clean", p=work.phase)
            work.journal.sync()
            _remove_empty(work.disk, folders)
        counts = {"files": files, "photos": photos, "kept": kept, "failed": len(work.tally.failed)}
        work.journal.add("end", p=work.phase, outcome=work.tally.outcome, **counts)
    work.journal.sync()


def _remove_empty(disk: Disk, folders: Mapping[Path, int]) -> None:
    """Remove folders the run created, innermost first, where they are still ours and empty."""
    for folder, inode in sorted(folders.items(), reverse=True):
        with contextlib.suppress(OSError):
            if inode in (NOT_KNOWN, disk.lstat(folder).st_ino):
                disk.remove_folder(folder)


def settle(work: Work, action: Action, unit: Unit, phase: Phase) -> None:
    """Find out from the disk how far a unit came before a crash, and remove what is half done.

    Raises:
        OSError: the disk does not tell now.
    """
    for item in unit:
        if item.n not in phase.begun:
            continue
        item.ready = phase.ready.get(item.n)
        if item.n in phase.reserved:
            _remove_placeholder(work, item)
        action.tidy(work, item)
        action.find(work, item)
        if item.state is State.WAITING:
            item.ready = None


def _remove_placeholder(work: Work, item: Item) -> None:
    """An empty file under the final name is ours while what should have replaced it still waits."""
    found = work.stat(item.dst)
    waiting = item.temp if item.ready is not None else item.src
    if found is not None and found.st_size == 0 and work.stat(waiting) is not None:
        work.disk.unlink(item.dst)
