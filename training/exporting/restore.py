"""A shipped model -> a run that others can begin with, where the run that made it is no longer at hand.

What training needs and a model folder lacks is made again: the exporter has folded BatchNorm into the convolutions, and
the head of the task was thrown away.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard, load_card
from desktop_app.engine.paths import shipped_models_dir
from desktop_app.engine.types import Float32Array

from ..config import Config, stored_config
from ..files import replace_file
from ..networks.backbones import build_backbone
from ..photos.data import PhotoArray
from ..pretexts import build
from ..pretexts.base import Source
from ..pretexts.distill import Distill
from ..runs.checkpoint import CHECKPOINT, save_checkpoint
from ..runs.open import opener
from .export import sample_inputs

_BATCH = 100
_FITTED = 20_000  # photos that a head is fitted to; with 4,000, its answers for others were worse by 0.1 in cosine
_LARGEST_DRIFT = 1e-3  # of the network's mean output
_WHOLE = {"distill": {"crops": 1, "places": 0.0}}
_FORMER = "backbone."


def run_or_model(name: str, runs: Path, photos: PhotoArray, ctx: JobContext, *, head: bool = False) -> Path:
    """The folder of a run; where it is not there, the shipped model of that name is made a run first.

    Args:
        name: of both.
        runs: folder of runs.
        photos: what it was trained on.
        ctx: progress and cancelling.
        head: as for `restore_run`.

    Raises:
        UserError: as `restore_run`, and what `load_card` raises.
    """
    folder = runs / name
    if not (folder / CHECKPOINT).exists():
        restore_run(load_card(shipped_models_dir() / name), folder, photos, ctx, head=head)
    return folder


def restore_run(card: ModelCard, folder: Path, photos: PhotoArray, ctx: JobContext, *, head: bool = True) -> Config:
    """Write the run that an exported model came from, as far as the model and its card tell, into ``folder``.

    Other runs can begin with it as with any other. It cannot be trained on itself: what the optimizer knew is lost.
    With ``head``, that of `Distill` is fitted again; that of any other task stays as it was initialized, which
    `load_start` refuses to take over.

    Args:
        card: of a model that this laboratory exported.
        folder: of the run; must not exist.
        photos: what the model was trained on.
        ctx: progress and cancelling.
        head: whether other runs are to begin with its head, too.

    Returns:
        The configuration of the run.

    Raises:
        UserError: ``run-exists``, ``checkpoint-from-other-data`` and ``model-not-restorable``.
    """
    if folder.exists():
        raise UserError("run-exists", f"{folder} is there already.", "Remove it, or restore into another folder.")
    figures = card.provenance.figures
    if figures.get("data_hash") != photos.data_hash:
        raise UserError("checkpoint-from-other-data", f"{card.folder} was trained on other photos than these.")
    config = stored_config(card.provenance.config, f"{card.folder}/card.json")
    backbone = restored_backbone(card, config, photos, ctx)
    # A head is fitted to whole photos: asking the teacher about crops, too, takes a multiple of the time.
    pretext = build(dataclasses.replace(config, pretext=config.pretext | _WHOLE.get(config.pretext["name"], {})))
    pretext.backbone.load_state_dict(backbone.state_dict())
    untrained = sorted(key for key in pretext.state_dict() if not key.startswith(_FORMER))
    if head and isinstance(pretext, Distill):
        pretext.prepare(photos, opener(folder.parent), folder.parent / "cache", ctx)
        generator = torch.Generator().manual_seed(config.seed)
        source = Source(photos.images, config.resolutions[-1][1], config.augment, generator)
        pretext.fit_head(source, min(len(photos.images), _FITTED), ctx)
        untrained = []
    *earlier, last = figures["stages"]
    start: dict[str, Any] | None = None
    for stage in earlier:
        start = {"run": stage["run"], "step": stage["steps"], "seconds": stage["seconds"], "start": start}
        start |= {"pretext": stage["pretext"], "data_hash": photos.data_hash, "weights": None}
    state = {
        "step": last["steps"],
        "seconds": float(last["seconds"]),
        "data_hash": photos.data_hash,
        "pretext": pretext.state_dict(),
        "average": backbone.state_dict(),
        "start": start,
        "untrained": untrained,
    }
    save_checkpoint(folder / CHECKPOINT, state, config.identity())
    record = {
        "config": config.as_dict(),
        "git_commits": [card.provenance.git_commit],
        "data_hash": photos.data_hash,
        "photos": figures["photos"],
        "device": figures["device"],
        "start": start,
        "restored_from": {"model": card.name, "onnx_sha256": card.onnx_sha256},
    }
    text = json.dumps(record, indent=2) + "\n"
    replace_file(folder / "run.json", lambda out: out.write(text.encode()), "figures-not-written")
    return config


@torch.no_grad()
def restored_backbone(card: ModelCard, config: Config, photos: PhotoArray, ctx: JobContext) -> nn.Module:
    """The network of an exported model with its BatchNorm layers unfolded, in eval mode.

    A folded layer computes ``w * x + b``. Any mean and variance that BatchNorm is given can be made up for by its shift
    and scale, so it is given those that the layer has on training photos, and goes on training as if it had never been
    folded. The length of a filter before BatchNorm changes nothing but how fast it learns: each gets the length that
    the filters of its layer have at initialization.

    Args:
        card: of the model.
        config: of its run.
        photos: to measure mean and variance on.
        ctx: progress and cancelling.

    Raises:
        UserError: ``model-not-restorable``: weights are missing or of another shape, or the network does not compute
            what the model does.
    """
    network = build_backbone(config.backbone, config.seed).eval()
    lengths = {name: _lengths(conv.weight).mean() for name, conv, _ in _layers(network)}
    stored = _weights(card)
    for name, conv, norm in _layers(network):
        weight, bias = stored.get(f"{name}.weight"), stored.get(f"{name}.weight_bias")
        if weight is None or bias is None or weight.shape != conv.weight.shape:
            raise _not_restorable(card, f"its layer {name} is not that of {config.backbone}")
        conv.weight.copy_(weight)
        for values, constant in ((norm.running_mean, 0.0), (norm.running_var, 1.0 - norm.eps), (norm.weight, 1.0)):
            assert values is not None
            values.fill_(constant)
        norm.bias.copy_(bias)

    _, inputs = sample_inputs(photos, card)
    before = _outputs(network, inputs)
    for name, mean, variance in _statistics(network, inputs, ctx):
        conv, norm = next((conv, norm) for own, conv, norm in _layers(network) if own == name)
        factor = lengths[name] / _lengths(conv.weight).clamp(min=1e-12)
        conv.weight.mul_(factor[:, None, None, None])
        assert norm.running_mean is not None
        assert norm.running_var is not None
        norm.running_mean.copy_(factor * mean)
        norm.running_var.copy_(factor.square() * variance)
        norm.weight.copy_((norm.running_var + norm.eps).sqrt() / factor)
        norm.bias.add_(mean)
    after = _outputs(network, inputs)
    drift = float((after - before).abs().mean() / before.abs().mean())
    if not drift < _LARGEST_DRIFT:
        raise _not_restorable(card, f"its features drift by {drift:.1e} of their mean")
    return network


def _outputs(network: nn.Module, inputs: Float32Array) -> Tensor:
    return torch.cat([network(part) for part in torch.split(torch.from_numpy(inputs), _BATCH)])


def _layers(network: nn.Module) -> list[tuple[str, nn.Conv2d, nn.BatchNorm2d]]:
    """Name of each convolution, it, and the BatchNorm behind it, which all our networks register next."""
    named = list(network.named_modules())
    norms = iter([module for _, module in named if isinstance(module, nn.BatchNorm2d)])
    return [(name, module, next(norms)) for name, module in named if isinstance(module, nn.Conv2d)]


def _lengths(weight: Tensor) -> Tensor:
    lengths: Tensor = torch.linalg.vector_norm(weight.detach().flatten(1), dim=1)
    return lengths


def _weights(card: ModelCard) -> dict[str, Tensor]:
    """Name inside the backbone -> float32 weights of an exported model."""
    graph = onnx.load_from_string(card.read_onnx("float")).graph
    return {
        tensor.name.removesuffix("_half").partition(".")[2]: torch.from_numpy(
            numpy_helper.to_array(tensor).astype(np.float32)
        )
        for tensor in graph.initializer
    }


def _statistics(network: nn.Module, inputs: Float32Array, ctx: JobContext) -> list[tuple[str, Tensor, Tensor]]:
    """Name of each convolution, and mean and variance of what it gives, per channel, over ``inputs``."""
    sums: dict[str, list[Tensor]] = {}

    def add(name: str, given: Tensor) -> None:
        values = given.double()
        moments = [values.sum(dim=(0, 2, 3)), values.square().sum(dim=(0, 2, 3)), torch.tensor(values[:, 0].numel())]
        sums[name] = [old + new for old, new in zip(sums[name], moments, strict=True)] if name in sums else moments

    hooks = [
        conv.register_forward_hook(lambda _, __, given, name=name: add(name, given))
        for name, conv, _ in _layers(network)
    ]
    for start in range(0, len(inputs), _BATCH):
        ctx.progress(start, len(inputs), "restoring")
        network(torch.from_numpy(inputs[start : start + _BATCH]))
    for hook in hooks:
        hook.remove()
    found = []
    for name, (total, squares, count) in sums.items():
        mean = total / count
        found.append((name, mean.float(), (squares / count - mean.square()).clamp(min=0).float()))
    return found


def _not_restorable(card: ModelCard, why: str) -> UserError:
    return UserError("model-not-restorable", f"{card.folder} cannot be trained on: {why}.")
