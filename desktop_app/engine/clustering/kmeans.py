"""k-means: Lloyd's iterations from greedy k-means++ starts, best of several restarts.

Our own instead of scikit-learn's, whose threads stall for seconds when another program uses a core: every step here
is a float32 matrix product on blocks of rows, restarts share the cores, and work can be cancelled at each iteration.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from desktop_app.engine.computing.parallel import one_blas_thread, spread
from desktop_app.engine.job import JobContext
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_BLOCK_VALUES = 1 << 20
# Restarts are compared before they have quite converged; only the best one is finished.
_ROUGH = 3e-4
# Below this many multiplications an iteration, handing work to a second thread costs more than it saves.
_WORTH_A_THREAD = 4_000_000


@dataclass(frozen=True, slots=True)
class KMeansParams:
    """Parameters of k-means.

    Attributes:
        restarts: independent starts, of which the one with the least inertia is kept.
        max_iterations: of Lloyd's algorithm in one start.
    """

    restarts: int = field(default=10, metadata=limits(low=1, high=1000))
    max_iterations: int = field(default=100, metadata=limits(low=1, high=10_000))


@dataclass(frozen=True, slots=True)
class KMeansFit:
    """One result of k-means.

    Attributes:
        labels: int32[N].
        centers: float32[k, d]; a center without members (fewer distinct points than k) repeats another one.
        inertia: sum of squared distances to the own center.
    """

    labels: Int32Array
    centers: Float32Array
    inertia: float


def fit(
    points: Float32Array, k: int, ctx: JobContext, *, seed: int = 0, restarts: int = 10, max_iterations: int = 100
) -> KMeansFit:
    """The best of several k-means runs.

    Args:
        points: float32[N, d], N >= k.
        k: number of groups.
        ctx: checked at every iteration.
        seed: of the starts; the result depends on it alone, not on the threads.
        restarts: number of starts.
        max_iterations: per start.

    Returns:
        The run with the smallest inertia, the earliest among equals, converged.
    """
    squares = np.einsum("nd,nd->n", points, points)
    seeds = np.random.SeedSequence(seed).spawn(restarts)

    def run(child: np.random.SeedSequence) -> KMeansFit:
        start = plus_plus(points, squares, k, np.random.default_rng(child), ctx)
        return lloyd(points, start, ctx, squares=squares, max_iterations=max_iterations, tolerance=_ROUGH)

    if points.size * k < _WORTH_A_THREAD or restarts == 1:
        with one_blas_thread():
            runs = [run(child) for child in seeds]
    else:
        runs = list(spread(run, seeds, ctx))
    best = min(runs, key=lambda result: result.inertia)
    with one_blas_thread():
        return lloyd(points, best.centers, ctx, squares=squares, max_iterations=max_iterations, tolerance=0.0)


def lloyd(
    points: Float32Array,
    centers: Float32Array,
    ctx: JobContext,
    *,
    squares: Float32Array | None = None,
    max_iterations: int = 100,
    tolerance: float = 1e-5,
) -> KMeansFit:
    """Lloyd's algorithm from given centers.

    Args:
        points: float32[N, d].
        centers: float32[k, d], where to start.
        ctx: checked at every iteration.
        squares: float32[N], squared lengths of the points, when they are known already.
        max_iterations: upper limit.
        tolerance: stop when an iteration improves the inertia by less than this share of it.

    Returns:
        Labels, centers (the means of their members) and inertia.
    """
    squares = np.einsum("nd,nd->n", points, points) if squares is None else squares
    previous = np.inf
    for _ in range(max_iterations):
        ctx.check()
        labels, distances, sums, counts = assign(points, squares, centers)
        inertia = float(distances.sum(dtype=np.float64))
        centers = _means(points, labels, distances, centers, sums, counts)
        if inertia >= previous * (1 - tolerance) and counts.all():
            break
        if inertia == 0.0:
            break
        previous = inertia
    labels, distances = closest(points, squares, centers)
    return KMeansFit(labels, centers, float(distances.sum(dtype=np.float64)))


def assign(
    points: Float32Array, squares: Float32Array, centers: Float32Array
) -> tuple[Int32Array, Float32Array, Float64Array, Float64Array]:
    """Nearest center of every point, and what becomes of the centers.

    Args:
        points: float32[N, d].
        squares: float32[N], their squared lengths.
        centers: float32[k, d].

    Returns:
        Labels int32[N] and squared distances float32[N]; sums float64[k, d] and counts float64[k] of every center's
        members.
    """
    k = len(centers)
    labels, distances = closest(points, squares, centers)
    sums = np.zeros(centers.shape)
    for block in _blocks(len(points), k):
        # The product with a 0/1 matrix sums the members.
        sums += membership(labels[block], k).T @ points[block]
    return labels, distances, sums, np.bincount(labels, minlength=k).astype(np.float64)


def closest(
    points: Float32Array, squares: Float32Array, centers: Float32Array, half: Float32Array | None = None
) -> tuple[Int32Array, Float32Array]:
    """Labels int32[N] and squared distances float32[N] of the nearest centers.

    Args:
        points: float32[N, d].
        squares: float32[N], their squared lengths.
        centers: float32[k, d].
        half: float32[k] in place of half the squared lengths of the centers.
    """
    count, k = len(points), len(centers)
    labels = np.empty(count, dtype=np.int32)
    distances = np.empty(count, dtype=np.float32)
    half = np.float32(0.5) * np.einsum("kd,kd->k", centers, centers) if half is None else half
    for block in _blocks(count, k):
        # argmax of x.c - |c|^2/2 is the nearest center.
        score = points[block] @ centers.T
        score -= half
        nearest = score.argmax(axis=1)
        best = score.ravel()[np.arange(0, score.size, k) + nearest]
        labels[block] = nearest
        np.maximum(squares[block] - 2 * best, 0.0, out=distances[block])
    return labels, distances


def membership(labels: Int32Array | Int64Array, k: int) -> Float32Array:
    """1 where a row of ``labels`` int[N] is of a group, else 0: float32[N, k]."""
    member = np.zeros((len(labels), k), dtype=np.float32)
    member.ravel()[np.arange(0, member.size, k) + labels] = 1.0
    return member


def _blocks(count: int, k: int) -> list[slice]:
    rows = max(256, _BLOCK_VALUES // k)
    return [slice(start, start + rows) for start in range(0, count, rows)]


def _means(
    points: Float32Array,
    labels: Int32Array,
    distances: Float32Array,
    centers: Float32Array,
    sums: Float64Array,
    counts: Float64Array,
) -> Float32Array:
    """New centers; an empty group takes the farthest member of the group with the largest scatter, if any has some."""
    moved = centers.copy()
    filled = counts > 0
    moved[filled] = sums[filled] / counts[filled, None]
    if filled.all():
        return moved
    left = distances.astype(np.float64)
    for empty in np.flatnonzero(~filled):
        scatter = np.bincount(labels, weights=left, minlength=len(centers))
        if not scatter.any():
            break
        members = np.flatnonzero(labels == scatter.argmax())
        farthest = members[left[members].argmax()]
        moved[empty] = points[farthest]
        left[farthest] = 0.0
    return moved


def plus_plus(
    points: Float32Array, squares: Float32Array, k: int, rng: np.random.Generator, ctx: JobContext
) -> Float32Array:
    """Greedy k-means++ (Arthur and Vassilvitskii 2007): each new center is the best of a few drawn by distance.

    Args:
        points: float32[N, d].
        squares: float32[N], their squared lengths.
        k: centers wanted.
        rng: of the draws.
        ctx: checked at every center.

    Returns:
        float32[k, d].
    """
    centers = np.empty((k, points.shape[1]), dtype=np.float32)
    centers[0] = points[rng.integers(len(points))]
    closest = squared_distances(points, squares, centers[:1])[0]
    for number in range(1, k):
        ctx.check()
        centers[number], closest = next_center(points, squares, closest, rng, 2 + int(np.log(k)))
    return centers


def next_center(
    points: Float32Array, squares: Float32Array, closest: Float32Array, rng: np.random.Generator, trials: int
) -> tuple[Float32Array, Float32Array]:
    """The best of ``trials`` points drawn by squared distance, and the distances to the nearest center after it."""
    cumulative = np.cumsum(closest, dtype=np.float64)
    draws = rng.random(trials) * cumulative[-1]
    candidates = np.searchsorted(cumulative, draws, side="right").clip(max=len(points) - 1)
    reached = np.minimum(closest, squared_distances(points, squares, points[candidates]))
    best = int(reached.sum(axis=1, dtype=np.float64).argmin())
    return points[candidates[best]], reached[best]


def squared_distances(points: Float32Array, squares: Float32Array, others: Float32Array) -> Float32Array:
    """Squared distances float32[M, N] from each of ``others`` float32[M, d] to each of ``points`` float32[N, d].

    ``squares`` float32[N] are the points' squared lengths.
    """
    squared: Float32Array = (others @ points.T) * np.float32(-2.0)
    squared += squares
    squared += np.einsum("md,md->m", others, others)[:, None]
    np.maximum(squared, 0.0, out=squared)
    return squared
