"""Another program, run to its end: what it prints comes line by line; cancelling ends it and all that it started."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, cast

from desktop_app.engine.job import JobContext

_POLL_SECONDS = 0.05


def run(command: Sequence[str], on_line: Callable[[str], None], ctx: JobContext) -> int:
    """Run a program and hand on what it prints.

    Args:
        command: the program and its arguments.
        on_line: called in this thread with each line of standard output and standard error, without its end. Whatever
            it raises ends the program.
        ctx: checked twenty times a second; the program is ended when it raises.

    Returns:
        The exit code; below 0 where a signal ended it.

    Raises:
        OSError: the program cannot be started.
        Cancelled: the person asked to stop; the program and what it started are gone.
    """
    ctx.check()
    process = _started(command)
    output = cast(IO[str], process.stdout)
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    # In a thread, since waiting for a pipe cannot be interrupted on every system.
    reading = threading.Thread(target=_read, args=(output, lines), name="program-output", daemon=True)
    reading.start()
    try:
        _hand_on(lines, on_line, ctx)
        while process.poll() is None:  # it may close its output and go on
            time.sleep(_POLL_SECONDS)
            ctx.check()
    finally:
        if process.returncode is None:
            _end_all(process)
        process.wait()
        reading.join()
        output.close()
    return process.returncode


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(os.environ, PYTHONIOENCODING="utf-8"),
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # a group of its own, so that all of it can be ended at once
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _read(output: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    for line in output:
        lines.put(line.rstrip())
    lines.put(None)


def _hand_on(lines: queue.SimpleQueue[str | None], on_line: Callable[[str], None], ctx: JobContext) -> None:
    while True:
        ctx.check()
        with contextlib.suppress(queue.Empty):
            line = lines.get(timeout=_POLL_SECONDS)
            if line is None:
                return
            on_line(line)


def _end_all(process: subprocess.Popen[str]) -> None:
    """Kill the program, which was not waited for yet (so its number is still its own), and all that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
