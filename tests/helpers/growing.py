"""Folders of any number of photos to plan for, and how a cost grows with their number; for benchmarks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop_app.engine.types import Group, Photo
from tests.helpers.sample_library import photo_of

SITUATIONS: dict[str, Callable[[int], tuple[str, tuple[str, ...]]]] = {
    "names of their own": lambda number: (f"IMG_{number:07}.jpg", ()),
    "one name": lambda number: ("IMG_0001.jpg", ()),
    "one name in many spellings": lambda number: (_spelled("img_abcdefghijklm.jpg", number), ()),
    "with a sidecar": lambda number: ("IMG_0001.jpg", ("IMG_0001.jpg.xmp",)),
}


def _spelled(name: str, number: int) -> str:
    """``name`` in the ``number``-th mixture of small and capital letters."""
    return "".join(letter.upper() if number >> at & 1 else letter for at, letter in enumerate(name))


def photos_to_plan(situation: str, count: int, home: Path) -> tuple[Path, list[Group], dict[int, Photo]]:
    """``count`` photos below ``home / "in"``, as indexing describes them, all of one group."""
    source, photos = home / "in", {}
    for number in range(count):
        photo, companions = SITUATIONS[situation](number)
        files = [source / str(number) / name for name in (photo, *companions)]
        files[0].parent.mkdir(parents=True)
        for file in files:
            file.write_bytes(b"%08d" % number)  # all of one size: only reading tells them apart
        photos[number] = photo_of(number, files[0], tuple(files[1:]))
    return source, [Group(0, "Group", np.arange(count), 0)], photos


def exponent(counts: list[int], seconds: list[float]) -> float:
    """Slope of the straight line through the logarithms."""
    return float(np.polyfit(np.log(counts), np.log(np.maximum(seconds, 1e-6)), 1)[0])
