"""The real kill -9, sent by strace before a system call, at points all over a run."""

from __future__ import annotations

import itertools
import pickle
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import figures
from tests.helpers.sample_library import SampleLibrary

CALLS = ["renameat2", "unlink", "fsync", "mkdir", "utimensat", "chmod", "linkat", "symlink", "rmdir"]
USED = {
    "copy": ["renameat2", "fsync", "mkdir", "utimensat", "chmod"],
    "move": ["renameat2", "fsync", "mkdir"],
    "move-across": ["renameat2", "unlink", "fsync", "mkdir", "utimensat"],
    "hardlink": ["linkat", "fsync"],
    "symlink": ["symlink", "fsync"],
    "undo": ["renameat2", "unlink", "fsync", "rmdir"],
}

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture(scope="module")
def strace_works() -> None:
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("strace is not allowed to trace here")


def died(library: SampleLibrary, job: str, call: str, when: int) -> bool:
    """Run one step and kill it before that occurrence of a system call; whether it came so far."""
    plan = library.home / "plan"
    plan.write_bytes(pickle.dumps(None if job == "undo" else library.plan(job)))
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:signal=KILL:when={when}", sys.executable, "-m", "tests.helpers.organize_once"]
    done = subprocess.run([*command, job, str(library.journals), str(plan)], capture_output=True, check=False)
    plan.unlink()
    assert done.returncode in (0, -signal.SIGKILL, 128 + signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0


@pytest.fixture
def homes(fast_disk: Path) -> Iterator[Path]:
    made = fast_disk / "kill9"
    made.mkdir()
    yield made
    shutil.rmtree(made)


@pytest.mark.usefixtures("strace_works")
@pytest.mark.parametrize("case", USED)
def test_kill_9(case: str, homes: Path, nightly: bool, chance: random.Random, request: pytest.FixtureRequest) -> None:
    for round_, call in enumerate(USED[case]):
        if not nightly and round_ and chance.random() < 0.3:
            continue
        for when in itertools.count(1) if nightly else [chance.choice([1, 2, 3, 5, 8])]:
            name = f"{call}-{when}"
            across = case == "move-across"
            target = request.getfixturevalue("other_disk") / name if across else homes / name / "sorted"
            library = SampleLibrary(homes / name, target)
            action = "move" if case == "undo" else case.partition("-")[0]
            if case == "undo":
                assert library.apply(action).ok
            alive = not died(library, "undo" if case == "undo" else action, call, when)
            figures.count(figures.KILLS)
            library.check_instant(action)
            library.recover()
            library.check_settled(action)
            library.undo_all()
            library.clear()
            if alive:
                break
