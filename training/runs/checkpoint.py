"""Checkpoints: written so that a crash or a full disk leaves the old one, read without executing anything."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from desktop_app.engine.errors import UserError

from ..config import completed
from ..files import replace_file

CHECKPOINT = "checkpoint.pt"
_FORMAT = "kindred-checkpoint-1"


def save_checkpoint(path: Path, state: dict[str, Any], config: dict[str, Any]) -> None:
    """Write ``state`` atomically.

    Args:
        path: of the checkpoint.
        state: tensors, and plain values and containers of both.
        config: `Config.identity` of the run, which a later call of `load_checkpoint` compares.

    Raises:
        UserError: ``checkpoint-not-written``; what was at ``path`` before is still there.
    """
    # Whole or not at all: hours of training hang on this file, and a full disk or a crash mostly strikes while writing.
    # The configuration goes in as text: reading with ``weights_only`` allows few types, and JSON is what it is compared
    # as.
    content = {"format": _FORMAT, "config": json.dumps(config, sort_keys=True), **state}
    replace_file(path, lambda out: torch.save(content, out), "checkpoint-not-written")


def load_checkpoint(path: Path, config: dict[str, Any] | None = None) -> dict[str, Any]:
    """Read a checkpoint on the CPU.

    Args:
        path: of the checkpoint.
        config: `Config.identity` of the run that is to go on; None where any will do.

    Returns:
        What `save_checkpoint` was given, ``config`` as JSON text.

    Raises:
        UserError: ``checkpoint-missing``, ``checkpoint-invalid``, ``checkpoint-from-another-config``.
    """
    if not path.exists():
        raise UserError("checkpoint-missing", f"There is no checkpoint {path}.")
    # What torch says about a file with code in it is how to run that code: not to be passed on.
    foreign = invalid(path)
    try:
        with warnings.catch_warnings(action="ignore"):
            # ``weights_only``: a pickle can run code, and checkpoints are passed around. On the CPU: what was trained
            # on a GPU is to be readable without one, and two copies of the weights need not fit into its memory.
            state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a boundary: a foreign file can fail anywhere inside the unpickler
        raise foreign from error
    if not isinstance(state, dict) or state.get("format") != _FORMAT:
        raise foreign
    if config is not None:
        # Both by way of JSON, which knows no tuples; both completed, so that a setting that is younger than the
        # checkpoint counts as what was done before there was a choice.
        try:
            stored = completed(json.loads(state["config"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise foreign from error
        wanted = completed(json.loads(json.dumps(config)))
        differing = sorted(key for key in stored.keys() | wanted.keys() if stored.get(key) != wanted.get(key))
        if differing:
            raise UserError(
                "checkpoint-from-another-config",
                f"{path} was trained with other values of: {', '.join(differing)}.",
                "Give the run another name, or remove its folder.",
            )
    return state


def invalid(path: Path) -> UserError:
    """The error of a checkpoint that does not hold what one of Kindred's does."""
    return UserError(
        "checkpoint-invalid",
        f"{path} is damaged, or no checkpoint of Kindred; nothing in it was executed.",
        "Remove it to begin again.",
    )


def trained_weights(state: Mapping[str, Any]) -> dict[str, Tensor]:
    """The weights a checkpoint stands for: the averaged backbone, and the rest of the pretext task as it is."""
    # Only the backbone is averaged: of most tasks it is all that an exported model keeps.
    averaged = {f"backbone.{key}": value for key, value in state["average"].items()}
    return {**state["pretext"], **averaged}
