"""Every clustering method of the app on labeled folders: at the true number of groups, and at the suggested one."""

from __future__ import annotations

import dataclasses
import itertools
from functools import partial

import numpy as np

from desktop_app.engine.clustering import CLUSTERERS, Grouper
from desktop_app.engine.evaluate import ari, hungarian_accuracy, nmi

from .row import Bench, Row
from .sets import Candidate, Folders, real_features
from .tables import Table, crossed


def run(bench: Bench) -> None:
    """Measure the methods on three qualities of features, seed by seed."""
    folders = Folders(bench)
    methods = {entry.name: dataclasses.asdict(entry.params()) for entry in CLUSTERERS.values() if not entry.from_model}
    for candidate in real_features():
        for seed in range(bench.seeds):
            work = partial(_measure, bench, folders, candidate, list(methods), seed)
            bench.once(candidate.name, seed, folders.data_hash, candidate.settings | {"methods": methods}, work)


def _measure(bench: Bench, folders: Folders, candidate: Candidate, methods: list[str], seed: int) -> None:
    """ACC, NMI and ARI, mean over the folders. HDBSCAN finds the number itself: both halves of its line agree."""
    rows: dict[str, list[list[float]]] = {method: [] for method in methods}
    for found in folders.seen_by(candidate):
        grouper = Grouper(found.embeddings)
        suggested = grouper.elbow(bench.ctx, seed=seed).suggested
        for method, number in itertools.product(methods, (found.k, suggested)):
            labels, truth = grouper.cluster(bench.ctx, method=method, k=number, seed=seed).labels, found.truth
            rows[method].append([hungarian_accuracy(truth, labels), nmi(truth, labels), ari(truth, labels)])
    for method in methods:
        means = 100 * np.reshape(rows[method], (-1, 2, 3)).mean(axis=0)
        figures = {
            f"{metric}, {where} k": float(value)
            for where, half in zip(("true", "suggested"), means, strict=True)
            for metric, value in zip(("ACC", "NMI", "ARI"), half, strict=True)
        }
        bench.record_all(
            f"{candidate.name}; {method}",
            figures,
            seed=seed,
            data="mean over rooms, clothing, album_mix",
            data_hash=folders.data_hash,
            config=candidate.settings | {"method": method},
            note="photos that HDBSCAN leaves unsure count as wrong" if method == "hdbscan" else "",
        )


ROW = Row(
    name="methods",
    title="The clustering methods",
    published=(),
    run=run,
    needs="the labeled folders, `teacher`, `models/`; about 20 minutes of one core",
    minutes=20,
    about="All methods that the app offers, on the same features.",
    tables=(
        Table(
            question="Which method puts most photos into the right group?",
            reading=(
                "ACC, means over the three labeled folders, for three qualities of features: both shipped models as "
                "they run, and a supervised network. Once with the true number of groups, once with the one that the "
                "app suggests. Guessing gives about 16. Differences smaller than ± are chance."
            ),
            lines="method",
            place=crossed({"ACC, true k": "true k", "ACC, suggested k": "suggested k"}),
        ),
        Table(
            question="Do other measures agree?",
            reading="NMI and ARI at the true number of groups; guessing gives 0.",
            lines="method",
            place=crossed({"NMI, true k": "NMI", "ARI, true k": "ARI"}),
        ),
    ),
)
