"""SCAN's third step (Van Gansbeke et al. 2020): what a head is sure of, it teaches itself on harder views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.strict import limits

from ..alarm import Alarm
from ..config import COUNT, SHARE, SOME
from ..distributed import gather_views
from ..photos.augment import normalize
from ..photos.strong_augment import StrongConfig, strong_views, whole
from ..scan.losses import confident, self_label_loss
from .base import Source
from .scan import ClusterHeads


@dataclass(frozen=True, slots=True)
class SelfLabelParams:
    """Which heads there are, and which photos teach.

    Attributes:
        clusters: outputs of a head, as in the run it starts from.
        heads: as in the run it starts from.
        head: the one that goes on learning.
        threshold: photos with a larger probability teach.
        fallback: where there is none in a batch, this share of each cluster teaches, the surest.
        every_cluster: whether that holds for each cluster without such a photo, although others have some: where few
            are sure, the clusters of the others else die.
        balance: whether every cluster weighs the same.
        patience: epochs without more confident photos after which the run ends, as it does when all photos have fallen
            into one cluster; 0 = it goes on in any case.
        augmentation: of the views that are learned from: ``strong``, or ``augment`` for the run's own random views.
        strong: how strong.
    """

    clusters: int = field(metadata=limits(low=2, high=1_000_000))
    heads: int = field(default=1, metadata=COUNT)
    head: int = field(default=0, metadata=SOME)
    threshold: float = field(default=0.99, metadata=SHARE)
    fallback: float = field(default=0.2, metadata=SHARE)
    every_cluster: bool = False
    balance: bool = True
    patience: int = field(default=25, metadata=SOME)
    augmentation: Literal["strong", "augment"] = "strong"
    strong: StrongConfig = field(default_factory=StrongConfig)

    def __post_init__(self) -> None:
        if self.head >= self.heads:
            raise UsageError("config-invalid", f"pretext: there is no head {self.head} among {self.heads}.")


class SelfLabel(ClusterHeads):
    """One head under `self_label_loss`; both passes in train mode, so that BatchNorm sees both kinds of views."""

    def __init__(self, backbone: nn.Module, dim: int, params: SelfLabelParams) -> None:
        super().__init__(backbone, dim, params.heads, params.clusters)
        self.params = params

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """The photos as they are, and as they are to be recognized, float32[B, 3, S, S] each."""
        photos = source.photos(rows)
        if self.params.augmentation == "strong":
            hard = strong_views(photos, source.size, self.params.strong, source.generator)
        else:
            hard = source.view(photos)
        return normalize(whole(photos, source.size)), hard

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        weak, hard = inputs
        with torch.no_grad():
            p = gather_views(self.logits(weak)[:, self.params.head].float().softmax(dim=1), 1)
        params = self.params
        labels, mask = confident(p, params.threshold, params.fallback, every_cluster=params.every_cluster)
        if self.training:
            self.memory.confident += (p.max(dim=1).values > params.threshold).sum()
            self.memory.shown += len(p)
        logits = gather_views(self.logits(hard)[:, params.head], 1)
        return self_label_loss(logits, labels, mask, balance=params.balance)

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Pretext.alarms`."""
        return super().alarms(report) + self.memory.drifts(report)

    def finished(self, report: Mapping[str, float]) -> bool:
        """See `Pretext.finished`: no more photos become confident, or all have fallen into one cluster."""
        if self.params.patience == 0:
            return False
        return int(self.memory.stale) >= self.params.patience or report["used_clusters"] == 1

    def shown_head(self) -> int:
        """The head that learns."""
        return self.params.head
