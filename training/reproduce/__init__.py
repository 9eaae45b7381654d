"""Rows of published tables, measured again: one file a row, and the dict that names them all."""

from __future__ import annotations

from pathlib import Path

from desktop_app.engine.errors import UsageError
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
    trials,
)
from .learning import heads, pretexts, schultz
from .row import Bench, BudgetSpent, Row

_ALL: tuple[Row, ...] = (
    folders.ROW,
    methods.ROW,
    suggested_k.ROW,
    names.ROW,
    adapting.ROW,
    mnist600.ROW,
    anime725.ROW,
    trials.ROW,
    trials.LONG_ROW,
    scan_cifar10.ROW,
    scan_digits.ROW,
    scan_photos.ROW,
    scan_models.ROW,
    pretexts.ROW,
    schultz.ROW,
    heads.ROW,
)
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
    """
    import torch

    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    folder = runs / "reproduce" / row.name
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(row.name, folder, ctx, results=results, seeds=seeds, minutes=minutes, device=device)
    try:
        row.run(bench)
    except BudgetSpent:
        return False
    return True
