"""Controls beside SCAN on CIFAR-10: pixels, random weights, patch features; and cluster heads on frozen features."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch

from desktop_app.engine.clustering.scan_head import ScanParams, TemiParams, train
from desktop_app.engine.types import Float32Array

from ..measuring.features import embed_photos
from ..measuring.patch_features import learn_filters, patch_features
from ..networks.backbones import build_backbone
from ..photos import cifar10
from ..photos.data import PhotoArray
from ..scan.figures import (
    cluster_figures,
    compact,
    head_probabilities,
    kmeans_groups,
    neighbor_figures,
    on_axes,
    probe_figures,
)
from ..scan.mining import nearest, purity
from ..scan.selection import own_probe, rank_correlation
from ..stored import stored_arrays
from .row import Bench

CLUSTERS = 10
CPU_BACKBONE = "cifarnet"
_FILTERS = {"cpu": 256, "cuda": 1600}
_AXES = 256
_PROBE_EPOCHS = 100


@dataclasses.dataclass(frozen=True, slots=True)
class Data:
    """What is trained and scored on.

    Attributes:
        train: pictures that are trained on; their labels only bank kNN and linear probe.
        test: all 10,000 test pictures, from JPEG copies.
        lossless: 1,000 of them, lossless.
        words: for the report.
    """

    train: cifar10.Labeled
    test: cifar10.Labeled
    lossless: cifar10.Labeled
    words: str


def load(bench: Bench) -> Data:
    """CIFAR-10, all of it."""
    train_set = cifar10.training_set(bench.folder / "cache")
    words = f"CIFAR-10: {len(train_set.labels):,} to train on; scored on all 10,000 test pictures, from JPEG copies"
    return Data(train_set, cifar10.test_set_jpeg(), cifar10.test_set_lossless(), words)


@dataclasses.dataclass(frozen=True, slots=True)
class Recorder:
    """`Bench.record_all` with the data filled in.

    Attributes:
        bench: of the row.
        data: what figures are measured on.
        config: behind them.
        more: further arguments, such as ``seconds``, ``epochs`` and ``note``.
    """

    bench: Bench
    data: Data
    config: dict[str, Any]
    more: dict[str, Any] = dataclasses.field(default_factory=dict)

    def __call__(self, variant: str, figures: dict[str, float], seed: int) -> None:
        """Record the figures of one run."""
        data_hash = self.data.train.photos.data_hash
        self.bench.record_all(
            variant, figures, seed=seed, data=self.data.words, data_hash=data_hash, config=self.config, **self.more
        )

    def once(self, variant: str, seed: int, compute: Callable[[], dict[str, float]]) -> dict[str, float]:
        """Compute figures and record them, see `Bench.once`; returns them as recorded."""

        def work() -> None:
            began = time.monotonic()
            figures = compute()
            dataclasses.replace(self, more={"seconds": time.monotonic() - began} | self.more)(variant, figures, seed)

        found = self.bench.once(variant, seed, self.data.train.photos.data_hash, self.config, work)
        return {m.metric: m.value for m in found}


def score_features(
    bench: Bench, data: Data, record: Recorder, name: str, bank: Float32Array, queries: Float32Array
) -> None:
    """kNN, linear probe, purity of neighbors, and k-means seed by seed.

    Args:
        bench: of the row.
        data: labels.
        record: where figures go.
        name: of the features.
        bank: float32[N, d] of the training pictures.
        queries: float32[Q, d] of the test pictures.
    """
    truth, asked, ctx = data.train.labels, data.test.labels, bench.ctx

    def worth() -> dict[str, float]:
        figures = neighbor_figures(bank, truth, queries, asked, ctx)
        figures |= probe_figures(bank, truth, queries, asked, ctx, epochs=_PROBE_EPOCHS, device=bench.device)
        neighbors = nearest(torch.from_numpy(bank).to(bench.device), 50)
        return figures | {f"purity@{k}": 100 * purity(neighbors[:, :k], truth) for k in (5, 20, 50)}

    def clustered(seed: int) -> dict[str, float]:
        return cluster_figures(asked, kmeans_groups(bank, queries, CLUSTERS, seed, ctx), CLUSTERS)

    record.once(name, 0, worth)
    for seed in range(bench.seeds):
        record.once(f"{name}; k-means", seed, partial(clustered, seed))


def measure_controls(bench: Bench, data: Data) -> None:
    """Pixels, random weights and patch features, and heads on the last."""
    for name, compute in _FEATURES.items():
        bank, queries = cached(bench, data, name, compute)
        score_features(bench, data, Recorder(bench, data, {"features": name}), name, bank, queries)
        if compute is patches:
            score_heads(bench, data, name, {"features": name}, bank, queries)


def score_heads(
    bench: Bench, data: Data, name: str, origin: dict[str, Any], bank: Float32Array, queries: Float32Array
) -> None:
    """The app's linear heads on frozen features, seed by seed, and whether a choice without labels finds good ones.

    Args:
        bench: of the row.
        data: labels.
        name: of the features.
        origin: what the features depend on.
        bank: float32[N, d] of the training pictures.
        queries: float32[Q, d] of the test pictures.
    """
    settings: dict[str, tuple[ScanParams, int]] = {
        "SCAN head, entropy weight 2": (ScanParams(entropy_weight=2.0), CLUSTERS),
        "SCAN head, entropy weight 5": (ScanParams(entropy_weight=5.0), CLUSTERS),
        "TEMI head": (TemiParams(), CLUSTERS),
        "SCAN head, 20 clusters": (ScanParams(entropy_weight=5.0), 2 * CLUSTERS),
    }

    def scored(params: ScanParams, clusters: int, seed: int) -> dict[str, float]:
        trained = train(bank, clusters, params, seed, bench.ctx)
        groups = head_probabilities(trained, queries).argmax(axis=1)
        figures = cluster_figures(data.test.labels, groups, clusters, matched=clusters == CLUSTERS)
        own = head_probabilities(trained, bank[::4]).argmax(axis=1)
        probe = own_probe(bank[::4], own, clusters, bench.ctx, device=bench.device)
        return figures | {"selection loss": float(trained.score.min()), "own probe": probe}

    heads: list[tuple[float, float, float]] = []
    for title, (params, clusters) in settings.items():
        record = Recorder(bench, data, origin | {"clusters": clusters} | dataclasses.asdict(params))
        for seed in range(bench.seeds):
            figures = record.once(f"{name}; {title}", seed, partial(scored, params, clusters, seed))
            if clusters == CLUSTERS:
                heads.append((-figures["selection loss"], figures["own probe"], figures["ACC"]))
    by_loss, by_probe, accuracy = (list(column) for column in zip(*heads, strict=True))
    found = {
        "Spearman, selection loss": rank_correlation(by_loss, accuracy),
        "Spearman, own probe": rank_correlation(by_probe, accuracy),
    }
    note = f"of label-free scores with ACC over {len(heads)} heads; above 0.6 a choice by them can be trusted"
    Recorder(bench, data, origin, {"note": note})(f"{name}; choice without labels", found, 0)


def cached(bench: Bench, data: Data, name: str, compute: Compute) -> tuple[Float32Array, Float32Array]:
    """Features of training and test pictures, computed once: float32[N, d] each."""
    pictures = hashlib.blake2b(data.train.photos.data_hash.encode(), digest_size=8).hexdigest()
    path = bench.folder / "cache" / f"{name.replace(' ', '-')}-{pictures}.npz"
    pair = stored_arrays(path, lambda: named_pair(*compute(bench, data.train.photos, data.test.photos)))
    return pair["bank"], pair["queries"]


def named_pair(bank: Float32Array, queries: Float32Array) -> dict[str, Float32Array]:
    """Features of training and test pictures under the names that they are stored by."""
    return {"bank": bank, "queries": queries}


def _pixels(bench: Bench, train_set: PhotoArray, test: PhotoArray) -> tuple[Float32Array, Float32Array]:
    bank, queries = ((part.images.reshape(len(part.images), -1) / 255).astype(np.float32) for part in (train_set, test))
    axes = compact(bank, _AXES, bench.ctx)
    return axes.transform(bank), axes.transform(queries)


def _random(bench: Bench, train_set: PhotoArray, test: PhotoArray) -> tuple[Float32Array, Float32Array]:
    network = build_backbone("resnet18-cifar" if bench.device.startswith("cuda") else CPU_BACKBONE, 0)
    bank, queries = (
        embed_photos(network, part.images, cifar10.SIZE, bench.ctx, device=bench.device) for part in (train_set, test)
    )
    mean = bank.mean(axis=0)  # what all pictures share says nothing, and with random weights it is nearly everything
    return bank - mean, queries - mean


def patches(bench: Bench, train_set: PhotoArray, test: PhotoArray) -> tuple[Float32Array, Float32Array]:
    """Patch features on 256 axes, see `measuring.patch_features`: float32[N, 256] each."""
    count = _FILTERS["cuda" if bench.device.startswith("cuda") else "cpu"]
    filters = learn_filters(train_set.images, count, bench.ctx, device=bench.device)
    bank, queries = (patch_features(filters, part.images, bench.ctx) for part in (train_set, test))
    scale = bank.std(axis=0) + 1e-6
    axes = compact(bank / scale, _AXES, bench.ctx)
    return on_axes(axes, bank / scale), on_axes(axes, queries / scale)


Compute = Callable[[Bench, PhotoArray, PhotoArray], tuple[Float32Array, Float32Array]]
_FEATURES: dict[str, Compute] = {"raw pixels": _pixels, "random weights": _random, "patch features": patches}
