from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop_app.engine.duplicates import trash
from desktop_app.engine.duplicates.sets import Copy, DuplicateSet
from desktop_app.engine.job import JobContext
from tests.helpers.sample_library import files_of, photo_of


class Bin:
    """A trash like a desktop's, that can fail or be killed in the middle."""

    def __init__(self, folder: Path) -> None:
        self.files, self.notes = folder / "files", folder / "info"
        self.files.mkdir(parents=True)
        self.notes.mkdir()
        self.refuses: set[str] = set()
        self.dies_after: str = ""

    def __call__(self, path: Path) -> Path:
        if path.name in self.refuses:
            raise OSError(errno.EXDEV, "this disk has no trash")
        place = self.files / path.name
        (self.notes / f"{path.name}.trashinfo").write_text(f"[Trash Info]\nPath={path}\n")
        path.rename(place)
        if path.name == self.dies_after:
            raise KeyboardInterrupt
        return place


class Desk:
    def __init__(self, home: Path) -> None:
        self.photos, self.journals, self.bin = home / "photos", home / "journals", Bin(home / "trash")
        self.photos.mkdir()
        for name in ("a.jpg", "b.jpg", "c.jpg"):
            (self.photos / name).write_bytes(b"the same")
        for name in ("b.xmp", "b.mov"):
            (self.photos / name).write_bytes(name.encode())
        beside = {"b.jpg": tuple(self.photos / name for name in ("b.mov", "b.xmp"))}
        found = [
            photo_of(number, self.photos / name, beside.get(name, ()))
            for number, name in enumerate("a.jpg b.jpg c.jpg".split(), 1)
        ]
        self.set = DuplicateSet("exact", tuple(Copy(photo, 1.0, True, 8) for photo in found), "older file")
        self.before = files_of(self.photos)

    def move(self, *ids: int) -> trash.TrashReport:
        return trash.move([(self.set, frozenset(ids))], self.bin, self.journals, JobContext())

    def latest(self) -> trash.Batch:
        found = trash.latest(trash.batches(self.journals))
        assert found is not None
        return found

    def undo(self) -> trash.TrashReport:
        return trash.bring_back(self.latest(), self.journals, JobContext())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_whole_units_go_and_come_back_and_the_trash_is_clean_then(desk: Desk) -> None:
    report = desk.move(2, 3)
    assert (report.photos, report.files, report.problems) == (2, 4, [])
    assert os.listdir(desk.photos) == ["a.jpg"]  # noqa: PTH208
    assert desk.latest().photos == 2
    assert trash.summary(report) == "2 photos moved to the trash."
    report = desk.undo()
    assert (report.photos, report.files, report.problems) == (2, 4, [])
    assert files_of(desk.photos) == desk.before
    assert not [*desk.bin.files.iterdir(), *desk.bin.notes.iterdir()]
    assert trash.latest(trash.batches(desk.journals)) is None


def test_the_last_copy_never_goes(desk: Desk) -> None:
    assert desk.move(1, 2, 3).photos == 0
    assert files_of(desk.photos) == desk.before
    # The one that would stay has rotted or gone since it was compared: then it is no copy any more.
    for spoil in (lambda path: path.write_bytes(b"rotten"), Path.unlink):
        spoil(desk.photos / "a.jpg")
        report = desk.move(2, 3)
        assert report.photos == 0
        assert {problem.code for problem in report.problems} == {"no-other-copy"}
        assert {"b.jpg", "b.mov", "b.xmp", "c.jpg"} <= set(os.listdir(desk.photos))  # noqa: PTH208


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_a_link_to_the_photo_that_stays_is_no_copy(desk: Desk, link: object) -> None:
    (desk.photos / "c.jpg").unlink()
    link(desk.photos / "a.jpg", desk.photos / "c.jpg")  # type: ignore[operator]
    status = (desk.photos / "c.jpg").stat()
    os.utime(desk.photos / "a.jpg", ns=(status.st_atime_ns, desk.set.members[2].photo.mtime_ns))
    report = desk.move(3)
    assert report.photos == 0
    assert len(report.problems) == 1
    assert os.path.lexists(desk.photos / "c.jpg")
    assert (desk.photos / "a.jpg").read_bytes() == b"the same"
    # Nor does the file go by its other name.
    assert trash.move([(desk.set, frozenset({1}))], desk.bin, desk.journals, JobContext()).photos == 0


def test_what_changed_since_it_was_compared_stays(desk: Desk) -> None:
    (desk.photos / "c.jpg").write_bytes(b"something else")
    report = desk.move(3)
    assert [problem.code for problem in report.problems] == ["changed"]
    assert (desk.photos / "c.jpg").read_bytes() == b"something else"


@pytest.mark.parametrize("refused", ["b.jpg", "b.mov", "b.xmp"])
def test_a_disk_without_a_trash_leaves_the_unit_whole(desk: Desk, refused: str) -> None:
    desk.bin.refuses = {refused}
    report = desk.move(2)
    assert report.photos == 0
    assert [(problem.path.name, problem.code) for problem in report.problems] == [(refused, "no-trash")]
    assert "this disk has no trash" in trash.summary(report)
    assert files_of(desk.photos) == desk.before
    assert trash.latest(trash.batches(desk.journals)) is None


def test_bringing_back_never_replaces_another_file(desk: Desk) -> None:
    desk.move(2)
    (desk.photos / "b.jpg").write_bytes(b"a new photo of that name")
    (desk.bin.files / "b.mov").unlink()
    report = desk.undo()
    assert {problem.path.name for problem in report.problems} == {"b.jpg", "b.mov"}
    assert (desk.photos / "b.jpg").read_bytes() == b"a new photo of that name"
    assert (desk.bin.files / "b.jpg").read_bytes() == b"the same"
    assert (desk.photos / "b.xmp").read_bytes() == b"b.xmp"
    (desk.photos / "b.jpg").unlink()
    assert desk.undo().photos == 1


def test_after_a_crash_only_the_file_under_way_is_in_doubt_and_the_rest_comes_back(desk: Desk) -> None:
    desk.bin.dies_after = "b.mov"
    with pytest.raises(KeyboardInterrupt):
        desk.move(2, 3)
    with trash._journals(desk.journals)[0].open("ab") as journal:
        journal.write(b"half a li")
    batch = desk.latest()
    assert [path.name for path, _ in batch.gone] == ["b.jpg"]
    assert [path.name for path in batch.doubtful] == ["b.mov"]
    desk.undo()
    assert (desk.photos / "b.jpg").read_bytes() == b"the same"
    assert (desk.bin.files / "b.mov").read_bytes() == b"b.mov"  # to be had from the trash, and named
    assert desk.latest().gone == ()
    assert [path.name for path in desk.latest().doubtful] == ["b.mov"]


def test_every_time_stands_in_the_history_with_what_became_of_it(desk: Desk) -> None:
    assert trash.batches(desk.journals) == ()
    desk.move(2)
    desk.move(3)
    desk.bin.refuses = {"a.jpg"}
    other = DuplicateSet("exact", (desk.set.members[1], desk.set.members[0]), "older file")
    assert trash.move([(other, frozenset({1}))], desk.bin, desk.journals, JobContext()).photos == 0
    newest, oldest = trash.batches(desk.journals)  # a time when nothing went is none
    assert ([path.name for path, _ in newest.gone], newest.state, newest.moved) == (["c.jpg"], "in the trash", 1)
    assert (oldest.state, oldest.moved, oldest.photos) == ("in the trash", 1, 1)
    assert newest.folder == oldest.folder == desk.photos
    # Any of them comes back, not the newest alone.
    assert trash.bring_back(oldest, desk.journals, JobContext()).photos == 1
    assert [batch.state for batch in trash.batches(desk.journals)] == ["in the trash", "brought back"]
    assert trash.latest(trash.batches(desk.journals)) == newest
    desk.undo()
    assert files_of(desk.photos) == desk.before
    assert {batch.state for batch in trash.batches(desk.journals)} == {"brought back"}


def test_what_came_back_in_part_or_is_in_doubt_says_so(desk: Desk) -> None:
    desk.move(2, 3)
    (desk.photos / "c.jpg").write_bytes(b"a new photo of that name")
    desk.undo()
    (batch,) = trash.batches(desk.journals)
    assert (batch.state, batch.moved, batch.photos) == ("brought back in part", 2, 1)
    (desk.photos / "c.jpg").unlink()
    desk.undo()
    desk.bin.dies_after = "c.jpg"
    with pytest.raises(KeyboardInterrupt):
        desk.move(3)
    newest, _ = trash.batches(desk.journals)
    assert (newest.state, newest.moved) == ("in doubt: look in the trash", 0)
    (desk.journals / "trash-000009.jsonl").mkdir()  # what cannot be read hides nothing else
    assert len(trash.batches(desk.journals)) == 2
