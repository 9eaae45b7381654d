"""onnxruntime sessions: where a model runs, in which precision, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model_card import ModelCard, Precision, cosine
from desktop_app.engine.preprocess import preprocess
from desktop_app.engine.types import Float32Array

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"


@dataclass(frozen=True, slots=True)
class Session:
    """A model that is loaded and fits its card; safe to run from several threads."""

    card: ModelCard
    provider: str
    raw: Any

    def run(self, batch: Float32Array) -> Float32Array:
        """Embed preprocessed pictures.

        Args:
            batch: float32[B, 3, S, S].

        Returns:
            float32[B, D].
        """
        (output,) = self.raw.run([self.card.outputs.embedding.name], {self.card.input.name: batch})
        return np.asarray(output, np.float32)

    def probe(self, precision: Precision) -> float:
        """Cosine between the embedding of the card's probe picture and the one the card holds, 0 where undefined."""
        card = self.card
        expected = card.int8.probe_embedding if precision == "int8" and card.int8 else card.probe.embedding
        found = self.run(preprocess(card.probe.image(), card)[np.newaxis])[0]
        return cosine(found, np.asarray(expected, np.float32)) if np.isfinite(found).all() else 0.0


def open_session(card: ModelCard, onnx: bytes, provider: str) -> Session:
    """Load a model and compare its inputs and outputs with the card.

    One thread runs one picture: the pipeline's workers are what fills the cores.

    Args:
        card: the model's card.
        onnx: what `ModelCard.read_onnx` gave.
        provider: the onnxruntime provider wanted; `Session.provider` says which one it got.

    Raises:
        ModelError: ``model-mismatch`` where it cannot be loaded or does not fit.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # failures come back as exceptions; the terminal is not onnxruntime's
    options.add_session_config_entry("session.load_model_format", "ONNX")
    # TF32 would move vectors by more than the CPU and the GPU differ otherwise, and both share one cache.
    providers: list[Any] = [(CUDA, {"use_tf32": "0"}), CPU] if provider == CUDA else [provider]
    try:
        raw = ort.InferenceSession(onnx, options, providers=providers)
    except Exception as error:  # onnxruntime's errors share no base class below Exception
        reason = str(error).splitlines()[0][:300]
        raise ModelError("model-mismatch", f"{card.folder}: onnxruntime cannot load the model: {reason}") from error
    size = card.input.size
    _fits(card, "input", raw.get_inputs(), {card.input.name: [None, 3, size, size]}, only=True)
    outputs = {card.outputs.embedding.name: [None, card.outputs.embedding.dim]}
    if card.outputs.clusters:
        outputs[card.outputs.clusters.name] = [None, card.outputs.clusters.number]
    _fits(card, "output", raw.get_outputs(), outputs, only=False)
    return Session(card, raw.get_providers()[0], raw)


def _fits(card: ModelCard, kind: str, nodes: Any, expected: dict[str, list[int | None]], *, only: bool) -> None:
    """Compare the model's inputs or outputs with ``expected``: name -> shape, None for an axis of any length."""
    found = {node.name: node for node in nodes}
    if only and set(found) != set(expected):
        raise _mismatch(card, f"its inputs are {sorted(found)}, the card's {sorted(expected)}")
    for name, shape in expected.items():
        if name not in found:
            raise _mismatch(card, f"it has no {kind} called {name!r}")
        node = found[name]
        if node.type != "tensor(float)":
            raise _mismatch(card, f"{kind} {name!r} is {node.type}, not float32")
        # A named or unknown axis may have any length; one fixed at another length does not fit, nor a fixed batch.
        axes = [axis if isinstance(axis, int) else None for axis in node.shape]
        fits = len(axes) == len(shape) and all(
            axis is None or axis == wanted for axis, wanted in zip(axes, shape, strict=True)
        )
        if not fits:
            raise _mismatch(card, f"{kind} {name!r} has shape {node.shape}, the card says {shape}")


def _mismatch(card: ModelCard, reason: str) -> ModelError:
    return ModelError("model-mismatch", f"{card.folder}: the model does not match its card: {reason}.")
