"""Undo finds its files where a person has put them since, by the numbers that the disk gave them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import load
from desktop_app.engine.organize.planning.layout import Layout
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


def test_a_source_folder_that_is_gone_itself_is_made_again_and_that_is_said(album: Album) -> None:
    before = files_of(album.root)
    album.apply(album.plan("move"))
    shutil.rmtree(album.root)
    report = album.undo()
    assert report.ok, report.kept
    assert f"{album.root} was gone and was made again" in report.text
    assert files_of(album.root) == before


def test_an_undo_killed_while_it_makes_the_source_folder_again_is_finished(album: Album) -> None:
    before = files_of(album.root)
    for at in range(1, 60, 3):
        album.apply(album.plan("move"))
        shutil.rmtree(album.root)
        try:
            album.undo(disk=FaultyDisk(at))
        except Killed:
            recover(album.journals, JobContext())
        if not album.root.is_dir() or files_of(album.root) != before:
            album.undo()
        assert files_of(album.root) == before
        shutil.rmtree(album.journals)


def test_in_place_of_a_source_folder_nothing_is_removed(album: Album) -> None:
    album.apply(album.plan("move"))
    shutil.rmtree(album.root)
    album.root.write_text("a file by now")
    with pytest.raises(UserError, match="give the folder the name and place that it had"):
        album.undo()
    assert album.root.read_text() == "a file by now"


def test_copies_stay_while_the_folder_of_their_originals_is_gone(album: Album) -> None:
    album.apply(album.plan("copy"))
    before = files_of(album.out)
    shutil.rmtree(album.root)
    with pytest.raises(UserError, match=f"{album.root} cannot be found") as refused:
        album.undo()
    assert "--destination" not in refused.value.hint, "it would be refused once more"
    assert files_of(album.out) == before


def test_a_run_that_cannot_be_found_names_itself_and_the_next_that_can_be_taken_back(
    album: Album, tmp_path: Path
) -> None:
    first = album.apply(album.plan("copy")).run_id
    second = album.apply(album.plan("copy", tmp_path / "again")).run_id
    third = album.apply(album.plan("move", tmp_path / "third")).run_id
    for name in ("again", "third"):
        shutil.rmtree(tmp_path / name)
    before = files_of(tmp_path)
    with pytest.raises(UserError) as refused:
        album.undo()
    assert refused.value.message.startswith(f"Run {third} (move of 3 photos, ")
    assert f"kindred undo {third} --destination FOLDER." in refused.value.hint
    offer = f"The next run that can be taken back is run {first} (copy of 3 photos to {album.out})"
    assert f"{offer}: kindred undo {first}." in refused.value.hint
    assert files_of(tmp_path).keys() == before.keys(), "another run was taken back, and nobody had asked"
    with pytest.raises(UserError) as refused:
        album.undo(second)
    assert "The next run" not in refused.value.hint, "this run was meant, and no other"
    shutil.rmtree(album.out)
    with pytest.raises(UserError) as refused:
        album.undo()
    assert "The next run" not in refused.value.hint


def test_a_destination_given_by_hand_needs_not_the_disk_on_which_it_was(album: Album, tmp_path: Path) -> None:
    album.apply(album.plan("move"))
    record = load(album.journals / "run-000001.jsonl")
    root_disk, _ = record.header["mounts"]
    record.header["mounts"] = [root_disk, str(tmp_path / "unplugged")]
    assert Places.find(record) is None
    assert Places.find(record, album.out) is not None


def test_a_destination_moved_out_of_sight_is_given_by_hand(album: Album, tmp_path: Path) -> None:
    before = files_of(album.root)
    album.apply(album.plan("move"))
    elsewhere = tmp_path / "far" / "away"
    elsewhere.mkdir(parents=True)
    album.out.rename(elsewhere / "sorted")
    report = undo(None, album.journals, JobContext(), destination=elsewhere / "sorted", disk=Disk())
    assert report.ok, report.kept
    assert files_of(album.root) == before


@pytest.mark.parametrize("action", ["copy", "move"])
def test_a_folder_that_left_is_named_and_undone_once_it_is_back(album: Album, tmp_path: Path, action: str) -> None:
    before = files_of(album.root)
    run = album.apply(album.plan(action)).run_id
    group, away = album.out / "Beach", tmp_path / "taken away"
    group.rename(away)
    there = files_of(away)
    report = album.undo()
    assert {problem.code for problem in report.kept} == {"missing"}
    assert all("bring that back" in problem.message for problem in report.kept)
    assert f"{group} is not there any more; to take its files back, too, put it there again" in report.text
    assert "(3 files)." in report.text
    assert files_of(away) == there
    assert list(album.out.iterdir()) == [], "the place to which it can return"
    again = album.undo(run)
    assert (again.photos, again.text.count(str(group))) == (0, 1), "nothing changed, and said again"
    away.rename(group)
    assert album.undo(run).ok
    assert files_of(album.root) == before
    assert not album.out.exists()


def test_a_folder_can_come_back_though_the_destination_has_gone(album: Album, tmp_path: Path) -> None:
    before = files_of(album.root)
    run = album.apply(album.plan("move")).run_id
    (album.out / "Beach").rename(tmp_path / "taken away")
    album.undo()
    album.out.rmdir()
    with pytest.raises(UserError, match="cannot be found") as refused:
        album.undo(run)
    assert str(album.out) in str(refused.value)
    assert "put the folder back where it was" in refused.value.hint
    album.out.mkdir()
    (tmp_path / "taken away").rename(album.out / "Beach")
    assert album.undo(run).ok
    assert files_of(album.root) == before


def test_of_folders_in_each_other_the_one_that_left_is_named(album: Album, tmp_path: Path) -> None:
    before = files_of(album.root)
    run = album.apply(album.plan("move", layout=Layout("by kind/all/{group}"))).run_id
    (album.out / "by kind" / "all").rename(tmp_path / "taken away")
    report = album.undo()
    assert f"{album.out / 'by kind' / 'all'} is not there any more" in report.text
    assert (album.out / "by kind").is_dir()
    (tmp_path / "taken away").rename(album.out / "by kind" / "all")
    assert album.undo(run).ok
    assert files_of(album.root) == before
    assert not album.out.exists()


def test_of_several_folders_that_left_one_is_named_and_the_others_counted(album: Album, tmp_path: Path) -> None:
    album.add("c/four.jpg", "Cats/Black")
    album.apply(album.plan("move"))
    for name in [path.name for path in album.out.iterdir()]:
        (album.out / name).rename(tmp_path / f"{name} taken away")
    report = album.undo()
    assert f"{album.out / 'Beach'} and 2 more folders are not there any more" in report.text
    assert "(5 files)." in report.text
    assert album.out.is_dir()


def test_a_destination_given_by_hand_must_be_a_folder(album: Album, tmp_path: Path) -> None:
    album.apply(album.plan("move"))
    before = files_of(tmp_path)
    with pytest.raises(UsageError, match="There is no folder"):
        undo(None, album.journals, JobContext(), destination=tmp_path / "nowhere")
    assert files_of(tmp_path) == before
