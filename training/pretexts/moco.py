"""MoCo v2 (He et al. 2020, Chen et al. 2020): contrast with a queue of earlier pictures, encoded by a slow copy."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..config import COUNT, POSITIVE, SHARE
from ..distributed import gather_views
from .base import Pretext, follow


@dataclass(frozen=True, slots=True)
class MoCoParams:
    """Temperature, widths of the head, length of the queue, and momentum of the key network.

    ``groups`` splits the keys' BatchNorm into so many random groups (ShuffleBN): without it query and key can
    recognize each other by the statistics of their batch.
    """

    temperature: float = field(default=0.2, metadata=POSITIVE)
    hidden: int = field(default=512, metadata=COUNT)
    out: int = field(default=128, metadata=COUNT)
    queue: int = field(default=4096, metadata=COUNT)
    momentum: float = field(default=0.99, metadata=SHARE)
    groups: int = field(default=1, metadata=COUNT)


class MoCo(Pretext):
    """Query network, momentum key network and queue; symmetric: each view is query once and key once.

    The queue starts with random directions. It moves on after each step, in training mode only.
    """

    queue: Tensor
    position: Tensor

    def __init__(self, backbone: nn.Module, dim: int, params: MoCoParams) -> None:
        super().__init__(backbone)
        self.params = params
        self.head = nn.Sequential(
            nn.Linear(dim, params.hidden), nn.ReLU(inplace=True), nn.Linear(params.hidden, params.out)
        )
        self.key_backbone = copy.deepcopy(backbone).requires_grad_(False)
        self.key_head = copy.deepcopy(self.head).requires_grad_(False)
        self.register_buffer("queue", F.normalize(torch.randn(params.queue, params.out), dim=1))
        self.register_buffer("position", torch.zeros((), dtype=torch.long))
        self._fresh: Tensor | None = None

    def started(self) -> None:
        """See `Pretext.started`."""
        self.key_backbone.load_state_dict(self.backbone.state_dict())
        self.key_head.load_state_dict(self.head.state_dict())

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        (views,) = inputs
        queries = F.normalize(self.head(self.backbone(views)).float(), dim=1)
        keys = self._keys(views)
        queries, keys = gather_views(queries, self.views), gather_views(keys, self.views)
        self._fresh = keys if self.training else None
        # Each query's positive is the key of the other view.
        return info_nce(queries, keys.roll(len(keys) // 2, dims=0), self.queue, self.params.temperature)

    @torch.no_grad()
    def _keys(self, views: Tensor) -> Tensor:
        order = torch.randperm(len(views), device=views.device)
        shuffled = views[order].chunk(self.params.groups if self.training else 1)
        keys = torch.cat([self.key_head(self.key_backbone(part)) for part in shuffled])
        unshuffled = torch.empty_like(keys)
        unshuffled[order] = keys
        return F.normalize(unshuffled.float(), dim=1)

    @torch.no_grad()
    def after_step(self) -> None:
        """Move the key network towards the query network, and the newest keys into the queue."""
        follow(self.key_backbone, self.backbone, self.params.momentum)
        follow(self.key_head, self.head, self.params.momentum)
        if self._fresh is not None:
            fresh = self._fresh[: len(self.queue)]
            rows = (self.position + torch.arange(len(fresh), device=fresh.device)) % len(self.queue)
            self.queue[rows] = fresh
            self.position.copy_((self.position + len(fresh)) % len(self.queue))
            self._fresh = None


def info_nce(queries: Tensor, keys: Tensor, negatives: Tensor, temperature: float) -> Tensor:
    """Cross entropy of each query's own key against all negatives, computed in float32.

    Args:
        queries: unit rows float[B, d].
        keys: unit rows float[B, d]; row i is the positive of query i.
        negatives: unit rows float[K, d].
        temperature: divides the cosines.

    Returns:
        Scalar float32, the mean over queries; log(K + 1) when all rows are alike.
    """
    with torch.autocast(queries.device.type, enabled=False):
        positive = (queries.float() * keys.float()).sum(dim=1, keepdim=True)
        logits = torch.cat([positive, queries.float() @ negatives.float().T], dim=1) / temperature
        return F.cross_entropy(logits, logits.new_zeros(len(logits), dtype=torch.long))
