"""The elbow: within-cluster scatter over the number of groups, where it bends, and whether the bend means anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop_app.engine.clustering import k as choice
from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.features import distinct, prepare
from desktop_app.engine.job import JobContext
from desktop_app.engine.parallel import one_blas_thread, spread
from desktop_app.engine.types import Elbow, Embeddings, Float32Array, Float64Array, Int64Array

SAMPLE = 2000
_MOST_GROUPS = 40
_POLISH = 6
_STAGE = "Trying numbers of groups"


def elbow(
    embeddings: Embeddings, ctx: JobContext, *, k_max: int | None = None, space: str = "embedding", seed: int = 0
) -> Elbow:
    """The curve from which a person chooses the number of groups.

    Args:
        embeddings: of N >= 1 photos.
        ctx: checked at every k-means iteration.
        k_max: largest number tried; ``min(40, sqrt(2 N))`` when None. Clipped to the number of different photos.
        space: see `clustering.features.prepare`.
        seed: of the starts and samples.

    Returns:
        Inertia never rises with k. Where the photos do not differ, one group is suggested.
    """
    return curve(prepare(embeddings.vectors, space, ctx), ctx, k_max=k_max, seed=seed)


def curve(points: Float32Array, ctx: JobContext, *, k_max: int | None = None, seed: int = 0) -> Elbow:
    """`elbow` of prepared points float32[N, d].

    Starts are found on a sample of 2,000 photos and polished on all of them, so that 100,000 photos stay a matter of
    seconds; silhouette, gap and eigengap look at the sample alone.
    """
    count = len(points)
    rng = np.random.default_rng(seed)
    sample = points if count <= SAMPLE else points[np.sort(rng.choice(count, SAMPLE, replace=False))]
    most = min(_MOST_GROUPS, int(np.sqrt(2 * count))) if k_max is None else k_max
    most = max(1, min(most, distinct(sample)))
    ks = np.arange(1, most + 1)
    fits = sweep(sample, most, ctx, seed=seed)
    sampled = np.minimum.accumulate([fit.inertia for fit in fits])
    inertia = sampled if count == len(sample) else _polish(points, fits, ctx)
    silhouette = choice.silhouettes(sample, [fit.labels for fit in fits], ctx)
    bend = knee(ks, inertia)
    if bend is None:
        return Elbow(ks, inertia, silhouette, None, "none", 1, 1, 1, {})
    references = [
        np.array([fit.inertia for fit in sweep(copy, most, ctx, seed=seed, restarts=0)])
        for copy in choice.permuted_copies(sample, rng)
    ]
    gap = choice.gap(sampled, references)
    criteria = {
        "elbow": bend,
        "silhouette": int(np.nanargmax(silhouette)) + 1,
        "gap": choice.gap_choice(ks, gap),
        "eigengap": choice.eigengap_choice(sample, most, ctx),
    }
    suggested = round(float(np.median(list(criteria.values()))))
    # One criterion in four often runs to an end of the range: the interval is what the middle two agree on.
    _, low, high, _ = sorted(criteria.values())
    strength = choice.strength(float(gap[bend - 1]))
    return Elbow(ks, inertia, silhouette, bend, strength, suggested, low, high, criteria)


def sweep(
    points: Float32Array, k_max: int, ctx: JobContext, *, seed: int = 0, restarts: int = 1
) -> list[kmeans.KMeansFit]:
    """k-means for k = 1 .. ``k_max``, each started from the last with one center more.

    Args:
        points: float32[N, d] with at least ``k_max`` different rows.
        k_max: largest number of groups.
        ctx: checked at every iteration.
        seed: of the starts.
        restarts: fresh k-means++ starts tried beside the warm one at each k.

    Returns:
        ``k_max`` fits.
    """
    squares = np.einsum("nd,nd->n", points, points)
    rng = np.random.default_rng(seed)
    fits = [kmeans.lloyd(points, points.mean(axis=0, keepdims=True), ctx, squares=squares)]
    with one_blas_thread():
        for number in range(2, k_max + 1):
            ctx.progress(number, k_max, _STAGE)
            last = fits[-1].centers
            closest = kmeans.squared_distances(points, squares, last).min(axis=0)
            added, _ = kmeans.next_center(points, squares, closest, rng, trials=12)
            starts = [np.vstack([last, added])]
            starts += [kmeans.plus_plus(points, squares, number, rng, ctx) for _ in range(restarts)]
            runs = [
                kmeans.lloyd(points, start, ctx, squares=squares, max_iterations=30, tolerance=1e-4) for start in starts
            ]
            fits.append(min(runs, key=lambda run: run.inertia))
    return fits


def _polish(points: Float32Array, fits: Sequence[kmeans.KMeansFit], ctx: JobContext) -> Float64Array:
    """Inertia float64[K] of all points after a few iterations from each of the fits of a sample."""
    squares = np.einsum("nd,nd->n", points, points)

    def inertia(fit: kmeans.KMeansFit) -> float:
        return kmeans.lloyd(points, fit.centers, ctx, squares=squares, max_iterations=_POLISH, tolerance=1e-3).inertia

    return np.minimum.accumulate(list(spread(inertia, fits, ctx)))


def knee(ks: Int64Array, inertia: Float64Array) -> int | None:
    """Where a falling convex curve bends most: farthest below its chord (kneedle, Satopaa et al. 2011).

    Args:
        ks: int64[K], ascending.
        inertia: float64[K], not rising.

    Returns:
        One of ``ks``, or None where there are fewer than three or the curve does not fall.
    """
    if len(ks) < 3 or not inertia[0] > inertia[-1]:
        return None
    across = (ks - ks[0]) / (ks[-1] - ks[0])
    down = (inertia[0] - inertia) / (inertia[0] - inertia[-1])
    return int(ks[np.argmax(down - across)])
