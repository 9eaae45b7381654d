"""Killed, or failing, before every single call to the file system."""

from __future__ import annotations

import errno
import itertools
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from tests.helpers import figures
from tests.helpers.faulty_disk import FaultyDisk
from tests.helpers.kill_points import calls_of, killed, points
from tests.helpers.sample_library import SampleLibrary, undo_stopped_at_once

ROUNDS = itertools.count()
CASES = ["copy", "move", "move-across", "hardlink", "symlink"]
# What a disk may lack, which sends publishing down its ladder; the last rung needs an empty placeholder.
NO_RENAME = {"rename_new": errno.EINVAL}
NO_LINKS = {"rename_new": errno.EINVAL, "link": errno.EPERM}
LADDERS = {"copy-linking": NO_RENAME, "move-linking": NO_RENAME, "copy-reserving": NO_LINKS, "move-reserving": NO_LINKS}
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


@pytest.mark.parametrize("case", CASES)
def test_killed_while_applying(
    case: str, make: Callable[[str], SampleLibrary], nightly: bool, chance: random.Random
) -> None:
    action = action_of(case)
    total = calls_of(lambda disk: make(case).apply(action, disk))
    for at in points(total, 40, nightly, chance):
        library = make(case)
        assert killed(partial(library.apply, action), at), f"call {at} of {total} was not reached"
        library.check_instant(action)
        if at % 3 == 0:
            undo_stopped_at_once(library.journals)
        for report in library.recover():
            assert not report.problems, (at, report)
        library.check_settled(action)
        assert library.recover() == (), f"recovering is not idempotent after call {at}"
        library.undo_all()


@pytest.mark.parametrize("case", CASES)
def test_killed_while_undoing(
    case: str, make: Callable[[str], SampleLibrary], nightly: bool, chance: random.Random
) -> None:
    action = action_of(case)

    def applied() -> SampleLibrary:
        library = make(case)
        assert library.apply(action).ok
        return library

    total = calls_of(lambda disk: applied().undo(disk))
    for at in points(total, 30, nightly, chance):
        library = applied()
        assert killed(library.undo, at)
        library.check_instant(action)
        for report in library.recover():
            assert not report.problems, (at, report)
        library.check_settled(action)
        assert library.recover() == ()
        library.undo_all()


@pytest.mark.parametrize("case", CASES)
def test_killed_while_recovering(
    case: str, make: Callable[[str], SampleLibrary], nightly: bool, chance: random.Random
) -> None:
    action = action_of(case)
    total = calls_of(lambda disk: make(case).apply(action, disk))
    for _ in range(400 if nightly else 15):
        library, at, then = make(case), chance.randint(1, total), chance.randint(1, total)
        killed(partial(library.apply, action), at)
        killed(library.recover, then)
        library.check_instant(action)
        killed(library.recover, chance.randint(1, total))
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        if library.added():
            killed(library.undo, then)
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        library.undo_all()


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("case", CASES)
def test_errors_while_applying(
    case: str, error: str, lasting: bool, make: Callable[[str], SampleLibrary], nightly: bool, chance: random.Random
) -> None:
    action = action_of(case)
    total = calls_of(lambda disk: make(case).apply(action, disk))
    codes: set[str] = set()
    for at in points(total, 4, nightly, chance):
        library = make(case)
        plan = library.plan(action)
        figures.count(figures.ERRORS)
        disk = FaultyDisk(at, ERRORS[error], lasting=lasting)
        try:
            report = library.apply(action, disk)
        except UserError as stopped:
            codes.add(stopped.code)
        else:
            if report.notes:
                library.forgive_modes()
            seen_to = {step.src for step in report.done} | {problem.path for problem in report.problems}
            if report.outcome == "finished":
                assert {step.src for step in plan.steps} <= seen_to, f"call {at}: a file is neither done nor named"
        disk.close_all()
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        library.undo_all()
    assert codes <= {"journal-unwritable"}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("case", CASES)
def test_errors_while_undoing(
    case: str, error: str, make: Callable[[str], SampleLibrary], nightly: bool, chance: random.Random
) -> None:
    action = action_of(case)

    def applied() -> SampleLibrary:
        library = make(case)
        assert library.apply(action).ok
        return library

    total = calls_of(lambda disk: applied().undo(disk))
    codes: set[str] = set()
    for at in points(total, 4, nightly, chance):
        library = applied()
        figures.count(figures.ERRORS)
        disk = FaultyDisk(at, ERRORS[error])
        try:
            if library.undo(disk).notes:
                library.forgive_modes()
        except UserError as stopped:
            codes.add(stopped.code)
        disk.close_all()
        library.check_instant(action)
        library.recover()
        library.check_settled(action)
        library.undo_again("000001")
        library.check_restored()
    assert codes <= {"journal-unwritable"}


@pytest.mark.parametrize("case", LADDERS)
def test_killed_on_disks_that_cannot_rename_without_replacing(
    case: str, make: Callable[[str], SampleLibrary], nightly: bool, chance: random.Random
) -> None:
    action, lacks = action_of(case), LADDERS[case]
    total = calls_of(lambda disk: make(case).apply(action, disk), lacks)
    for at in points(total, 25, nightly, chance):
        library = make(case)
        assert killed(partial(library.apply, action), at, lacks)
        library.check_instant(action, placeholders=case.endswith("reserving"))
        for report in library.recover(FaultyDisk(lacks=lacks)):
            assert not report.problems, (at, report)
        library.check_settled(action)
        if library.added():
            killed(library.undo, at, lacks)
            library.check_instant(action, placeholders=case.endswith("reserving"))
            library.recover(FaultyDisk(lacks=lacks))
            library.check_settled(action)
        library.undo_all()
