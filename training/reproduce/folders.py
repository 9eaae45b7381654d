"""What the shipped models are for: grouping a person's photos; three labelled folders that none was trained on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from PIL import Image

from desktop_app.engine.clustering import elbow, prepare
from desktop_app.engine.evaluate import Scores, evaluate_vectors, standardize
from desktop_app.engine.types import Float32Array, Int64Array
from training.data import data_root
from training.evaluation import LABELLED_FOLDERS, Embed, card_embedder, controls, labelled_photos
from training.reproduce.labelled import shipped_models
from training.reproduce.row import Bench, Row
from training.teacher import embedder as teacher_embedder

TEACHER = "teacher/mobilenetv2_int8.onnx"
_CONTROLS_SIZE = 128

Folder = tuple[list[Image.Image], Int64Array]


def run(bench: Bench) -> None:
    """Score every model of ``models/`` in each precision, the controls, and the supervised teacher."""
    folders = {name: labelled_photos(data_root() / "folders" / name, bench.ctx) for name in LABELLED_FOLDERS}
    data_hash = hash_of(folders)
    for name, (config, embed) in _candidates().items():
        work = partial(_measure, bench, folders, data_hash, name, config, embed)
        bench.once(name, 0, data_hash, config | {"seeds": bench.seeds}, work)


def _candidates() -> dict[str, tuple[dict[str, Any], Callable[[], Embed]]]:
    """Name -> what its figures depend on, and what opens it."""
    found: dict[str, tuple[dict[str, Any], Callable[[], Embed]]] = {}
    for name in controls(_CONTROLS_SIZE):
        found[name] = ({"control": name, "size": _CONTROLS_SIZE}, partial(_control, name))
    for card in shipped_models():
        for precision in card.precisions:
            config = {"model": card.name, "precision": precision, "onnx": card.onnx_sha256, "size": card.input.size}
            found[f"{card.name}, {precision}"] = (config, partial(card_embedder, card, precision))
    teacher = {"model": TEACHER, "labels": "ImageNet, supervised; not shipped"}
    return found | {"MobileNetV2, supervised": (teacher, partial(teacher_embedder, data_root() / TEACHER))}


def _control(name: str) -> Embed:
    return controls(_CONTROLS_SIZE)[name]


def hash_of(folders: dict[str, Folder]) -> str:
    """Hash of the pictures and labels of all folders."""
    digest = hashlib.blake2b(digest_size=16)
    for name, (images, truth) in folders.items():
        digest.update(name.encode() + truth.tobytes())
        for image in images:
            digest.update(str(image.size).encode() + image.tobytes())
    return digest.hexdigest()


def _measure(
    bench: Bench,
    folders: dict[str, Folder],
    data_hash: str,
    name: str,
    config: dict[str, Any],
    opened: Callable[[], Embed],
) -> None:
    embed = opened()
    vectors = {folder: embed(images) for folder, (images, _) in folders.items()}
    for seed in range(bench.seeds):
        figures: dict[str, float] = {}
        for folder, (_, truth) in folders.items():
            figures |= {f"{folder}: {metric}": value for metric, value in score(bench, vectors[folder], truth, seed)}
        mean = {
            f"mean: {metric}": float(np.mean([figures[f"{folder}: {metric}"] for folder in folders]))
            for metric in ("kNN5", "ACC", "ACC as grouped")
        }
        bench.record_all(
            name,
            mean | figures,
            seed=seed,
            data="rooms, clothing, album_mix: 440, 500, 469 photos of 4, 10, 8 kinds",
            data_hash=data_hash,
            config=config,
            note="as grouped: points prepared as the app clusters them; suggested k: what the app proposes",
        )


def score(bench: Bench, vectors: Float32Array, truth: Int64Array, seed: int) -> list[tuple[str, float]]:
    """kNN5 and k-means ACC on centered unit rows, ACC on the points that the app groups, and the k it suggests.

    Args:
        bench: of the row.
        vectors: float32[N, d].
        truth: labels int64[N].
        seed: of k-means.
    """
    points = prepare(vectors, ctx=bench.ctx)
    plain, grouped = (_scores(bench, candidate, truth, seed) for candidate in (standardize(vectors), points))
    suggested = elbow.curve(points, bench.ctx, seed=seed).suggested
    percent = {"kNN5": plain.knn5, "ACC": plain.accuracy, "ACC as grouped": grouped.accuracy}
    return [*((metric, 100 * share) for metric, share in percent.items()), ("suggested k", float(suggested))]


def _scores(bench: Bench, points: Float32Array, truth: Int64Array, seed: int) -> Scores:
    return evaluate_vectors("points", points, truth, bench.ctx, seeds=(seed,))[0]


ROW = Row(
    name="folders",
    title="Grouping a person's photos: the shipped models on three labelled folders",
    published=(),
    run=run,
    needs="the labelled folders, `teacher`, `models/`; about 5 minutes of one core",
)
