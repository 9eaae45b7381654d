"""What the command line prints, and how: UTF-8 always, progress on a terminal only, JSON on request."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.wording import duration


def use_utf8() -> None:
    """Print any file name on any terminal or pipe, whatever bytes it holds."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def is_read() -> bool:
    """Whether somebody may read what is printed: not where a desktop's menu started this program.

    Windows gives a program with a window no output at all; GLib tells a program that it was started by its menu entry
    (g_app_info_launch), and its number, since whatever it starts itself inherits the variable.
    """
    return sys.stderr is not None and os.environ.get("GIO_LAUNCHED_DESKTOP_FILE_PID") != str(os.getpid())


def say(text: str = "") -> None:
    """A line of the answer."""
    print(text)


def note(text: str) -> None:
    """A line about the work, beside the answer."""
    print(text, file=sys.stderr)


def say_json(value: Any) -> None:
    """The answer as one JSON document; bytes of names that are no UTF-8 read back exactly."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns aligned by width, numbers to the right."""
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    numeric = [all(str(row[i]).replace(".", "").lstrip("-").isdigit() for row in rows) for i in range(len(header))]
    for row in [header, *rows]:
        cells = [
            str(cell).rjust(width) if right else str(cell).ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        say("  ".join(cells).rstrip())


@contextmanager
def job() -> Iterator[JobContext]:
    """A job whose progress shows on a terminal and which Ctrl-C and SIGTERM cancel."""
    with _display() as listener:
        ctx = JobContext(listener)
        previous = {number: signal.signal(number, lambda *_: ctx.cancel()) for number in _stop_signals()}
        try:
            yield ctx
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def _stop_signals() -> tuple[signal.Signals, ...]:
    return (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _display() -> Iterator[Any]:
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    # Names of files stand in what is shown: [red] is no color there.
    words = (TextColumn("{task.description}", markup=False), TextColumn("{task.fields[status]}", markup=False))
    columns = (words[0], BarColumn(), words[1])
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, status="")

        def show(event: Progress) -> None:
            parts = [f"{event.done:,} of {event.total:,}" if event.total else f"{event.done:,}"]
            if event.seconds > 1 and event.done:
                parts.append(f"{event.rate:,.0f}/s" if event.rate >= 10 else f"{event.rate:.1f}/s")
                if event.seconds_left is not None:
                    parts.append(f"about {duration(event.seconds_left)} left")
            bar.update(
                task,
                description=event.text,
                completed=event.done,
                total=event.total or None,
                status=" · ".join(parts),
            )

        yield show
