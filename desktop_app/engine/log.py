"""The log: what happened and when, in files a person can read, send to somebody, or delete.

Every module logs to the standard library's logger of its own name. INFO tells figures (how many, how long, which model
and method), WARNING what went wrong. Paths stand at DEBUG only; ``KINDRED_LOG=debug`` in the environment asks for them.
"""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop_app.engine import paths
from desktop_app.engine.files import check_regular
from desktop_app.engine.version import version

_log = logging.getLogger(__name__)

_BYTES, _OLDER_FILES = 1_000_000, 3


def keep(face: str) -> Callable[[], None]:
    """Write the log into rotating files; where that is not possible, go without.

    Args:
        face: name of the file in `paths.log_dir`, one for each face.

    Returns:
        Ends the writing.
    """
    logger = logging.getLogger("desktop_app")
    handler = _handler(face)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.getLevelNamesMapping().get(os.environ.get("KINDRED_LOG", "").upper(), logging.INFO))
    _log.info("Kindred %s, Python %s, %s %s", version(), platform.python_version(), os.name, platform.machine())

    def end() -> None:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()

    return end


def _handler(face: str) -> logging.Handler:
    handler = _Files(
        paths.log_dir() / f"{face}.log",
        maxBytes=_BYTES,
        backupCount=_OLDER_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


class _Files(RotatingFileHandler):
    """A log that cannot be written, on a full disk say, must disturb neither the work nor the terminal."""

    def _open(self) -> TextIOWrapper:
        """Open the file, and nothing else of its name: a pipe would be waited for.

        Raises:
            OSError: it is a folder, pipe, socket or device, or the system does not give it.
        """
        with suppress(FileNotFoundError):
            check_regular(Path(self.baseFilename).stat())
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the line."""

    def close(self) -> None:
        """Drop what could not be written."""
        with suppress(OSError):
            super().close()
