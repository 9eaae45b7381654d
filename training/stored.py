"""Arrays on disk that can be computed again: they are where they are missing, and where the file is damaged."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from .files import replace_file

Array = npt.NDArray[Any]
CODE = "cache-not-written"
_DAMAGED = (OSError, ValueError, EOFError, zipfile.BadZipFile)


def stored_array(path: Path, compute: Callable[[], Array]) -> Array:
    """The array in the ``.npy`` file ``path``, computed and written at first.

    Raises:
        UserError: ``cache-not-written``.
    """
    found = loaded(path)
    if found is None:
        found = compute()
        replace_file(path, lambda out: np.save(out, found), CODE)
    return found


def mapped_array(path: Path, write: Callable[[IO[bytes]], object]) -> Array:
    """The array in the ``.npy`` file ``path``, mapped from disk, written by ``write`` at first.

    Raises:
        UserError: ``cache-not-written``.
    """
    found = loaded(path, mapped=True)
    if found is None:
        replace_file(path, write, CODE)
        found = np.load(path, mmap_mode="r")
    return found


def stored_arrays(path: Path, compute: Callable[[], Mapping[str, Array]]) -> dict[str, Array]:
    """The named arrays in the ``.npz`` file ``path``, computed and written at first.

    Raises:
        UserError: ``cache-not-written``.
    """
    if path.exists():
        try:
            # Opened here: of a damaged file, NumPy leaves that to chance when it is closed.
            with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
                return dict(stored)
        except _DAMAGED:
            pass
    found = dict(compute())
    replace_file(path, lambda out: np.savez(out, allow_pickle=False, **found), CODE)
    return found


def loaded(path: Path, *, mapped: bool = False) -> Array | None:
    """The array in a ``.npy`` file, or None where there is no whole one."""
    if not path.exists():
        return None
    try:
        found: Array = np.load(path, mmap_mode="r" if mapped else None)
    except _DAMAGED:
        return None
    return found
