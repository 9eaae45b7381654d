"""The person's settings: each declared once, with type, default, bounds and text.

What both faces say of a setting, `kindred settings` and the check of what a person typed follow from the declaration.

They live in ``settings.toml`` in the settings folder. A key or value that is not understood is an error naming file
and key, not a silent default: a setting that is not followed costs more than a message. A face that must start
anyway uses ``Settings()`` and shows the message.
"""

from __future__ import annotations

import dataclasses
import os
import tomllib
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal

from desktop_app.engine import paths
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.files import is_folder, regular_file, whole_file
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.strict import Declared, StrictError, UnknownKeyError, declared, limits, read
from desktop_app.engine.wording import display_path

FILE = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can choose and Kindred remembers; `declaration` tells the bounds and the text of each."""

    model: str = field(
        default="photos",
        metadata=limits(min_length=1, max_length=64, text=tr_noop("The model that turns pictures into numbers")),
    )
    device: Literal["auto", "cpu", "cuda"] = field(
        default="auto",
        metadata=limits(
            text=tr_noop(
                "Where the model runs: on an NVIDIA card that works, or else on the processor, unless you say where"
            ),
            words={
                "auto": tr_noop("Chosen by Kindred"),
                "cpu": tr_noop("Processor"),
                "cuda": tr_noop("NVIDIA card (CUDA)"),
            },
        ),
    )
    precision: Literal["auto", "int8", "float"] = field(
        default="auto",
        metadata=limits(
            text=tr_noop("Rounded numbers are several times faster on most processors; Kindred measures it once"),
            words={
                "auto": tr_noop("Chosen by Kindred"),
                "int8": tr_noop("Rounded (int8)"),
                "float": tr_noop("Exact (float)"),
            },
        ),
    )
    workers: int = field(
        default=0,
        metadata=limits(
            low=0,
            high=256,
            text=tr_noop("Pictures read at the same time; 0 is one for each core of the processor"),
            words={0: tr_noop("One for each core")},
        ),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=limits(max_length=1000, text=tr_noop("Patterns of files and folders to leave out, such as *.gif")),
    )
    method: str = field(
        default="kmeans",
        metadata=limits(pattern=r"[a-z0-9-]+", max_length=40, text=tr_noop("How photos are put into groups")),
    )
    suggest_names: Literal["on", "off"] = field(
        default="on",
        metadata=limits(
            text=tr_noop(
                "Names for groups that nobody named, from what their photos show, their dates and their folders"
            ),
            words={"on": tr_noop("Suggested"), "off": tr_noop("Numbers only")},
        ),
    )
    theme: Literal["system", "light", "dark"] = field(
        default="system",
        metadata=limits(
            text=tr_noop("Colors of the window"),
            words={"system": tr_noop("As the system"), "light": tr_noop("Light"), "dark": tr_noop("Dark")},
        ),
    )
    language: Literal["system", "en", "de"] = field(
        default="system",
        metadata=limits(
            text=tr_noop("Language of the window, from its next start on"),
            words={"system": tr_noop("As the system"), "en": tr_noop("English"), "de": tr_noop("Deutsch")},
        ),
    )


def declaration(name: str) -> Declared:
    """How a setting was declared.

    Raises:
        UsageError: ``unknown-setting``, naming those there are.
    """
    every = {one.name: one for one in declared(Settings)}
    if name not in every:
        message = tr("There is no setting called “{name}”.", name=name)
        raise UsageError("unknown-setting", message, tr("Choose one of: {names}.", names=", ".join(every)))
    return every[name]


def settings_file() -> Path:
    """Where the settings are kept; absent until something is saved."""
    return paths.config_dir() / FILE


def load() -> Settings:
    """Read the settings; the defaults where nothing was saved.

    Raises:
        UsageError: ``settings-invalid``, naming the file and the key or line; ``settings-unreadable``.
    """
    file = settings_file()
    try:
        with regular_file(file) as stream:
            return read(Settings, tomllib.loads(stream.read().decode("utf-8-sig")))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        if not is_folder(file.parent):
            return Settings()  # a home that is not this user's: whatever lies there was never said by them
        raise UsageError(
            "settings-unreadable",
            tr("The settings {file} cannot be read ({why}).", file=display_path(file), why=error.strerror),
            tr("Make it a file that may be read, or remove it for the defaults."),
        ) from error
    except (StrictError, ValueError, RecursionError) as error:
        # tomllib's and UTF-8's errors are ValueErrors; the latter speak of bytes and codecs.
        what = tr("it is no text in UTF-8") if isinstance(error, UnicodeDecodeError) else error
        todo = tr("Correct it, or delete the file for the defaults.")
        if isinstance(error, UnknownKeyError):
            todo = tr("A later version of Kindred may have written it: start that one, or delete the line.")
        raise UsageError("settings-invalid", f"{display_path(file)}: {what}.", todo) from error


def save(settings: Settings) -> None:
    """Write the settings whole or not at all; values equal to the default are left out.

    Raises:
        UsageError: ``settings-invalid`` for a value out of bounds.
        UserError: ``settings-unwritable``.
    """
    import tomli_w

    values = as_table(settings)
    try:
        read(Settings, values)
    except StrictError as error:
        raise UsageError("settings-invalid", f"{error}.") from error
    file = settings_file()
    try:
        with whole_file(file) as stream:
            tomli_w.dump(values, stream)
    except OSError as error:
        if refused := paths.refusal(file.parent):
            raise UserError("settings-unwritable", refused, tr(paths.ANOTHER_PLACE)) from error
        raise UserError(
            "settings-unwritable",
            tr("{file} could not be written: {why}.", file=display_path(file), why=error.strerror),
        ) from error


def set_aside() -> Path:
    """Rename the file, so that the defaults hold and nothing of it is lost; returns where it is now.

    Raises:
        UserError: ``settings-unwritable``.
    """
    file = settings_file()
    places = (file.with_name(f"{file.stem}.damaged-{number}{file.suffix}") for number in count(1))
    place = next(place for place in places if not os.path.lexists(place))
    try:
        return file.rename(place)
    except OSError as error:
        raise UserError(
            "settings-unwritable",
            tr("{file} could not be renamed: {why}.", file=display_path(file), why=error.strerror),
        ) from error


def as_table(settings: Settings) -> dict[str, Any]:
    """The values that differ from the defaults, as the file holds them."""
    values: dict[str, Any] = {}
    for one in dataclasses.fields(settings):
        value = getattr(settings, one.name)
        if value != one.default:
            values[one.name] = list(value) if isinstance(value, tuple) else value
    return values
