"""A first grouping from the previews in camera files, beside the whole one. Prints tables; nothing is asserted.

    python -m tests.benchmarks.quick_grouping [--photos 2000] [--large 1000] [--rounds 3] [--before CHECKOUT]

The photos are those of `originals` in the sample data, repeated under contents of their own, then drawn ones of 12 MP
that all have a preview, as those of phones. Each command, and each window, runs in a home of its own, so nothing is
known before. ``--before`` names a checkout of an earlier state, measured in turns with this one. The window needs no
screen; its times begin when the folder is chosen.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from PIL import Image

from desktop_app.engine.evaluate import ari
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.types import Float32Array
from tests.helpers.common_neighbors import NEIGHBORS, overlap
from tests.helpers.pictures import camera_like, jpeg_with_preview
from tests.helpers.sample_data import ROOT, camera_files, fill
from tests.helpers.whole_process import KINDRED, cost

_WINDOW = Path(__file__).with_name("_window_once.py")


def grouped(checkout: Path, folder: Path, *options: str) -> tuple[float, float, dict[str, int]]:
    """Seconds on the clock and of the processor of one whole command, and the group of each photo."""
    with tempfile.TemporaryDirectory() as home:
        places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), home)
        command = [*KINDRED, "groups", os.fspath(folder), "--json", *options]
        done = cost(command, cwd=checkout, environment={**places, "PYTHONPATH": os.fspath(checkout)})
    found = json.loads(done.said)["groups"]
    return done.wall, done.cpu, {photo["path"]: group["id"] for group in found for photo in group["photos"]}


def opened(checkout: Path, folder: Path, way: str) -> dict[str, Any]:
    """What `_window_once` prints, of a window of that checkout."""
    with tempfile.TemporaryDirectory() as home:
        places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), home)
        env = {**places, "PYTHONPATH": os.fspath(checkout), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, os.fspath(_WINDOW), os.fspath(folder), way]
        done = cost(command, cwd=checkout, environment=env)
    found: dict[str, Any] = json.loads(done.said.splitlines()[-1])
    return found


def vectors(folder: Path, *, quick: bool) -> Float32Array:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CACHE_HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home)
        with Library(folder) as library:
            library.index(JobContext(), quick=quick)
            by_path = sorted(zip((photo.path for photo in library.photos), library.embeddings.vectors, strict=True))
    return np.stack([vector / np.linalg.norm(vector) for _, vector in by_path])


Run = tuple[float, float, dict[str, int]]
"""Seconds on the clock, of the processor, and the group of each photo."""


def table(title: str, runs: dict[str, list[Run]]) -> None:
    """Medians, and the first row's as a share of each other one's."""
    print(f"{title:<40}{'seconds':>9}{'CPU s':>9}{'first / this':>14}{'CPU':>7}")
    base: list[float] = []
    for name, found in runs.items():
        wall, cpu = (median(column) for column in zip(*(run[:2] for run in found), strict=True))
        base = base or [wall, cpu]
        print(f"{name:<40}{wall:>9.1f}{cpu:>9.1f}{base[0] / wall:>14.2f}{base[1] / cpu:>7.2f}")


def agreement(one: Run, other: Run) -> float:
    """Adjusted Rand index of two groupings of the same photos."""
    paths = sorted(other[2])
    return ari(np.array([one[2][path] for path in paths]), np.array([other[2][path] for path in paths]))


def large_files() -> list[bytes]:
    """JPEG files of 12 MP, each with a preview of 160 x 120."""
    found = []
    for seed in range(24):
        with Image.open(io.BytesIO(camera_like(seed, 4000, 3000))) as picture:
            small = picture.resize((160, 120), reducing_gap=2.0)
            found.append(jpeg_with_preview(picture, small, quality=90))
    return found


def commands(folder: Path, before: Path | None, rounds: int) -> dict[str, list[Run]]:
    """Whole commands in turns."""
    found: dict[str, list[Run]] = {}
    for _ in range(rounds):
        found.setdefault("--quick", []).append(grouped(ROOT, folder, "--quick"))
        found.setdefault("whole", []).append(grouped(ROOT, folder))
        if before:
            found.setdefault("whole, before", []).append(grouped(before, folder))
    return found


def windows(folder: Path, before: Path | None, rounds: int) -> dict[str, list[Run]]:
    """Windows that open the folder, in turns."""
    found: dict[str, list[Run]] = {}
    for _ in range(rounds):
        shown, plain = opened(ROOT, folder, "previews"), opened(ROOT, folder, "whole")
        found.setdefault("first groups, from previews", []).append(_run(shown["first"]))
        found.setdefault("groups, read in full at once", []).append(_run(plain["first"]))
        if before:
            found.setdefault("groups, before", []).append(_run(opened(before, folder, "whole")["first"]))
        found.setdefault("previews first, then in full, to the end", []).append(_run(shown["last"]))
        found.setdefault("in full at once, to the end", []).append(_run(plain["last"]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=2000)
    parser.add_argument("--large", type=int, default=1000, help="of 12 MP")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path)
    options = parser.parse_args()
    before = options.before.absolute() if options.before else None
    with tempfile.TemporaryDirectory() as home:
        if options.photos:
            folder = fill(Path(home) / "photos", camera_files(), options.photos)
            asked, opening = commands(folder, before, options.rounds), windows(folder, before, options.rounds)
            print(f"{options.photos} camera files, medians of {options.rounds}, in turns")
            table("whole commands", asked)
            table("in the window, from its opening", opening)
            print(f"groups of quick and whole agree: ARI {agreement(asked['--quick'][0], asked['whole'][0]):.2f}")
            first, *_, then, plainly = opening.values()
            print(f"in the window: first and last {agreement(first[0], then[0]):.2f}", end=", ")
            print(f"last and in full at once {agreement(then[0], plainly[0]):.2f}")
            few = fill(Path(home) / "each once", camera_files(), 28)
            one, other = vectors(few, quick=True), vectors(few, quick=False)
            print(f"of 28 files each once: cosine {np.mean(np.sum(one * other, axis=1)):.3f} on average,")
            print(
                f"nearest {NEIGHBORS} the same: {100 * overlap(one, other):.0f} % (chance {100 * NEIGHBORS / 27:.0f} %)"
            )
        if options.large:
            folder = fill(Path(home) / "large", large_files(), options.large)
            print(f"{options.large} photos of 12 MP with previews, medians of {options.rounds}, in turns")
            table("whole commands", commands(folder, before, options.rounds))


def _run(found: dict[str, Any]) -> Run:
    return found["wall"], found["cpu"], found["groups"]


if __name__ == "__main__":
    main()
