"""A supervised teacher: an ONNX network whose pooled features a student is to reproduce."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

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
"""Inputs float32[B, 3, 224, 224], normalized as by `photos.augment.normalize` -> what is asked for, float32[B, ...]."""


def open_teacher(path: Path) -> Answer:
    """Inputs -> pooled features float32[B, D].

    Args:
        path: ONNX file.
    """
    return _open(path, lambda _: _FEATURES, torch.get_num_threads())


def open_teacher_map(path: Path) -> Answer:
    """Inputs -> the last map, float32[B, D, H, W], whose mean over places the pooled features are.

    Args:
        path: ONNX file.
    """
    return _open(path, _last_map, torch.get_num_threads())


def answering(path: Path) -> Answer:
    """Inputs -> logits float32[B, C] of the classes that the teacher was taught, on one thread a call.

    Args:
        path: ONNX file.
    """
    return _open(path, lambda graph: graph.output[0].name, 1)


def _last_map(graph: Any) -> str:
    pooled: str = next(node.input[0] for node in graph.node if node.op_type == "GlobalAveragePool")
    return pooled


def _open(path: Path, choose: Callable[[Any], str], threads: int) -> Answer:
    """The tensor of a network that ``choose`` names."""
    import onnx
    import onnxruntime

    model = onnx.load(path)
    wanted = choose(model.graph)
    if wanted not in {output.name for output in model.graph.output}:
        model.graph.output.append(onnx.helper.make_tensor_value_info(wanted, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", "1")  # as the app's own sessions
    options.intra_op_num_threads = threads
    # A thread that waits by spinning keeps other work from the core, or, at the lowest priority, its own other half.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def ask(inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        found: npt.NDArray[np.float32] = session.run([wanted], {session.get_inputs()[0].name: inputs})[0]
        return found

    return ask


class HalfWhitening:
    """A map to half-whitened principal components: each axis divided by the root of its spread.

    Args:
        features: float16[N, D], whose mean and axes they are.
        dim: components kept, at most D.
    """

    def __init__(self, features: npt.NDArray[np.float16], dim: int) -> None:
        whole = torch.tensor(features).float()  # a copy: what is mapped from disk cannot be written to
        self._mean = whole.mean(dim=0)
        covariance = (whole - self._mean).T @ (whole - self._mean) / len(whole)
        values, axes = torch.linalg.eigh(covariance.double())
        # Axes along which a small folder does not spread at all are not to be blown up.
        spread = values.clamp(min=float(values[-1]) * _SMALLEST_VARIANCE)[-dim:]
        self._matrix = (axes[:, -dim:] / spread.pow(0.25)).float()

    @property
    def digest(self) -> bytes:
        """Tells this map from others."""
        digest: bytes = self._mean.numpy().tobytes() + self._matrix.numpy().tobytes()
        return digest

    def components(self, features: Tensor) -> Tensor:
        """float32[..., D] -> float32[..., dim]."""
        found: Tensor = (features - self._mean) @ self._matrix
        return found

    def unit(self, features: npt.NDArray[np.float16]) -> npt.NDArray[np.float16]:
        """float16[N, D] -> unit rows float16[N, dim]."""
        return F.normalize(self.components(torch.tensor(features).float()), dim=1).half().numpy()
