"""Rows of published tables, measured again: one file a row, and the dict that names them all."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext

from .. import places
from . import (
    adapting,
    anime725,
    folders,
    methods,
    mnist600,
    names,
    scan_cifar10,
    scan_digits,
    scan_models,
    scan_photos,
    suggested_k,
    suggested_worlds,
    trials,
)
from .learning import cifar_trials, heads, pretexts, schultz
from .row import Bench, BudgetSpent, Row

_ALL: tuple[Row, ...] = (
    folders.ROW,
    methods.ROW,
    suggested_k.ROW,
    suggested_worlds.ROW,
    names.ROW,
    adapting.ROW,
    mnist600.ROW,
    anime725.ROW,
    trials.ROW,
    trials.LONG_ROW,
    cifar_trials.ROW,
    scan_cifar10.ROW,
    scan_digits.ROW,
    scan_photos.ROW,
    scan_models.ROW,
    pretexts.ROW,
    schultz.ROW,
    heads.ROW,
)
TIME_OVER = "the time is over; the same command goes on"
ROWS: dict[str, Row] = {row.name: row for row in _ALL}


def rows_named(name: str) -> list[Row]:
    """The row called ``name``, or all of them.

    Raises:
        UsageError: ``unknown-row``.
    """
    if name == "all":
        return list(ROWS.values())
    if name not in ROWS:
        raise UsageError("unknown-row", f"There is no row {name!r}.", f"Known: {', '.join(ROWS)}, all.")
    return [ROWS[name]]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a row.

    Attributes:
        row: that was asked for.
        measured: whether all of it is.
        why: it is not, in words; empty where it is.
    """

    row: Row
    measured: bool
    why: str = ""


def reproduce_within(rows: Sequence[Row], budget: float, measure: Callable[[Row, float], bool]) -> Iterator[Told]:
    """Measure one row after the other, the cheapest first, as far as the time goes.

    A row is begun when the time it takes by its own account is still there; dearer ones are left out, and so is one
    whose data is not here.

    Args:
        rows: of `ROWS`.
        budget: minutes for all of them; 0 = as long as it takes.
        measure: measures a row in so many minutes (0 = as long as it takes); returns whether it was finished.

    Yields:
        Each row once it is measured or passed over.
    """
    ends = time.monotonic() + 60 * budget if budget else math.inf
    for row in sorted(rows, key=lambda row: row.minutes):
        left = (ends - time.monotonic()) / 60
        if row.minutes > left or left <= 0:
            yield Told(row, False, f"left out: it takes about {row.minutes:.0f} min, {max(0.0, left):.0f} are left")
            continue
        try:
            done = measure(row, left if budget else 0.0)
        except UserError as error:
            yield Told(row, False, f"left out: {error}")
            continue
        yield Told(row, done, "" if done else TIME_OVER)


def reproduce(
    row: Row,
    ctx: JobContext,
    *,
    seeds: int = 5,
    minutes: float = 0.0,
    device: str | None = None,
    runs: Path = places.RUNS,
    results: Path = places.RESULTS,
) -> bool:
    """Measure a row; its figures are on disk as soon as they are known.

    Args:
        row: of `ROWS`.
        ctx: progress and cancelling.
        seeds: how many runs of everything that can be repeated.
        minutes: stop after so long, 0 = never; a later call goes on from the checkpoints.
        device: ``cpu`` or ``cuda``; by default CUDA where there is one.
        runs: where ``reproduce/NAME`` is made.
        results: folder of the files of figures.

    Returns:
        Whether it was finished; False when the time was over first.

    Raises:
        UsageError: ``no-cuda`` where CUDA is asked for and not there.
    """
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("no-cuda", "No GPU that torch can use was found.", "Leave --device out to train on the CPU.")
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    folder = runs / "reproduce" / row.name
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(row.name, folder, ctx, results=results, seeds=seeds, minutes=minutes, device=device)
    try:
        row.run(bench)
    except BudgetSpent:
        return False
    return True
