"""Clustering: one file per method, all behind `cluster`. To add one, write its file and its line in `CLUSTERERS`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from desktop_app.engine.clustering import affinity, agglomerative, elbow, gmm, hdbscan, kmeans, scan_head, spectral
from desktop_app.engine.clustering.base import Clusterer, Grouping
from desktop_app.engine.clustering.features import distinct, prepare
from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.parallel import one_blas_thread
from desktop_app.engine.types import UNSURE, Clustering, Embeddings, Int32Array

__all__ = ["CLUSTERERS", "Clusterer", "cluster", "clusterer", "prepare"]

CLUSTERERS: dict[str, Clusterer] = {
    entry.name: entry
    for entry in (
        Clusterer("kmeans", "Around typical pictures (k-means)", kmeans.run, kmeans.KMeansParams, 1_000_000, True),
        Clusterer(
            "agglomerative",
            "Joining the most alike, step by step (Ward)",
            agglomerative.run,
            agglomerative.AgglomerativeParams,
            200_000,
            True,
        ),
        Clusterer("gmm", "Overlapping clouds (Gaussian mixture)", gmm.run, gmm.GmmParams, 200_000, True),
        Clusterer(
            "affinity",
            "Pictures elect their examples (affinity propagation)",
            affinity.run,
            affinity.AffinityParams,
            3_000,
            True,
        ),
        Clusterer(
            "hdbscan", "Dense places, the rest unsure (HDBSCAN)", hdbscan.run, hdbscan.HdbscanParams, 20_000, False
        ),
        Clusterer("spectral", "Chains of look-alikes (spectral)", spectral.run, spectral.SpectralParams, 20_000, True),
        Clusterer("scan", "Learning what neighbors share (SCAN)", scan_head.run, scan_head.ScanParams, 200_000, True),
        Clusterer("temi", "Learning from a teacher (TEMI)", scan_head.run, scan_head.TemiParams, 200_000, True),
    )
}


def cluster(
    embeddings: Embeddings,
    ctx: JobContext,
    *,
    method: str = "kmeans",
    k: int | None = None,
    space: str = "embedding",
    seed: int = 0,
    unsure_below: float = 0.0,
    params: Any = None,
) -> Clustering:
    """Put photos into groups.

    Args:
        embeddings: of the photos.
        ctx: checked between small steps.
        method: key of `CLUSTERERS`.
        k: number of groups; None takes the number that `elbow.elbow` suggests. Methods that find it themselves
            (``takes_k`` is False) ignore it. Fewer groups come back where fewer photos differ.
        space: see `features.prepare`.
        seed: the same seed gives the same groups.
        unsure_below: photos with less confidence than this become unsure.
        params: instance of the method's params class; its defaults when None.

    Returns:
        Labels by falling group size.

    Raises:
        UsageError: ``unknown-method``, ``unknown-space``, ``k-too-large``, ``k-too-small``, ``too-many-photos``.
    """
    entry = clusterer(method)
    count = len(embeddings.photo_ids)
    _check_request(entry, count, k)
    options = entry.params() if params is None else params
    points = prepare(embeddings.vectors, space, ctx) if count else np.zeros((0, 1), dtype=np.float32)
    wanted = None
    if entry.takes_k and count:
        wanted = elbow.curve(points, ctx, seed=seed).suggested if k is None else k
        wanted = wanted if wanted == 1 else min(wanted, distinct(points))
    if wanted == 1 or count < 2 or not np.ptp(points, axis=0).any():
        grouping = Grouping(np.zeros(count, dtype=np.int32), np.ones(count, dtype=np.float32))
    else:
        with one_blas_thread():
            grouping = entry.run(points, wanted, options, seed, ctx)
    ctx.check()
    labels = np.where(grouping.confidence < unsure_below, UNSURE, grouping.labels)
    used = {"k": wanted, "space": space, "unsure_below": unsure_below, **asdict(options)}
    return Clustering(embeddings.photo_ids, by_size(labels), grouping.confidence, method, used, seed)


def by_size(labels: Int32Array) -> Int32Array:
    """``labels`` renamed 0, 1, .. by falling group size (equal ones by their first photo); `UNSURE` stays."""
    sure = labels != UNSURE
    names, first, place, sizes = np.unique(labels[sure], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(names))
    out = np.full(len(labels), UNSURE, dtype=np.int32)
    out[sure] = rank[place]
    return out


def clusterer(method: str) -> Clusterer:
    """Find a method by its name.

    Raises:
        UsageError: ``unknown-method``.
    """
    if method not in CLUSTERERS:
        names = ", ".join(CLUSTERERS)
        raise UsageError(
            "unknown-method", f"There is no clustering method called “{method}”.", f"Choose one of: {names}."
        )
    return CLUSTERERS[method]


def _check_request(entry: Clusterer, count: int, k: int | None) -> None:
    if count > entry.max_photos:
        others = ", ".join(other.name for other in CLUSTERERS.values() if other.max_photos >= count)
        raise UsageError(
            "too-many-photos",
            f"The method “{entry.name}” takes at most {entry.max_photos:,} photos; here are {count:,}.",
            f"Open a smaller folder, or choose one of: {others}." if others else "Open a smaller folder.",
        )
    if k is None or not entry.takes_k:
        return
    if k < 1:
        raise UsageError("k-too-small", f"{k} groups cannot be made.", "Ask for 1 or more.")
    if k > count:
        raise UsageError("k-too-large", f"{k} groups cannot be made of {count} photos.", f"Ask for at most {count}.")
