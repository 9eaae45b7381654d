"""A disk that refuses one thing for good, and does everything else."""

from __future__ import annotations

import os
from pathlib import Path

from desktop_app.engine.organize.disk.disk import Disk


class Stubborn(Disk):
    """A disk on which one call on one file fails.

    Args:
        call: the method.
        error: its errno.
        name: of the file, first or second argument.
        times: how often it fails.
    """

    def __init__(self, call: str, error: int, name: str, times: int = 1_000) -> None:
        real = getattr(Disk, call)

        def method(*args: Path) -> object:
            nonlocal times
            if times and any(isinstance(arg, Path) and arg.name == name for arg in args):
                times -= 1
                raise OSError(error, os.strerror(error), name)
            return real(self, *args)

        setattr(self, call, method)
