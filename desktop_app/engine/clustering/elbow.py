"""The elbow: within-cluster scatter over the number of groups, where it bends, and how many groups that speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop_app.engine.clustering import counting, criteria, kmeans
from desktop_app.engine.clustering.copies import once_each
from desktop_app.engine.clustering.features import distinct, prepare
from desktop_app.engine.computing.parallel import one_blas_thread, spread
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr_noop
from desktop_app.engine.types import Elbow, Embeddings, Float32Array, Float64Array, Int64Array

SAMPLE = 2000
FEWEST = 30
_MOST_GROUPS = 40
_POLISH = 6
_TWO_GROUPS = 0.1
# What one sweep says changes with its seed; the means of four hardly do.
_RUNS = 4
_JUDGED = 1000
_STAGE = tr_noop("Trying numbers of groups")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured of every number of groups from 1 to K.

    Attributes:
        photos: how many count.
        inertia: float64[K], which never rises.
        silhouette: float64[K], NaN for one group.
        gap: float64[K], the gap statistic.
        null: float64[K], ``inertia`` as it would fall if there were no groups.
        eigenvalues: of the graph's Laplacian, rising, K + 1 where there are so many.
        bic: float64[K], a photo.
    """

    photos: int
    inertia: Float64Array
    silhouette: Float64Array
    gap: Float64Array
    null: Float64Array
    eigenvalues: Float64Array
    bic: Float64Array

    def terms(self) -> Float64Array:
        """See `counting.terms`."""
        return counting.terms(self.photos, self.silhouette, self.gap, self.eigenvalues, self.bic)

    def choices(self) -> dict[str, int]:
        """The number that each criterion alone would choose, by name; none where the photos do not differ."""
        ks = np.arange(1, len(self.inertia) + 1)
        bend = knee(ks, self.inertia)
        if bend is None:
            return {}
        return {
            "elbow": bend,
            "silhouette": int(np.nanargmax(self.silhouette)) + 1,
            "gap": criteria.gap_choice(ks, self.gap),
            "eigengap": criteria.eigengap_choice(self.eigenvalues),
            "BIC": int(self.bic.argmax()) + 1,
        }


def elbow(
    embeddings: Embeddings,
    ctx: JobContext,
    *,
    k_max: int | None = None,
    space: str = "embedding",
    seed: int = 0,
    points: Float32Array | None = None,
) -> Elbow:
    """The curve from which a person chooses the number of groups; of photos that hardly differ only the first counts.

    Args:
        embeddings: of N >= 1 photos.
        ctx: checked at every k-means iteration.
        k_max: largest number tried; ``min(40, sqrt(2 M))`` of the M photos that count when None. Clipped to the number
            of different photos.
        space: see `clustering.features.prepare`.
        seed: of the starts and samples.
        points: the photos prepared in the space ``embedding``, where that was done before.

    Returns:
        Inertia never rises with k. Where the photos do not differ, one group is suggested.
    """
    prepared = counted(embeddings.vectors, ctx, space=space, points=points)
    found = curve(prepared, ctx, k_max=k_max, seed=seed)
    # How far a number can be believed was measured in the whole space alone.
    return found if space == "embedding" else replace(found, strength="none")


def counted(
    vectors: Float32Array, ctx: JobContext, *, space: str = "embedding", points: Float32Array | None = None
) -> Float32Array:
    """Prepared points of the photos that count: of those that hardly differ only the first; see `elbow`.

    Where fewer than `FEWEST` would be left, all count: then it is the bursts that are to be told apart.
    """
    whole = prepare(vectors, ctx=ctx) if points is None else points
    rows = once_each(vectors, whole, ctx)
    if len(rows) < FEWEST:
        rows = np.arange(len(vectors))
    if space == "embedding" and len(rows) == len(whole):
        return whole
    return prepare(vectors[rows], space, ctx)


def curve(points: Float32Array, ctx: JobContext, *, k_max: int | None = None, seed: int = 0) -> Elbow:
    """`elbow` of prepared points float32[N, d], all of which count."""
    found = evidence(points, ctx, k_max=k_max, seed=seed)
    ks = np.arange(1, len(found.inertia) + 1)
    chosen = found.choices()
    if not chosen:
        return Elbow(ks, found.inertia, found.silhouette, None, "none", 1, 1, 1, {})
    said = counting.suggestion(counting.probabilities(found.terms()), found.gap)
    numbers = (said.k, said.low, said.high)
    return Elbow(ks, found.inertia, found.silhouette, chosen["elbow"], said.strength, *numbers, chosen, found.null)


def evidence(points: Float32Array, ctx: JobContext, *, k_max: int | None = None, seed: int = 0) -> Evidence:
    """What is known of each number of groups of prepared points float32[N, d].

    Starts are found on a sample of 2,000 photos and polished on all of them, so that 100,000 photos stay a matter of
    seconds; silhouette, gap, eigenvalues and BIC look at the sample alone.
    """
    count = len(points)
    rng = np.random.default_rng(seed)
    sample = points if count <= SAMPLE else points[np.sort(rng.choice(count, SAMPLE, replace=False))]
    most = min(_MOST_GROUPS, int(np.sqrt(2 * count))) if k_max is None else k_max
    most = max(1, min(most, distinct(sample)))
    seeds = np.random.SeedSequence(seed).generate_state(_RUNS).tolist()
    runs = [sweep(sample, most, ctx, seed=one, done=run * most, total=_RUNS * most) for run, one in enumerate(seeds)]
    fits = [min(same, key=lambda fit: fit.inertia) for same in zip(*runs, strict=True)]
    inertia = np.minimum.accumulate([fit.inertia for fit in fits])
    bic = criteria.bic(sample, fits)
    if count > len(sample):
        inertia = _polish(points, fits, ctx)
    silhouette = _mean_silhouette(sample, runs, rng, ctx)
    if most == 1:
        return Evidence(count, inertia, silhouette, np.zeros(1), np.empty(0), np.empty(0), bic)
    copies = criteria.copies_without_groups(sample, _RUNS, rng)
    references = [_inertia(sweep(copy, most, ctx, seed=one)) for copy, one in zip(copies, seeds, strict=True)]
    gap = criteria.gap([_inertia(run) for run in runs], references)
    # As far as the cloud's scatter falls, the photos' would fall if there were no groups.
    null = np.mean([one / one[0] for one in references], axis=0) * inertia[0]
    return Evidence(count, inertia, silhouette, gap, null, criteria.eigenvalues(sample, most, ctx), bic)


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
