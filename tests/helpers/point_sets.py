"""Points with groups and without, for tests of clustering."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.project import normalize
from desktop_app.engine.types import Embeddings


def embeddings_of(vectors: np.ndarray) -> Embeddings:
    """With clusters as of a model that knows a dozen kinds, each of them like one photo of the folder."""
    exact = vectors.astype(np.float32)
    unit = normalize(exact)
    likeness = np.exp(30 * (unit @ unit[:: max(1, len(unit) // 12)].T - 1))
    clusters = likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-12)
    return Embeddings(np.arange(1, len(vectors) + 1), exact, "model", clusters)


def blobs(
    sizes: tuple[int, ...] = (50, 40, 30, 20), width: int = 48, noise: float = 0.15
) -> tuple[np.ndarray, np.ndarray]:
    """Groups of these sizes in directions of their own, shuffled, and the group of each."""
    rng = np.random.default_rng(4)
    truth = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centers = np.linalg.qr(rng.normal(size=(width, width)))[0][: len(sizes)]
    return (centers[truth] + rng.normal(size=(len(truth), width)) * noise / np.sqrt(width) * 3).astype(
        np.float32
    ), truth


def cloud(count: int = 400, width: int = 8, seed: int = 1) -> np.ndarray:
    """Points without groups."""
    return np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)
