"""Another program's lines arrive whole, and a cancel leaves neither it nor what it has started."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop_app.engine.computing import program
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from tests.helpers.waiting import WAIT


def python(statements: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", statements, *arguments]


def test_lines_of_both_outputs_and_the_exit_code_come_through() -> None:
    lines: list[str] = []
    talk = (
        "import sys; print('é', flush=True); print('oops', file=sys.stderr, flush=True); "
        "sys.stdout.buffer.write(b'\\xff no text\\n'); sys.exit(7)"
    )
    assert program.run(python(talk), lines.append, JobContext()) == 7
    assert lines == ["é", "oops", "\ufffd no text"]


def test_a_program_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        program.run([str(tmp_path / "nothing")], print, JobContext())


def test_a_program_that_closes_its_output_is_waited_for() -> None:
    silent = "import os, time; os.close(1); os.close(2); time.sleep(0.3); os._exit(3)"
    assert program.run(python(silent), print, JobContext()) == 3


_FAMILY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(600)
"""


def is_there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # One that has ended, and whose new parent has not asked yet, still has its number.
    status = Path(f"/proc/{number}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(os.name != "posix", reason="asks for processes as POSIX knows them")
@pytest.mark.parametrize("how", ["cancelled", "refused"])
def test_a_cancel_or_an_error_ends_the_program_and_its_children(how: str) -> None:
    ctx, family = JobContext(), list[int]()

    def hear(line: str) -> None:
        family.extend(map(int, line.split()))
        if how == "refused":
            raise ValueError(line)
        ctx.cancel()

    with pytest.raises(Cancelled if how == "cancelled" else ValueError):
        program.run(python(_FAMILY), hear, ctx)
    assert len(family) == 2
    deadline = time.monotonic() + WAIT
    while any(map(is_there, family)):
        assert time.monotonic() < deadline
    assert not [thread for thread in threading.enumerate() if thread.name == "program-output"]


def test_a_cancel_is_heard_while_the_program_is_silent() -> None:
    ctx, begun = JobContext(), threading.Event()
    quiet = "import os, time; print('begun', flush=True); os.close(1); os.close(2); time.sleep(600)"
    threading.Thread(target=lambda: (begun.wait(WAIT), ctx.cancel())).start()
    with pytest.raises(Cancelled):
        program.run(python(quiet), lambda _line: begun.set(), ctx)
