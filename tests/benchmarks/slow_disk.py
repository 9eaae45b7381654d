"""How long a folder takes from a slow disk, against disk and processor alone. Prints a table; nothing is asserted.

    python -m tests.benchmarks.slow_disk [--photos 280] [--rounds 3] [--before CHECKOUT]

Reading is slowed down inside the program: each file takes its bytes at the disk's rate and a wait before them, one file
after the other. A pipeline that reads ahead takes about as long as the slower of disk and processor, one that does not
up to the sum. ``--before`` names a checkout of an earlier state, measured in turns with this one. The rows of
``previews`` are those of a first look, which reads only the beginning of each file that carries a preview.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import BinaryIO, cast

DISKS = {"none": (0.0, 0.0), "share by Wi-Fi": (10.0, 5.0), "USB 2": (30.0, 1.0), "hard disk": (100.0, 10.0)}
"""Megabytes a second, and milliseconds before each file; 0 for a disk as it is."""


def child(folder: Path, rate: float, wait: float, *, quick: bool) -> None:
    """Index from an empty cache, in full or by previews.

    Prints seconds on the clock, of the processor, and that the disk took.
    """
    from desktop_app.engine.cache.cache import Cache
    from desktop_app.engine.folder.scan import scan
    from desktop_app.engine.index import pipeline
    from desktop_app.engine.job import JobContext
    from desktop_app.engine.models import shelf
    from desktop_app.engine.models.runtime import Embedder
    from desktop_app.engine.pictures import decode, preview
    from desktop_app.engine.settings import Settings

    settings = Settings()
    embedder = Embedder(shelf.resolve(settings.model), settings)
    found = scan(folder, JobContext())
    read, opened, lock, disk = decode.read_bytes, preview.regular_file, threading.Lock(), [0.0]

    def pay(seconds: float) -> None:
        with lock:
            time.sleep(seconds)
            disk[0] += seconds

    def slowly(path: Path) -> bytes:
        data = read(path)
        pay(wait / 1000 + len(data) / (rate * 1e6))
        return data

    @contextmanager
    def slow_file(path: Path) -> Iterator[BinaryIO]:
        with opened(path) as file:
            whole, file_read = wait / 1000, file.read

            def some(count: int = -1) -> bytes:
                nonlocal whole
                data = file_read(count)
                pay(whole + len(data) / (rate * 1e6))
                whole = 0.0
                return data

            yield cast("BinaryIO", SimpleNamespace(read=some))

    if rate:
        decode.read_bytes, preview.regular_file = slowly, slow_file
    more = {"quick": True} if quick else {}  # an earlier state has not heard of it
    with tempfile.TemporaryDirectory() as scratch, Cache(Path(scratch)) as cache:
        wall, cpu = time.perf_counter(), time.process_time()
        pipeline.index(found, cache, embedder, JobContext(), **more)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps([wall, cpu, disk[0]]))


def measured(checkout: Path, folder: Path, disk: str, *more: str) -> list[float]:
    command = [sys.executable, os.fspath(Path(__file__).resolve()), "--child", os.fspath(folder), "--disk", disk, *more]
    environment = {**os.environ, "PYTHONPATH": os.fspath(checkout)}
    done = subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True, text=True)
    figures: list[float] = json.loads(done.stdout)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=280)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--disk", choices=DISKS, default="none", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, *DISKS[options.disk], quick=options.quick)
        return
    from tests.helpers.sample_data import ROOT, camera_files, fill

    checkouts = {"now": ROOT, **({"before": options.before.absolute()} if options.before else {})}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "photos"
        fill(folder, camera_files(), options.photos)
        found: dict[tuple[str, str], list[list[float]]] = {}
        for _ in range(options.rounds):
            for disk in DISKS:
                for name, checkout in checkouts.items():
                    found.setdefault((name, disk), []).append(measured(checkout, folder, disk))
                found.setdefault(("previews", disk), []).append(measured(ROOT, folder, disk, "--quick"))
    print(f"{options.photos} camera files, median of {options.rounds} in turns; seconds")
    print(f"{'':<9}{'disk':<16}{'clock':>7}{'CPU':>7}{'disk':>7}{'alone':>7}{'/ slower':>10}{'/ sum':>7}")
    for (name, disk), runs in found.items():
        wall, cpu, waited = (median(column) for column in zip(*runs, strict=True))
        alone = median(run[0] for run in found[name, "none"])
        against = f"{wall / max(alone, waited):>10.2f}{wall / (alone + waited):>7.2f}"
        print(f"{name:<9}{disk:<16}{wall:>7.1f}{cpu:>7.1f}{waited:>7.1f}{alone:>7.1f}{against}")


if __name__ == "__main__":
    main()
