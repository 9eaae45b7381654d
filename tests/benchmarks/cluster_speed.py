"""What reading on a cluster costs beside reading here. Prints a table; nothing is asserted. Linux.

    python -m tests.benchmarks.cluster_speed [--photos 96] [--small 1500] [--tiny 6000]

A scheduler and workers of one thread each run on this machine, so that rates hold for its cores together. CPU
milliseconds say what each part costs a photo: this program (scan, cache), the scheduler, the workers (all the rest).
What a photo costs a worker is what bounds a node; what it costs this program and the scheduler bounds the cluster.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.index.cluster import Cluster
from desktop_app.engine.index.executor import Executor
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import shelf
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.settings import Settings
from tests.helpers.dask_cluster import DaskCluster, dask_cluster
from tests.helpers.memory import peak_mib
from tests.helpers.pictures import camera_like

SIDES = {"12 MP": (4000, 3000), "640 x 480": (640, 480), "160 x 120": (160, 120)}
HEADER = "photos           on         a second   CPU ms a photo: program  scheduler  workers   an hour a core"


def fill(folder: Path, side: tuple[int, int], count: int) -> Path:
    """``count`` files of different content: bytes behind a JPEG's end change its hash and nothing else."""
    folder.mkdir()
    datas = [camera_like(seed, *side) for seed in range(4)]
    for number in range(count):
        (folder / f"{number:06}.jpg").write_bytes(datas[number % len(datas)] + number.to_bytes(4, "big"))
    return folder


def cpu_seconds(process: int) -> float:
    """Of a process and its threads so far."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def index(folder: Path, embedder: Embedder, executor: Executor | None = None) -> tuple[float, float]:
    """Seconds by the clock and of this program's processor, with an empty cache."""
    with tempfile.TemporaryDirectory() as place, Cache(Path(place)) as cache:
        start, cpu = time.perf_counter(), time.process_time()
        found = scan(folder, JobContext())
        pipeline.index(found, cache, embedder, JobContext(), executor=executor)
        return time.perf_counter() - start, time.process_time() - cpu


def row(kind: str, where: str, count: int, wall: float, cpu: tuple[float, float, float]) -> None:
    own, scheduler, workers = (1000 * seconds / count for seconds in cpu)
    hour = f"{3.6e6 / (workers or own):>13,.0f}"
    print(f"{kind:<16} {where:<10} {count / wall:>8,.0f} {own:>24.2f} {scheduler:>10.2f} {workers:>8.2f} {hour}")


@contextmanager
def started(workers: int) -> Iterator[DaskCluster]:
    with tempfile.TemporaryDirectory() as place, dask_cluster(Path(place), Path(place), workers=workers) as dask:
        yield dask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, count in (("photos", 96), ("small", 1500), ("tiny", 6000)):
        parser.add_argument(f"--{name}", type=int, default=count, metavar="N")
    options = parser.parse_args()
    counts = dict(zip(SIDES, (options.photos, options.small, options.tiny), strict=True))
    embedder = Embedder(shelf.resolve("photos"), Settings(device="cpu", workers=2))
    print(f"{embedder.reason}\n{HEADER}")
    with tempfile.TemporaryDirectory() as place:
        folders = {
            kind: fill(Path(place) / str(number), SIDES[kind], counts[kind]) for number, kind in enumerate(SIDES)
        }
        for kind, folder in folders.items():
            wall, own = index(folder, embedder)
            row(kind, "2 threads", counts[kind], wall, (own, 0.0, 0.0))
        for number in (1, 2):
            with started(number) as dask, Cluster(dask.address) as joined:
                index(folders["160 x 120"], embedder, joined.executor(embedder))  # the model is opened
                processes = [dask.scheduler.pid, *(worker.pid for worker in dask.workers)]
                for kind, folder in folders.items():
                    before = [cpu_seconds(process) for process in processes]
                    wall, own = index(folder, embedder, joined.executor(embedder))
                    used = [cpu_seconds(p) - was for p, was in zip(processes, before, strict=True)]
                    row(kind, f"{number} worker{'s'[: number - 1]}", counts[kind], wall, (own, used[0], sum(used[1:])))
                peaks = [f"{peak_mib(process):.0f}" for process in processes]
                print(f"memory, most, MiB: scheduler {peaks[0]}, workers {', '.join(peaks[1:])}")


if __name__ == "__main__":
    main()
