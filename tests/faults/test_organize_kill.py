"""Killed, or failing, before every single call to the file system."""

from __future__ import annotations

import errno
import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.engine.errors import UserError
from tests.faults.faulty_disk import FaultyDisk, Killed
from tests.faults.sample_library import SampleLibrary

ROUNDS = itertools.count()
CASES = ["copy", "move", "move-across", "hardlink", "symlink"]
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES, "EROFS": errno.EROFS}

pytestmark = pytest.mark.usefixtures("small_steps")


@pytest.fixture
def make(fast_disk: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], SampleLibrary]]:
    """Fresh libraries, one after the other."""
    made: list[SampleLibrary] = []

    def fresh(case: str) -> SampleLibrary:
        if made:
            made.pop().clear()
        name = f"round-{next(ROUNDS)}"
        home = fast_disk / name
        target = request.getfixturevalue("other_disk") / name if case == "move-across" else home / "sorted"
        made.append(SampleLibrary(home, target))
        return made[-1]

    yield fresh
    for library in made:
        library.clear()


def action_of(case: str) -> str:
    return case.partition("-")[0]


def calls_of(job: Callable[[FaultyDisk], Any]) -> int:
    disk = FaultyDisk()
    job(disk)
    return len(disk.calls)


def points(total: int, wanted: int, nightly: bool) -> list[int]:
    """All calls in a nightly run; else a sample that always has the first and last and differs from day to day."""
    if nightly or wanted >= total:
        return list(range(1, total + 1))
    return sorted({1, total, *random.SystemRandom().sample(range(1, total + 1), wanted)})


def killed(job: Callable[[FaultyDisk], Any], at: int) -> bool:
    """Whether the job died at that call."""
    disk = FaultyDisk(at)
    try:
        job(disk)
    except Killed:
        return True
    finally:
        disk.close_all()
    return False


@pytest.mark.parametrize("case", CASES)
def test_killed_while_applying(case: str, make: Callable[[str], SampleLibrary], nightly: bool) -> None:
    action = action_of(case)
    total = calls_of(lambda disk: make(case).apply(action, disk))
    for at in points(total, 40, nightly):
        library = make(case)
        assert killed(lambda disk: library.apply(action, disk), at), f"call {at} of {total} was not reached"
        library.check_instant(action)
        finish = at % 3 > 0
        for report in library.recover(finish=finish):
            assert not report.problems, (at, report)
        library.check_settled(action)
        assert library.recover() == (), f"recovering is not idempotent after call {at}"
        library.undo_all()


@pytest.mark.parametrize("case", CASES)
def test_killed_while_undoing(case: str, make: Callable[[str], SampleLibrary], nightly: bool) -> None:
    action = action_of(case)

    def applied() -> SampleLibrary:
        library = make(case)
        assert library.apply(action).ok
        return library

    total = calls_of(lambda disk: applied().undo(disk))
    for at in points(total, 30, nightly):
        library = applied()
        assert killed(library.undo, at)
        library.check_instant(action)
        for report in library.recover():
            assert not report.problems, (at, report)
        library.check_settled(action)
        assert library.recover() == ()
        library.undo_all()


@pytest.mark.parametrize("case", CASES)
def test_killed_while_recovering(case: str, make: Callable[[str], SampleLibrary], nightly: bool) -> None:
    action = action_of(case)
    total = calls_of(lambda disk: make(case).apply(action, disk))
    draw = random.SystemRandom()
    for _ in range(400 if nightly else 15):
        library, at, then = make(case), draw.randint(1, total), draw.randint(1, total)
        killed(lambda disk: library.apply(action, disk), at)
        killed(library.recover, then)
        library.check_instant(action)
        killed(library.recover, draw.randint(1, total))
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        killed(lambda disk: library.undo(disk) if library.added() else None, then)
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        library.undo_all()


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("case", CASES)
def test_errors_while_applying(
    case: str, error: str, lasting: bool, make: Callable[[str], SampleLibrary], nightly: bool
) -> None:
    action = action_of(case)
    total = calls_of(lambda disk: make(case).apply(action, disk))
    for at in points(total, 4, nightly):
        library = make(case)
        plan = library.plan(action)
        disk = FaultyDisk(at, ERRORS[error], lasting=lasting)
        try:
            report = library.apply(action, disk)
        except UserError as stopped:
            assert stopped.code == "journal-unwritable", (at, stopped)
        else:
            seen_to = {step.src for step in report.done} | {problem.path for problem in report.problems}
            if report.outcome == "finished":
                assert {step.src for step in plan.steps} <= seen_to, f"call {at}: a file is neither done nor named"
        disk.close_all()
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        library.undo_all()


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("case", CASES)
def test_errors_while_undoing(case: str, error: str, make: Callable[[str], SampleLibrary], nightly: bool) -> None:
    action = action_of(case)

    def applied() -> SampleLibrary:
        library = make(case)
        assert library.apply(action).ok
        return library

    total = calls_of(lambda disk: applied().undo(disk))
    for at in points(total, 4, nightly):
        library = applied()
        disk = FaultyDisk(at, ERRORS[error])
        try:
            library.undo(disk)
        except UserError as stopped:
            assert stopped.code in ("journal-unwritable", "record-damaged"), (at, stopped)
        disk.close_all()
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        for run in ("000001",):
            library.undo_again(run)
        library.check_restored()
