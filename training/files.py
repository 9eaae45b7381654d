"""Writing the laboratory's files, with what went wrong as errors that a person can act on."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop_app.engine.errors import UserError
from desktop_app.engine.files import whole_file

_FULL = (None, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


@contextmanager
def explained(path: Path, code: str) -> Iterator[None]:
    """Turn what the system says about a failed write of ``path`` into a `UserError` called ``code``."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # torch reports a short write as RuntimeError
        raise not_written(path, code, error) from error


def not_written(path: Path, code: str, error: Exception) -> UserError:
    """The error of a write of ``path`` that failed."""
    number = error.errno if isinstance(error, OSError) else None
    advice = "Is the disk full?" if number in _FULL else "Choose a folder that can be written."
    return UserError(code, f"{path} could not be written: {error}.", advice)


def replace_file(path: Path, write: Callable[[IO[bytes]], object], code: str) -> None:
    """Write a file whole or not at all (`engine.files.whole_file`).

    Args:
        path: of the file; folders above it are made.
        write: given the open temporary file.
        code: of the error.

    Raises:
        UserError: ``code``; what was at ``path`` before is still there.
    """
    with explained(path, code):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as out:
            write(out)
