"""What a run leaves on disk beside its checkpoint: where it came from, its figures, its curves."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from desktop_app.engine.errors import UserError

from .. import places
from ..config import Config
from ..distributed import size
from ..files import explained, replace_file
from ..photos.data import PhotoArray
from ..speed import Speed

LOSS_COLUMNS = ("step", "epoch", "seconds", "size", "lr", "loss", "photos_per_second")
ALARM_COLUMNS = ("step", "epoch", "name", "text")
HEALTH_COLUMNS = (
    "step",
    "epoch",
    "feature_std",
    "effective_rank",
    "alignment",
    "uniformity",
    "retrieval",
    "eval_loss",
)
_CODE = "figures-not-written"
_RENAMED = {"pairs_per_second": "photos_per_second"}

# Figures are written while they are measured; that does not make the program another one.
_PROGRAM = (places.NAME, f":!{places.NAME}/results", f":!{places.NAME}/RESULTS.md")


def git_commit() -> str:
    """The commit of the checkout, ``-dirty`` appended when training's own files differ from it, or ``unknown``.

    An installed program has its version instead: the folder it lies in may belong to a repository of something else.
    """
    if places.CHECKOUT is None:
        return f"v{version('kindred')}"

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=places.CHECKOUT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    try:
        return git("rev-parse", "HEAD") + ("-dirty" if git("status", "--porcelain", *_PROGRAM) else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


class RunRecord:
    """The files of a run folder: ``run.json``, ``metrics.csv``, ``health.csv``, ``curves.png``, at need ``alarms.csv``.

    Rows of steps after ``step`` (work that a crash undid) are dropped. ``start`` tells whose weights the run
    began with, see `runs.start.load_start`; ``speed`` how its steps are computed. ``further`` are the
    task's own columns of the health report. With ``enabled`` false nothing is written.

    Raises:
        UserError: ``figures-not-written``, here and in the methods.
    """

    def __init__(
        self,
        folder: Path,
        config: Config,
        photos: PhotoArray,
        device: str,
        step: int,
        start: dict[str, Any] | None,
        speed: Speed,
        *,
        further: tuple[str, ...] = (),
        enabled: bool,
    ) -> None:
        self._folder = folder
        self._enabled = enabled
        self._health_columns = HEALTH_COLUMNS + further
        self._drawn_at = time.monotonic()
        if enabled:
            _write_origin(folder, config, photos, device, start, speed)
            _start_table(folder / "metrics.csv", LOSS_COLUMNS, step)
            _start_table(folder / "health.csv", self._health_columns, step)
            if (folder / "alarms.csv").exists():
                _start_table(folder / "alarms.csv", ALARM_COLUMNS, step)

    def loss(
        self, step: int, epoch: float, seconds: float, size: int, lr: float, loss: float, photos_per_second: float
    ) -> None:
        """Add a row to ``metrics.csv``."""
        self._add("metrics.csv", (step, epoch, seconds, size, lr, loss, photos_per_second))

    def health(self, step: int, epoch: float, report: Mapping[str, float]) -> None:
        """Add a row to ``health.csv``; redraw the curves if those on disk are a minute old."""
        self._add("health.csv", (step, epoch, *(report[column] for column in self._health_columns[2:])))
        if time.monotonic() - self._drawn_at > 60:
            self.draw()

    def alarm(self, step: int, epoch: float, name: str, text: str) -> None:
        """Add a row to ``alarms.csv``, which does not exist before the first."""
        if self._enabled:
            path = self._folder / "alarms.csv"
            if not path.exists():
                _start_table(path, ALARM_COLUMNS, step)
            with explained(path, _CODE), path.open("a", newline="", encoding="utf-8") as out:
                csv.writer(out).writerow([step, f"{epoch:.6g}", name, text])

    def figures(self) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
        """The rows of ``metrics.csv`` and of ``health.csv``."""
        return read_numbers(self._folder / "metrics.csv"), read_numbers(self._folder / "health.csv")

    def draw(self) -> None:
        """Write ``curves.png``."""
        if self._enabled:
            draw_curves(self._folder)
            self._drawn_at = time.monotonic()

    def _add(self, name: str, values: Sequence[float]) -> None:
        if self._enabled:
            path = self._folder / name
            with explained(path, _CODE), path.open("a", newline="", encoding="utf-8") as out:
                csv.writer(out).writerow([value if isinstance(value, int) else f"{value:.6g}" for value in values])


def _write_origin(
    folder: Path, config: Config, photos: PhotoArray, device: str, start: dict[str, Any] | None, speed: Speed
) -> None:
    import torch

    path = folder / "run.json"
    # A run that was resumed from newer code names every commit that had a part in it.
    commits = _commits(path) if path.exists() else []
    commit = git_commit()
    if commit not in commits:
        commits.append(commit)
    threads = f"{size()} x {torch.get_num_threads()} threads"
    record = {
        "config": config.as_dict(),
        "git_commits": commits,
        "data_hash": photos.data_hash,
        "photos": len(photos.images),
        "device": f"{torch.cuda.get_device_name()} x {size()}" if device == "cuda" else f"CPU, {threads}",
        "torch": torch.__version__,
        "start": start,
        "speed": dataclasses.asdict(speed),
    }
    text = json.dumps(record, indent=2) + "\n"
    replace_file(path, lambda out: out.write(text.encode()), _CODE)


def _commits(path: Path) -> list[str]:
    try:
        return [str(commit) for commit in json.loads(path.read_text(encoding="utf-8"))["git_commits"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UserError:
    return UserError("record-damaged", f"{path} is damaged.", "Move it away; the run goes on and begins a new one.")


def _start_table(path: Path, columns: tuple[str, ...], step: int) -> None:
    kept = [row for row in read_table(path) if float(row["step"]) <= step and step > 0]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(kept)
    replace_file(path, lambda out: out.write(text.getvalue().encode()), _CODE)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of ``metrics.csv``, ``health.csv`` or ``alarms.csv``; none when there is no file.

    Columns have today's names; a row that a full disk cut short is left out.

    Raises:
        UserError: ``record-damaged``.
    """
    if not path.exists():
        return []
    try:
        with path.open(newline="", encoding="utf-8") as source:
            table = csv.DictReader(source)
            rows = [row for row in table if None not in row.values()]
            if table.fieldnames and "step" not in table.fieldnames:
                raise ValueError("no table of steps")
            for row in rows:
                float(row["step"])
    except (OSError, ValueError, csv.Error) as error:
        raise _damaged(path) from error
    return [{_RENAMED.get(key, key): value for key, value in row.items()} for row in rows]


def alarm_names(folder: Path) -> list[str]:
    """The alarms that a run has raised, each once, in alphabetical order."""
    return sorted({row["name"] for row in read_table(folder / "alarms.csv")})


def read_numbers(path: Path) -> list[dict[str, float]]:
    """`read_table` as numbers; NaN in columns that are younger than the row."""
    return [{key: float(value or "nan") for key, value in row.items()} for row in read_table(path)]


def draw_curves(folder: Path) -> None:
    """Write ``curves.png`` from the CSV files of a run folder."""
    from matplotlib.figure import Figure

    loss, health = read_numbers(folder / "metrics.csv"), read_numbers(folder / "health.csv")
    figure = Figure(figsize=(12, 6))
    figure.subplots_adjust(left=0.05, right=0.99, bottom=0.08, top=0.95, wspace=0.22, hspace=0.3)
    panels = [("loss", loss), ("lr", loss), ("photos_per_second", loss), ("retrieval", health)]
    panels += [("effective_rank", health), ("feature_std", health), ("alignment", health), ("uniformity", health)]
    for axes, (column, rows) in zip(figure.subplots(2, 4).flat, panels, strict=True):
        axes.plot([row["step"] for row in rows], [row[column] for row in rows])
        axes.set_title(column.replace("_", " "))
        axes.locator_params(nbins=5)
        axes.ticklabel_format(scilimits=(-2, 4))
    figure.supxlabel("step")
    replace_file(folder / "curves.png", lambda out: figure.savefig(out, format="png", dpi=100), _CODE)
