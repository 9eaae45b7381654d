"""A first grouping from the previews in camera files, beside the whole one. Prints a table; nothing is asserted.

    python -m tests.benchmarks.quick_grouping [--photos 2000] [--rounds 3] [--before CHECKOUT]

The photos are those of `originals` in the sample data, repeated under contents of their own. Each command runs in a
home of its own, so nothing is known before. ``--before`` names a checkout of an earlier state, measured in turns with
this one.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from statistics import median

import numpy as np

from desktop_app.engine.evaluate import ari
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.types import Float32Array
from tests.helpers.sample_data import ROOT, camera_files, fill
from tests.helpers.whole_process import KINDRED, cost

NEIGHBORS = 10


def grouped(checkout: Path, folder: Path, *options: str) -> tuple[float, float, dict[str, int]]:
    """Seconds on the clock and of the processor of one whole command, and the group of each photo."""
    with tempfile.TemporaryDirectory() as home:
        places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), home)
        command = [*KINDRED, "groups", os.fspath(folder), "--json", *options]
        done = cost(command, cwd=checkout, environment={**places, "PYTHONPATH": os.fspath(checkout)})
    found = json.loads(done.said)["groups"]
    return done.wall, done.cpu, {photo["path"]: group["id"] for group in found for photo in group["photos"]}


def overlap(one: Float32Array, other: Float32Array) -> float:
    """Mean share of a photo's nearest ten that are the same in both."""
    own = np.arange(len(one))
    first, second = (nearest(rows, rows, NEIGHBORS, JobContext(), exclude=own)[0] for rows in (one, other))
    return float(np.mean([len(set(a) & set(b)) / len(a) for a, b in zip(first.tolist(), second.tolist(), strict=True)]))


def vectors(folder: Path, *, quick: bool) -> Float32Array:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CACHE_HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home)
        with Library(folder) as library:
            library.index(JobContext(), quick=quick)
            by_path = sorted(zip((photo.path for photo in library.photos), library.embeddings.vectors, strict=True))
    return np.stack([vector / np.linalg.norm(vector) for _, vector in by_path])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path)
    options = parser.parse_args()
    ways: dict[str, tuple[Path, tuple[str, ...]]] = {"quick": (ROOT, ("--quick",)), "whole": (ROOT, ())}
    if options.before:
        ways["whole, before"] = (options.before.absolute(), ())
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "photos"
        fill(folder, camera_files(), options.photos)
        runs: dict[str, list[tuple[float, float, dict[str, int]]]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, (checkout, more) in ways.items():
                runs[name].append(grouped(checkout, folder, *more))
        base = [median(column) for column in zip(*(run[:2] for run in runs["quick"]), strict=True)]
        print(f"{options.photos} camera files, median of {options.rounds} whole commands, in turns")
        print(f"{'':<16}{'seconds':>9}{'CPU s':>9}{'quick / this':>14}{'CPU':>7}")
        for name, found in runs.items():
            wall, cpu = (median(column) for column in zip(*(run[:2] for run in found), strict=True))
            print(f"{name:<16}{wall:>9.1f}{cpu:>9.1f}{base[0] / wall:>14.2f}{base[1] / cpu:>7.2f}")
        quick, whole = runs["quick"][0][2], runs["whole"][0][2]
        paths = sorted(whole)
        same = ari(np.array([quick[path] for path in paths]), np.array([whole[path] for path in paths]))
        few = Path(home) / "each once"
        fill(few, camera_files(), 28)
        one, other = vectors(few, quick=True), vectors(few, quick=False)
        print(f"groups of quick and whole agree: ARI {same:.2f}")
        print(f"of 28 files each once: cosine {np.mean(np.sum(one * other, axis=1)):.3f} on average,")
        print(f"nearest {NEIGHBORS} the same: {100 * overlap(one, other):.0f} % (chance {100 * NEIGHBORS / 27:.0f} %)")


if __name__ == "__main__":
    main()
