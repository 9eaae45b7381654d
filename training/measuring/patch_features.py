"""Features without back-propagation: how patches of a picture relate to k-means centers (Coates and Ng 2012).

Patches are contrast-normalized and whitened; a filter answers by how much nearer than average its center is ("triangle"
activation); answers are summed over the four quadrants of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.clustering import kmeans
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array

_SIDE = 6
_SAMPLES_PER_FILTER = 50
_CONTRAST = 10.0  # added to the variance of a patch whose values are 0 to 255
_WHITENING = 0.1  # added to the variances of normalized patches
_BATCH = 16

Photos = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PatchFilters:
    """What was learned from patches: their mean float32[P], whitening float32[P, P] and centers float32[K, P]."""

    mean: Tensor
    whitening: Tensor
    centers: Tensor


def learn_filters(images: Photos, count: int, ctx: JobContext, *, seed: int = 0, device: str = "cpu") -> PatchFilters:
    """Learn ``count`` filters from random patches of uint8[N, 3, S, S]; no label and no gradient is involved."""
    rng = np.random.default_rng(seed)
    number, last = count * _SAMPLES_PER_FILTER, images.shape[-1] - _SIDE + 1
    photo = rng.integers(0, len(images), number)
    top, left = rng.integers(0, last, (2, number))
    inside = np.arange(_SIDE)
    rows, columns = (top[:, None] + inside)[:, None, :, None], (left[:, None] + inside)[:, None, None, :]
    drawn = images[photo[:, None, None, None], np.arange(3)[:, None, None], rows, columns]
    patches = _normalized(torch.from_numpy(drawn.reshape(number, -1)).to(device).float())
    mean = patches.mean(dim=0)
    values, axes = torch.linalg.eigh((patches - mean).T @ (patches - mean) / number)
    whitening = (axes * (values.clamp(min=0) + _WHITENING).rsqrt()) @ axes.T
    white = ((patches - mean) @ whitening).cpu().numpy()
    centers = kmeans.fit(white, count, ctx, seed=seed, restarts=1, max_iterations=20).centers
    return PatchFilters(mean, whitening, torch.from_numpy(centers).to(device))


@torch.no_grad()
def patch_features(filters: PatchFilters, images: Photos, ctx: JobContext) -> Float32Array:
    """Answers of K filters in each quadrant of uint8[N, 3, S, S]: float32[N, 4 * K]."""
    # |x - c|^2 = |x|^2 - 2 x.c + |c|^2 of the whitened patch x = (p - mean) W, with W folded into the centers.
    folded = filters.whitening @ filters.centers.T
    shift = filters.centers.square().sum(dim=1)
    out = []
    for start in range(0, len(images), _BATCH):
        ctx.progress(start, len(images), "patch features")
        ctx.check()
        part = torch.from_numpy(images[start : start + _BATCH].copy()).to(filters.mean.device).float()
        patches = _normalized(F.unfold(part, _SIDE).transpose(1, 2)) - filters.mean  # [n, positions, P]
        squared = (patches @ filters.whitening).square().sum(dim=2, keepdim=True)
        distance = torch.addmm(shift, patches.flatten(0, 1), folded, alpha=-2).view(len(part), -1, len(shift))
        distance = distance.add_(squared).clamp_(min=0).sqrt_()
        answer = (distance.mean(dim=2, keepdim=True) - distance).clamp_(min=0)
        side = round(answer.shape[1] ** 0.5)
        maps = answer.transpose(1, 2).reshape(len(part), -1, side, side)
        out.append((F.adaptive_avg_pool2d(maps, 2) * (side / 2) ** 2).flatten(1).cpu())
    return torch.cat(out).numpy()


def _normalized(patches: Tensor) -> Tensor:
    """Each patch less its mean, over its standard deviation: float32[..., P], values 0 to 255."""
    centered = patches - patches.mean(dim=-1, keepdim=True)
    return centered * (centered.square().mean(dim=-1, keepdim=True) + _CONTRAST).rsqrt()
