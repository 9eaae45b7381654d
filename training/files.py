"""Files that a crash or a full disk cannot leave half written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop_app.engine.errors import UserError


@contextmanager
def explained(path: Path, code: str) -> Iterator[None]:
    """Turn what the system says about a failed write of ``path`` into a `UserError` called ``code``."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # torch reports a short write as RuntimeError
        raise UserError(code, f"{path} could not be written: {error}.", "Is the disk full?") from error


def replace_file(path: Path, write: Callable[[BinaryIO], object], code: str) -> None:
    """Write a file atomically: a temporary one beside it, flushed to disk, renamed.

    Args:
        path: of the file; folders above it are made.
        write: given the open temporary file.
        code: of the error.

    Raises:
        UserError: ``code``; what was at ``path`` before is still there.
    """
    unfinished = path.with_name(path.name + ".part")
    with explained(path, code):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
