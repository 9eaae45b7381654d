"""Killed before every single call, on a library small enough for all of them, and most of all at the very end.

At the end all files are seen to and folders that became empty go.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.reports import RecoveryReport
from desktop_app.engine.organize.running.recover import recover
from tests.helpers import figures
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.kill_points import killed
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of

ACTIONS = ["copy", "move", "hardlink", "symlink"]
# What a disk may lack, which sends giving a name down its ladder: two steps, or an empty placeholder.
NO_RENAME = {"rename_new": errno.EINVAL}
NO_LINKS = {**NO_RENAME, "link": errno.EPERM}
CASES = [
    *((action, {}) for action in ACTIONS),
    *((action, lacks) for lacks in (NO_RENAME, NO_LINKS) for action in ("copy", "move")),
]
IDS = [*ACTIONS, "copy-linking", "move-linking", "copy-reserving", "move-reserving"]


@pytest.fixture
def fresh(fast_disk: Path, request: pytest.FixtureRequest) -> Callable[..., Album]:
    """Empty albums, each in place of the one before, with nothing where photos are to go."""
    home = fast_disk / "ends"

    def empty(across: bool = False) -> Album:
        out = request.getfixturevalue("other_disk") / "ends" if across else home / "sorted"
        for folder in (home, out):
            if folder.exists():
                shutil.rmtree(folder)
        home.mkdir()
        album = Album(home)
        album.out = out
        return album

    return empty


@pytest.fixture
def make(fresh: Callable[..., Album]) -> Callable[[], Album]:
    """Albums whose destination does not exist yet, so that every folder in it is the run's own."""

    def filled() -> Album:
        album = fresh()
        album.add("a/one.jpg", companions=["a/one.xmp"])
        album.add("b/one.jpg", group="Night")
        return album

    return filled


def contents_of(folder: Path) -> dict[str, bytes]:
    """Files and links below a folder, without their times: every round writes them anew."""
    return {name: state[0] for name, state in files_of(folder).items()}


def start_again(album: Album, disk: Disk = DISK) -> tuple[RecoveryReport, ...]:
    """The next start of the program puts everything in order, and the one after it finds nothing to do."""
    reports = recover(album.journals, JobContext(), disk=disk)
    assert [report.outcome for report in reports if report.outcome == "unsettled"] == []
    assert recover(album.journals, JobContext(), disk=disk) == ()
    return reports


def calls_of_undo(make: Callable[[], Album], action: str, lacks: dict[str, int] | None = None) -> int:
    album, counting = make(), FaultyDisk(lacks=lacks)
    assert album.apply(album.plan(action)).ok
    assert album.undo(disk=counting).ok
    return len(counting.calls)


@pytest.mark.parametrize(("action", "lacks"), CASES, ids=IDS)
def test_a_run_killed_at_any_call_is_finished_by_the_next_start(
    action: str, lacks: dict[str, int], make: Callable[[], Album]
) -> None:
    album, counting = make(), FaultyDisk(lacks=lacks)
    assert album.apply(album.plan(action), counting).ok
    placed = contents_of(album.out)
    for at in range(1, len(counting.calls) + 1):
        album = make()
        before = files_of(album.root)
        assert killed(lambda disk: album.apply(album.plan(action), disk), at, lacks)  # noqa: B023 - called at once
        reports = start_again(album, FaultyDisk(lacks=lacks))
        assert [report.problems for report in reports if report.problems] == [], at
        if history(album.journals):
            assert contents_of(album.out) == placed, at
            assert album.undo(disk=FaultyDisk(lacks=lacks)).ok
        assert files_of(album.root) == before
        assert not album.out.exists()


@pytest.mark.parametrize(("action", "lacks"), CASES, ids=IDS)
def test_an_undo_killed_at_any_call_is_finished_by_the_next_start(
    action: str, lacks: dict[str, int], make: Callable[[], Album]
) -> None:
    for at in range(1, calls_of_undo(make, action, lacks) + 1):
        album = make()
        before = files_of(album.root)
        assert album.apply(album.plan(action)).ok
        assert killed(lambda disk: album.undo(disk=disk), at, lacks)  # noqa: B023 - called at once
        for report in start_again(album, FaultyDisk(lacks=lacks)):
            assert report.problems == (), at
        if history(album.journals)[0].undone:
            assert not album.out.exists(), at
        else:  # it died before it had begun
            assert album.undo().ok
        assert files_of(album.root) == before


def written_since(album: Album) -> dict[str, bytes]:
    """Another program writes beside the moved photos, in every way. Returns what is right after an undo."""
    group = album.out / "Beach"
    (group / "one.xmp").write_bytes(b"written in place, with more in it than before")
    (group / ".one").write_bytes(b"written as a new file")
    (group / ".one").replace(group / "one (2).xmp")
    (group / "one (2).jpg.pp3").write_bytes(b"new, of the photo with a number")
    return {
        **contents_of(album.root),
        **{f"{place}/one.jpg": (group / name).read_bytes() for place, name in (("a", "one.jpg"), ("b", "one (2).jpg"))},
        "a/one.xmp": b"written in place, with more in it than before",
        "b/one.xmp": b"written as a new file",
        "b/one.jpg.pp3": b"new, of the photo with a number",
    }


@pytest.mark.parametrize("case", ["move", "move-across", "move-linking", "move-reserving"])
def test_an_undo_killed_at_any_call_brings_back_what_others_wrote(case: str, fresh: Callable[..., Album]) -> None:
    lacks = {"move-linking": NO_RENAME, "move-reserving": NO_LINKS}.get(case, {})
    for at in itertools.count(1):
        album = fresh(across=case == "move-across")
        album.add("a/one.jpg", companions=["a/one.xmp"])
        album.add("b/one.jpg", companions=["b/one.xmp"])
        assert album.apply(album.plan("move")).ok
        right = written_since(album)
        if not killed(lambda disk: album.undo(disk=disk), at, lacks):  # noqa: B023 - called at once
            break
        here = [*contents_of(album.root).values(), *contents_of(album.out).values()]
        assert set(right.values()) <= set(here), f"killed at call {at}: a file is lost"
        for report in start_again(album, FaultyDisk(lacks=lacks)):
            assert report.problems == (), at
        if not history(album.journals)[0].undone:  # it died before it had begun
            assert album.undo(disk=FaultyDisk(lacks=lacks)).ok
        assert contents_of(album.root) == right, at
        assert not album.out.exists(), at
        assert history(album.journals)[0].files == 4
    assert contents_of(album.root) == right


class Refusing(FaultyDisk):
    """Lets the second file of an undo not be hidden."""

    def create(self, path: Path) -> int:
        if path.name.endswith("-1u.part"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return super().create(path)


@pytest.mark.parametrize("case", ["move", "move-across", "undo a move", "undo a copy"])
def test_an_empty_file_that_held_a_name_while_a_unit_was_put_back_goes(case: str, fresh: Callable[..., Album]) -> None:
    """On a disk with neither rename-noreplace nor links."""
    for at in itertools.count(1):
        album = fresh(across=case == "move-across")
        album.add("a/one.jpg", companions=["a/one.xmp"])
        plan = album.plan("copy" if case == "undo a copy" else "move")
        taken = album.out / "Beach" / "one.xmp"
        if case.startswith("undo"):
            assert album.apply(plan).ok
            taken = album.root / "a" / "one.xmp"
        if case != "undo a copy":
            taken.parent.mkdir(parents=True, exist_ok=True)
            taken.write_bytes(b"somebody was faster")
        right = sorted([*contents_of(album.root).values(), *contents_of(album.out).values()])
        disk = Refusing(at, lacks=NO_LINKS)
        figures.count(figures.KILLS)
        try:
            if case.startswith("undo"):
                album.undo(disk=disk)
            else:
                album.apply(plan, disk)
        except Killed:
            disk.close_all()
        else:
            break
        start_again(album, Refusing(lacks=NO_LINKS))
        here = contents_of(album.root) | {f"> {name}": content for name, content in contents_of(album.out).items()}
        assert sorted(here.values()) == right, (at, sorted(here))
        assert not [name for name in here if ".kindred-" in name], at
    assert sorted([*contents_of(album.root).values(), *contents_of(album.out).values()]) == right


@pytest.mark.parametrize("action", ["move", "hardlink"])
def test_a_start_killed_while_it_finishes_an_undo_is_finished_by_the_next_one(
    action: str, make: Callable[[], Album]
) -> None:
    total = calls_of_undo(make, action)
    for at in range(total - 8, total + 1):
        for then in itertools.count(1):
            album = make()
            before = files_of(album.root)
            assert album.apply(album.plan(action)).ok
            assert killed(lambda disk: album.undo(disk=disk), at)  # noqa: B023 - called at once
            died = killed(lambda disk: recover(album.journals, JobContext(), disk=disk), then)  # noqa: B023
            start_again(album)
            assert files_of(album.root) == before
            assert not album.out.exists()
            if not died:
                break


@pytest.mark.parametrize(("action", "call"), [("copy", "rename_new"), ("move", "rename_new"), ("hardlink", "link")])
def test_a_run_that_could_do_nothing_and_is_killed_at_any_call_ends(
    action: str, call: str, make: Callable[[], Album]
) -> None:
    lacks = {call: errno.EACCES}
    album, counting = make(), FaultyDisk(lacks=lacks)
    assert not album.apply(album.plan(action), counting).done
    assert not album.out.exists()
    for at in range(1, len(counting.calls) + 1):
        album = make()
        before = files_of(album.root)
        assert killed(lambda disk: album.apply(album.plan(action), disk), at, lacks)  # noqa: B023 - called at once
        for report in start_again(album, FaultyDisk(lacks=lacks)):
            assert report.done == ()
        assert files_of(album.root) == before
        assert not album.out.exists()


def test_an_emptied_source_folder_that_somebody_removes_does_not_keep_a_move_from_ending(
    make: Callable[[], Album],
) -> None:
    album, counting = make(), FaultyDisk()
    album.apply(album.plan("move"), counting)
    placed = len(counting.calls) - counting.calls[::-1].index("rename_new")
    album = make()
    before = files_of(album.root)
    assert killed(lambda disk: album.apply(album.plan("move"), disk), placed + 1)
    (album.root / "a").rmdir()
    (report,) = start_again(album)
    assert report.outcome == "finished"
    assert report.problems == ()
    assert len(report.done) == 3
    assert album.undo().ok
    assert files_of(album.root) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_an_emptied_group_folder_that_somebody_removes_does_not_keep_an_undo_from_ending(
    action: str, make: Callable[[], Album]
) -> None:
    album, counting = make(), FaultyDisk()
    album.apply(album.plan(action))
    album.undo(disk=counting)
    gone = len(counting.calls) - counting.calls[::-1].index("rename_new" if action == "move" else "unlink")
    album = make()
    before = files_of(album.root)
    album.apply(album.plan(action))
    assert killed(lambda disk: album.undo(disk=disk), gone + 1)
    (album.out / "Beach").rmdir()
    (report,) = start_again(album)
    assert report.problems == ()
    assert len(report.done) == 3
    assert files_of(album.root) == before
