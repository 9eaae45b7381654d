"""What a whole command costs, from its start to its end, with every process that it starts (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDRED = (sys.executable, "-c", "import sys; from desktop_app.cli import main; sys.exit(main(sys.argv[1:]))")
"""The command line; ``PYTHONPATH`` says of which checkout."""
_LOOK_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one command.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of the processor, of all its processes.
        memory: MiB, the most that its processes held together; a page that several share counts once.
        said: its standard output.
    """

    wall: float
    cpu: float
    memory: float
    said: str


class CommandFailed(Exception):
    """A command did not end with 0; holds what it said last."""


def cost(command: Sequence[str], *, environment: Mapping[str, str] | None = None, cwd: Path | None = None) -> Cost:
    """Run ``command`` to its end. Call it from one thread only: the processor's seconds are those of all children.

    Raises:
        CommandFailed: it ended with another code than 0.
    """
    before, began = os.times(), time.perf_counter()
    with subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peak))
        watcher.start()
        said, complained = process.communicate()
        wall = time.perf_counter() - began
        watcher.join()
    if process.returncode != 0:
        last = (complained or said).strip().splitlines()[-1:]
        raise CommandFailed(last[0] if last else f"exit code {process.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, peak[0], said)


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while sys.platform == "linux" and process.poll() is None:
        peak[0] = max(peak[0], sum(_held_mib(one) for one in _family(process.pid)))
        time.sleep(_LOOK_SECONDS)


def _family(process: int) -> list[int]:
    """A process and all that descend from it."""
    found = [process]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(word) for word in children.read_text(encoding="ascii").split()]
            except OSError:  # the thread has just ended
                continue
    return found


def _held_mib(process: int) -> float:
    """Proportional set size: what it shares with n - 1 others counts for an n-th."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
