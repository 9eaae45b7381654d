"""Autoencoder: a short code of a photo from which a small picture of it is drawn (the first attempt of Schultz)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..alarm import Alarm
from ..config import COUNT
from ..distributed import gather_views
from ..photos.augment import MEAN, STD, constant, normalize
from ..photos.strong_augment import whole
from .base import Patient, Source

SIDE = 32
_SMALLEST, _WIDTHS = 4, (128, 64, 32)
_DEAD, _MANY_DEAD, _COLOR_ONLY = 1e-3, 0.5, 0.95
_BATCH = 64


@dataclass(frozen=True, slots=True)
class AutoencoderParams:
    """Length of the code; about a tenth of the 3,072 values that are drawn from it."""

    out: int = field(default=300, metadata=COUNT)


class Autoencoder(Patient):
    """Backbone, linear code, and a decoder that doubles the side three times: 4 to 32 px. Mean squared error.

    What is drawn are the pixels of the view, each 0 to 1, reduced to 32 px.
    """

    views = 1
    health_columns = ("error_share", "dead_units")

    def __init__(self, backbone: nn.Module, dim: int, params: AutoencoderParams) -> None:
        super().__init__(backbone)
        self.head = nn.Linear(dim, params.out)
        layers: list[nn.Module] = [
            nn.Linear(params.out, _WIDTHS[0] * _SMALLEST**2),
            nn.Unflatten(1, (_WIDTHS[0], _SMALLEST, _SMALLEST)),
        ]
        for width, narrower in zip(_WIDTHS, (*_WIDTHS[1:], None), strict=True):
            layers += [nn.BatchNorm2d(width), nn.ReLU(inplace=True), nn.Upsample(scale_factor=2)]
            layers.append(nn.Conv2d(width, narrower or 3, 3, padding=1))
        self.decoder = nn.Sequential(*layers, nn.Sigmoid())

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """One view of each photo, float32[B, 3, S, S]."""
        return (source.view(source.photos(rows)),)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        drawn = self.decoder(self.head(self.backbone(inputs[0])))
        errors = (drawn.float() - pixels(inputs[0])).square().flatten(1).mean(dim=1, keepdim=True)
        return gather_views(errors, 1).mean()

    def measured(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Patient.measured`.

        ``error_share`` is the error as a share of that of drawing each photo's mean color; ``dead_units`` the share of
        the code that is the same for all photos.
        """
        codes, error, plain = [], 0.0, 0.0
        for part in torch.split(images, _BATCH):
            view = normalize(whole(part, size))
            code = self.head(self.backbone(view))
            target = pixels(view)
            codes.append(code.float())
            error += float((self.decoder(code).float() - target).square().sum())
            plain += float((target - target.mean(dim=(2, 3), keepdim=True)).square().sum())
        dead = (torch.cat(codes).std(dim=0) < _DEAD).float().mean()
        return {"error_share": error / max(plain, 1e-12), "dead_units": float(dead)}

    def degenerate(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Patient.degenerate`."""
        found = []
        if report["error_share"] > _COLOR_ONLY:
            found.append(
                Alarm(
                    "mean-color-only",
                    f"What is drawn is {100 * report['error_share']:.0f} % as wrong as one even color would be: the "
                    "code tells the color of a photo and little else. Train longer, or raise the learning rate.",
                )
            )
        if report["dead_units"] > _MANY_DEAD:
            found.append(
                Alarm("dead-code", "Most of the code is the same for all photos. Lower the rate, or make it shorter.")
            )
        return found


def pixels(views: Tensor) -> Tensor:
    """Normalized views [B, 3, S, S] as they are to be drawn: float32[B, 3, 32, 32], 0 to 1."""
    mean, std = (constant(values, views.device).view(1, 3, 1, 1) for values in (MEAN, STD))
    return F.adaptive_avg_pool2d(views.float() * std + mean, SIDE).clamp(0, 1)
