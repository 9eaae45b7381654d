"""Architectures by name, each with the preprocessing that its published weights were made for.

A name is looked up in this order; a library's name before it (``timm:resnet50``) asks that one alone:

1. ``torchvision``: its whole-image models, as in ``resnet50``.
2. ``timm``: all its models, with or without a tag, as in ``vit_base_patch32_clip_224.openai``. The tag tells which
   published weights the file holds, and with them the preprocessing; without one, timm's default is taken.
3. ``kindred``: this laboratory's ResNet-18s with the stems for small pictures, as in ``resnet18-stl``.

Nothing here opens a connection: networks are built with random weights, all of which `layouts.fit` replaces.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.engine.errors import UsageError
from desktop_app.engine.models.card import Preprocessing

from ..networks.backbones import BACKBONES, build_backbone
from ..photos.augment import MEAN, STD
from . import from_timm, from_torchvision
from .built import CIFAR_MEAN, CIFAR_STD, Built
from .layouts import resnet_names, same
from .weights import Weights


@dataclass(frozen=True, slots=True)
class Architecture:
    """A name that was found: ``str`` gives it with its library."""

    library: str
    name: str

    def __str__(self) -> str:
        return f"{self.library}:{self.name}"

    def build(self, weights: Weights, size: int | None) -> Built:
        """Build the network for a checkpoint.

        Args:
            weights: tell the stem of a ResNet and which published weights these are.
            size: side of the input in pixels where it is not to be the one the weights were published with.

        Raises:
            UsageError: ``size-unsupported``, ``preprocessing-unsupported``.
        """
        return _LIBRARIES[self.library][1](self.name, weights, size)


def find(name: str) -> Architecture:
    """Look an architecture up.

    Raises:
        UsageError: ``unknown-architecture``, with the nearest names; ``not-an-image-model``.
    """
    library, colon, plain = name.rpartition(":")
    places = [library] if colon else list(_LIBRARIES)
    names = {place: _LIBRARIES[place][0]() for place in places if place in _LIBRARIES}
    for place, known in names.items():
        if place == "timm" and plain.partition(".")[0] in known:
            from_timm.check_tag(plain)
            return Architecture(place, plain)
        if plain in known:
            return Architecture(place, plain)
    if "torchvision" in names and (kind := from_torchvision.other_task(plain)):
        raise UsageError(
            "not-an-image-model",
            f"{plain} is torchvision's model for {kind}; it gives no one vector for a picture.",
            "Name its backbone, or another whole-image model.",
        )
    every = [known for place in names.values() for known in place]
    near = difflib.get_close_matches(plain.partition(".")[0], every, n=5, cutoff=0.5)
    raise UsageError(
        "unknown-architecture",
        f"There is no image model {name!r} in {' or '.join(names or _LIBRARIES)}.",
        f"Near it: {', '.join(near)}." if near else "See the names in timm.list_models() or torchvision.models.",
    )


def _kindred_names() -> list[str]:
    return [name for name in BACKBONES if name.startswith("resnet18-")]


def _build_kindred(name: str, _: Weights, size: int | None) -> Built:
    cifar = name.startswith("resnet18-cifar")
    side = size or (32 if cifar else 96 if name.startswith("resnet18-stl") else 64)
    mean, std = (CIFAR_MEAN, CIFAR_STD) if cifar else (MEAN, STD)
    preprocessing = Preprocessing("short-side", side, "bilinear", "center", mean, std)
    note = (
        f"{side} px and {'CIFAR-10' if cifar else 'ImageNet'}'s mean and spread are customary for it, not in the file"
    )
    network = build_backbone(name, seed=0).eval()
    return Built(network, side, preprocessing, (same, resnet_names), ("fc",), (note,))


_LIBRARIES: dict[str, tuple[Callable[[], list[str]], Callable[[str, Weights, int | None], Built]]] = {
    "torchvision": (from_torchvision.names, from_torchvision.build),
    "timm": (from_timm.names, from_timm.build),
    "kindred": (_kindred_names, _build_kindred),
}
