"""Tasks for child processes that behave, and that do not."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np


def double(numbers: np.ndarray, *, times: int, word: str) -> dict[str, Any]:
    print("a library's chatter")
    os.write(1, b"chatter of C")
    return {"numbers": numbers * times, "word": np.array(word), "pid": np.array(os.getpid())}


def threads(**_: Any) -> dict[str, Any]:
    return {"omp": np.array(os.environ["OMP_NUM_THREADS"]), "names": np.array([t.name for t in threading.enumerate()])}


def fail(**_: Any) -> dict[str, Any]:
    raise ValueError("not like this")


def starve(**_: Any) -> dict[str, Any]:
    raise MemoryError


def die(*, code: int) -> dict[str, Any]:
    os._exit(code)


def objects(**_: Any) -> dict[str, Any]:
    return {"pickle": np.array([object()])}


def wait(*, note: str, lock: bool) -> dict[str, Any]:
    """Say that the work has begun, and never end; with the interpreter's lock held, as a library may."""
    Path(note).write_text(str(os.getpid()))
    if lock and sys.platform != "win32":
        ctypes.PyDLL(None).sleep(1000)
    time.sleep(1000)
    return {}


def forever(**_: Any) -> dict[str, Any]:
    time.sleep(1000)
    return {}
