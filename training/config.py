"""What a run is: typed configuration read from TOML, where an unknown key is an error."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from desktop_app.engine import strict
from desktop_app.engine.errors import UsageError

from . import places

T = TypeVar("T")

# Settings that a run may change when it goes on: where it ends, what it is called, how it is exported and recorded; and
# how its steps are computed, which its checkpoint itself remembers (`speed`).
_FREE = ("limits", "title", "description", "export", "checkpoint_minutes", "report_steps", "bf16", "channels_last")


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Which pictures: a folder under ``KINDRED_DATA`` (zip files or images), stored as squares of ``size`` pixels.

    Attributes:
        source: the folder.
        size: side in pixels.
        only: pattern such as ``flickr8k-*`` for the names of zip files or images; empty takes all.
        without: patterns of what is left out.
        count: take so many, from the beginning; 0 takes all.
    """

    source: str
    size: int = 96
    only: str = ""
    without: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """How a view is drawn; the meaning of every number is torchvision's. Defaults: the general-photo set.

    ``rotate`` and ``shear`` are the largest angles in degrees, to either side. ``noise`` is the share of the views with
    noise over them, ``noise_strength`` the range of its standard deviation, where white is 1.
    """

    crop_scale: tuple[float, float] = (0.2, 1.0)
    crop_ratio: tuple[float, float] = (0.75, 4 / 3)
    flip: float = 0.5
    rotate: float = 0.0
    shear: float = 0.0
    jitter: float = 0.8
    brightness: float = 0.4
    contrast: float = 0.4
    saturation: float = 0.4
    hue: float = 0.1
    gray: float = 0.1
    gray_batch: float = 0.0
    blur: float = 0.0
    blur_sigma: tuple[float, float] = (0.1, 2.0)
    noise: float = 0.0
    noise_strength: tuple[float, float] = (0.0, 0.15)


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """Optimizer and its schedule: linear warm-up over a share of the run, then ``decay``.

    ``name`` is ``adamw``, ``adam`` (weight decay as part of the gradient) or ``sgd``; ``decay`` is ``cosine`` (to zero)
    or ``none``.
    """

    name: Literal["adamw", "adam", "sgd"] = "adamw"
    lr: float = 1e-3
    weight_decay: float = 0.05
    momentum: float = 0.9
    warmup: float = 0.03
    decay: Literal["cosine", "none"] = "cosine"


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """When the run ends: after ``epochs``, or ``minutes`` of wall clock if those are over first (0 = no budget)."""

    epochs: int
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class StartConfig:
    """Another run whose weights this one begins with; see `runs.start.load_start`.

    Attributes:
        run: name of its folder, beside that of this run.
        fresh: prefixes of this run's own weights that stay as they were initialized, such as ``head.``.
        dropped: prefixes of the other run's weights that have no place here.
    """

    run: str
    fresh: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """The exported model: side of its input in pixels, length of its embedding (see `networks.whitening`)."""

    size: int = 96
    whiten: int = 256


@dataclass(frozen=True, slots=True)
class Config:
    """One run.

    Attributes:
        name: of the run and of the model it exports.
        resolutions: ``[share of the run, side in pixels]`` pairs: from that share on, views have that size.
        ema: decay per step of the averaged weights that are exported.
        bf16: autocast to bfloat16; ``probe`` tries on the machine at hand whether it is faster.
        channels_last: memory order NHWC; likewise.
        checkpoint_minutes: longest time between two checkpoints; one is also written after each health report.
        report_steps: health reports are made at the end of an epoch, about one in so many steps at most: where epochs
            are a few steps long, looking after each would take more time than training.
        pretext: ``name`` and the parameters of an entry of `PRETEXTS`.
        start: the run it begins with, where it does not begin at random.
        frozen: parts of the backbone, such as ``layer1``, that stay as they begin, or ``all``: on few cores, stages
            that learned long ago need not be paid for in every backward pass.
    """

    name: str
    data: DataConfig
    limits: LimitsConfig
    pretext: dict[str, Any]
    title: str = ""
    description: str = ""
    seed: int = 0
    backbone: str = "resnet18"
    batch: int = 256
    resolutions: tuple[tuple[float, int], ...] = ((0.0, 96),)
    ema: float = 0.99
    bf16: Literal[True, False, "probe"] = "probe"
    channels_last: Literal[True, False, "probe"] = "probe"
    checkpoint_minutes: float = 5.0
    report_steps: int = 1
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    export: ExportConfig = field(default_factory=ExportConfig)
    start: StartConfig | None = None
    frozen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        starts = [start for start, _ in self.resolutions]
        if not starts or starts[0] != 0 or starts != sorted(starts):
            raise UsageError("config-invalid", "resolutions must begin at share 0 and rise.")
        if self.frozen and self.start is None:
            raise UsageError("config-invalid", "frozen needs a start: at random, no part has anything to keep.")
        if self.batch < 2:
            raise UsageError("config-invalid", "batch must be at least 2: a contrast needs another picture.")

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON- and TOML-ready form."""
        return dataclasses.asdict(self)

    def identity(self) -> dict[str, Any]:
        """What a checkpoint must agree on to be resumed: all but what a run may change when it goes on."""
        return {key: value for key, value in self.as_dict().items() if key not in _FREE}


def completed(identity: dict[str, Any]) -> dict[str, Any]:
    """An identity as of today, from one read from JSON that may be older.

    Settings younger than it have their defaults, so a new setting's default must be what was done before it existed.
    """
    identity = {key: value for key, value in identity.items() if key not in _FREE}
    defaults = json.loads(json.dumps(Config("", DataConfig(""), LimitsConfig(0), {}).identity()))
    older = {
        key: default | identity.get(key, {}) if isinstance(default, dict) else identity.get(key, default)
        for key, default in defaults.items()
    }
    return identity | older


def checked(kind: type[T], table: object, where: str) -> T:
    """The dataclass ``kind`` from what a TOML or JSON file holds, see `strict.read`.

    Args:
        kind: of the result.
        table: as the parser gave it.
        where: it stands, for the message.

    Raises:
        UsageError: ``config-invalid``, naming the first key that is wrong.
    """
    try:
        return strict.read(kind, table)
    except strict.StrictError as error:
        raise UsageError("config-invalid", f"{where}: {error}.") from None


def stored_config(table: dict[str, Any], where: str) -> Config:
    """The configuration that `Config.as_dict` was made of, from a record, a card or a checkpoint; see `checked`."""
    # JSON says null where TOML leaves a key out.
    return checked(Config, {key: value for key, value in table.items() if value is not None}, where)


def shipped_config(name: str) -> Config:
    """The configuration that ships under ``name``, see `load_config`.

    Raises:
        UsageError: ``config-missing``.
    """
    path = places.CONFIGS / f"{name}.toml"
    if not path.exists():
        known = ", ".join(sorted(found.stem for found in places.CONFIGS.glob("*.toml")))
        raise UsageError(
            "config-missing", f"There is no configuration {name!r}.", f"Give a .toml file, or one that ships: {known}."
        )
    return load_config(path)


def load_config(path: Path) -> Config:
    """Read and check a configuration file.

    Raises:
        UsageError: ``config-missing``, ``config-not-toml``, or as `checked`.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError("config-missing", f"There is no configuration file {path}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError("config-not-toml", f"{path} is not TOML: {error}.") from None
    return checked(Config, table, path.name)
