"""Cluster heads on photos of single sources, on the features of the shipped models."""

from __future__ import annotations

import dataclasses
import time
import zipfile
from functools import partial

import numpy as np
from PIL import Image

from desktop_app.engine.clustering import cluster
from desktop_app.engine.errors import UserError
from desktop_app.engine.evaluate import Labels
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.types import Embeddings, Float32Array

from .. import places
from ..measuring.evaluation import card_embedder
from ..measuring.pictures import cluster_sheet
from ..photos.data import PhotoArray, load_photos
from ..stored import stored_array
from .labeled import group_figures
from .row import Bench, Row
from .sets import shipped_models
from .tables import Table, crossed

_METHODS = ("kmeans", "scan", "temi")


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Photos of one origin: pattern of the zip files, groups to find, and which part of a name is the label, if any."""

    pattern: str
    clusters: int
    label: int | None


_NOTES = {
    "photos": (
        "the model was trained on these photos, too, without their labels, but by a teacher that had learned "
        "ImageNet's labels, those of imagenette2 among them"
    ),
    "photos-simclr": "the model was trained on these photos, too, without their labels",
}

SOURCES = {
    "pacs-photo": Source("pacs-photo-*", 7, 0),
    "imagenette2": Source("imagenette2-*", 10, 1),
    "clothing-co-parsing": Source("clothing-co-parsing-*", 10, None),
}


def run(bench: Bench) -> None:
    """Group each source by the heads that the app trains, beside k-means, on the shipped model's features."""
    cards = shipped_models()
    for name, source in SOURCES.items():
        photos = load_photos(places.data() / "photos", 96, bench.ctx, bench.folder / "cache", only=source.pattern)
        truth = _labels(source, photos) if source.label is not None else None
        for card in cards:
            vectors = _vectors(bench, card, name, photos)
            for method in _METHODS:
                settings = {"model": card.name, "onnx": card.onnx_sha256, "method": method, "k": source.clusters}
                for seed in range(bench.seeds):
                    group = partial(_group, bench, name, photos, card.name, vectors, truth, method, seed)
                    bench.once(f"{name}; {card.name}; {method}", seed, photos.data_hash, settings, group)


def _group(
    bench: Bench,
    name: str,
    photos: PhotoArray,
    model: str,
    vectors: Float32Array,
    truth: Labels | None,
    method: str,
    seed: int,
) -> None:
    k, began = SOURCES[name].clusters, time.monotonic()
    embeddings = Embeddings(np.arange(len(vectors)), vectors, model)
    found = cluster(embeddings, bench.ctx, method=method, k=k, seed=seed)
    seconds = time.monotonic() - began
    sizes = np.bincount(found.labels[found.labels >= 0], minlength=k) / len(vectors)
    figures = {"largest share": 100 * float(sizes.max()), "smallest share": 100 * float(sizes.min())}
    figures |= {"mean confidence": 100 * float(found.confidence.mean())}
    if truth is not None:
        figures |= group_figures(truth, found.labels)
    bench.record_all(
        f"{name}; {model}; {method}",
        figures,
        seed=seed,
        data=f"{len(vectors):,} photos of {name}, no labels used",
        data_hash=photos.data_hash,
        config={"model": model, "method": method, "k": k},
        seconds=seconds,
        note=_NOTES.get(model, ""),
    )
    if seed == 0:
        path = bench.folder / f"{name}-{model}-{method}.png"
        title = f"{name}, {model}, {method}"
        cluster_sheet(photos.images, vectors, found.labels, found.confidence, path, title=title)


def _vectors(bench: Bench, card: ModelCard, name: str, photos: PhotoArray) -> Float32Array:
    path = bench.folder / "cache" / f"{name}-{card.onnx_sha256[:12]}-{photos.data_hash[:12]}.npy"

    def embed() -> Float32Array:
        embedder = card_embedder(card, card.precisions[-1])
        rows = []
        for start in range(0, len(photos.images), 200):
            bench.ctx.progress(start, len(photos.images), f"embedding {name}")
            bench.ctx.check()
            part = photos.images[start : start + 200]
            rows.append(embedder([Image.fromarray(image.transpose(1, 2, 0)) for image in part]))
        return np.concatenate(rows)

    return stored_array(path, embed)


def _labels(source: Source, photos: PhotoArray) -> Labels:
    """Labels from the names inside the zip files, in the order of `load_photos`.

    Raises:
        UserError: ``photos-left-out`` where some could not be read and the order is lost.
    """
    assert source.label is not None
    names: list[str] = []
    for path in sorted((places.data() / "photos").glob(f"{source.pattern}.zip")):
        with zipfile.ZipFile(path) as archive:
            names += sorted(name for name in archive.namelist() if name.endswith(".webp"))
    if len(names) != len(photos.images):
        raise UserError("photos-left-out", f"{len(names)} photos are named and {len(photos.images)} could be used.")
    labels: Labels = np.unique([name.split("/")[source.label] for name in names], return_inverse=True)[1]
    return labels


ROW = Row(
    name="scan-photos",
    title="Trained heads in larger folders",
    published=(),
    run=run,
    needs="`photos`, `models/`; some minutes of one CPU core",
    minutes=10,
    about="The heads that the app can train, on the shipped models' features of photos of one source.",
    tables=(
        Table(
            question="Do trained heads group thousands of photos better than k-means?",
            reading=(
                "1,670 photos of 7 kinds (`pacs-photo`) and 3,000 of 10 kinds (`imagenette2`), without their labels. "
                "Guessing gives 10 to 14 in ACC, and 0 in NMI and ARI."
            ),
            lines="model and method",
            place=crossed({"ACC": "ACC", "NMI": "NMI", "ARI": "ARI"}),
        ),
        Table(
            question="How even are their groups?",
            reading=(
                "Percent of all photos in the largest and in the smallest group; groups of one size have 14.3 with "
                "`pacs-photo` and 10.0 with the others."
            ),
            lines="model and method",
            place=crossed({"largest share": "largest", "smallest share": "smallest"}),
        ),
    ),
)
