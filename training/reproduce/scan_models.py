"""SCAN and self-labeling from the shipped models: whether clusters learned from many photos make better features."""

from __future__ import annotations

import dataclasses
from functools import partial
from pathlib import Path

import numpy as np
import torch

from desktop_app.engine.evaluate import majority_accuracy, majority_chance
from desktop_app.engine.types import Float32Array

from .. import places
from ..config import Config, LimitsConfig, StartConfig, shipped_config
from ..exporting.restore import run_or_model
from ..loop import train
from ..measuring.evaluation import LABELED_FOLDERS, labeled_photos, network_embedder, score
from ..measuring.features import embed_photos
from ..measuring.pictures import cluster_sheet
from ..networks.card import draft_card
from ..photos.data import PhotoArray, load_photos
from ..pretexts.scan import ClusterHeads
from ..runs.open import load_trained
from ..runs.record import alarm_names
from ..scan.mining import as_array
from .figures import Measurement
from .labeled import effort, folder_figures
from .row import Bench, Row
from .tables import Table, crossed

MODELS = ("photos", "photos-simclr")
_CLUSTERS = (20, 50, 100)
_SHOWN = 1500
_HEAD_RATE = 3e-3  # at 1e-2, clusters die
_HEAD_BATCH = 1024  # that all of a hundred clusters come up in
_HEAD_EPOCHS = 40
_HEAD_REPORT_STEPS = 400


def stages(model: str, clusters: int) -> dict[str, Config]:
    """Words -> heads on the network of the run ``model`` as it is, SCAN of both from there, and self-labeling then.

    All read folders at the size of the model.
    """
    size = shipped_config(model).export
    scan, self_label = shipped_config("photos-scan"), shipped_config("photos-self-label")
    own, after = scan.start, self_label.start
    assert own is not None
    assert after is not None
    name, heads_name = f"{model}-scan-{clusters}", f"{model}-heads-{clusters}"
    scan = dataclasses.replace(
        scan, name=name, export=size, pretext=scan.pretext | {"clusters": clusters, "neighbors_of": model}
    )
    heads = dataclasses.replace(
        scan,
        name=heads_name,
        start=dataclasses.replace(own, run=model),
        frozen=("all",),  # as on ImageNet in the paper
        pretext=scan.pretext | {"augmentation": "none"},
        batch=_HEAD_BATCH,
        limits=LimitsConfig(_HEAD_EPOCHS),
        optimizer=dataclasses.replace(scan.optimizer, lr=_HEAD_RATE),
        ema=0.0,
        report_steps=_HEAD_REPORT_STEPS,
    )
    scan = dataclasses.replace(scan, start=StartConfig(heads_name, ("memory.",), ("memory.",)))
    self_label = dataclasses.replace(
        self_label,
        name=f"{name}-self-label",
        export=size,
        start=dataclasses.replace(after, run=name),
        pretext=self_label.pretext | {"clusters": clusters},
    )
    words = f"SCAN, {clusters} clusters"
    return {f"{words}, network frozen": heads, words: scan, f"{words}, self-labeling": self_label}


def run(bench: Bench) -> None:
    """Both models with all numbers of clusters; the trained runs lie beside those that they begin with."""
    runs = _runs(bench)
    data = shipped_config("photos-scan").data
    photos = load_photos(places.data() / data.source, data.size, bench.ctx, runs / "cache")
    for model in MODELS:
        origin = effort(run_or_model(model, runs, photos, bench.ctx), photos)
        read_at = shipped_config(model).export.size
        _once(bench, model, origin["config"] | {"step": origin["epochs"]}, photos, model, read_at)
        for clusters in _CLUSTERS:
            for words, config in stages(model, clusters).items():
                variant = f"{model}; {words}"
                train(config, photos, runs / config.name, bench.ctx, device=bench.device)
                begun = {"from": origin["config"], "epochs before": origin["epochs"]}
                _once(bench, variant, config.as_dict() | begun, photos, config.name, read_at)


def _runs(bench: Bench) -> Path:
    return bench.folder.parents[1]


def _once(bench: Bench, variant: str, settings: dict[str, object], photos: PhotoArray, name: str, read_at: int) -> None:
    bench.once(variant, 0, photos.data_hash, settings, partial(_score, bench, variant, photos, name, read_at))


def _score(bench: Bench, variant: str, photos: PhotoArray, name: str, read_at: int) -> None:
    """Features of a run on the labeled folders, and its clusters there, where it has some."""
    folder = _runs(bench) / name
    origin = effort(folder, photos)
    if name in MODELS:
        figures = folder_figures(folder, read_at, bench.ctx)
    else:
        pretext = load_trained(folder)
        assert isinstance(pretext, ClusterHeads)
        figures = _cluster_figures(bench, pretext, read_at)
        alarms = alarm_names(folder)
        origin["note"] = f"alarms: {', '.join(alarms)}" if alarms else ""
        _draw(bench, pretext, photos, name, variant)
    words = "mean over the three labeled folders; features as pooled"
    bench.record_all(variant, figures, seed=0, data=words, data_hash=photos.data_hash, **origin)


def _cluster_figures(bench: Bench, pretext: ClusterHeads, read_at: int) -> dict[str, float]:
    """What features, and the clusters learned from other photos, are worth on the labeled folders."""
    embed_images, rows = network_embedder(pretext.backbone, draft_card("clusters", read_at, 1)), []
    for name in LABELED_FOLDERS:
        images, truth = labeled_photos(places.data() / "folders" / name, bench.ctx)
        features = embed_images(images)
        scored, groups = score(features, truth), _assigned(pretext, features).argmax(axis=1)
        majority, chance = majority_accuracy(truth, groups), majority_chance(truth, groups)
        rows.append((scored["knn5"], scored["kmeans_acc"], 100 * majority, 100 * chance, len(np.unique(groups))))
    names = ("kNN5", "k-means ACC", "majority ACC of its clusters", "chance", "clusters in a folder")
    return dict(zip(names, np.mean(rows, axis=0).tolist(), strict=True))


@torch.no_grad()
def _assigned(pretext: ClusterHeads, features: Float32Array) -> Float32Array:
    """Probabilities float32[N, C] of the head that is shown, of features float32[N, D]."""
    logits = pretext.assign(torch.from_numpy(features)).view(len(features), pretext.heads, pretext.clusters)
    return as_array(logits[:, pretext.shown_head()].softmax(dim=1))


def _draw(bench: Bench, pretext: ClusterHeads, photos: PhotoArray, name: str, title: str) -> None:
    """The prototypes and surest photos of each cluster, among some of the photos."""
    images = photos.images[np.sort(np.random.default_rng(0).permutation(len(photos.images))[:_SHOWN])]
    features = embed_photos(pretext.backbone, images, images.shape[-1], bench.ctx)
    p = _assigned(pretext, features)
    cluster_sheet(images, features, p.argmax(axis=1), p.max(axis=1), bench.folder / f"{name}.png", title=title)


_BEFORE = "before"


def _features(m: Measurement) -> tuple[str, str] | None:
    """A frozen network's features are those of before."""
    model, _, stage = m.variant.partition("; ")
    changed = m.metric in ("kNN5", "k-means ACC") and not stage.endswith("frozen")
    return (stage or _BEFORE, f"{model}: {m.metric}") if changed else None


ROW = Row(
    name="scan-models",
    title="SCAN and self-labeling from the shipped models",
    published=(),
    run=run,
    needs="`photos`, the labeled folders, `models/`; two and a half hours of one CPU core",
    minutes=150,
    about="Clusters as a further task for the networks that ship: with a frozen network, then with its upper half.",
    tables=(
        Table(
            question="Do clusters learned from 46,000 photos make better features?",
            reading=(
                "Means over the three labeled folders; features as pooled, before the last layer of what ships. "
                "Heads on the frozen network first, then SCAN for ten minutes, then self-labeling for six. Guessing "
                "gives about 16. What ships as `photos-simclr` was chosen by this table."
            ),
            lines="stage",
            place=_features,
            reference=(_BEFORE,),
            development=("all",),
        ),
        Table(
            question="What are those clusters worth on folders they were not learned from?",
            reading=(
                "Majority ACC of the clusters that photos of a folder fall into, the same of clusters drawn at random, "
                "and how many of them a folder uses: with more clusters, both rise."
            ),
            lines="stage",
            place=crossed(
                {
                    "majority ACC of its clusters": "majority ACC",
                    "chance": "by chance",
                    "clusters in a folder": "clusters used",
                }
            ),
        ),
    ),
)
