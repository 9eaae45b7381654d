"""Jobs on a disk that dies at a chosen call: how many calls there are, which are tried, and the death itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from tests.helpers import figures
from tests.helpers.faulty_disk import FaultyDisk, Killed


def calls_of(job: Callable[[FaultyDisk], Any], lacks: Mapping[str, int] | None = None) -> int:
    """How many calls a job makes."""
    disk = FaultyDisk(lacks=lacks)
    job(disk)
    return len(disk.calls)


def points(total: int, wanted: int, nightly: bool, chance: random.Random) -> list[int]:
    """All calls in a nightly run; else a sample that always has the first and last and differs from day to day."""
    if nightly or wanted >= total:
        return list(range(1, total + 1))
    return sorted({1, total, *chance.sample(range(1, total + 1), wanted)})


def killed(job: Callable[[FaultyDisk], Any], at: int, lacks: Mapping[str, int] | None = None) -> bool:
    """Whether the job died at that call."""
    figures.count(figures.KILLS)
    disk = FaultyDisk(at, lacks=lacks)
    try:
        job(disk)
    except Killed:
        return True
    finally:
        disk.close_all()
    return False
