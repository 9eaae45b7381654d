"""NNCLR (Dwibedi et al. 2021): a view is to be like the nearest neighbor of the other view."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..config import COUNT, POSITIVE
from ..distributed import gather_views
from .simclr import SimCLR, SimCLRParams


@dataclass(frozen=True, slots=True)
class NNCLRParams(SimCLRParams):
    """Those of SimCLR, ``hidden`` being the predictor's width, too, and how many earlier photos neighbors come from."""

    temperature: float = field(default=0.1, metadata=POSITIVE)
    queue: int = field(default=8192, metadata=COUNT)


class NNCLR(SimCLR):
    """SimCLR's backbone and projection, and a predictor, under `neighbor_loss`; earlier photos' projections are queued.

    Until the queue is full, a view's own projection stands for its neighbor, which is SimCLR with a predictor: the
    neighbors of an untrained network are noise.
    """

    queue: Tensor
    stored: Tensor

    def __init__(self, backbone: nn.Module, dim: int, params: NNCLRParams) -> None:
        super().__init__(backbone, dim, params)
        self.predictor = nn.Sequential(
            nn.Linear(params.out, params.hidden, bias=False),
            nn.BatchNorm1d(params.hidden),
            nn.ReLU(inplace=True),
            nn.Linear(params.hidden, params.out),
        )
        self.register_buffer("queue", torch.zeros(params.queue, params.out))
        self.register_buffer("stored", torch.zeros((), dtype=torch.long))
        self._fresh: Tensor | None = None

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        (views,) = inputs
        projected = self.head(self.backbone(views))
        predicted = gather_views(F.normalize(self.predictor(projected).float(), dim=1), self.views)
        targets = gather_views(F.normalize(projected.detach().float(), dim=1), self.views)
        # Only one view of a photo is queued: with both, a photo's neighbor would be its own other view, an epoch old.
        self._fresh = targets[: len(targets) // 2] if self.training else None
        full = self.stored >= len(self.queue)
        neighbors = torch.where(full, nearest(targets, self.queue), targets)
        return neighbor_loss(predicted, neighbors, self.temperature)

    @torch.no_grad()
    def after_step(self) -> None:
        """Put the newest projections into the queue."""
        if self._fresh is not None:
            fresh = self._fresh[: len(self.queue)]
            rows = (self.stored + torch.arange(len(fresh), device=fresh.device)) % len(self.queue)
            self.queue[rows] = fresh
            self.stored += len(fresh)
            self._fresh = None


def nearest(z: Tensor, queue: Tensor) -> Tensor:
    """For each unit row of float32[B, d] the most similar one of float32[K, d]: float32[B, d]."""
    return queue[(z @ queue.T).argmax(dim=1)]


def neighbor_loss(predicted: Tensor, neighbors: Tensor, temperature: float) -> Tensor:
    """Cross entropy of each neighbor with the prediction from the other view, against the photos of the batch.

    Equation 4 of Dwibedi et al. 2021, symmetric in the views; computed in float32.

    Args:
        predicted: unit rows float32[2B, d]; rows i and B + i are views of one photo.
        neighbors: unit rows float32[2B, d], of the views in the same order.
        temperature: divides the cosines.

    Returns:
        Scalar float32; log(B) when all rows are alike.
    """
    count = len(predicted) // 2
    with torch.autocast(predicted.device.type, enabled=False):
        own = torch.arange(count, device=predicted.device)
        logits = (
            neighbors[:count] @ predicted[count:].T / temperature,
            neighbors[count:] @ predicted[:count].T / temperature,
        )
        return (F.cross_entropy(logits[0], own) + F.cross_entropy(logits[1], own)) / 2
