"""What happens to a unit when one of its files cannot go on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.reports import ApplyReport
from desktop_app.engine.organize.running.recover import recover
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of
from tests.helpers.stubborn_disk import Stubborn


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/unit.jpg", companions=["a/unit.mov", "a/unit.xmp"])
    made.add("b/alone.jpg")
    return made


class Apart(Disk):
    """One device number, two file systems, as bind mounts are: nothing can be renamed between folders."""

    def rename_new(self, src: Path, dst: Path) -> None:
        if src.parent != dst.parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        super().rename_new(src, dst)


class OnTwoDisks(Apart):
    """The same, with device numbers that say so."""

    def lstat(self, path: Path) -> os.stat_result:
        found = super().lstat(path)
        if "sorted" not in path.parts:
            return found
        fields = list(found)
        fields[2] += 1
        return os.stat_result(
            fields, {name: getattr(found, name) for name in ("st_mtime_ns", "st_ctime_ns", "st_atime_ns")}
        )


def codes(report: ApplyReport) -> dict[str, str]:
    return {problem.path.name: problem.code for problem in report.problems}


def check_unit_stayed(album: Album, report: ApplyReport, before: dict[str, object], code: str, culprit: str) -> None:
    named = codes(report)
    assert named[culprit] == code
    assert set(named) == {"unit.jpg", "unit.mov", "unit.xmp"}
    assert {named[name] for name in named if name != culprit} == {"with-its-photo"}
    assert [path.name for path in album.out.rglob("*.*")] == ["alone.jpg"]
    assert {name: state for name, state in files_of(album.root).items() if name != "b/alone.jpg"} == {
        name: state for name, state in before.items() if name != "b/alone.jpg"
    }
    assert report.outcome == "finished"
    assert recover(album.journals, JobContext()) == ()
    assert album.undo().ok
    assert files_of(album.root) == before


@pytest.mark.parametrize("action", ["copy", "move", "hardlink", "symlink"])
def test_a_companion_that_cannot_be_placed_holds_its_photo_back(action: str, album: Album) -> None:
    before = files_of(album.root)
    call = {"hardlink": "link", "symlink": "symlink"}.get(action, "rename_new")
    report = album.apply(album.plan(action), Stubborn(call, errno.EACCES, "unit.xmp"))
    check_unit_stayed(album, report, before, "no-permission", "unit.xmp")


@pytest.mark.parametrize("culprit", ["unit.jpg", "unit.mov", "unit.xmp"])
def test_a_source_that_cannot_be_removed_brings_its_unit_back(culprit: str, album: Album) -> None:
    """Between two disks the sources go last; the ones that went already are brought back from their copies."""

    class Locked(OnTwoDisks):
        def unlink(self, path: Path) -> None:
            if path.name == culprit and "photos" in path.parts:
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
            super().unlink(path)

    before = files_of(album.root)
    report = album.apply(album.plan("move"), Locked())
    check_unit_stayed(album, report, before, "no-permission", culprit)


def test_a_unit_that_cannot_even_be_brought_back_is_settled_at_the_next_start(album: Album) -> None:
    class Failing(OnTwoDisks):
        def unlink(self, path: Path) -> None:
            if path.name == "unit.xmp" and "photos" in path.parts:
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
            super().unlink(path)

        def create(self, path: Path) -> int:
            if path.parent.name == "a":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().create(path)

    before = files_of(album.root)
    report = album.apply(album.plan("move"), Failing())
    assert report.outcome == "unsettled"
    assert "next start" in report.text
    found = {**files_of(album.root), **{f"b/{n}": s for n, s in files_of(album.out / "Beach").items()}}
    assert {state[0] for state in found.values()} >= {state[0] for state in before.values()}
    (settled,) = recover(album.journals, JobContext(), disk=OnTwoDisks())
    assert settled.outcome == "finished"
    assert len(files_of(album.out)) == 4
    assert album.undo().ok
    assert files_of(album.root) == before


@pytest.mark.parametrize("disk", [Apart(), OnTwoDisks()], ids=["bind mounts", "two disks"])
def test_what_cannot_be_renamed_is_copied_verified_and_only_then_removed(disk: Disk, album: Album) -> None:
    before = files_of(album.root)
    report = album.apply(album.plan("move"), disk)
    assert report.ok
    assert not files_of(album.root)
    assert sorted(state for state in files_of(album.out).values()) == sorted(before.values())
    assert album.undo(disk=disk).ok
    assert files_of(album.root) == before


def test_sources_stay_when_the_folder_of_their_copies_was_renamed_meanwhile(album: Album) -> None:
    class Renamed(OnTwoDisks):
        """Somebody renames the group's folder when the copies have their names and are not certain yet."""

        def sync_folder(self, folder: Path) -> None:
            if folder.name == "Beach" and files_of(folder):
                folder.rename(folder.with_name("Seaside"))
            super().sync_folder(folder)

    before = files_of(album.root)
    report = album.apply(album.plan("move"), Renamed())
    assert report.outcome == "unsettled"
    assert set(codes(report).values()) == {"not-confirmed"}
    assert files_of(album.root) == before
    recover(album.journals, JobContext(), disk=OnTwoDisks())
    found = files_of(album.root) | {f"out/{name}": state for name, state in files_of(album.out).items()}
    assert {state[0] for state in found.values()} == {state[0] for state in before.values()}


def test_removals_that_left_with_their_disk_are_not_taken_for_done(album: Album) -> None:
    class Vanishing(OnTwoDisks):
        """The drive of the sources goes right after they were removed, before that was on it."""

        gone = False

        def unlink(self, path: Path) -> None:
            if "photos" in path.parts:
                self.gone = True
            else:
                super().unlink(path)

        def look(self, path: Path) -> None:
            if self.gone and "photos" in path.parts:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

        def lstat(self, path: Path) -> os.stat_result:
            self.look(path)
            return super().lstat(path)

        def sync_folder(self, folder: Path) -> None:
            self.look(folder)
            super().sync_folder(folder)

    album.photos.pop(1)
    album.groups["Beach"] = [2]
    before = files_of(album.root)
    report = album.apply(album.plan("move"), Vanishing())
    assert report.outcome == "unsettled"
    assert not report.done
    assert files_of(album.root) == before, "with the drive back, the source is there again"
    (settled,) = recover(album.journals, JobContext(), disk=OnTwoDisks())
    assert settled.outcome == "finished"
    assert "b/alone.jpg" not in files_of(album.root)
    assert album.undo(disk=OnTwoDisks()).ok
    assert files_of(album.root) == before


def test_after_a_full_disk_no_other_photo_is_tried(album: Album) -> None:
    tried = []

    class Full(Disk):
        def create(self, path: Path) -> int:
            if path.suffix == ".part":
                tried.append(path.name)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().create(path)

    report = album.apply(album.plan("copy"), Full())
    assert report.outcome == "stopped"
    assert len(tried) == 1
    assert codes(report) == {"unit.jpg": "disk-full", "unit.mov": "with-its-photo", "unit.xmp": "with-its-photo"}


def test_a_copy_that_reads_back_wrong_never_gets_its_name(album: Album) -> None:
    class Lying(OnTwoDisks):
        def open_read(self, path: Path) -> int:
            fd = super().open_read(path)
            if path.name.endswith("-0.part"):
                os.close(fd)
                fd = os.open(album.journals / "lock", os.O_RDONLY)
            return fd

    before = files_of(album.root)
    report = album.apply(album.plan("move"), Lying())
    check_unit_stayed(album, report, before, "bad-copy", "unit.jpg")


@pytest.mark.parametrize("call", ["fsync", "close"])
def test_a_copy_that_does_not_reach_the_disk_never_gets_its_name(call: str, album: Album) -> None:
    class Failing(OnTwoDisks):
        written: int | None = None

        def create(self, path: Path) -> int:
            fd = super().create(path)
            if path.name.endswith("-0.part"):
                self.written = fd
            return fd

        def fsync_all(self, fds):  # type: ignore[no-untyped-def]
            broken = OSError(errno.EIO, os.strerror(errno.EIO))
            return [broken if call == "fsync" and fd == self.written else None for fd in fds]

        def close(self, fd: int) -> None:
            super().close(fd)
            if call == "close" and fd == self.written:
                self.written = None
                raise OSError(errno.EIO, os.strerror(errno.EIO))

    before = files_of(album.root)
    check_unit_stayed(album, album.apply(album.plan("move"), Failing()), before, "disk-error", "unit.jpg")


def test_a_photo_edited_while_it_is_copied_stays(album: Album) -> None:
    class Editing(OnTwoDisks):
        def read(self, fd: int, size: int) -> bytes:
            data = super().read(fd, size)
            if not data and Path(f"/proc/self/fd/{fd}").readlink().name == "alone.jpg":
                (album.root / "b/alone.jpg").write_bytes(b"edited while it was copied")
            return data

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("needs /proc")
    report = album.apply(album.plan("move"), Editing())
    assert codes(report) == {"alone.jpg": "changed"}
    assert (album.root / "b/alone.jpg").read_bytes() == b"edited while it was copied"


@pytest.mark.parametrize("action", ["copy", "move", "hardlink", "symlink"])
def test_what_changed_since_the_plan_is_skipped_and_named(action: str, album: Album) -> None:
    plan = album.plan(action)
    (album.root / "a/unit.xmp").write_bytes(b"edited after the plan was shown")
    (album.root / "b/alone.jpg").unlink()
    report = album.apply(plan)
    assert codes(report) == {
        "unit.xmp": "changed",
        "unit.jpg": "with-its-photo",
        "unit.mov": "with-its-photo",
        "alone.jpg": "missing",
    }
    assert not report.done
    assert not album.out.exists()


def test_same_size_and_time_but_other_content_is_skipped(album: Album) -> None:
    plan = album.plan("copy")
    photo = album.root / "b/alone.jpg"
    state = photo.stat()
    photo.write_bytes(b"?" * state.st_size)
    os.utime(photo, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert codes(album.apply(plan)) == {"alone.jpg": "changed"}


def test_a_link_put_in_a_photos_place_is_not_followed(album: Album) -> None:
    plan = album.plan("copy")
    photo = album.root / "b/alone.jpg"
    photo.rename(album.root / "elsewhere.jpg")
    photo.symlink_to(album.root / "elsewhere.jpg")
    assert codes(album.apply(plan)) == {"alone.jpg": "is-a-link"}


def test_a_name_taken_since_the_plan_is_not_overwritten(album: Album) -> None:
    plan = album.plan("move")
    (album.out / "Beach").mkdir(parents=True)
    (album.out / "Beach" / "unit.mov").write_text("someone else's")
    report = album.apply(plan)
    assert codes(report) == {"unit.mov": "name-taken", "unit.jpg": "with-its-photo", "unit.xmp": "with-its-photo"}
    assert (album.out / "Beach" / "unit.mov").read_text() == "someone else's"


class TestFolders:
    def test_a_file_in_a_folders_place(self, album: Album) -> None:
        plan = album.plan("copy")
        album.out.mkdir()
        (album.out / "Beach").write_text("a file")
        report = album.apply(plan)
        assert set(codes(report)) == {"unit.jpg", "unit.mov", "unit.xmp", "alone.jpg"}
        assert (album.out / "Beach").read_text() == "a file"

    def test_a_folder_that_cannot_be_made_says_why(self, album: Album) -> None:
        report = album.apply(
            album.plan("copy", destination=album.out / "x" / "y"), Stubborn("make_folder", errno.EACCES, "x")
        )
        assert set(codes(report).values()) == {"no-permission", "with-its-photo"}

    @pytest.mark.parametrize("call", ["lstat", "sync_folder"])
    def test_a_folder_the_disk_cannot_tell_about(self, call: str, album: Album) -> None:
        report = album.apply(album.plan("copy"), Stubborn(call, errno.EIO, "Beach", times=1))
        assert len(report.done) + len(codes(report)) == 4
        recover(album.journals, JobContext())
        assert len(files_of(album.out)) == 4
        assert album.undo().ok
        assert not album.out.exists()

    @pytest.mark.parametrize("call", ["lstat", "make_folder"])
    def test_a_folder_that_was_there_is_never_taken_for_ours(self, call: str, album: Album) -> None:
        (album.out / "Beach").mkdir(parents=True)
        report = album.apply(album.plan("move"), Stubborn(call, errno.EIO, "Beach", times=1))
        assert album.undo().ok or not report.done
        assert (album.out / "Beach").is_dir()


def test_a_disk_that_goes_away_stops_the_run(album: Album) -> None:
    class Unplugged(Disk):
        gone = False

        def lstat(self, path: Path) -> os.stat_result:
            if self.gone and "photos" in path.parts:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().lstat(path)

        def rename_new(self, src: Path, dst: Path) -> None:
            self.gone = True
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    before = files_of(album.root)
    report = album.apply(album.plan("move"), Unplugged())
    assert report.outcome in ("stopped", "unsettled")
    assert set(codes(report)) <= {"unit.jpg", "unit.mov", "unit.xmp", "alone.jpg"}
    recover(album.journals, JobContext())
    assert album.undo().ok if files_of(album.out) else True
    assert files_of(album.root) == before


def test_metadata_a_disk_cannot_keep_is_noted(album: Album) -> None:
    class Plain(OnTwoDisks):
        def refuse(self, *args: object) -> None:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        set_mode = set_owner = set_attribute = refuse

        def attributes(self, path: Path) -> dict[str, bytes]:
            return {"user.rating": b"5", "security.capability": b"x"}

        def set_times(self, path: Path, atime_ns: int, mtime_ns: int) -> None:
            super().set_times(path, 0, 0)

        def fstat(self, fd: int) -> os.stat_result:
            return super().fstat(fd)

    report = album.apply(album.plan("copy"), Plain())
    assert len(report.done) == 4
    assert {note.partition(" could")[0] for note in report.notes} >= {
        "Extended attributes",
        "Permissions",
        "The modification time",
    }
    assert "(4 files)" in report.notes[0]
    assert report.notes[0] in report.text


def test_attributes_that_cannot_be_read_are_noted(album: Album) -> None:
    class Mute(Disk):
        def attributes(self, path: Path) -> dict[str, bytes]:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    assert album.apply(album.plan("copy"), Mute()).notes == ("Extended attributes could not be read (4 files)",)


@pytest.mark.root
@pytest.mark.parametrize("action", ["copy", "move"])
def test_an_immutable_photo_is_copied_but_not_moved(action: str, album: Album) -> None:
    photo = album.root / "a/unit.mov"
    if (
        shutil.which("chattr") is None
        or subprocess.run(["chattr", "+i", photo], capture_output=True, check=False).returncode
    ):
        pytest.skip("chattr +i needs root and a file system that has it")
    try:
        before = files_of(album.root)
        report = album.apply(album.plan(action))
        if action == "copy":
            assert report.ok
        else:
            check_unit_stayed(album, report, before, "no-permission", "unit.mov")
    finally:
        subprocess.run(["chattr", "-i", photo], check=True)
