"""SimCLR with multi-crop (Caron et al. 2020, SwAV, section 3.2): cheap small crops join the two large views."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from desktop_app.engine.strict import limits

from ..config import COUNT, SHARE, rising
from ..distributed import gather_views
from .base import Source
from .simclr import SimCLR, SimCLRParams, nt_xent


@dataclass(frozen=True, slots=True)
class MultiCropParams(SimCLRParams):
    """Besides those of SimCLR: number, side (share of the large views' side) and area of the small crops."""

    crops: int = field(default=2, metadata=COUNT)
    side: float = field(default=0.6, metadata=limits(low=0.2, high=1))
    crop_scale: tuple[float, float] = field(default=(0.05, 0.25), metadata=SHARE)

    def __post_init__(self) -> None:
        rising("pretext: crop_scale", self.crop_scale)


class MultiCrop(SimCLR):
    """`nt_xent` of the two large views, and of each small crop with one of them in turn; the mean of all.

    The small crops are a pass of their own, as their size is another.
    """

    def __init__(self, backbone: nn.Module, dim: int, params: MultiCropParams) -> None:
        super().__init__(backbone, dim, params)
        self.params = params

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """Large views float32[2 * B, 3, S, S] and small ones float32[crops * B, 3, s, s]."""
        p = self.params
        augment = dataclasses.replace(source.augment, crop_scale=p.crop_scale)
        small = dataclasses.replace(source, size=round(source.size * p.side), augment=augment)
        photos = source.photos(rows)
        return (
            torch.cat([source.view(photos) for _ in range(self.views)]),
            torch.cat([small.view(photos) for _ in range(p.crops)]),
        )

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        large, small = (self.head(self.backbone(views)) for views in inputs)
        large, small = gather_views(large, self.views), gather_views(small, self.params.crops)
        of_view = large.chunk(self.views)
        losses = [nt_xent(large, self.temperature)]
        for number, part in enumerate(small.chunk(self.params.crops)):
            losses.append(nt_xent(torch.cat([part, of_view[number % self.views]]), self.temperature))
        return torch.stack(losses).mean()
