"""How planning grows with the number of photos, above all of those called alike. Prints a table; nothing is asserted.

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
from pathlib import Path

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.planning.planner import make_plan
from tests.helpers.growing import SITUATIONS, exponent, photos_to_plan

_LEAST = 1_000


def measure(situation: str, count: int) -> tuple[float, float]:
    """CPU seconds of planning ``count`` photos, and of planning them again."""
    with tempfile.TemporaryDirectory() as home:
        source, groups, photos = photos_to_plan(situation, count, Path(home))
        seconds = []
        for _ in range(2):
            start = time.process_time()
            plan = make_plan(source, groups, photos, Path(home) / "out", "copy", JobContext())
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=16_000)
    parser.add_argument("--beside", type=Path, help="source of another build")
    options = parser.parse_args()
    print("photos                                photos    first    again", flush=True)
    table(options.most)
    if options.beside:
        print(f"the build in {options.beside}", flush=True)
        command = [sys.executable, __file__, "--most", str(max(2 * _LEAST, options.most // 10))]
        environment = os.environ | {"PYTHONPATH": str(options.beside.resolve())}
        subprocess.run(command, cwd=options.beside, env=environment, check=True)


if __name__ == "__main__":
    main()
