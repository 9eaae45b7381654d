"""Speed of projection, neighbors, k-means, the elbow and every clustering method, beside scikit-learn in the same run.

    python -m tests.benchmarks.analysis_speed [--quick]

Walls depend on what else the machine does: compare CPU seconds and the ratios within one run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from desktop_app.engine.clustering import CLUSTERERS, cluster, elbow, kmeans, prepare
from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.project import project
from desktop_app.engine.types import Embeddings
from tests.helpers.embeddings import photos
from tests.helpers.memory import peak_mib

CTX = JobContext()


@dataclass
class Row:
    what: str
    wall: float
    cpu: float
    result: Any


def timed(what: str, work: Callable[[], Any]) -> Row:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    row = Row(what, time.perf_counter() - wall, time.process_time() - cpu, result)
    print(f"{what:58}{row.wall:9.2f}{row.cpu:9.2f}", flush=True)
    return row


def ratio(ours: Row, theirs: Row, note: str = "") -> None:
    print(f"    wall ratio to scikit-learn {ours.wall / theirs.wall:.2f}, CPU ratio {ours.cpu / theirs.cpu:.2f} {note}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the photos")
    scale = 10 if parser.parse_args().quick else 1
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.neighbors import NearestNeighbors
    from threadpoolctl import threadpool_limits

    middle, large = photos(10_000 // scale), photos(100_000 // scale)
    some, many = f"{len(middle.vectors):,}", f"{len(large.vectors):,}"
    print(f"{'':58}{'wall s':>9}{'CPU s':>9}")
    cluster(photos(200), CTX, k=3)  # imports are not what is measured

    timed(f"elbow, {some} x 512, k = 1..20, all criteria", lambda: elbow.elbow(middle, CTX, k_max=20))
    prepared = timed(f"  of which preparing (PCA-32), {some} x 512", lambda: prepare(middle.vectors))
    swept = timed(
        f"  of which the sweep k = 1..20 on a sample of {elbow.SAMPLE:,}",
        lambda: elbow.sweep(prepared.result[: elbow.SAMPLE], 20, CTX),
    )
    full = timed(f"sweep k = 1..20 on all of {some} x 32, no sample", lambda: elbow.sweep(prepared.result, 20, CTX))
    with threadpool_limits(1):
        theirs = timed(
            f"scikit-learn KMeans k = 2..20, n_init 1, 1 thread, {some} x 32",
            lambda: [KMeans(k, n_init=1, random_state=0).fit(prepared.result).inertia_ for k in range(2, 21)],
        )
    sampled = elbow.elbow(middle, CTX, k_max=20).inertia[1:]
    best = np.minimum([fit.inertia for fit in full.result[1:]], theirs.result)
    worst, worst_theirs = (sampled / best).max() - 1, (np.array(theirs.result) / best).max() - 1
    ratio(swept, theirs, f"; inertia above the best, worst k: elbow {worst:.1%}, scikit-learn {worst_theirs:.1%}")
    timed(f"elbow, {many} x 512, k = 1..20, all criteria", lambda: elbow.elbow(large, CTX, k_max=20))

    ours = timed(f"PCA to 2-D, {many} x 512", lambda: project(large, CTX))
    theirs = timed("scikit-learn PCA, covariance_eigh", lambda: PCA(2, svd_solver="covariance_eigh").fit(large.vectors))
    ratio(ours, theirs, "(ours also normalizes and transforms)")

    own = np.arange(len(middle.vectors))
    ours = timed(
        f"all nearest neighbors, top 20, {some} x 512",
        lambda: nearest(middle.vectors, middle.vectors, 20, CTX, exclude=own),
    )
    unit = middle.vectors / np.linalg.norm(middle.vectors, axis=1, keepdims=True)
    theirs = timed(
        "scikit-learn, brute force on normalized vectors",
        lambda: NearestNeighbors(n_neighbors=20, algorithm="brute").fit(unit).kneighbors(),
    )
    agree = (ours.result[0] == theirs.result[1]).mean()
    ratio(ours, theirs, f"; same neighbor in the same place: {agree:.2%}")
    one = middle.vectors[:1]
    timed(f"one query among {some}", lambda: nearest(one, middle.vectors, 20, CTX))

    for count, points, k in ((some, prepared.result, 10), (some, prepared.result, 50)):
        ours = timed(f"k-means, {count} x 32, k = {k}, 10 starts", lambda p=points, k=k: kmeans.fit(p, k, CTX))
        with threadpool_limits(1):
            theirs = timed(
                "scikit-learn KMeans, 10 starts, 1 thread",
                lambda p=points, k=k: KMeans(k, n_init=10, random_state=0).fit(p),
            )
        ratio(ours, theirs, f"; inertia ours / theirs {ours.result.inertia / theirs.result.inertia_:.4f}")

    for name, entry in ((name, entry) for name, entry in CLUSTERERS.items() if not entry.from_model):
        count = min(len(middle.vectors), entry.max_photos)
        part = Embeddings(middle.photo_ids[:count], middle.vectors[:count], middle.model_id)
        found = timed(f"{name}, {count:,} photos, k = 12", lambda p=part, n=name: cluster(p, CTX, method=n, k=12))
        print(f"    {found.result.k} groups")
    for name in ("scan", "temi"):
        small = Embeddings(middle.photo_ids[:1000], middle.vectors[:1000], middle.model_id)
        for part in (small, large):
            before = peak_mib()
            timed(
                f"{name}, {len(part.photo_ids):,} photos, k = 12",
                lambda p=part, n=name: cluster(p, CTX, method=n, k=12),
            )
            added = peak_mib() - before
            print(f"    {added:.0f} MiB above the peak before")
    print(f"peak memory {peak_mib() / 2**10:.2f} GiB")


if __name__ == "__main__":
    main()
