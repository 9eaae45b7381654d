"""A program that has everything loaded and forks a child for each organizing job, so that a kill costs milliseconds.

Each child stops itself before it begins, so that a tracer can take hold of it first.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize import context
from desktop_app.engine.organize.disk.disk import DISK
from desktop_app.engine.organize.running import transfer
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from tests.helpers.disks import cut_power
from tests.helpers.faulty_disk import FaultyDisk
from tests.helpers.sample_library import SampleLibrary

REPORTED, USER_ERROR, CRASHED = 0, 10, 11


class ForkServer:
    """The tests' side."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.fork_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def prepare(self, job: str, journals: Path, plan: Path | None = None, **options: Any) -> int:
        """Fork a child for ``job`` (``apply``, ``undo`` or ``recover``); it is stopped. Returns its process id.

        Options: ``die_at``, number of the call at which to die; ``cut``, folders of the disks whose power goes then.
        """
        request = {"job": job, "journals": str(journals), "plan": str(plan or ""), **options}
        return int(self._ask(json.dumps(request)))

    def finish(self) -> int:
        """Wait for the child: its exit code, or minus the signal that killed it."""
        return int(self._ask("wait"))

    def run(self, job: str, journals: Path, plan: Path | None = None, **options: Any) -> int:
        """The whole of it."""
        os.kill(self.prepare(job, journals, plan, **options), signal.SIGCONT)
        return self.finish()

    def _ask(self, line: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@contextlib.contextmanager
def plan_file(plan: Any) -> Iterator[Path]:
    """A plan on its way to a child."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan"
        path.write_bytes(pickle.dumps(plan))
        yield path


def _job(request: dict[str, Any], plan: Any) -> None:
    def dying() -> None:
        for folder in request["cut"]:
            cut_power(Path(folder))
        os.kill(os.getpid(), signal.SIGKILL)

    disk = FaultyDisk(request["die_at"], dying=dying) if request.get("die_at") else DISK
    journals = Path(request["journals"])
    if request["job"] == "apply":
        apply(plan, journals, JobContext(), disk=disk)
    elif request["job"] == "undo":
        undo(None, journals, JobContext(), disk=disk)
    else:
        recover(journals, JobContext(), disk=disk)


def _child(request: dict[str, Any]) -> None:
    code = CRASHED
    plan = pickle.loads(Path(request["plan"]).read_bytes()) if request["job"] == "apply" else None
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        _job(request, plan)
        code = REPORTED
    except (UserError, Cancelled):
        code = USER_ERROR
    except BaseException:  # noqa: BLE001 - the outermost frame of a process that reports by its exit code
        traceback.print_exc()
    finally:
        os._exit(code)


def _warm_up() -> None:
    """Load what is loaded late, so that no child does it while its calls are counted."""
    transfer._BATCH_FILES, context.CHUNK = 4, 1024
    with tempfile.TemporaryDirectory() as home:
        library = SampleLibrary(Path(home) / "home", Path(home) / "out")
        library.apply("move")
        library.undo()
        library.recover()


def _serve() -> None:
    _warm_up()
    child = 0
    for line in sys.stdin:
        if line == "wait\n":
            status = os.waitpid(child, 0)[1]
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        child = os.fork()
        if child == 0:
            _child(json.loads(line))
        os.waitpid(child, os.WUNTRACED)
        print(child, flush=True)


if __name__ == "__main__":
    _serve()
