"""All image models of timm, with the preprocessing of the published weights that a tag names."""

from __future__ import annotations

import inspect
import math
import sys
from collections.abc import Callable
from typing import Any, Literal

from torch import nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.models.card import Preprocessing

from ..networks.torchvision_compat import import_torchvision
from .built import Built, known_interpolation
from .layouts import Tensors, Translate, densenet_names, resnet_names, same
from .weights import Weights

_RESIZES: dict[str, Literal["short-side", "squash", "pad"]] = {
    "center": "short-side",
    "squash": "squash",
    "border": "pad",
}


def _timm() -> Any:
    import_torchvision()
    import timm

    return timm


def names() -> list[str]:
    """All architectures, without tags."""
    return list(_timm().list_models())


def check_tag(name: str) -> None:
    """Refuse a tag that the architecture does not have.

    Raises:
        UsageError: ``unknown-architecture``, with the known tags.
    """
    base, dot, tag = name.partition(".")
    known = [key.partition(".")[2] for key in _timm().models.get_arch_pretrained_cfgs(base)]
    if dot and tag not in known:
        raise UsageError("unknown-architecture", f"timm's {base} has no weights {tag!r}.", f"Tags: {', '.join(known)}.")


def build(name: str, _: Weights, size: int | None) -> Built:
    """Build one for a checkpoint; see `architectures.Architecture.build`."""
    timm = _timm()
    published: Any = timm.models.get_pretrained_cfg(name)
    resizable = size is not None and published.fixed_input_size
    try:
        network = timm.create_model(
            name, pretrained=False, num_classes=0, **({"img_size": size} if resizable else {})
        ).eval()
    except (TypeError, ValueError, AssertionError, RuntimeError) as error:
        raise UsageError("size-unsupported", f"{name} cannot be built for {size} px: {error}") from error
    rule = timm.data.resolve_model_data_config(network)
    channels, height, width = rule["input_size"]
    if channels != 3 or height != width:
        raise UsageError(
            "preprocessing-unsupported",
            f"{name} takes {channels} channels of {height} x {width}; 3, square, are needed.",
        )
    side = size or width
    preprocessing = Preprocessing(
        _RESIZES[rule["crop_mode"]],
        max(side, math.floor(side / rule["crop_pct"])),
        known_interpolation(rule["interpolation"], name),
        "center",
        tuple(rule["mean"]),
        tuple(rule["std"]),
    )
    classifier = published.classifier or ()
    heads = (classifier,) if isinstance(classifier, str) else tuple(classifier)
    translations = (own_translation(name, network), same, resnet_names, densenet_names)
    notes = (*(f"timm says of these weights: {note}" for note in published.notes or ()), *_untold(name))
    return Built(network, side, preprocessing, translations, heads, notes)


def own_translation(name: str, network: nn.Module) -> Translate:
    """The function by which timm reads the original authors' layouts of this family (DINOv2, CLIP, ...)."""
    timm = _timm()
    module = sys.modules[timm.models.model_entrypoint(name.partition(".")[0]).__module__]
    found: Callable[..., Any] | None = getattr(module, "checkpoint_filter_fn", getattr(module, "_filter_fn", None))
    if found is None:
        return same
    translate, takes_network = found, len(inspect.signature(found).parameters) > 1

    def translated(tensors: Tensors) -> Tensors:
        try:
            return dict(translate(tensors, network) if takes_network else translate(tensors))
        except (KeyError, ValueError, RuntimeError, AttributeError, IndexError):
            return tensors  # it is written for whole checkpoints of its own family; others it may trip over

    return translated


def _untold(name: str) -> tuple[str, ...]:
    """Without a tag, whether other published weights of the architecture want another preprocessing."""
    timm = _timm()
    base, dot, _ = name.partition(".")
    if dot:
        return ()
    configs = timm.models.get_arch_pretrained_cfgs(base)
    rules = {key: str(timm.data.resolve_data_config(pretrained_cfg=one.to_dict())) for key, one in configs.items()}
    if len(set(rules.values())) < 2:
        return ()
    return (
        f"preprocessing is that of {next(iter(rules))}; others differ, name the one the file is: {', '.join(rules)}",
    )
