"""The elbow: within-cluster scatter over the number of groups, where it bends, and whether the bend means anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop_app.engine.clustering import criteria, kmeans
from desktop_app.engine.clustering.features import distinct, prepare
from desktop_app.engine.computing.parallel import one_blas_thread, spread
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.types import Elbow, Embeddings, Float32Array, Float64Array, Int64Array

SAMPLE = 2000
_MOST_GROUPS = 40
_POLISH = 6
_TWO_GROUPS = 0.1
# One sweep's suggestion changes with its seed: by 0.16 octaves (standard deviation, 66 label sets), and on one folder
# of four kinds from 6 to 14. The means of four stay within 0.08, and are as near the truth.
_RUNS = 4
_JUDGED = 1000
_STAGE = tr_noop("Trying numbers of groups")


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
    seeds = np.random.SeedSequence(seed).generate_state(_RUNS).tolist()
    runs = [sweep(sample, most, ctx, seed=one, done=run * most, total=_RUNS * most) for run, one in enumerate(seeds)]
    fits = [min(same, key=lambda fit: fit.inertia) for same in zip(*runs, strict=True)]
    inertia = np.minimum.accumulate([fit.inertia for fit in fits])
    if count > len(sample):
        inertia = _polish(points, fits, ctx)
    silhouette = _mean_silhouette(sample, runs, rng, ctx)
    bend = knee(ks, inertia)
    if bend is None:
        return Elbow(ks, inertia, silhouette, None, "none", 1, 1, 1, {})
    copies = criteria.copies_without_groups(sample, _RUNS, rng)
    references = [_inertia(sweep(copy, most, ctx, seed=one)) for copy, one in zip(copies, seeds, strict=True)]
    gap = criteria.gap([_inertia(run) for run in runs], references)
    chosen = {
        "elbow": bend,
        "silhouette": int(np.nanargmax(silhouette)) + 1,
        "gap": criteria.gap_choice(ks, gap),
        "eigengap": criteria.eigengap_choice(sample, most, ctx),
    }
    suggested = round(float(np.median(list(chosen.values()))))
    # One criterion in four often runs to an end of the range: the interval is what the middle two agree on.
    _, low, high, _ = sorted(chosen.values())
    saved = gap - criteria.gap_error(references)
    strength = criteria.strength(float(saved[bend - 1]))
    # As far as the cloud's scatter falls, the photos' would fall if there were no groups.
    null = np.mean([one / one[0] for one in references], axis=0) * inertia[0]
    return Elbow(ks, inertia, silhouette, bend, strength, suggested, low, high, chosen, null)


def sweep(
    points: Float32Array,
    k_max: int,
    ctx: JobContext,
    *,
    seed: int = 0,
    restarts: int = 1,
    done: int = 0,
    total: int = 0,
) -> list[kmeans.KMeansFit]:
    """k-means for k = 1 .. ``k_max``, each started from the last with one center more.

    Args:
        points: float32[N, d] with at least ``k_max`` different rows.
        k_max: largest number of groups.
        ctx: checked at every iteration.
        seed: of the starts.
        restarts: fresh k-means++ starts tried beside the warm one at each k.
        done: steps of the job before this sweep, for its progress.
        total: steps of the job; ``k_max`` when 0.

    Returns:
        ``k_max`` fits.
    """
    squares = np.einsum("nd,nd->n", points, points)
    rng = np.random.default_rng(seed)
    fits = [kmeans.lloyd(points, points.mean(axis=0, keepdims=True), ctx, squares=squares)]
    with one_blas_thread():
        for number in range(2, k_max + 1):
            ctx.progress(done + number, total or k_max, _STAGE)
            last = fits[-1].centers
            closest = kmeans.squared_distances(points, squares, last).min(axis=0)
            added, _ = kmeans.next_center(points, squares, closest, rng, trials=12)
            starts = [np.vstack([last, added])]
            starts += [kmeans.plus_plus(points, squares, number, rng, ctx) for _ in range(restarts)]
            tried = [
                kmeans.lloyd(points, start, ctx, squares=squares, max_iterations=30, tolerance=1e-4) for start in starts
            ]
            fits.append(min(tried, key=lambda fit: fit.inertia))
    return fits


def _inertia(fits: Sequence[kmeans.KMeansFit]) -> Float64Array:
    return np.minimum.accumulate([fit.inertia for fit in fits])


def _mean_silhouette(
    sample: Float32Array, runs: Sequence[Sequence[kmeans.KMeansFit]], rng: np.random.Generator, ctx: JobContext
) -> Float64Array:
    """Silhouette float64[K], the mean over the runs, each judged by some of the photos."""
    means = []
    for run in runs:
        rows = np.sort(rng.choice(len(sample), min(len(sample), _JUDGED), replace=False))
        means.append(criteria.silhouettes(sample[rows], [fit.labels[rows] for fit in run], ctx))
    mean: Float64Array = np.mean(means, axis=0)
    return mean


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
        One of ``ks``, or None where the curve does not fall, or has two points and the second is no end of it: a
        cloud cut in half loses less than two thirds of its scatter, two groups of copies lose all.
    """
    if len(ks) < 2 or not inertia[0] > inertia[-1]:
        return None
    if len(ks) == 2:
        return int(ks[1]) if inertia[1] <= _TWO_GROUPS * inertia[0] else None
    across = (ks - ks[0]) / (ks[-1] - ks[0])
    down = (inertia[0] - inertia) / (inertia[0] - inertia[-1])
    return int(ks[np.argmax(down - across)])
