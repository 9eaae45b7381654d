"""k-means as DeepCluster wants it: no cluster stays empty."""

from __future__ import annotations

import torch
from torch import Tensor

_CHUNK = 8192


@torch.no_grad()
def kmeans(points: Tensor, clusters: int, iterations: int, seed: int) -> tuple[Tensor, Tensor]:
    """Lloyd's algorithm from random points; an empty cluster begins anew at the point farthest from its center.

    Args:
        points: float32[N, d].
        clusters: k, at most N.
        iterations: how often centers move.
        seed: of the first centers.

    Returns:
        Labels int64[N] and centers float32[k, d].
    """
    generator = torch.Generator().manual_seed(seed)
    centers = points[torch.randperm(len(points), generator=generator)[:clusters].to(points.device)].clone()
    for _ in range(iterations):
        labels = nearest(points, centers)
        size = labels.bincount(minlength=clusters)
        total = torch.zeros_like(centers).index_add_(0, labels, points)
        centers = torch.where(size.unsqueeze(1) > 0, total / size.clamp(min=1).unsqueeze(1), centers)
        empty = (size == 0).nonzero().flatten()
        if len(empty):
            apart = (points - centers[labels]).square().sum(dim=1)
            centers[empty] = points[apart.topk(len(empty)).indices]
    return nearest(points, centers), centers


def nearest(points: Tensor, centers: Tensor) -> Tensor:
    """For each of float32[N, d] the nearest of float32[k, d]: int64[N]."""
    square = centers.square().sum(dim=1)
    return torch.cat([(square - 2 * part @ centers.T).argmin(dim=1) for part in torch.split(points, _CHUNK)])
