"""BYOL (Grill et al. 2020): what a slow copy of the network makes of one view is predicted from the other."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..config import COUNT, SHARE
from ..distributed import gather_views
from .base import Pretext, follow


@dataclass(frozen=True, slots=True)
class BYOLParams:
    """Widths of projection and predictor, and momentum of the slow network."""

    hidden: int = field(default=1024, metadata=COUNT)
    out: int = field(default=256, metadata=COUNT)
    momentum: float = field(default=0.99, metadata=SHARE)


def _perceptron(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, hidden, bias=False),
        nn.BatchNorm1d(hidden),
        nn.ReLU(inplace=True),
        nn.Linear(hidden, outputs),
    )


class BYOL(Pretext):
    """Network, projection and predictor, and slow copies of the first two; symmetric, and without negatives."""

    def __init__(self, backbone: nn.Module, dim: int, params: BYOLParams) -> None:
        super().__init__(backbone)
        self.momentum = params.momentum
        self.head = _perceptron(dim, params.hidden, params.out)
        self.predictor = _perceptron(params.out, params.hidden, params.out)
        self.slow_backbone = copy.deepcopy(backbone).requires_grad_(False)
        self.slow_head = copy.deepcopy(self.head).requires_grad_(False)

    def started(self) -> None:
        """See `Pretext.started`."""
        self.slow_backbone.load_state_dict(self.backbone.state_dict())
        self.slow_head.load_state_dict(self.head.state_dict())

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`: ``2 - 2 cos`` of prediction and target (equation 2), mean over both directions."""
        (views,) = inputs
        predicted = self.predictor(self.head(self.backbone(views)))
        with torch.no_grad():
            targets = self.slow_head(self.slow_backbone(views))
        predicted, targets = gather_views(predicted, self.views), gather_views(targets, self.views)
        other = targets.roll(len(targets) // 2, dims=0)
        return 2 - 2 * F.cosine_similarity(predicted.float(), other.float(), dim=1).mean()

    def after_step(self) -> None:
        """Move the slow network towards the other."""
        follow(self.slow_backbone, self.backbone, self.momentum)
        follow(self.slow_head, self.head, self.momentum)
