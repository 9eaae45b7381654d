"""Short paired runs of equal time, which take turns, so that whatever else the machine does slows them alike.

On a CPU it is the time that a run itself was at work: by the clock on the wall, one whose turn meets another program's
busy minute would learn less than the rest.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from desktop_app.engine.models.card import load_card
from desktop_app.engine.paths import shipped_models_dir

from .. import places
from ..config import Config, DataConfig, checked, stored_config
from ..exporting.restore import run_or_model
from ..photos.data import PhotoArray, sourced_names
from ..photos.sources import load_source
from ..runs.checkpoint import CHECKPOINT
from ..runs.open import load_run
from .known_sources import source_figures
from .labeled import effort, folder_figures
from .row import Bench, BenchContext, BudgetSpent, Row
from .tables import Table, by_metric

TRIALS = places.CONFIGS / "trials" / "photos.toml"
LONG_TRIALS = places.CONFIGS / "trials" / "photos-long.toml"
_WORDS = "mean over the three labeled folders"
_TURN_SECONDS = 120.0  # taking a run up again costs seconds


@dataclass(frozen=True, slots=True)
class Round:
    """Trials that are compared with each other, by name, and the seeds that all of them are run with."""

    seeds: tuple[int, ...]
    trials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A file of trials.

    Attributes:
        base: configuration that every trial changes a little, beside the folder of the file.
        minutes: of each trial, see `own_time`.
        read_at: side in pixels at which the labeled folders are read.
        common: settings that all trials share, over those of ``base``.
        round: the rounds in their order.
        trial: name -> settings, over ``common``.
    """

    base: str
    minutes: float
    read_at: int
    common: dict[str, Any]
    round: tuple[Round, ...]
    trial: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judge:
    """What the trials of a file are scored by.

    Attributes:
        words: what figures are of, for the report; the number of the round follows.
        figures: bench, folder of a finished run, side in pixels at which pictures are read -> metric -> value.
    """

    words: str
    figures: Callable[[Bench, Path, int], dict[str, float]]


def load_plan(path: Path) -> tuple[Plan, dict[str, Any]]:
    """Read a file of trials, and the base configuration that it names.

    Raises:
        UsageError: as `checked`.
    """
    plan = checked(Plan, tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    return plan, tomllib.loads((path.parents[1] / plan.base).read_text(encoding="utf-8"))


def trial_config(plan: Plan, base: dict[str, Any], name: str, seed: int) -> Config:
    """The configuration of one trial: base, common settings, its own settings, the later over the earlier.

    A trial with ``start = "none"`` begins at random.
    """
    table = over(over(base, plan.common), plan.trial[name]) | {"name": f"{name}-{seed}".replace(" ", "-"), "seed": seed}
    if table.get("start") == "none":
        del table["start"]
    table["limits"] = {"epochs": 1_000_000, "minutes": plan.minutes}
    return checked(Config, table, f"trial {name}")


def over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """``below`` with the settings of ``above``, table by table; a table of another ``name`` replaces the whole."""
    merged = dict(below)
    for key, value in above.items():
        kept = merged.get(key)
        if isinstance(value, dict) and isinstance(kept, dict) and value.get("name") in (None, kept.get("name")):
            value = over(kept, value)
        merged[key] = value
    return merged


def _cache(bench: Bench) -> Path:
    """That of the runs which trials begin with: what a teacher makes of the photos takes longer than all trials."""
    return bench.folder.parents[1] / "cache"


def own_time(device: str) -> Callable[[], float]:
    """A timer in seconds: of this process alone on a CPU, as if all its threads had worked; on a GPU the usual one."""
    if device.startswith("cuda"):
        return time.monotonic
    threads = torch.get_num_threads()
    return lambda: time.process_time() / threads


def take_turns(bench: Bench, configs: dict[str, Config], photos: dict[str, PhotoArray]) -> None:
    """Train all of ``configs``, name -> configuration, two minutes each in turn, until the budget of each is spent.

    Args:
        bench: of the row.
        configs: name -> configuration.
        photos: name -> what it is trained on.

    Raises:
        BudgetSpent: the time of ``bench`` is over; the next call goes on.
    """
    from ..loop import train

    unfinished = dict(configs)
    while unfinished:
        for name, config in list(unfinished.items()):
            try:
                turn = BenchContext(bench.ctx, time.monotonic() + _TURN_SECONDS)
                folder, timer = bench.folder / config.name, own_time(bench.device)
                train(config, photos[name], folder, turn, device=bench.device, cache=_cache(bench), timer=timer)
                del unfinished[name]
            except BudgetSpent:
                bench.ctx.check()


def measure(bench: Bench, plan: Plan, judge: Judge, name: str, config: Config, photos: PhotoArray) -> None:
    """Score a finished trial and record it, together with how many photos it has seen."""

    def score() -> None:
        folder = bench.folder / config.name
        record = load_run(folder)[2]
        seen = record["step"] * config.batch
        bench.record_all(
            name,
            judge.figures(bench, folder, plan.read_at) | {"photos seen / 1000": seen / 1000},
            seed=config.seed,
            data=judge.words,
            data_hash=photos.data_hash,
            config=config.as_dict(),
            epochs=seen / len(photos.images),
            seconds=record["seconds"],
        )

    bench.once(name, config.seed, photos.data_hash, config.as_dict() | {"read_at": plan.read_at}, score)


def _measure_start(bench: Bench, plan: Plan, judge: Judge, folder: Path, photos: PhotoArray) -> None:
    """What the run is worth that trials begin with."""
    origin = effort(folder, photos)
    begun = origin | {"note": "what trials begin with"}

    def score() -> None:
        figures = judge.figures(bench, folder, plan.read_at)
        words = judge.words
        bench.record_all(f"before: {folder.name}", figures, seed=0, data=words, data_hash=photos.data_hash, **begun)

    settings = origin["config"] | {"read_at": plan.read_at, "epochs": origin["epochs"]}
    bench.once(f"before: {folder.name}", 0, photos.data_hash, settings, score)


def _photos(bench: Bench, data: DataConfig) -> PhotoArray:
    return load_source(data, bench.ctx, _cache(bench))


def _origin(bench: Bench, name: str) -> tuple[Path, PhotoArray]:
    """A run that trials begin with, made of the shipped model where it is not there, and what it was trained on."""
    runs = bench.folder.parents[1]
    if (runs / name / CHECKPOINT).exists():
        config = load_run(runs / name)[0]
    else:
        card = load_card(shipped_models_dir() / name)
        config = stored_config(card.provenance.config, f"{card.folder}/card.json")
    photos = _photos(bench, config.data)
    return run_or_model(name, runs, photos, bench.ctx, head=True), photos


def _on_folders(bench: Bench, folder: Path, read_at: int) -> dict[str, float]:
    return folder_figures(folder, read_at, bench.ctx)


def run_plan(bench: Bench, path: Path = TRIALS, judge: Judge = Judge(_WORDS, _on_folders)) -> None:
    """Every round of a file of trials; a round is measured when all its trials have had their time."""
    plan, base = load_plan(path)
    for number, this in enumerate(plan.round, start=1):
        of_round = Judge(f"{judge.words}; round {number}", judge.figures)
        for seed in this.seeds:
            _run_round(bench, plan, base, of_round, this.trials, seed)


def _run_round(
    bench: Bench, plan: Plan, base: dict[str, Any], judge: Judge, trials: tuple[str, ...], seed: int
) -> None:
    configs = {name: trial_config(plan, base, name, seed) for name in trials}
    loaded = {data: _photos(bench, data) for data in {config.data for config in configs.values()}}
    photos = {name: loaded[config.data] for name, config in configs.items()}
    names = sorted({Path(config.start.run).name for config in configs.values() if config.start})
    starts = [_origin(bench, name) for name in names]
    take_turns(bench, configs, photos)
    for run, seen in starts:
        _measure_start(bench, plan, judge, run, seen)
    for name, config in configs.items():
        measure(bench, plan, judge, name, config, photos[name])


ROW = Row(
    name="trials",
    title="What helps a trained network further",
    published=(),
    run=run_plan,
    needs="`photos`, the labeled folders, `teacher`, `models/`; 10 minutes a trial, 12 trials",
    minutes=120,
    about="Short runs that decided which method the shipped models were trained with.",
    tables=(
        Table(
            question="What lifts a network that SimCLR trained?",
            reading=(
                "Ten minutes each from the same network, taking turns on one core, so that only what was learned "
                f"differs; features as pooled, {_WORDS}. *Before* is that network."
            ),
            lines="trial",
            place=by_metric(("kNN5", "k-means ACC", "photos seen / 1000"), data=_WORDS),
            reference=("before: photos-simclr",),
            development=("all",),
        ),
        Table(
            question="What lifts a network that a teacher trained?",
            reading="Likewise, from the network that distillation had brought this far.",
            lines="trial",
            place=by_metric(("kNN5", "k-means ACC", "photos seen / 1000"), data=f"{_WORDS}; round 3"),
            reference=("before: photos",),
            development=("all",),
        ),
    ),
)


_LONG_METRICS = (
    *("kNN5, sources", "k-means ACC, sources", "kNN5, things", "kNN5, scenes"),
    *("kNN5", "k-means ACC", "photos seen / 1000"),
)


def _on_sources_too(bench: Bench, folder: Path, read_at: int) -> dict[str, float]:
    data = DataConfig("photos160", size=160)
    names = sourced_names(places.data() / data.source)
    sources = source_figures(folder, read_at, _photos(bench, data), names, bench.ctx)
    return sources | _on_folders(bench, folder, read_at)


def _run_long(bench: Bench) -> None:
    run_plan(bench, LONG_TRIALS, Judge(_WORDS, _on_sources_too))


LONG_ROW = Row(
    name="long-trials",
    title="What a long training of photos is to be made of",
    published=(),
    run=_run_long,
    needs="`photos160`, `photos`, the labeled folders, `teacher`, `models/`; 4 minutes a trial, 20 trials",
    minutes=120,
    about="Short runs that decided how the next `photos` is trained.",
    tables=tuple(
        Table(
            question=question,
            reading=(
                "Four minutes each from the same network under a fresh head, taking turns, the last quarter at 128 px; "
                "features as pooled. *Sources* are those of the photos themselves, whose labels nothing learns from: "
                f"where the thing counts, and where the scene does. kNN5 and k-means ACC alone are the {_WORDS}."
            ),
            lines="trial",
            place=by_metric(_LONG_METRICS, data=f"{_WORDS}; round {number}"),
            reference=("before: photos",),
            development=("all",),
        )
        for number, question in enumerate(("How is the student to be taught?", "From which photos?"), start=1)
    ),
)
