"""Time and memory of cluster heads at 1,000, 10,000 and 100,000 photos: training, another number of groups, cancelling.

    python -m tests.benchmarks.head_cost [--quick]

Each line is a process of its own, so that its peak memory is its own; the embeddings themselves (512 numbers a photo)
are there before. Walls depend on what else the machine does: compare CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from desktop_app.engine.clustering import Grouper
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Embeddings
from tests.helpers.embeddings import photos
from tests.helpers.memory import peak_mib

_GROUPS, _OTHER = 12, 9
_CANCEL_AFTER = 0.5


def measure(method: str, count: int) -> dict[str, float]:
    """Seconds and MiB of one method at one size."""
    embeddings = photos(count)
    Grouper(photos(200)).cluster(JobContext(), method=method, k=3)  # imports are not what is measured
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: making the photos took more than grouping
    before = peak_mib()
    grouper = Grouper(embeddings)
    wall, cpu = time.perf_counter(), time.process_time()
    grouper.cluster(JobContext(), method=method, k=_GROUPS)
    found = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    wall = time.perf_counter()
    grouper.cluster(JobContext(), method=method, k=_OTHER)
    found["other"] = time.perf_counter() - wall
    found["memory"] = peak_mib() - before
    found["cancel"] = cancelling(embeddings, method)
    return found


def cancelling(embeddings: Embeddings, method: str) -> float:
    """Seconds from asking to having stopped; 0 where the work was over before."""
    ctx, asked = JobContext(), [0.0]

    def ask() -> None:
        asked[0] = time.perf_counter()
        ctx.cancel()

    timer = threading.Timer(_CANCEL_AFTER, ask)
    timer.start()
    try:
        Grouper(embeddings).cluster(ctx, method=method, k=_GROUPS)
    except Cancelled:
        return time.perf_counter() - asked[0]
    finally:
        timer.cancel()
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="no 100,000")
    parser.add_argument("--one", nargs=2, metavar=("METHOD", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one[0], int(options.one[1]))))
        return
    print(f"{'':8}{'photos':>9}{'trained and cut':>17}{'CPU':>8}{'another k':>11}{'memory':>10}{'cancelled in':>14}")
    for method in ("scan", "temi"):
        for count in (1_000, 10_000) if options.quick else (1_000, 10_000, 100_000):
            command = [sys.executable, "-m", "tests.benchmarks.head_cost", "--one", method, str(count)]
            one = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{method:8}{count:9,}{one['wall']:15.2f} s{one['cpu']:6.2f} s{one['other']:9.2f} s"
                f"{one['memory']:6.0f} MiB{one['cancel']:12.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
