"""What the shipped models are for: grouping a person's photos; three labeled folders that none was trained on."""

from __future__ import annotations

from functools import partial

import numpy as np

from desktop_app.engine.clustering import elbow, prepare
from desktop_app.engine.evaluate import Scores, evaluate_vectors, standardize
from desktop_app.engine.types import Float32Array

from ..measuring.evaluation import LABELED_FOLDERS
from .row import Bench, Row
from .sets import Candidate, Folders, LabeledSet, candidates
from .tables import Table, by_metric


def run(bench: Bench) -> None:
    """Score every model of ``models/`` in each precision, the controls, and the supervised teacher."""
    folders = Folders(bench)
    for one in candidates():
        settings = one.settings | {"seeds": bench.seeds}
        bench.once(one.name, 0, folders.data_hash, settings, partial(_measure, bench, folders, one))


def _measure(bench: Bench, folders: Folders, candidate: Candidate) -> None:
    sets = folders.seen_by(candidate)
    for seed in range(bench.seeds):
        figures: dict[str, float] = {}
        for found in sets:
            figures |= {f"{found.name}: {metric}": value for metric, value in score(bench, found, seed).items()}
        mean = {
            f"mean: {metric}": float(np.mean([figures[f"{found.name}: {metric}"] for found in sets]))
            for metric in ("kNN5", "ACC", "ACC as grouped")
        }
        bench.record_all(
            candidate.name,
            mean | figures,
            seed=seed,
            data="; ".join(f"{found.name}: {len(found.truth)} photos of {found.k} kinds" for found in sets),
            data_hash=folders.data_hash,
            config=candidate.settings,
            note="as grouped: points prepared as the app clusters them; suggested k: what the app proposes",
        )


def score(bench: Bench, found: LabeledSet, seed: int) -> dict[str, float]:
    """kNN5 and k-means ACC on centered unit rows, ACC on the points that the app groups, and the k it suggests.

    Args:
        bench: of the row.
        found: a folder.
        seed: of k-means.
    """
    points = prepare(found.vectors, ctx=bench.ctx)
    plain, grouped = (_scores(bench, rows, found, seed) for rows in (standardize(found.vectors), points))
    suggested = elbow.elbow(found.embeddings, bench.ctx, seed=seed, points=points).suggested
    percent = {"kNN5": plain.knn5, "ACC": plain.accuracy, "ACC as grouped": grouped.accuracy}
    return {metric: 100 * share for metric, share in percent.items()} | {"suggested k": float(suggested)}


def _scores(bench: Bench, points: Float32Array, found: LabeledSet, seed: int) -> Scores:
    return evaluate_vectors("points", points, found.truth, bench.ctx, seeds=(seed,))[0]


_REFERENCE = ("random weights", "pixels 16x16", "color histogram", "MobileNetV2, supervised")
_DEVELOPMENT = ("photos, float", "photos, int8", "photos-simclr, float", "photos-simclr, int8")
_TABLES = (
    Table(
        question="How well do the shipped models tell apart what they have never seen?",
        reading=(
            "Means over three folders that no model was trained on: 440 home photos of 4 kinds, 500 clothes of 10 "
            "kinds, 469 pictures of 8 kinds. Guessing gives about 16. Between the controls and MobileNetV2, which had "
            "ImageNet's labels and does not ship, lies what learning without labels of these photos is worth. The last "
            "layer, the input size and the last stage of `photos-simclr` were chosen on these folders."
        ),
        lines="features",
        place=by_metric(
            {"mean: kNN5": "kNN5", "mean: ACC": "k-means ACC", "mean: ACC as grouped": "ACC as the app groups"}
        ),
        reference=_REFERENCE,
        development=_DEVELOPMENT,
    ),
    Table(
        question="On which folder?",
        reading="The same by folder, each cell as above. Guessing gives 25, 10 and about 13.",
        lines="features",
        place=by_metric([f"{folder}: {metric}" for folder in LABELED_FOLDERS for metric in ("kNN5", "ACC")]),
        reference=_REFERENCE,
        development=_DEVELOPMENT,
    ),
    Table(
        question="How many groups does the app suggest?",
        reading="The true number stands in the heading. Measured with the rule until 2026-11-30, see `suggested-k`.",
        lines="features",
        place=by_metric(
            {
                f"{folder}: suggested k": f"{folder} ({kinds})"
                for folder, kinds in zip(LABELED_FOLDERS, (4, 10, 8), strict=True)
            }
        ),
        reference=_REFERENCE,
    ),
)

ROW = Row(
    name="folders",
    title="Grouping a person's photos",
    published=(),
    run=run,
    needs="the labeled folders, `teacher`, `models/`; about 5 minutes of one core",
    minutes=5,
    about="What the shipped models are for, on folders like a person's.",
    tables=_TABLES,
)
