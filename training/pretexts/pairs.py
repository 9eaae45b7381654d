"""Pair classification (the second attempt of Schultz): whether two views show the same photo; log 2 is chance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..alarm import Alarm
from ..distributed import gather_views
from .base import Patient

_PLATEAU = 0.01  # of log 2


@dataclass(frozen=True, slots=True)
class PairsParams:
    """Length of the code of a view, and width of what compares two of them, with BatchNorm or without.

    Without it the loss can stay at log 2 for long.
    """

    out: int = 128
    hidden: int = 128
    norm: bool = True


class Pairs(Patient):
    """A code for each view, and a small network that looks at |a - b| and a * b of two codes.

    Each view is compared with the other view of its photo and with that of the next photo: as many pairs are of one
    photo as of two. Only the comparison has to make sense of a code; nothing says that alike codes lie close together.
    """

    patience = 5

    def __init__(self, backbone: nn.Module, dim: int, params: PairsParams) -> None:
        super().__init__(backbone)
        self.head = nn.Linear(dim, params.out)
        self.compare = nn.Sequential(
            nn.Linear(2 * params.out, params.hidden, bias=not params.norm),
            nn.BatchNorm1d(params.hidden) if params.norm else nn.Identity(),
            nn.ReLU(inplace=True),
            nn.Linear(params.hidden, 1),
        )

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        first, second = gather_views(self.head(self.backbone(inputs[0])), self.views).float().chunk(2)
        one, other, same = pairs(first, second)
        return F.binary_cross_entropy_with_logits(self._logits(one, other), same)

    @torch.no_grad()
    def alike(self, codes: Tensor) -> Tensor:
        """How likely each two of some codes float32[N, d], as the head gives them, show one photo: float32[N, N]."""
        rows = [self._logits(code.expand_as(codes), codes) for code in codes]
        return torch.sigmoid(torch.stack(rows))

    def _logits(self, one: Tensor, other: Tensor) -> Tensor:
        logits: Tensor = self.compare(torch.cat([(one - other).abs(), one * other], dim=1))
        return logits.squeeze(1).float()

    def degenerate(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Patient.degenerate`."""
        if abs(report["eval_loss"] - math.log(2)) > _PLATEAU:
            return []
        return [
            Alarm(
                "undecided",
                f"The loss is {report['eval_loss']:.3f}, that of a network which calls every pair as likely the same "
                "as not (0.693). Try a longer warm-up, another learning rate, or a larger batch.",
            )
        ]


def pairs(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Pairs of one photo, then as many of two, and which is which.

    Args:
        first: float32[B, d], of the first views.
        second: float32[B, d], of the second views of the same photos.

    Returns:
        Both members float32[2B, d], and 1 for the same photo and 0 for another, float32[2B].
    """
    one = torch.cat([first, first])
    other = torch.cat([second, second.roll(1, dims=0)])
    return one, other, torch.cat([torch.ones(len(first)), torch.zeros(len(first))]).to(first.device)
