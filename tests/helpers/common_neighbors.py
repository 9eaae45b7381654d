"""How much two sets of vectors of the same photos agree on which photos are alike."""

from __future__ import annotations

import numpy as np

from desktop_app.engine.job import JobContext
from desktop_app.engine.neighbors import nearest
from desktop_app.engine.types import Float32Array

NEIGHBORS = 10


def overlap(one: Float32Array, other: Float32Array) -> float:
    """Mean share of a photo's nearest ten that are the same in both; rows float32[N, D] of unit length."""
    own = np.arange(len(one))
    first, second = (nearest(rows, rows, NEIGHBORS, JobContext(), exclude=own)[0] for rows in (one, other))
    return float(np.mean([len(set(a) & set(b)) / len(a) for a, b in zip(first.tolist(), second.tolist(), strict=True)]))
