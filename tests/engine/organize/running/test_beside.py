"""Undo takes back units as they are now: with the sidecars that other programs wrote beside the photos since."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.history import history, next_to_undo
from desktop_app.engine.organize.running.undo import undo
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/IMG_1.JPG", companions=["a/IMG_1.xmp"])
    made.add("b/IMG_1.JPG")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {name: state[0] for name, state in files_of(folder).items()}


def kept(album: Album, run_id: str | None = None) -> dict[str, str]:
    return {problem.path.name: problem.code for problem in album.undo(run_id).kept}


def in_place(path: Path) -> None:
    path.write_bytes(b"five stars, in place")


def replaced(path: Path) -> None:
    path.with_name(".new").write_bytes(b"five stars, anew")
    path.with_name(".new").replace(path)


def same_size_and_time(path: Path) -> None:
    state = path.stat()
    path.write_bytes(b"*" * state.st_size)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize("rewrite", [in_place, replaced, same_size_and_time])
@pytest.mark.parametrize("renamed", [False, True])
def test_a_sidecar_written_anew_comes_back_as_it_is(
    album: Album, rewrite: Callable[[Path], None], renamed: bool
) -> None:
    album.apply(album.plan("move"))
    group = album.out / "Beach"
    if renamed:
        group = group.rename(album.out / "Strand")
    rewrite(group / "IMG_1.xmp")
    written = (group / "IMG_1.xmp").read_bytes()
    report = album.undo()
    assert report.ok, report.kept
    assert (album.root / "a" / "IMG_1.xmp").read_bytes() == written
    assert not album.out.exists()
    assert next(iter(history(album.journals))).files == 3


def test_new_sidecars_come_back_under_the_name_that_their_photo_had(album: Album, tmp_path: Path) -> None:
    album.add("c/IMG_E9.JPG")
    album.add("d/IMG_E9.JPG")
    album.apply(album.plan("move"))
    group = album.out / "Beach"
    written = {
        "IMG_1.JPG_original": "a/IMG_1.JPG_original",
        "IMG_1.JPG.supplemental-metadata.json": "a/IMG_1.JPG.supplemental-metadata.json",
        "img_1 (2).XMP": "b/IMG_1.XMP",
        "IMG_1 (2).JPG.pp3": "b/IMG_1.JPG.pp3",
        "IMG_1 (2)_01.JPG.xmp": "b/IMG_1_01.JPG.xmp",
        "IMG_9 (2).aae": "d/IMG_9.aae",
    }
    for name in written:
        (group / name).write_text(name)
    # What is no companion, or not a whole one, stays as it always did.
    others = ["notes.txt", ".hidden.xmp", "IMG_1.JPG.part", "._IMG_1.JPG"]
    for name in others:
        (group / name).write_text(name)
    (group / "IMG_1.dop").mkdir()
    report = album.undo()
    assert report.ok, report.kept
    assert "(6 files)" in report.text
    found = contents(album.root)
    assert {back: found[back] for back in written.values()} == {written[name]: name.encode() for name in written}
    assert sorted(path.name for path in group.iterdir()) == sorted([*others, "IMG_1.dop"])
    assert [run.state for run in history(album.journals)] == ["taken back"]


@pytest.mark.parametrize("together", [True, False])
def test_a_new_sidecar_of_a_numbered_raw_file_comes_back_beside_it(tmp_path: Path, together: bool) -> None:
    album = Album(tmp_path)
    album.add("a/I.jpg", companions=["a/I.dng"])
    if together:
        album.add("b/I.jpg", companions=["b/I.dng"])
    else:
        album.add("b/I.dng")
    album.apply(album.plan("move"))
    group = album.out / "Beach"
    for name in ("I (2).dng.xmp", "I (2)_01.dng.xmp", "I (2).dng_original", "I (2).DNG.pp3"):
        (group / name).write_text(name)
    assert album.undo().ok
    beside = {name for name in contents(album.root) if name.startswith("b/I") and "jpg" not in name}
    assert beside == {"b/I.dng", "b/I.dng.xmp", "b/I_01.dng.xmp", "b/I.dng_original", "b/I.dng.pp3"}


def test_a_sidecar_written_after_an_undo_in_part_follows_the_raw_file_that_is_back(tmp_path: Path) -> None:
    album = Album(tmp_path)
    album.add("a/I.jpg", companions=["a/I.dng"])
    album.add("b/I.jpg", companions=["b/I.dng"])
    run = album.apply(album.plan("move")).run_id
    (album.out / "Beach" / "I (2).dng").rename(album.root / "b" / "I.dng")  # by hand
    (album.out / "Beach" / "I (2).dng.xmp").write_text("rated")
    album.undo(run)
    assert contents(album.root)["b/I.dng.xmp"] == b"rated"


def test_the_sidecar_of_a_photo_that_a_person_renamed_comes_back_with_it(album: Album) -> None:
    album.apply(album.plan("move"))
    group = album.out / "Beach"
    (group / "IMG_1 (2).JPG").rename(group / "sunset.jpg")
    (group / "sunset.xmp").write_text("rated under the new name")
    (group / "IMG_1 (2).JPG.xmp").write_text("rated under the old name")
    assert album.undo().ok
    assert contents(album.root)["b/IMG_1.xmp"] == b"rated under the new name"
    assert contents(album.root)["b/IMG_1.JPG.xmp"] == b"rated under the old name"


def test_nothing_at_the_source_is_overwritten_and_the_unit_can_be_taken_back_later(album: Album) -> None:
    run = album.apply(album.plan("move")).run_id
    (album.out / "Beach" / "IMG_1 (2).xmp").write_text("new")
    (album.root / "b" / "IMG_1.xmp").write_text("stood here")
    assert kept(album) == {"IMG_1 (2).xmp": "name-taken", "IMG_1 (2).JPG": "with-its-photo"}
    assert contents(album.root)["b/IMG_1.xmp"] == b"stood here"
    assert [(info.state, info.undone) for info in history(album.journals)] == [("taken back in part", False)]
    (album.out / "Beach" / "IMG_1 (2).xmp").unlink()
    assert kept(album, run) == {}, "a sidecar that is gone again was never the run's"
    assert contents(album.root)["b/IMG_1.xmp"] == b"stood here"


def test_the_sidecars_of_a_photo_that_a_person_moved_alone_come_back_from_both_folders(album: Album) -> None:
    album.apply(album.plan("move"))
    (album.out / "mine").mkdir()
    (album.out / "Beach" / "IMG_1.JPG").rename(album.out / "mine" / "best.jpg")
    (album.out / "mine" / "best.pp3").write_text("developed")
    (album.out / "Beach" / "IMG_1.JPG.xmp").write_text("rated")
    assert album.undo().ok
    assert {"a/IMG_1.pp3", "a/IMG_1.JPG.xmp", "a/IMG_1.xmp", "a/IMG_1.JPG"} <= contents(album.root).keys()


@pytest.mark.parametrize("action", ["copy", "hardlink", "symlink"])
def test_what_was_written_beside_a_copy_is_not_ours_to_remove(album: Album, action: str) -> None:
    album.apply(album.plan(action))
    group = album.out / "Beach"
    (group / "IMG_1.JPG.xmp").write_text("five stars")
    report = album.undo()
    assert {problem.path.name: problem.code for problem in report.kept} == {
        "IMG_1.JPG.xmp": "made-since",
        "IMG_1.JPG": "with-its-photo",
        "IMG_1.xmp": "with-its-photo",
    }
    assert sorted(path.name for path in group.iterdir()) == ["IMG_1.JPG", "IMG_1.JPG.xmp", "IMG_1.xmp"]
    assert [(info.state, info.undone) for info in history(album.journals)] == [("taken back in part", False)]
    (group / "IMG_1.JPG.xmp").unlink()
    assert album.undo().ok
    assert not album.out.exists()


def test_what_stood_there_before_stays(album: Album) -> None:
    group = album.out / "Beach"
    group.mkdir(parents=True)
    (group / "IMG_1.JPG.pp3").write_text("without a photo")
    time.sleep(0.02)  # the clock of the disk ticks slowly
    album.apply(album.plan("move"))
    assert album.undo().ok
    assert [path.name for path in group.iterdir()] == ["IMG_1.JPG.pp3"]


def test_what_another_run_put_there_goes_back_with_that_run(album: Album, tmp_path: Path) -> None:
    first = album.apply(album.plan("move")).run_id
    later = Album(tmp_path, album.root)
    later.add("raws/IMG_1.dng", "Beach")
    before = contents(album.root)
    second = later.apply(later.plan("move"))
    (album.journals / "run-000003.jsonl").write_bytes(b"nothing that could be read")
    (album.journals / "run-000004.jsonl").mkdir()
    assert album.undo(first).ok
    assert [path.name for path in (album.out / "Beach").iterdir()] == ["IMG_1.dng"]
    assert album.undo(second.run_id).ok
    assert before.items() <= contents(album.root).items()


def test_a_sidecar_of_one_of_several_photos_of_a_name_goes_with_that_one(tmp_path: Path) -> None:
    album = Album(tmp_path)
    album.add("a/IMG_1.JPG")
    album.add("b/IMG_1.dng")
    album.add("c/IMG_1.png")
    album.apply(album.plan("move"))
    for name in ("IMG_1.dng.xmp", "IMG_1.xmp", "IMG_1.png.xmp"):
        (album.out / "Beach" / name).write_text(name)
    assert album.undo().ok
    assert {"a/IMG_1.xmp", "b/IMG_1.dng.xmp", "c/IMG_1.png.xmp"} <= contents(album.root).keys()


def test_a_photo_saved_anew_in_a_renamed_folder_keeps_its_unit_there(album: Album) -> None:
    album.apply(album.plan("move"))
    group = (album.out / "Beach").rename(album.out / "Strand")
    replaced(group / "IMG_1.JPG")
    (group / "IMG_1.JPG_original").write_text("as it was")
    assert kept(album) == {
        "IMG_1.JPG": "changed",
        "IMG_1.xmp": "with-its-photo",
        "IMG_1.JPG_original": "with-its-photo",
    }
    assert sorted(path.name for path in group.iterdir()) == ["IMG_1.JPG", "IMG_1.JPG_original", "IMG_1.xmp"]


@pytest.mark.parametrize("call", ["names", "lstat"])
def test_a_unit_whose_neighbors_cannot_be_seen_stays(album: Album, call: str) -> None:
    class Blind(Disk):
        def names(self, folder: Path) -> list[str]:
            if call == "names":
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            return super().names(folder)

        def lstat(self, path: Path) -> os.stat_result:
            if call == "lstat" and path.name == "IMG_1.JPG.xmp":
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            return super().lstat(path)

    before = files_of(album.root)
    album.apply(album.plan("move"))
    (album.out / "Beach" / "IMG_1.JPG.xmp").write_text("new")
    report = album.undo(disk=Blind())
    assert {problem.code for problem in report.kept} == {"no-permission" if call == "names" else "disk-error"}
    assert {problem.path.name for problem in report.kept} >= {"IMG_1.JPG", "IMG_1.xmp"}
    assert album.undo().ok
    assert files_of(album.root).keys() == before.keys() | {"a/IMG_1.JPG.xmp"}


def test_a_companion_that_is_a_link_by_now_keeps_its_unit_there(album: Album, tmp_path: Path) -> None:
    album.apply(album.plan("move"))
    (album.out / "Beach" / "IMG_1.xmp").rename(tmp_path / "elsewhere.xmp")
    (album.out / "Beach" / "IMG_1.xmp").symlink_to(tmp_path / "elsewhere.xmp")
    assert kept(album) == {"IMG_1.xmp": "is-a-link", "IMG_1.JPG": "with-its-photo"}


def test_a_photo_thrown_away_leaves_what_was_written_beside_it(album: Album) -> None:
    album.apply(album.plan("move"))
    (album.out / "Beach" / "IMG_1 (2).JPG").unlink()
    (album.out / "Beach" / "IMG_1 (2).xmp").write_text("of nothing")
    assert kept(album) == {"IMG_1 (2).JPG": "missing"}
    assert [(info.state, info.undone) for info in history(album.journals)] == [("taken back in part", True)]


def test_a_run_taken_back_in_part_does_not_stand_before_an_older_one(album: Album, tmp_path: Path) -> None:
    first = album.apply(album.plan("copy"))
    second = album.apply(album.plan("move", tmp_path / "again"))
    in_place(tmp_path / "again" / "Beach" / "IMG_1 (2).JPG")
    assert album.undo().run_id == second.run_id
    next_one = next_to_undo(history(album.journals))
    assert next_one is not None
    assert next_one.id == first.run_id
    album.undo()
    assert album.undo().run_id == second.run_id


def test_across_disks_and_from_a_place_given_by_hand(album: Album, tmp_path: Path) -> None:
    shm = Path("/dev/shm")
    if not shm.is_dir() or not os.access(shm, os.W_OK) or shm.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("/dev/shm is no second disk here")
    far = shm / f"kindred-{os.getpid()}-{tmp_path.name}"
    album.apply(album.plan("move", far / "sorted"))
    group = far / "sorted" / "Beach"
    for rewrite, name in ((in_place, "IMG_1.xmp"), (same_size_and_time, "IMG_1.xmp"), (replaced, "IMG_1 (2).xmp")):
        rewrite(group / name)
    (far / "deep" / "er").mkdir(parents=True)
    (far / "sorted").rename(far / "deep" / "er" / "sorted")
    report = undo(None, album.journals, JobContext(), destination=far / "deep" / "er" / "sorted")
    assert report.ok, report.kept
    assert contents(album.root)["a/IMG_1.xmp"] == b"*" * len(b"five stars, in place")
    assert contents(album.root)["b/IMG_1.xmp"] == b"five stars, anew"
    (far / "deep" / "er").rmdir()
    (far / "deep").rmdir()
    far.rmdir()
