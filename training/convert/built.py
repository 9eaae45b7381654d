"""A network waiting for its weights, and what every library's models share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from torch import nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.models.card import Preprocessing

from .layouts import Translate

CIFAR_MEAN, CIFAR_STD = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)
Interpolation = Literal["box", "bilinear", "bicubic", "lanczos"]


@dataclass(frozen=True, slots=True)
class Built:
    """A network waiting for its weights.

    Attributes:
        network: in eval mode, without its classifier: float32[B, 3, size, size] -> pooled features float32[B, D].
        size: side of the input in pixels.
        preprocessing: how a picture becomes the input.
        translations: the layouts in which its weights are known to be kept.
        heads: names of the removed classifier's modules.
        notes: what was taken for granted, in plain words.
    """

    network: nn.Module
    size: int
    preprocessing: Preprocessing
    translations: tuple[Translate, ...]
    heads: tuple[str, ...]
    notes: tuple[str, ...] = ()


def known_interpolation(name: str, architecture: str) -> Interpolation:
    """The card's word for a way to resize.

    Raises:
        UsageError: ``preprocessing-unsupported``.
    """
    for known in get_args(Interpolation):
        if name == known:
            return known  # type: ignore[no-any-return]
    raise UsageError(
        "preprocessing-unsupported", f"{architecture} wants pictures resized by {name!r}, which a card cannot say."
    )
