"""Undo brings everything back, and touches nothing the person changed since."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.organize import context
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.journal.journal import Journal, locked
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import load
from desktop_app.engine.organize.reports import ApplyReport, RunCancelled
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.reverse import reverse_run
from desktop_app.engine.organize.running.undo import undo
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of
from tests.helpers.waiting import WAIT

ACTIONS = ["copy", "move", "hardlink", "symlink"]


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/one.jpg", companions=["a/one.xmp"])
    made.add("b/two.jpg")
    return made


def code_of(job: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        job()
    return error.value.code


def states(album: Album) -> list[str]:
    return [run.state for run in history(album.journals)]


class TestChangedSince:
    def test_an_edited_copy_is_kept_with_its_companions(self, album: Album) -> None:
        assert album.apply(album.plan("copy")).ok
        edited = album.out / "Beach" / "one.xmp"
        state = edited.stat()
        edited.write_bytes(b"?" * state.st_size)
        os.utime(edited, ns=(state.st_atime_ns, state.st_mtime_ns))  # same size, same time, other content
        report = album.undo()
        assert not report.ok
        assert {p.path.name: p.code for p in report.kept} == {"one.xmp": "changed", "one.jpg": "with-its-photo"}
        assert sorted(path.name for path in (album.out / "Beach").iterdir()) == ["one.jpg", "one.xmp"]
        assert states(album) == ["taken back in part"]

    def test_a_copy_whose_original_is_gone_or_changed_is_kept(self, album: Album) -> None:
        assert album.apply(album.plan("copy")).ok
        (album.root / "a/one.jpg").unlink()
        (album.root / "b/two.jpg").write_bytes(b"edited since")
        report = album.undo()
        assert {p.path.name: p.code for p in report.kept} == {
            "one.jpg": "original-gone",
            "one.xmp": "with-its-photo",
            "two.jpg": "original-changed",
        }
        assert len(list((album.out / "Beach").iterdir())) == 3

    def test_an_edited_moved_photo_stays_where_it_is(self, album: Album) -> None:
        assert album.apply(album.plan("move")).ok
        edited = album.out / "Beach" / "two.jpg"
        state = edited.stat()
        edited.write_bytes(b"?" * state.st_size)
        os.utime(edited, ns=(state.st_atime_ns, state.st_mtime_ns))
        report = album.undo()
        assert [(p.path.name, p.code) for p in report.kept] == [("two.jpg", "changed")]
        assert edited.exists()
        assert (album.root / "a/one.jpg").exists()

    def test_a_moved_photo_that_was_only_touched_by_a_backup_comes_back(self, album: Album) -> None:
        before = files_of(album.root)
        assert album.apply(album.plan("move")).ok
        os.link(album.out / "Beach" / "two.jpg", album.out.parent / "backup")  # changes its ctime, nothing else
        assert album.undo().ok
        assert files_of(album.root) == before

    def test_a_photo_that_the_disk_cannot_tell_about_is_named_and_comes_back_later(self, album: Album) -> None:
        class Silent(Disk):
            def lstat(self, path: Path) -> os.stat_result:
                if path == album.out / "Beach" / "two.jpg":
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return super().lstat(path)

        before = files_of(album.root)
        assert album.apply(album.plan("move")).ok
        report = album.undo(disk=Silent())
        assert [(p.path.name, p.code) for p in report.kept] == [("two.jpg", "disk-error")]
        assert (album.root / "a/one.jpg").exists()
        assert album.undo(report.run_id).ok
        assert files_of(album.root) == before

    def test_a_deleted_sidecar_is_named_and_the_photo_comes_back(self, album: Album) -> None:
        assert album.apply(album.plan("move")).ok
        (album.out / "Beach" / "one.xmp").unlink()
        report = album.undo()
        assert [(p.path.name, p.code) for p in report.kept] == [("one.xmp", "missing")]
        assert (album.root / "a/one.jpg").exists()

    def test_a_new_file_under_the_old_name_is_not_overwritten(self, album: Album) -> None:
        assert album.apply(album.plan("move")).ok
        (album.root / "a/one.xmp").write_text("new")
        report = album.undo()
        assert {p.path.name: p.code for p in report.kept} == {"one.xmp": "name-taken", "one.jpg": "with-its-photo"}
        assert (album.root / "a/one.xmp").read_text() == "new"
        assert (album.out / "Beach" / "one.jpg").exists()
        (album.root / "a/one.xmp").unlink()
        assert album.undo(report.run_id).ok, "what was in the way is gone, so the rest comes back"
        assert (album.root / "a/one.jpg").exists()

    def test_a_file_in_the_place_of_the_source_folder_is_said_and_kept(self, album: Album) -> None:
        before = files_of(album.root)
        assert album.apply(album.plan("move")).ok
        (album.root / "a").rmdir()
        (album.root / "a").write_text("a note")
        report = album.undo()
        assert {p.message for p in report.kept if p.path.name == "one.jpg"} == {"a file stands where its folder was"}
        assert (album.root / "a").read_text() == "a note"
        (album.root / "a").unlink()
        assert album.undo(report.run_id).ok
        assert files_of(album.root) == before

    def test_a_source_folder_that_was_removed_is_made_again(self, album: Album) -> None:
        before = files_of(album.root)
        assert album.apply(album.plan("move")).ok
        (album.root / "a").rmdir()
        assert album.undo().ok
        assert files_of(album.root) == before

    def test_folders_that_hold_something_new_are_kept(self, album: Album) -> None:
        assert album.apply(album.plan("move")).ok
        (album.out / "Beach" / "note.txt").write_text("mine")
        assert album.undo().ok
        assert [path.name for path in album.out.rglob("*.*")] == ["note.txt"]

    def test_an_empty_folder_the_person_made_anew_is_kept(self, album: Album) -> None:
        assert album.apply(album.plan("copy")).ok
        moved_away = album.out.with_name("kept")
        album.out.rename(moved_away)
        (album.out / "Beach").mkdir(parents=True)
        (album.out / "Beach" / "x").mkdir()
        album.undo()
        assert (album.out / "Beach" / "x").is_dir()

    @pytest.mark.parametrize("action", ["hardlink", "symlink"])
    def test_links_that_are_not_ours_any_more_are_kept(self, action: str, album: Album) -> None:
        assert album.apply(album.plan(action)).ok
        replaced = album.out / "Beach" / "two.jpg"
        replaced.unlink()
        replaced.write_bytes((album.root / "b/two.jpg").read_bytes())
        report = album.undo()
        assert [(p.path.name, p.code) for p in report.kept] == [("two.jpg", "changed")]

    def test_the_last_name_of_a_photo_is_kept(self, album: Album) -> None:
        assert album.apply(album.plan("hardlink")).ok
        (album.root / "b/two.jpg").unlink()
        report = album.undo()
        assert [(p.path.name, p.code) for p in report.kept] == [("two.jpg", "original-gone")]


class TestWhichRun:
    def test_newest_first_by_sequence_whatever_the_clock_says(
        self, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = album.apply(album.plan("copy"))
        monkeypatch.setattr("time.strftime", lambda form: "1999-01-01T00:00:00+0000")
        second = album.apply(album.plan("copy", destination=album.root.parent / "again"))
        runs = history(album.journals)
        assert [run.id for run in runs] == [second.run_id, first.run_id]
        assert runs[0].started_at.startswith("1999")
        assert album.undo().run_id == second.run_id
        assert album.undo().run_id == first.run_id
        assert code_of(album.undo) == "nothing-to-undo"

    def test_an_older_run_that_a_newer_one_built_on_says_which_to_undo_first(self, album: Album) -> None:
        before = files_of(album.root)
        first = album.apply(album.plan("move"))
        moved = Album(album.root.parent, existing=album.out)
        moved.photos = {1: moved.photo(1, album.out / "Beach" / "two.jpg")}
        moved.groups = {"Lakes": [1]}
        second = moved.apply(moved.plan("move", destination=album.root.parent / "again"))
        report = album.undo(first.run_id)
        assert [(p.path.name, p.code) for p in report.kept] == [("two.jpg", "moved-on")]
        assert f"run {second.run_id}" in report.kept[0].message
        assert album.undo(second.run_id).ok
        assert album.undo(first.run_id).ok
        assert files_of(album.root) == before

    def test_the_next_start_says_so_too_and_leaves_the_folders_for_what_is_still_to_return(self, album: Album) -> None:
        before = files_of(album.root)
        first = album.apply(album.plan("move"))
        moved = Album(album.root.parent, existing=album.out)
        moved.photos = {1: moved.photo(1, album.out / "Beach" / "two.jpg")}
        moved.groups = {"Lakes": [1]}
        second = moved.apply(moved.plan("move", destination=album.root.parent / "again"))
        dying = FaultyDisk(20)
        with pytest.raises(Killed):
            album.undo(first.run_id, dying)
        dying.close_all()
        (report,) = recover(album.journals, JobContext())
        assert [(p.path.name, p.code) for p in report.problems] == [("two.jpg", "moved-on")]
        assert album.undo(second.run_id).ok
        assert album.undo(first.run_id).ok
        assert files_of(album.root) == before
        assert not album.out.exists()

    def test_a_record_that_cannot_be_read_does_not_keep_another_run_from_being_taken_back(self, album: Album) -> None:
        first = album.apply(album.plan("move"))
        (album.out / "Beach" / "two.jpg").unlink()
        (album.journals / "run-000002.jsonl").mkdir()
        report = album.undo(first.run_id)
        assert [(p.path.name, p.code) for p in report.kept] == [("two.jpg", "missing")]

    def test_an_unknown_run(self, album: Album) -> None:
        assert code_of(lambda: album.undo("no-such-run")) == "unknown-run"
        with pytest.raises(UsageError):
            album.undo("17")

    def test_a_run_that_is_undone_has_nothing_left(self, album: Album) -> None:
        run = album.apply(album.plan("copy")).run_id
        assert album.undo(run).ok
        assert code_of(lambda: album.undo(run)) == "nothing-to-undo"

    def test_history_tells_what_is_left_to_undo(self, album: Album) -> None:
        assert history(album.journals) == ()
        album.apply(album.plan("copy"))
        assert [(run.state, run.undone, run.files, run.photos) for run in history(album.journals)] == [
            ("done", False, 3, 2)
        ]
        album.undo()
        assert [(run.state, run.undone) for run in history(album.journals)] == [("taken back", True)]


class TestMovedFolders:
    @pytest.mark.parametrize("action", ["copy", "move", "hardlink"])
    def test_a_renamed_top_folder_is_found_again(self, action: str, album: Album, tmp_path: Path) -> None:
        before = files_of(album.root)
        top = tmp_path / "top"
        top.mkdir()
        inner = Album(top, existing=album.root.rename(top / "photos"))
        inner.photos = {i: inner.photo(i, inner.root / p.path.relative_to(album.root)) for i, p in album.photos.items()}
        inner.groups = album.groups
        assert inner.apply(inner.plan(action, destination=inner.root / "sorted")).ok
        renamed = top.rename(tmp_path / "holiday 2019")
        journals = renamed / "journals"
        report = undo(None, journals, JobContext())
        assert report.ok
        assert files_of(renamed / "photos") == before
        assert all(step.src.is_relative_to(renamed) for step in report.restored)

    def test_group_folders_that_went_elsewhere_are_named_and_waited_for(self, album: Album, tmp_path: Path) -> None:
        before = files_of(album.root)
        album.apply(album.plan("move"))
        far = tmp_path / "far" / "away"
        far.mkdir(parents=True)
        album.root.rename(far / "photos")
        out = album.out.rename(far / "sorted")
        with pytest.raises(UserError, match=str(album.out)) as named:
            album.undo()
        assert named.value.code == "folder-not-found"
        assert str(album.root) not in named.value.message, "the photos' own folder can be made again"
        assert states(album) == ["done"]
        out.rename(album.out)
        assert album.undo().ok
        assert files_of(album.root) == before

    def test_paths_of_the_record_lead_to_wherever_the_folders_are(self, album: Album, tmp_path: Path) -> None:
        before = files_of(album.root)
        album.apply(album.plan("move"))
        far = tmp_path / "far" / "away"
        far.mkdir(parents=True)
        root, out = album.root.rename(far / "photos"), album.out.rename(far / "sorted")
        path = album.journals / "run-000001.jsonl"
        record = load(path)
        assert Places.find(record) is None
        places = Places(record, root, out, ())
        journal = Journal.reopen(path)
        tally = reverse_run(record, places, journal, JobContext(), DISK)
        journal.close()
        assert tally.outcome == "finished"
        assert files_of(root) == before
        assert not out.exists()

    def test_a_link_points_where_it_pointed(self, album: Album, tmp_path: Path) -> None:
        album.apply(album.plan("symlink"))
        album.root.rename(tmp_path / "renamed")
        assert album.undo().ok, "the links are ours although they dangle"
        assert not album.out.exists()


class TestCancel:
    def run_and_stop(self, album: Album, action: str, after: int) -> ApplyReport:
        ctx = JobContext(max_events_per_second=1e9)

        def stop(event: Progress) -> None:
            if event.text in ("Copying", "Moving", "Linking") and event.done >= after:
                ctx.cancel()

        ctx = JobContext(stop, max_events_per_second=1e9)
        with pytest.raises(RunCancelled) as stopped:
            apply(album.plan(action), album.journals, ctx)
        return stopped.value.report

    @pytest.mark.parametrize("action", ACTIONS)
    def test_a_cancelled_run_leaves_whole_photos_and_can_be_undone(
        self, action: str, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop_app.engine.organize.running.transfer._BATCH_FILES", 1)
        before = files_of(album.root)
        report = self.run_and_stop(album, action, after=1)
        assert report.outcome == "cancelled"
        assert report.photos == 1
        assert sorted(path.name for path in (album.out / "Beach").iterdir()) == ["one.jpg", "one.xmp"]
        assert states(album) == ["stopped on request"]
        assert recover(album.journals, JobContext()) == ()
        assert album.undo().ok
        assert files_of(album.root) == before
        assert not album.out.exists()

    def test_a_run_cancelled_before_anything_was_done_leaves_no_folder(self, album: Album) -> None:
        report = self.run_and_stop(album, "copy", after=0)
        assert not report.done
        assert not album.out.exists()
        assert states(album) == ["nothing done"]
        assert code_of(album.undo) == "nothing-to-undo"

    def test_a_big_file_is_left_in_the_middle_and_its_half_removed(
        self, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(context, "CHUNK", 4)
        ctx = JobContext()
        seen = 0

        class Counting(context.RunContext):
            pass

        def check(real: Callable[[], None] = ctx.check) -> None:
            nonlocal seen
            seen += 1
            if seen == 20:
                ctx.cancel()
            real()

        monkeypatch.setattr(ctx, "check", check)
        with pytest.raises(RunCancelled):
            apply(album.plan("copy"), album.journals, ctx)
        assert not album.out.exists()

    def test_a_cancelled_undo_goes_on_when_called_again(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("desktop_app.engine.organize.running.transfer._BATCH_FILES", 1)
        before = files_of(album.root)
        album.apply(album.plan("move"))
        ctx = JobContext(max_events_per_second=1e9)

        def stop(event: Progress) -> None:
            if event.done == 1:
                ctx.cancel()

        ctx = JobContext(stop, max_events_per_second=1e9)
        with pytest.raises(RunCancelled) as stopped:
            undo(None, album.journals, ctx)
        assert stopped.value.report.photos == 1
        assert states(album) == ["taking back stopped"]
        assert album.undo().ok
        assert files_of(album.root) == before


class TestOneAtATime:
    def test_a_second_run_is_refused_and_recovery_leaves_a_running_one_alone(self, album: Album) -> None:
        album.apply(album.plan("copy"))
        plan = album.plan("copy", destination=album.root.parent / "again")
        with locked(album.journals):
            assert code_of(lambda: album.apply(plan)) == "another-run"
            assert code_of(album.undo) == "another-run"
            (album.journals / "run-000009.jsonl").write_bytes(b"")
            assert recover(album.journals, JobContext()) == ()
        assert album.apply(plan).ok

    def test_a_hundred_second_programs_are_refused(self, album: Album) -> None:
        script = (
            "import sys, pathlib\n"
            "from desktop_app.engine.errors import UserError\n"
            "from desktop_app.engine.organize.journal.journal import locked\n"
            "refused = 0\n"
            "for _ in range(100):\n"
            "    try:\n"
            "        with locked(pathlib.Path(sys.argv[1])): pass\n"
            "    except UserError as error:\n"
            "        refused += error.code == 'another-run'\n"
            "print(refused)\n"
        )
        with locked(album.journals):
            found = subprocess.run(
                [sys.executable, "-c", script, str(album.journals)], capture_output=True, text=True, check=True
            )
        assert found.stdout.strip() == "100"

    def test_two_jobs_of_one_program_do_not_mix(self, album: Album) -> None:
        inside, leave = threading.Event(), threading.Event()

        def hold() -> None:
            with locked(album.journals):
                inside.set()
                leave.wait()

        holder = threading.Thread(target=hold)
        holder.start()
        try:
            assert inside.wait(WAIT)
            assert code_of(lambda: album.apply(album.plan("copy"))) == "another-run"
        finally:
            leave.set()
            holder.join()


class TestWhatSurvives:
    def test_times_permissions_and_attributes_survive_a_move_to_another_disk_and_back(
        self, album: Album, other_disk_folder: Path
    ) -> None:
        photo = album.root / "b/two.jpg"
        photo.chmod(0o444)
        os.utime(photo, ns=(1_000_000_000, 1_234_567_890_123_456_789))
        try:
            os.setxattr(photo, "user.rating", b"\x00five")
        except OSError:
            pytest.skip("this disk keeps no extended attributes")
        album.photos[2] = album.photo(2, photo)
        before = files_of(album.root)
        report = album.apply(album.plan("move", destination=other_disk_folder / "sorted"))
        assert report.ok
        moved = next(step.dst for step in report.done if step.photo_id == 2)
        assert moved.stat().st_mtime_ns == 1_234_567_890_123_456_789
        assert moved.stat().st_mode & 0o7777 == 0o444
        if not report.notes:
            assert os.getxattr(moved, "user.rating") == b"\x00five"
        assert album.undo().ok
        assert files_of(album.root) == before
        assert os.getxattr(photo, "user.rating") == b"\x00five"

    def test_a_copy_has_everything_its_original_has(self, album: Album) -> None:
        photo = album.root / "b/two.jpg"
        photo.chmod(0o640)
        os.utime(photo, ns=(1_000_000_000, 1_234_567_890_123_456_789))
        album.photos[2] = album.photo(2, photo)
        report = album.apply(album.plan("copy"))
        copy = next(step.dst for step in report.done if step.photo_id == 2)
        assert (copy.stat().st_mtime_ns, copy.stat().st_mode) == (photo.stat().st_mtime_ns, photo.stat().st_mode)


@pytest.fixture
def other_disk_folder(tmp_path: Path) -> Path:
    shm = Path("/dev/shm")
    if not shm.is_dir() or not os.access(shm, os.W_OK) or shm.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("/dev/shm is no second disk here")
    folder = shm / f"kindred-{os.getpid()}-{tmp_path.name}"
    folder.mkdir()
    return folder
