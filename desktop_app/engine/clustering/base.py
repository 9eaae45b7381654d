"""What a clustering method takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Int32Array


@dataclass(frozen=True, slots=True)
class Grouping:
    """The raw result of a method.

    Attributes:
        labels: int32[N], any non-negative numbers, or -1 for a photo the method leaves out.
        confidence: float32[N] in 0..1: near 0 a photo could as well belong elsewhere, near 1 it could not.
    """

    labels: Int32Array
    confidence: Float32Array


Method = Callable[[Float32Array, int | None, Any, int, JobContext], Grouping]
"""``run(points float32[N, d], k or None, params, seed, ctx)``, for at least two distinct points."""


@dataclass(frozen=True, slots=True)
class Clusterer:
    """One entry of `clustering.CLUSTERERS`.

    Attributes:
        name: its key.
        title: in a person's words.
        run: the method.
        params: dataclass of its parameters; form and flags derive from its fields.
        max_photos: above this, memory or time would be out of proportion.
        takes_k: whether the person chooses the number of groups.
    """

    name: str
    title: str
    run: Method
    params: type
    max_photos: int
    takes_k: bool
