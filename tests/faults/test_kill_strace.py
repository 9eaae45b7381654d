"""The system itself kills, or fails, before any system call of a run: copy, move, hard link, undo.

In-process faults stand before each call the program makes; these stand before what the system is really asked, through
every layer of libraries. A child that has all loaded is traced from its first call on.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import figures
from tests.helpers.fork_server import CRASHED, ForkServer, plan_file
from tests.helpers.sample_library import SampleLibrary

# Every call that reads or changes a file system, but for the loading of code, which is done before.
CALLS = (
    "openat close read write lseek newfstatat rename renameat renameat2 unlink rmdir mkdir link linkat symlink fsync "
    "utimensat chmod chown ftruncate fadvise64 getxattr lgetxattr setxattr listxattr llistxattr getdents64 readlink "
    "statfs flock"
).split()
CASES = ["copy", "move", "move-across", "hardlink", "undo-copy", "undo-move", "undo-move-across", "undo-hardlink"]
ERRORS = ["EIO", "ENOSPC", "EACCES", "EROFS"]
# What a real disk answers with an error of this kind; the others of `CALLS` never fail so, or only with EIO.
CAN_FAIL = (
    "openat read write newfstatat renameat2 rename unlink rmdir mkdir linkat symlink fsync utimensat chmod setxattr "
    "ftruncate getdents64"
).split()
ROUNDS = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace is not allowed to trace here")
    with ForkServer() as running:
        yield running


class Round:
    """A fresh library and a job on it, the job to be run under strace.

    Args:
        case: of `CASES`.
        homes: a folder on one disk.
        elsewhere: a folder on another.
    """

    def __init__(self, case: str, homes: Path, elsewhere: Path) -> None:
        self.job = "undo" if case.startswith("undo-") else "apply"
        self.action = case.removeprefix("undo-").removesuffix("-across")
        name = f"strace-{next(ROUNDS)}"
        target = elsewhere / name if case.endswith("-across") else homes / name / "sorted"
        self.library = SampleLibrary(homes / name, target)
        if self.job == "undo":
            assert self.library.apply(self.action).ok

    def run(self, server: ForkServer, *options: str, output: Path = Path("/dev/null")) -> int:
        """Run the job under strace; the child's exit code, or minus its signal."""
        with plan_file(self.library.plan(self.action) if self.job == "apply" else None) as plan:
            child = server.prepare(self.job, self.library.journals, plan)
            command = ["strace", "-f", "-p", str(child), "-o", str(output), *options]
            with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
                assert tracer.stderr
                assert b"attached" in tracer.stderr.readline()
                os.kill(child, signal.SIGCONT)
                code = server.finish()
                tracer.communicate()
        return code

    def check(self) -> None:
        """Nothing lost now, all in order after the next start, and everything as it was after an undo."""
        library = self.library
        library.check_instant(self.action)
        library.recover()
        library.check_settled(self.action)
        library.undo_again("000001")
        library.check_restored()
        library.clear()


@pytest.fixture
def other(fast_disk: Path, request: pytest.FixtureRequest) -> Path:
    case = request.node.callspec.params["case"]
    found: Path = request.getfixturevalue("other_disk") if case.endswith("-across") else fast_disk
    return found


def calls_of(case: str, server: ForkServer, homes: Path, other: Path) -> Counter[str]:
    """How often the main thread makes each call; the threads that flush files make a few more."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        round_ = Round(case, homes, other)
        assert round_.run(server, "-e", f"trace={','.join(CALLS)}", output=trace) == 0
        round_.check()
        lines = re.findall(r"^(\d+) +(\w+)\(", trace.read_text("utf-8", "surrogateescape"), re.MULTILINE)
    main = lines[0][0]
    return Counter(call for thread, call in lines if thread == main)


def sample(points: list[tuple[str, int]], wanted: int, chance: random.Random) -> list[tuple[str, int]]:
    return chance.sample(points, min(wanted, len(points)))


@pytest.mark.root
@pytest.mark.parametrize("case", CASES)
def test_kill_9_before_any_system_call(
    case: str, server: ForkServer, fast_disk: Path, other: Path, nightly: bool, chance: random.Random
) -> None:
    counts = calls_of(case, server, fast_disk, other)
    points = [(call, n) for call, most in counts.items() for n in range(1, most + 1)]
    killed = 0
    for call, n in sample(points, 400 if nightly else 12, chance):
        round_ = Round(case, fast_disk, other)
        code = round_.run(server, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={n}")
        assert code in (0, -signal.SIGKILL), (call, n)
        killed += code != 0
        figures.count(figures.KILLS)
        round_.check()
    assert killed > 0


@pytest.mark.root
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("case", CASES)
def test_any_system_call_fails(
    case: str, error: str, server: ForkServer, fast_disk: Path, other: Path, nightly: bool, chance: random.Random
) -> None:
    counts = calls_of(case, server, fast_disk, other)
    points = [(call, n) for call, most in counts.items() if call in CAN_FAIL for n in range(1, most + 1)]
    for call, n in sample(points, 40 if nightly else 3, chance):
        lasting = chance.random() < 0.3 and call in ("write", "fsync", "renameat2", "unlink", "mkdir")
        round_ = Round(case, fast_disk, other)
        inject = f"inject={call}:error={error}:when={n}{'+' if lasting else ''}"
        code = round_.run(server, "-e", f"trace={call}", "-e", inject)
        figures.count(figures.ERRORS)
        figures.count(figures.UNCAUGHT, code == CRASHED)
        assert code != CRASHED, inject
        if call in ("chmod", "setxattr"):  # the report says that these were not kept
            round_.library.forgive_modes()
        round_.check()
