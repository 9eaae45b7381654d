"""What each step costs from 1,000 to 1,000,000 photos, and how it grows. Prints a table in Markdown; asserts nothing.

    python -m tests.benchmarks.growth [--most 1000000] [--only STEP ...]

Vectors of 256 numbers, as the model that ships gives them, made up. Each entry is a process of its own: CPU seconds,
seconds on the clock, and the most memory above what the vectors and the program take. Short steps are repeated and the
median counts. The exponent is the slope of the straight line through the logarithms of the CPU seconds: with 1, twice
the photos take twice the time. Linux only, for the memory.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image

from desktop_app.engine.clustering import cluster, elbow
from desktop_app.engine.computing.parallel import spread
from desktop_app.engine.duplicates.fingerprint import of_thumbnail
from desktop_app.engine.duplicates.overlay import sheet
from desktop_app.engine.duplicates.pairs import Pairs, find_pairs, look_closely
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import neighbors_of
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.project import project
from tests.helpers.embeddings import drawn_by_chance, photos
from tests.helpers.growing import exponent, photos_to_plan
from tests.helpers.memory import held_mib, peak_mib, start_peak_anew
from tests.helpers.sample_data import ROOT
from tests.helpers.whole_process import CommandFailed, cost

WIDTH = 256
_PICTURES = 20
CTX = JobContext()
SHORT, ROUNDS = 1.0, 5
"""Steps that take fewer seconds than this are repeated so often."""

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Step:
    """Something the program does with a folder.

    Attributes:
        title: what it is called in the table.
        prepare: makes what it needs for so many photos, in a scratch folder, and returns the work.
        most: photos above which it is left out, since it would take too long or the program refuses it.
    """

    title: str
    prepare: Callable[[int, Path], Work]
    most: int


def _elbow(count: int, scratch: Path) -> Work:
    made = photos(count, WIDTH)
    return lambda: elbow.elbow(made, CTX)


def _group(count: int, scratch: Path) -> Work:
    made = photos(count, WIDTH)
    return lambda: cluster(made, CTX, k=12)


def _neighbors(count: int, scratch: Path) -> Work:
    made = photos(count, WIDTH)
    ids = np.random.default_rng(0).permutation(made.photo_ids) << 32  # in no order, as what is in the files gives them
    made = replace(made, photo_ids=ids)
    return lambda: neighbors_of(made, ids[1:2], 20, CTX)


def _map(count: int, scratch: Path) -> Work:
    made = photos(count, WIDTH)
    return lambda: project(made, CTX)


def _alike(count: int, scratch: Path) -> Work:
    vectors, prints = drawn_by_chance(count, WIDTH)
    return lambda: find_pairs(vectors, prints, CTX)


def _look(count: int, scratch: Path) -> Work:
    rng = np.random.default_rng(0)
    drawn = [_picture(rng) for _ in range(_PICTURES)]
    pictures = [_encoded(one) for one in (*drawn, *(one.rotate(1).crop((5, 5, 336, 251)) for one in drawn))]
    first = np.arange(count // 10)
    pairs = Pairs(first, first + _PICTURES, np.ones(len(first), np.float32))

    def work() -> None:
        prints = list(spread(lambda row: of_thumbnail(pictures[row % len(pictures)]), range(count), CTX))
        look_closely(pairs, prints, lambda row: sheet(pictures[row % len(pictures)]), CTX)

    return work


def _picture(rng: np.random.Generator) -> Image.Image:
    """Soft spots with some noise, as large as the cache keeps pictures."""
    spots = Image.fromarray(rng.integers(0, 255, (12, 16, 3), np.uint8)).resize((341, 256), Image.Resampling.BICUBIC)
    noisy = np.asarray(spots, np.int16) + rng.integers(-15, 15, (256, 341, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def _encoded(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def _plan(count: int, scratch: Path) -> Work:
    source, groups, made = photos_to_plan("names of their own", count, scratch)
    return lambda: make_plan(source, groups, made, scratch / "out", "move", CTX)


STEPS = {
    "elbow": Step(f"elbow, all criteria (samples of {elbow.SAMPLE:,})", _elbow, 1_000_000),
    "group": Step("grouping, k-means, 12 groups", _group, 1_000_000),
    "neighbors": Step("20 exact neighbors of one photo", _neighbors, 1_000_000),
    "map": Step("map (PCA)", _map, 1_000_000),
    "alike": Step("near-duplicates, all pairs", _alike, 100_000),
    "look": Step("their pictures measured, one pair for ten laid over each other", _look, 10_000),
    "plan": Step("planning moves", _plan, 100_000),
}


def one(step: str, count: int) -> None:
    """Do a step and print CPU seconds, seconds on the clock and MiB."""
    cluster(photos(200), CTX, k=3)  # imports are not what is measured
    with tempfile.TemporaryDirectory() as scratch:
        work = STEPS[step].prepare(count, Path(scratch))
        start_peak_anew()
        idle, runs = held_mib(), []
        while not runs or (runs[0][0] < SHORT and len(runs) < ROUNDS):
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            runs.append((time.process_time() - cpu, time.perf_counter() - wall))
        print(json.dumps([*(median(column) for column in zip(*runs, strict=True)), peak_mib() - idle]))


def row(name: str, counts: list[int]) -> str:
    found: dict[int, list[float]] = {}
    for count in (count for count in counts if count <= STEPS[name].most):
        command = [sys.executable, "-m", "tests.benchmarks.growth", "--one", name, str(count)]
        try:
            found[count] = json.loads(cost(command, cwd=ROOT).said.splitlines()[-1])
        except CommandFailed as problem:
            print(f"{STEPS[name].title}, {count:,} photos: {problem}", file=sys.stderr, flush=True)
            break
    entries = [_entry(*found[count]) if count in found else "" for count in counts]
    slope = f"{exponent(list(found), [figures[0] for figures in found.values()]):.2f}" if len(found) > 1 else ""
    return f"| {STEPS[name].title} | {' | '.join(entries)} | {slope} |"


def _entry(cpu: float, wall: float, memory: float) -> str:
    digits = 3 if cpu < 1 else 1
    return f"{cpu:.{digits}f} / {wall:.{digits}f} s, {memory:,.0f} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one[0], int(options.one[1]))
        return
    counts = [count for count in (1_000, 10_000, 100_000, 1_000_000) if count <= options.most]
    print(f"| CPU / clock, memory | {' | '.join(f'{count:,}' for count in counts)} | exponent |")
    print("|---" * (len(counts) + 2) + "|", flush=True)
    for name in options.only:
        print(row(name, counts), flush=True)


if __name__ == "__main__":
    main()
