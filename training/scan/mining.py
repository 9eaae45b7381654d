"""Which photos are near which: exact nearest neighbors on the device, in the space of a trained run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Int64Array

from ..config import Config, parse_table
from ..files import replace_file
from ..measuring.features import embed_photos
from ..networks.backbones import BACKBONES, build_backbone
from ..photos.augment import normalize
from ..photos.data import PhotoArray
from ..photos.strong_augment import whole
from ..pretexts.base import Pretext
from ..runs.checkpoint import load_checkpoint
from ..runs.start import trained_weights, weights_hash

_ROWS = 1024
_PIXELS = 1 << 21  # of the pictures that are embedded at once


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


def purity(neighbors: Int64Array, truth: Int64Array, asked: Int64Array | None = None) -> float:
    """Share of neighbors int64[N, k] that carry the label of the one who asks (``asked``; by default ``truth``)."""
    return float((truth[neighbors] == (truth if asked is None else asked)[:, None]).mean())


def load_trained(folder: Path, device: str = "cpu", *, backbone_only: bool = False) -> Pretext:
    """The pretext task of a run as it was trained, with the averaged backbone, in eval mode.

    Args:
        folder: of the run.
        device: to move it to.
        backbone_only: whether nothing but its backbone will be used; of a run that was restored from a model, nothing
            else may have been trained.

    Raises:
        UserError: ``run-missing``, ``run-restored``, or as `runs.checkpoint.load_checkpoint`.
    """
    from ..pretexts import build_pretext

    try:
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError("run-missing", f"{folder} is no run: run.json cannot be read.") from error
    config = parse_table(Config, told["config"], f"{folder}/run.json")
    state = load_checkpoint(folder / "checkpoint.pt", config.identity())
    if state.get("untrained") and not backbone_only:
        raise UserError("run-restored", f"{folder} was made of a model, which has only the network of the run.")
    pretext = build_pretext(
        config.pretext, build_backbone(config.backbone, config.seed), BACKBONES[config.backbone].dim
    )
    pretext.load_state_dict(trained_weights(state))
    pretext.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    return pretext.eval()


@torch.no_grad()
def embed(pretext: Pretext, images: PhotoArray, size: int, ctx: JobContext) -> tuple[Tensor, Tensor]:
    """Features float32[N, D] and normalized projections float32[N, d] of whole photos, un-augmented, in eval mode."""
    was_training = pretext.training
    pretext.eval()
    device = next(pretext.parameters()).device
    features, projections = [], []
    batch = max(1, _PIXELS // size**2)
    for start in range(0, len(images.images), batch):
        ctx.progress(start, len(images.images), "embedding")
        ctx.check()
        part = torch.from_numpy(images.images[start : start + batch].copy()).to(device)
        views = normalize(whole(part, size)).contiguous(memory_format=torch.channels_last)
        feature, projection = pretext.embed(views)
        features.append(feature)
        projections.append(projection)
    pretext.train(was_training)
    return torch.cat(features), torch.cat(projections)


def photo_features(
    network: nn.Module, photos: PhotoArray, size: int, cache: Path, device: str, ctx: JobContext
) -> Float32Array:
    """Features float32[N, D] of whole photos, see `embed_photos`; computed once and kept in ``cache``."""
    path = _stored(cache, "features", network, photos, size)
    if not path.exists():
        features = embed_photos(network, photos.images, size, ctx, device=device)
        replace_file(path, lambda out: np.save(out, features), "cache-not-written")
    stored: Float32Array = np.load(path)
    return stored


def _stored(cache: Path, what: str, network: nn.Module, photos: PhotoArray, *more: object) -> Path:
    key = " ".join(map(str, (weights_hash(network.state_dict()), photos.data_hash, *more)))
    return cache / f"{what}-{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}.npy"


def mine(
    run: Path, photos: PhotoArray, size: int, k: int, space: str, cache: Path, device: str, ctx: JobContext
) -> Int64Array:
    """The ``k`` nearest neighbors of each photo in the space of a run; computed once and kept in ``cache``.

    Args:
        run: folder of the run.
        photos: what to look among.
        size: side in pixels at which the run sees them.
        k: neighbors of each.
        space: ``projection``, the output of the pretext task's head, or ``features``, the backbone's.
        cache: folder for the result.
        device: to compute on.
        ctx: progress and cancelling.

    Returns:
        int64[N, k], nearest first, see `nearest`.
    """
    if space not in ("projection", "features"):
        raise UsageError("config-invalid", f"neighbors are mined in projection or features, not in {space!r}.")
    pretext = load_trained(run, device, backbone_only=space == "features")
    path = _stored(cache, "neighbors", pretext, photos, size, k, space)
    if not path.exists():
        if space == "features":
            vectors = torch.from_numpy(photo_features(pretext.backbone, photos, size, cache, device, ctx)).to(device)
        else:
            _, vectors = embed(pretext, photos, size, ctx)
        neighbors = nearest(vectors, k)
        replace_file(path, lambda out: np.save(out, neighbors.astype(np.int32)), "cache-not-written")
    stored: Int64Array = np.load(path).astype(np.int64)
    return stored


def as_array(vectors: Tensor) -> Float32Array:
    """float32 NumPy array of a tensor on any device."""
    return vectors.detach().float().cpu().numpy()
