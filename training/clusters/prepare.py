"""Features as DeepCluster groups them."""

from __future__ import annotations

import torch
from torch import Tensor

_NOISE = 1e-6  # of the largest spread; directions below it would be noise blown up


@torch.no_grad()
def whitened(features: Tensor, dims: int, *, unit: bool = True) -> Tensor:
    """Principal components of equal spread (Caron et al. 2018, section 3.3: PCA to 256, whitening, L2).

    Args:
        features: float32[N, D].
        dims: components to keep; at most as many as there are.
        unit: whether rows are brought to length 1.

    Returns:
        float32[N, d].
    """
    centered = (features - features.mean(dim=0)).double()
    _, values, axes = torch.linalg.svd(centered, full_matrices=False)
    kept = min(dims, int((values > values[0] * _NOISE).sum()), len(features) - 1)
    points: Tensor = centered @ axes[:kept].T / values[:kept] * len(features) ** 0.5
    if unit:
        points = torch.nn.functional.normalize(points, dim=1)
    return points.float()
