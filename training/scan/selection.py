"""Choosing among heads and runs without labels, and whether such a choice can be trusted."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from desktop_app.engine.evaluate import Labels
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array, Int64Array

from ..measuring.probe import linear_probe
from .losses import entropy

_FOLDS, _EPOCHS = 5, 50
_EQUAL, _UNEQUAL = 0.98, 0.9


def selection_loss(p: Tensor, neighbors: Int64Array) -> Tensor:
    """Consistency with all neighbors less the entropy of the mean: low is good (Van Gansbeke et al. 2020, section 3.1).

    The entropy weighs 1 here, whatever it weighed in training.

    Args:
        p: probabilities float32[N, H, C].
        neighbors: int64[N, k].

    Returns:
        float32[H].
    """
    agreement = torch.zeros(p.shape[1], device=p.device)
    for column in torch.from_numpy(neighbors.T).to(p.device):
        agreement += (p * p[column]).sum(dim=-1).clamp(min=1e-8).log().mean(dim=0)
    loss: Tensor = -agreement / neighbors.shape[1] - entropy(p.mean(dim=0))
    return loss


def own_probe(features: Float32Array, groups: Labels, clusters: int, ctx: JobContext, *, device: str = "cpu") -> float:
    """How well a linear classifier predicts the groups of photos it has not seen, times how evenly they are used.

    Args:
        features: float32[N, D].
        groups: int[N].
        clusters: how many groups there could be.
        ctx: checked throughout.
        device: to compute on.

    Returns:
        0 to 1: five-fold accuracy (after Gadetsky et al. 2024, TURTLE) times normalized entropy of the sizes.
    """
    fold = np.random.default_rng(0).permutation(len(groups)) % _FOLDS
    scores = []
    for number in range(_FOLDS):
        seen, held = fold != number, fold == number
        scores.append(
            linear_probe(features[seen], groups[seen], features[held], groups[held], ctx, epochs=_EPOCHS, device=device)
        )
    return float(np.mean(scores)) * evenness(groups, clusters)


def evenness(groups: Labels, clusters: int) -> float:
    """Entropy of the groups' sizes over its maximum: 1 where all ``clusters`` are of one size, 0 for one group."""
    share = np.bincount(groups, minlength=clusters) / len(groups)
    return -float((share[share > 0] * np.log(share[share > 0])).sum()) / math.log(clusters)


def equal_size_artefact(groups: Labels, reference: Labels, clusters: int) -> bool:
    """Whether a head gives groups of one size where k-means (``reference``) on the same features finds large and small.

    Then it is the entropy term that made them so: lower its weight, ask for more clusters and merge, or take TEMI's
    loss.
    """
    return evenness(groups, clusters) > _EQUAL and evenness(reference, clusters) < _UNEQUAL


def rank_correlation(first: list[float], second: list[float]) -> float:
    """Spearman's rho, -1 to 1."""
    from scipy.stats import spearmanr

    return float(spearmanr(first, second).statistic)
