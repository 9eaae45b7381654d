"""Undo finds its files where a person has put them since, by the numbers that the disk gave them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/one.jpg", "Beach", companions=["a/one.xmp"])
    made.add("a/two.jpg", "Beach")
    made.add("b/three.jpg", "Rex")
    return made


@pytest.mark.parametrize("action", ["copy", "move"])
@pytest.mark.parametrize("how", ["renamed", "deeper", "into the source", "file by file"])
def test_a_group_folder_is_found_wherever_it_went(album: Album, action: str, how: str) -> None:
    before = files_of(album.root)
    album.apply(album.plan(action))
    group = album.out / "Beach"
    if how == "renamed":
        group.rename(album.out / "Strand")
    elif how == "deeper":
        (album.out / "2019").mkdir()
        group.rename(album.out / "2019" / "Beach")
    elif how == "into the source":
        group.rename(album.root / "Beach")
    else:
        (album.out / "mine").mkdir()
        for file in sorted(group.iterdir()):
            file.rename(album.out / "mine" / f"x {file.name}")
    report = album.undo()
    assert report.ok, report.kept
    assert files_of(album.root) == before
    assert not (album.out / "Strand").exists()
    assert not [path for path in album.out.rglob("*") if path.is_file()]


def test_a_folder_that_may_not_be_looked_into_is_passed_over(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(album.root)
    album.apply(album.plan("move"))
    (album.out / "Beach").rename(album.out / "Strand")
    (album.out / "Shut").mkdir()
    real = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder).name == "Shut":
            raise PermissionError(13, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert album.undo().ok
    assert files_of(album.root) == before


def test_a_file_that_took_the_number_of_another_is_left_alone(album: Album) -> None:
    album.apply(album.plan("move"))
    group = album.out / "Beach"
    group.rename(album.out / "Strand")
    (album.out / "Strand" / "two.jpg").write_bytes(b"the same file, but another picture now")
    report = album.undo()
    assert {problem.path.name: problem.code for problem in report.kept} == {"two.jpg": "changed"}
    assert (album.out / "Strand" / "two.jpg").read_bytes() == b"the same file, but another picture now"


def test_what_a_later_run_moved_on_is_not_fetched_from_there(album: Album, tmp_path: Path) -> None:
    album.apply(album.plan("move"))
    later = Album(tmp_path, album.out)
    later.add("Rex/three.jpg", "Dogs", content=(album.out / "Rex" / "three.jpg").read_bytes())
    later.apply(later.plan("move", album.out / "again"))
    report = album.undo("1")
    assert [problem.code for problem in report.kept] == ["moved-on"]
    assert (album.out / "again" / "Dogs" / "three.jpg").exists()


@pytest.mark.parametrize("action", ["copy", "move"])
def test_an_undo_killed_on_its_way_from_a_renamed_folder_is_finished(album: Album, action: str, tmp_path: Path) -> None:
    before = files_of(album.root)
    for at in range(1, 80, 3):
        album.apply(album.plan(action))
        (album.out / "Beach").rename(album.out / "Strand")
        try:
            undo(None, album.journals, JobContext(), disk=FaultyDisk(at))
        except Killed:
            recover(album.journals, JobContext())
            contents = sorted([*files_of(album.root).values(), *files_of(album.out).values()])
            assert set(before.values()) <= set(contents)
            assert [name for name in files_of(album.root) if ".kindred-" in name] == []
        if files_of(album.root) != before:
            album.undo()
        assert files_of(album.root) == before
        shutil.rmtree(album.out, ignore_errors=True)
        shutil.rmtree(album.journals)


def test_an_emptied_source_folder_is_made_again(album: Album) -> None:
    before = files_of(album.root)
    album.apply(album.plan("move"))
    shutil.rmtree(album.root / "a")
    (album.root / "b").rmdir()
    assert album.undo().ok
    assert files_of(album.root) == before


def test_a_destination_moved_out_of_sight_is_given_by_hand(album: Album, tmp_path: Path) -> None:
    before = files_of(album.root)
    album.apply(album.plan("move"))
    elsewhere = tmp_path / "far" / "away"
    elsewhere.mkdir(parents=True)
    album.out.rename(elsewhere / "sorted")
    report = undo(None, album.journals, JobContext(), destination=elsewhere / "sorted", disk=Disk())
    assert report.ok, report.kept
    assert files_of(album.root) == before


def test_a_folder_that_left_is_named_and_undone_once_it_is_back(album: Album, tmp_path: Path) -> None:
    before = files_of(album.root)
    run = album.apply(album.plan("move")).run_id
    (album.out / "Beach").rename(tmp_path / "taken away")
    report = album.undo()
    assert {problem.code for problem in report.kept} == {"missing"}
    assert all("bring that back" in problem.message for problem in report.kept)
    # With its last photos gone the destination went, too.
    assert not album.out.exists()
    with pytest.raises(UserError, match="--destination"):
        album.undo(run)
    album.out.mkdir()
    (tmp_path / "taken away").rename(album.out / "Beach")
    assert album.undo(run).ok
    assert files_of(album.root) == before


def test_a_destination_given_by_hand_must_be_a_folder(album: Album, tmp_path: Path) -> None:
    album.apply(album.plan("move"))
    before = files_of(tmp_path)
    with pytest.raises(UsageError, match="There is no folder"):
        undo(None, album.journals, JobContext(), destination=tmp_path / "nowhere")
    assert files_of(tmp_path) == before
