"""Criteria for the number of clusters beside the elbow: silhouette, gap statistic, eigengap.

The gap statistic also tells whether the elbow means anything: it compares the data with data without clusters.

Of the criteria of the literature these four were kept: their median was the nearest to the truth that could be had
(`training/reproduce/suggested_k.py`). On 321 label sets of 2 to 15 labels, of eight sources and with three qualities of
features, mean errors in octaves, on sets of the three labeled folders and on sets of five other sources: the median of
the four 0.41 and 0.45; elbow 0.40 and 0.53, gap 0.57 and 0.51, silhouette 0.86 and 0.77, eigengap 0.9 and 1.2; BIC of a
mixture of spheres 0.47 and 1.23; Davies-Bouldin, Calinski-Harabasz and agreement of subsamples (stability) 1.1 to 2.0.
Always saying the same number has 0.55 and 0.72. Weights, curves and combinations fitted to the sets of one kind were
no better on the other kind (0.39 to 0.55) than the plain median.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.spectral import leading_eigenvalues, mutual_graph
from desktop_app.engine.computing.parallel import one_blas_thread
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

# Shares of scatter that the knee must save over a cloud without groups, beyond the error of the comparison. 80 clouds
# (normal, uniform, heavy-tailed, round or not) and folders of a single kind stay below the first; kinds far apart lie
# above the second.
_WEAK, _CLEAR = 0.05, 0.12


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


def gap_error(references: Sequence[Float64Array]) -> Float64Array:
    """Standard error float64[K] of the gap statistic, from the scatter of the references (ibid., section 4)."""
    logs = np.log(np.maximum(references, np.finfo(float).tiny))
    error: Float64Array = logs.std(axis=0) * np.sqrt(1 + 1 / len(references))
    return error


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


def eigengap_choice(points: Float32Array, k_max: int, ctx: JobContext) -> int:
    """The k before the largest gap between eigenvalues of the Laplacian of the graph of mutual neighbors, from 2 on."""
    neighbors = int(np.clip(len(points) // 5, 2, 10))
    number = min(k_max + 1, len(points) - 1)
    values = leading_eigenvalues(mutual_graph(points, neighbors, ctx), number, ctx)
    return int(np.diff(values)[1:].argmax()) + 2 if len(values) > 2 else len(values)


def strength(saved: float) -> Literal["clear", "weak", "none"]:
    """What the gap statistic at the knee says of the knee.

    Data without groups bend too: in two dimensions scatter falls like 1/k and the knee lies at the square root of the
    range. Only what the knee saves beyond a cloud of the same spread is evidence.
    """
    return "clear" if saved >= _CLEAR else "weak" if saved >= _WEAK else "none"
