"""Photos of which only the beginning was read: the camera's preview in it will do for a first grouping."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import PhotoFile

PASSING_HASH = "~"
"""Stands before the hash of a photo of which only the beginning was read."""
FEWEST = 200
"""New files from which on a first look is worth while: fewer are read in full within seconds."""
_SAMPLE, _FIRST = 96, 24
_SHARE = 2 / 3


def pays(files: Sequence[PhotoFile], check: Callable[[], object]) -> bool:
    """Whether to look at the previews in these files before any is read in full.

    It makes sense where at least two thirds of a sample, spread over all of them, can be grouped by their preview: then
    groups are there in about half of the time. Where none of the first two dozen can, no other is looked at; so a
    folder without previews loses a few hundredths of a second.

    Args:
        files: that are not known.
        check: called before each one is opened; what it raises ends it.
    """
    from desktop_app.engine.pictures.preview import glimpse

    if len(files) < FEWEST:
        return False
    rows = np.linspace(0, len(files) - 1, _SAMPLE).astype(np.int64)
    # Not in the order of the folder, whose beginning may be of one camera.
    rows = np.random.default_rng(0).permutation(rows)
    seen = 0
    for looked_at, row in enumerate(rows.tolist()):
        if looked_at == _FIRST and not seen:
            return False
        check()
        file = files[row]
        seen += file.format == "jpeg" and glimpse(file.path) is not None
    return seen >= _SHARE * _SAMPLE


def glanced(photos: PhotoList) -> npt.NDArray[np.bool_]:
    """Which photos were seen in their preview only, bool[N]."""
    hashes = photos.hashes
    # A hash is never empty.
    first: npt.NDArray[np.bool_] = np.frombuffer(hashes.data, np.uint8)[hashes.starts[:-1]] == ord(PASSING_HASH)
    return first
