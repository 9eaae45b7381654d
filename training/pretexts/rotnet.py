"""RotNet (Gidaris et al. 2018): the network tells by how many quarter turns a photo was rotated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError

from ..alarm import Alarm
from ..distributed import gather_views
from ..photos.augment import normalize
from ..photos.strong_augment import whole
from .base import Patient, Source

TURNS = 4
_GUESSING = 0.3
_BATCH = 64


@dataclass(frozen=True, slots=True)
class RotNetParams:
    """There is nothing to choose."""


class RotNet(Patient):
    """Each photo in all four positions, and a linear layer that tells which; log(4) and a quarter are chance."""

    views = TURNS
    health_columns = ("rotation_accuracy",)

    def __init__(self, backbone: nn.Module, dim: int, params: RotNetParams) -> None:
        super().__init__(backbone)
        self.head = nn.Linear(dim, TURNS)

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """One view of each photo, turned: float32[4 * B, 3, S, S], all upright ones, then all turned once, and so on.

        Raises:
            UsageError: ``config-invalid`` where views are rotated or sheared, too: their empty corners tell the angle.
        """
        if source.augment.rotate or source.augment.shear:
            raise UsageError(
                "config-invalid",
                "augment: RotNet is to find the angle, and views that are rotated or sheared give it away.",
                "Set rotate and shear to 0.",
            )
        return (turned(source.view(source.photos(rows))),)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        logits = gather_views(self.head(self.backbone(inputs[0])), self.views)
        return F.cross_entropy(logits.float(), positions(len(logits), logits.device))

    def measured(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Patient.measured`: the share of whole photos in all four positions whose position is told rightly."""
        right = []
        for part in torch.split(images, _BATCH):
            told = self.head(self.backbone(turned(normalize(whole(part, size))))).argmax(dim=1)
            right.append(told == positions(len(told), told.device))
        return {"rotation_accuracy": float(torch.cat(right).float().mean())}

    def degenerate(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Patient.degenerate`."""
        if report["rotation_accuracy"] > _GUESSING:
            return []
        return [
            Alarm(
                "angle-not-seen",
                f"The position of {100 * report['rotation_accuracy']:.0f} % of the photos is told rightly, where "
                "guessing gives 25 %. Photos taken from above have no upright position; for others, train longer or "
                "with a higher learning rate.",
            )
        ]


def turned(views: Tensor) -> Tensor:
    """Square views [B, 3, S, S] in all four positions, [4 * B, 3, S, S]: no pixel is interpolated."""
    return torch.cat([torch.rot90(views, turn, (2, 3)) for turn in range(TURNS)])


def positions(count: int, device: torch.device) -> Tensor:
    """The answers to what `turned` gives: int64[count]."""
    return torch.arange(TURNS, device=device).repeat_interleave(count // TURNS)
