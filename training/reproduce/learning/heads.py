"""SCAN after other tasks: the whole network, and what matters to the app's linear heads on frozen features."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch

from desktop_app.engine.clustering.scan_head import ScanParams, train
from desktop_app.engine.evaluate import Labels, contingency
from desktop_app.engine.types import Float32Array

from ...config import Config, StartConfig, shipped_config
from ...loop import train as train_network
from ...photos import cifar10
from ...pretexts.scan import ClusterHeads
from ...runs.open import load_trained
from ...scan.figures import centered, cluster_figures, head_probabilities, kmeans_groups
from ...scan.mining import as_array
from ..figures import Measurement
from ..labeled import effort
from ..row import Bench, Published, Row
from ..scan_controls import CLUSTERS, Data, Recorder, cached
from ..tables import Table
from .controls import CONTROLS
from .methods import RUNS, features, learned, load

PATCHES, TASKS = "patch features", ("SimCLR", "instance discrimination", "RotNet")
_OWN_STATE = {
    "instance discrimination": ("memory", "log_normalizer", "usual", "renewed"),
    "RotNet": ("reports",),
}
"""What a task keeps beside its network and head, and has no place in SCAN."""
_CPU_RATE = 5e-4  # five times the published one, for a thirtieth of its updates
_SURE = 0.99
_MOST_SEEDS = 2
_BASE = ScanParams(entropy_weight=5.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a head is trained: its parameters, and its clusters."""

    params: ScanParams = _BASE
    clusters: int = CLUSTERS


def _with(**changes: float) -> Setting:
    return Setting(dataclasses.replace(_BASE, **changes))  # type: ignore[arg-type]


_WHOLE = "whole network"
AS_PUBLISHED = "20 neighbors, entropy weight 5"
SETTINGS: dict[str, Setting] = {
    AS_PUBLISHED: Setting(),
    "5 neighbors": _with(neighbors=5),
    "50 neighbors": _with(neighbors=50),
    "entropy weight 0.5": _with(entropy_weight=0.5),
    "entropy weight 2": _with(entropy_weight=2.0),
    "20 clusters": Setting(clusters=2 * CLUSTERS),
    **{f"{steps} steps": _with(steps=steps) for steps in (25, 100, 1000)},
}
"""Name -> what differs from SCAN's published numbers."""


def run(bench: Bench) -> None:
    """k-means and heads on the features of a few tasks; every setting on SimCLR's and on patch features."""
    measure(bench, load(bench))


def measure(bench: Bench, data: Data) -> None:
    """The row on some pictures."""
    for seed in range(min(bench.seeds, _MOST_SEEDS)):
        for name in (PATCHES, *TASKS):
            if name == PATCHES:
                origin, (bank, queries) = {"features": name}, cached(bench, data, name, CONTROLS[name])
            else:
                method = learned(bench, data, name, seed)
                origin, (bank, queries) = dict(method.origin["config"]), features(bench, data, method)
            bank, queries = centered(bank, queries)
            by_kmeans = partial(_kmeans, bench, data, bank, queries, seed)
            Recorder(bench, data, origin).once(f"{name}; k-means", seed, by_kmeans)
            chosen = SETTINGS if name in (PATCHES, TASKS[0]) else {AS_PUBLISHED: SETTINGS[AS_PUBLISHED]}
            for words, setting in chosen.items():
                record = Recorder(bench, data, {"features": origin} | dataclasses.asdict(setting))
                record.once(f"{name}; {words}", seed, partial(_head, bench, data, bank, queries, setting, seed))
            if name != PATCHES:
                _whole_network(bench, data, name, seed)


def _whole_network(bench: Bench, data: Data, name: str, seed: int) -> None:
    """SCAN of the whole network that a task trained, with strong views, from the neighbors of its features."""
    config = _fine_tuning(bench, learned(bench, data, name, seed).config, name)
    folder = bench.folder.parent / RUNS / config.name
    train_network(config, data.train.photos, folder, bench.ctx, device=bench.device)
    origin = effort(folder, data.train.photos)
    record = Recorder(bench, data, origin.pop("config"), origin)
    record.once(f"{name}; {_WHOLE}", seed, partial(_clusters, bench, data, folder))


def _fine_tuning(bench: Bench, task: Config, name: str) -> Config:
    published = shipped_config("scan-cifar10-scan")
    assert published.start is not None
    dropped = ("head.", *_OWN_STATE.get(name, ()))
    gpu = bench.device.startswith("cuda")
    return dataclasses.replace(
        task,
        name=f"{task.name}-scan",
        start=StartConfig(task.name, published.start.fresh, dropped),
        pretext=published.pretext | {"neighbors_of": task.name, "space": "features"},
        limits=published.limits if gpu else task.limits,
        ema=published.ema,
        optimizer=published.optimizer if gpu else dataclasses.replace(published.optimizer, lr=_CPU_RATE),
    )


def _clusters(bench: Bench, data: Data, folder: Path) -> dict[str, float]:
    pretext = load_trained(folder, bench.device)
    assert isinstance(pretext, ClusterHeads)
    images = torch.from_numpy(data.test.photos.images.copy()).to(bench.device)
    probability = as_array(pretext.probabilities(images, cifar10.SIZE)[:, pretext.shown_head()])
    groups = probability.argmax(axis=1)
    figures = cluster_figures(data.test.labels, groups, CLUSTERS)
    return figures | shares(groups, CLUSTERS) | surest(data.test.labels, groups, probability.max(axis=1))


def _kmeans(bench: Bench, data: Data, bank: Float32Array, queries: Float32Array, seed: int) -> dict[str, float]:
    groups = kmeans_groups(bank, queries, CLUSTERS, seed, bench.ctx)
    return cluster_figures(data.test.labels, groups, CLUSTERS) | shares(groups, CLUSTERS)


def _head(
    bench: Bench, data: Data, bank: Float32Array, queries: Float32Array, setting: Setting, seed: int
) -> dict[str, float]:
    trained = train(bank, setting.clusters, setting.params, seed, bench.ctx)
    probability = head_probabilities(trained, queries)
    groups, matched = probability.argmax(axis=1), setting.clusters == CLUSTERS
    figures = cluster_figures(data.test.labels, groups, setting.clusters, matched=matched)
    return figures | shares(groups, setting.clusters) | surest(data.test.labels, groups, probability.max(axis=1))


def shares(groups: Labels, clusters: int) -> dict[str, float]:
    """The largest and the smallest cluster, in percent of the photos int[N]; one that nobody is in counts as 0."""
    sizes = np.bincount(groups, minlength=clusters) / len(groups)
    return {"largest share": 100 * float(sizes.max()), "smallest share": 100 * float(sizes.min())}


def surest(truth: Labels, groups: Labels, probability: Float32Array) -> dict[str, float]:
    """How many photos a head is more than 99 % sure of, and how many of those have their cluster's usual label.

    Args:
        truth: int[N].
        groups: int[N].
        probability: float32[N], of the own cluster. Untempered: heads believe too much in themselves.
    """
    sure = probability > _SURE
    found = {"confident share": 100 * float(sure.mean())}
    if sure.any():
        usual = dict(zip(np.unique(groups), contingency(truth, groups).argmax(axis=0), strict=True))
        labels = np.unique(truth)
        right = [labels[usual[group]] == label for group, label in zip(groups[sure], truth[sure], strict=True)]
        found["right among them"] = 100 * float(np.mean(right))
    return found


def _start(m: Measurement) -> tuple[str, str] | None:
    features_of, _, how = m.variant.rpartition("; ")
    headings = {"k-means": "k-means", AS_PUBLISHED: "SCAN head", _WHOLE: "SCAN, whole network"}
    return (features_of, headings[how]) if how in headings and m.metric == "ACC" else None


def _finer(m: Measurement) -> tuple[str, str] | None:
    features_of, _, how = m.variant.rpartition("; ")
    return (features_of, m.metric) if how == "20 clusters" and m.metric in ("majority ACC", "NMI", "ARI") else None


def _settings(features_of: str) -> Table:
    headings = {
        "ACC": "ACC",
        "NMI": "NMI",
        "largest share": "largest",
        "smallest share": "smallest",
        "confident share": "sure",
        "right among them": "right among them",
    }

    def place(m: Measurement) -> tuple[str, str] | None:
        name, _, how = m.variant.rpartition("; ")
        return (how, headings[m.metric]) if name == features_of and m.metric in headings else None

    return Table(
        question=f"Which numbers matter to a head on {features_of}?",
        reading=(
            "Each line changes one thing of *20 neighbors, entropy weight 5*, which learns for 300 steps. Sizes of the "
            "largest and smallest of the clusters; photos that a head is more than 99 % sure of, and how many of those "
            "have the usual label of their cluster. All in percent; guessing gives an ACC of 10."
        ),
        lines="setting",
        place=place,
        reference=("k-means",),
    )


_PAPER = "Van Gansbeke et al. 2020 (self-labeled)"
ROW = Row(
    name="scan-heads",
    title="What matters to a cluster head",
    published=(
        Published("ACC", 87.6, 0.4, _PAPER, f"SimCLR; {_WHOLE}"),
        Published("ACC", 83.5, 4.1, _PAPER, f"instance discrimination; {_WHOLE}"),
        Published("ACC", 74.3, 3.9, _PAPER, f"RotNet; {_WHOLE}"),
    ),
    run=run,
    needs="`cifar10`, and what `pretexts` needs, whose runs it takes; ten minutes of one CPU core besides",
    minutes=25,
    about=(
        "Development figures: linear heads on the features of the short runs above, which stay as they are; and SCAN "
        "of the whole network with strong views, for as many updates as the task had. Published features come from "
        "500 epochs; what is shown here is how the numbers of the loss work, not how far it gets."
    ),
    tables=(
        Table(
            question="Does a head beat k-means, whatever task the features come from?",
            reading=(
                "ACC on the test pictures with ten clusters; guessing gives 10. The head learns on features that stay; "
                "then SCAN's second step itself, which trains the network with it."
            ),
            lines="features",
            place=_start,
        ),
        _settings(TASKS[0]),
        _settings(PATCHES),
        Table(
            question="And with twenty clusters on ten classes?",
            reading="Each cluster takes its most frequent class; guessing gives {chance}.",
            lines="features",
            place=_finer,
        ),
    ),
)
