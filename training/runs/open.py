"""Opening a run that was trained: its network, its whole pretext task, and what it has been through."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import torch
from torch import nn

from desktop_app.engine.errors import UserError

from ..config import Config, stored_config
from ..networks.backbones import build_backbone
from ..pretexts import build, in_words
from ..pretexts.base import OpenRun, Pretext
from .checkpoint import CHECKPOINT, load_checkpoint, trained_weights


def load_run(folder: Path) -> tuple[Config, nn.Module, dict[str, Any]]:
    """The configuration, the averaged network in eval mode and the record (``run.json``) of a run.

    Raises:
        UserError: ``run-missing``, or the errors of `runs.checkpoint.load_checkpoint`.
    """
    record, config, state = _read(folder)
    network = build_backbone(config.backbone, config.seed)
    network.load_state_dict(state["average"])
    return config, network.eval(), record | {"step": state["step"], "seconds": state["seconds"]}


def load_trained(folder: Path, device: str = "cpu", *, backbone_only: bool = False) -> Pretext:
    """The pretext task of a run as it was trained, with the averaged backbone, in eval mode.

    Args:
        folder: of the run.
        device: to move it to.
        backbone_only: whether nothing but its backbone will be used; of a run that was restored from a model, nothing
            else may have been trained.

    Raises:
        UserError: ``run-missing``, ``run-restored``, or as `runs.checkpoint.load_checkpoint`.
    """
    _, config, state = _read(folder)
    if state.get("untrained") and not backbone_only:
        raise UserError("run-restored", f"{folder} was made of a model, which has only the network of the run.")
    pretext = build(config)
    pretext.load_state_dict(trained_weights(state))
    pretext.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    return pretext.eval()


def opener(runs: Path) -> OpenRun:
    """What opens the runs in the folder ``runs`` by their names, for tasks that learn from other runs."""

    def open_run(name: str, device: str, *, backbone_only: bool = False) -> Pretext:
        return load_trained(runs / name, device, backbone_only=backbone_only)

    return open_run


def lineage(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The runs that a network goes back to, the first of them first: ``run``, ``steps``, ``seconds``, ``pretext``.

    Args:
        record: of the last one, see `load_run`.
    """
    config = record["config"]
    runs = [{"run": config["name"], "steps": record["step"], "seconds": round(record["seconds"])}]
    runs[0]["pretext"] = config["pretext"]
    start = record.get("start")
    while start:
        runs.append({"run": start["run"], "steps": start["step"]} | {key: start[key] for key in ("seconds", "pretext")})
        start = start["start"]
    return runs[::-1]


def stages(record: dict[str, Any]) -> str:
    """What a network has been through, in words, from its run's record: the tasks of all runs it goes back to."""
    tasks = groupby(in_words(run["pretext"]) for run in lineage(record))
    counted = [(words, len(list(runs))) for words, runs in tasks]
    return ", then ".join(f"{words} in {count} stages" if count > 1 else words for words, count in counted)


def _read(folder: Path) -> tuple[dict[str, Any], Config, dict[str, Any]]:
    """Record, configuration and checkpoint."""
    try:
        record: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError("run-missing", f"{folder} is no run: run.json cannot be read.") from error
    if not isinstance(record, dict) or not isinstance(record.get("config"), dict):
        raise UserError("run-missing", f"{folder} is no run: run.json tells no configuration.")
    config = stored_config(record["config"], f"{folder}/run.json")
    return record, config, load_checkpoint(folder / CHECKPOINT, config.identity())
