"""Figures of reproduced rows, and the files they stand in: ``results/NAME.json``, written as they are measured."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.engine.errors import UserError

from ..config import checked
from ..files import replace_file


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure of one run of ours.

    Attributes:
        row: name of the row.
        variant: what was done: method, features, data where they differ within the row.
        metric: name of the figure.
        value: shares in percent.
        seed: of everything random in it.
        epochs: of training behind it; 0 where nothing was trained.
        seconds: of training, on ``device``.
        device: `hardware` it ran on.
        data: what it was measured on, in words.
        data_hash: of the pictures.
        git_commit: of the program.
        config: the run's configuration, or the parameters that matter.
        note: what a reader has to know to compare it.
    """

    row: str
    variant: str
    metric: str
    value: float
    seed: int
    epochs: float
    seconds: float
    device: str
    data: str
    data_hash: str
    git_commit: str
    config: dict[str, Any]
    note: str = ""


def read_results(path: Path) -> list[Measurement]:
    """The measurements of a results file; none where there is no file.

    Raises:
        UserError: ``results-invalid``.
    """
    if not path.exists():
        return []
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return [
            checked(Measurement, origin | {"metric": metric, "value": value}, path.name)
            for run in stored["runs"]
            for origin in [_without(run, "figures") | {"config": stored["configs"][run["config"]]}]
            for metric, value in run["figures"].items()
        ]
    except (ValueError, KeyError, TypeError, AttributeError, UserError) as error:
        raise UserError(
            "results-invalid",
            f"{path} is damaged, or no file of figures ({error}).",
            "Bring back an earlier copy of it, or move it away and measure again.",
        ) from error


def write_results(path: Path, measurements: list[Measurement]) -> None:
    """Write a results file: one line a run with all its figures; each configuration once, under a hash of it.

    Args:
        path: replaced as a whole.
        measurements: values are kept to four decimals.
    """
    configs: dict[str, Any] = {}
    runs: dict[str, dict[str, float]] = {}
    for m in measurements:
        text = json.dumps(m.config, sort_keys=True)
        name = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
        configs[name] = m.config
        origin = _without(dataclasses.asdict(m), "metric", "value") | {"config": name}
        runs.setdefault(json.dumps(origin, ensure_ascii=False), {})[m.metric] = round(m.value, 4)
    named = [f"{json.dumps(name)}: {json.dumps(config, ensure_ascii=False)}" for name, config in configs.items()]
    lines = [json.dumps(json.loads(run) | {"figures": figures}, ensure_ascii=False) for run, figures in runs.items()]
    body = '{{"configs": {{\n{}\n}},\n"runs": [\n{}\n]}}\n'.format(",\n".join(named), ",\n".join(lines))
    replace_file(path, lambda out: out.write(body.encode()), "results-not-written")


def _without(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def key(measurement: Measurement) -> tuple[str, str, int]:
    """What makes a figure another one; a later one of the same key takes its place."""
    return measurement.variant, measurement.metric, measurement.seed
