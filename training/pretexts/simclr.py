"""SimCLR (Chen et al. 2020): two views of a picture are to be more alike than any two pictures of the batch."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..config import COUNT, POSITIVE
from ..distributed import gather_views
from .base import Pretext


@dataclass(frozen=True, slots=True)
class SimCLRParams:
    """Temperature of the loss, widths of the projection head, and whether it has BatchNorm (SCAN's has not)."""

    temperature: float = field(default=0.2, metadata=POSITIVE)
    hidden: int = field(default=512, metadata=COUNT)
    out: int = field(default=128, metadata=COUNT)
    norm: bool = True


def nt_xent(z: Tensor, temperature: float) -> Tensor:
    """Normalized temperature-scaled cross entropy, symmetric, mean over all 2B anchors, computed in float32.

    Args:
        z: float[2B, d], not necessarily normalized; rows i and B + i are views of one picture.
        temperature: divides the cosines.

    Returns:
        Scalar float32; log(2B - 1) when all rows are alike.
    """
    count = len(z)
    # Under autocast the product of float32 factors would run in bfloat16, whose 8 bits blur exp(s / temperature).
    with torch.autocast(z.device.type, enabled=False):
        z = F.normalize(z.float(), dim=1)
        logits = (z @ z.T) / temperature
        logits.fill_diagonal_(float("-inf"))
        positive = torch.arange(count, device=z.device).roll(count // 2)
        return F.cross_entropy(logits, positive)


class SimCLR(Pretext):
    """Backbone and projection head (linear, BatchNorm, ReLU, linear, BatchNorm) under `nt_xent`.

    All views go through the network in one pass, so that BatchNorm statistics cannot tell them apart.
    """

    def __init__(self, backbone: nn.Module, dim: int, params: SimCLRParams) -> None:
        super().__init__(backbone)
        self.temperature = params.temperature
        layers = [
            nn.Linear(dim, params.hidden, bias=not params.norm),
            nn.BatchNorm1d(params.hidden) if params.norm else nn.Identity(),
            nn.ReLU(inplace=True),
            nn.Linear(params.hidden, params.out, bias=not params.norm),
            nn.BatchNorm1d(params.out, affine=False) if params.norm else nn.Identity(),
        ]
        self.head = nn.Sequential(*layers)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        (views,) = inputs
        return nt_xent(gather_views(self.head(self.backbone(views)), self.views), self.temperature)
