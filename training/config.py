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
from desktop_app.engine.models.card import MAX_NAME, NAME_PATTERN

from . import places

T = TypeVar("T")

# Settings that a run may change when it goes on: where it ends, what it is called, how it is exported and recorded; and
# how its steps are computed, which its checkpoint itself remembers (`speed`).
_FREE = ("limits", "title", "description", "export", "checkpoint_minutes", "report_steps", "bf16", "channels_last")

# What numbers may be, for the fields of every table.
COUNT = strict.limits(low=1, high=1_000_000)
SOME = strict.limits(low=0, high=1_000_000)
SHARE = strict.limits(low=0, high=1)
POSITIVE = strict.limits(low=1e-6, high=1e6)
WEIGHT = strict.limits(low=0, high=1e6)


def rising(name: str, ends: tuple[float, float]) -> None:
    """Check a range that something is drawn from.

    Raises:
        UsageError: ``config-invalid``: its ends stand the wrong way round.
    """
    if ends[0] > ends[1]:
        raise UsageError("config-invalid", f"{name}: the smaller number comes first, not {list(ends)}.")


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
    size: int = field(default=96, metadata=strict.limits(low=4, high=4096))
    only: str = ""
    without: tuple[str, ...] = ()
    count: int = field(default=0, metadata=strict.limits(low=0))


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """How a view is drawn; the meaning of every number is torchvision's. Defaults: the general-photo set.

    ``rotate`` and ``shear`` are the largest angles in degrees, to either side. ``noise`` is the share of the views with
    noise over them, ``noise_strength`` the range of its standard deviation, where white is 1.
    """

    crop_scale: tuple[float, float] = field(default=(0.2, 1.0), metadata=SHARE)
    crop_ratio: tuple[float, float] = field(default=(0.75, 4 / 3), metadata=POSITIVE)
    flip: float = field(default=0.5, metadata=SHARE)
    rotate: float = field(default=0.0, metadata=strict.limits(low=0, high=180))
    shear: float = field(default=0.0, metadata=strict.limits(low=0, high=80))
    jitter: float = field(default=0.8, metadata=SHARE)
    brightness: float = field(default=0.4, metadata=WEIGHT)
    contrast: float = field(default=0.4, metadata=WEIGHT)
    saturation: float = field(default=0.4, metadata=WEIGHT)
    hue: float = field(default=0.1, metadata=strict.limits(low=0, high=0.5))
    gray: float = field(default=0.1, metadata=SHARE)
    gray_batch: float = field(default=0.0, metadata=SHARE)
    blur: float = field(default=0.0, metadata=SHARE)
    blur_sigma: tuple[float, float] = field(default=(0.1, 2.0), metadata=strict.limits(low=0, high=100))
    noise: float = field(default=0.0, metadata=SHARE)
    noise_strength: tuple[float, float] = field(default=(0.0, 0.15), metadata=strict.limits(low=0, high=10))

    def __post_init__(self) -> None:
        for name in ("crop_scale", "crop_ratio", "blur_sigma", "noise_strength"):
            rising(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """Optimizer and its schedule: linear warm-up over a share of the run, then ``decay``.

    ``name`` is ``adamw``, ``adam`` (weight decay as part of the gradient) or ``sgd``; ``decay`` is ``cosine`` (to zero)
    or ``none``.
    """

    name: Literal["adamw", "adam", "sgd"] = "adamw"
    lr: float = field(default=1e-3, metadata=WEIGHT)
    weight_decay: float = field(default=0.05, metadata=WEIGHT)
    momentum: float = field(default=0.9, metadata=strict.limits(low=0, high=0.9999))
    warmup: float = field(default=0.03, metadata=SHARE)
    decay: Literal["cosine", "none"] = "cosine"


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """When the run ends: after ``epochs``, or ``minutes`` of wall clock if those are over first (0 = no budget)."""

    epochs: int = field(metadata=SOME)
    minutes: float = field(default=0.0, metadata=WEIGHT)


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

    size: int = field(default=96, metadata=strict.limits(low=4, high=4096))
    whiten: int = field(default=256, metadata=COUNT)


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

    name: str = field(metadata=strict.limits(pattern=NAME_PATTERN, max_length=MAX_NAME))
    data: DataConfig
    limits: LimitsConfig
    pretext: dict[str, Any]
    title: str = ""
    description: str = ""
    seed: int = field(default=0, metadata=strict.limits(low=0, high=2**63 - 1))
    backbone: str = "resnet18"
    batch: int = field(default=256, metadata=strict.limits(low=2, high=1_000_000))
    resolutions: tuple[tuple[float, int], ...] = field(default=((0.0, 96),), metadata=strict.limits(low=0, high=4096))
    ema: float = field(default=0.99, metadata=strict.limits(low=0, high=0.999999))
    bf16: Literal[True, False, "probe"] = "probe"
    channels_last: Literal[True, False, "probe"] = "probe"
    checkpoint_minutes: float = field(default=5.0, metadata=WEIGHT)
    report_steps: int = field(default=1, metadata=COUNT)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    export: ExportConfig = field(default_factory=ExportConfig)
    start: StartConfig | None = None
    frozen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        starts = [start for start, _ in self.resolutions]
        if not starts or starts[0] != 0 or starts != sorted(starts) or starts[-1] > 1:
            raise UsageError("config-invalid", "resolutions must begin at share 0 and rise to 1 at most.")
        if self.frozen and self.start is None:
            raise UsageError("config-invalid", "frozen needs a start: at random, no part has anything to keep.")

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
        UsageError: ``config-missing``, ``config-unreadable``, ``config-not-toml``, or as `checked`.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError("config-missing", f"There is no configuration file {path}.") from None
    except OSError as error:
        raise UsageError("config-unreadable", f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError("config-not-toml", f"{path} is not TOML: {error}.") from None
    return checked(Config, table, path.name)
