"""Every clustering method on labelled folders: accuracy at the true and at the suggested number of groups.

    python -m tests.benchmarks.methods_on_folders FOLDER... [--model NAME] [--features FILE.npz...] [--methods a,b]

A folder's sub-folders are its labels. ``--features`` takes files with arrays ``vectors`` (or the name given by
``--key``) and ``y`` instead of folders. Percent, means over the seeds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from desktop_app.engine.clustering import CLUSTERERS, cluster, elbow
from desktop_app.engine.evaluate import Labels, ari, hungarian_accuracy, nmi
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.types import Embeddings, Float32Array

CTX = JobContext()


def features(paths: list[Path], key: str) -> Iterator[tuple[str, Float32Array, Labels]]:
    for path in paths:
        stored = np.load(path)
        yield path.stem, stored[key].astype(np.float32), stored["y"]


def folders(paths: list[Path], model: str | None) -> Iterator[tuple[str, Float32Array, Labels]]:
    for path in paths:
        with Library(path, model=model) as library:
            library.index(CTX)
            names = [photo.path.relative_to(library.root).parts[0] for photo in library.photos]
            yield path.name, library.embeddings.vectors, np.unique(names, return_inverse=True)[1]


def scores(library: Embeddings, truth: Labels, method: str, k: int | None, seed: int) -> tuple[float, ...]:
    found = cluster(library, CTX, method=method, k=k, seed=seed).labels
    return hungarian_accuracy(truth, found), nmi(truth, found), ari(truth, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="*", type=Path)
    parser.add_argument("--model", help="of the folders; the default one when absent")
    parser.add_argument("--features", nargs="*", type=Path, default=[])
    parser.add_argument("--key", default="vectors")
    parser.add_argument("--methods", default=",".join(CLUSTERERS))
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    sets = [*features(args.features, args.key), *folders(args.folder, args.model)]
    both = f"{'NMI':>6}{'ARI':>6}"
    print(f"{'':12}{'method':15}{'true k: ACC':>12}{'+-':>5}{both}{'suggested: ACC':>16}{both}")
    table: dict[str, list[np.ndarray]] = {}
    for name, vectors, truth in sets:
        library = Embeddings(np.arange(1, len(truth) + 1), vectors, "benchmark")
        k = len(np.unique(truth))
        suggested = [elbow.elbow(library, CTX, seed=seed).suggested for seed in range(args.seeds)]
        print(f"{name}: {len(truth)} photos, {k} labels, suggested {sorted(set(suggested))}")
        for method in args.methods.split(","):
            begun = time.perf_counter()
            true_k, free = (
                np.array([scores(library, truth, method, number, seed) for seed, number in enumerate(numbers)]) * 100
                for numbers in ([k] * args.seeds, suggested)
            )
            figures = np.concatenate([true_k.mean(axis=0), [true_k[:, 0].std()], free.mean(axis=0)])
            table.setdefault(method, []).append(figures)
            print(line(method, figures), f"{(time.perf_counter() - begun) / 2 / args.seeds:6.2f} s", flush=True)
    print("mean")
    for method, rows in table.items():
        print(line(method, np.mean(rows, axis=0)))


def line(method: str, figures: np.ndarray) -> str:
    accuracy, information, rand, spread, *free = figures
    return (
        f"{'':12}{method:15}{accuracy:12.1f}{spread:5.1f}{information:6.1f}{rand:6.1f}"
        f"{free[0]:16.1f}{free[1]:6.1f}{free[2]:6.1f}"
    )


if __name__ == "__main__":
    main()
