"""BLAS stays on one thread where it is told to, whichever libraries have come since."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

LATER = """
import os
import numpy
from threadpoolctl import threadpool_info
from desktop_app.engine.computing.parallel import one_blas_thread

def threads():
    return [library["num_threads"] for library in threadpool_info()]

before = threads()
with one_blas_thread():
    assert threads() == [1] * len(before)
assert threads() == before
import scipy.linalg
more = threads()
assert len(more) > len(before)
with one_blas_thread():
    with one_blas_thread():
        pass
    assert threads() == [1] * len(more)
assert threads() == more
"""


def test_libraries_that_are_loaded_later_are_limited_too() -> None:
    done = subprocess.run([sys.executable, "-c", LATER], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
