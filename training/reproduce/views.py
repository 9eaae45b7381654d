"""Grouping by the best match over views: how alike two pictures are once one may be turned, sheared and moved a little.

What SimCLR is trained to overlook can also be overlooked by trying: of many random views of one picture, the one
that matches the other best decides. It takes no training, so it shows what a network has to be better than.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.clustering.spectral import leading_eigenvectors
from desktop_app.engine.evaluate import Labels
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Int64Array
from training.augment import MEAN, STD, random_views
from training.config import AugmentConfig

NEIGHBORS = 20  # of a picture in the graph, as SCAN mines them; with 18 to 22 the groups hardly change


def gray_values(views: Tensor) -> Tensor:
    """The first channel of normalized views float32[B, 3, S, S] as values in 0..1: float32[B, S * S]."""
    return (views[:, 0] * STD[0] + MEAN[0]).flatten(1)


@torch.no_grad()
def best_of_views(
    images: npt.NDArray[np.uint8],
    describe: Callable[[Tensor], Tensor],
    size: int,
    augment: AugmentConfig,
    views: int,
    seed: int,
    ctx: JobContext,
) -> Float32Array:
    """The largest cosine between any view of one picture and the other as it is, whichever of the two is turned.

    Args:
        images: uint8[N, 3, H, H].
        describe: normalized views float32[B, 3, size, size] -> features float32[B, D].
        size: side of the views in pixels.
        augment: how views are drawn; its blur is given to the pictures as they are, too.
        views: drawn of each picture.
        seed: of the views.
        ctx: checked at every view.

    Returns:
        float32[N, N], symmetric, -1 on the diagonal.
    """
    photos = torch.from_numpy(np.array(images))
    generator = torch.Generator().manual_seed(seed)
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
    for number in range(views):
        ctx.progress(number, views, "comparing views")
        drawn = F.normalize(describe(random_views(photos, size, augment, generator)), dim=1)
        best = torch.maximum(best, drawn @ still.T)
    similarity: Float32Array = torch.maximum(best, best.T).fill_diagonal_(-1).numpy()
    return similarity


def neighbors_by(similarity: Float32Array, k: int) -> Int64Array:
    """The ``k`` most similar pictures of each, float32[N, N] -> int64[N, k], most similar first."""
    return np.argsort(-similarity, axis=1, kind="stable")[:, :k]


def spectral_groups(similarity: Float32Array, k: int, seed: int, ctx: JobContext, neighbors: int = NEIGHBORS) -> Labels:
    """The app's spectral clustering on the graph of the most similar pictures: int32[N]."""
    from scipy.sparse import csr_matrix

    count = len(similarity)
    found = neighbors_by(similarity, neighbors)
    edges = (np.repeat(np.arange(count), neighbors), found.ravel())
    directed = csr_matrix((np.ones(found.size), edges), shape=(count, count))
    _, vectors = leading_eigenvectors(directed + directed.T, k, ctx)
    return kmeans.fit(normalize(vectors.astype(np.float32)), k, ctx, seed=seed, restarts=10).labels
