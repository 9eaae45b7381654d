"""The power goes while another process works: everything not on the disk for certain is gone, at any moment.

Unlike in `test_organize_disks`, the program is a process of its own: the cut meets several threads at work, and where
only a drive loses its power, the program lives on and writes its journal elsewhere.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group
from tests.helpers import figures
from tests.helpers.disks import LoopDisk
from tests.helpers.fork_server import CRASHED, ForkServer, plan_file
from tests.helpers.sample_library import SampleLibrary, files_of, photo_of

pytestmark = pytest.mark.root
MakeDisk = Callable[[str], LoopDisk]


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer() as running:
        yield running


def settle_disks(disks: Iterable[LoopDisk]) -> None:
    for disk in disks:
        subprocess.run(["sync", "-f", str(disk.folder)], check=True)


def cut(disks: Iterable[LoopDisk]) -> None:
    for disk in disks:
        disk.cut_power()


def reconnect(disks: Iterable[LoopDisk]) -> None:
    for disk in disks:
        disk.disconnect()
        disk.connect()


def power_cut_while(
    server: ForkServer, job: str, library: SampleLibrary, action: str, disks: list[LoopDisk], chance: random.Random
) -> None:
    """Run a job until the power of these disks goes: at a counted call that it dies at, or at any time from outside."""
    with plan_file(library.plan(action) if job == "apply" else None) as plan:
        if chance.random() < 0.4:
            folders = [str(disk.folder) for disk in disks]
            server.run(job, library.journals, plan, die_at=chance.randint(20, 160), cut=folders)
            cut(disks)
            return
        child = server.prepare(job, library.journals, plan)
        os.kill(child, signal.SIGCONT)
        time.sleep(chance.random() * chance.choice([0.02, 0.1, 0.3]))
        cut(disks)
        if chance.random() < 0.5:
            os.kill(child, signal.SIGKILL)
        code = server.finish()
        figures.count(figures.UNCAUGHT, code == CRASHED)
        assert code != CRASHED


@pytest.mark.parametrize("journal", ["beside-the-photos", "on-another-disk", "on-a-disk-that-lives-on"])
@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_nothing_is_lost(
    kind: str,
    journal: str,
    server: ForkServer,
    loop_disk: MakeDisk,
    fast_disk: Path,
    nightly: bool,
    chance: random.Random,
) -> None:
    here, there = loop_disk(kind), loop_disk(kind)
    record = loop_disk(kind) if journal == "on-another-disk" else None
    with tempfile.TemporaryDirectory(dir=fast_disk) as alive:
        for cycle in range(110 if nightly else 4):
            action = chance.choice(["copy", "move", "move"])
            across = chance.random() < 0.5
            library = SampleLibrary(here.folder / f"{cycle}", (there if across else here).folder / f"out{cycle}")
            disks = [here, there] if across else [here]
            if record:
                library.journals = record.folder / f"{cycle}"
                disks.append(record)
            elif journal == "on-a-disk-that-lives-on":
                library.journals = Path(alive) / f"{cycle}"
                disks = chance.sample(disks, chance.randint(1, len(disks)))
            settle_disks([here, there])
            undoing = chance.random() < 0.35 and library.apply(action).ok
            power_cut_while(server, "undo" if undoing else "apply", library, action, disks, chance)
            reconnect(disks)
            figures.count(figures.POWER.format(kind))
            library.check_instant(action)
            started = time.perf_counter()
            library.recover()
            figures.largest(figures.RECOVERY, time.perf_counter() - started)
            library.check_settled(action)
            if chance.random() < 0.3:
                cut(disks)
                reconnect(disks)
                library.recover()
                library.check_settled(action)
            library.undo_all()
            library.clear()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_ten_thousand_rows_are_recovered_after_a_cut(kind: str, server: ForkServer, loop_disk: MakeDisk) -> None:
    disk = loop_disk(kind)
    root, out, journals = (disk.folder / name for name in ("photos", "out", "journals"))
    photos = {}
    for i in range(10_000):
        path = root / f"{i // 500}" / f"{i}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d" % i * 5)
        photos[i] = photo_of(i, path)
    before = files_of(root)
    settle_disks([disk])
    plan = make_plan(root, [Group(0, "all", np.arange(10_000), 0)], photos, out, "move", JobContext())
    with plan_file(plan) as file:
        server.run("apply", journals, file, die_at=40_000, cut=[str(disk.folder)])
    reconnect([disk])
    assert min(len(files_of(root)), len(files_of(out))) > 2_000, "the power went too early or too late"
    found = {**files_of(root), **files_of(out)}
    assert sorted(state[0] for state in found.values()) == sorted(state[0] for state in before.values())
    started = time.perf_counter()
    reports = recover(journals, JobContext())
    figures.note(f"10,000 journal rows recovered on {kind}", f"{time.perf_counter() - started:.1f} s")
    assert len(reports) == 1
    assert not reports[0].problems
    assert undo(None, journals, JobContext()).ok
    assert files_of(root) == before
