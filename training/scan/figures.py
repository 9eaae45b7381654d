"""Figures of clusters and features on pictures that were not trained on: fitted on one set, scored on another."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.heads import softmax, with_bias
from desktop_app.engine.clustering.scan_head import Trained
from desktop_app.engine.evaluate import (
    Labels,
    ari,
    hungarian_accuracy,
    majority_accuracy,
    majority_chance,
    nmi,
    weighted_knn_accuracy,
)
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import Components, normalize, principal_components
from desktop_app.engine.types import Float32Array

from ..measuring.probe import linear_probe

_KNN, _TEMPERATURE = 200, 0.1


def cluster_figures(truth: Labels, groups: Labels, clusters: int, *, matched: bool = True) -> dict[str, float]:
    """What groups are worth beside the labels, in percent.

    Args:
        truth: int[N].
        groups: int[N].
        clusters: how many there could be.
        matched: one group a label (ACC); otherwise each group takes its most frequent label (majority ACC, which
            rises with the number of groups, so that ``chance`` and ``clusters`` stand beside it).
    """
    used = {"used clusters": float(len(np.unique(groups)))}
    agreement = {"NMI": 100 * nmi(truth, groups), "ARI": 100 * ari(truth, groups)}
    if matched:
        return {"ACC": 100 * hungarian_accuracy(truth, groups)} | agreement | used
    majority = {"majority ACC": 100 * majority_accuracy(truth, groups)}
    chance = {"chance": 100 * majority_chance(truth, groups, draws=20), "clusters": float(clusters)}
    return majority | chance | agreement | used


def neighbor_figures(
    bank: Float32Array, bank_truth: Labels, queries: Float32Array, truth: Labels, ctx: JobContext
) -> dict[str, float]:
    """Weighted kNN (200 neighbors, temperature 0.1, cosine) in percent; fewer neighbors where the bank is small."""
    k = min(_KNN, len(bank) // 10)
    found = weighted_knn_accuracy(normalize(bank), bank_truth, normalize(queries), truth, k, _TEMPERATURE, ctx)
    return {f"kNN-{k}": 100 * found}


def probe_figures(
    bank: Float32Array,
    bank_truth: Labels,
    queries: Float32Array,
    truth: Labels,
    ctx: JobContext,
    *,
    epochs: int,
    device: str,
) -> dict[str, float]:
    """Accuracy of a linear layer on frozen features, in percent."""
    return {"linear probe": 100 * linear_probe(bank, bank_truth, queries, truth, ctx, epochs=epochs, device=device)}


def kmeans_groups(bank: Float32Array, queries: Float32Array, k: int, seed: int, ctx: JobContext) -> Labels:
    """Groups int64[Q] of ``queries``: the nearest of the centers found in ``bank``, unit rows both."""
    centers = kmeans.fit(normalize(bank), k, ctx, seed=seed, restarts=10).centers
    nearest: Labels = (normalize(queries) @ centers.T - (centers**2).sum(axis=1) / 2).argmax(axis=1)
    return nearest


def centered(bank: Float32Array, queries: Float32Array) -> tuple[Float32Array, Float32Array]:
    """Both without the mean of ``bank``, at unit length: what all pictures share tells none of them apart."""
    mean = bank.mean(axis=0)
    return normalize(bank - mean), normalize(queries - mean)


def head_probabilities(trained: Trained, points: Float32Array) -> Float32Array:
    """Probabilities float32[N, C] of any points, seen in training or not."""
    return softmax(with_bias(points * np.float32(trained.factor)) @ trained.weights).astype(np.float32)


def compact(vectors: Float32Array, number: int, ctx: JobContext) -> Components:
    """The axes on which `on_axes` describes vectors."""
    return principal_components(vectors, number, ctx)


def on_axes(axes: Components, vectors: Float32Array) -> Float32Array:
    """Principal components, half-whitened, unit length: float32[N, D] -> float32[N, d]."""
    scale = np.maximum(axes.variance, 1e-12 * axes.variance[0]) ** -0.25
    return normalize(axes.transform(vectors) * scale.astype(np.float32))
