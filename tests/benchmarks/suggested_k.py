"""How far the suggested number of groups lies from the truth: for each criterion alone and for the suggestion.

    python -m tests.benchmarks.suggested_k FOLDER... [--model NAME] [--features FILE.npz...] [--mixes 60] [--quick]

On the folders as they are, and on mixes drawn from them (see `_labelled.mixes`), of other photos and labels. The error
is ``|log2(suggested / true)|``, in octaves: 1 is a factor of two. Beside the criteria that Kindred uses stand the
largest k at which subsamples agree (stability), Calinski-Harabasz, Davies-Bouldin and the BIC of a mixture of spheres
(X-means). Controls: always the same number (the geometric mean of the true ones), and k-means told the truth.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

import numpy as np

from desktop_app.engine.clustering import Grouper, elbow, kmeans, prepare
from desktop_app.engine.evaluate import ami, hungarian_accuracy
from desktop_app.engine.types import Float32Array
from tests.benchmarks._labelled import CTX, LabelledSet, add_arguments, from_options, mixes

_REPEATS = 2
_AGREE = 0.02


def others(points: Float32Array, most: int) -> dict[str, int]:
    """The number that each criterion that Kindred does not use would choose, from 2 on."""
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

    fits = elbow.sweep(points, most, CTX)[1:]
    count, dim = points.shape
    spread = [max(fit.inertia / (dim * max(count - len(fit.centers), 1)), 1e-12) for fit in fits]
    return {
        "Calinski-Harabasz": 2 + int(np.argmax([calinski_harabasz_score(points, fit.labels) for fit in fits])),
        "Davies-Bouldin": 2 + int(np.argmin([davies_bouldin_score(points, fit.labels) for fit in fits])),
        "BIC": 2 + int(np.argmin([bic(fit, count, dim, one) for fit, one in zip(fits, spread, strict=True)])),
        "stability": stability(points, most),
    }


def bic(fit: kmeans.KMeansFit, count: int, dim: int, variance: float) -> float:
    """Of a mixture of spheres of one variance (Pelleg and Moore 2000); low is good."""
    sizes = np.bincount(fit.labels)
    sizes = sizes[sizes > 0]
    likelihood = (sizes * np.log(sizes / count)).sum() - count * dim / 2 * np.log(2 * np.pi * variance)
    return float(len(sizes) * (dim + 1) * np.log(count) - 2 * likelihood)


def stability(points: Float32Array, most: int) -> int:
    """The largest k at which two subsamples of 80 % agree almost as well as at the best k (AMI where they overlap)."""
    rng = np.random.default_rng(0)
    agreement = np.zeros(most - 1)
    for _ in range(_REPEATS):
        labels = np.full((2, most, len(points)), -1)
        for half in labels:
            rows = np.flatnonzero(rng.random(len(points)) < 0.8)
            for fit, row in zip(elbow.sweep(points[rows], min(most, len(rows)), CTX, restarts=0), half, strict=False):
                row[rows] = fit.labels
        both = (labels >= 0).all(axis=(0, 1))
        agreement += [ami(labels[0, k - 1][both], labels[1, k - 1][both]) for k in range(2, most + 1)]
    agreement /= _REPEATS
    return 2 + int(np.flatnonzero(agreement >= agreement.max() - _AGREE)[-1])


def examine(found: LabelledSet, slow: bool) -> tuple[dict[str, int], Callable[[int], float]]:
    """The choices of all criteria, and the accuracy of k-means with a given number of groups."""
    curve = Grouper(found.embeddings).elbow(CTX)
    points = prepare(found.vectors)
    known: dict[int, float] = {}

    def accuracy(k: int) -> float:
        if k not in known:
            known[k] = hungarian_accuracy(found.truth, kmeans.fit(points, k, CTX, restarts=4).labels)
        return known[k]

    more = others(points, int(curve.k[-1])) if slow else {}
    return {**curve.criteria, **more, "suggested": curve.suggested}, accuracy


def report(sets: Sequence[LabelledSet], slow: bool) -> None:
    """Print one line a criterion."""
    usual = round(float(2 ** np.mean([np.log2(one.k) for one in sets])))
    table: dict[str, list[tuple[float, float]]] = {}
    for done, found in enumerate(sets, start=1):
        chosen, accuracy = examine(found, slow)
        for name, k in {**chosen, f"always {usual}": usual, "the truth": found.k}.items():
            table.setdefault(name, []).append((float(np.log2(k / found.k)), accuracy(min(k, len(found.truth)))))
        print(f"\r{done} of {len(sets)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{'':20}{'error':>7}{'+-':>6}{'bias':>7}{'within 1.5x':>13}{'ACC there':>11}")
    for name, rows in table.items():
        error, right = np.array(rows).T
        off = np.abs(error)
        near = 100 * (off <= np.log2(1.5)).mean()
        spread = off.std() / np.sqrt(len(off))
        print(f"{name:20}{off.mean():7.2f}{spread:6.2f}{error.mean():+7.2f}{near:11.0f} %{100 * right.mean():11.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--mixes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="only the criteria that Kindred uses")
    options = parser.parse_args()
    whole = from_options(options)
    if not whole:
        print("Name folders whose sub-folders are labels; see --help.")
        return
    for found in whole:
        chosen, _ = examine(found, slow=False)
        print(f"{found.name}: {found.k} labels; {', '.join(f'{name} {k}' for name, k in chosen.items())}")
    print(f"{len(whole)} sets as they are")
    report(whole, not options.quick)
    if options.mixes:
        print(f"{options.mixes} mixes of their labels")
        report(list(mixes(whole, options.mixes, options.seed)), not options.quick)


if __name__ == "__main__":
    main()
