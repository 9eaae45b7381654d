"""Corners that only a crash at the wrong moment, a foreign file or a strange disk leads to."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.actions import copying
from desktop_app.engine.organize.actions.registry import ACTIONS, undo_of
from desktop_app.engine.organize.context import Item, RunContext, State
from desktop_app.engine.organize.disk import disk as fsops
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.disk.locate import inode_chain, locate
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import Ready, load
from desktop_app.engine.organize.problems import Refused, describe
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.wording import data_size
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/one.jpg", companions=["a/one.xmp"])
    made.add("b/two.jpg")
    return made


@pytest.fixture
def run(tmp_path: Path) -> Iterator[RunContext]:
    journal = Journal.create(tmp_path)
    yield RunContext(DISK, journal, JobContext(), "do")
    journal.close()


def item_of(src: Path, dst: Path) -> Item:
    state = src.stat()
    step = Step(1, src, dst, state.st_size, state.st_mtime_ns)
    return Item(0, step, src, dst, state.st_size, state.st_mtime_ns, "", dst.with_name(".kindred-x-0.part"))


def crash(album: Album, action: str, at: int) -> None:
    dying = FaultyDisk(at)
    with pytest.raises(Killed):
        album.apply(album.plan(action), dying)
    dying.close_all()


class TestWhatACrashLeft:
    """`Action.find` must tell our own file from one that somebody else put under the name meanwhile."""

    @pytest.mark.parametrize("action", ["copy", "move"])
    def test_a_foreign_file_is_not_taken_for_our_copy(self, action: str, run: RunContext, tmp_path: Path) -> None:
        src, dst = tmp_path / "src.jpg", tmp_path / "dst.jpg"
        src.write_bytes(b"photo")
        item = item_of(src, dst)
        item.ready = Ready("0" * 40, 0, 0o644, {})
        ACTIONS[action].find(run, item)
        assert item.state is State.WAITING, "nothing is there"
        dst.write_bytes(b"other")
        ACTIONS[action].find(run, item)
        assert item.state is State.WAITING

    def test_a_foreign_file_is_not_taken_for_a_renamed_one(self, run: RunContext, tmp_path: Path) -> None:
        src, dst = tmp_path / "src.jpg", tmp_path / "dst.jpg"
        src.write_bytes(b"photo")
        item = item_of(src, dst)
        src.unlink()
        dst.write_bytes(b"another photo")
        ACTIONS["move"].find(run, item)
        assert item.state is State.WAITING

    def test_a_copy_hidden_by_an_undo_comes_into_sight_again_when_its_name_was_taken(
        self, run: RunContext, tmp_path: Path
    ) -> None:
        src, dst = tmp_path / "copy.jpg", tmp_path / "original.jpg"
        src.write_bytes(b"new")
        item = item_of(src, dst)
        hidden = src.with_name(item.temp.name)
        hidden.write_bytes(b"ours")
        src.with_name("copy (2).jpg").write_bytes(b"not ours either")
        undo_of(ACTIONS["copy"]).tidy(run, item)
        assert not hidden.exists()
        assert item.src == src.with_name("copy (3).jpg")
        assert item.src.read_bytes() == b"ours"
        assert src.read_bytes() == b"new"

    def test_a_hard_link_that_became_the_only_name_is_kept(self, run: RunContext, tmp_path: Path) -> None:
        src, dst = tmp_path / "src.jpg", tmp_path / "dst.jpg"
        src.write_bytes(b"photo")
        item = item_of(src, dst)
        ACTIONS["hardlink"].place(run, item)
        src.unlink()
        with pytest.raises(Refused, match="original is gone"):
            ACTIONS["hardlink"].withdraw(run, item)
        assert dst.read_bytes() == b"photo"

    def test_a_link_that_is_gone_is_missing(self, run: RunContext, tmp_path: Path) -> None:
        (tmp_path / "src.jpg").write_bytes(b"photo")
        item = item_of(tmp_path / "src.jpg", tmp_path / "dst.jpg")
        item.src = tmp_path / "gone"
        with pytest.raises(Refused) as refused:
            ACTIONS["symlink"].check_undo(run, item)
        assert refused.value.code == "missing"


class TestDisks:
    def test_a_batch_of_flushes_reports_each_failure(self, tmp_path: Path) -> None:
        with (tmp_path / "a").open("wb") as file:
            closed = os.open(tmp_path / "a", os.O_RDONLY)
            os.close(closed)
            results = DISK.fsync_all([file.fileno(), closed])
        assert results[0] is None
        assert isinstance(results[1], OSError)

    @pytest.mark.parametrize(("error", "passes"), [(errno.EINVAL, True), (errno.EIO, False)])
    def test_folders_that_cannot_be_synced(
        self, error: int, passes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(fd: int) -> None:
            raise OSError(error, os.strerror(error))

        monkeypatch.setattr(fsops.os, "fsync", fail)
        if passes:
            DISK.sync_folder(tmp_path)
        else:
            with pytest.raises(OSError, match="Input/output"):
                DISK.sync_folder(tmp_path)

    def test_a_folder_that_may_not_be_read_is_not_synced(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def deny(*_: Any) -> int:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(fsops.os, "open", deny)
        DISK.sync_folder(tmp_path)

    def test_the_owner_is_kept_where_possible(self, album: Album) -> None:
        class Owned(Disk):
            asked = 0

            def fstat(self, fd: int) -> os.stat_result:
                found = list(super().fstat(fd))
                real = super().fstat(fd)
                found[4] += 1
                return os.stat_result(found, {name: getattr(real, name) for name in ("st_mtime_ns", "st_atime_ns")})

            def set_owner(self, path: Path, uid: int, gid: int) -> None:
                self.asked += 1
                if self.asked > 1:
                    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        disk = Owned()
        report = album.apply(album.plan("copy"), disk)
        assert disk.asked == 3
        assert report.notes == ("The owner could not be kept (2 files)",)

    def test_metadata_a_failing_disk_refuses_fails_the_file(self, album: Album) -> None:
        class Failing(Disk):
            def set_mode(self, path: Path, mode: int) -> None:
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        report = album.apply(album.plan("copy"), Failing())
        assert {problem.code for problem in report.failed} == {"disk-error", "with-its-photo"}
        assert not album.out.exists()

    def test_a_big_copy_reaches_the_disk_piece_by_piece(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(copying, "_WRITE_THROUGH", 4)
        disk = FaultyDisk()
        assert album.apply(album.plan("copy"), disk).ok
        between = [a for a, b in zip(disk.calls, disk.calls[1:], strict=False) if (a, b) == ("write", "fsync")]
        assert len(between) >= 3

    def test_an_error_nobody_named_says_what_the_system_says(self) -> None:
        problem = describe(OSError(errno.ENOMEM, "Cannot allocate memory"), Path("x.jpg"))
        assert (problem.code, problem.message) == ("disk-error", "Cannot allocate memory")


def refusing(suffix: str, number: int) -> Callable[..., int]:
    """`os.open`, by which files of that ending cannot be had."""
    real = os.open

    def refuse(path: str | Path, *args: Any, **kwargs: Any) -> int:
        if os.fspath(path).endswith(suffix):
            raise OSError(number, os.strerror(number))
        return real(path, *args, **kwargs)

    return refuse


class TestUnreadable:
    def test_a_file_that_cannot_be_compared_is_not_taken_for_the_same(
        self, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (album.out / "Beach").mkdir(parents=True)
        (album.out / "Beach" / "two.jpg").write_bytes((album.root / "b/two.jpg").read_bytes())

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", refusing(".jpg", errno.EIO))
            plan = album.plan("copy")
        assert [conflict.dst.name for conflict in plan.conflicts] == ["two (2).jpg"]

    def test_a_journal_that_cannot_be_read(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        run = album.apply(album.plan("copy")).run_id
        monkeypatch.setattr(os, "open", refusing(".jsonl", errno.EACCES))
        assert history(album.journals)[0].state == "its record is damaged"
        assert recover(album.journals, JobContext()) == ()
        with pytest.raises(UserError) as error:
            album.undo(run)
        assert error.value.code == "record-damaged"

    def test_a_parent_that_cannot_be_listed_finds_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "a"
        folder.mkdir()
        chain = inode_chain(folder)
        folder.rename(tmp_path / "b")

        def fail(path: Path) -> None:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(os, "scandir", fail)
        assert locate(folder, chain) is None

    def test_a_path_that_is_not_there_to_the_top(self) -> None:
        assert locate(Path("nowhere"), [1, 2]) is None


class TestFailuresWhileSettling:
    def test_a_disk_that_does_not_tell_leaves_the_run_for_later(self, album: Album) -> None:
        class Silent(Disk):
            def lstat(self, path: Path) -> os.stat_result:
                if path.name == "one.xmp":
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return super().lstat(path)

        before = files_of(album.root)
        crash(album, "move", 36)
        (report,) = recover(album.journals, JobContext(), disk=Silent())
        assert report.outcome == "unsettled"
        assert history(album.journals)[0].state == "interrupted"
        with pytest.raises(UserError) as error:
            album.undo(disk=Silent())
        assert error.value.code in ("not-settled", "disk-error")
        assert recover(album.journals, JobContext())[0].outcome == "finished"
        assert album.undo().ok
        assert files_of(album.root) == before

    def test_an_undo_on_a_disk_that_does_not_tell_goes_on_later(self, album: Album) -> None:
        class Silent(Disk):
            def lstat(self, path: Path) -> os.stat_result:
                if path.name.startswith(".kindred-"):
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return super().lstat(path)

        before = files_of(album.root)
        album.apply(album.plan("copy"))
        dying = FaultyDisk(30)
        with pytest.raises(Killed):
            album.undo(disk=dying)
        dying.close_all()
        assert recover(album.journals, JobContext(), disk=Silent())[0].outcome == "unsettled"
        assert recover(album.journals, JobContext())[0].outcome == "finished"
        assert files_of(album.root) == before
        assert not album.out.exists()

    def test_an_interrupted_run_that_had_done_nothing_has_nothing_to_undo(self, album: Album) -> None:
        crash(album, "copy", 12)
        (album.root / "a/one.jpg").unlink()
        (album.root / "b/two.jpg").unlink()
        with pytest.raises(UserError) as error:
            album.undo("1")
        assert error.value.code == "nothing-to-undo"

    def test_a_destination_that_was_never_made_is_no_reason_to_wait(self, album: Album) -> None:
        crash(album, "copy", 7)
        path = album.journals / "run-000001.jsonl"
        record = load(path)
        if not album.out.exists():
            found = Places.find(record)
            assert found is not None
            assert (found.root, found.destination) == (album.root, album.out)
        assert recover(album.journals, JobContext())[0].outcome == "finished"

    def test_recovery_reports_a_journal_folder_it_may_not_write(
        self, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        crash(album, "copy", 50)
        (album.journals / "lock").unlink()
        (album.journals / "lock").mkdir()
        with pytest.raises(UserError) as error:
            recover(album.journals, JobContext())
        assert error.value.code == "journal-unwritable"


class TestUnitsThatCannotBePutBack:
    @pytest.mark.parametrize("tells", [True, False])
    def test_a_copy_whose_original_changed_meanwhile_is_kept_and_named(self, tells: bool, album: Album) -> None:
        class Busy(Disk):
            """Somebody edits the photo after its copy was placed, just when its sidecar cannot be."""

            def rename_new(self, src: Path, dst: Path) -> None:
                if dst.name == "one.xmp":
                    (album.root / "a/one.jpg").write_bytes(b"edited just now")
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                super().rename_new(src, dst)

            def lstat(self, path: Path) -> os.stat_result:
                if not tells and path.name == "one.jpg" and path.parent.name == "Beach":
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return super().lstat(path)

        old = (album.root / "a/one.jpg").read_bytes()
        report = album.apply(album.plan("copy"), Busy())
        assert (album.out / "Beach" / "one.jpg").read_bytes() == old, "the only copy of the photo as it was"
        assert (album.root / "a/one.jpg").read_bytes() == b"edited just now"
        assert {problem.path.name for problem in report.problems} >= {"one.jpg", "one.xmp"}
        assert report.outcome == ("finished" if tells else "unsettled")

    def test_a_unit_half_taken_back_by_a_crash_is_looked_at_anew(self, album: Album) -> None:
        album.apply(album.plan("copy"))
        dying = FaultyDisk()
        real = dying.unlink
        removed: list[Path] = []

        def unlink(path: Path) -> None:
            if len(removed) == 2:
                raise Killed
            removed.append(path)
            real(path)

        dying.unlink = unlink  # type: ignore[method-assign]
        with pytest.raises(Killed):
            album.undo(disk=dying)
        dying.close_all()
        (album.root / "a/one.xmp").write_bytes(b"edited between the crash and the next start")
        (report,) = recover(album.journals, JobContext())
        assert report.undoing
        assert {path.name for path in album.out.rglob("*.*")} <= {"one.xmp"}
        assert {problem.path.name for problem in report.problems} <= {"one.xmp"}

    def test_a_folder_that_is_made_but_not_certain_holds_nothing_yet(self, album: Album) -> None:
        class Uncertain(Disk):
            def sync_folder(self, folder: Path) -> None:
                if folder == album.out:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                super().sync_folder(folder)

        report = album.apply(album.plan("move"), Uncertain())
        assert {problem.code for problem in report.failed} == {"disk-error", "with-its-photo"}
        assert not report.done
        assert not album.out.exists()

    def test_what_was_under_way_and_still_fails_waits_for_the_next_start(self, album: Album) -> None:
        class Full(Disk):
            def rename_new(self, src: Path, dst: Path) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        before = files_of(album.root)
        total = FaultyDisk()
        album.apply(album.plan("move"), total)
        assert album.undo().ok
        crash(album, "move", total.calls.index("rename_new") + 2)
        assert len(files_of(album.out)) == 1
        (report,) = recover(album.journals, JobContext(), disk=Full())
        assert report.outcome == "unsettled"
        assert recover(album.journals, JobContext())[0].outcome == "finished"
        assert album.undo().ok
        assert files_of(album.root) == before

    def test_a_cancelled_recovery_of_an_unsettled_run_stays_unsettled(self, album: Album) -> None:
        total = FaultyDisk()
        album.apply(album.plan("move"), total)
        assert album.undo().ok
        crash(album, "move", total.calls.index("rename_new") + 2)
        stopped = JobContext()
        stopped.cancel()
        (report,) = recover(album.journals, stopped)
        assert report.outcome == "unsettled"
        assert recover(album.journals, JobContext())[0].outcome == "finished"


def test_a_newer_copy_of_moved_photos_is_no_reason_they_moved_on(album: Album) -> None:
    first = album.apply(album.plan("move"))
    moved = Album(album.root.parent, existing=album.out)
    moved.photos = {1: moved.photo(1, album.out / "Beach" / "two.jpg")}
    moved.groups = {"Lakes": [1]}
    assert moved.apply(moved.plan("copy", destination=album.root.parent / "again")).ok
    (album.out / "Beach" / "two.jpg").unlink()
    report = album.undo(first.run_id)
    assert [problem.code for problem in report.kept] == ["missing"]


@pytest.mark.root
def test_a_copy_made_by_root_belongs_to_the_owner_of_its_original(album: Album) -> None:
    if os.getuid() != 0:
        pytest.skip("giving files away needs root")
    os.chown(album.root / "b/two.jpg", 65534, 65534)
    report = album.apply(album.plan("copy"))
    copy = next(step.dst for step in report.done if step.photo_id == 2)
    assert (copy.stat().st_uid, copy.stat().st_gid) == (65534, 65534)


class TestReports:
    def test_they_say_it_in_words(self, album: Album) -> None:
        report = album.apply(album.plan("copy"))
        assert report.text == "2 photos copied and verified."
        (album.root / "b/two.jpg").unlink()
        undone = album.undo()
        assert undone.text == "1 photo taken back, the originals untouched. 1 file was left alone."
        assert undone.problems == undone.kept

    def test_a_plan_says_what_it_leaves(self, album: Album) -> None:
        (album.root / "b/two.jpg").unlink()
        plan = album.plan("copy")
        needed, free = "8.2 kB", data_size(plan.bytes_free)
        assert plan.bytes_needed == 2 * 4096
        assert plan.summary == (
            f"Copy 1 photo (2 files) into 1 folder, 1 file left alone. {needed} needed, {free} free."
        )
