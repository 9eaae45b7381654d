"""Carry out an action on many files, in the order that survives an interruption at any instant.

For each batch: put on record what is about to happen -> prepare copies under temporary names -> write them to the disk
and verify them -> put them on record -> give them their final names, never over something -> write the folders to the
disk -> remove sources -> put on record what was done. A unit (a photo and its companions) gets through whole or is put
back whole.

What is done with one file is its action's business; which files, and what becomes of a run that stopped, its callers'.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions import copying
from desktop_app.engine.organize.actions.base import Operation, record_ready
from desktop_app.engine.organize.context import Item, RunContext, State
from desktop_app.engine.organize.disk.locate import inode_chain
from desktop_app.engine.organize.journal.record import NOT_KNOWN, NOT_OURS
from desktop_app.engine.organize.problems import STOPPING, Refused, describe
from desktop_app.engine.types import Problem

# Bigger batches cost fewer waits for the disk; smaller ones bound what a crash leaves to be settled.
_BATCH_FILES = 256
_BATCH_BYTES = 32 << 20

Unit = list[Item]

_log = logging.getLogger(__name__)


class Transfer:
    """Runs units through an action.

    Args:
        run: the tools.
        action: what to do.
        destination: the folder below which created folders are recorded.
        anchors: folders that stay on their disks as long as those are connected.
        mounts: mount points those disks are at.
        doing: what progress says.
        total: number of units, for progress.
    """

    def __init__(
        self,
        run: RunContext,
        action: Operation,
        destination: Path,
        anchors: Sequence[Path],
        mounts: Sequence[Path],
        doing: str,
        total: int,
    ) -> None:
        self._run = run
        self._action = action
        self._destination = destination
        self._anchors = {anchor: self._device(anchor) for anchor in anchors}
        self._mounts = mounts
        self._doing = doing
        self._total = total
        self._seen = 0
        self._folders: dict[Path, OSError | None] = {}
        self.made: dict[Path, int] = {}

    def run(self, units: Sequence[Unit]) -> None:
        """Carry out all units, as far as possible; what became of them is in the tally, a cancel as its outcome.

        Raises:
            UserError: the journal cannot be written; nothing more was touched.
        """
        try:
            for batch in _batches(units):
                if not self._connected():
                    self._stop("stopped")
                if self._stopped:
                    return
                self._batch(batch)
        except Cancelled:
            if not self._stopped:  # why it had stopped already is worth more to the person than that they wished it
                self._run.tally.outcome = "cancelled"
        if not self._stopped and self._seen >= self._total:
            with contextlib.suppress(Cancelled):  # too late to stop: all is done
                self._run.ctx.progress(self._total, self._total, self._doing)

    @property
    def _stopped(self) -> bool:
        return self._run.tally.outcome != "finished"

    def _batch(self, batch: list[Unit]) -> None:
        run, action = self._run, self._action
        missing = self._missing_folders(batch) if action.needs_folder else []
        names = [self._relative(folder) for folder in missing]
        # On the disk before the first touch: after a crash only files and folders that are named here can be ours, and
        # everything else is left alone.
        run.journal.add("begin", p=run.phase, n=[item.n for unit in batch for item in unit], folders=names)
        run.journal.sync()
        self._make_folders(missing)
        try:
            live = self._each(batch, self._stage, until_stopped=True)
            # All copies of a batch at once: alone, each would wait for a commit of the file system's own journal.
            copying.flush(run, (item for unit in live for item in unit))
            live = self._each(live, self._waiting(action.seal))
            # On the disk before any copy has its name: the next start must know our verified copy from a file that
            # somebody else put under that name, since beside ours the source may go.
            record_ready(run, [item for unit in live for item in unit if item.state is State.STAGED])
            live = self._each(live, self._waiting(action.place))
        except Cancelled:
            for unit in batch:
                self._put_back(unit)
            raise
        # From here on a cancel waits for the end of the batch: its files have their names, and what is left is short.
        try:
            # New names to the disk before a source goes: a power cut would take a name that is only in memory, and with
            # the source gone nothing would be left.
            gaining = {folder for unit in live for item in unit for folder in action.gaining(item)}
            self._sync(gaining, {folder for unit in live for item in unit for folder in action.losing(item)})
            # Asked last, right before sources go: a drive that was pulled leaves its mount point behind, and the copies
            # may have gone to the disk below, where the person will not look for them.
            if not self._connected():
                raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
            live = self._each(live, lambda item: action.clear(run, item))
            # The removals, too, before they count as done: nobody looks at a file again that is done, and a source that
            # came back after a power cut would stay beside its copy.
            self._sync(set(), {item.src.parent for unit in live for item in unit if item.ready is not None})
            # This line may wait for the next batch's to go to the disk: if it is lost, the disk itself tells.
            self._record_done([item for unit in live for item in unit if item.state is State.PLACED])
        except OSError as error:
            self._not_confirmed(live, error)

    def _stage(self, item: Item) -> None:
        if item.state is State.PLACED:
            return
        error = self._folders.get(item.dst.parent)
        if error is not None and self._action.needs_folder:
            raise error
        self._action.stage(self._run, item)

    def _waiting(self, step: Callable[[RunContext, Item], None]) -> Callable[[Item], None]:
        def unless_placed(item: Item) -> None:
            if item.state is not State.PLACED:
                step(self._run, item)

        return unless_placed

    def _each(self, units: list[Unit], step: Callable[[Item], None], *, until_stopped: bool = False) -> list[Unit]:
        """Take every item a step further; units of which one cannot go on are put back. Returns the others."""
        live = []
        for unit in units:
            if until_stopped:
                if self._stopped:
                    break
                self._run.ctx.progress(self._seen, self._total, self._doing)
                self._run.ctx.check()  # the listener itself may have asked to stop
                self._seen += 1
            item = unit[0]
            try:
                for item in unit:
                    step(item)
            except (OSError, Refused) as error:
                self._give_up(unit, item, error)
            else:
                live.append(unit)
        return live

    def _give_up(self, unit: Unit, culprit: Item, error: OSError | Refused) -> None:
        tally = self._run.tally
        problem = describe(error, culprit.src)
        on_purpose = isinstance(error, Refused) or problem.code == "name-taken"
        named = tally.skipped if on_purpose else tally.failed
        named.append(problem)
        _log.debug("left alone: %s: %s", problem.path, problem.message)
        kept = self._put_back(unit)
        # A file that could not be put back is where the plan wanted it, so that it counts as done and undo knows it.
        with_it = tr("it stays with the file it belongs to ({reason})", reason=problem.message)
        left = [item for item in unit if item not in kept]
        named += [Problem(item.src, "organize", "with-its-photo", with_it) for item in left if item is not culprit]
        try:
            self._record_done(kept)
        except OSError as unclear:
            self._not_confirmed([kept], unclear)
        if not self._connected():
            self._stop("unsettled")  # what was under way is still there, on a disk that is not
        elif problem.code in STOPPING:
            self._stop("stopped")

    def _put_back(self, unit: Unit) -> Unit:
        """Put a unit back as it was. Returns the files that stay at their destination for good."""
        kept = []
        for item in reversed(unit):
            try:
                self._action.withdraw(self._run, item)
            except Refused as refused:
                self._run.tally.skipped.append(describe(refused, item.src))
                kept.append(item)
            except (OSError, Cancelled):
                self._stop("unsettled")
            else:
                if item.state is State.PLACED:
                    kept.append(item)
        return kept

    def _record_done(self, items: list[Item]) -> None:
        if items:
            marks = [[item.n, *self._action.mark(self._run, item)] for item in items]
            self._run.journal.add("done", p=self._run.phase, files=marks)
            self._run.tally.done.update((item.n, item.step) for item in items)
            for item in items:
                _log.debug("done: %s -> %s", item.src, item.dst)

    def _not_confirmed(self, units: list[Unit], error: OSError) -> None:
        self._stop("unsettled")
        for unit in units:
            for item in unit:
                message = tr("{reason}; the next start looks again", reason=describe(error, item.src).message)
                self._run.tally.failed.append(Problem(item.src, "organize", "not-confirmed", message))

    def _stop(self, outcome: Literal["stopped", "unsettled"]) -> None:
        if self._run.tally.outcome != "unsettled":
            self._run.tally.outcome = outcome

    def _connected(self) -> bool:
        """Whether the anchors are still on the disks they were on: a mount point outlives its disk."""
        if not all(mount.is_mount() for mount in self._mounts):
            return False
        return all(device is None or self._device(anchor) == device for anchor, device in self._anchors.items())

    def _device(self, folder: Path) -> int | None:
        try:
            return self._run.disk.lstat(folder).st_dev
        except OSError:
            return None

    def _sync(self, gaining: set[Path], losing: set[Path]) -> None:
        for folder in sorted(gaining | losing):
            try:
                self._run.disk.sync_folder(folder)
            except (FileNotFoundError, NotADirectoryError):
                # A folder that somebody removed once it was empty has no name left to lose, and waiting for it would
                # never end. One that should hold a photo by now must be there; and one that went with its disk took
                # along whatever was not on it yet.
                if folder in gaining or not self._connected():
                    raise

    def _missing_folders(self, batch: list[Unit]) -> list[Path]:
        """Folders to create for this batch, outermost first."""
        missing: list[Path] = []
        for folder in sorted({item.dst.parent for unit in batch for item in unit}):
            if folder in self._folders:
                continue
            self._folders[folder] = None
            new = []
            while folder not in missing and not self._exists(folder):
                new.append(folder)
                folder = folder.parent
            missing += reversed(new)
        return missing

    def _exists(self, folder: Path) -> bool:
        try:
            return self._run.stat(folder) is not None
        except OSError:
            return folder.parent == folder  # making it will tell why

    def _make_folders(self, folders: list[Path]) -> None:
        made = {}
        # Not on the disk below the mount point of one that was pulled: nobody would find them, and they would be in the
        # way when the drive comes back.
        gone = None if self._connected() else OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        for folder in folders:
            error = gone or self._folders.get(folder.parent)
            if error is None:
                made[folder], error = self._make_folder(folder)
            self._folders[folder] = error
        self.made |= made
        if made and self._run.phase == "do":
            names = [[self._relative(folder), inode] for folder, inode in made.items()]
            self._run.journal.add("made", folders=names, chain=inode_chain(self._destination))

    def _make_folder(self, folder: Path) -> tuple[int, OSError | None]:
        """Returns the new folder's inode, `record.NOT_OURS` when we did not make it, and why it is not there."""
        try:
            self._run.disk.make_folder(folder)
        except OSError as error:
            return NOT_OURS, None if self._is_folder(folder) else error
        try:
            # A file is only as certain as every folder on the way to it.
            self._run.disk.sync_folder(folder.parent)
            return self._run.disk.lstat(folder).st_ino, None
        except OSError as error:
            return NOT_KNOWN, error

    def _is_folder(self, folder: Path) -> bool:
        try:
            return stat.S_ISDIR(self._run.disk.lstat(folder).st_mode)
        except OSError:
            return False

    def _relative(self, folder: Path) -> str:
        inside = folder.is_relative_to(self._destination)
        return str(folder.relative_to(self._destination) if inside else folder)


def _batches(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    files = size = 0
    for unit in units:
        batch.append(unit)
        files += len(unit)
        size += sum(item.size for item in unit)
        if files >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, files, size = [], 0, 0
    if batch:
        yield batch
