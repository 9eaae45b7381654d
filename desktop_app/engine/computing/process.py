"""How the program starts itself once more, as a process that talks through its standard input and output."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO


def own_command(flag: str, statements: str) -> list[str]:
    """The command line that starts such a process.

    Args:
        flag: what a frozen program is told to be it, as its first argument; see `cli.entry`.
        statements: what Python carries out where the program is not frozen; further arguments are ``sys.argv[1:]``.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    # Neither the working folder nor PYTHON* variables decide which modules the process finds.
    start = f"import sys; sys.path.insert(0, sys.argv.pop(1)); {statements}"
    return [sys.executable, "-P", "-c", start, str(Path(__file__).resolve().parents[3])]


def own_streams() -> tuple[BinaryIO, BinaryIO]:
    """In such a process: standard input and output, for its messages alone; what libraries print goes nowhere."""
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    return requests, replies
