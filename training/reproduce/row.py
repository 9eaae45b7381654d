"""What a reproduced row is, and the bench it works at: its folder, its time, its file of figures."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.engine.computing.processor import processor_name
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext

from .. import places
from ..runs.record import git_commit
from .figures import Measurement, key, read_results, write_results
from .tables import Table


@dataclass(frozen=True, slots=True)
class Published:
    """A figure from the literature.

    Attributes:
        metric: as in `Measurement`.
        value: as printed there, shares in percent.
        spread: its standard deviation, where one is given.
        source: paper and table, or repository.
        variant: of ours that it stands beside; every variant with that metric when empty.
        target: number in `reproduce.targets.TARGETS`, 0 where it is none of them.
    """

    metric: str
    value: float
    spread: float | None
    source: str
    variant: str = ""
    target: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a published table that the command `reproduce NAME` measures again.

    Attributes:
        name: key of `reproduce.ROWS`; also names the folder under ``runs/reproduce`` and the results file.
        title: in words.
        published: the figures to compare with; may be empty.
        run: does the work and records the figures.
        needs: data and hardware, with the time it takes, in words.
        minutes: that it takes about, on two CPU cores, with five seeds where it takes as many.
        about: what it is, for a reader of the report.
        tables: that show the figures there, a question each.
    """

    name: str
    title: str
    published: tuple[Published, ...]
    run: Callable[[Bench], None]
    needs: str
    minutes: float = 0.0
    about: str = ""
    tables: tuple[Table, ...] = ()


class BudgetSpent(Cancelled):
    """The time given with ``--budget`` is over; what was trained is in checkpoints."""


class BenchContext(JobContext):
    """A context that also stops work when the time is over, at the same points where a person can stop it."""

    def __init__(self, outer: JobContext, deadline: float = math.inf) -> None:
        super().__init__(lambda event: outer.progress(event.done, event.total, event.text), max_events_per_second=1e9)
        self._outer = outer
        self.deadline = deadline

    def check(self) -> None:
        """See `JobContext.check`; raises `BudgetSpent` after the deadline."""
        self._outer.check()
        if time.monotonic() > self.deadline:
            raise BudgetSpent


class Bench:
    """Where a row works: its folder, its time, and its file of figures.

    Args:
        row: name of the row.
        folder: ``runs/reproduce/NAME``: checkpoints and pictures; never committed.
        results: folder of the files of figures.
        seeds: how many runs of everything that can be repeated.
        minutes: budget; 0 = none.
        device: of training.
        ctx: progress and cancelling.
    """

    def __init__(
        self,
        row: str,
        folder: Path,
        ctx: JobContext,
        *,
        results: Path = places.RESULTS,
        seeds: int = 5,
        minutes: float = 0.0,
        device: str = "cpu",
    ) -> None:
        self.row = row
        self.folder = folder
        self.seeds = seeds
        self.device = device
        self.deadline = time.monotonic() + 60 * minutes if minutes > 0 else math.inf
        self.ctx: JobContext = BenchContext(ctx, self.deadline)
        self._path = results / f"{row}.json"
        self._commit = git_commit()
        self._recorded: list[Measurement] = []

    def seconds_left(self) -> float:
        """Until the budget is over; infinite without one."""
        return max(0.0, self.deadline - time.monotonic())

    def once(
        self, name: str, seed: int, data_hash: str, config: Mapping[str, Any], work: Callable[[], None]
    ) -> list[Measurement]:
        """Do a part of the row; where it has been done in this folder before, record the figures of then again.

        What was measured holds for the same configuration, data and seed, whatever the commit (figures tell which one
        measured them). To measure again, remove ``cache/figures-*.json``.

        Args:
            name: of the part, within the row.
            seed: of everything random in it.
            data_hash: of the pictures.
            config: all that the figures depend on besides; can be written as JSON.
            work: measures and records through this bench; stopped in its midst it has not been done.

        Returns:
            What ``work`` recorded, then or now, as it stands in the file of figures.
        """
        what = json.dumps([name, seed, config, data_hash], sort_keys=True)
        path = self.folder / "cache" / f"figures-{hashlib.blake2b(what.encode(), digest_size=8).hexdigest()}.json"
        if path.exists():
            self._write({key(m): m for m in read_results(path)})
        else:
            begun = len(self._recorded)
            work()
            write_results(path, list({key(m): m for m in self._recorded[begun:]}.values()))
        return read_results(path)

    def record(self, measurement: Measurement) -> None:
        """Write a figure into the row's file, in place of an earlier one of the same variant, metric and seed."""
        self._write({key(measurement): measurement})

    def record_all(
        self,
        variant: str,
        values: Mapping[str, float],
        *,
        seed: int,
        data: str,
        data_hash: str,
        config: Mapping[str, Any],
        epochs: float = 0.0,
        seconds: float = 0.0,
        note: str = "",
    ) -> None:
        """`record` several figures of one run, with the row, the device and the commit filled in."""
        device = hardware(self.device)
        measured = [
            Measurement(
                row=self.row,
                variant=variant,
                metric=metric,
                value=float(value),
                seed=seed,
                epochs=epochs,
                seconds=seconds,
                device=device,
                data=data,
                data_hash=data_hash,
                git_commit=self._commit,
                config=dict(config),
                note=note,
            )
            for metric, value in values.items()
        ]
        self._write({key(m): m for m in measured})

    def _write(self, measured: Mapping[tuple[str, str, int], Measurement]) -> None:
        self._recorded += measured.values()
        kept = {key(m): m for m in read_results(self._path)} | dict(measured)
        write_results(self._path, list(kept.values()))


def hardware(device: str) -> str:
    """What a figure was computed on, for people: the name of the GPU, or of the CPU with its number of threads."""
    import torch

    if device.startswith("cuda"):
        return torch.cuda.get_device_name()
    return f"{processor_name()}, {torch.get_num_threads()} threads"
