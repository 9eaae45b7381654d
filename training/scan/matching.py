"""Grouping by the best match over views: how alike two pictures are once one may be turned, sheared and moved a little.

What SimCLR is trained to overlook can also be overlooked by trying: of many random views of one picture, the one
that matches the other best decides. It takes no training, so it shows what a network has to be better than.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.spectral import leading_eigenvectors
from desktop_app.engine.errors import UsageError
from desktop_app.engine.evaluate import Labels
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Float32Array, Int64Array

from ..config import COUNT, AugmentConfig
from ..photos.augment import MEAN, STD, constant, random_views


@dataclass(frozen=True, slots=True)
class Matching:
    """How pictures are compared.

    Attributes:
        views: drawn of each picture.
        augment: how they are drawn.
        seed: of the views.
    """

    views: int = field(default=64, metadata=COUNT)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    seed: int = field(default=0, metadata=limits(low=0, high=2**63 - 1))


def gray_values(views: Tensor) -> Tensor:
    """The mean channel of normalized views float32[B, 3, S, S] as values in 0..1: float32[B, S * S]."""
    mean, std = (constant(values, views.device).view(3, 1, 1) for values in (MEAN, STD))
    return (views * std + mean).mean(dim=1).flatten(1)


@torch.no_grad()
def best_of_views(
    images: npt.NDArray[np.uint8],
    describe: Callable[[Tensor], Tensor],
    size: int,
    matching: Matching,
    ctx: JobContext,
) -> Float32Array:
    """The largest cosine between any view of one picture and the other as it is, whichever of the two is turned.

    Args:
        images: uint8[N, 3, H, H].
        describe: normalized views float32[B, 3, size, size] -> features float32[B, D].
        size: side of the views in pixels.
        matching: how views are drawn; their blur is given to the pictures as they are, too.
        ctx: checked at every view.

    Returns:
        float32[N, N], symmetric, -1 on the diagonal.
    """
    photos = torch.from_numpy(np.array(images))
    generator, augment = torch.Generator().manual_seed(matching.seed), matching.augment
    upright = AugmentConfig(
        crop_scale=(1, 1),
        crop_ratio=(1, 1),
        flip=0,
        jitter=0,
        gray=0,
        blur=augment.blur,
        blur_sigma=augment.blur_sigma,
    )
    still = F.normalize(describe(random_views(photos, size, upright, generator)), dim=1)
    best = still @ still.T
    for number in range(matching.views):
        ctx.progress(number, matching.views, "comparing views")
        ctx.check()
        drawn = F.normalize(describe(random_views(photos, size, augment, generator)), dim=1)
        best = torch.maximum(best, drawn @ still.T)
    similarity: Float32Array = torch.maximum(best, best.T).fill_diagonal_(-1).numpy()
    return similarity


def neighbors_by(similarity: Float32Array, k: int) -> Int64Array:
    """The ``k`` most similar pictures of each, float32[N, N] -> int64[N, k], most similar first.

    Raises:
        UsageError: ``too-few-photos``.
    """
    if k >= len(similarity):  # the last of the order is the picture itself
        raise UsageError("too-few-photos", f"{k} neighbors need more than {len(similarity)} photos.")
    return np.argsort(-similarity, axis=1, kind="stable")[:, :k]


def spectral_groups(similarity: Float32Array, k: int, seed: int, ctx: JobContext, neighbors: int) -> Labels:
    """The app's spectral clustering on the graph of the ``neighbors`` most similar pictures of each: int32[N]."""
    from scipy.sparse import csr_matrix

    count = len(similarity)
    found = neighbors_by(similarity, neighbors)
    edges = (np.repeat(np.arange(count), neighbors), found.ravel())
    directed = csr_matrix((np.ones(found.size), edges), shape=(count, count))
    _, vectors = leading_eigenvectors(directed + directed.T, k, ctx)
    return kmeans.fit(normalize(vectors.astype(np.float32)), k, ctx, seed=seed, restarts=10).labels
