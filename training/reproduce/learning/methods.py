"""The methods that are compared: their configurations, their training one after the other, and their features."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop_app.engine.types import Float32Array

from ... import places
from ...config import Config, checked
from ...loop import train
from ...photos import cifar10
from ...photos.sources import first
from ...pretexts.base import Pretext
from ...runs.open import load_trained
from ...scan.mining import as_array, embed
from ...stored import stored_arrays
from ..labeled import effort
from ..row import Bench
from ..scan_controls import Data, named_pair
from ..trials import over

SHORT, PUBLISHED = (places.CONFIGS / "trials" / f"{name}.toml" for name in ("pretexts", "pretexts-gpu"))
RUNS = "pretexts"


@dataclass(frozen=True, slots=True)
class Plan:
    """A file of methods.

    Attributes:
        base: configuration that every method changes, beside the folder of the file.
        method: name -> settings, over those of ``base``; ``run`` of a ``start`` is the name of a method before it.
    """

    base: str
    method: dict[str, Any]


@cache
def configurations(path: Path) -> dict[str, Config]:
    """Name -> configuration of every method in a file, in its order, under seed 0.

    Raises:
        UsageError: as `checked`.
    """
    plan = checked(Plan, tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    base = tomllib.loads((path.parents[1] / plan.base).read_text(encoding="utf-8"))
    return {
        name: checked(Config, over(base, settings) | {"name": folder_name(name)}, f"{path.name}, {name}")
        for name, settings in plan.method.items()
    }


def folder_name(name: str) -> str:
    """What the files of something called so are called."""
    return re.sub(r"\W+", "-", name.lower())


def methods(bench: Bench) -> dict[str, Config]:
    """`configurations` of the short runs, or on a GPU of the published ones."""
    return configurations(PUBLISHED if bench.device.startswith("cuda") else SHORT)


def seeded(config: Config, seed: int) -> Config:
    """The configuration of a method under a seed: the run it begins with has the same seed."""
    start = config.start and dataclasses.replace(config.start, run=f"{folder_name(config.start.run)}-{seed}")
    return dataclasses.replace(config, name=f"{config.name}-{seed}", seed=seed, start=start)


def load(bench: Bench) -> Data:
    """The pictures of CIFAR-10 that methods are trained on, and all test pictures."""
    everything = cifar10.training_set(bench.folder.parents[1] / "cache")
    count = next(iter(methods(bench).values())).data.count or len(everything.labels)
    some = cifar10.Labeled(first(everything.photos, count), everything.labels[:count])
    words = f"CIFAR-10: the first {count:,} training pictures; scored on all 10,000 test pictures, from JPEG copies"
    return Data(some, cifar10.test_set_jpeg(), cifar10.test_set_lossless(), words)


@dataclass(frozen=True, slots=True)
class Learned:
    """A method that was trained.

    Attributes:
        config: of the run.
        folder: of the run.
        pretext: in eval mode.
        origin: further arguments of `Bench.record_all`.
        seen: photos it was shown, those of the run that it began with included.
    """

    config: Config
    folder: Path
    pretext: Pretext
    origin: dict[str, Any]
    seen: float


def learned(bench: Bench, data: Data, name: str, seed: int) -> Learned:
    """The method called ``name`` under ``seed``, trained or found trained, after the one that it begins with."""
    known = methods(bench)
    config = seeded(known[name], seed)
    seconds = epochs = 0.0
    if start := known[name].start:
        before = learned(bench, data, start.run, seed)
        seconds, epochs = before.origin["seconds"], before.origin["epochs"]
    folder = bench.folder.parent / RUNS / config.name
    train(config, data.train.photos, folder, bench.ctx, device=bench.device)
    origin = effort(folder, data.train.photos)
    origin |= {"epochs": origin["epochs"] + epochs, "seconds": origin["seconds"] + seconds}
    seen = origin["epochs"] * (len(data.train.labels) // config.batch * config.batch)
    return Learned(config, folder, load_trained(folder, bench.device), origin, seen)


def features(bench: Bench, data: Data, method: Learned) -> tuple[Float32Array, Float32Array]:
    """What the backbone makes of training and test pictures, computed once: float32[N, D] each."""
    path = method.folder / "features.npz"

    def seen(part: cifar10.Labeled) -> Float32Array:
        return as_array(embed(method.pretext, part.photos, cifar10.SIZE, bench.ctx)[0])

    pair = stored_arrays(path, lambda: named_pair(seen(data.train), seen(data.test)))
    return pair["bank"], pair["queries"]
