"""Copy a file so that a half copy can never be taken for a whole one.

The copy grows under a temporary name beside its destination, is written to the disk for certain, read back and compared
by hash, and only then can it be given its name.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from desktop_app.engine.files import content_hasher
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.context import Item, RunContext, State, changed, same_time
from desktop_app.engine.organize.journal.record import Ready
from desktop_app.engine.organize.problems import Refused

# A cancel must not wait for gigabytes to reach a slow disk: big files are written through piece by piece.
_WRITE_THROUGH = 8 << 20
_FLUSH_TOGETHER = 32

_CANNOT_KEEP = {
    errno.EPERM,
    errno.EACCES,
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.E2BIG,
    errno.ERANGE,
    errno.ENOSPC,  # ext4 says so of an attribute that does not fit beside the others
}


def stage(run: RunContext, item: Item) -> None:
    """Copy ``item.src`` to its temporary name, bytes and metadata; the copy stays open until `seal`.

    Raises:
        Refused: the source is not what is expected.
        OSError, Cancelled: the temporary file is left for `discard`.
    """
    disk = run.disk
    fd = disk.open_read(item.src)
    try:
        # Of the open file, not of its name: another file may have got the name since it was looked at.
        before = disk.fstat(fd)
        item.fd = disk.create(item.temp)
        item.state = State.STAGED
        hasher = content_hasher()
        size = unsynced = 0
        for chunk in run.chunks(fd):
            hasher.update(chunk)
            disk.write(item.fd, chunk)
            size += len(chunk)
            unsynced += len(chunk)
            if unsynced >= _WRITE_THROUGH:
                disk.fsync(item.fd)
                unsynced = 0
        after = disk.fstat(fd)
    finally:
        disk.close(fd)
    # A photo that was saved while it was read may be half of the old and half of the new one; none of it is kept.
    content = hasher.hexdigest()
    if not before.st_size == after.st_size == size == item.size or before.st_mtime_ns != after.st_mtime_ns:
        raise changed(item.src)
    if before.st_ino != item.inode or (item.content and item.content != content):
        raise changed(item.src)
    # On its way back from a disk that keeps less, a file gets what the journal remembers of it.
    original = item.original
    mode = original.mode if original else before.st_mode & 0o7777
    if original:
        attributes = {name: bytes.fromhex(value) for name, value in original.attributes.items()}
    else:
        attributes = _attributes(run, item.src)
    inode = disk.fstat(item.fd).st_ino
    # The hash of what was read, not of what was written: `seal` holds the disk's answer against it.
    item.ready = Ready(content, inode, mode, {name: value.hex() for name, value in attributes.items()})
    _give_metadata(run, item, before, attributes)


def flush(run: RunContext, items: Iterable[Item]) -> None:
    """Write open copies to the disk and close them; what failed is raised by `seal`."""
    # Kept for `seal` instead of raised here: one file's failure must not keep the others of its batch from the disk.
    written = [item for item in items if item.fd is not None]
    for start in range(0, len(written), _FLUSH_TOGETHER):
        run.ctx.check()
        part = written[start : start + _FLUSH_TOGETHER]
        fds = [item.fd for item in part if item.fd is not None]
        for item, fd, error in zip(part, fds, run.disk.fsync_all(fds), strict=True):
            item.flush_error, item.fd = error, None
            try:
                run.disk.close(fd)
            except OSError as late:  # some network disks report a failed write only here
                item.flush_error = item.flush_error or late


def seal(run: RunContext, item: Item, *, from_disk: bool) -> None:
    """Make certain the copy is on the disk: read it back and compare; ``from_disk`` past the system's memory of it.

    Raises:
        Refused: what the disk gives back is not what was written.
    """
    assert item.ready is not None
    # Written before it is read: of what waits in memory only, the memory itself would answer, and call it whole.
    flush(run, [item])
    if item.flush_error is not None:
        raise item.flush_error
    if run.digest(item.temp, from_disk=from_disk) != item.ready.content:
        raise Refused(item.src, "bad-copy", tr("its copy did not read back as it was written; the disk may be failing"))


def discard(run: RunContext, item: Item) -> None:
    """Remove a copy that never got its name."""
    if item.fd is not None:
        fd, item.fd = item.fd, None
        run.disk.close(fd)
    if run.stat(item.temp) is not None:
        run.disk.unlink(item.temp)
    item.state, item.ready = State.WAITING, None


def _attributes(run: RunContext, path: Path) -> dict[str, bytes]:
    try:
        return run.disk.attributes(path)
    except OSError as error:
        _expected(error)
        run.tally.note(tr_noop("Extended attributes could not be read"))
        return {}


def _give_metadata(run: RunContext, item: Item, source: os.stat_result, attributes: dict[str, bytes]) -> None:
    """Owner, permissions, extended attributes and times, as far as the disk keeps them; what it does not is noted."""
    assert item.ready is not None
    disk, temp = run.disk, item.temp
    # Attributes before permissions: a file that is read-only already takes no more of them.
    for name, value in attributes.items():
        try:
            disk.set_attribute(temp, name, value)
        except OSError as error:
            _expected(error)
            if name.startswith("user."):  # the others belong to the system, which sets its own
                run.tally.note(tr_noop("Extended attributes could not be kept"))
    # The owner before permissions, too: changing it clears some of them. All of this before `flush`, so that it reaches
    # the disk together with the bytes.
    made = disk.lstat(temp)
    if (made.st_uid, made.st_gid) != (source.st_uid, source.st_gid):
        try:
            disk.set_owner(temp, source.st_uid, source.st_gid)
        except OSError as error:
            _expected(error)
            run.tally.note(tr_noop("The owner could not be kept"))
    try:
        disk.set_mode(temp, item.ready.mode)
    except OSError as error:
        _expected(error)
        run.tally.note(tr_noop("Permissions could not be kept"))
    disk.set_times(temp, source.st_atime_ns, item.step.mtime_ns)
    if not same_time(disk.lstat(temp).st_mtime_ns, item.step.mtime_ns):
        run.tally.note(tr_noop("The modification time could not be kept"))


def _expected(error: OSError) -> None:
    """Let pass what a disk says that cannot keep such metadata; raise what a failing disk says."""
    if error.errno not in _CANNOT_KEEP:
        raise error
