"""Which photos are near which: exact nearest neighbors on the device, as a trained task sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Int64Array

from ..measuring.features import embed_photos
from ..networks.weights import weights_hash
from ..photos.augment import normalize
from ..photos.data import PhotoArray
from ..photos.strong_augment import whole
from ..stored import stored_array

_ROWS = 1024
_PIXELS = 1 << 21  # of the pictures that are embedded at once

Space = Literal["projection", "features"]


class Task(Protocol):
    """What is asked of a trained pretext task here; every `pretexts.base.Pretext` is one.

    Attributes:
        backbone: float32[B, 3, S, S] -> float32[B, D].
        training: whether it is in train mode.
    """

    backbone: nn.Module
    training: bool

    def embed(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Features float32[B, D] and normalized projections float32[B, d] of normalized pictures."""
        ...

    def train(self, mode: bool = True) -> object:
        """See `torch.nn.Module.train`."""
        ...

    def parameters(self) -> Iterator[nn.Parameter]:
        """See `torch.nn.Module.parameters`."""
        ...

    def state_dict(self) -> dict[str, Any]:
        """See `torch.nn.Module.state_dict`."""
        ...


def nearest(vectors: Tensor, k: int, queries: Tensor | None = None) -> Int64Array:
    """The ``k`` nearest rows by cosine, computed exactly in blocks on the device of ``vectors``.

    Args:
        vectors: float[N, D], to be found.
        k: how many, at most N (or N - 1).
        queries: float[Q, D]; without them each row of ``vectors`` asks, and is not its own neighbor.

    Returns:
        int64[N or Q, k], nearest first. (SCAN's own lists have the photo itself at position 0; ours begin with what
        is there at position 1.)
    """
    bank = F.normalize(vectors.float(), dim=1)
    asking = bank if queries is None else F.normalize(queries.float(), dim=1)
    if k > len(bank) - (queries is None):
        raise UsageError("too-few-photos", f"{k} neighbors need more than {len(bank)} photos.")
    found = []
    for start in range(0, len(asking), _ROWS):
        cosine = asking[start : start + _ROWS] @ bank.T
        if queries is None:
            rows = torch.arange(len(cosine), device=cosine.device)
            cosine[rows, rows + start] = -torch.inf
        found.append(cosine.topk(k, dim=1).indices.cpu())
    return torch.cat(found).numpy()


def purity(neighbors: Int64Array, truth: Int64Array) -> float:
    """Share of neighbors int64[N, k] with the same label, in ``truth`` int64[N], as the photo they are neighbors of."""
    return float((truth[neighbors] == truth[:, None]).mean())


@torch.no_grad()
def embed(task: Task, images: PhotoArray, size: int, ctx: JobContext) -> tuple[Tensor, Tensor]:
    """Features float32[N, D] and normalized projections float32[N, d] of whole photos, un-augmented, in eval mode."""
    was_training = task.training
    task.train(False)
    device = next(task.parameters()).device
    features, projections = [], []
    batch = max(1, _PIXELS // size**2)
    for start in range(0, len(images.images), batch):
        ctx.progress(start, len(images.images), "embedding")
        ctx.check()
        part = torch.from_numpy(images.images[start : start + batch].copy()).to(device)
        views = normalize(whole(part, size)).contiguous(memory_format=torch.channels_last)
        feature, projection = task.embed(views)
        features.append(feature)
        projections.append(projection)
    task.train(was_training)
    return torch.cat(features), torch.cat(projections)


def photo_features(
    network: nn.Module, photos: PhotoArray, size: int, cache: Path, device: str, ctx: JobContext
) -> Float32Array:
    """Features float32[N, D] of whole photos, see `embed_photos`; computed once and kept in ``cache``."""
    path = _stored(cache, "features", network.state_dict(), photos, size)
    return stored_array(path, lambda: embed_photos(network, photos.images, size, ctx, device=device))


def _stored(cache: Path, what: str, weights: dict[str, Any], photos: PhotoArray, *more: object) -> Path:
    key = " ".join(map(str, (weights_hash(weights), photos.data_hash, *more)))
    return cache / f"{what}-{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}.npy"


def mine(task: Task, photos: PhotoArray, size: int, k: int, space: Space, cache: Path, ctx: JobContext) -> Int64Array:
    """The ``k`` nearest neighbors of each photo as a trained task sees them; computed once and kept in ``cache``.

    Args:
        task: in eval mode, on the device to compute on.
        photos: what to look among.
        size: side in pixels at which the task sees them.
        k: neighbors of each.
        space: ``projection``, the output of the task's head, or ``features``, the backbone's.
        cache: folder for the result.
        ctx: progress and cancelling.

    Returns:
        int64[N, k], nearest first, see `nearest`.
    """
    path = _stored(cache, "neighbors", task.state_dict(), photos, size, k, space)

    def look() -> npt.NDArray[np.int32]:
        if space == "features":
            device = next(task.parameters()).device
            features = photo_features(task.backbone, photos, size, cache, str(device), ctx)
            vectors = torch.from_numpy(features).to(device)
        else:
            _, vectors = embed(task, photos, size, ctx)
        return nearest(vectors, k).astype(np.int32)

    return stored_array(path, look).astype(np.int64)


def as_array(vectors: Tensor) -> Float32Array:
    """float32 NumPy array of a tensor on any device."""
    return vectors.detach().float().cpu().numpy()
