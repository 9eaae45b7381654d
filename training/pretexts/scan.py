"""SCAN's second step (Van Gansbeke et al. 2020): a photo and its neighbors belong to one cluster; and TEMI's loss."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.strict import limits
from desktop_app.engine.types import Int64Array

from ..alarm import Alarm
from ..config import COUNT, POSITIVE, SHARE, WEIGHT
from ..distributed import gather_views
from ..photos.augment import normalize, on_device
from ..photos.data import PhotoArray
from ..photos.strong_augment import StrongConfig, strong_views, whole
from ..scan.losses import scan_loss, temi_loss
from ..scan.matching import Matching, best_of_views, gray_values, neighbors_by
from ..scan.memory import COLUMNS, ClusterMemory
from ..scan.mining import Space, mine, photo_features
from .base import OpenRun, Pretext, Source, follow


@dataclass(frozen=True, slots=True)
class ScanParams:
    """What is clustered, and how.

    Attributes:
        clusters: outputs of a head.
        neighbors_of: the run in whose space neighbors are mined, usually the one that weights start from.
        matched: instead of a run, how pixels are compared to find them (`scan.matching`); for some thousand
            pictures at most.
        heads: linear heads that learn side by side.
        neighbors: of each photo.
        space: ``projection`` (output of that run's head) or ``features``.
        loss: ``scan`` or ``temi``.
        entropy_weight: lambda of SCAN.
        beta: of TEMI, as are the next two.
        temperature: by which all logits are divided, those of the trained heads, too.
        momentum: of the teacher.
        augmentation: ``strong``, ``augment`` for the run's own random views, or ``none`` for whole photos as they are,
            each of which a network that is frozen looks at once.
        strong: how strong.
    """

    clusters: int = field(metadata=limits(low=2, high=1_000_000))
    neighbors_of: str = ""
    matched: Matching | None = None
    heads: int = field(default=1, metadata=COUNT)
    neighbors: int = field(default=20, metadata=COUNT)
    space: Space = "projection"
    loss: Literal["scan", "temi"] = "scan"
    entropy_weight: float = field(default=5.0, metadata=WEIGHT)
    beta: float = field(default=0.6, metadata=POSITIVE)
    temperature: float = field(default=0.1, metadata=POSITIVE)
    momentum: float = field(default=0.996, metadata=SHARE)
    augmentation: Literal["strong", "augment", "none"] = "strong"
    strong: StrongConfig = field(default_factory=StrongConfig)

    def __post_init__(self) -> None:
        if bool(self.neighbors_of) == (self.matched is not None):
            raise UsageError(
                "config-invalid",
                "pretext: neighbors come either from neighbors_of or from matched.",
                "Give one of them, and only one.",
            )


class ClusterHeads(Pretext):
    """A backbone with linear cluster heads, watched after each epoch; what SCAN and self-labeling share."""

    head: nn.Linear
    health_columns = COLUMNS

    def __init__(self, backbone: nn.Module, dim: int, heads: int, clusters: int, temperature: float = 1.0) -> None:
        super().__init__(backbone)
        self.heads, self.clusters, self.temperature = heads, clusters, temperature
        self.head = nn.Linear(dim, heads * clusters)
        self.memory = ClusterMemory()

    def assign(self, features: Tensor, head: nn.Module | None = None) -> Tensor:
        """Logits [B, H * C] of features [B, D], by the trained head or by another."""
        out: Tensor = (head or self.head)(features)
        return out / self.temperature

    def logits(self, images: Tensor) -> Tensor:
        """[B, H, C] of normalized pictures."""
        return self.assign(self.backbone(images)).view(-1, self.heads, self.clusters)

    @torch.no_grad()
    def probabilities(self, images: Tensor, size: int) -> Tensor:
        """float32[N, H, C] of whole photos uint8[N, 3, H, W], in the mode the network is in."""
        parts = torch.split(images, 256)
        return torch.cat([self.logits(normalize(whole(part, size))).float().softmax(dim=-1) for part in parts])

    def embed(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """See `Pretext.embed`; the projection is the normalized assignment of all heads."""
        features = self.backbone(images)
        assigned = self.assign(features).float().view(-1, self.heads, self.clusters).softmax(dim=-1)
        return features.float(), F.normalize(assigned.flatten(1), dim=1)

    def health(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Pretext.health`; of the head that `shown_head` names."""
        return self.memory.report(self.probabilities(images, size)[:, self.shown_head()])

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Pretext.alarms`."""
        return self.memory.alarms(report)

    def shown_head(self) -> int:
        """The head that is watched."""
        return 0


class Scan(ClusterHeads):
    """Cluster heads under `scan_loss` or `temi_loss`, over all heads summed, so that none learns from another.

    TEMI's teacher and running mean are part of it in either case; under SCAN's loss they have no part.
    """

    mean: Tensor

    def __init__(self, backbone: nn.Module, dim: int, params: ScanParams) -> None:
        temperature = params.temperature if params.loss == "temi" else 1.0
        super().__init__(backbone, dim, params.heads, params.clusters, temperature)
        self.params = params
        self.teacher = copy.deepcopy(self.head).requires_grad_(False)
        self.register_buffer("mean", torch.full((params.heads, params.clusters), 1 / params.clusters))
        self._neighbors: Int64Array | None = None
        self._features: Tensor | None = None

    def prepare(self, photos: PhotoArray, open_run: OpenRun, cache: Path, ctx: JobContext) -> None:
        """See `Pretext.prepare`.

        Raises:
            UsageError: ``config-invalid`` where photos are not augmented though the network is trained.
            UserError: ``neighbors-changed`` where a resumed run would go on with other neighbors than it began with.
        """
        p, size, device = self.params, photos.images.shape[-1], self.head.weight.device
        if p.augmentation == "none" and any(weight.requires_grad for weight in self.backbone.parameters()):
            raise UsageError(  # before minutes of mining
                "config-invalid",
                "pretext: without augmentation, the network would learn these very pictures.",
                'Leave it as it is, frozen = ["all"], or set augmentation to strong.',
            )
        if p.matched:
            self._neighbors = neighbors_by(best_of_views(photos.images, gray_values, size, p.matched, ctx), p.neighbors)
        else:
            miner = open_run(p.neighbors_of, str(device), backbone_only=p.space == "features")
            self._neighbors = mine(miner, photos, size, p.neighbors, p.space, cache, ctx)
        digest = hashlib.blake2b(self._neighbors.tobytes(), digest_size=16).digest()
        mined = torch.tensor(list(digest), dtype=torch.uint8, device=device)
        if bool(self.memory.mined.any()) and not torch.equal(mined, self.memory.mined):
            source = "comparing views" if p.matched else f"the run {p.neighbors_of}"
            raise UserError(
                "neighbors-changed",
                f"The neighbors that {source} gives are others than those that this run began with.",
                "Give this run another name, or remove its folder.",
            )
        self.memory.mined.copy_(mined)
        if p.augmentation == "none":
            seen = photo_features(self.backbone, photos, size, cache, str(device), ctx)
            self._features = torch.from_numpy(seen).to(device)

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """All photos ``rows``, then one random neighbor of each: views float32[2B, 3, S, S], or features [2B, D]."""
        assert self._neighbors is not None
        shape, generator = (len(rows),), source.generator
        column = torch.randint(self._neighbors.shape[1], shape, generator=generator, device=generator.device)
        both = np.concatenate([rows, self._neighbors[rows, column.cpu().numpy()]])
        if self._features is not None:
            return (self._features[on_device(both, self._features.device)],)
        photos = source.photos(both)
        if self.params.augmentation == "strong":
            return (strong_views(photos, source.size, self.params.strong, generator),)
        return (source.view(photos),)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        (drawn,) = inputs
        features = drawn if self._features is not None else self.backbone(drawn)
        shape = (-1, self.heads, self.clusters)
        first, second = gather_views(self.assign(features), 2).view(shape).chunk(2)
        if self.params.loss == "scan":
            return scan_loss(first, second, self.params.entropy_weight).sum()
        with torch.no_grad():
            targets = gather_views(self.assign(features.detach(), self.teacher), 2).view(shape).float().softmax(dim=-1)
            if self.training:
                self.mean.lerp_(targets.mean(dim=0), 0.1)
            one, other = targets.chunk(2)
        return temi_loss((first, second), (one, other), self.mean, self.params.beta).sum()

    def after_step(self) -> None:
        """Move TEMI's teacher towards the student."""
        if self.params.loss == "temi":
            follow(self.teacher, self.head, self.params.momentum)
