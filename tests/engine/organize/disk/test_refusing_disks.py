"""What a disk refuses where no file's turn has come, or in a way that has no name of its own."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.disk.publish import publish
from desktop_app.engine.organize.journal import record as record_module
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.problems import Refused, disk_errors_named
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/one.jpg", companions=["a/one.xmp"])
    made.add("b/two.jpg")
    return made


@pytest.mark.parametrize(("action", "call"), [("symlink", "symlink"), ("hardlink", "link")])
def test_a_link_that_fails_for_another_reason_than_its_kind_is_named_by_that(
    action: str, call: str, album: Album
) -> None:
    report = album.apply(album.plan(action), FaultyDisk(lacks={call: errno.EIO}))
    assert not report.ok
    assert {problem.code for problem in report.problems} == {"disk-error", "with-its-photo"}
    assert not list(album.out.rglob("*.jpg"))


@pytest.mark.parametrize("code", [errno.EIO, errno.ERANGE, errno.EPERM, errno.EINVAL, errno.EMLINK])
def test_a_disk_that_neither_renames_without_replacing_nor_links_is_served_all_the_same(
    code: int, album: Album
) -> None:
    """As FUSE disks answer: sshfs and ntfs-3g the rename with EINVAL, rclone and CryFS the link with EIO and ERANGE."""
    before = files_of(album.root)
    disk = FaultyDisk(lacks={"rename_new": errno.EINVAL, "link": code})
    (album.out / "Beach").mkdir(parents=True)
    plan = album.plan("move")
    (album.out / "Beach" / "two.jpg").write_bytes(b"somebody else was faster")
    report = album.apply(plan, disk)
    assert {problem.path.name: problem.code for problem in report.problems} == {"two.jpg": "name-taken"}
    assert (album.out / "Beach" / "two.jpg").read_bytes() == b"somebody else was faster"
    assert len(report.done) == 2
    assert album.undo(disk=FaultyDisk(lacks={"rename_new": errno.EINVAL, "link": code})).ok
    assert files_of(album.root) == before


def test_no_empty_file_stands_for_one_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        publish(
            FaultyDisk(lacks={"rename_new": errno.EINVAL, "link": errno.EIO}),
            tmp_path / "a",
            tmp_path / "b",
            lambda: None,
        )
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_tells_of_no_room_for_files_is_tried(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    real, told = os.statvfs, [0]

    def statvfs(path: Path) -> os.statvfs_result:
        found = list(real(path))
        found[5], found[7] = 10**9, told[0]  # files, and those free to us
        return os.statvfs_result(found)

    monkeypatch.setattr(os, "statvfs", statvfs)
    assert DISK.space(album.root).files is None
    plan = album.plan()
    assert plan.fits
    assert album.apply(plan).ok
    told[0] = 2
    assert DISK.space(album.root).files == 2
    album.undo()
    assert not album.plan().fits


def test_errors_before_any_files_turn_name_the_folder_and_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught, disk_errors_named():
        (tmp_path / "gone").stat()
    assert str(tmp_path / "gone") in caught.value.message
    assert caught.value.hint
    with pytest.raises(UserError) as caught, disk_errors_named():
        raise OSError(errno.EIO, "the disk is dying")
    assert caught.value.code == "disk-error"
    with pytest.raises(Refused), disk_errors_named():
        raise Refused(tmp_path, "missing", "it is gone")


@pytest.mark.skipif(os.name == "nt", reason="Windows files have no owner by number")
def test_the_owner_can_be_set_to_whom_it_is_already(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    DISK.set_owner(tmp_path / "photo.jpg", os.getuid(), os.getgid())
    state = (tmp_path / "photo.jpg").stat()
    assert (state.st_uid, state.st_gid) == (os.getuid(), os.getgid())


def test_a_run_whose_record_cannot_be_removed_keeps_no_other_waiting(album: Album) -> None:
    before = files_of(album.root)
    dying = FaultyDisk(6)
    with pytest.raises(Killed):
        album.apply(album.plan("move"), dying)
    dying.close_all()
    record = next(album.journals.glob("run-*.jsonl"))
    assert not record_module.load(record).touched
    (report,) = recover(album.journals, JobContext(), disk=FaultyDisk(lacks={"unlink": errno.EACCES}))
    assert report.outcome == "unsettled"
    assert [problem.code for problem in report.problems] == ["no-permission"]
    (again,) = recover(album.journals, JobContext())
    assert again.outcome == "finished"
    assert files_of(album.root) == before


def test_a_disk_that_was_connected_and_is_not_is_waited_for(album: Album, tmp_path: Path) -> None:
    assert album.apply(album.plan("move")).ok
    record = record_module.load(next(album.journals.glob("run-*.jsonl")))
    assert Places.find(record) is not None
    record.header["mounts"] = [str(tmp_path)]  # a folder that is no disk's top: what an unmounted disk leaves
    assert Places.find(record) is None


def test_a_copy_that_cannot_be_removed_now_is_left_out_of_sight_for_the_next_start(album: Album) -> None:
    before = files_of(album.root)
    assert album.apply(album.plan("copy")).ok
    report = album.undo(disk=FaultyDisk(lacks={"unlink": errno.EACCES}))
    assert not report.ok
    assert report.outcome == "unsettled"
    assert not [path for path in album.out.rglob("*") if path.is_file() and not path.name.startswith(".kindred-")]
    recover(album.journals, JobContext())
    assert files_of(album.root) == before
    assert not [path for path in album.out.rglob("*") if path.is_file()]


def test_a_cancel_does_not_hide_why_a_run_had_stopped_already(album: Album) -> None:
    ctx = JobContext()

    class FullWhenThePersonHasEnough(Disk):
        def create(self, path: Path) -> int:
            if path.name.endswith("-2.part"):
                ctx.cancel()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().create(path)

    report = apply(album.plan("copy"), album.journals, ctx, disk=FullWhenThePersonHasEnough())
    assert report.outcome == "stopped"
    assert {problem.path.name: problem.code for problem in report.problems} == {"two.jpg": "disk-full"}
    assert not album.out.exists()
    assert recover(album.journals, JobContext()) == ()


def test_copies_of_a_photo_leave_together_or_not_at_all(album: Album) -> None:
    assert album.apply(album.plan("copy")).ok
    placed = files_of(album.out)

    class RefusesTheSecond(Disk):
        hidden = 0

        def rename_new(self, src: Path, dst: Path) -> None:
            hides = src.name.startswith("one.")
            self.hidden += hides
            if hides and self.hidden == 2:
                raise OSError(errno.EACCES, os.strerror(errno.EACCES))
            super().rename_new(src, dst)

    report = album.undo(disk=RefusesTheSecond())
    assert not report.ok
    left = files_of(album.out)
    assert left == {name: state for name, state in placed.items() if "one" in name}, "half of a unit has gone"
    assert album.undo().ok
    assert files_of(album.out) == {}
