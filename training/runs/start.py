"""Beginning with another run's weights: none that was trained may be missing, left over or misshapen unless named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

from desktop_app.engine.errors import UserError

from .. import places
from ..config import StartConfig
from ..networks.weights import weights_hash
from ..pretexts.base import Pretext
from .checkpoint import load_checkpoint, trained_weights


def load_start(start: StartConfig, backbone: str, checkpoint: Path, pretext: Pretext) -> dict[str, Any]:
    """Give ``pretext`` the weights of the run ``start`` names: its averaged backbone, and all else as it was trained.

    Args:
        start: which weights need not agree.
        backbone: name of the network of ``pretext``; variants of ResNet differ in strides, which no weight shows.
        checkpoint: of the other run.
        pretext: changed in place.

    Returns:
        What ``run.json`` says about it: ``run``, ``step``, ``seconds``, ``data_hash``, ``weights`` (their hash),
        ``pretext`` and what that run had itself begun with, ``start``.

    Raises:
        UserError: ``start-does-not-fit`` naming every weight at fault, or as `load_checkpoint`.
    """
    if not checkpoint.exists():
        raise UserError(
            "checkpoint-missing",
            f"There is no checkpoint {checkpoint} to begin with.",
            "Train that run first, or make it of a shipped model: "
            f"{places.COMMAND} restore MODEL --run {checkpoint.parent}",
        )
    # Without a configuration to compare: that run may have had another task, size or data.
    state = load_checkpoint(checkpoint)
    theirs = trained_weights(state)
    own = pretext.state_dict()
    # All faults are gathered before anything is refused, and a prefix that fits nothing is one of them: a misspelled
    # name would leave weights at random, which costs quality and raises no error.
    faults = [f"no weight here begins with {p!r} (fresh)" for p in start.fresh if not _any(p, own)]
    faults += [f"no weight there begins with {p!r} (dropped)" for p in start.dropped if not _any(p, theirs)]
    taken = {key: value for key, value in theirs.items() if not key.startswith(start.dropped)}
    wanted = {key: value for key, value in own.items() if not key.startswith(start.fresh)}
    faults += [f"{key} is missing there" for key in sorted(wanted.keys() - taken.keys())]
    # What a run restored from a model never trained (its head) need not be dropped by name, but may not be taken over.
    untrained = set(state.get("untrained", ()))
    faults += [f"{key} has no place here" for key in sorted(taken.keys() - wanted.keys() - untrained)]
    for key in sorted(wanted.keys() & taken.keys()):
        if wanted[key].shape != taken[key].shape:
            faults.append(f"{key} is {tuple(taken[key].shape)} there and {tuple(wanted[key].shape)} here")
    faults += [f"{key} was never trained there" for key in sorted(wanted.keys() & taken.keys() & untrained)]
    # Shapes do not tell everything: variants of ResNet differ in strides and pooling.
    their_config = json.loads(state["config"])
    their_backbone = their_config.get("backbone")
    if their_backbone != backbone:
        faults.append(f"its backbone is {their_backbone}, not {backbone}")
    if faults:
        raise UserError(
            "start-does-not-fit",
            f"{checkpoint} cannot be the start of this run: {'; '.join(faults[:8])}{' ...' * (len(faults) > 8)}.",
            "Name what is to stay at random under start.fresh, and what is to be left behind under start.dropped.",
        )
    # Own weights first, theirs over them: what is fresh stays as the seed made it.
    pretext.load_state_dict(own | {key: taken[key] for key in wanted})
    pretext.started()
    # Kept by value, not by reference: the other run may be trained on, renamed or removed, and this one still says what
    # it was made of.
    return {
        "run": start.run,
        "step": state["step"],
        "seconds": round(state["seconds"]),
        "data_hash": state["data_hash"],
        "weights": weights_hash(theirs),
        "pretext": their_config["pretext"],
        "start": state.get("start"),
    }


def _any(prefix: str, keys: Mapping[str, Tensor]) -> bool:
    return any(key.startswith(prefix) for key in keys)
