"""Schultz's ladder on CIFAR-10: from a tiny picture to learned similarity, clustered in three ways, scored by ARI."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from functools import cache, partial

import numpy as np
import torch
from sklearn.cluster import AgglomerativeClustering, SpectralClustering
from torch import Tensor

from desktop_app.engine.evaluate import Labels, ari, equivalent_accuracy, hungarian_accuracy
from desktop_app.engine.types import Float32Array, Float64Array, Int64Array

from ...config import OptimizerConfig
from ...loop import train
from ...measuring.pictures import neighbor_sheet
from ...photos import cifar10
from ...photos.augment import normalize
from ...photos.strong_augment import whole
from ...pretexts.base import Pretext
from ...pretexts.pairs import Pairs
from ...runs.record import read_numbers
from ...scan.mining import as_array, nearest
from ...watching.watch import spread
from ..figures import Measurement
from ..labeled import effort, group_by
from ..row import Bench, Row
from ..scan_controls import CLUSTERS, Data, Recorder, cached
from ..tables import Table, crossed
from .controls import CONTROLS
from .methods import RUNS, Learned, folder_name, learned, load, methods, seeded

CONTROL = ("8 x 8 pixels", "color histogram", "untrained network")
LEARNED = ("autoencoder", "pairs", "dot product, as told", "dot product, repaired", "SimCLR")
CLUSTERERS = ("kmeans", "agglomerative", "affinity")
_SHOWN = 2000  # as many as affinity propagation takes in seconds
_BATCH = 500
_MOST_SEEDS = 2
_ABOVE = 0.02  # below log 2: no longer guessing
_BY_COMPARISON = "by the comparison"
_SHEET_ROWS, _SHEET_COLUMNS = 8, 7
PLAIN: dict[str, tuple[bool, OptimizerConfig | None]] = {
    "pairs, plain network": (False, OptimizerConfig("sgd", lr=1e-2, weight_decay=0.0, warmup=0.0)),
    "pairs, plain network, BatchNorm": (True, OptimizerConfig("sgd", lr=1e-2, weight_decay=0.0, warmup=0.0)),
    "pairs, plain network, AdamW": (False, None),
}
"""Name -> whether the comparison has BatchNorm, and the optimizer where it is not that of all; of `plain` networks."""


def run(bench: Bench) -> None:
    """Every rung under two seeds, with runs that the row ``pretexts`` trained where there are any; then the plateau."""
    measure(bench, load(bench))


def measure(bench: Bench, data: Data) -> None:
    """The row on some pictures."""
    for seed in range(min(bench.seeds, _MOST_SEEDS)):
        for name in CONTROL:
            codes = cached(bench, data, name, CONTROLS[name])[1][shown(data)]
            _score(bench, data, Recorder(bench, data, {"features": name}), name, codes, seed)
        for name in LEARNED:
            method = learned(bench, data, name, seed)
            origin = dict(method.origin)
            record = Recorder(bench, data, origin.pop("config"), origin)
            learned_codes = codes_of(method.pretext, data)
            _score(bench, data, record, name, standardized(learned_codes), seed)
            if isinstance(method.pretext, Pairs):
                _score_compared(bench, data, record, method.pretext, learned_codes, seed)
    for seed in range(min(bench.seeds, _MOST_SEEDS)):
        _plateau(bench, data, learned(bench, data, "pairs", seed), "pairs", seed)
        for name in PLAIN:
            _plateau(bench, data, _plain(bench, data, name, seed), name, seed)


def shown(data: Data) -> Int64Array:
    """Which test pictures are grouped: evenly spaced, as they lie sorted by class."""
    return spread(len(data.test.labels), _SHOWN)


def codes_of(pretext: Pretext, data: Data) -> Tensor:
    """What a task's own head makes of the test pictures that are `shown`: float32[N, d]."""
    asked = torch.from_numpy(data.test.photos.images[shown(data)]).to(next(pretext.parameters()).device)
    with torch.no_grad():
        views = (normalize(whole(part, cifar10.SIZE)) for part in torch.split(asked, _BATCH))
        codes: Tensor = torch.cat([pretext.head(pretext.backbone(view)) for view in views])
    return codes


def standardized(codes: Tensor) -> Float32Array:
    """Codes float32[N, d], each dimension with mean 0 and of one spread."""
    found = as_array(codes)
    scaled: Float32Array = (found - found.mean(axis=0)) / (found.std(axis=0) + 1e-6)
    return scaled


def _score_compared(bench: Bench, data: Data, record: Recorder, pairs: Pairs, codes: Tensor, seed: int) -> None:
    """Ten groups by what the comparison says of each two pictures, as only that has to make sense of a code."""
    truth, alike = data.test.labels[shown(data)], cache(lambda: as_array(pairs.alike(codes)).astype(np.float64))
    for name in COMPARED:
        work = partial(_grouped_by_comparison, name, alike, truth, seed)
        record.once(f"{_BY_COMPARISON}, {name}", seed, work)


def _grouped_by_comparison(name: str, alike: Callable[[], Float64Array], truth: Labels, seed: int) -> dict[str, float]:
    labels = COMPARED[name](alike(), seed)
    return {"ARI": 100 * ari(truth, labels), "ACC": 100 * hungarian_accuracy(truth, labels)}


def _joined(alike: Float64Array, seed: int) -> Labels:
    del seed  # nothing is drawn
    joining = AgglomerativeClustering(CLUSTERS, metric="precomputed", linkage="average")
    return np.asarray(joining.fit_predict(1 - alike), np.int32)


def _divided(alike: Float64Array, seed: int) -> Labels:
    dividing = SpectralClustering(CLUSTERS, affinity="precomputed", random_state=seed)
    return np.asarray(dividing.fit_predict(alike), np.int32)


COMPARED: dict[str, Callable[[Float64Array, int], Labels]] = {"average linkage": _joined, "spectral": _divided}
"""Name -> ten groups int32[N] from how alike each two are, float64[N, N] in 0..1, and a seed."""


def _score(bench: Bench, data: Data, record: Recorder, name: str, codes: Float32Array, seed: int) -> None:
    """Ten groups by each method, as the app finds them; and a sheet of the most similar pictures."""
    images, truth = data.test.photos.images[shown(data)], data.test.labels[shown(data)]
    for method in CLUSTERERS:
        work = partial(_grouped, bench, method, codes, truth, seed)
        record.once(f"{name}; {method}", seed, work)
    if seed == 0:
        path = bench.folder / f"{folder_name(name)}.png"
        rows = spread(len(truth), _SHEET_ROWS)
        found = nearest(torch.from_numpy(codes), _SHEET_COLUMNS)[rows]
        neighbor_sheet(images, rows, found, path, truth=truth, tile=48)


def _grouped(bench: Bench, method: str, codes: Float32Array, truth: Labels, seed: int) -> dict[str, float]:
    groups = group_by(method, codes, CLUSTERS, seed, bench.ctx)
    agreement = ari(truth, groups)
    return {
        "ARI": 100 * agreement,
        "ACC": 100 * hungarian_accuracy(truth, groups),
        "equivalent accuracy": 100 * equivalent_accuracy(agreement, CLUSTERS),
        "equivalent accuracy, simulated": 100 * simulated_accuracy(agreement, CLUSTERS, len(truth), seed),
    }


def simulated_accuracy(agreement: float, classes: int, count: int, seed: int, *, repeats: int = 3) -> float:
    """The accuracy at which random errors give an ARI, found as Schultz did: by making such errors.

    Args:
        agreement: the ARI.
        classes: equally frequent labels.
        count: photos.
        seed: of the errors.
        repeats: simulations of each accuracy.

    Returns:
        The share of labels kept right, ``1 / classes`` to 1; the others are drawn evenly from the wrong ones. See
        `equivalent_accuracy` for the formula.
    """
    rng = np.random.default_rng(seed)
    truth = np.arange(count) % classes
    kept = np.linspace(1 / classes, 1, 37)
    found = []
    for share in kept:
        wrong = (truth + rng.integers(1, classes, (repeats, count))) % classes
        made = np.where(rng.random((repeats, count)) < share, truth, wrong)
        found.append(np.mean([ari(truth, labels) for labels in made]))
    # Chance makes neighbors of the curve change places at its flat end; it rises all the same.
    return float(np.interp(agreement, np.maximum.accumulate(found), kept))


def _plain(bench: Bench, data: Data, name: str, seed: int) -> Learned:
    """`pairs` with a network without BatchNorm, trained."""
    norm, optimizer = PLAIN[name]
    config = seeded(methods(bench)["pairs"], seed)
    config = dataclasses.replace(
        config,
        name=f"{folder_name(name)}-{seed}",
        backbone="plain",
        pretext=config.pretext | {"norm": norm},
        optimizer=optimizer or config.optimizer,
    )
    folder = bench.folder.parent / RUNS / config.name
    pretext = train(config, data.train.photos, folder, bench.ctx, device=bench.device)
    return Learned(config, folder, pretext, effort(folder, data.train.photos), 0.0)


def _plateau(bench: Bench, data: Data, method: Learned, name: str, seed: int) -> None:
    """For how many steps the loss of pairs stays at that of guessing, and where it ends."""
    rows = read_numbers(method.folder / "metrics.csv")
    origin = dict(method.origin)
    record = Recorder(bench, data, origin.pop("config"), origin)
    figures = {"steps at log 2": left_after(rows), "loss at the end": float(np.mean([r["loss"] for r in rows[-10:]]))}
    record.once(f"{name}; loss", seed, lambda: figures)


def left_after(rows: list[dict[str, float]]) -> float:
    """The step after which a logged loss first stays below log 2 by more than 0.02 for good; the last if it never does.

    Args:
        rows: of ``metrics.csv``, oldest first; not empty.
    """
    at = 0.0
    for row in rows:
        if row["loss"] > math.log(2) - _ABOVE:
            at = row["step"]
    return at


def _by_kmeans(m: Measurement) -> tuple[str, str] | None:
    name, _, method = m.variant.rpartition("; ")
    return (name, m.metric) if method == "kmeans" and m.metric != "ARI" else None


def _compared(m: Measurement) -> tuple[str, str] | None:
    beside = {f"pairs; {method}": f"by the codes, {method}" for method in CLUSTERERS}
    if m.metric not in ("ARI", "ACC") or not (m.variant in beside or m.variant.startswith(_BY_COMPARISON)):
        return None
    return beside.get(m.variant, m.variant), m.metric


def _losses(m: Measurement) -> tuple[str, str] | None:
    name, _, what = m.variant.rpartition("; ")
    return (name, m.metric) if what == "loss" else None


ROW = Row(
    name="schultz",
    title="Schultz's ladder",
    published=(),
    run=run,
    needs="`cifar10`, and what `pretexts` needs, whose runs it takes; ten minutes of one CPU core besides",
    minutes=20,
    about=(
        "Development figures of the short runs above. Schultz clustered CIFAR-10 by a shrunk picture, then by three "
        "learned codes, and gave no figures in the text that we have; his order was: shrunk below learned, the dot "
        "product best. Here ten groups of 2,000 test pictures, 200 of each class, found as the app finds them."
    ),
    tables=(
        Table(
            question="Do learned codes group better than a shrunk picture?",
            reading="ARI in percent; guessing gives 0.",
            lines="code",
            place=crossed({"ARI": ""}, part=1),
            reference=CONTROL,
        ),
        Table(
            question="Which accuracy would give that ARI by random errors?",
            reading=(
                "Groups by k-means. The equivalent accuracy, by formula and by simulation, is not the share of "
                "pictures in the right group (ACC): real errors have structure. Guessing gives 10 for each."
            ),
            lines="code",
            place=_by_kmeans,
            reference=CONTROL,
        ),
        Table(
            question="Do pairs group better by the comparison that learned them?",
            reading=(
                "Pair classification learns codes and a small network that compares two of them; only for that network "
                "do codes lie near each other. So here also groups by what it says of each two pictures. In percent; "
                "guessing gives an ARI of 0 and 10 to 12 of ACC."
            ),
            lines="groups",
            place=_compared,
        ),
        Table(
            question="Does the loss of pairs stay at that of guessing?",
            reading=(
                "Steps of 624 until the loss of pair classification is below that of guessing (log 2, 0.693) by more "
                "than 0.02 for good, and the loss at the end. *Plain*: four convolutions without BatchNorm, by SGD at "
                "a rate of 0.01; then with BatchNorm in the small network that compares codes, and then by AdamW."
            ),
            lines="task",
            place=_losses,
        ),
    ),
)
