"""How far the suggested number of groups lies from the truth: for each criterion alone and for the suggestion.

On mixes drawn from the labeled folders (`reproduce.sets.mixes`), of other photos and labels each. The error
is ``|log2(suggested / true)|``, in octaves: 1 is a factor of two. Beside the criteria that Kindred uses stand the
largest k at which subsamples agree (stability), Calinski-Harabasz, Davies-Bouldin and the BIC of a mixture of spheres
(X-means). Controls: always the same number (the geometric mean of the true ones), and k-means given the true number.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from desktop_app.engine.clustering import Grouper, elbow, kmeans, prepare
from desktop_app.engine.evaluate import ami, hungarian_accuracy
from desktop_app.engine.types import Float32Array

from .row import Bench, Row
from .sets import Candidate, Folders, LabeledSet, mixes, real_features
from .tables import Table, crossed

_MIXES = 60
_REPEATS = 2
_AGREE = 0.02


def run(bench: Bench) -> None:
    """Measure all criteria on mixes of three qualities of features; each seed draws other mixes."""
    folders = Folders(bench)
    for candidate in real_features():
        for seed in range(bench.seeds):
            work = partial(_measure, bench, folders, candidate, seed)
            bench.once(candidate.name, seed, folders.data_hash, candidate.settings | {"mixes": _MIXES}, work)


def _measure(bench: Bench, folders: Folders, candidate: Candidate, seed: int) -> None:
    drawn = list(mixes(folders.seen_by(candidate), _MIXES, seed))
    usual = round(float(2 ** np.mean([np.log2(found.k) for found in drawn])))
    table: dict[str, list[tuple[float, float]]] = {}
    for number, found in enumerate(drawn):
        bench.ctx.progress(number, _MIXES, f"suggesting, {candidate.name}")
        chosen = choices(found, bench) | {"always the same": usual, "the truth": found.k}
        points, known = prepare(found.vectors, ctx=bench.ctx), dict[int, float]()
        for name, k in chosen.items():
            k = min(k, len(found.truth))
            if k not in known:
                known[k] = hungarian_accuracy(found.truth, kmeans.fit(points, k, bench.ctx, restarts=4).labels)
            table.setdefault(name, []).append((float(np.log2(k / found.k)), known[k]))
    for name, rows in table.items():
        error, right = np.array(rows).T
        off = np.abs(error)
        figures = {"error, octaves": float(off.mean()), "bias, octaves": float(error.mean())}
        figures |= {"within 1.5x": 100 * float((off <= np.log2(1.5)).mean()), "ACC there": 100 * float(right.mean())}
        bench.record_all(
            f"{candidate.name}; {name}",
            figures,
            seed=seed,
            data=f"{_MIXES} mixes of the labels of rooms, clothing and album_mix; each seed draws others",
            data_hash=folders.data_hash,
            config=candidate.settings | {"mixes": _MIXES},
        )


def choices(found: LabeledSet, bench: Bench) -> dict[str, int]:
    """The number that each criterion would choose for a set, and the one that the app suggests."""
    curve = Grouper(found.embeddings).elbow(bench.ctx)
    points, most = prepare(found.vectors, ctx=bench.ctx), int(curve.k[-1])
    return {**curve.criteria, **others(points, most, bench), "suggested": curve.suggested}


def others(points: Float32Array, most: int, bench: Bench) -> dict[str, int]:
    """The number that each criterion that Kindred does not use would choose, from 2 on.

    Args:
        points: float32[N, d].
        most: the largest number tried.
        bench: of the row.
    """
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

    fits = elbow.sweep(points, most, bench.ctx)[1:]
    return {
        "Calinski-Harabasz": 2 + int(np.argmax([calinski_harabasz_score(points, fit.labels) for fit in fits])),
        "Davies-Bouldin": 2 + int(np.argmin([davies_bouldin_score(points, fit.labels) for fit in fits])),
        "stability": stability(points, most, bench),
    }


def stability(points: Float32Array, most: int, bench: Bench) -> int:
    """The largest k at which two subsamples of 80 % agree almost as well as at the best k (AMI where they overlap)."""
    rng = np.random.default_rng(0)
    agreement = np.zeros(most - 1)
    for _ in range(_REPEATS):
        labels = np.full((2, most, len(points)), -1)
        for half in labels:
            rows = np.flatnonzero(rng.random(len(points)) < 0.8)
            fits = elbow.sweep(points[rows], min(most, len(rows)), bench.ctx, restarts=0)
            for fit, row in zip(fits, half, strict=False):
                row[rows] = fit.labels
        both = (labels >= 0).all(axis=(0, 1))
        agreement += [ami(labels[0, k - 1][both], labels[1, k - 1][both]) for k in range(2, most + 1)]
    agreement /= _REPEATS
    return 2 + int(np.flatnonzero(agreement >= agreement.max() - _AGREE)[-1])


ROW = Row(
    name="suggested-k",
    title="The suggested number of groups",
    published=(),
    run=run,
    needs="the labeled folders, `teacher`, `models/`; about 15 minutes of one core for each seed",
    minutes=75,
    about="How many groups there are is the first thing that the app proposes, and nobody tells it.",
    tables=(
        Table(
            question="How far is the suggested number of groups off?",
            reading=(
                "Mean error in octaves, where 1 is a factor of two, and the share of folders whose number is right "
                f"within a factor of 1.5; {_MIXES} mixes of the three folders a seed, of 2 to 15 kinds each. "
                "Each line is a criterion; *suggested* is the median of the first four, which the app took when this "
                "was measured. What it does since 2026-11-30 is judged on other photos below. Taking always the same "
                "number, the best one, is what a criterion has to beat."
            ),
            lines="criterion",
            place=crossed({"error, octaves": "error", "within 1.5x": "within 1.5x"}),
            reference=("always the same", "the truth"),
        ),
        Table(
            question="Too many or too few, and what does it cost?",
            reading=(
                "Bias in octaves (above 0: too many groups), and the ACC of k-means with that number of groups, which "
                "*the truth* bounds."
            ),
            lines="criterion",
            place=crossed({"bias, octaves": "bias", "ACC there": "ACC"}),
            reference=("always the same", "the truth"),
        ),
    ),
)
