"""One file for another: every state that a crash can leave, and what another program does in between."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.files import content_hash
from desktop_app.engine.job import JobContext
from desktop_app.engine.keywords.swap import Swap, clear, place, settle, swap_of
from desktop_app.engine.organize.context import RunContext
from desktop_app.engine.organize.disk.disk import DISK
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.problems import Refused
from desktop_app.engine.organize.steps import Step
from tests.helpers.faulty_disk import FaultyDisk

OLD, NEW, THEIRS, THIRD = b"old", b"new", b"theirs", b"third"
NAME = "a.jpg.xmp"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[RunContext]:
    (tmp_path / "journals").mkdir()
    journal = Journal.create(tmp_path / "journals")
    yield RunContext(DISK, journal, JobContext(), "do")
    journal.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    return tmp_path / "photos"


def swap_in(folder: Path, before: bytes | None, after: bytes | None) -> Swap:
    hashes = ["" if data is None else content_hash(data) for data in (before, after)]
    return swap_of(0, Step(1, folder / NAME, folder / NAME, 3, 0), *hashes, "token-0")


def stand(swap: Swap, here: bytes | None, temp: bytes | None, aside: bytes | None) -> None:
    for path, data in ((swap.path, here), (swap.temp, temp), (swap.aside, aside)):
        if data is not None:
            path.write_bytes(data)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("before", "after", "here", "temp", "aside", "there", "left"),
    [
        (OLD, NEW, OLD, NEW, None, False, {NAME: OLD}),  # not come to yet
        (OLD, NEW, NEW, OLD, None, True, {NAME: NEW}),  # exchanged
        (OLD, NEW, NEW, None, None, True, {NAME: NEW}),  # and cleared
        (OLD, NEW, NEW, THEIRS, None, False, {NAME: THEIRS}),  # exchanged with what another had just written
        (OLD, NEW, THEIRS, NEW, None, False, {NAME: THEIRS}),  # and back
        (OLD, NEW, THEIRS, OLD, None, False, {NAME: THEIRS}),  # exchanged, and then another wrote
        (OLD, NEW, THEIRS, THIRD, None, False, {NAME: THEIRS, f"{NAME}.kept-1": THIRD}),
        (OLD, NEW, None, NEW, OLD, False, {NAME: OLD}),  # moved out of sight
        (OLD, NEW, None, NEW, THEIRS, False, {NAME: THEIRS}),
        (OLD, NEW, b"", NEW, OLD, False, {NAME: OLD}),  # an empty file of ours holds the name
        (OLD, NEW, NEW, None, OLD, True, {NAME: NEW}),
        (OLD, NEW, OLD, NEW, b"", False, {NAME: OLD}),  # an empty file of ours out of sight
        (OLD, NEW, THEIRS, NEW, OLD, False, {NAME: THEIRS}),
        (OLD, NEW, None, NEW, None, False, {}),  # somebody threw it away
        (None, NEW, None, NEW, None, False, {}),
        (None, NEW, NEW, None, None, True, {NAME: NEW}),
        (None, NEW, NEW, NEW, None, True, {NAME: NEW}),  # two names for a moment
        (None, NEW, THEIRS, NEW, None, False, {NAME: THEIRS}),
        (OLD, None, OLD, None, None, False, {NAME: OLD}),
        (OLD, None, None, None, OLD, True, {}),
        (OLD, None, None, None, None, True, {}),
        (OLD, None, None, None, THEIRS, False, {NAME: THEIRS}),
        (OLD, None, THEIRS, None, OLD, False, {NAME: THEIRS}),
    ],
)
def test_every_state_a_crash_can_leave_is_settled(
    run: RunContext,
    folder: Path,
    before: bytes | None,
    after: bytes | None,
    here: bytes | None,
    temp: bytes | None,
    aside: bytes | None,
    there: bool,
    left: dict[str, bytes],
) -> None:
    swap = swap_in(folder, before, after)
    stand(swap, here, temp, aside)
    assert settle(run, swap, ready=True, reserved=True) == there
    assert files(folder) == left
    assert settle(run, swap, ready=True, reserved=True) == there
    assert files(folder) == left


def test_half_a_file_of_ours_goes_and_nothing_else_is_looked_at(run: RunContext, folder: Path) -> None:
    swap = swap_in(folder, OLD, NEW)
    stand(swap, THEIRS, b"n", None)
    for _ in range(2):
        assert not settle(run, swap, ready=False, reserved=False)
        assert files(folder) == {NAME: THEIRS}


def test_a_version_that_is_kept_gets_a_name_that_is_free(run: RunContext, folder: Path) -> None:
    swap = swap_in(folder, OLD, NEW)
    stand(swap, OLD, THEIRS, THIRD)
    (folder / f"{NAME}.kept-1").write_bytes(b"from before")
    clear(run, swap)
    assert files(folder) == {
        NAME: OLD,
        f"{NAME}.kept-1": b"from before",
        f"{NAME}.kept-2": THEIRS,
        f"{NAME}.kept-3": THIRD,
    }
    assert [(problem.code, problem.path.name) for problem in run.tally.skipped] == [
        ("kept", f"{NAME}.kept-2"),
        ("kept", f"{NAME}.kept-3"),
    ]


@pytest.mark.parametrize(("here", "code"), [(None, "missing"), (THEIRS, "changed")])
def test_what_is_not_as_it_was_read_is_not_touched(
    run: RunContext, folder: Path, here: bytes | None, code: str
) -> None:
    swap = swap_in(folder, OLD, NEW)
    stand(swap, here, NEW, None)
    before = files(folder)
    with pytest.raises(Refused) as refused:
        place(run, swap)
    assert refused.value.code == code
    assert files(folder) == before


def test_a_folder_in_its_place_is_not_touched(run: RunContext, folder: Path) -> None:
    swap = swap_in(folder, OLD, NEW)
    stand(swap, None, NEW, None)
    swap.path.mkdir()
    with pytest.raises(Refused):
        place(run, swap)
    assert not settle(run, swap, ready=True, reserved=False)
    assert swap.path.is_dir()


def test_an_error_of_the_exchange_is_not_taken_for_a_disk_that_cannot(tmp_path: Path, folder: Path) -> None:
    journal = Journal.create(tmp_path)
    run = RunContext(FaultyDisk(lacks={"exchange": errno.EIO}), journal, JobContext(), "do")
    swap = swap_in(folder, OLD, NEW)
    stand(swap, OLD, NEW, None)
    with pytest.raises(OSError, match="Input/output"):
        place(run, swap)
    journal.close()
    assert files(folder)[NAME] == OLD
