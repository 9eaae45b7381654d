"""How well features group a person's photos: three labeled folders, never trained on, beside three controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.evaluate import color_histogram, kmeans_accuracy, knn_accuracy, pixels, standardize
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard, Precision
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.types import Float32Array, Int64Array

from .. import places
from ..networks.backbones import BACKBONES, build_backbone
from ..networks.card import draft_card

LABELED_FOLDERS = ("rooms", "clothing", "album_mix")
_BATCH = 32

Embed = Callable[[Sequence[Image.Image]], Float32Array]
Figures = dict[str, Any]


def labeled_photos(folder: Path, ctx: JobContext) -> tuple[list[Image.Image], Int64Array]:
    """The photos of a folder whose sub-folders are the labels: RGB images and int64[N].

    Raises:
        UsageError: ``folder-missing``.
    """
    if not folder.is_dir():
        raise UsageError("folder-missing", f"There is no folder {folder}.", "Set KINDRED_DATA to where the data is.")
    images, labels = [], []
    for label, sub in enumerate(sorted(path for path in folder.iterdir() if path.is_dir())):
        for path in sorted(sub.iterdir()):
            ctx.check()
            if path.suffix.lower() not in (".md", ".txt", ".csv"):
                images.append(decode(read_bytes(path), None).image)
                labels.append(label)
    return images, np.asarray(labels, dtype=np.int64)


def network_embedder(network: nn.Module, card: ModelCard) -> Embed:
    """Embed with a torch network, in eval mode and float32, preprocessed as ``card`` says."""
    network = network.eval()

    @torch.no_grad()
    def embed(images: Sequence[Image.Image]) -> Float32Array:
        rows = []
        for start in range(0, len(images), _BATCH):
            batch = np.stack([preprocess(image, card) for image in images[start : start + _BATCH]])
            rows.append(network(torch.from_numpy(batch)).float().numpy())
        return np.concatenate(rows)

    return embed


def card_embedder(card: ModelCard, precision: Precision = "float") -> Embed:
    """Embed with an exported model on the CPU, by the app's own session and preprocessing."""
    from desktop_app.engine.models.runtime import CPU, open_session

    session = open_session(card, card.read_onnx(precision), CPU)

    def embed(images: Sequence[Image.Image]) -> Float32Array:
        rows = []
        for start in range(0, len(images), _BATCH):
            rows.append(session.run(np.stack([preprocess(image, card) for image in images[start : start + _BATCH]])))
        return np.concatenate(rows)

    return embed


def controls(size: int, backbone: str = "resnet18") -> dict[str, Embed]:
    """What features have to beat: random weights, 16x16 pixels, an HSV histogram."""
    untrained = draft_card("random", size, BACKBONES[backbone].dim)
    return {
        "random weights": network_embedder(build_backbone(backbone, seed=0), untrained),
        "pixels 16x16": pixels,
        "color histogram": color_histogram,
    }


def score(vectors: Float32Array, labels: Int64Array) -> Figures:
    """kNN5 (leave-one-out, cosine) and k-means ACC with its spread over 5 seeds, in percent, on centered unit rows."""
    accuracy, spread = kmeans_accuracy(vectors, labels)
    return {
        "knn5": round(100 * knn_accuracy(standardize(vectors), labels), 1),
        "kmeans_acc": round(100 * accuracy, 1),
        "kmeans_acc_std": round(100 * spread, 1),
    }


def can_evaluate() -> bool:
    """Whether the labeled folders are there."""
    data = places.data_if_named()
    return data is not None and all((data / "folders" / name).is_dir() for name in LABELED_FOLDERS)


def evaluate(candidates: dict[str, Embed], ctx: JobContext) -> dict[str, Figures]:
    """Score each candidate on each labeled folder and on average.

    Returns:
        candidate -> folder or ``mean`` -> ``knn5``, ``kmeans_acc``, ``kmeans_acc_std`` in percent.
    """
    root = places.data() / "folders"
    table: dict[str, Figures] = {name: {} for name in candidates}
    for number, folder in enumerate(LABELED_FOLDERS):
        images, labels = labeled_photos(root / folder, ctx)
        for name, embed in candidates.items():
            ctx.progress(number, len(LABELED_FOLDERS), f"evaluating {name}")
            table[name][folder] = score(embed(images), labels)
    for figures in table.values():
        columns = ("knn5", "kmeans_acc")
        figures["mean"] = {c: round(float(np.mean([figures[f][c] for f in LABELED_FOLDERS])), 1) for c in columns}
    return table


def as_text(table: dict[str, Figures]) -> str:
    """The table for a terminal: kNN5 / k-means ACC +- std."""
    lines = [f"{'kNN5 / k-means ACC, %':24}" + "".join(f"{folder:>20}" for folder in (*LABELED_FOLDERS, "mean"))]
    for name, figures in table.items():
        cells = []
        for folder in (*LABELED_FOLDERS, "mean"):
            spread = f"±{figures[folder]['kmeans_acc_std']}" if "kmeans_acc_std" in figures[folder] else ""
            cells.append(f"{figures[folder]['knn5']} / {figures[folder]['kmeans_acc']}{spread}")
        lines.append(f"{name:24}" + "".join(f"{cell:>20}" for cell in cells))
    return "\n".join(lines)
