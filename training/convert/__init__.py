"""Weights that others trained -> a model folder for the app: ONNX, card, the model's own preprocessing.

Nothing is downloaded and nothing in the file is run; see `weights`. Where the network's weights lie in the file is
found by `layouts`, which lets no weight stay random; what the network is and how it wants its pictures comes from
`architectures`.
"""

from __future__ import annotations

import dataclasses
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from desktop_app.engine.errors import ModelError, UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard, Provenance
from desktop_app.engine.models.onnx_safety import MAX_ONNX_BYTES

from ..exporting.packing import install, pack, refuse_name
from ..networks.card import draft_card
from ..runs.record import git_commit
from .architectures import Architecture, find
from .built import Built
from .layouts import Fit, fit
from .photos import made_inputs, photo_inputs
from .weights import Weights, read_weights

_SIZES = range(8, 1025)  # of a card's input
_MAX_DIM = 16384


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of a conversion.

    Attributes:
        card: of the model, where it now lies.
        dropped: what the file held besides the network -> number of tensors.
        notes: what was taken for granted, in plain words.
    """

    card: ModelCard
    dropped: dict[str, int]
    notes: tuple[str, ...]


def convert(
    architecture: str,
    weights: Path,
    models: Path,
    ctx: JobContext,
    *,
    name: str | None = None,
    size: int | None = None,
    calibrate: Path | None = None,
) -> Converted:
    """Convert a checkpoint into ``models/<name>``.

    Args:
        architecture: see `architectures` for how it is looked up.
        weights: a safetensors file, or one written by ``torch.save`` that holds plain data.
        models: folder of models.
        ctx: progress and cancelling.
        name: of the model; the architecture's, if not given.
        size: side of its input in pixels, where it is not to be that of the published weights.
        calibrate: folder of pictures to make the int8 form with; without it, the laboratory's photos if there are any.

    Raises:
        UsageError: an unknown architecture, an unsupported size, ``bad-name``, too few photos.
        UserError: what `read_weights` and `fit` raise.
        ModelError: ``model-exists``, ``model-too-large``, ``export-failed``, ``export-drift``.
    """
    found = find(architecture)
    name = name or _plain_name(found.name)
    refuse_name(name, models)
    if size is not None and size not in _SIZES:
        raise UsageError("size-unsupported", f"{size} px is out of range: {_SIZES.start} to {_SIZES.stop - 1}.")
    ctx.progress(0, 4, "reading weights")
    read = read_weights(weights)
    built = found.build(read, size)
    fitted = fit(built.network, read, built.translations, built.heads)
    if fitted.resized:
        note = f"interpolated from another input size to {built.size} px: {', '.join(fitted.resized)}"
        built = dataclasses.replace(built, notes=(*built.notes, note))
    _put(built.network, fitted)
    draft = _draft(found, name, read, built)
    ctx.progress(1, 4, "converting")

    photos = photo_inputs(calibrate, draft, ctx)
    calibration, inputs = photos if photos else (None, made_inputs(draft))
    ctx.progress(2, 4, "converting")
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".converting-") as scratch:
        folder = Path(scratch) / name
        folder.mkdir()
        try:
            card, overlap = pack(built.network, draft, folder, inputs, calibration)
        except torch.onnx.OnnxExporterError as error:
            reason = str(error).strip().splitlines()[0][:300]
            raise ModelError("export-failed", f"{found} cannot be written as ONNX: {reason}") from error
        ctx.progress(3, 4, "converting")
        card = dataclasses.replace(card, provenance=_provenance(found, read, built, fitted, overlap))
        card = install(card, models)
    ctx.progress(4, 4, "converting")
    return Converted(card, fitted.dropped, built.notes)


def _plain_name(architecture: str) -> str:
    return re.sub(r"([._-])[._-]+", r"\1", architecture.lower())


@torch.no_grad()
def _put(network: nn.Module, fitted: Fit) -> None:
    """Copy the weights in. `fit` has seen to it that all are there and have the right shape."""
    own = network.state_dict()
    for key, tensor in fitted.state.items():
        own[key].copy_(tensor)


def _draft(architecture: Architecture, name: str, weights: Weights, built: Built) -> ModelCard:
    stored = sum(2 * tensor.numel() for tensor in built.network.state_dict().values())
    if stored > MAX_ONNX_BYTES:
        raise ModelError(
            "model-too-large",
            f"{architecture} needs {stored >> 20} MiB in half precision; a model may have {MAX_ONNX_BYTES >> 20}.",
            "Take a smaller relative.",
        )
    return draft_card(
        name,
        built.size,
        _dim(architecture, built),
        title=f"{architecture.name}, converted"[:200],
        description=(
            f"Weights that others trained, converted from {weights.path.name}: the pooled features of "
            f"{architecture.name} at {built.size} px, its classifier removed."
        ),
        preprocessing=built.preprocessing,
        licence=(
            f"Not the Kindred project's: the licence and terms are those under which {weights.path.name[:200]} was "
            "obtained. Look there before using or passing on this model."
        ),
    )


@torch.no_grad()
def _dim(architecture: Architecture, built: Built) -> int:
    try:
        features: Any = built.network(torch.zeros(1, 3, built.size, built.size))
    except (RuntimeError, AssertionError, ValueError, TypeError) as error:
        reason = str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
        raise UsageError("size-unsupported", f"{architecture} does not take {built.size} px: {reason}") from error
    if not isinstance(features, torch.Tensor) or features.ndim != 2 or not 0 < features.shape[1] <= _MAX_DIM:
        given = tuple(features.shape) if isinstance(features, torch.Tensor) else type(features).__name__
        raise UsageError(
            "not-an-image-model", f"{architecture} gives {given} for a picture, not one vector of at most {_MAX_DIM}."
        )
    return int(features.shape[1])


def _provenance(
    architecture: Architecture, weights: Weights, built: Built, fitted: Fit, overlap: float | None
) -> Provenance:
    file = f"{weights.path.name} (SHA-256 {weights.sha256})"
    return Provenance(
        data=f"not in the file: the training data of {file} are those its own authors name",
        method=(
            f"converted from {file}, architecture {architecture}, whose licence and training data are the file's own; "
            "not trained by this project"
        ),
        config={
            "architecture": str(architecture),
            "weights": weights.path.name,
            "weights_sha256": weights.sha256,
            "nested_under": list(weights.nest),
            "key_prefix": fitted.prefix,
            "left_out": fitted.dropped,
            "notes": list(built.notes),
        },
        seed=0,
        git_commit=git_commit(),
        figures=(
            {"int8": "not made: no photos to calibrate with"}
            if overlap is None
            else {"int8_neighbor_overlap_at_10": round(overlap, 4)}
        ),
    )
