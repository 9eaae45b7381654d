"""Network + draft of a card -> model folder: ONNX with half-precision storage, int8 twin, probe.

Runs of this laboratory and weights that others trained take the same way. Whatever differs from the network is refused.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from desktop_app.engine.errors import ModelError, UsageError
from desktop_app.engine.evaluate import neighbor_overlap
from desktop_app.engine.models.card import MAX_NAME, NAME_PATTERN, ONNX_FILES, Int8, ModelCard, Probe, load_card
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import CPU, open_session
from desktop_app.engine.models.shelf import check, find_models
from desktop_app.engine.types import Float32Array

from ..networks.card import write_card
from .onnx_graph import quantize, store_half, to_onnx

MAX_DIFFERENCE = 1e-3
MIN_COSINE = 0.9999
MIN_OVERLAP = 0.9
_COMPARED = 64
_BATCH = 32


def pack(
    network: nn.Module, draft: ModelCard, folder: Path, inputs: Float32Array, calibration: Float32Array | None
) -> tuple[ModelCard, float | None]:
    """Write a network's ONNX files into ``folder``.

    Args:
        network: in eval mode, float32[B, 3, S, S] -> float32[B, D]; where the card has clusters, a pair of that and
            their probabilities float32[B, C].
        draft: the card, hashes, probe's embedding and provenance still to be filled in.
        folder: an empty folder.
        inputs: float32[N, 3, S, S] preprocessed photos to compare on, none of ``calibration``.
        calibration: float32[M, 3, S, S] to quantize with, or None for no int8 twin.

    Returns:
        The card with hashes and probe, its folder being ``folder``, and int8's neighbor overlap@10 with float on
        ``inputs``, None without ``calibration``. Below `MIN_OVERLAP` there is no int8 twin.

    Raises:
        ModelError: ``export-drift`` when ONNX and torch disagree.
    """
    card = dataclasses.replace(draft, folder=folder)
    outputs, dim = card.outputs, card.outputs.embedding.dim
    names = [output.name for output in (outputs.embedding, outputs.clusters) if output]
    graph = to_onnx(network, card.input.size, names)
    whole = in_batches(network, inputs[:_COMPARED])
    found = _in_groups(open_session(card, graph.SerializeToString(), CPU).rows, inputs[:_COMPARED])
    expected = whole[:, :dim]
    refuse_drift(expected, found[:, :dim], "float32 graph", MAX_DIFFERENCE)
    if outputs.clusters:
        refuse_drift(whole[:, dim:], found[:, dim:], "float32 graph's clusters", MAX_DIFFERENCE)
    half = store_half(graph)
    data = half.SerializeToString()
    (folder / ONNX_FILES["float"]).write_bytes(data)
    session = open_session(card, data, CPU)
    refuse_drift(expected, _in_groups(session.run, inputs[:_COMPARED]), "half-precision storage", None)
    probe = Probe(card.probe.png_base64, _rounded(session.run(_probe_input(card))[0]), card.probe.min_cosine)
    card = dataclasses.replace(card, onnx_sha256=hashlib.sha256(data).hexdigest(), probe=probe)
    if calibration is None:
        return card, None
    return _add_int8(card, graph, calibration, inputs, _in_groups(session.run, inputs))


def refuse_name(name: str, models: Path) -> None:
    """Before minutes of work: see that a model can be called ``name``, and that none is yet.

    Args:
        name: of the model to be made.
        models: folder where it is to lie; the app's own are looked at, too, as it knows models by their names alone.

    Raises:
        UsageError: ``bad-name``.
        ModelError: ``model-exists``, as where the app adds one.
    """
    if len(name) > MAX_NAME or not re.fullmatch(NAME_PATTERN, name):
        raise UsageError(
            "bad-name",
            f"A model cannot be called {name!r}.",
            f"Give --name: small letters, digits and single . _ - between them, at most {MAX_NAME}.",
        )
    if (models / name).exists() or name in {card.name for card in find_models()}:
        raise ModelError(
            "model-exists",
            f"There is a model called {name} already.",
            f"Give another --name, or remove the old one first: kindred models remove {name}",
        )


def install(card: ModelCard, models: Path) -> ModelCard:
    """Write the card beside its ONNX files, check all with the app's own check, and make it ``models/<name>``.

    Args:
        card: complete; its folder holds the ONNX files, lies on the same file system as ``models`` and is moved.
        models: folder of models; a model of that name is replaced.

    Raises:
        ModelError: ``model-mismatch`` and ``card-invalid``; what was there before is still there.
    """
    write_card(card, card.folder)
    check(load_card(card.folder))
    target = models / card.name
    shutil.rmtree(target, ignore_errors=True)
    card.folder.rename(target)
    return load_card(target)


def refuse_drift(expected: Float32Array, found: Float32Array, what: str, largest: float | None) -> None:
    """Compare embeddings float32[N, D] row by row.

    Args:
        expected: the network's.
        found: the model's.
        what: the model, in words.
        largest: difference allowed in one value, relative to the largest of ``expected`` where that is above 1.

    Raises:
        ModelError: ``export-drift`` when a cosine is not above `MIN_COSINE` or a value differs by ``largest``.
    """
    lengths = np.linalg.norm(expected, axis=1) * np.linalg.norm(found, axis=1)
    cosine = float(((expected * found).sum(axis=1) / lengths).min())
    difference = float(np.abs(expected - found).max() / max(1.0, np.abs(expected).max()))
    # Written so that NaN is refused, too.
    if not (cosine > MIN_COSINE and (largest is None or difference < largest)):
        raise ModelError(
            "export-drift", f"{what}: cosine {cosine:.6f}, largest difference {difference:.2g} against the network."
        )


def run_graph(graph: onnx.ModelProto, card: ModelCard, inputs: Float32Array) -> Float32Array:
    """Embeddings of float32[N, 3, S, S] by onnxruntime on the CPU."""
    return _in_groups(open_session(card, graph.SerializeToString(), CPU).run, inputs)


@torch.no_grad()
def in_batches(network: nn.Module, inputs: Float32Array) -> Float32Array:
    """What the network gives for float32[N, 3, S, S], side by side if it is a tuple: float32[N, D]."""

    def run(batch: Float32Array) -> Float32Array:
        found = network(torch.from_numpy(batch))
        return (torch.cat(found, dim=1) if isinstance(found, tuple) else found).numpy()

    return _in_groups(run, inputs)


def _in_groups(run: Callable[[Float32Array], Float32Array], inputs: Float32Array) -> Float32Array:
    return np.concatenate([run(inputs[start : start + _BATCH]) for start in range(0, len(inputs), _BATCH)])


def _add_int8(
    card: ModelCard, graph: onnx.ModelProto, calibration: Float32Array, inputs: Float32Array, exact: Float32Array
) -> tuple[ModelCard, float]:
    data = quantize(graph, calibration).SerializeToString()
    session = open_session(card, data, CPU)
    overlap = neighbor_overlap(exact, _in_groups(session.run, inputs))
    if overlap < MIN_OVERLAP:
        return card, overlap
    (card.folder / ONNX_FILES["int8"]).write_bytes(data)
    int8 = Int8(hashlib.sha256(data).hexdigest(), round(overlap, 4), _rounded(session.run(_probe_input(card))[0]))
    return dataclasses.replace(card, int8=int8), overlap


def _probe_input(card: ModelCard) -> Float32Array:
    return preprocess(card.probe.image(), card)[np.newaxis]


def _rounded(vector: Float32Array) -> tuple[float, ...]:
    return tuple(float(f"{value:.6g}") for value in vector)
