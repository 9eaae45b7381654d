"""Builds small but whole models for tests: random convolutions and pooled color, with a true probe."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw

from desktop_app.engine.errors import ModelError
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.preprocess import preprocess


def tiny_graph(
    dim: int, size: int, seed: int, *, quantized: bool = False, clusters: int = 0, probabilities: bool = True
) -> onnx.ModelProto:
    """Color on a 4 x 4 grid plus energies of 8 random 3 x 3 filters, mixed by a random matrix into ``dim`` numbers.

    With ``clusters`` (3 or more) there is a second output: red, green and blue pictures, and further clusters for what
    has no color; without ``probabilities`` it is not what a card promises.
    """
    rng = np.random.default_rng(seed)
    filters = rng.normal(size=(8, 3, 3, 3)).astype(np.float32)
    filters -= filters.mean(axis=(1, 2, 3), keepdims=True)  # edges, not brightness: color has its own way
    mix = (rng.normal(size=(3 * 16 + 8, dim)) / 7).astype(np.float32)
    tensors = [numpy_helper.from_array(filters, "filters"), numpy_helper.from_array(np.zeros(dim, np.float32), "bias")]
    nodes = []
    if quantized:
        scale = np.float32(np.abs(mix).max() / 127)
        tensors += [
            numpy_helper.from_array(np.round(mix / scale).astype(np.int8), "mix_q"),
            numpy_helper.from_array(scale, "mix_scale"),
            numpy_helper.from_array(np.int8(0), "mix_zero"),
        ]
        nodes.append(helper.make_node("DequantizeLinear", ["mix_q", "mix_scale", "mix_zero"], ["mix"]))
    else:
        tensors.append(numpy_helper.from_array(mix, "mix"))
    cell = size // 4
    nodes += [
        helper.make_node("AveragePool", ["image"], ["grid"], kernel_shape=[cell, cell], strides=[cell, cell]),
        helper.make_node("Flatten", ["grid"], ["colors"]),
        helper.make_node("Conv", ["image", "filters"], ["edges"], strides=[2, 2]),
        helper.make_node("Relu", ["edges"], ["strengths"]),
        helper.make_node("GlobalAveragePool", ["strengths"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["textures"]),
        helper.make_node("Concat", ["colors", "textures"], ["features"], axis=1),
        helper.make_node("Gemm", ["features", "mix", "bias"], ["embedding"]),
    ]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", dim])]
    if clusters:
        kinds = np.zeros((3 * 16 + 8, clusters), np.float32)
        for channel in range(3):
            kinds[16 * channel : 16 * channel + 16, channel] = 0.5
        tensors.append(numpy_helper.from_array(kinds, "kinds"))
        nodes.append(helper.make_node("MatMul", ["features", "kinds"], ["logits"]))
        nodes.append(helper.make_node("Softmax" if probabilities else "Identity", ["logits"], ["clusters"]))
        outputs.append(helper.make_tensor_value_info("clusters", TensorProto.FLOAT, ["batch", clusters]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, size, size])],
        outputs,
        tensors,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def probe_png() -> str:
    """A drawn picture, not square, as base64 PNG."""
    image = Image.new("RGB", (60, 40), (40, 90, 160))
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 5, 50, 25), fill=(250, 220, 80))
    draw.polygon([(0, 40), (20, 15), (40, 40)], fill=(30, 120, 50))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def make_tiny_model(
    folder: Path,
    dim: int = 16,
    size: int = 32,
    seed: int = 0,
    *,
    int8: bool = False,
    clusters: int = 0,
    probabilities: bool = True,
    **changes: Any,
) -> Path:
    """Write ``model.onnx`` (``model.int8.onnx`` too with ``int8``) and a valid ``card.json`` into ``folder``.

    Args:
        folder: made if absent; its name becomes the model's name.
        dim: of the embedding.
        size: side of the input, a multiple of 4.
        seed: of the random weights; another seed is another model.
        int8: with a quantized twin.
        clusters: number of cluster probabilities it gives beside the embedding; see `tiny_graph`.
        probabilities: whether these really are probabilities.
        **changes: top-level keys of the card to replace (the probe is computed after that).

    Returns:
        ``folder``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    card: dict[str, Any] = {
        "schema_version": 1,
        "name": folder.name,
        "title": "Tiny test model",
        "description": "Random weights; has seen nothing.",
        "input": {"name": "image", "size": size, "layout": "NCHW", "dtype": "float32"},
        "preprocessing": {
            "resize": "short-side",
            "resize_to": size,
            "interpolation": "bicubic",
            "crop": "center",
            "mean": [0.5, 0.5, 0.5],
            "std": [0.25, 0.25, 0.25],
        },
        "outputs": {"embedding": {"name": "embedding", "dim": dim}},
        "licence": "Apache-2.0",
        "provenance": {"data": "none", "method": "random", "config": {}, "seed": seed, "git_commit": "", "figures": {}},
        "probe": {"png_base64": probe_png(), "embedding": [1.0] * dim, "min_cosine": 0.999},
    } | changes
    if clusters:
        card["outputs"] = {**card["outputs"], "clusters": {"name": "clusters", "number": clusters}}
    known: dict[str, Any] = {"clusters": clusters, "probabilities": probabilities}
    data = tiny_graph(dim, size, seed, **known).SerializeToString()
    (folder / "model.onnx").write_bytes(data)
    card["onnx_sha256"] = hashlib.sha256(data).hexdigest()
    if int8:
        quantized = tiny_graph(dim, size, seed, quantized=True, **known).SerializeToString()
        (folder / "model.int8.onnx").write_bytes(quantized)
        card["int8"] = {
            "onnx_sha256": hashlib.sha256(quantized).hexdigest(),
            "neighbor_overlap_at_10": 0.99,
            "probe_embedding": [1.0] * dim,
        }
    write_card(folder, card)
    card["probe"]["embedding"] = _embed_probe(folder, "model.onnx")
    if int8:
        card["int8"]["probe_embedding"] = _embed_probe(folder, "model.int8.onnx")
    write_card(folder, card)
    return folder


def write_card(folder: Path, card: dict[str, Any]) -> None:
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


def change_card(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    edit(card)
    write_card(folder, card)


def put_model(folder: Path, model: onnx.ModelProto | bytes) -> None:
    """Another ONNX file under the same card, with its hash in the card."""
    data = model if isinstance(model, bytes) else model.SerializeToString()
    (folder / "model.onnx").write_bytes(data)
    change_card(folder, lambda card: card.update(onnx_sha256=hashlib.sha256(data).hexdigest()))


def refusal(call: Callable[[], object]) -> str:
    """Code of the `ModelError` that ``call`` must raise."""
    with pytest.raises(ModelError) as caught:
        call()
    assert caught.value.exit_code == 4
    return caught.value.code


def _embed_probe(folder: Path, name: str) -> list[float]:
    import onnxruntime as ort

    card = load_card(folder)
    session = ort.InferenceSession((folder / name).read_bytes(), providers=["CPUExecutionProvider"])
    batch = preprocess(card.probe.image(), card)[np.newaxis]
    (output,) = session.run(["embedding"], {"image": batch})
    return [float(value) for value in output[0]]
