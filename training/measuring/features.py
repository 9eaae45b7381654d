"""Features of whole arrays of photos, as everything that groups or probes them wants them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array

from ..config import AugmentConfig
from ..photos.augment import normalize, random_views
from ..photos.strong_augment import whole

_BATCH = 200


@torch.no_grad()
def embed_photos(
    network: nn.Module,
    images: npt.NDArray[np.uint8],
    size: int,
    ctx: JobContext,
    *,
    views: int = 0,
    augment: AugmentConfig | None = None,
    seed: int = 0,
    device: str = "cpu",
) -> Float32Array:
    """What a network makes of photos, in eval mode and float32.

    Args:
        network: float32[B, 3, size, size] -> float32[B, D]; moved to ``device``.
        images: uint8[N, 3, H, H].
        size: side in pixels that they are resized to.
        ctx: checked between batches.
        views: 0 looks at each whole photo once; otherwise at so many random views of it, whose features are averaged.
        augment: how views are drawn; needed with ``views``.
        seed: of the views.
        device: to compute on.

    Returns:
        float32[N, D].
    """
    was_training = network.training
    network.eval().to(device)
    generator = torch.Generator(device).manual_seed(seed)
    rows = []
    for start in range(0, len(images), _BATCH):
        ctx.progress(start, len(images), "computing features")
        photos = torch.from_numpy(np.array(images[start : start + _BATCH])).to(device)
        if views:
            assert augment is not None
            drawn = [network(random_views(photos, size, augment, generator)) for _ in range(views)]
            rows.append(torch.stack(drawn).mean(dim=0))
        else:
            rows.append(network(normalize(whole(photos, size))))
    network.train(was_training)
    features: Float32Array = torch.cat(rows).float().cpu().numpy()
    return features


def effective_rank(features: Tensor) -> float:
    """exp(entropy of the normalized singular values) of centered features float32[N, D] (Roy and Vetterli 2007).

    How many directions they use, counted by how much: 1 to min(N, D).
    """
    values = torch.linalg.svdvals(features - features.mean(dim=0))
    share = values / values.sum().clamp(min=1e-12)
    return float(torch.exp(-(share * share.clamp(min=1e-12).log()).sum()))
