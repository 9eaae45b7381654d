"""Our own files: written whole or not at all, and read without waiting for a pipe; the hash photos are known by."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop_app.engine.language import tr


@contextmanager
def regular_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, and nothing else of that name: a pipe would be waited for, a device may have no end.

    Raises:
        OSError: it is a folder, pipe, socket or device, or the system does not give it.
    """
    check_regular(path.stat())
    # What has taken its place since cannot hold us up either.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        yield file


def check_regular(status: os.stat_result) -> None:
    """Refuse what is not read like a file.

    Raises:
        OSError: it is a folder, pipe, socket or device.
    """
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, tr("it is a folder, not a file"))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, tr("it is a pipe, socket or device, not a file"))


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file that takes the place of ``path`` only when the block ends well.

    Until then, and after any failure, what was at ``path`` before is still there, whole. The folder must exist.

    Raises:
        OSError: it could not be written; nothing changed.
    """
    # Beside its place, since a rename is one step only within a file system; the system gives a name nobody else has.
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name[:40]}-", suffix=".part")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            # Before the rename: some file systems put a name on the disk before the bytes, and a power cut in between
            # would leave an empty file where a good one was.
            os.fsync(file.fileno())
        unfinished.chmod(0o666 & ~_umask())  # mkstemp's 0600 would shut others out of a shared folder
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def is_folder(path: Path) -> bool:
    """Whether there is a folder that this user can find; `Path.is_dir` raises where one may not look."""
    return os.path.isdir(path)  # noqa: PTH112


def content_hasher() -> hashlib.blake2b:
    """A fresh BLAKE2b-160, the hash by which photos are known in the cache and in journals."""
    return hashlib.blake2b(digest_size=20)


def content_hash(data: bytes) -> str:
    """BLAKE2b-160 of the bytes of a file, 40 hex digits."""
    hasher = content_hasher()
    hasher.update(data)
    return hasher.hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
