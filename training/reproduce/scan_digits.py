"""SCAN end to end on what a CPU is enough for: 600 digits."""

from __future__ import annotations

import dataclasses
from functools import partial

import numpy as np
import torch

from desktop_app.engine.evaluate import confusion

from ..config import Config, LimitsConfig, OptimizerConfig, StartConfig, shipped_config
from ..measuring.features import embed_photos
from ..measuring.pictures import cluster_sheet, confusion_picture
from ..pretexts.scan import ClusterHeads
from ..runs.open import load_trained
from ..runs.record import alarm_names
from ..scan.mining import as_array, mine, purity
from .labeled import Labeled, group_figures, load_labeled, record, trained
from .row import Bench, Row
from .tables import Table, by_metric

_CPU_MINUTES = 3.5


def run(bench: Bench) -> None:
    """SCAN end to end on 600 digits: SimCLR, neighbors, cluster head, self-labeling, seed by seed."""
    digits = load_labeled("mnist600", 28, bench, "600 MNIST digits, 60 of each")
    first = shipped_config("mnist600")
    if not bench.device.startswith("cuda"):
        first = dataclasses.replace(first, limits=LimitsConfig(first.limits.epochs, minutes=_CPU_MINUTES))
    for seed in range(bench.seeds):
        steps = _digit_steps(first, seed)
        measure = partial(_measure_digits, bench, digits, steps)
        settings = {"steps": [config.as_dict() for config in steps]}
        bench.once("all steps", seed, digits.photos.data_hash, settings, measure)


def _digit_steps(first: Config, seed: int) -> tuple[Config, Config, Config]:
    """SimCLR, SCAN and self-labeling of one seed, each of which begins with the weights of the one before."""
    first = dataclasses.replace(first, seed=seed)
    begun = f"{first.name}-{seed}"
    # A mirrored or inverted digit is none: geometry and a hole are what a strong view may change.
    strong = {"ops": 2, "cutout": 8, "flip": 0.0}
    scan = dataclasses.replace(
        first,
        name="scan-mnist600",
        pretext={"name": "scan", "clusters": 10, "heads": 1, "neighbors_of": begun, "neighbors": 5}
        | {"space": "features", "strong": strong},
        start=StartConfig(begun, ("head.", "teacher.", "mean", "memory."), ("head.",)),
        limits=LimitsConfig(epochs=60, minutes=first.limits.minutes / 3),
        optimizer=OptimizerConfig("adam", lr=1e-3, weight_decay=1e-4, warmup=0.0, decay="none"),
        ema=0.0,
        report_steps=30,
    )
    self_label = dataclasses.replace(
        scan,
        name="self-label-mnist600",
        pretext={"name": "self_label", "clusters": 10, "threshold": 0.95, "strong": strong},
        start=StartConfig(f"{scan.name}-{seed}", ("memory.",), ("teacher.", "mean", "memory.")),
        limits=LimitsConfig(epochs=30, minutes=first.limits.minutes / 6),
    )
    return first, scan, self_label


def _measure_digits(bench: Bench, digits: Labeled, steps: tuple[Config, Config, Config]) -> None:
    first, scan, self_label = steps
    seed, cache = first.seed, bench.folder / "cache"
    _, origin = trained(bench, first, digits.photos, seed)
    begun = load_trained(bench.folder / f"{first.name}-{seed}", bench.device, backbone_only=True)
    neighbors = mine(begun, digits.photos, 28, 20, "features", cache, bench.ctx)
    truth = digits.truth.astype(np.int64)
    near = {f"purity@{k}": 100 * purity(neighbors[:, :k], truth) for k in (5, 20)}
    record(bench, "SimCLR, neighbors", near, digits, seed, origin)
    for title, config in (("SCAN", scan), ("SCAN, self-labeling", self_label)):
        _, origin = trained(bench, config, digits.photos, seed)
        folder = bench.folder / f"{config.name}-{seed}"
        pretext = load_trained(folder, bench.device)
        assert isinstance(pretext, ClusterHeads)
        images = torch.tensor(digits.photos.images).to(bench.device)
        p = as_array(pretext.probabilities(images, 28)[:, 0])
        groups = p.argmax(axis=1)
        alarms = alarm_names(folder)
        origin["note"] = f"alarms: {', '.join(alarms)}" if alarms else ""
        record(bench, title, group_figures(digits.truth, groups), digits, seed, origin)
        if seed == 0:
            features = embed_photos(pretext.backbone, digits.photos.images, 28, bench.ctx, device=bench.device)
            picture = bench.folder / f"{config.name}.png"
            cluster_sheet(digits.photos.images, features, groups, p.max(axis=1), picture, title=title)
            matrix = confusion(digits.truth, groups)
            confusion_picture(matrix, digits.classes, bench.folder / f"{config.name}-confusion.png", title=title)


ROW = Row(
    name="scan-mnist600",
    title="SCAN on 600 digits",
    published=(),
    run=run,
    needs="`mnist600`; five minutes of one CPU core for each seed",
    minutes=25,
    about="The three published steps from end to end, on digits that a CPU is enough for.",
    tables=(
        Table(
            question="How far do SCAN and self-labeling come on a CPU?",
            reading=(
                "600 MNIST digits, grouped without labels by the three published steps: SimCLR, SCAN, self-labeling. "
                "Ten clusters; guessing gives {chance} in majority ACC."
            ),
            lines="step",
            place=by_metric(("majority ACC", "ACC", "NMI", "ARI")),
            training=True,
        ),
        Table(
            question="How good are the neighbors that SCAN begins with?",
            reading="Percent of the 5 and of the 20 nearest that show the same digit; guessing gives 10.",
            lines="features",
            place=by_metric(("purity@5", "purity@20")),
            training=True,
        ),
    ),
)
