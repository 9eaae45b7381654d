"""Work in a process of its own: what goes in and comes out, and that nothing of it is left when it is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.computing import child
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from tests.helpers import child_tasks
from tests.helpers.processes import watched
from tests.helpers.waiting import WAIT

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every process started; all have ended, and no thread waits for one."""
    started = watched(monkeypatch)
    yield started
    assert all(process.returncode is not None for process in started)
    assert not [thread for thread in threading.enumerate() if thread.name == "child-wait"]


def eventually(happened: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Whether a process is there and not only its entry in the table, waiting for whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_arrays_and_values_go_in_and_arrays_come_out_of_another_process() -> None:
    numbers = np.arange(6, dtype=np.float32).reshape(2, 3)
    reply = child.call(child_tasks.double, JobContext(), {"numbers": numbers}, times=3, word="ä\n")
    assert reply["numbers"].dtype == np.float32
    np.testing.assert_array_equal(reply["numbers"], numbers * 3)
    assert str(reply["word"]) == "ä\n"
    assert int(reply["pid"]) != os.getpid()


def test_more_than_a_pipe_holds_goes_through_both_ways() -> None:
    numbers = np.random.default_rng(0).random(1_000_000)
    reply = child.call(child_tasks.double, JobContext(), {"numbers": numbers}, times=1, word="")
    np.testing.assert_array_equal(reply["numbers"], numbers)


def test_a_process_does_not_multiply_on_many_threads() -> None:
    assert str(child.call(child_tasks.threads, JobContext(), {})["omp"]) == "1"


def test_what_the_task_raises_is_told_with_its_place() -> None:
    with pytest.raises(child.ChildError, match=r"child_tasks.*\n.*\nValueError: not like this"):
        child.call(child_tasks.fail, JobContext(), {})


def test_a_task_without_memory_is_a_memory_error_here() -> None:
    with pytest.raises(MemoryError):
        child.call(child_tasks.starve, JobContext(), {})


@pytest.mark.parametrize("code", [0, 3])
def test_a_process_that_ends_without_a_reply_is_told(code: int) -> None:
    with pytest.raises(child.ChildDied, match=f"exit code {code}"):
        child.call(child_tasks.die, JobContext(), {}, code=code)


def test_a_program_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(child, "_command", lambda: [str(tmp_path / "nothing")])
    with pytest.raises(child.ChildDied, match="could not be started"):
        child.call(child_tasks.double, JobContext(), {})


def test_a_reply_with_a_pickle_is_refused() -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        child.call(child_tasks.objects, JobContext(), {})


def test_a_job_that_was_cancelled_before_starts_nothing(processes: list[subprocess.Popen[bytes]]) -> None:
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        child.call(child_tasks.double, ctx, {})
    assert not processes


@pytest.mark.parametrize("lock", [False, True])
def test_cancelling_kills_the_process_in_the_midst_of_its_work(
    lock: bool, tmp_path: Path, processes: list[subprocess.Popen[bytes]]
) -> None:
    ctx, note = JobContext(), tmp_path / "begun"
    raised: list[BaseException] = []

    def work() -> None:
        try:
            child.call(child_tasks.wait, ctx, {}, note=str(note), lock=lock)
        except Cancelled as stopped:
            raised.append(stopped)

    thread = threading.Thread(target=work)
    thread.start()
    eventually(lambda: note.exists() and note.read_text())
    ctx.cancel()
    thread.join(WAIT)
    assert not thread.is_alive()
    assert len(raised) == 1
    if sys.platform != "win32":
        assert processes[0].returncode == -signal.SIGKILL
    if sys.platform == "linux":
        assert not runs(int(note.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
@pytest.mark.parametrize("lock", [False, True])
def test_no_process_outlives_a_program_that_was_killed(lock: bool, tmp_path: Path) -> None:
    note = tmp_path / "begun"
    code = (
        "from desktop_app.engine.computing import child\nfrom desktop_app.engine.job import JobContext\n"
        "from tests.helpers import child_tasks\n"
        f"child.call(child_tasks.wait, JobContext(), {{}}, note={str(note)!r}, lock={lock})\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    eventually(lambda: note.exists() and note.read_text())
    pid = int(note.read_text())
    assert runs(pid)
    program.kill()
    program.wait()
    eventually(lambda: not runs(pid))


def test_a_frozen_program_is_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child._command() == [sys.executable, child.FROZEN_FLAG]
    line = [
        sys.executable,
        "-P",
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom desktop_app.cli import main; main()",
        child.FROZEN_FLAG,
    ]
    monkeypatch.setattr(child, "_command", lambda: line)
    reply = child.call(child_tasks.double, JobContext(), {"numbers": np.ones(2)}, times=2, word="")
    np.testing.assert_array_equal(reply["numbers"], [2, 2])
