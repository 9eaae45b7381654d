"""What a supervised teacher makes of the photos: its features of a few crops of each, computed once and kept.

The student later sees exactly the crops the teacher saw: a teacher that is consistent, and patient, teaches best
(Beyer et al. 2022, "Knowledge distillation: a good teacher is patient and consistent").
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from PIL import Image

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.preprocess import preprocess

from .. import distributed, places
from ..config import AugmentConfig
from ..files import replace_file
from ..photos.augment import crop_resize, draw_crops, normalize
from ..photos.data import PhotoArray
from .card import draft_card

_INPUT = 224
_FEATURES = "/Flatten_output_0"
_BATCH = 64
_SMALLEST_VARIANCE = 1e-5  # of the largest


@dataclass(frozen=True, slots=True)
class TeacherFeatures:
    """What the teacher makes of some crops of every photo.

    Attributes:
        features: float16[V, N, D], pooled.
        boxes: float32[V, N, 4], the crops, as `photos.augment.draw_crops` gives them, whole photo first.
    """

    features: npt.NDArray[np.float16]
    boxes: npt.NDArray[np.float32]


def teacher_features(
    teacher: str, photos: PhotoArray, views: int, crop_scale: tuple[float, float], cache: Path, ctx: JobContext
) -> TeacherFeatures:
    """Features of ``views`` crops of each photo, from ``cache`` where they are there.

    Args:
        teacher: ONNX file under ``KINDRED_DATA``: float32[N, 3, 224, 224], normalized as `normalize` does.
        photos: the photos.
        views: the whole photo, and ``views - 1`` random crops.
        crop_scale: smallest and largest share of the area that a random crop covers.
        cache: folder of what can be computed again.
        ctx: progress and cancelling.

    Raises:
        UsageError: ``teacher-missing``.
    """
    path = places.data() / teacher
    if not path.is_file():
        raise UsageError("teacher-missing", f"There is no teacher {path}.", "Set KINDRED_DATA to where the data is.")
    boxes = np.stack([crops(len(photos.images), view, crop_scale) for view in range(views)])
    digest = hashlib.blake2b(path.read_bytes(), digest_size=8)
    digest.update(photos.data_hash.encode())
    files = []
    for view in range(views):
        of_view = digest.copy()
        of_view.update(boxes[view].tobytes())
        files.append(cache / f"teacher-{of_view.hexdigest()}.npy")
    if distributed.rank() == 0:
        for view, file in enumerate(files):
            if not file.exists():
                _embed(path, photos, boxes[view], file, ctx)
    distributed.wait_for_all()
    return TeacherFeatures(np.stack([np.load(file) for file in files]), boxes)


def crops(count: int, view: int, crop_scale: tuple[float, float]) -> npt.NDArray[np.float32]:
    """The boxes of one view, float32[count, 4]: the whole photo for view 0, else random ones."""
    if view == 0:
        return np.tile(np.array([0, 0, 1, 1], dtype=np.float32), (count, 1))
    generator = torch.Generator().manual_seed(view)
    boxes, _ = draw_crops(count, AugmentConfig(crop_scale=crop_scale), generator)
    return boxes.numpy()


def embedder(path: Path) -> Callable[[Sequence[Image.Image]], npt.NDArray[np.float32]]:
    """Pooled features float32[N, D] of RGB pictures as a teacher sees them: enlarged to cover its input, the middle.

    Args:
        path: ONNX file, see `teacher_features`.
    """
    ask, card = _open(path), draft_card("teacher", _INPUT, 1)

    def embed(images: Sequence[Image.Image]) -> npt.NDArray[np.float32]:
        parts = (images[start : start + _BATCH] for start in range(0, len(images), _BATCH))
        return np.concatenate([ask(np.stack([preprocess(image, card) for image in part])) for part in parts])

    return embed


def _open(path: Path) -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    """Inputs float32[B, 3, 224, 224] -> pooled features float32[B, D] of a teacher."""
    import onnx
    import onnxruntime

    graph = onnx.load(path)
    graph.graph.output.append(onnx.helper.make_tensor_value_info(_FEATURES, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", "1")  # as the app's own sessions
    session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def ask(inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        features: npt.NDArray[np.float32] = session.run([_FEATURES], {session.get_inputs()[0].name: inputs})[0]
        return features

    return ask


def _embed(path: Path, photos: PhotoArray, boxes: npt.NDArray[np.float32], file: Path, ctx: JobContext) -> None:
    ask, rows = _open(path), []
    for start in range(0, len(boxes), _BATCH):
        ctx.progress(start, len(boxes), "asking the teacher")
        images = torch.tensor(photos.images[start : start + _BATCH]).float().div_(255)
        part = torch.from_numpy(boxes[start : start + _BATCH])
        cut = crop_resize(images, part, torch.zeros(len(images), dtype=torch.bool), _INPUT)
        rows.append(ask(normalize(cut).numpy()).astype(np.float16))
    replace_file(file, lambda out: np.save(out, np.concatenate(rows)), "cache-not-written")


def half_whitened(features: npt.NDArray[np.float16], dim: int) -> npt.NDArray[np.float16]:
    """Centered and half-whitened principal components (each axis divided by the root of its spread), unit rows.

    Args:
        features: float16[V, N, D]; mean and axes are those of the first view.
        dim: components kept, at most D.

    Returns:
        float16[V, N, dim].
    """
    whole = torch.from_numpy(features[0]).float()
    mean = whole.mean(dim=0)
    covariance = (whole - mean).T @ (whole - mean) / len(whole)
    values, axes = torch.linalg.eigh(covariance.double())
    # Axes along which a small folder does not spread at all are not to be blown up.
    spread = values.clamp(min=float(values[-1]) * _SMALLEST_VARIANCE)[-dim:]
    matrix = (axes[:, -dim:] / spread.pow(0.25)).float()
    mapped = [F.normalize((torch.from_numpy(view).float() - mean) @ matrix, dim=1) for view in features]
    return torch.stack(mapped).half().numpy()
