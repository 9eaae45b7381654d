"""Which command does what, and what goes with every one: its log, its settings, runs that were interrupted."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from desktop_app.cli import grouping, looking, organizing, terminal, upkeep
from desktop_app.cli.answers import OK
from desktop_app.cli.call import Call
from desktop_app.cli.models import models
from desktop_app.cli.terminal import note, say
from desktop_app.engine import log, paths, runs, screen
from desktop_app.engine import settings as settings_module
from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.version import version

_log = logging.getLogger(__name__)

NOTHING_BUNDLED = """\
Kindred is under the Apache License 2.0. This copy holds nothing of others: what it uses was installed beside it, each
package with its own licence."""


def say_version() -> int:
    """Print the version."""
    say(f"kindred {version()}")
    return OK


def say_licences() -> int:
    """Print the licences of all that this copy of the program consists of."""
    page = paths.licences_page()
    say(page.read_text(encoding="utf-8") if page.is_file() else NOTHING_BUNDLED)
    return OK


def run(options: argparse.Namespace) -> int:
    """Carry out one parsed command."""
    if options.command == "window":  # puts interrupted runs in order itself, and says so in the window
        return _window(options)
    with terminal.job() as ctx, ExitStack() as closing, _logged(options.command):
        if options.command not in _WITHOUT_SETTINGS:
            settings_module.load()  # one that is not followed costs more than a message
        writes = options.command in ("organize", "keywords") and not options.dry_run
        if writes or (options.command == "undo" and not options.list):
            runs.need_record()  # said before an hour of embedding, not after
        for report in runs.recover(ctx):
            note(report.text)
        forgets = runs.without_memory() if options.command != "doctor" else ""
        if forgets:
            note(forgets)
        return COMMANDS[options.command](Call(options, ctx, closing, bool(forgets)))


_WITHOUT_SETTINGS = frozenset({"doctor", "settings", "cache", "undo"})
"""Commands that mend what a broken settings file stands in the way of, and the way back of a person's photos."""


@contextmanager
def _logged(command: str) -> Iterator[None]:
    """Keep a log of a command; how it ended is the last line."""
    end = log.keep("command-line")
    try:
        _log.info("kindred %s", command)
        yield
        _log.info("kindred %s came to its end", command)
    except UserError as error:
        _log.warning("refused: %s", error.code)
        _log.debug("%s", error)
        raise
    except (Cancelled, BrokenPipeError) as error:
        _log.info("stopped: %s", type(error).__name__)
        raise
    except Exception:
        _log.exception("unexpected")
        raise
    finally:
        end()


def _window(options: argparse.Namespace) -> int:
    if options.folder is not None and terminal.is_read():
        runs.check_folder(options.folder)  # else the window says it
    if not screen.has_screen(sys.platform, os.environ):
        raise UsageError("no-screen", "There is no screen here to open a window on.", "Try: kindred groups FOLDER")
    try:
        from desktop_app.gui import main_window
    except ImportError as error:  # a library that Qt is linked with
        raise UsageError("no-window", *screen.why_no_window(os.environ, str(error))) from error

    try:
        chosen, trouble = settings_module.load(), None
    except UsageError as error:
        chosen, trouble = settings_module.Settings(), error  # said in the window: few start it where they could read it
    return main_window.run(options.folder, chosen, options.model, trouble)


COMMANDS: dict[str, Callable[[Call], int]] = {
    "index": looking.index,
    "elbow": looking.elbow,
    "groups": grouping.groups,
    "neighbors": looking.neighbors,
    "duplicates": looking.duplicates,
    "organize": organizing.organize,
    "keywords": organizing.keywords,
    "undo": organizing.undo,
    "export": grouping.export,
    "evaluate": looking.evaluate,
    "models": lambda call: models(call.options, call.ctx),
    "settings": lambda call: upkeep.settings(call.options),
    "cache": lambda call: upkeep.cache(call.options),
    "doctor": lambda call: upkeep.doctor(call.options),
}
