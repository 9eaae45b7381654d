"""Write down what a run is about to do, before it does it: one file a run, only ever appended to.

`record` reads it back, for undo and recovery; both compare what they are told with the disk before acting on it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app.engine.errors import UserError
from desktop_app.engine.language import tr
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.journal.lines import encode, file_name, next_number, run_id
from desktop_app.engine.wording import display_path


@contextlib.contextmanager
def locked(journal_dir: Path) -> Iterator[None]:
    """Hold the right to touch files; the system gives it back when the program dies.

    Raises:
        UserError: ``another-run`` while another program (or another job of this one) holds it,
            ``journal-unwritable`` when the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        journal_dir.mkdir(parents=True, exist_ok=True)
        # The system's lock on an open file, not the file's existence: that would outlive a program that was killed.
        lock = FileLock(journal_dir / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise UserError(
            "another-run",
            tr("Kindred is at work on files already, in this window or another."),
            tr("Wait until it is done."),
        ) from None
    except OSError as error:
        raise _unwritable(journal_dir, error) from error
    try:
        yield
    finally:
        lock.release()


class Journal:
    """One run's file, open for appending. Lines wait in memory until `sync` puts them on the disk for certain.

    Args:
        disk: the file system.
        path: the file.
        fd: the file, open.
    """

    def __init__(self, disk: Disk, path: Path, fd: int) -> None:
        self._disk = disk
        self._fd = fd
        self._pending: list[bytes] = []
        self.path = path

    @classmethod
    def create(cls, journal_dir: Path, disk: Disk = DISK) -> Journal:
        """Start the file of a new run, numbered after all others; the caller holds the lock."""
        path = journal_dir / file_name(next_number(journal_dir))
        try:
            journal = cls(disk, path, disk.create(path))
            # Its name as well: lines that are on the disk under a name that is not are no record after a power cut.
            disk.sync_folder(journal_dir)
        except OSError as error:
            raise _unwritable(journal_dir, error) from error
        return journal

    @classmethod
    def reopen(cls, path: Path, disk: Disk = DISK) -> Journal:
        """Continue an existing file; a torn last line is cut off first."""
        try:
            fd = disk.open_append(path)
            # A new line behind half of one would be damaged with it.
            whole = path.read_bytes().rfind(b"\n") + 1
            if whole != disk.fstat(fd).st_size:
                disk.truncate(fd, whole)
        except OSError as error:
            raise _unwritable(path.parent, error) from error
        return cls(disk, path, fd)

    @property
    def run_id(self) -> str:
        """The run's number, as in the file's name."""
        return run_id(self.path)

    def add(self, event: str, **fields: Any) -> None:
        """Append an event; it may be lost until the next `sync`."""
        # In memory, so that the disk is waited for once a batch and not once a line.
        self._pending.append(encode({"e": event, **fields}))

    def sync(self) -> None:
        """Write what is waiting and wait until it is on the disk.

        Raises:
            UserError: ``journal-unwritable``; the run must stop at once, and the next start settles it.
        """
        data, self._pending = b"".join(self._pending), []
        try:
            self._disk.write(self._fd, data)
            # Waited for: what comes next may be a file's only copy going, and it must not overtake its record.
            self._disk.fsync(self._fd)
        except OSError as error:
            raise _unwritable(self.path.parent, error) from error

    def close(self) -> None:
        """Close the file; lines not synced are dropped."""
        with contextlib.suppress(OSError):
            self._disk.close(self._fd)


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(
        "journal-unwritable",
        tr(
            "The record of what is done cannot be written to {folder}: {reason}.",
            folder=display_path(folder),
            reason=error.strerror or error,
        ),
        tr("No file is touched without it. Free some space or allow writing there, then try again."),
    )
