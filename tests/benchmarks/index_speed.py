"""How fast a folder is indexed, against what the machine can do. Prints a table; nothing is asserted.

    python -m tests.benchmarks.index_speed [--photos 60] [--small 400] [--many 10000] [--model FOLDER]
        [--before CHECKOUT]

The bound is cores / CPU seconds per picture: "decode + run" counts decoding to the model's input and the model, "all
steps" also reading, hashing and the thumbnail. Everything is measured in turns in the same run with every core busy;
the cores counted are those that other programs leave to threads that only compute. ``--before`` names a checkout of an
earlier state, whose whole pipeline is measured in turns with this one's, each time in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.index.reading import decode_size, make_thumbnail
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import GROUP, Embedder
from desktop_app.engine.pictures import decode
from desktop_app.engine.settings import Settings
from tests.helpers.memory import peak_mib
from tests.helpers.pictures import camera_like
from tests.helpers.sample_data import ROOT, camera_files, fill
from tests.helpers.tiny_model import make_tiny_model


def cpu_ms(work: Callable[[Any], object], items: list[Any]) -> float:
    work(items[0])
    start = time.thread_time()
    for item in items:
        work(item)
    return (time.thread_time() - start) / len(items) * 1000


def steps(files: list[Path], embedder: Embedder) -> dict[str, float]:
    """CPU milliseconds of each step for one picture."""
    size = decode_size(embedder.card)
    datas = [file.read_bytes() for file in files]
    images = [decode.decode(data, size).image for data in datas]
    inputs = [preprocess(image, embedder.card) for image in images]
    batches = [np.stack((inputs * GROUP)[start : start + GROUP]) for start in range(0, len(inputs), GROUP)]
    return {
        "read": cpu_ms(decode.read_bytes, files),
        "hash": cpu_ms(lambda data: hashlib.blake2b(data, digest_size=20).hexdigest(), datas),
        "decode": cpu_ms(lambda data: decode.decode(data, size), datas),
        "thumbnail": cpu_ms(make_thumbnail, images),
        "preprocess": cpu_ms(lambda image: preprocess(image, embedder.card), images),
        "run": cpu_ms(embedder.run, batches) / GROUP,
    }


def busy_steps(folder: Path, embedder: Embedder, sample: int) -> dict[str, float]:
    """`steps` on every core at once, as in the pipeline: cores share caches and, often, their arithmetic units."""
    files = sorted(folder.iterdir())
    with ThreadPoolExecutor(embedder.workers) as pool:
        jobs = [pool.submit(steps, files[at :: embedder.workers][:sample], embedder) for at in range(embedder.workers)]
        found = [job.result() for job in jobs]
    return {name: sum(one[name] for one in found) / len(found) for name in found[0]}


def cores_to_be_had(workers: int, seconds: float = 1.0) -> float:
    """How many cores other programs leave to as many threads that only compute."""
    data = bytes(2**20)

    def compute(end: float) -> None:
        while time.perf_counter() < end:
            hashlib.blake2b(data)

    wall, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(compute, [wall + seconds] * workers))
    return (time.process_time() - used) / (time.perf_counter() - wall)


def rates(folder: Path, embedder: Embedder, rounds: int, sample: int) -> Iterator[str]:
    """Rows for one folder: steps and pipeline in turns, each round from an empty cache; medians count."""
    found = scan(folder, JobContext())
    count = len(found.files)
    parts, walls, cpus, cores = [], [], [], []
    for _ in range(rounds):
        parts.append(busy_steps(folder, embedder, sample))
        cores.append(cores_to_be_had(embedder.workers))
        with tempfile.TemporaryDirectory() as scratch, Cache(Path(scratch)) as cache:
            wall, used = time.perf_counter(), time.process_time()
            result = pipeline.index(found, cache, embedder, JobContext())
            walls.append((time.perf_counter() - wall) / count)
            cpus.append((time.process_time() - used) / count * 1000)
            assert result.embedded == count
        cores.append(cores_to_be_had(embedder.workers))
    part = {name: median(one[name] for one in parts) for name in parts[0]}
    rate, used, free = 1 / median(walls), median(cpus), median(cores)
    yield "  CPU ms a picture: " + ", ".join(f"{name} {value:.2f}" for name, value in part.items())
    yield f"  rate {rate:.1f}/s with {rate * used / 1000:.2f} cores; {free:.2f} of {embedder.workers} were to be had"
    core = part["decode"] + part["preprocess"] + part["run"]
    for name, milliseconds in (("decode + run", core), ("all steps", sum(part.values()))):
        bound = free * 1000 / milliseconds
        yield (
            f"  {name:13} bound {bound:6.1f}/s   rate / bound {rate / bound:4.2f}"
            f"   CPU bound / CPU used {milliseconds / used:4.2f}"
        )


def cancel_seconds(folder: Path, embedder: Embedder) -> float:
    """Longest time from asking to `Cancelled`, over some moments."""
    longest = 0.0
    found = scan(folder, JobContext())
    for moment in (0.05, 0.2, 0.35, 0.5):
        ctx = JobContext()
        asked: list[float] = []
        timer = threading.Timer(moment, lambda ctx=ctx, asked=asked: (asked.append(time.perf_counter()), ctx.cancel()))
        with tempfile.TemporaryDirectory() as scratch, Cache(Path(scratch)) as cache:
            timer.start()
            try:
                pipeline.index(found, cache, embedder, ctx)
            except Cancelled:
                longest = max(longest, time.perf_counter() - asked[0])
            timer.join()
    return longest


def child(folder: Path, model: Path, precision: str) -> None:
    """Index, in a process of its own whose peak memory counts, and print the figures."""
    embedder = Embedder(load_card(model), Settings(precision=precision))  # type: ignore[arg-type]
    idle = peak_mib()
    ctx = JobContext()
    with Cache(folder.parent / "cache") as cache:
        start, cpu = time.perf_counter(), time.process_time()
        found = scan(folder, ctx)
        scanned = time.perf_counter()
        result = pipeline.index(found, cache, embedder, ctx)
        figures = {
            "scan": scanned - start,
            "index": time.perf_counter() - scanned,
            "cpu": time.process_time() - cpu,
            "embedded": result.embedded,
            "cached": result.cached,
            "idle_mb": idle,
            "peak_mb": peak_mib(),
            "cache_mb": cache.info().bytes / 2**20,
        }
    print(json.dumps(figures))


def indexed(checkout: Path, folder: Path, model: Path, precision: str) -> dict[str, float]:
    """The figures of `child` in another process, with the program of a checkout."""
    command = [sys.executable, "-m", "tests.benchmarks.index_speed", "--child", str(folder), "--model", str(model)]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(
        [*command, "--precision", precision], cwd=checkout, env=environment, check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def beside(before: Path, folder: Path, rounds: int, precision: str) -> Iterator[str]:
    """Rows for one folder: an earlier state and this one in turns, each with the model that it ships."""
    model = Settings().model
    count = len(list(folder.iterdir()))
    found: dict[Path, list[dict[str, float]]] = {before: [], ROOT: []}
    for _ in range(rounds):
        for checkout, runs in found.items():
            shutil.rmtree(folder.parent / "cache", ignore_errors=True)
            runs.append(indexed(checkout, folder, checkout / "models" / model, precision))
    shutil.rmtree(folder.parent / "cache", ignore_errors=True)
    middle = {
        checkout: {name: median(run[name] for run in runs) for name in ("index", "cpu", "idle_mb", "peak_mb")}
        for checkout, runs in found.items()
    }
    for name, checkout in (("before", before), ("now", ROOT)):
        clock, cpu = (middle[checkout][kind] / count * 1000 for kind in ("index", "cpu"))
        faster, less = (middle[before][kind] / middle[checkout][kind] for kind in ("index", "cpu"))
        idle, peak = (middle[checkout][kind] for kind in ("idle_mb", "peak_mb"))
        yield (
            f"  {name:6} {clock:7.2f} ms a photo on the clock, {cpu:6.2f} CPU: {faster:.2f} times as fast, {less:.2f} "
            f"by CPU; memory {idle:.0f} MB with the model loaded, peak {peak:.0f} MB"
        )


def many(folder: Path, model: Path, precision: str) -> Iterator[str]:
    for name in ("first", "second"):
        figures = indexed(ROOT, folder, model, precision)
        yield (
            f"  {name:6} open: scan {figures['scan']:.2f} s, index {figures['index']:.2f} s, "
            f"CPU {figures['cpu']:.2f} s, "
            f"embedded {figures['embedded']}, cached {figures['cached']}; memory {figures['idle_mb']:.0f} MB with the "
            f"model loaded, peak {figures['peak_mb']:.0f} MB; cache {figures['cache_mb']:.0f} MB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=60, help="12 MP files")
    parser.add_argument("--small", type=int, default=400, help="640 x 480 files")
    parser.add_argument("--many", type=int, default=10_000, help="tiny files for the second open and peak memory")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=24, help="pictures a thread for the single steps")
    parser.add_argument("--model", type=Path, help="folder of a model; the default model if left out")
    parser.add_argument("--precision", choices=("auto", "float", "int8"), default="auto")
    parser.add_argument("--before", type=Path, help="checkout of an earlier state")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.model, options.precision)
        return
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        if options.model is None:
            known = {card.name: card for card in shelf.find_models()}
            card = known.get(Settings().model) or next(iter(known.values()), None)
            options.model = card.folder if card else make_tiny_model(root / "tiny", dim=512)
        embedder = Embedder(load_card(options.model), Settings(precision=options.precision))
        print(
            f"model {embedder.card.name}, {embedder.card.input.size} px; {embedder.reason}; {embedder.workers} workers"
        )
        folders: dict[str, Path] = {}
        if options.photos:
            drawn = [camera_like(seed, 4000, 3000) for seed in range(4)]
            name = f"12 MP, drawn, {sum(map(len, drawn)) / 4e6:.1f} MB"
            folders[name] = fill(root / "large", drawn, options.photos)
            if camera := camera_files():
                name = f"camera files, {sum(map(len, camera)) / len(camera) / 1e6:.1f} MB on average"
                folders[name] = fill(root / "camera", camera, options.photos)
        if options.small:
            folders["640 x 480, drawn"] = fill(
                root / "small", [camera_like(seed, 640, 480) for seed in range(20)], options.small
            )
        for name, folder in folders.items():
            print(name)
            for row in rates(folder, embedder, options.rounds, options.sample):
                print(row)
            if options.before:
                for row in beside(options.before.absolute(), folder, options.rounds, options.precision):
                    print(row)
            print(f"  cancelled after {cancel_seconds(folder, embedder):.2f} s at most")
        if options.many:
            print(f"{options.many:,} files of 96 x 72")
            folder = fill(root / "many", [camera_like(seed, 96, 72) for seed in range(50)], options.many)
            for row in many(folder, options.model, options.precision):
                print(row)


if __name__ == "__main__":
    main()
