"""Run -> model folder: ONNX with half-precision storage, int8 twin, card; refused when the numbers drift."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from PIL import Image
from torch import nn

from desktop_app.engine.errors import ModelError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.model_card import ONNX_FILES, Int8, ModelCard, Probe, Provenance, check, load_card
from desktop_app.engine.preprocess import preprocess
from desktop_app.engine.runtime import CPU, open_session
from desktop_app.engine.types import Float32Array
from training.backbones import build_backbone
from training.card import draft_card, write_card
from training.checkpoint import load_checkpoint
from training.config import Config, parse_table
from training.data import PhotoArray
from training.evaluation import card_embedder, controls, evaluate
from training.loop import CHECKPOINT
from training.onnx_graph import quantize, store_half, to_onnx
from training.record import read_table
from training.whitening import fit_whitening

MAX_DIFFERENCE = 1e-3
MIN_COSINE = 0.9999
MIN_OVERLAP = 0.9
_FITTED, _CALIBRATION, _HELD_OUT = 3000, 256, 1000


def load_run(folder: Path) -> tuple[Config, nn.Module, dict[str, Any]]:
    """The configuration, the averaged network in eval mode and the record (``run.json``) of a run.

    Raises:
        UserError: ``run-missing``, or the errors of `training.checkpoint.load_checkpoint`.
    """
    try:
        record: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError("run-missing", f"{folder} is no run: run.json cannot be read.") from error
    config = parse_table(Config, record["config"], f"{folder}/run.json")
    state = load_checkpoint(folder / CHECKPOINT, config.identity())
    network = build_backbone(config.backbone, config.seed)
    network.load_state_dict(state["average"])
    return config, network.eval(), record | {"step": state["step"], "seconds": state["seconds"]}


def export_run(run: Path, models: Path, photos: PhotoArray, ctx: JobContext, *, size: int | None = None) -> ModelCard:
    """Export a run into ``models/<name>``, replacing what was there only when everything holds.

    Args:
        run: folder of the run.
        models: folder of models.
        photos: what it was trained on, to calibrate int8 and to measure overlap.
        ctx: progress and cancelling.
        size: side of the model's input in pixels, where it is not to be the configuration's.

    Raises:
        ModelError: ``export-drift`` when ONNX and torch disagree, ``model-mismatch`` from the card's own check.
    """
    config, network, record = load_run(run)
    config = dataclasses.replace(config, export=dataclasses.replace(config.export, size=size or config.export.size))
    size = config.export.size
    draft = draft_card(config.name, size, 1, title=config.title, description=config.description)
    fitted, held_out = sample_inputs(photos, draft)
    whitening = fit_whitening(torch.from_numpy(_in_batches(network, fitted)), config.export.whiten)
    network = nn.Sequential(network, whitening).eval()
    card = draft_card(
        config.name, size, whitening.linear.out_features, title=config.title, description=config.description
    )

    ctx.progress(0, 4, "exporting")
    graph = to_onnx(network, size)
    expected = _in_batches(network, held_out[:64])
    refuse_drift(expected, run_graph(graph, card, held_out[:64]), "float32 graph", MAX_DIFFERENCE)
    half = store_half(graph)
    refuse_drift(expected, run_graph(half, card, held_out[:64]), "half-precision storage", None)

    with tempfile.TemporaryDirectory(dir=_made(models), prefix=".export-") as scratch:
        folder = Path(scratch)
        card = dataclasses.replace(card, folder=folder)
        data = half.SerializeToString()
        (folder / ONNX_FILES["float"]).write_bytes(data)
        session = open_session(card, data, CPU)
        card = dataclasses.replace(
            card,
            onnx_sha256=hashlib.sha256(data).hexdigest(),
            probe=Probe(card.probe.png_base64, _rounded(session.run(_probe_input(card))[0]), card.probe.min_cosine),
        )
        ctx.progress(1, 4, "exporting")
        card, overlap = _add_int8(card, graph, fitted[:_CALIBRATION], held_out, session.run(held_out))
        ctx.progress(2, 4, "exporting")
        table = evaluate({"float": card_embedder(card)} | _int8_row(card) | controls(size, config.backbone), ctx)
        figures: dict[str, Any] = {"folders": table, "int8_neighbour_overlap_at_10": round(overlap, 4)}
        figures |= {"epochs": round(_epochs(run), 2), "steps": record["step"], "seconds": round(record["seconds"])}
        figures |= {"device": record["device"], "photos": record["photos"], "data_hash": record["data_hash"]}
        provenance = Provenance(
            data=_DATA.get(config.data.source, config.data.source),
            method=(
                f"{config.pretext['name']} on {config.backbone}, no labels; square root and half-whitened "
                f"PCA-{whitening.linear.out_features} of its pooled features, fitted on training photos. "
                "This last layer and the input size were chosen by the scores below, so those are development figures"
            ),
            config=config.as_dict(),
            seed=config.seed,
            git_commit=record["git_commits"][-1],
            figures=figures,
        )
        card = dataclasses.replace(card, provenance=provenance)
        write_card(card, folder)
        check(load_card(folder))
        ctx.progress(3, 4, "exporting")
        target = models / config.name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for path in folder.iterdir():
            shutil.copyfile(path, target / path.name)
    ctx.progress(4, 4, "exporting")
    return load_card(target)


_DATA = {
    "photos": (
        "46,079 photos at 96 px, no labels used, from Flickr8k, Mini-ImageNet, Imagenette, ImageNet samples, "
        "CSC411 Flickr photos, Clothing Co-Parsing, PACS (photo), DTD (10 textures), BSDS500, Urban100 and an "
        "Unsplash-like set; terms: mostly research use or unstated"
    ),
}


def refuse_drift(expected: Float32Array, found: Float32Array, what: str, largest: float | None) -> None:
    """Compare embeddings float32[N, D] row by row.

    Raises:
        ModelError: ``export-drift`` when a cosine is not above `MIN_COSINE` or, where ``largest`` is given, a value
            differs by that much.
    """
    lengths = np.linalg.norm(expected, axis=1) * np.linalg.norm(found, axis=1)
    cosine = float(((expected * found).sum(axis=1) / lengths).min())
    difference = float(np.abs(expected - found).max())
    # Written so that NaN is refused, too.
    if not (cosine > MIN_COSINE and (largest is None or difference < largest)):
        raise ModelError(
            "export-drift", f"{what}: cosine {cosine:.6f}, largest difference {difference:.2g} against the network."
        )


def run_graph(graph: onnx.ModelProto, card: ModelCard, inputs: Float32Array) -> Float32Array:
    """Embeddings of float32[N, 3, S, S] by onnxruntime on the CPU."""
    return open_session(card, graph.SerializeToString(), CPU).run(inputs)


def neighbour_overlap(first: Float32Array, second: Float32Array, k: int = 10) -> float:
    """Mean share of the k nearest rows (cosine after centering) that two embeddings of the same photos agree on."""
    from desktop_app.engine.evaluate import standardize
    from desktop_app.engine.neighbors import nearest

    rows = np.arange(len(first))
    found = [
        nearest(unit, unit, k, JobContext(), exclude=rows)[0] for unit in (standardize(first), standardize(second))
    ]
    return float(np.mean([len(np.intersect1d(a, b)) / k for a, b in zip(*found, strict=True)]))


def sample_inputs(photos: PhotoArray, card: ModelCard) -> tuple[Float32Array, Float32Array]:
    """Preprocessed photos in a fixed random order, float32[n, 3, S, S] each: to learn from, and to measure on."""
    rows = np.random.default_rng(0).permutation(len(photos.images))[: _FITTED + _HELD_OUT]
    images = (Image.fromarray(photos.images[row].transpose(1, 2, 0)) for row in rows)
    inputs = np.stack([preprocess(image, card) for image in images])
    fitted, held_out = np.split(inputs, [-min(_HELD_OUT, len(inputs) // 2)])
    return fitted, held_out


def _add_int8(
    card: ModelCard, graph: onnx.ModelProto, calibration: Float32Array, held_out: Float32Array, exact: Float32Array
) -> tuple[ModelCard, float]:
    data = quantize(graph, calibration).SerializeToString()
    session = open_session(card, data, CPU)
    overlap = neighbour_overlap(exact, session.run(held_out))
    if overlap < MIN_OVERLAP:
        return card, overlap
    (card.folder / ONNX_FILES["int8"]).write_bytes(data)
    int8 = Int8(hashlib.sha256(data).hexdigest(), round(overlap, 4), _rounded(session.run(_probe_input(card))[0]))
    return dataclasses.replace(card, int8=int8), overlap


def _int8_row(card: ModelCard) -> dict[str, Any]:
    return {"int8": card_embedder(card, "int8")} if card.int8 else {}


@torch.no_grad()
def _in_batches(network: nn.Module, inputs: Float32Array) -> Float32Array:
    return np.concatenate([network(batch).numpy() for batch in torch.split(torch.from_numpy(inputs), 32)])


def _probe_input(card: ModelCard) -> Float32Array:
    return preprocess(card.probe.image(), card)[np.newaxis]


def _rounded(vector: Float32Array) -> tuple[float, ...]:
    return tuple(float(f"{value:.6g}") for value in vector)


def _epochs(run: Path) -> float:
    rows = read_table(run / "metrics.csv")
    return float(rows[-1]["epoch"]) if rows else 0.0


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
