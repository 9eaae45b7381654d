"""One training at a time in a folder: two would write their checkpoints and figures over each other's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.engine.errors import UserError

from ..files import explained

LOCK = ".lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep others from training in ``folder``, which is made where it is missing; a crash lets go of it.

    Raises:
        UserError: ``run-in-use`` where another process has it, ``figures-not-written`` where it cannot be written.
    """
    lock = FileLock(folder / LOCK, timeout=0)
    with explained(folder, "figures-not-written"):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise UserError(
                "run-in-use",
                f"{folder} is being trained by another process.",
                "Wait until that has ended, or choose another folder with --run.",
            ) from None
    try:
        yield
    finally:
        lock.release()
