"""What limits learning on CIFAR-10 in a short time: trials at equal wall-clock, scored by neighbors and k-means."""

from __future__ import annotations

from pathlib import Path

from desktop_app.engine.job import JobContext

from ... import places
from ...photos import cifar10
from ...photos.cifar10 import Labeled
from ...pretexts.base import Pretext
from ...runs.open import load_trained
from ...scan.figures import centered, cluster_figures, kmeans_groups, neighbor_figures
from ...scan.mining import as_array, embed
from ..row import Bench, Row
from ..scan_controls import CLUSTERS
from ..tables import Table, by_metric
from ..trials import Judge, run_plan

TRIALS = places.CONFIGS / "trials" / "cifar10.toml"
_WORDS = "CIFAR-10: trained on all training pictures; scored on all 10,000 test pictures, from JPEG copies"


def run(bench: Bench) -> None:
    """Every round of the file of trials."""
    run_plan(bench, TRIALS, Judge(_WORDS, figures))


def figures(bench: Bench, folder: Path, read_at: int) -> dict[str, float]:
    """What the features and the projection of a run are worth, in percent."""
    train = cifar10.training_set(bench.folder.parents[1] / "cache")
    return worth(load_trained(folder, bench.device), train, cifar10.test_set_jpeg(), read_at, bench.ctx)


def worth(pretext: Pretext, train: Labeled, test: Labeled, read_at: int, ctx: JobContext) -> dict[str, float]:
    """Neighbors and k-means of the test pictures, among the training pictures, in both spaces, in percent."""
    bank, queries = (embed(pretext, part.photos, read_at, ctx) for part in (train, test))
    found: dict[str, float] = {}
    for number, space in enumerate(("features", "projection")):
        points = centered(as_array(bank[number]), as_array(queries[number]))
        near = neighbor_figures(points[0], train.labels, points[1], test.labels, ctx)
        groups = kmeans_groups(*points, CLUSTERS, 0, ctx)
        near |= {"k-means ACC": cluster_figures(test.labels, groups, CLUSTERS)["ACC"]}
        found |= {f"{name}, {space}": value for name, value in near.items()}
    return found


_METRICS = (
    "kNN-200, features",
    "kNN-200, projection",
    "k-means ACC, features",
    "k-means ACC, projection",
    "photos seen / 1000",
)
ROW = Row(
    name="cifar-trials",
    title="What limits learning on CIFAR-10",
    published=(),
    run=run,
    needs="`cifar10`; three minutes of one core a trial, 15 trials",
    minutes=65,
    about=(
        "Short runs that decided what the row *SCAN on CIFAR-10* begins with on a CPU. The views were timed by the "
        "clock while other work ran, which *photos seen* shows; the rest by the time that a trial itself was at work."
    ),
    tables=tuple(
        Table(
            question=question,
            reading=(
                "Three minutes each on one core, taking turns, from random weights; *as before* is `cifarnet-w32` with "
                "SimCLR's usual views. In percent, guessing gives 10. A point more or less says nothing."
            ),
            lines="trial",
            place=by_metric(_METRICS, data=f"{_WORDS}; round {number}"),
            development=("all",),
        )
        for number, question in enumerate(
            ("What is a view?", "Which network learns most in the time?", "How is it learned from?"), start=1
        )
    ),
)
