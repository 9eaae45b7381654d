"""The networks that turn pictures into features, the ResNets with torchvision's key layout.

ResNet-18 comes with four stems. ``resnet18`` is torchvision's own (7x7 stride 2, 3x3 max-pool stride 2) for photos of
96 px and more. For small pictures, whose final map would shrink to a point, ``resnet18-cifar`` begins with a 3x3
convolution of stride 1, ``resnet18-s2`` with one of stride 2, and ``resnet18-stl`` with stride 1 and a 2x2 max-pool
padded by 1 (the network that SCAN uses on STL-10). ``-wN`` makes any of them N channels wide where 64 is the rule.

``cifarnet`` is made for pictures of 32 px and little time: a 2x2 convolution, then three times a pair of 3x3 ones with
a max-pool between, without shortcuts (after Jordan 2024, "94% on CIFAR-10 in 3.29 seconds on a single GPU").

``plain`` is four convolutions without BatchNorm, as small networks once were; ``tiny`` is for tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError

from .torchvision_compat import import_torchvision


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


@dataclass(frozen=True, slots=True)
class _Stem:
    """First convolution (side of its kernel, stride) and max-pool (kernel, stride, padding), and their min_size."""

    kernel: int
    stride: int
    pool: tuple[int, int, int] | None
    min_size: int


_STEMS = {
    "resnet18": _Stem(7, 2, (3, 2, 1), min_size=33),
    "resnet18-cifar": _Stem(3, 1, None, min_size=9),
    "resnet18-s2": _Stem(3, 2, None, min_size=17),
    "resnet18-stl": _Stem(3, 1, (2, 2, 1), min_size=16),
}
_WIDTHS = (16, 32, 48, 64)


def _resnet18(stem: _Stem, width: int) -> nn.Module:
    import_torchvision()
    from torchvision.models.resnet import BasicBlock, ResNet

    network: Any = ResNet(BasicBlock, [2, 2, 2, 2])
    network.fc = nn.Identity()
    if (stem, width) != (_STEMS["resnet18"], 64):
        network.conv1 = nn.Conv2d(3, width, stem.kernel, stem.stride, padding=stem.kernel // 2, bias=False)
        network.bn1 = nn.BatchNorm2d(width)
        network.maxpool = nn.MaxPool2d(*stem.pool) if stem.pool else nn.Identity()
        network.inplanes = width
        for number in range(4):
            # torchvision's argument for the width is for bottlenecks only; its method that makes a layer takes any.
            layer = network._make_layer(BasicBlock, width << number, 2, stride=min(number, 1) + 1)
            setattr(network, f"layer{number + 1}", layer)
        for module in network.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
    built: nn.Module = network
    return built


def _cifarnet(width: int) -> nn.Module:
    layers = _convolution(3, 24, 2, padding=0)
    for narrower, wider in pairwise((24, width, 4 * width, 4 * width)):
        # Pooled before BatchNorm, so that three quarters of what follows need not be computed.
        first, *rest = _convolution(narrower, wider, 3, padding=1)
        layers += [first, nn.MaxPool2d(2), *rest, *_convolution(wider, wider, 3, padding=1)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def _convolution(narrower: int, wider: int, kernel: int, padding: int) -> list[nn.Module]:
    return [
        nn.Conv2d(narrower, wider, kernel, padding=padding, bias=False),
        nn.BatchNorm2d(wider),
        nn.ReLU(inplace=True),
    ]


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


def _plain() -> nn.Module:
    layers: list[nn.Module] = []
    for narrower, wider in pairwise((3, 32, 64, 128, 128)):
        layers += [nn.Conv2d(narrower, wider, 3, stride=2, padding=1), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def _named(name: str, width: int) -> str:
    return name + (f"-w{width}" if width != 64 else "")


BACKBONES: dict[str, Backbone] = {
    _named(name, width): Backbone(partial(_resnet18, stem, width), 8 * width, stem.min_size)
    for name, stem in _STEMS.items()
    for width in _WIDTHS
} | {
    **{_named("cifarnet", width): Backbone(partial(_cifarnet, width), 4 * width, min_size=17) for width in _WIDTHS},
    "plain": Backbone(_plain, dim=128, min_size=17),
    "tiny": Backbone(_tiny, dim=16, min_size=5),
}


def last_map(backbone: nn.Module, images: Tensor) -> Tensor:
    """The map whose mean over places the features of a backbone are: float32[B, 3, S, S] -> float32[B, dim, H, W]."""
    for part in backbone.children():
        if isinstance(part, nn.AdaptiveAvgPool2d):
            break
        images = part(images)
    return images


def build_backbone(name: str, seed: int) -> nn.Module:
    """The network called ``name``, initialized from ``seed``: float32[B, 3, S, S] -> float32[B, dim].

    Raises:
        UsageError: ``unknown-backbone``.
    """
    if name not in BACKBONES:
        raise UsageError("unknown-backbone", f"There is no backbone {name!r}.", f"Known: {', '.join(BACKBONES)}.")
    torch.manual_seed(seed)
    return BACKBONES[name].build()
