"""How planning grows with the number of photos that are called alike. Prints a table; nothing is asserted.

    python -m tests.benchmarks.planning_growth [--most 16000] [--beside FOLDER]

Each photo has a folder of its own; "again" plans once more when all of them stand at the destination. An exponent of 1
is linear: twice the photos, twice the time. CPU seconds. ``--beside`` names the source of another build (a git work
tree), whose figures are printed as well, up to a tenth of the photos.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.types import Group
from tests.helpers.sample_library import photo_of

_LEAST = 1_000
SITUATIONS: dict[str, Callable[[int], tuple[str, tuple[str, ...]]]] = {
    "one name": lambda number: ("IMG_0001.jpg", ()),
    "one name in many spellings": lambda number: (_spelled("img_abcdefghijklm.jpg", number), ()),
    "with a sidecar": lambda number: ("IMG_0001.jpg", ("IMG_0001.jpg.xmp",)),
}


def _spelled(name: str, number: int) -> str:
    """``name`` in the ``number``-th mixture of small and capital letters."""
    return "".join(letter.upper() if number >> at & 1 else letter for at, letter in enumerate(name))


def measure(situation: str, count: int) -> tuple[float, float]:
    """CPU seconds of planning ``count`` photos, and of planning them again."""
    with tempfile.TemporaryDirectory() as home:
        source, destination, photos = Path(home) / "in", Path(home) / "out", {}
        for number in range(count):
            photo, companions = SITUATIONS[situation](number)
            files = [source / str(number) / name for name in (photo, *companions)]
            files[0].parent.mkdir(parents=True)
            for file in files:
                file.write_bytes(b"%08d" % number)  # all of one size: only reading tells them apart
            photos[number] = photo_of(number, files[0], tuple(files[1:]))
        groups = [Group(0, "Group", np.arange(count), 0)]
        seconds = []
        for _ in range(2):
            start = time.process_time()
            plan = make_plan(source, groups, photos, destination, "copy", JobContext())
            seconds.append(time.process_time() - start)
            for step in plan.steps:
                step.dst.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(step.src, step.dst)
        return seconds[0], seconds[1]


def table(most: int) -> None:
    """One line for each situation and count, and the exponent of each situation."""
    counts = [_LEAST * 2**power for power in range(int(math.log2(most / _LEAST)) + 1)]
    for situation in SITUATIONS:
        found = []
        for count in counts:
            found.append(measure(situation, count))
            print(f"  {situation:28} {count:6,} {found[-1][0]:8.2f} {found[-1][1]:8.2f}", flush=True)
        first, again = (exponent(counts, [seconds[column] for seconds in found]) for column in (0, 1))
        print(f"  {'':21} exponent {'':6} {first:6.2f} {again:8.2f}")


def exponent(counts: list[int], seconds: list[float]) -> float:
    """Slope of the straight line through the logarithms."""
    return float(np.polyfit(np.log(counts), np.log(np.maximum(seconds, 1e-3)), 1)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=16_000)
    parser.add_argument("--beside", type=Path, help="source of another build")
    options = parser.parse_args()
    print("photos called alike                   photos    first    again", flush=True)
    table(options.most)
    if options.beside:
        print(f"the build in {options.beside}", flush=True)
        command = [sys.executable, __file__, "--most", str(max(2 * _LEAST, options.most // 10))]
        environment = os.environ | {"PYTHONPATH": str(options.beside.resolve())}
        subprocess.run(command, cwd=options.beside, env=environment, check=True)


if __name__ == "__main__":
    main()
