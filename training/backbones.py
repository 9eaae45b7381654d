"""The networks that turn pictures into features, all with torchvision's ResNet key layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from desktop_app.engine.errors import UsageError
from training.torchvision_compat import import_torchvision


@dataclass(frozen=True, slots=True)
class Backbone:
    """An entry of `BACKBONES`.

    Attributes:
        build: makes the network, randomly initialized from torch's global generator.
        dim: length of its feature vector.
        min_size: smallest side in pixels whose final map is at least 2x2, as BatchNorm needs.
    """

    build: Callable[[], nn.Module]
    dim: int
    min_size: int


def _resnet18() -> nn.Module:
    import_torchvision()
    from torchvision.models import resnet18

    network: nn.Module = resnet18(weights=None)
    network.fc = nn.Identity()
    return network


def _tiny() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(inplace=True),
        nn.Conv2d(8, 16, 3, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(16),
        nn.ReLU(inplace=True),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
    )


BACKBONES: dict[str, Backbone] = {
    "resnet18": Backbone(_resnet18, dim=512, min_size=33),
    "tiny": Backbone(_tiny, dim=16, min_size=5),
}


def build_backbone(name: str, seed: int) -> nn.Module:
    """The network called ``name``, initialized from ``seed``: float32[B, 3, S, S] -> float32[B, dim].

    Raises:
        UsageError: ``unknown-backbone``.
    """
    if name not in BACKBONES:
        raise UsageError("unknown-backbone", f"There is no backbone {name!r}.", f"Known: {', '.join(BACKBONES)}.")
    torch.manual_seed(seed)
    return BACKBONES[name].build()
