"""Writing a file of our own so that a crash or a full disk never leaves half of it; the hash photos are known by."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


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
