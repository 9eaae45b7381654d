"""A real dask scheduler with real workers, as a person starts them on their machines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import distributed

from tests.helpers.waiting import WAIT


@dataclass(slots=True)
class DaskCluster:
    """Processes on this machine, in ``folder``, with the models of ``home``."""

    folder: Path
    home: Path
    scheduler: subprocess.Popen[bytes] = field(init=False)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def begin(self, allowed_failures: int) -> None:
        """Start the scheduler; a task that so many workers died with gets one more."""
        told = self.folder / "scheduler.json"
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
        self.scheduler = self._start(
            "scheduler", options, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=allowed_failures
        )
        with distributed.Client(scheduler_file=str(told), timeout=WAIT, set_as_default=False) as client:
            self.address = client.scheduler.address

    def join(self, number: int, *options: str) -> list[str]:
        """Start workers of one thread each and wait until they have joined; all addresses, the new ones last."""
        with self.client() as client:
            known = set(client.nthreads())
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", *options)
            self.workers += [self._start("worker", [self.address, *options]) for _ in range(number)]
            client.wait_for_workers(len(known) + number, timeout=WAIT)
            found = set(client.nthreads())
            return [*sorted(known), *sorted(found - known)]

    def client(self) -> distributed.Client:
        """To look at what the scheduler is about."""
        return distributed.Client(self.address, timeout=WAIT, set_as_default=False)

    def end(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait(WAIT)

    def _start(self, kind: str, options: Sequence[str], **more: object) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        environment = dict(os.environ, KINDRED_HOME=str(self.home), PYTHONPATH=root)
        environment |= {name: str(value) for name, value in more.items()}
        with (self.folder / f"{kind}.log").open("ab") as log:
            command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options]
            return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)


@contextmanager
def dask_cluster(folder: Path, home: Path, *, workers: int, allowed_failures: int = 3) -> Iterator[DaskCluster]:
    """A scheduler and workers, gone at the end."""
    cluster = DaskCluster(folder, home)
    cluster.begin(allowed_failures)
    try:
        if workers:
            cluster.join(workers)
        yield cluster
    finally:
        cluster.end()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let a worker do nothing more, which nobody can tell from one that is slow."""
    process.send_signal(signal.SIGSTOP)
