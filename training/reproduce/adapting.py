"""What adapting a model to a folder is worth: every step of `adapt` on the labeled folders, and in seconds.

Nothing is chosen by the labels; the number of groups is theirs. Figures are those of what each step proposes, kept or
not.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from desktop_app.engine.models.card import ModelCard

from .. import places
from ..adapt import Options
from ..adapt.photos import read_folder
from ..adapt.pipeline import Fitted, Step, fit
from ..measuring.evaluation import LABELED_FOLDERS
from ..scan.selection import rank_correlation
from .figures import Measurement
from .row import Bench, Row
from .sets import Folders, shipped_models
from .tables import Table, crossed

_MINUTES = 10.0
_DATA = "mean over rooms, clothing, album_mix"


def run(bench: Bench) -> None:
    """Adapt every shipped model to every folder, seed by seed; then again with the network's last stage."""
    data_hash = Folders(bench).data_hash
    for deep in (False, True):
        for card in shipped_models():
            for seed in range(bench.seeds):
                words = f"{card.name}{', deep' if deep else ''}"
                settings = {"onnx": card.onnx_sha256, "deep": deep, "minutes": _MINUTES, "folders": LABELED_FOLDERS}
                bench.once(
                    words, seed, data_hash, settings, partial(_measure, bench, data_hash, card, words, deep, seed)
                )


def _measure(bench: Bench, data_hash: str, card: ModelCard, words: str, deep: bool, seed: int) -> None:
    adapted = list[Fitted]()
    for name in LABELED_FOLDERS:
        photos = read_folder(places.data() / "folders" / name, card, bench.ctx)
        labels = photos.labels()
        options = Options(deep=deep, refine=True, minutes=_MINUTES, k=len(np.unique(labels[1])), seed=seed)
        adapted.append(fit(photos, card, options, bench.ctx, labels))
    config = {"model": card.name, "onnx": card.onnx_sha256, "deep": deep, "minutes": _MINUTES}
    begun, changes = {place: fitted.steps[0] for place, fitted in enumerate(adapted)}, list[tuple[float, float]]()
    for name in dict.fromkeys(step.name for fitted in adapted for step in fitted.steps):
        found = [(place, step) for place, fitted in enumerate(adapted) for step in fitted.steps if step.name == name]
        steps = [step for _, step in found]
        bench.record_all(
            f"{words}; {name}",
            _mean(steps),
            seed=seed,
            data=_DATA,
            data_hash=data_hash,
            config=config,
            seconds=float(np.mean([step.seconds for step in steps])),
        )
        for place, step in found:
            if step is not begun[place]:
                changes.append(_change(begun[place], step))
    label_free, measured = (list(column) for column in zip(*changes, strict=True))
    if min(len(set(label_free)), len(set(measured))) == 1:
        return  # where nothing changes there is nothing to foretell
    bench.record_all(
        f"{words}; changes of the label-free score against those of groups ACC",
        {"Spearman": rank_correlation(label_free, measured)},
        seed=seed,
        data=_DATA,
        data_hash=data_hash,
        config=config,
    )


def _mean(steps: list[Step]) -> dict[str, float]:
    rows = []
    for step in steps:
        assert step.figures is not None
        rows.append((step.figures.knn5, step.figures.kmeans, step.figures.groups, step.kept))
    percent = 100 * np.mean(rows, axis=0)
    figures = dict(zip(("kNN5", "k-means ACC", "groups ACC", "kept"), map(float, percent), strict=True))
    return figures | {"label-free": float(np.mean([step.label_free.mean for step in steps]))}


def _change(base: Step, step: Step) -> tuple[float, float]:
    assert base.figures is not None
    assert step.figures is not None
    return step.label_free.mean - base.label_free.mean, step.figures.groups - base.figures.groups


def _correlations(m: Measurement) -> tuple[str, str] | None:
    return (m.variant.split("; ")[0], "correlation") if m.metric == "Spearman" else None


ROW = Row(
    name="adapt",
    title="Adapting a model to one's own folder",
    published=(),
    run=run,
    needs="the labeled folders, `models/`; about 5 minutes of one core for each seed, four times as long with `deep`",
    minutes=25,
    about=(
        "A model fitted to the photos of one folder, without labels; each step is undone where a score "
        "without labels falls."
    ),
    tables=(
        Table(
            question="What is each step of adapting worth?",
            reading=(
                "Means over the three labeled folders, each adapted to by itself and without its labels; figures of "
                "what a step proposes, kept or not. Groups ACC is that of the groups as the app forms them. Guessing "
                "gives about 16."
            ),
            lines="step",
            place=crossed({"kNN5": "kNN5", "k-means ACC": "k-means ACC", "groups ACC": "groups ACC"}),
        ),
        Table(
            question="Which steps are kept?",
            reading=(
                "Percent of folders and seeds in which the step was kept, and the score without labels that decides it "
                "(0 to 1)."
            ),
            lines="step",
            place=crossed({"kept": "kept", "label-free": "score"}),
        ),
        Table(
            question="Can the score without labels be trusted?",
            reading="Spearman's correlation of its changes with those of groups ACC: 1 is always, 0 is chance.",
            lines="model",
            place=_correlations,
        ),
    ),
)
