"""Sidecars swapped some at a time: read, on record, written beside, made certain of, in place, on record, cleared."""

from __future__ import annotations

import base64
import contextlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.keywords.swap import Swap, clear, digest, place, settle
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.actions.registry import KEYWORDS, words
from desktop_app.engine.organize.context import RunContext
from desktop_app.engine.organize.problems import STOPPING, Refused, describe

NOT_WHOLE = "begun"
"""In the record, in place of the hash of a new file that is still being written."""
_BATCH_FILES = 32
_BATCH_BYTES = 32 << 20
_CANNOT_KEEP = tr_noop("Owner, permissions or extended attributes could not be kept")


class Writer:
    """Swaps sidecars, some at a time, each of these batches on record before and after.

    Args:
        run: the tools.
        root: the folder of the photos; steps are recorded relative to it.
        total: number of sidecars, for progress.
    """

    def __init__(self, run: RunContext, root: Path, total: int) -> None:
        self._run = run
        self._root = root
        self._total = total
        self._stopped = False

    def write(self, todo: Iterable[Swap], prepare: Callable[[Swap], None]) -> None:
        """Take all of them on, until the person stops or the disk does."""
        run = self._run
        text = tr(words(KEYWORDS).doing) if run.phase == "do" else tr("Taking back")
        try:
            for done, batch in _batches(todo):
                run.ctx.progress(done, self._total, text)
                self._batch([swap for swap in batch if self._named(swap, prepare)])
                if run.tally.outcome != "finished" or self._stopped:
                    break
        except Cancelled:
            # Only between batches, or while one was read: nothing is half done.
            run.tally.outcome = "cancelled"
        if self._stopped and run.tally.outcome == "finished":
            run.tally.outcome = "stopped"

    def _named(self, swap: Swap, work: Callable[[Swap], None]) -> bool:
        """Do something with one sidecar; where it fails, name it. Whether it went well."""
        self._run.ctx.check()
        return self._tried(swap, work)

    def _tried(self, swap: Swap, work: Callable[[Swap], None]) -> bool:
        tally = self._run.tally
        try:
            work(swap)
        except Refused as error:
            tally.skipped.append(describe(error, swap.path))
            return False
        except OSError as error:
            problem = describe(error, swap.path)
            self._stopped = self._stopped or problem.code in STOPPING
            tally.failed.append(problem)
            return False
        return True

    def _batch(self, swaps: list[Swap]) -> None:
        if not swaps:
            return
        run = self._run
        if run.phase == "do":
            for swap in swaps:
                self._record(swap)
        run.journal.add("begin", p=run.phase, n=[swap.n for swap in swaps], folders=[])
        # Of an undo that is gone on with, an earlier try may have been ready: what begins now is not yet.
        run.journal.add("ready", p=run.phase, files=[[swap.n, NOT_WHOLE, 0, 0, {}] for swap in swaps])
        run.journal.sync()
        staged = self._staged(swaps)
        run.journal.add("ready", p=run.phase, files=[[swap.n, swap.after, 0, 0, {}] for swap in staged])
        # Before the first of them gets its name: only with this can the next start tell old, new and foreign apart.
        run.journal.sync()
        placed = [swap for swap in staged if self._placed(swap)]
        try:
            for folder in sorted({swap.path.parent for swap in placed}):
                run.disk.sync_folder(folder)
        except OSError:
            run.tally.outcome = "unsettled"
            return
        run.journal.add("done", p=run.phase, files=[[swap.n, 0, 0, 0, swap.after] for swap in placed])
        # On record before the old file goes: until then either could still be needed.
        run.journal.sync()
        for swap in placed:
            run.tally.done[swap.n] = swap.step
            self._cleared(swap)

    def _record(self, swap: Swap) -> None:
        step = swap.step
        path = str(step.dst.relative_to(self._root) if step.dst.is_relative_to(self._root) else step.dst)
        old = None if swap.old is None else base64.b85encode(zlib.compress(swap.old)).decode("ascii")
        file = [step.size, step.mtime_ns, step.content_hash]
        self._run.journal.add("step", n=swap.n, photo=step.photo_id, src=path, dst=path, file=file, old=old)

    def _staged(self, swaps: list[Swap]) -> list[Swap]:
        """Those whose new file is on the disk for certain, and reads back as it was written."""
        run, written = self._run, []
        for swap in swaps:
            if self._stopped:
                break
            if swap.content is None or self._tried(swap, self._stage):
                written.append(swap)
            else:
                self._cleared(swap, ready=False)
        opened = [(swap, swap.fd) for swap in written if swap.fd is not None]
        errors = run.disk.fsync_all([fd for _, fd in opened]) if opened else []
        late = {swap.n: error for (swap, _), error in zip(opened, errors, strict=True)}

        def seal(swap: Swap) -> None:
            self._close(swap)
            if (error := late.get(swap.n)) is not None:
                raise error
            if swap.content is not None and digest(run, swap.temp) != swap.after:
                raise Refused(
                    swap.path, "bad-copy", tr("what was written did not read back the same; the disk may fail")
                )
            swap.content = swap.old = None

        sealed = []
        for swap in written:
            if self._tried(swap, seal):
                sealed.append(swap)
            else:
                self._cleared(swap, ready=False)
        return sealed

    def _stage(self, swap: Swap) -> None:
        """Write the new file under its temporary name; it stays open until it is on the disk."""
        disk, like = self._run.disk, swap.like
        assert swap.content is not None
        assert like is not None
        swap.fd = disk.create(swap.temp)
        disk.write(swap.fd, swap.content)
        if swap.mtime_ns is not None:
            disk.set_times(swap.temp, swap.mtime_ns, swap.mtime_ns)
        try:
            if swap.before:
                for name, value in disk.attributes(swap.path).items():
                    disk.set_attribute(swap.temp, name, value)
            made = disk.lstat(swap.temp)
            if (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
                disk.set_owner(swap.temp, like.st_uid, like.st_gid)
            # Of a sidecar its own; of a new one those of the photo, which may be protected where a sidecar is not.
            disk.set_mode(swap.temp, like.st_mode & 0o7777 if swap.before else (like.st_mode & 0o666) | 0o600)
        except OSError:
            self._run.tally.note(_CANNOT_KEEP)

    def _close(self, swap: Swap) -> None:
        fd, swap.fd = swap.fd, None
        if fd is not None:
            self._run.disk.close(fd)

    def _placed(self, swap: Swap) -> bool:
        run, failed, stopped = self._run, len(self._run.tally.failed), self._stopped
        if self._tried(swap, lambda one: place(run, one)):
            return True
        try:
            there = settle(run, swap, ready=True, reserved=swap.reserved)
        except OSError:
            run.tally.outcome = "unsettled"
            return False
        if len(run.tally.failed) == failed or not there:
            return False
        # The disk did it, and said that it had not.
        run.tally.failed.pop()
        self._stopped = stopped
        return True

    def _cleared(self, swap: Swap, *, ready: bool = True) -> None:
        try:
            self._close_quietly(swap)
            if ready:
                clear(self._run, swap)
            else:
                settle(self._run, swap, ready=False, reserved=False)
        except OSError:
            self._run.tally.outcome = "unsettled"

    def _close_quietly(self, swap: Swap) -> None:
        with contextlib.suppress(OSError):
            self._close(swap)


def _batches(todo: Iterable[Swap]) -> Iterator[tuple[int, list[Swap]]]:
    """Some at a time, with the number of those before: few enough to be held in memory."""
    batch: list[Swap] = []
    size = done = 0
    for swap in todo:
        batch.append(swap)
        size += swap.step.size
        if len(batch) == _BATCH_FILES or size >= _BATCH_BYTES:
            yield done, batch
            done, batch, size = done + len(batch), [], 0
    if batch:
        yield done, batch
