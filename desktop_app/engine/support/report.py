"""A report that a person can send to somebody: what runs here and what went wrong, without a path or a name of theirs.

Everything in it is either a figure, or chosen from words that the program itself brings along; see `redact`. Nothing
is sent anywhere: a report is a file, and the person decides.
"""

from __future__ import annotations

import contextlib
import io
import os
import platform
import shutil
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from desktop_app.engine import paths, settings, strict
from desktop_app.engine.computing.processor import processor_name, usable_cores
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.files import regular_file
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.support.redact import STAND_IN, log_lines, shipped_models
from desktop_app.engine.version import version
from desktop_app.engine.wording import data_size, display_path

CONTENTS = tr_noop(
    "It holds versions, processor, settings and the end of the log; no name of a folder or photo, and no path. "
    "Nothing was sent."
)
"""What is in a report, for whoever has just made one."""

_LOGS = ("window", "command-line")
_TAIL_BYTES, _TAIL_LINES = 200_000, 200
_CRASHES_KEPT = 20
_PACKAGES = (
    "PySide6-Essentials",
    "pyqtgraph",
    "onnxruntime",
    "onnxruntime-gpu",
    "numpy",
    "scipy",
    "scikit-learn",
    "Pillow",
)
_DECODERS = ("pi-heif", "rawpy")
_SAID_WHOLE = frozenset({"system", "onnxruntime", "HEIC", "RAW", "AVIF", "WebP", "runs on", "window"})
"""Findings of the doctor that are about no file; of others only whether they are in order."""
_HEAD = f"""\
Report of Kindred
For whoever helps you. No name of a folder or photo, and no path, is in it: {STAND_IN} stands for what was left out.
Read it before you give it away. Nothing was sent.
"""


def save(file: Path) -> None:
    """Write a report into a new file.

    Args:
        file: the place; a file that is there already is never replaced.

    Raises:
        UsageError: ``file-exists``.
        UserError: ``report-unwritable``.
    """
    text = _text((*_sections(), ("What doctor finds", _findings)))
    try:
        _write(file, text)
    except FileExistsError as error:
        message = tr("{file} is there already, and stays as it is.", file=display_path(file))
        raise UsageError("file-exists", message, tr("Choose another name.")) from error
    except OSError as error:
        message = tr("{file} could not be written: {why}.", file=display_path(file), why=error.strerror or error)
        raise UserError("report-unwritable", message, tr("Choose another place.")) from error


def save_crash(error: BaseException) -> Path | None:
    """Write a report of an unexpected error beside the log; the newest twenty are kept. Never raises.

    Returns:
        Where it lies; None where it could not be written.
    """
    try:
        lines = "".join(traceback.format_exception(error)).splitlines()
        text = _text((("What went wrong", lambda: log_lines(lines)), *_sections()))
        file = paths.log_dir() / time.strftime("crash-%Y-%m-%d-%H%M%S.txt")
        with contextlib.suppress(FileExistsError):  # one a second says enough
            _write(file, text)
        for old in sorted(file.parent.glob("crash-*.txt"))[:-_CRASHES_KEPT]:
            old.unlink(missing_ok=True)
    except Exception:  # noqa: BLE001 - whatever is wrong with the program may be wrong here, too
        return None
    return file


def crash_said(file: Path | None) -> str:
    """Where the report of an unexpected error lies, as a sentence."""
    if file is None:
        return tr("No report of it could be written.")
    return tr("A report without names of your photos lies in {file}; nothing was sent.", file=display_path(file))


def _write(file: Path, text: str) -> None:
    with file.open("x", encoding="utf-8", errors="backslashreplace") as stream:
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            file.unlink()  # ours, and half
            raise


Section = tuple[str, Callable[[], Iterator[str]]]


def _text(sections: tuple[Section, ...]) -> str:
    parts = [_HEAD]
    for title, lines in sections:
        parts.append(f"\n{title}\n")
        try:
            parts += [f"  {line}\n" for line in lines()]
        except Exception as error:  # noqa: BLE001 - what is broken is what the report is for
            parts.append(f"  not known: {type(error).__name__}\n")
    return "".join(parts)


def _sections() -> tuple[Section, ...]:
    logs = tuple((f"End of {face}.log", lambda face=face: _tail(face)) for face in _LOGS)
    return ("Versions", _versions), ("This computer", _computer), ("Settings", _settings), *logs


def _versions() -> Iterator[str]:
    yield f"Kindred {version()}{', frozen' if getattr(sys, 'frozen', False) else ''}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    for name in (*_PACKAGES, *_DECODERS):
        with contextlib.suppress(metadata.PackageNotFoundError):
            yield f"{name} {metadata.version(name)}"


def _computer() -> Iterator[str]:
    import onnxruntime

    yield f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield f"{processor_name()}, {usable_cores()} cores"
    yield f"onnxruntime offers {', '.join(onnxruntime.get_available_providers())}"
    for name, folder in (("cache", paths.cache_dir()), ("journals", paths.journal_dir())):
        with contextlib.suppress(OSError):
            yield f"free for {name}: {data_size(shutil.disk_usage(folder).free)}"
    yield f"KINDRED_HOME is {'set' if os.environ.get('KINDRED_HOME') else 'not set'}"


def _settings() -> Iterator[str]:
    try:
        current = settings.load()
    except UserError as error:
        yield f"cannot be followed: {error.code}"
        return
    for one in strict.declared(settings.Settings):
        value = getattr(current, one.name)
        yield f"{one.name} = {_shown(one, value)}{'' if value == one.default else ', changed'}"


def _shown(one: strict.Declared, value: object) -> str:
    """A value that the program brings along; how many there are of what a person typed."""
    from desktop_app.engine.clustering import CLUSTERERS

    if isinstance(value, tuple):
        return f"{len(value)} of a person's own"
    known = {*one.choices, *CLUSTERERS, *shipped_models(), one.default}
    return str(value) if isinstance(value, int) or value in known else STAND_IN


def _findings() -> Iterator[str]:
    from desktop_app.engine.doctor import examine

    shipped = {f"model {name}" for name in shipped_models()}
    for found in examine():
        name = f"model {STAND_IN}" if found.name.startswith("model ") and found.name not in shipped else found.name
        told = found.ok and found.name in _SAID_WHOLE and not {"/", "\\"} & set(found.text)
        text = found.text if told else ""
        yield f"{'ok' if found.ok else '!!'}  {name}{': ' if text else ''}{text}"


def _tail(face: str) -> Iterator[str]:
    """The last lines of a log; of one that is not there or cannot be read, that."""
    try:
        with regular_file(paths.log_dir() / f"{face}.log") as stream:
            size = stream.seek(0, io.SEEK_END)
            stream.seek(max(0, size - _TAIL_BYTES))
            lines = stream.read().decode("utf-8", "replace").splitlines()
    except OSError as error:
        yield f"none: {error.strerror}"
        return
    yield from list(log_lines(lines))[-_TAIL_LINES:]
