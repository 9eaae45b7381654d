"""Torchvision's whole-image models, with the preprocessing of the published weights that a file is.

Which of an architecture's published weights a file is tells its hash, whatever the file is called now. The layer that
names the classes is removed, and that one only: what goes into it are the features.
"""

from __future__ import annotations

from typing import Any

from torch import nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.models.card import Preprocessing

from ..networks.torchvision_compat import import_torchvision
from .built import CIFAR_MEAN, CIFAR_STD, Built, known_interpolation
from .layouts import Tensors, Translate, densenet_names, resnet_names, same
from .weights import Weights

_CLASSES = 7919  # a number of classes that no other layer has as its width: so the classifier is found
# What torchvision switches on together with these models' weights, and their second classifiers, off.
_WITH_WEIGHTS: dict[str, dict[str, Any]] = {
    name: {"transform_input": True, "aux_logits": False, "init_weights": False}
    for name in ("googlenet", "inception_v3")
}


def names() -> list[str]:
    """All that turn a picture into one vector."""
    import_torchvision()
    from torchvision import models

    return list(models.list_models(module=models))


def other_task(name: str) -> str | None:
    """What a model of that name that is not for whole images is for, None where there is none."""
    import_torchvision()
    from torchvision import models

    if name not in models.list_models():
        return None
    module: str = models.get_model_builder(name).__module__
    return module.split(".")[2].replace("_", " ")


def build(name: str, weights: Weights, size: int | None) -> Built:
    """Build one for a checkpoint; see `architectures.Architecture.build`."""
    from torchvision import models

    published = models.get_model_weights(name)
    entry = next((one for one in published if _made_of(weights, one.url)), None)
    notes = []
    if entry is None:
        entry = next(iter(published))
        notes.append(
            f"the file is none of torchvision's own and does not tell its preprocessing: that of {entry} is taken"
        )
    rule = entry.transforms()
    side = size or rule.crop_size[0]
    options: dict[str, Any] = {"num_classes": _CLASSES} | _WITH_WEIGHTS.get(name, {})
    if name.startswith("vit_"):
        options["image_size"] = side
    elif name == "maxvit_t":
        options["input_size"] = (side, side)
    try:
        network = models.get_model(name, weights=None, **options)
    except (ValueError, AssertionError) as error:
        raise UsageError("size-unsupported", f"{name} cannot take {side} px: {error}") from error
    heads = _remove_classifier(network)
    translations: list[Translate] = [same, densenet_names]
    preprocessing = Preprocessing(
        "short-side",
        max(side, side * rule.resize_size[0] // rule.crop_size[0]),
        known_interpolation(rule.interpolation.value, name),
        "center",
        tuple(rule.mean),
        tuple(rule.std),
    )
    if isinstance(network, models.ResNet):
        translations.append(resnet_names)
        if _small_stem(weights):
            network.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
            network.maxpool = nn.Identity()
            side = size or 32
            preprocessing = Preprocessing("short-side", side, "bilinear", "center", CIFAR_MEAN, CIFAR_STD)
            notes = [
                "its first convolution is 3x3, so it is taken for a network for CIFAR: stride 1, no max-pool, "
                f"{side} px, CIFAR-10's mean and spread; for SCAN's on STL-10 name resnet18-stl"
            ]
    elif name.startswith("vit_"):
        translations.append(_resized_positions(side, network.patch_size))
    return Built(network.eval(), side, preprocessing, tuple(translations), heads, tuple(notes))


def _made_of(weights: Weights, url: str) -> bool:
    """Whether a file is the one at ``url``, whose name ends with the beginning of its hash."""
    digits = url.rpartition("-")[2].partition(".")[0]
    return len(digits) >= 8 and weights.sha256.startswith(digits)


def _remove_classifier(network: nn.Module) -> tuple[str, ...]:
    """Put nothing in place of every layer that ends in `_CLASSES` values; returns their names."""
    heads = []
    for name, module in network.named_modules():
        if _CLASSES in (getattr(module, "out_features", 0), getattr(module, "out_channels", 0)):
            heads.append(name)
    for name in heads:
        parent, _, child = name.rpartition(".")
        setattr(network.get_submodule(parent), child, nn.Identity())
    return tuple(heads)


def _small_stem(weights: Weights) -> bool:
    """Whether the only convolution of a ResNet that reads colors is 3x3."""
    sides = {tensor.shape[-1] for tensor in weights.tensors.values() if tensor.ndim == 4 and tensor.shape[1] == 3}
    return sides == {3}


def _resized_positions(side: int, patch: int) -> Translate:
    """Torchvision's own interpolation of a vision transformer's positions to another input size."""
    from torchvision.models.vision_transformer import interpolate_embeddings

    key = "encoder.pos_embedding"

    def translate(tensors: Tensors) -> Tensors:
        if key not in tensors or tensors[key].ndim != 3:
            return tensors
        state: Tensors = dict(interpolate_embeddings(side, patch, dict(tensors)))
        return state

    return translate
