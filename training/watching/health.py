"""Label-free signs of health of a representation, looked at after every epoch."""

from __future__ import annotations

import torch
from torch import Tensor

from ..config import AugmentConfig
from ..measuring.features import effective_rank
from ..photos.augment import random_views
from ..pretexts.base import Pretext


def alignment(first: Tensor, second: Tensor) -> float:
    """Mean squared distance of the two views of a picture, unit rows float32[N, d]; 0 is perfect, 2 is random."""
    return float((first - second).square().sum(dim=1).mean())


def uniformity(z: Tensor) -> float:
    """Log of the mean of exp(-2 d^2) over pairs of unit rows float32[N, d]; 0 is collapse, -4 is spread out."""
    return float(torch.pdist(z).square().mul(-2).exp().mean().log())


def retrieval(first: Tensor, second: Tensor) -> float:
    """Share of pictures whose other view is nearest, by cosine of centered features float32[N, D]; chance is 1/N.

    The neighbor quality that needs no labels: a ResNet-18 with random weights reaches 0.05 with 512 photos, one that
    has learned for some epochs 0.6.
    """
    first, second = (torch.nn.functional.normalize(f - f.mean(dim=0), dim=1) for f in (first, second))
    nearest = (first @ second.T).argmax(dim=1)
    return float((nearest == torch.arange(len(first), device=first.device)).float().mean())


@torch.no_grad()
def health_report(pretext: Pretext, images: Tensor, size: int, config: AugmentConfig, seed: int) -> dict[str, float]:
    """Label-free figures on uint8[N, 3, H, W], in eval mode, with fixed random views; the task's own are added.

    ``feature_std`` is the mean standard deviation of the unit features times sqrt(D): 1 when they are spread evenly,
    below 0.2 when they have collapsed. ``retrieval`` see there; the rest are the functions above.
    """
    was_training = pretext.training
    pretext.eval()
    generator = torch.Generator(images.device).manual_seed(seed)
    first, second = (pretext.embed(random_views(images, size, config, generator)) for _ in range(2))
    further = pretext.health(images, size)
    pretext.train(was_training)
    unit = torch.nn.functional.normalize(first[0], dim=1)
    return {
        "feature_std": float(unit.std(dim=0).mean()) * unit.shape[1] ** 0.5,
        "effective_rank": effective_rank(first[0]),
        "alignment": alignment(first[1], second[1]),
        "uniformity": uniformity(first[1]),
        "retrieval": retrieval(first[0], second[0]),
    } | further
