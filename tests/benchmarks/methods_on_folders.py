"""Every clustering method on labelled folders: accuracy at the true and at the suggested number of groups.

    python -m tests.benchmarks.methods_on_folders FOLDER... [--model NAME] [--features FILE.npz...] [--methods a,b]

A folder's sub-folders are its labels. Percent, mean over the seeds and spread of the accuracy between them. HDBSCAN
finds the number of groups itself, so both halves of its line agree; photos it leaves unsure count as wrong.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from desktop_app.engine.clustering import CLUSTERERS, Grouper
from desktop_app.engine.evaluate import ari, hungarian_accuracy, nmi
from tests.benchmarks._labelled import CTX, LabelledSet, add_arguments, from_options


def scores(found: LabelledSet, groupers: list[Grouper], method: str, numbers: list[int]) -> np.ndarray:
    """ACC, NMI and ARI in percent, float64[seeds, 3]."""
    rows = []
    for seed, (grouper, k) in enumerate(zip(groupers, numbers, strict=True)):
        labels = grouper.cluster(CTX, method=method, k=k, seed=seed).labels
        rows.append((hungarian_accuracy(found.truth, labels), nmi(found.truth, labels), ari(found.truth, labels)))
    return np.array(rows) * 100


def line(method: str, figures: np.ndarray) -> str:
    """One method's figures: ACC, spread, NMI, ARI at the true k, then at the suggested one."""
    halves = (f"{accuracy:8.1f} +-{spread:4.1f}{nmi_:7.1f}{ari_:7.1f}" for accuracy, spread, nmi_, ari_ in figures)
    return f"  {method:15}" + "   ".join(halves)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--methods", help="by name, with commas between; all that can be used when absent")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    sets = from_options(options)
    if not sets:
        print("Name folders whose sub-folders are labels; see --help.")
        return
    heading = f"{'ACC':>8} {'':6}{'NMI':>7}{'ARI':>7}"
    print(f"{'':17}{'at the true k':28}   at the suggested k\n{'':17}{heading}   {heading}")
    table: dict[str, list[np.ndarray]] = {}
    for found in sets:
        embeddings = found.embeddings
        usable = [name for name, entry in CLUSTERERS.items() if found.clusters is not None or not entry.from_model]
        # One for each seed: what a method keeps belongs to its seed.
        groupers = [Grouper(embeddings) for _ in range(options.seeds)]
        suggested = [grouper.elbow(CTX, seed=seed).suggested for seed, grouper in enumerate(groupers)]
        print(f"{found.name}: {len(found.truth)} photos, {found.k} labels, suggested {sorted(set(suggested))}")
        for method in options.methods.split(",") if options.methods else usable:
            begun = time.perf_counter()
            both = [scores(found, groupers, method, numbers) for numbers in ([found.k] * options.seeds, suggested)]
            figures = np.array([[*half.mean(axis=0)[:1], half[:, 0].std(), *half.mean(axis=0)[1:]] for half in both])
            table.setdefault(method, []).append(figures)
            seconds = (time.perf_counter() - begun) / options.seeds
            print(line(method, figures), f"{seconds:7.2f} s a seed", flush=True)
    if len(table) and len(next(iter(table.values()))) > 1:
        print("mean")
        for method, rows in table.items():
            print(line(method, np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
