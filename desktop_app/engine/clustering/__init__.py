"""Clustering: one file per method, listed in `registry`, all behind `Grouper`."""

from __future__ import annotations

from typing import Any

from desktop_app.engine.clustering.base import Clusterer
from desktop_app.engine.clustering.features import prepare
from desktop_app.engine.clustering.grouper import Grouper, by_size, no_clusters
from desktop_app.engine.clustering.registry import CLUSTERERS, DEFAULT, clusterer, read_params
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Clustering, Embeddings

__all__ = [
    "CLUSTERERS",
    "DEFAULT",
    "Clusterer",
    "Grouper",
    "by_size",
    "cluster",
    "clusterer",
    "no_clusters",
    "prepare",
    "read_params",
]


def cluster(embeddings: Embeddings, ctx: JobContext, **request: Any) -> Clustering:
    """Put photos into groups once; see `Grouper.cluster` for what can be asked for."""
    return Grouper(embeddings).cluster(ctx, **request)
