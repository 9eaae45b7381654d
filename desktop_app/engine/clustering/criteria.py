"""Criteria for the number of clusters beside the elbow: silhouette, gap statistic, eigengap, BIC.

None of them alone says much: on folders with known kinds, mixes of labels of ten sources, each is off by about 0.8
octaves or more (`training/RESULTS.md`), so `counting` weighs what they say of every number. Davies-Bouldin,
Calinski-Harabasz and agreement of subsamples (stability) were farther off and are not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.spectral import leading_eigenvalues, mutual_graph
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_LEAST_SHARE = 1e-6
"""Of the scatter, what groups are taken to have left at least: groups of copies have none."""


def silhouettes(points: Float32Array, labelings: Sequence[Int32Array], ctx: JobContext) -> Float64Array:
    """Mean cosine silhouette (Rousseeuw 1987) of each labeling.

    Args:
        points: float32[N, d]; an N x N matrix is made, so give a sample.
        labelings: int32[N] each.
        ctx: checked at each.

    Returns:
        float64[K], NaN for a labeling with one group.
    """
    unit = normalize(points)
    out = np.full(len(labelings), np.nan)
    with one_blas_thread():
        distance = 1.0 - unit @ unit.T
        np.fill_diagonal(distance, 0.0)
        for place, labels in enumerate(labelings):
            ctx.check()
            names, own = np.unique(labels, return_inverse=True)
            if len(names) > 1:
                out[place] = _silhouette(distance, own)
    return out


def _silhouette(distance: Float32Array, own: Int64Array) -> float:
    rows = np.arange(len(own))
    member = kmeans.membership(own, int(own.max()) + 1)
    sizes = member.sum(axis=0)
    total = distance @ member
    within = total[rows, own] / np.maximum(sizes[own] - 1, 1)
    total /= sizes
    total[rows, own] = np.inf
    between = total.min(axis=1)
    larger = np.maximum(np.maximum(within, between), 1e-12)
    return float(np.where(sizes[own] > 1, (between - within) / larger, 0.0).mean())


def copies_without_groups(points: Float32Array, number: int, rng: np.random.Generator) -> Iterator[Float32Array]:
    """Clouds with the center of ``points`` float32[N, d] and its spread along each axis, but no groups.

    The axes must be principal ones. Shuffling each column instead, as the gap statistic is often computed, keeps two
    groups far apart whole, since they lie along the first axis; turning the axes at random before that makes the cloud
    round, and then every cloud that is not round seems to hold groups. Points of unit length are brought back to it,
    unless they lie on one line, where only two such points exist.
    """
    center, spread = points.mean(axis=0), points.std(axis=0)
    on_sphere = bool(np.allclose(np.einsum("nd,nd->n", points, points), 1.0, atol=1e-3))
    on_a_line = int((spread > 1e-4).sum()) < 2
    for _ in range(number):
        cloud = (center + rng.normal(size=points.shape) * spread).astype(np.float32)
        yield normalize(cloud) if on_sphere and not on_a_line else cloud


def gap(inertias: Sequence[Float64Array], references: Sequence[Float64Array]) -> Float64Array:
    """Gap statistic float64[K] (Tibshirani et al. 2001): mean log scatter of the references less that of the runs."""
    smallest = np.finfo(float).tiny
    expected, found = (np.mean(np.log(np.maximum(one, smallest)), axis=0) for one in (references, inertias))
    statistic: Float64Array = expected - found
    return statistic


def gap_choice(ks: Int64Array, statistic: Float64Array) -> int:
    """Where the gap statistic bends on its way up to its maximum.

    The original rule (the first k that the next does not beat) stops at two for overlapping groups, the maximum
    itself lies at the end of the range.
    """
    top = int(statistic.argmax())
    if top < 2:
        return int(ks[top])
    across = (ks[: top + 1] - ks[0]) / (ks[top] - ks[0])
    up = (statistic[: top + 1] - statistic[0]) / (statistic[top] - statistic[0])
    above = up - across
    # A curve that never rises above its chord turns only at its top.
    return int(ks[above.argmax()] if above.max() > 0 else ks[top])


def eigenvalues(points: Float32Array, k_max: int, ctx: JobContext) -> Float64Array:
    """The ``k_max + 1`` smallest eigenvalues, or fewer, of the Laplacian of the graph of mutual neighbors, rising."""
    neighbors = int(np.clip(len(points) // 5, 2, 10))
    number = min(k_max + 1, len(points) - 1)
    return leading_eigenvalues(mutual_graph(points, neighbors, ctx), number, ctx)


def eigengap_choice(values: Float64Array) -> int:
    """The k before the largest gap between `eigenvalues`, from 2 on."""
    return int(np.diff(values)[1:].argmax()) + 2 if len(values) > 2 else len(values)


def bic(points: Float32Array, fits: Sequence[kmeans.KMeansFit]) -> Float64Array:
    """BIC a photo of a mixture of spheres of one size for each fit (X-means, Pelleg and Moore 2000); high is good.

    Args:
        points: float32[N, d].
        fits: of 1, 2, .. groups.

    Returns:
        float64[K].
    """
    count = len(points)
    dim = max(1, int((points.var(axis=0) > 1e-8).sum()))
    least = max(_LEAST_SHARE * fits[0].inertia, float(np.finfo(np.float32).tiny))
    found = []
    for number, fit in enumerate(fits, start=1):
        variance = max(fit.inertia, least) / (dim * max(count - number, 1))
        sizes = np.bincount(fit.labels)
        sizes = sizes[sizes > 0]
        likelihood = (sizes * np.log(sizes / count)).sum() - count * dim / 2 * np.log(2 * np.pi * variance)
        found.append((2 * likelihood - number * (dim + 1) * np.log(count)) / count)
    return np.array(found)
