"""Every grouping method beside scikit-learn's: what our own code gains, and what a process of its own costs.

    python -m tests.benchmarks.methods_beside_sklearn [--quick]

Walls depend on what else the machine does: compare CPU seconds and the ratios within one run. Each line of time and
memory is a process of its own; memory is what it held above the points and the libraries. A child process is told
whole, libraries and all. Quality is measured where the labeled folders are at hand (``KINDRED_DATA``).

k-means, Ward, the mixture and spectral clustering are our own: scikit-learn's k-means stalls beside a busy program
unless its threads are limited, its Ward needs a distance for each pair, and none of them can be cancelled. HDBSCAN and
affinity propagation are scikit-learn's, in a process that can be killed. Before they were, code of our own for them was
measured in the same way (two cores, other programs running; shipped model `photos`, one seed; ARI with the labels of
rooms, clothing and album_mix at the true number of groups; CPU seconds and MiB, without starting a process):

| | ARI | 1,000 photos | 3,000 | 10,000 | 20,000 |
|---|---|---|---|---|---|
| HDBSCAN, own | 30.1, 5.3, 42.3 | 0.03 s, 9 | 0.18 s, 41 | 1.3 s, 36 | 13.0 s, 28 |
| HDBSCAN, scikit-learn | 30.1, 5.4, 42.3 | 0.04 s, 1 | 0.41 s, 3 | 3.3 s, 3 | 12.2 s, 19 |
| affinity propagation, own | 51.6, 18.2, 64.2 | 1.5 s, 16 | 10.2 s, 173 | | |
| affinity propagation, scikit-learn | 56.0, 17.9, 70.3 | 1.3 s, 41 | 14.3 s, 291 | | |
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
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.engine.clustering import CLUSTERERS, kmeans, prepare
from desktop_app.engine.clustering.base import Material
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.evaluate import ari, hungarian_accuracy
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array
from tests.helpers.embeddings import photos
from tests.helpers.memory import peak_mib

GROUPS = 12
FOLDERS = ("rooms", "clothing", "album_mix")
MOST_WITHOUT_OURS = {"agglomerative": 10_000, "affinity": 3_000}
"""Photos above which scikit-learn would need gigabytes (a distance for each pair), or half an hour."""
_CANCEL_AFTER = 1.0

Labels = Any


def ours(method: str, points: Float32Array, k: int, ctx: JobContext) -> Labels:
    entry = CLUSTERERS[method]
    with one_blas_thread():
        return entry.fit(Material(points), entry.params(), 0, ctx).groups(k if entry.takes_k else None, 0, ctx).labels


def _affinity(points: Float32Array, k: int) -> Labels:
    """At scikit-learn's own preference: it cannot be told how many groups there are."""
    from sklearn.cluster import AffinityPropagation

    return AffinityPropagation(damping=0.9, random_state=0).fit(points).labels_


def _agglomerative(points: Float32Array, k: int) -> Labels:
    from sklearn.cluster import AgglomerativeClustering

    return AgglomerativeClustering(k).fit(points).labels_


def _gmm(points: Float32Array, k: int) -> Labels:
    from sklearn.mixture import GaussianMixture

    floor = 0.5 * float(points.var(axis=0).mean())
    return GaussianMixture(k, covariance_type="diag", reg_covar=floor, n_init=4, random_state=0).fit_predict(points)


def _hdbscan(points: Float32Array, k: int) -> Labels:
    from sklearn.cluster import HDBSCAN

    least = int(np.clip(len(points) // 60, 5, 15))
    return HDBSCAN(min_cluster_size=least, min_samples=3, copy=True).fit(points).labels_


def _kmeans(points: Float32Array, k: int) -> Labels:
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=10, random_state=0).fit(points).labels_


def _spectral(points: Float32Array, k: int) -> Labels:
    from sklearn.cluster import SpectralClustering

    return SpectralClustering(k, affinity="nearest_neighbors", n_neighbors=10, random_state=0).fit(points).labels_


SKLEARN: dict[str, Callable[[Float32Array, int], Labels]] = {
    "kmeans": _kmeans,
    "agglomerative": _agglomerative,
    "gmm": _gmm,
    "spectral": _spectral,
    "hdbscan": _hdbscan,
    "affinity": _affinity,
}


def grouped(side: str, method: str, points: Float32Array, k: int) -> Labels:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # graphs in pieces and messages that do not settle are no news
        return ours(method, points, k, JobContext()) if side == "ours" else SKLEARN[method](points, k)


def measure(side: str, method: str, count: int) -> dict[str, float]:
    """Seconds and MiB of one method at one size; for ours also how long cancelling takes."""
    points = prepare(photos(count).vectors)
    grouped(side, method, points[:200], 3)  # imports are not what is measured
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: making the photos took more than grouping
    before, used = peak_mib(), _cpu()
    with children_watched() as child:
        wall = time.perf_counter()
        grouped(side, method, points, GROUPS)
        found = {"wall": time.perf_counter() - wall, "cpu": _cpu() - used}
    found |= {"memory": peak_mib() - before, "child": child[0]}
    if side == "ours":
        found["cancel"] = _cancelling(method, points)
    return found


def _cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _cancelling(method: str, points: Float32Array) -> float:
    """Seconds from asking to having stopped; 0 where the work was over before."""
    ctx, asked = JobContext(), [0.0]

    def ask() -> None:
        asked[0] = time.perf_counter()
        ctx.cancel()

    timer = threading.Timer(_CANCEL_AFTER, ask)
    timer.start()
    try:
        ours(method, points, GROUPS, ctx)
    except Cancelled:
        return time.perf_counter() - asked[0]
    finally:
        timer.cancel()
    return 0.0


@contextmanager
def children_watched() -> Iterator[list[float]]:
    """The most memory that one of this process's child processes holds meanwhile, MiB, as the only item."""
    most, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            for file in Path("/proc/self/task").glob("*/children"):
                with suppress(OSError):  # the thread has ended
                    most[0] = max([most[0], *(peak_mib(pid) for pid in file.read_text().split())])

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


@contextmanager
def a_core_taken() -> Iterator[None]:
    """Another program that keeps one core busy."""
    other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        other.kill()
        other.wait()


def costs(counts: tuple[int, ...]) -> None:
    print(f"{'':15}{'photos':>8}{'ours':>10}{'CPU':>9}{'sklearn':>10}{'CPU':>9}{'CPU ratio':>11}", end="")
    print(f"{'memory':>12}{'sklearn':>12}{'cancelled in':>14}")
    for method in SKLEARN:
        for count in counts:
            if count > CLUSTERERS[method].max_photos:
                continue
            mine = _one("ours", method, count)
            line = f"{method:15}{count:8,}{mine['wall']:8.2f} s{mine['cpu']:7.2f} s"
            if count <= MOST_WITHOUT_OURS.get(method, count):
                theirs = _one("sklearn", method, count)
                line += f"{theirs['wall']:8.2f} s{theirs['cpu']:7.2f} s{mine['cpu'] / theirs['cpu']:11.2f}"
                sides = f"{mine['memory']:8.0f} MiB{theirs['memory']:8.0f} MiB"
            else:
                line += f"{'not tried':>30}"
                sides = f"{mine['memory']:8.0f} MiB{'':12}"
            print(f"{line}{sides}{mine['cancel']:12.2f} s", end="")
            print(f"   its process {mine['child']:.0f} MiB in all" if mine["child"] > 0 else "", flush=True)


def _one(side: str, method: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.methods_beside_sklearn", "--one", side, method, str(count)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def stall(count: int) -> None:
    """k-means for k = 2 .. 20 while another program uses a core: threads that wait for each other wait for it, too."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    points, numbers = prepare(photos(count).vectors), range(2, 21)

    def mine() -> None:
        for k in numbers:
            kmeans.fit(points, k, JobContext(), restarts=1)

    def theirs() -> None:
        for k in numbers:
            KMeans(k, n_init=1, random_state=0).fit(points)

    def theirs_on_one_thread() -> None:
        with threadpool_limits(1):
            theirs()

    print(f"k-means, k = 2..20, {count:,} photos, one start each, beside a program that uses one core:")
    for name, work in (
        ("ours", mine),
        ("scikit-learn", theirs),
        ("scikit-learn on one thread", theirs_on_one_thread),
    ):
        work()  # imports are not what is measured
        with a_core_taken():
            wall, used = time.perf_counter(), _cpu()
            work()
            print(f"{name:28}{time.perf_counter() - wall:8.2f} s{_cpu() - used:8.2f} s CPU", flush=True)


def quality(folders: dict[str, tuple[Float32Array, Labels]]) -> None:
    print(f"{'ACC / ARI':15}" + "".join(f"{name:>32}" for name in folders) + "   ours, scikit-learn, agreement (ARI)")
    for method in SKLEARN:
        cells = []
        for points, truth in folders.values():
            k = int(truth.max()) + 1
            mine, theirs = (grouped(side, method, points, k) for side in ("ours", "sklearn"))
            scores = [f"{100 * hungarian_accuracy(truth, x):.1f} / {100 * ari(truth, x):.1f}" for x in (mine, theirs)]
            cells.append(f"{scores[0]:>12}{scores[1]:>13}{ari(mine, theirs):7.2f}")
        print(f"{method:15}{''.join(cells)}", flush=True)


def labeled(data: Path) -> dict[str, tuple[Float32Array, Labels]]:
    """Points and labels of the labeled folders, as the shipped model sees them."""
    from desktop_app.engine.library import Library
    from desktop_app.engine.settings import Settings

    found = {}
    for name in FOLDERS:
        with Library(data / "folders" / name, Settings()) as library:
            library.index(JobContext())
            kinds = [library.photo(int(i)).path.parent.name for i in library.embeddings.photo_ids]
            found[name] = prepare(library.embeddings.vectors), np.unique(kinds, return_inverse=True)[1]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="1,000 and 3,000 photos only")
    parser.add_argument("--one", nargs=3, metavar=("SIDE", "METHOD", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        side, method, count = options.one
        print(json.dumps(measure(side, method, int(count))))
        return
    data = os.environ.get("KINDRED_DATA")
    if data:
        with tempfile.TemporaryDirectory() as home:
            os.environ["KINDRED_HOME"] = home
            quality(labeled(Path(data)))
    costs((1_000, 3_000) if options.quick else (1_000, 3_000, 10_000, 20_000))
    stall(3_000 if options.quick else 10_000)


if __name__ == "__main__":
    main()
