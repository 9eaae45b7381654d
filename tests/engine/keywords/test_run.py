from __future__ import annotations

import base64
import errno
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.keywords import run as run_module
from desktop_app.engine.keywords import writer
from desktop_app.engine.keywords.run import write
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.history import history, next_to_undo
from desktop_app.engine.organize.journal.lines import decode, encode
from desktop_app.engine.organize.reports import ApplyReport, RunCancelled
from desktop_app.engine.organize.running.undo import undo
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.keyword_desk import SIDECARS, Desk
from tests.helpers.sample_library import files_of, is_temporary
from tests.helpers.xmp import LIGHTROOM

WAYS = {"exchange": {}, "aside": {"exchange": errno.EINVAL}}
WAYS["linking"] = WAYS["aside"] | {"rename_new": errno.EINVAL}
WAYS["reserving"] = WAYS["linking"] | {"link": errno.EPERM}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class Meddling(Disk):
    """A disk on which another program does something right before a call, once."""

    def __init__(self, call: str, does: Callable[[], Any], lacks: dict[str, int] | None = None, times: int = 1) -> None:
        self._call, self._does, self._lacks, self._left = call, does, lacks or {}, times

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(Disk, name):
            return super().__getattribute__(name)
        if name == self._call and self._left:
            self._left -= 1
            self._does()
        if name in self._lacks:
            raise OSError(self._lacks[name], os.strerror(self._lacks[name]))
        return super().__getattribute__(name)


@pytest.mark.parametrize("way", WAYS)
def test_written_and_taken_back_byte_for_byte(desk: Desk, way: str) -> None:
    report = desk.write(disk=FaultyDisk(lacks=WAYS[way]))
    assert (report.ok, report.photos, len(report.done)) == (True, 5, 6)
    assert report.text == "5 photos got a keyword."
    assert desk.subjects() == {
        "a.jpg.xmp": ["Grandma & Grandpa", "Sea", "Beach"],
        "b.xmp": ["Beach"],
        "c.jpg.xmp": ["holiday", "Wood / Forest"],
        "c.xmp": ["Wood / Forest"],
        "d.jpg.xmp": ["Wood / Forest"],
        "e.jpg.xmp": ["Wood / Forest"],
    }
    assert all((desk.root / name).stat().st_mode & 0o777 == 0o640 for name in SIDECARS)
    undone = desk.undo(disk=FaultyDisk(lacks=WAYS[way]))
    assert (undone.ok, undone.photos, undone.text) == (True, 5, "5 photos without the keyword again.")
    assert files_of(desk.root) == desk.before
    with pytest.raises(UserError, match="no run to take back"):
        desk.undo()


def test_the_history_tells_of_it_like_of_any_run(desk: Desk) -> None:
    desk.write()
    (info,) = history(desk.journals)
    assert (info.action, info.files, info.photos, info.root, info.state) == ("keywords", 6, 5, desk.root, "done")
    assert next_to_undo([info]) == info
    desk.undo()
    (info,) = history(desk.journals)
    assert (info.state, info.undone) == ("taken back", True)


def test_writing_again_changes_nothing_and_another_name_replaces_the_first(desk: Desk) -> None:
    desk.write()
    desk.look()
    written = files_of(desk.root)
    plan = desk.plan()
    assert (plan.changes, plan.unchanged, plan.ok) == ((), 5, True)
    assert plan.example == ""
    assert desk.write().text == "0 photos got a keyword."
    assert files_of(desk.root) == written
    assert desk.write("Harbor", "Wood / Forest").photos == 2
    assert desk.subjects()["a.jpg.xmp"] == ["Grandma & Grandpa", "Sea", "Harbor"]
    # The later run first, then the earlier one: exactly as it was.
    assert [desk.undo().ok, desk.undo().ok] == [True, True]
    assert files_of(desk.root) == desk.before


def test_undo_leaves_alone_what_was_changed_since(desk: Desk) -> None:
    desk.write()
    (desk.root / "a.jpg.xmp").write_bytes(SIDECARS["a.jpg.xmp"].replace(b"Sea", b"Lake"))
    (desk.root / "d.jpg.xmp").write_bytes(b"<mine/>")
    (desk.root / "e.jpg.xmp").unlink()
    undone = desk.undo()
    assert {(problem.path.name, problem.code) for problem in undone.kept} == {
        ("a.jpg.xmp", "changed"),
        ("d.jpg.xmp", "changed"),
        ("e.jpg.xmp", "missing"),
    }
    expected = {name: data for name, data in desk.files().items() if name not in ("b.xmp", "c.jpg.xmp", "c.xmp")}
    assert expected["d.jpg.xmp"] == b"<mine/>"
    assert b"Lake" in expected["a.jpg.xmp"]
    assert desk.sidecars()["c.xmp"] == SIDECARS["c.xmp"]
    assert history(desk.journals)[0].state == "taken back in part"


@pytest.mark.parametrize("way", ["exchange", "aside"])
@pytest.mark.parametrize("how", ["in place", "by rename"])
def test_what_another_program_writes_at_the_last_moment_is_not_lost(desk: Desk, way: str, how: str) -> None:
    theirs = LIGHTROOM.replace("+0.35", "+1.00").encode()

    def meddle() -> None:
        target = desk.root / "a.jpg.xmp"
        if how == "in place":
            target.write_bytes(theirs)
        else:
            (desk.home / "new").write_bytes(theirs)
            (desk.home / "new").replace(target)

    disk = Meddling("exchange" if way == "exchange" else "rename_new", meddle, WAYS[way])
    report = write(desk.plan(), desk.journals, JobContext(), disk=disk)
    assert [(problem.path.name, problem.code) for problem in report.skipped] == [("a.jpg.xmp", "changed")]
    assert desk.files()["a.jpg.xmp"] == theirs
    assert not any(is_temporary(name) for name in desk.files())
    assert desk.undo().ok
    assert desk.files() == {name: state[0] for name, state in desk.before.items()} | {"a.jpg.xmp": theirs}


def test_two_writers_at_the_worst_moments_leave_three_versions_and_none_is_lost(desk: Desk) -> None:
    versions = [LIGHTROOM.replace("+0.35", text).encode() for text in ("+1.00", "+2.00")]
    todo = list(versions)
    disk = Meddling("exchange", lambda: (desk.root / "a.jpg.xmp").write_bytes(todo.pop(0)), times=2)
    report = write(desk.plan(), desk.journals, JobContext(), disk=disk)
    kept = [problem.path for problem in report.skipped if problem.code == "kept"]
    assert [path.name for path in kept] == ["a.jpg.xmp.kept-1"]
    assert {kept[0].read_bytes(), (desk.root / "a.jpg.xmp").read_bytes()} == set(versions)


def test_a_sidecar_that_appears_at_the_last_moment_stays(desk: Desk) -> None:
    plan = desk.plan()
    (desk.root / "d.jpg.xmp").write_bytes(b"<theirs/>")
    report = write(plan, desk.journals, JobContext())
    assert [(problem.path.name, problem.code) for problem in report.failed] == [("d.jpg.xmp", "name-taken")]
    assert desk.files()["d.jpg.xmp"] == b"<theirs/>"
    assert desk.undo().ok
    assert desk.files()["d.jpg.xmp"] == b"<theirs/>"


def test_what_changed_or_went_since_the_plan_is_named_and_left(desk: Desk) -> None:
    plan = desk.plan()
    (desk.root / "a.jpg.xmp").write_bytes(LIGHTROOM.encode())
    (desk.root / "c.xmp").unlink()
    (desk.root / "e.jpg").unlink()
    report = write(plan, desk.journals, JobContext())
    assert {(problem.path.name, problem.code) for problem in report.problems} == {
        ("a.jpg.xmp", "changed"),
        ("c.xmp", "missing"),
        ("e.jpg", "missing"),
    }
    assert not report.ok
    assert report.waiting == ()
    assert not (desk.root / "e.jpg.xmp").exists()


def test_a_person_can_stop_between_batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_BATCH_FILES", 2)
    ctx = JobContext(lambda event: ctx.cancel() if event.done else None, max_events_per_second=1e9)
    with pytest.raises(RunCancelled) as stopped:
        write(desk.plan(), desk.journals, ctx)
    report = stopped.value.report
    assert isinstance(report, ApplyReport)
    assert report.outcome == "cancelled"
    assert report.photos == 2
    assert len(report.waiting) == 4
    assert desk.undo().ok
    assert files_of(desk.root) == desk.before


def test_taking_back_can_be_stopped_and_gone_on_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write()
    monkeypatch.setattr(writer, "_BATCH_FILES", 2)

    def stop(event: Progress) -> None:
        if event.done:
            ctx.cancel()

    ctx = JobContext(stop, max_events_per_second=1e9)
    with pytest.raises(RunCancelled):
        undo(None, desk.journals, ctx, others=run_module.WAYS)
    assert files_of(desk.root) != desk.before
    assert desk.undo().ok
    assert files_of(desk.root) == desk.before


def test_a_folder_that_was_renamed_since_is_found(desk: Desk) -> None:
    desk.write()
    desk.root = desk.root.rename(desk.home / "renamed")
    assert desk.undo().ok
    assert files_of(desk.root) == desk.before


def test_a_folder_that_went_elsewhere_can_be_named(desk: Desk) -> None:
    desk.write()
    before = desk.root
    shutil.copytree(before, desk.home / "elsewhere", copy_function=shutil.copy2)
    shutil.rmtree(before)
    with pytest.raises(UserError, match="--destination FOLDER"):
        desk.undo()
    assert undo(None, desk.journals, JobContext(), destination=desk.home / "elsewhere", others=run_module.WAYS).ok
    assert files_of(desk.home / "elsewhere") == desk.before


def test_a_folder_that_is_gone_stops_before_anything(desk: Desk) -> None:
    plan = desk.plan()
    desk.root.rename(desk.home / "elsewhere")
    with pytest.raises(UserError) as refused:
        write(plan, desk.journals, JobContext())
    assert refused.value.code == "folder-missing"
    assert history(desk.journals) == ()


def test_a_damaged_record_brings_back_what_it_can_and_says_what_not(desk: Desk) -> None:
    desk.write()
    (journal,) = desk.journals.glob("run-*.jsonl")
    lines = journal.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"src":"a.jpg.xmp"' in line)
    lines[at] = lines[at].replace(b'"old":"', b'"old":"x', 1)
    journal.write_bytes(b"".join(lines))
    undone = desk.undo()
    assert desk.sidecars()["c.xmp"] == SIDECARS["c.xmp"]
    assert desk.subjects()["a.jpg.xmp"][-1] == "Beach"
    assert [(problem.path, problem.code) for problem in undone.kept] == [(journal, "record-damaged")]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_ends_it_early_and_what_is_done_can_be_taken_back(
    desk: Desk, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_BATCH_FILES", 2)
    calls = FaultyDisk()
    desk.write(disk=calls)
    desk.undo()
    second = [number for number, name in enumerate(calls.calls, 1) if name == "create"][3]
    report = desk.write(disk=FaultyDisk(second, error))
    assert report.outcome == "stopped"
    assert report.photos == 2
    assert report.waiting
    assert desk.undo().ok
    assert {name: state[0] for name, state in files_of(desk.root).items()} == {
        name: state[0] for name, state in desk.before.items()
    }


def test_owner_and_attributes_are_kept_where_the_disk_can(desk: Desk) -> None:
    try:
        os.setxattr(desk.root / "a.jpg.xmp", "user.mine", b"1")
    except OSError:
        pytest.skip("no extended attributes here")
    assert desk.write().ok
    assert os.getxattr(desk.root / "a.jpg.xmp", "user.mine") == b"1"
    noted = desk.write("Harbor", disk=FaultyDisk(lacks={"set_mode": errno.EPERM}))
    assert noted.notes == ("Owner, permissions or extended attributes could not be kept (2 files)",)


def calls_named(desk: Desk, name: str) -> list[int]:
    """Numbers of the calls of one kind that writing makes; the folder is as before then."""
    disk = FaultyDisk()
    desk.write(disk=disk)
    desk.undo()
    return [number for number, call in enumerate(disk.calls, 1) if call == name]


@pytest.mark.parametrize(
    ("call", "outcome"), [("sync_folder", "unsettled"), ("unlink", "unsettled"), ("fsync_all", "finished")]
)
def test_a_disk_that_fails_at_the_end_is_settled_by_the_next_start(desk: Desk, call: str, outcome: str) -> None:
    numbers = calls_named(desk, "fsync" if call == "fsync_all" else call)
    at = numbers[-1] if call == "sync_folder" else numbers[3] if call == "fsync_all" else numbers[0]
    report = desk.write(disk=FaultyDisk(at, errno.EIO))
    assert report.outcome == outcome
    desk.recover()
    assert desk.recover() == ()
    assert not any(is_temporary(name) for name in desk.files())
    assert desk.undo("2").ok
    assert files_of(desk.root) == desk.before


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_a_crash_left_is_settled_and_said(desk: Desk, after: int) -> None:
    at = calls_named(desk, "exchange")[2] + after
    died = FaultyDisk(at)
    with pytest.raises(Killed):
        desk.write(disk=died)
    died.close_all()
    # A disk that does not answer keeps it open, and the next start asks again.
    (waits,) = desk.recover(FaultyDisk(lacks={"lstat": errno.EIO}))
    assert waits.outcome == "unsettled"
    (report,) = desk.recover()
    assert report.action == "keywords"
    assert "was interrupted and is not finished" in report.text
    assert "got a keyword" in report.text
    assert "Write the keywords again for the rest." in report.text
    assert {name for name, words in desk.subjects().items() if "Beach" in words or "Wood / Forest" in words} == {
        step.dst.name for step in report.done
    }
    assert desk.undo("2").ok
    assert files_of(desk.root) == desk.before


def test_an_undo_that_a_crash_cut_off_goes_on_at_the_next_start(desk: Desk) -> None:
    desk.write()
    calls = FaultyDisk()
    other = Desk(desk.home / "other")
    other.write()
    other.undo(disk=calls)
    at = [number for number, call in enumerate(calls.calls, 1) if call == "exchange"][1] + 1
    died = FaultyDisk(at)
    with pytest.raises(Killed):
        desk.undo(disk=died)
    died.close_all()
    (waits,) = desk.recover(FaultyDisk(lacks={"lstat": errno.EIO}))
    assert waits.outcome == "unsettled"
    (report,) = desk.recover()
    assert (report.undoing, report.outcome) == (True, "finished")
    assert files_of(desk.root) == desk.before


def test_a_disk_that_says_no_and_did_it_is_not_believed(desk: Desk) -> None:
    class Lying(Disk):
        def exchange(self, one: Path, other: Path) -> None:
            super().exchange(one, other)
            raise OSError(errno.ENOSPC, "it says")

    report = desk.write(disk=Lying())
    assert (report.ok, len(report.done)) == (True, 6)
    assert desk.undo().ok
    assert files_of(desk.root) == desk.before


def test_a_disk_that_does_not_answer_any_more_leaves_it_to_the_next_start(desk: Desk) -> None:
    at = calls_named(desk, "exchange")[0]
    with pytest.raises(UserError, match="record of what is done"):
        desk.write(disk=FaultyDisk(at, errno.EIO, lasting=True))
    desk.recover()
    assert files_of(desk.root) == desk.before


def test_what_reads_back_otherwise_than_it_was_written_gets_no_name(desk: Desk) -> None:
    def spoil() -> None:
        next(desk.root.glob(".kindred-*-0.part")).write_bytes(b"rotten")

    report = write(desk.plan(), desk.journals, JobContext(), disk=Meddling("fsync_all", spoil))
    assert [(problem.path.name, problem.code) for problem in report.skipped] == [("a.jpg.xmp", "bad-copy")]
    assert desk.files()["a.jpg.xmp"] == SIDECARS["a.jpg.xmp"]
    assert not any(is_temporary(name) for name in desk.files())


def test_the_owner_is_kept(desk: Desk) -> None:
    owners = []

    class Shared(Disk):
        def fstat(self, fd: int) -> os.stat_result:
            found = list(super().fstat(fd))
            found[4], found[5] = 4321, 8765
            return os.stat_result(found)

        def set_owner(self, path: Path, uid: int, gid: int) -> None:
            owners.append((uid, gid))

    desk.write(disk=Shared())
    assert owners == [(4321, 8765)] * 4


def test_nothing_is_done_where_all_of_it_changed_since(desk: Desk) -> None:
    plan = desk.plan()
    for path in desk.root.glob("*.jpg"):
        path.unlink()
    (desk.root / "b.cr2").unlink()
    report = write(plan, desk.journals, JobContext())
    assert (report.outcome, len(report.problems), report.done) == ("finished", 6, ())
    assert history(desk.journals)[0].state == "nothing done"


def test_an_old_version_that_rotted_in_the_record_is_not_brought_back(desk: Desk) -> None:
    desk.write()
    (journal,) = desk.journals.glob("run-*.jsonl")
    lines = journal.read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"src":"a.jpg.xmp"' in line)
    event = decode(lines[at])
    assert event is not None
    event["old"] = base64.b85encode(zlib.compress(b"rotten")).decode()
    lines[at] = encode(event)
    journal.write_bytes(b"".join(lines))
    undone = desk.undo()
    assert [(problem.path.name, problem.code) for problem in undone.kept] == [("a.jpg.xmp", "record-damaged")]
    assert desk.subjects()["a.jpg.xmp"][-1] == "Beach"
