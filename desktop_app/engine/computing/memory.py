"""Memory that was needed for a while, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return what the program has freed; after a scan of 100,000 files the C library of Linux would keep 100 MB of it.

    Other systems, and other C libraries, do so by themselves.
    """
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
