"""What the rows on small labeled sets share: pictures with labels, trained networks, feature spaces, figures."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from desktop_app.engine.clustering import cluster, kmeans, prepare
from desktop_app.engine.errors import UserError
from desktop_app.engine.evaluate import (
    Labels,
    ari,
    hungarian_accuracy,
    knn_accuracy,
    majority_accuracy,
    majority_chance,
    nmi,
    purity_at_k,
    standardize,
)
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize, principal_components
from desktop_app.engine.types import Elbow, Embeddings, Float32Array

from .. import places
from ..config import Config
from ..loop import divide, train
from ..measuring.evaluation import LABELED_FOLDERS, evaluate, network_embedder
from ..networks.backbones import BACKBONES
from ..networks.card import draft_card
from ..photos.data import PhotoArray, load_photos, photo_names
from ..runs.open import load_run
from .figures import Measurement
from .row import Bench
from .tables import Place

KINDRED_SPACE = "PCA-32 as Kindred groups"


@dataclass(frozen=True, slots=True)
class Labeled:
    """Pictures with labels that are used for scoring only.

    Attributes:
        words: what they are, for the report.
        photos: the pictures.
        names: their files.
        truth: int64[N], numbers of ``classes``.
        classes: names of the labels, sorted.
    """

    words: str
    photos: PhotoArray
    names: tuple[str, ...]
    truth: Labels
    classes: tuple[str, ...]


def load_labeled(source: str, size: int, bench: Bench, words: str) -> Labeled:
    """A folder of the data whose labels stand in its ``labels.csv`` or, without one, are its sub-folders.

    Args:
        source: the folder.
        size: side in pixels.
        bench: of the row.
        words: what the pictures are, for the report.

    Raises:
        UserError: ``photos-left-out`` when a picture could not be read, and as `load_photos`.
    """
    folder = places.data() / source
    photos = load_photos(folder, size, bench.ctx, bench.folder.parents[1] / "cache")
    names = photo_names(folder)
    if photos.left_out:
        raise UserError("photos-left-out", f"{photos.left_out} pictures in {folder} could not be used; all are needed.")
    table = folder / "labels.csv"
    if table.exists():
        with table.open(newline="", encoding="utf-8") as rows:
            label_of = {row["filename"]: row["label"] for row in csv.DictReader(rows)}
        labels = [label_of[name] for name in names]
    else:
        labels = [Path(name).parent.name for name in names]
    classes, truth = np.unique(labels, return_inverse=True)
    return Labeled(words, photos, tuple(names), truth, tuple(str(name) for name in classes))


def trained(bench: Bench, config: Config, photos: PhotoArray, seed: int) -> tuple[nn.Module, dict[str, Any]]:
    """The network of a configuration under ``seed``, trained or found trained, and how: for `Bench.record_all`."""
    config = dataclasses.replace(config, seed=seed)
    folder = bench.folder / f"{config.name}-{seed}"
    train(config, photos, folder, bench.ctx, device=bench.device)
    return load_run(folder)[1], effort(folder, photos)


def effort(folder: Path, photos: PhotoArray) -> dict[str, Any]:
    """Configuration, epochs and seconds behind a run on ``photos``, whatever ended it: for `Bench.record_all`."""
    config, _, record = load_run(folder)
    steps_per_epoch, _ = divide(config.batch, len(photos.images))
    return {"config": config.as_dict(), "epochs": record["step"] / steps_per_epoch, "seconds": record["seconds"]}


def folder_figures(run: Path, read_at: int, ctx: JobContext) -> dict[str, float]:
    """kNN5 and k-means ACC of a run's features, as pooled, mean over the labeled folders and each, in percent.

    Args:
        run: folder of the run.
        read_at: side in pixels at which photos are read.
        ctx: progress and cancelling.
    """
    config, network, _ = load_run(run)
    embedder = network_embedder(network, draft_card(config.name, read_at, BACKBONES[config.backbone].dim))
    table = evaluate({config.name: embedder}, ctx)[config.name]
    named = {"mean": ""} | {folder: f", {folder}" for folder in LABELED_FOLDERS}
    knn = {f"kNN5{suffix}": table[folder]["knn5"] for folder, suffix in named.items()}
    return knn | {f"k-means ACC{suffix}": table[folder]["kmeans_acc"] for folder, suffix in named.items()}


def _two(vectors: Float32Array) -> Float32Array:
    return principal_components(vectors, 2, JobContext()).transform(vectors)


def _scaled(vectors: Float32Array) -> Float32Array:
    deviation = vectors.std(axis=0)
    scaled: Float32Array = (vectors - vectors.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    return scaled


SPACES: dict[str, Callable[[Float32Array], Float32Array]] = {
    "PCA-2 of raw features": _two,
    "PCA-2 of standardized features": lambda vectors: _two(_scaled(vectors)),
    "PCA-2 of unit features": lambda vectors: prepare(vectors, "pca2"),
    "unit features": normalize,
    "PCA-32 as Kindred groups": prepare,
}
"""Name -> what is clustered, of features float32[N, D]. The first three are readings of Kong's paper."""


def group_figures(truth: Labels, groups: Labels) -> dict[str, float]:
    """What groups are worth beside the labels, in percent, with their number and the chance level of the majority."""
    return {
        "majority ACC": 100 * majority_accuracy(truth, groups),
        "chance": 100 * majority_chance(truth, groups),
        "ACC": 100 * hungarian_accuracy(truth, groups),
        "NMI": 100 * nmi(truth, groups),
        "ARI": 100 * ari(truth, groups),
        "k": len(np.unique(groups[groups >= 0])),
    }


def neighbor_figures(features: Float32Array, truth: Labels) -> dict[str, float]:
    """Neighbor purity@5 and kNN5 by cosine on centered unit features, in percent."""
    points = standardize(features)
    return {"purity@5": 100 * purity_at_k(points, truth, 5), "kNN5": 100 * knn_accuracy(points, truth, 5)}


def group_by(method: str, vectors: Float32Array, k: int, seed: int, ctx: JobContext) -> Labels:
    """Groups int32[N] of features float32[N, D], found as the app does by any of its methods."""
    embeddings = Embeddings(np.arange(len(vectors)), vectors, "laboratory")
    return cluster(embeddings, ctx, method=method, k=k, seed=seed).labels


def score_spaces(
    bench: Bench,
    variant: str,
    features: Float32Array,
    data: Labeled,
    seed: int,
    origin: Mapping[str, Any],
    spaces: Sequence[str] = tuple(SPACES),
) -> None:
    """Record what k-means (true number of labels, 10 restarts) makes of features in each of `SPACES`.

    Args:
        bench: of the row.
        variant: whose features they are; the space is added to it.
        features: float32[N, D].
        data: the pictures.
        seed: of k-means, and of the run behind the features.
        origin: further arguments of `Bench.record_all`.
        spaces: names in `SPACES`.
    """
    near, k = neighbor_figures(features, data.truth), len(data.classes)
    for name in spaces:
        groups = kmeans.fit(SPACES[name](features), k, bench.ctx, seed=seed, restarts=10).labels
        record(bench, f"{variant}; {name}", group_figures(data.truth, groups) | near, data, seed, origin)


def record(
    bench: Bench, variant: str, figures: Mapping[str, float], data: Labeled, seed: int, origin: Mapping[str, Any]
) -> None:
    """`Bench.record_all` for figures on ``data``."""
    bench.record_all(variant, figures, seed=seed, data=data.words, data_hash=data.photos.data_hash, **origin)


def record_bend(bench: Bench, variant: str, curve: Elbow, data: Labeled, seed: int, origin: Mapping[str, Any]) -> None:
    """Record where an elbow chart bends (0 where it does not), and the number of groups it suggests."""
    bend = {"knee": float(curve.knee or 0), "suggested k": float(curve.suggested)}
    record(bench, variant, bend, data, seed, origin)


def by_space(metric: str, spaces: Sequence[str]) -> Place:
    """For a table of what `score_spaces` recorded: features in the lines, spaces in the columns."""

    def place(m: Measurement) -> tuple[str, str] | None:
        features, _, space = m.variant.rpartition("; ")
        return (features, space) if m.metric == metric and space in spaces else None

    return place


def by_metric_in(space: str, metrics: Sequence[str]) -> Place:
    """For a table of what `score_spaces` recorded: features in the lines, metrics of one space in the columns."""

    def place(m: Measurement) -> tuple[str, str] | None:
        features, _, found = m.variant.rpartition("; ")
        return (features, m.metric) if m.metric in metrics and found == space else None

    return place
