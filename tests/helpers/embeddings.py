"""Made-up embeddings and fingerprints of a folder of photos, for benchmarks."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.duplicates.fingerprint import Fingerprint
from desktop_app.engine.types import Embeddings, Float32Array


def photos(count: int, width: int = 512, kinds: int = 12) -> Embeddings:
    """Overlapping groups with a falling spectrum, like embeddings of real folders."""
    rng = np.random.default_rng(0)
    spectrum = (np.arange(1, width + 1) ** -0.5).astype(np.float32)
    centers = rng.normal(size=(kinds, width)).astype(np.float32)
    vectors = rng.normal(size=(count, width)).astype(np.float32)
    vectors += centers[rng.integers(0, kinds, count)]
    vectors *= spectrum
    vectors += 0.3
    return Embeddings(np.arange(1, count + 1), vectors, "benchmark")


def drawn_by_chance(count: int, width: int = 256) -> tuple[Float32Array, list[Fingerprint]]:
    """Vectors and fingerprints of photos that are what chance makes of them, a hundredth of them twice."""
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(count, width)).astype(np.float32)
    hashes = rng.integers(0, 2**63, count, dtype=np.uint64)
    twice = count // 100
    vectors[:twice], hashes[:twice] = vectors[-twice:], hashes[-twice:]
    return vectors, [Fingerprint(int(one), 1.0, 0.0, 1.0) for one in hashes]
