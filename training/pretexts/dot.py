"""Dot-product similarity: the product of two codes tells whether they are of one photo (the third attempt of Schultz).

As told there, codes shrink to nothing or become sparse and restless, depending on what keeps them small. The repaired
one compares directions, learns its own temperature, and keeps every dimension alive.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..alarm import Alarm
from ..config import COUNT, POSITIVE, WEIGHT
from ..distributed import gather_views
from ..photos.augment import normalize
from ..photos.strong_augment import whole
from .base import Patient
from .pairs import pairs

_SHRUNK, _SPARSE, _ZERO, _ONE_SCORE = 0.05, 0.8, 1e-3, 1e-3
_BATCH = 64


@dataclass(frozen=True, slots=True)
class DotParams:
    """How codes are kept in bounds.

    Attributes:
        out: length of a code.
        keep: ``l2`` or ``l1`` pulls codes towards zero by ``weight``; ``variance`` compares directions only, and raises
            each dimension whose standard deviation is below 1.
        weight: of that part of the loss.
        temperature: that ``variance`` begins with.
    """

    out: int = field(default=128, metadata=COUNT)
    keep: Literal["l2", "l1", "variance"] = "variance"
    weight: float = field(default=1e-3, metadata=WEIGHT)
    temperature: float = field(default=0.1, metadata=POSITIVE)


class Dot(Patient):
    """A code for each view, under `dot_loss`, in the same pairs as `pairs.Pairs`."""

    health_columns = ("code_length", "zero_share", "score_spread")

    def __init__(self, backbone: nn.Module, dim: int, params: DotParams) -> None:
        super().__init__(backbone)
        self.params = params
        self.head = nn.Linear(dim, params.out)
        # Of the scores: their scale, and where "the same" begins. Without these a cosine is never surer than 73 %.
        self.log_scale = nn.Parameter(torch.tensor(-math.log(params.temperature)))
        self.offset = nn.Parameter(torch.zeros(()))
        if params.keep != "variance":
            self.log_scale.requires_grad_(False)
            self.offset.requires_grad_(False)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        first, second = gather_views(self.head(self.backbone(inputs[0])), self.views).float().chunk(2)
        scale = self.log_scale.exp() if self.params.keep == "variance" else None
        return dot_loss(first, second, self.params.keep, self.params.weight, scale, self.offset)

    def measured(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Patient.measured`: mean length of the codes, share of values that are zero, spread of the products."""
        parts = [self.head(self.backbone(normalize(whole(part, size)))).float() for part in torch.split(images, _BATCH)]
        codes = torch.cat(parts)
        scores = codes @ codes.T
        return {
            "code_length": float(codes.norm(dim=1).mean()),
            "zero_share": float((codes.abs() < _ZERO).float().mean()),
            "score_spread": float(scores.std()),
        }

    def degenerate(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Patient.degenerate`."""
        found = []
        if report["code_length"] < _SHRUNK:
            found.append(
                Alarm(
                    "codes-shrink",
                    f"The codes have a mean length of {report['code_length']:.3f}, and all products are near 0. Set "
                    'weight lower, or keep = "variance".',
                )
            )
        elif report["score_spread"] < _ONE_SCORE:
            found.append(
                Alarm("one-score", "Every two photos have the same product: nothing is told apart. Lower the rate.")
            )
        if report["zero_share"] > _SPARSE:
            found.append(
                Alarm(
                    "codes-sparse",
                    f"{100 * report['zero_share']:.0f} % of all values are zero: few dimensions do all the work. Set "
                    'weight lower, or keep = "variance".',
                )
            )
        return found


def dot_loss(
    first: Tensor, second: Tensor, keep: str, weight: float, scale: Tensor | None = None, offset: Tensor | None = None
) -> Tensor:
    """Binary cross entropy of sigmoid(score) in equal numbers of pairs of one photo and of two, plus what keeps codes.

    Args:
        first: float32[B, d], codes of the first views.
        second: float32[B, d], of the second ones.
        keep: ``l2`` or ``l1``, where the score is a . b and the mean squared length or sum of absolute values is added;
            ``variance``, where it is scale * (cosine - offset) and the mean over dimensions of max(0, 1 - std) is.
        weight: of what is added.
        scale: of ``variance``, positive.
        offset: of ``variance``.

    Returns:
        Scalar float32.
    """
    one, other, same = pairs(first, second)
    codes = torch.cat([first, second])
    if keep == "variance":
        assert scale is not None
        assert offset is not None
        score = scale * (F.cosine_similarity(one, other) - offset)
        kept = (1 - codes.std(dim=0)).clamp(min=0).mean()
    else:
        score = (one * other).sum(dim=1)
        kept = codes.square().sum(dim=1).mean() if keep == "l2" else codes.abs().sum(dim=1).mean()
    return F.binary_cross_entropy_with_logits(score, same) + weight * kept
