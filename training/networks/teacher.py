"""A supervised teacher: an ONNX network whose pooled features a student is to reproduce."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from PIL import Image

from desktop_app.engine.models.preprocess import preprocess

from .card import draft_card

INPUT = 224
"""Side of a teacher's input in pixels."""

_FEATURES = "/Flatten_output_0"
_BATCH = 64
_SMALLEST_VARIANCE = 1e-5  # of the largest


def embedder(path: Path) -> Callable[[Sequence[Image.Image]], npt.NDArray[np.float32]]:
    """Pooled features float32[N, D] of RGB pictures as a teacher sees them: enlarged to cover its input, the middle.

    Args:
        path: ONNX file, see `open_teacher`.
    """
    ask, card = open_teacher(path), draft_card("teacher", INPUT, 1)

    def embed(images: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        parts = (images[start : start + _BATCH] for start in range(0, len(images), _BATCH))
        return np.concatenate([ask(np.stack([preprocess(image, card) for image in part])) for part in parts])

    return embed


Answer = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]
"""Inputs float32[B, 3, 224, 224], normalized as `photos.augment.normalize` does -> what is asked for, float32[B, D]."""


def open_teacher(path: Path) -> Answer:
    """Inputs -> pooled features.

    Args:
        path: ONNX file.
    """
    return _open(path, _FEATURES, torch.get_num_threads())


def answering(path: Path) -> Answer:
    """Inputs -> logits of the classes that the teacher was taught, on one thread a call.

    Args:
        path: ONNX file.
    """
    return _open(path, None, 1)


def _open(path: Path, output: str | None, threads: int) -> Answer:
    """The tensor ``output`` of a network, or its own first output where None."""
    import onnx
    import onnxruntime

    graph = onnx.load(path)
    if output is not None:
        graph.graph.output.append(onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, None))
    wanted = output or graph.graph.output[0].name
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", "1")  # as the app's own sessions
    options.intra_op_num_threads = threads
    # A thread that waits by spinning keeps other work from the core, or, at the lowest priority, its own other half.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def ask(inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        found: npt.NDArray[np.float32] = session.run([wanted], {session.get_inputs()[0].name: inputs})[0]
        return found

    return ask


def half_whitening(
    features: npt.NDArray[np.float16], dim: int
) -> Callable[[npt.NDArray[np.float16]], npt.NDArray[np.float16]]:
    """A map to half-whitened principal components: each axis divided by the root of its spread, unit rows.

    Args:
        features: float16[N, D], whose mean and axes they are.
        dim: components kept, at most D.

    Returns:
        float16[N, D] -> float16[N, dim].
    """
    whole = torch.tensor(features).float()  # a copy: what is mapped from disk cannot be written to
    mean = whole.mean(dim=0)
    covariance = (whole - mean).T @ (whole - mean) / len(whole)
    values, axes = torch.linalg.eigh(covariance.double())
    # Axes along which a small folder does not spread at all are not to be blown up.
    spread = values.clamp(min=float(values[-1]) * _SMALLEST_VARIANCE)[-dim:]
    matrix = (axes[:, -dim:] / spread.pow(0.25)).float()

    def mapped(features: npt.NDArray[np.float16]) -> npt.NDArray[np.float16]:
        return F.normalize((torch.tensor(features).float() - mean) @ matrix, dim=1).half().numpy()

    return mapped
