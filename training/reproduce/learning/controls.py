"""What learned features have to beat: a tiny picture, its colors, a network that learned nothing, and patches."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from desktop_app.engine.evaluate import color_histogram
from desktop_app.engine.types import Float32Array

from ...measuring.features import embed_photos
from ...networks.backbones import build_backbone
from ...photos import cifar10
from ...photos.data import PhotoArray
from ..row import Bench
from ..scan_controls import Compute, patches
from .methods import methods

_SIDE = 8


def _downscaled(bench: Bench, train_set: PhotoArray, test: PhotoArray) -> tuple[Float32Array, Float32Array]:
    bank, queries = (_small(part) for part in (train_set, test))
    spread = bank.std(axis=0) + 1e-6
    return bank / spread, queries / spread


def _small(photos: PhotoArray) -> Float32Array:
    """float32[N, 192]: each picture shrunk to 8 x 8 pixels."""
    images = torch.from_numpy(photos.images.astype(np.float32) / 255)
    small: Float32Array = F.adaptive_avg_pool2d(images, _SIDE).flatten(1).numpy()
    return small


def _colors(bench: Bench, train_set: PhotoArray, test: PhotoArray) -> tuple[Float32Array, Float32Array]:
    bank, queries = (
        color_histogram([Image.fromarray(image.transpose(1, 2, 0)) for image in part.images])
        for part in (train_set, test)
    )
    return bank, queries


def _untrained(bench: Bench, train_set: PhotoArray, test: PhotoArray) -> tuple[Float32Array, Float32Array]:
    network = build_backbone(next(iter(methods(bench).values())).backbone, 0)
    bank, queries = (
        embed_photos(network, part.images, cifar10.SIZE, bench.ctx, device=bench.device) for part in (train_set, test)
    )
    return bank, queries


CONTROLS: dict[str, Compute] = {
    "8 x 8 pixels": _downscaled,
    "color histogram": _colors,
    "untrained network": _untrained,
    "patch features": patches,
}
"""Name -> features float32[N, D] of training and test pictures."""
