"""Finds a network's weights in a checkpoint, whatever wrapper its author had around the network.

Every beginning of a key (``module.encoder_q.``, ``backbone.``, ``f.``) under which the network might lie is tried with
every way of naming its layers that is known here. What fits wholly is taken; the rest must be explained: as a head, as
another network in the file, or it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from desktop_app.engine.errors import UserError

from .weights import Weights

Tensors = dict[str, Tensor]
Translate = Callable[[Tensors], Tensors]
"""Renames (and reshapes) what one library or author calls otherwise; keys it does not know stay."""

_MAX_WRAPPERS = 4  # names before the network's own keys, as in ``module.model.backbone.``
_COUNTER = "num_batches_tracked"  # BatchNorm's, which evaluation never reads and old checkpoints lack
# Of two that fit: MoCo's and BYOL's slow copies give way to the trained network, DINO's student to its teacher.
_GIVES_WAY = ("encoder_k", "momentum", "target", "ema", "student")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the network's weights were found.

    Attributes:
        prefix: what stands before the network's keys in the file.
        state: the network's own keys -> tensors, all of them but BatchNorm's counters.
        dropped: what the file holds besides -> number of tensors: heads, queues, other networks.
        resized: keys whose tensors had to be interpolated, a transformer's positions for another input size.
    """

    prefix: str
    state: Tensors
    dropped: dict[str, int]
    resized: tuple[str, ...]


def same(tensors: Tensors) -> Tensors:
    """The layout of the network itself."""
    return tensors


def resnet_names(tensors: Tensors) -> Tensors:
    """ResNet's layers by torchvision's names, from a ``Sequential`` of them and from ``shortcut`` for ``downsample``.

    In a ``Sequential`` the layers are numbered as they stand: 0 and 1 are the stem's convolution and norm, and the
    four groups begin at 4, or at 3 where the max-pool was left out as for CIFAR.
    """
    first = 4 if any(key.startswith("7.0.") for key in tensors) else 3
    numbers = {"0": "conv1", "1": "bn1"} | {str(first + i): f"layer{i + 1}" for i in range(4)}
    found = {}
    for key, tensor in tensors.items():
        head, dot, rest = key.partition(".")
        found[(numbers.get(head, head) + dot + rest).replace(".shortcut.", ".downsample.")] = tensor
    return found


def densenet_names(tensors: Tensors) -> Tensors:
    """DenseNet's layers as they are named today: ``norm1`` where the published files still say ``norm.1``."""
    return {re.sub(r"(denselayer\d+\.(?:norm|conv))\.([12]\.)", r"\1\2", key): tensors[key] for key in tensors}


def fit(network: nn.Module, weights: Weights, translations: Sequence[Translate], heads: Sequence[str] = ()) -> Fit:
    """Find all of a network's weights in a checkpoint.

    Args:
        network: without its classifier.
        weights: the checkpoint.
        translations: ways to name the layers, tried in this order.
        heads: names of the removed classifier's modules; tensors under them may be left over.

    Raises:
        UserError: ``weights-missing-keys`` (also for other shapes), ``weights-left-over`` (layers that the network
            does not have), ``weights-ambiguous`` (several networks that fit), ``weights-not-finite``.
    """
    wanted = {key: tensor.shape for key, tensor in network.state_dict().items() if not key.endswith(_COUNTER)}
    complete: list[tuple[str, Tensors]] = []
    nearest: tuple[list[str], str, Tensors] | None = None
    for prefix, inside in _places(weights.tensors, len(wanted)).items():
        for translate in translations:
            found = translate(dict(inside))
            lacking = [key for key, shape in wanted.items() if key not in found or found[key].shape != shape]
            if nearest is None or len(lacking) < len(nearest[0]):
                nearest = lacking, prefix, found
            if not lacking:
                complete.append((prefix, found))
                break
    if not complete:
        raise _lacking(weights, wanted, nearest)
    prefix, found = _one(weights, complete)
    _refuse_foreign_layers(network, weights, found, wanted, heads)
    state = {key: found[key] for key in wanted}
    bad = [key for key, tensor in state.items() if tensor.is_floating_point() and not torch.isfinite(tensor).all()]
    if bad:
        raise UserError("weights-not-finite", f"{weights.path} holds infinite or undefined numbers in {_some(bad)}.")
    stored = {key: weights.tensors.get(prefix + key, tensor).numel() for key, tensor in state.items()}
    resized = tuple(key for key, tensor in state.items() if stored[key] != tensor.numel())
    return Fit(prefix, state, _dropped(weights.tensors, prefix, found, wanted), resized)


def _places(tensors: Tensors, wanted: int) -> dict[str, Tensors]:
    """Each beginning under which enough tensors lie for the network, shortest first -> what lies there."""
    places: dict[str, Tensors] = {"": tensors}
    for key, tensor in tensors.items():
        names = key.split(".")[:-1]
        for depth in range(1, min(len(names), _MAX_WRAPPERS) + 1):
            prefix = ".".join(names[:depth]) + "."
            places.setdefault(prefix, {})[key[len(prefix) :]] = tensor
    # Other layouts split what is one tensor here, or join what are several: half as many may still be all of them.
    return {prefix: inside for prefix, inside in places.items() if not prefix or 2 * len(inside) >= wanted}


def _one(weights: Weights, complete: list[tuple[str, Tensors]]) -> tuple[str, Tensors]:
    """The network to take, the unwrapped one first."""
    trained = [found for found in complete if not any(name in found[0] for name in _GIVES_WAY)] or complete
    if len(trained) > 1 and trained[0][0] != "":
        raise UserError(
            "weights-ambiguous",
            f"{weights.path} holds several networks that fit: {', '.join(prefix for prefix, _ in trained)}.",
            "Save the one that is meant alone.",
        )
    return trained[0]


def _lacking(
    weights: Weights, wanted: Mapping[str, torch.Size], nearest: tuple[list[str], str, Tensors] | None
) -> UserError:
    assert nearest is not None  # the file itself is always a place to look
    lacking, prefix, found = nearest
    shapes = [f"{key} is {_by(found[key].shape)}, not {_by(wanted[key])}" for key in lacking if key in found]
    absent = [key for key in lacking if key not in found]
    said = [f"{len(absent)} of {len(wanted)} weights are missing: {_some(absent)}"] if absent else []
    said += [f"{len(shapes)} have another shape: {_some(shapes)}"] if shapes else []
    where = f" under {prefix!r}" if prefix else ""
    return UserError(
        "weights-missing-keys",
        f"{weights.path} does not fit the architecture. Nearest{where}: {'; '.join(said)}.",
        f"The file's first keys: {_some(list(weights.tensors))}.",
    )


def _refuse_foreign_layers(
    network: nn.Module, weights: Weights, found: Tensors, wanted: Mapping[str, torch.Size], heads: Sequence[str]
) -> None:
    """A ResNet-18 finds all it wants in a ResNet-34: only what is left over inside its layers tells them apart."""
    learned = {name for name, child in network.named_children() if any(True for _ in child.parameters())}
    foreign = [
        key
        for key in found
        if key not in wanted
        and key.partition(".")[0] in learned
        and not key.endswith(_COUNTER)
        and not any(key.startswith(head + ".") for head in heads)
    ]
    if foreign:
        raise UserError(
            "weights-left-over",
            f"{weights.path} has {len(foreign)} weights inside the network that the architecture has not: "
            f"{_some(foreign)}.",
            "It belongs to a larger relative of the architecture named.",
        )


def _dropped(tensors: Tensors, prefix: str, found: Tensors, wanted: Mapping[str, torch.Size]) -> dict[str, int]:
    """What of the file was not used: name of the module -> number of tensors."""
    used = {id(found[key]) for key in wanted}
    extra = {key: tensor for key, tensor in found.items() if key not in wanted and not key.endswith(_COUNTER)}
    extra_ids = {id(tensor) for tensor in extra.values()}
    groups: dict[str, list[str]] = {}
    touched: set[str] = set()  # groups of which something was used
    for key, tensor in tensors.items():
        inside = key.removeprefix(prefix)
        group = inside if key.startswith(prefix) else key.removeprefix("module.")
        group = group.partition(".")[0]
        if id(tensor) in used or (key.startswith(prefix) and inside in wanted):
            touched.add(group)
        elif not key.endswith(_COUNTER):
            groups.setdefault(group, []).append(key)
    modules = []
    for group, keys in groups.items():
        if group in touched:  # a translation joins and reshapes tensors; what it gave back unasked was left out
            left = [key.removeprefix(prefix) for key in keys if id(tensors[key]) in extra_ids]
            modules += [key.rpartition(".")[0] or key for key in left]
        else:
            modules += [group] * len(keys)
    known = {id(tensor) for tensor in tensors.values()}
    modules += [key.rpartition(".")[0] or key for key, tensor in extra.items() if id(tensor) not in known]
    return {name: modules.count(name) for name in sorted(set(modules))}


def _by(shape: Sequence[int]) -> str:
    return "x".join(map(str, shape)) or "a number"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
