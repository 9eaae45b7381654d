"""Made-up embeddings of a folder of photos, for benchmarks."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.types import Embeddings


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
