"""SCAN on what a CPU is enough for: digits end to end, and photos of single sources by heads on a model's features."""

from __future__ import annotations

import dataclasses
import time
import zipfile
from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from desktop_app.engine.clustering import cluster
from desktop_app.engine.errors import UserError
from desktop_app.engine.evaluate import Labels, confusion
from desktop_app.engine.model_card import ModelCard, load_card
from desktop_app.engine.types import Embeddings, Float32Array
from training.config import Config, LimitsConfig, OptimizerConfig, StartConfig, load_config
from training.data import REPOSITORY, PhotoArray, data_root, load_photos
from training.evaluation import card_embedder
from training.pictures import Photos, Strip, confusion_picture, contact_sheet, prototypes
from training.pretexts.scan import ClusterHeads
from training.record import read_table
from training.reproduce.labelled import CONFIGS, Labelled, group_figures, load_labelled, record, trained
from training.reproduce.row import Bench, Row
from training.scan.mining import as_array, embed, load_trained, mine, purity

_METHODS = ("kmeans", "scan", "temi")
_MODEL = "photos-simclr"
_SHOWN = 12
_CPU_MINUTES = 3.5


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Photos of one origin: pattern of the zip files, groups to find, and which part of a name is the label, if any."""

    pattern: str
    clusters: int
    label: int | None


SOURCES = {
    "pacs-photo": Source("pacs-photo-*", 7, 0),
    "imagenette2": Source("imagenette2-*", 10, 1),
    "clothing-co-parsing": Source("clothing-co-parsing-*", 10, None),
}


def run_photos(bench: Bench) -> None:
    """Group each source by the heads that the app trains, beside k-means, on the shipped model's features."""
    card = load_card(REPOSITORY / "models" / _MODEL)
    for name, source in SOURCES.items():
        photos = load_photos(data_root() / "photos", 96, bench.ctx, bench.folder / "cache", only=source.pattern)
        vectors = _vectors(bench, card, name, photos)
        truth = _labels(source, photos) if source.label is not None else None
        for method in _METHODS:
            settings = {"model": _MODEL, "onnx": card.onnx_sha256, "method": method, "k": source.clusters}
            for seed in range(bench.seeds):
                group = partial(_group, bench, name, photos, vectors, truth, method, seed)
                bench.once(f"{name}; {method}", seed, photos.data_hash, settings, group)


def _group(
    bench: Bench, name: str, photos: PhotoArray, vectors: Float32Array, truth: Labels | None, method: str, seed: int
) -> None:
    k, began = SOURCES[name].clusters, time.monotonic()
    embeddings = Embeddings(np.arange(len(vectors)), vectors, _MODEL)
    found = cluster(embeddings, bench.ctx, method=method, k=k, seed=seed)
    seconds = time.monotonic() - began
    sizes = np.bincount(found.labels[found.labels >= 0], minlength=k) / len(vectors)
    figures = {"largest share": 100 * float(sizes.max()), "smallest share": 100 * float(sizes.min())}
    figures |= {"mean confidence": 100 * float(found.confidence.mean())}
    if truth is not None:
        figures |= group_figures(truth, found.labels)
    bench.record_all(
        f"{name}; {method}",
        figures,
        seed=seed,
        data=f"{len(vectors):,} photos of {name}, no labels used",
        data_hash=photos.data_hash,
        config={"model": _MODEL, "method": method, "k": k},
        seconds=seconds,
        note="the model was trained on these photos, too, without their labels",
    )
    if seed == 0:
        path = bench.folder / f"{name}-{method}.png"
        draw_clusters(photos.images, vectors, found.labels, found.confidence, f"{name}, {method}", path)


def _vectors(bench: Bench, card: ModelCard, name: str, photos: PhotoArray) -> Float32Array:
    path = bench.folder / "cache" / f"{name}-{card.onnx_sha256[:12]}-{photos.data_hash[:12]}.npy"
    if not path.exists():
        embedder = card_embedder(card, card.precisions[-1])
        rows = []
        for start in range(0, len(photos.images), 200):
            bench.ctx.progress(start, len(photos.images), f"embedding {name}")
            bench.ctx.check()
            part = photos.images[start : start + 200]
            rows.append(embedder([Image.fromarray(image.transpose(1, 2, 0)) for image in part]))
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, np.concatenate(rows))
        unfinished.replace(path)
    vectors: Float32Array = np.load(path)
    return vectors


def _labels(source: Source, photos: PhotoArray) -> Labels:
    """Labels from the names inside the zip files, in the order of `load_photos`.

    Raises:
        UserError: ``photos-left-out`` where some could not be read and the order is lost.
    """
    assert source.label is not None
    names: list[str] = []
    for path in sorted((data_root() / "photos").glob(f"{source.pattern}.zip")):
        with zipfile.ZipFile(path) as archive:
            names += sorted(name for name in archive.namelist() if name.endswith(".webp"))
    if len(names) != len(photos.images):
        raise UserError("photos-left-out", f"{len(names)} photos are named and {len(photos.images)} could be used.")
    labels: Labels = np.unique([name.split("/")[source.label] for name in names], return_inverse=True)[1]
    return labels


def draw_clusters(
    images: Photos, features: Float32Array, groups: Labels, confidence: Float32Array, title: str, path: Path
) -> None:
    """A line a cluster: its prototype, framed, and the photos that are surest to belong to it."""
    strips = []
    for name, prototype in prototypes(features, groups, confidence).items():
        members = np.flatnonzero(groups == name)
        surest = members[np.argsort(-confidence[members], kind="stable")[:_SHOWN]]
        frames = [(46, 160, 67)] + [(255, 255, 255)] * len(surest)
        words = f"{title}: group {name}, {len(members)} photos; the prototype, and the surest"
        strips.append(Strip(words, images[[prototype, *surest]], frames))
    contact_sheet(strips, path, columns=_SHOWN + 1, tile=64)


def run_digits(bench: Bench) -> None:
    """SCAN end to end on 600 digits: SimCLR, neighbors, cluster head, self-labelling, seed by seed."""
    digits = load_labelled("mnist600", 28, bench, "600 MNIST digits, 60 of each")
    first = load_config(CONFIGS / "mnist600.toml")
    if not bench.device.startswith("cuda"):
        first = dataclasses.replace(first, limits=LimitsConfig(first.limits.epochs, minutes=_CPU_MINUTES))
    for seed in range(bench.seeds):
        steps = _digit_steps(first, seed)
        measure = partial(_measure_digits, bench, digits, steps)
        told = {"steps": [config.as_dict() for config in steps]}
        bench.once("all steps", seed, digits.photos.data_hash, told, measure)


def _digit_steps(first: Config, seed: int) -> tuple[Config, Config, Config]:
    """SimCLR, SCAN and self-labelling of one seed, each of which begins with the weights of the one before."""
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
    taught = dataclasses.replace(
        scan,
        name="self-label-mnist600",
        pretext={"name": "self_label", "clusters": 10, "threshold": 0.95, "strong": strong},
        start=StartConfig(f"{scan.name}-{seed}", ("memory.",), ("teacher.", "mean", "memory.")),
        limits=LimitsConfig(epochs=30, minutes=first.limits.minutes / 6),
    )
    return first, scan, taught


def _measure_digits(bench: Bench, digits: Labelled, steps: tuple[Config, Config, Config]) -> None:
    first, scan, taught = steps
    seed, cache = first.seed, bench.folder / "cache"
    _, origin = trained(bench, first, digits.photos, seed)
    begun = bench.folder / f"{first.name}-{seed}"
    neighbors = mine(begun, digits.photos, 28, 20, "features", cache, bench.device, bench.ctx)
    truth = digits.truth.astype(np.int64)
    near = {f"purity@{k}": 100 * purity(neighbors[:, :k], truth) for k in (5, 20)}
    record(bench, "SimCLR, neighbors", near, digits, seed, origin)
    for title, config in (("SCAN", scan), ("SCAN, self-labelling", taught)):
        _, origin = trained(bench, config, digits.photos, seed)
        folder = bench.folder / f"{config.name}-{seed}"
        pretext = load_trained(folder, bench.device)
        assert isinstance(pretext, ClusterHeads)
        images = torch.tensor(digits.photos.images).to(bench.device)
        p = as_array(pretext.probabilities(images, 28)[:, 0])
        groups = p.argmax(axis=1)
        alarms = sorted({row["name"] for row in read_table(folder / "alarms.csv")})
        origin["note"] = f"alarms: {', '.join(alarms)}" if alarms else ""
        record(bench, title, group_figures(digits.truth, groups), digits, seed, origin)
        if seed == 0:
            features = as_array(embed(pretext, digits.photos, 28, bench.ctx)[0])
            picture = bench.folder / f"{config.name}.png"
            draw_clusters(digits.photos.images, features, groups, p.max(axis=1), title, picture)
            matrix = confusion(digits.truth, groups)
            confusion_picture(matrix, digits.classes, bench.folder / f"{config.name}-confusion.png", title=title)


DIGITS = Row("scan-mnist600", "SCAN on 600 digits", (), run_digits, "`mnist600`; some minutes of CPU")
PHOTOS = Row("scan-photos", "Cluster heads on photos of one source", (), run_photos, f"`photos`, `models/{_MODEL}`")
