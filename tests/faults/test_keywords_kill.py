"""Writing keywords, killed or failing before every single call to the file system."""

from __future__ import annotations

import contextlib
import errno
import itertools
import random
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.keywords import writer
from desktop_app.engine.organize.journal.history import history, next_to_undo
from tests.helpers import figures
from tests.helpers.disks import LoopDisk
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.keyword_desk import Desk
from tests.helpers.kill_points import calls_of, killed, points
from tests.helpers.sample_library import is_temporary

ROUNDS = itertools.count()
# What a disk may lack: the exchange of two names, renaming without replacing, second names.
WAYS: dict[str, dict[str, int]] = {"exchange": {}, "aside": {"exchange": errno.EINVAL}}
WAYS["linking"] = WAYS["aside"] | {"rename_new": errno.EINVAL}
WAYS["reserving"] = WAYS["linking"] | {"link": errno.EPERM}
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES, "EROFS": errno.EROFS}

Make = Callable[[], Desk]


def write(desk: Desk, disk: FaultyDisk) -> object:
    return desk.write(disk=disk)


def undo(desk: Desk, disk: FaultyDisk) -> object:
    return desk.undo(disk=disk)


@pytest.fixture
def make(fast_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Fresh desks, whose sidecars are written two at a time."""
    monkeypatch.setattr(writer, "_BATCH_FILES", 2)
    return lambda: Desk(fast_disk / f"keywords-{next(ROUNDS)}")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the folder holds when all is done."""
    desk = Desk(tmp_path_factory.mktemp("written"))
    desk.write()
    return desk.files()


def before(desk: Desk) -> dict[str, bytes]:
    return {name: state[0] for name, state in desk.before.items()}


def check_instant(desk: Desk, written: dict[str, bytes], way: str) -> None:
    """Every sidecar is whole, old or new; where a disk cannot exchange, perhaps out of sight for a moment."""
    old, now = before(desk), desk.files()
    hidden = [data for name, data in now.items() if is_temporary(name)]
    for name in old.keys() | written.keys():
        data = now.get(name)
        if way == "exchange" or name not in old:
            placeholder = way == "reserving" and data == b""
            assert placeholder or data in (old.get(name), written[name]), name
        else:
            assert data in (old[name], written[name]) or old[name] in hidden, name


def check_settled(desk: Desk, written: dict[str, bytes]) -> None:
    old, now = before(desk), desk.files()
    assert not [name for name in now if name not in old and name not in written]
    for name in old.keys() | written.keys():
        assert now.get(name) in (old.get(name), written[name]), name


def back_as_it_was(desk: Desk) -> None:
    if next_to_undo(history(desk.journals)) is not None:
        assert desk.undo().ok
    assert desk.files() == before(desk)


def settles(desk: Desk, written: dict[str, bytes], way: str, at: int) -> None:
    """The next start puts everything in order, the one after it finds nothing to do, and all can be taken back."""
    for report in desk.recover(FaultyDisk(lacks=WAYS[way])):
        assert not report.problems, (at, report)
    check_settled(desk, written)
    assert desk.recover() == ()
    back_as_it_was(desk)


@pytest.mark.parametrize("way", WAYS)
def test_killed_while_writing(
    way: str, make: Make, written: dict[str, bytes], nightly: bool, chance: random.Random
) -> None:
    total = calls_of(partial(write, make()), WAYS[way])
    for at in points(total, 60, nightly, chance):
        desk = make()
        assert killed(partial(write, desk), at, WAYS[way]), f"call {at} of {total} was not reached"
        check_instant(desk, written, way)
        settles(desk, written, way, at)


@pytest.mark.parametrize("way", WAYS)
def test_killed_while_taking_back(
    way: str, make: Make, written: dict[str, bytes], nightly: bool, chance: random.Random
) -> None:
    desk = make()
    desk.write()
    total = calls_of(partial(undo, desk), WAYS[way])
    for at in points(total, 60, nightly, chance):
        desk = make()
        desk.write()
        assert killed(partial(undo, desk), at, WAYS[way])
        settles(desk, written, way, at)


@pytest.mark.parametrize("way", WAYS)
def test_killed_while_recovering(
    way: str, make: Make, written: dict[str, bytes], nightly: bool, chance: random.Random
) -> None:
    desk = make()
    total = calls_of(partial(write, desk), WAYS[way])
    for _ in range(300 if nightly else 20):
        desk = make()
        killed(partial(write, desk), chance.randint(1, total), WAYS[way])
        for _ in range(2):
            killed(desk.recover, chance.randint(1, 60), WAYS[way])
        desk.recover(FaultyDisk(lacks=WAYS[way]))
        check_settled(desk, written)
        back_as_it_was(desk)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("way", WAYS)
def test_errors_while_writing_and_taking_back(
    way: str,
    error: str,
    lasting: bool,
    make: Make,
    written: dict[str, bytes],
    nightly: bool,
    chance: random.Random,
) -> None:
    desk, codes = make(), set[str]()
    total = calls_of(partial(write, desk), WAYS[way])
    for at in points(total, 12, nightly, chance):
        desk = make()
        for job in (write, undo):
            figures.count(figures.ERRORS)
            disk = FaultyDisk(at, ERRORS[error], lasting=lasting, lacks=WAYS[way])
            try:
                job(desk, disk)
            except UserError as stopped:
                codes.add(stopped.code)
            finally:
                disk.close_all()
            desk.recover(FaultyDisk(lacks=WAYS[way]))
            check_settled(desk, written)
        back_as_it_was(desk)
    assert codes <= {"journal-unwritable", "nothing-to-undo"}


@pytest.mark.root
@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_the_power_goes_at_any_call(
    kind: str,
    loop_disk: Callable[[str], LoopDisk],
    written: dict[str, bytes],
    nightly: bool,
    chance: random.Random,
    make: Make,
) -> None:
    total = calls_of(partial(write, make()))
    disk = loop_disk(kind)
    for at in points(total, 10, nightly, chance):
        figures.count(figures.POWER.format(kind))
        desk = Desk(disk.folder / f"{at}")
        subprocess.run(["sync", "-f", str(disk.folder)], check=True)
        undoing = chance.random() < 0.3
        if undoing:
            desk.write()
        dies = FaultyDisk(at, dying=disk.cut_power)
        with contextlib.suppress(Killed):
            (undo if undoing else write)(desk, dies)
        disk.cut_power()
        dies.close_all()
        disk.disconnect()
        disk.connect()
        check_instant(desk, written, "exchange")
        for report in desk.recover():
            assert not report.problems, (at, report)
        check_settled(desk, written)
        back_as_it_was(desk)
