"""What a person's log tells of a run: figures in the ordinary one, paths only in the one for finding faults."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.running.recover import recover
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.organize_album import Album


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/one.jpg", companions=["a/one.xmp"], content=b"photo")
    made.add("b/two.jpg", content=b"photo")
    return made


def lines(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == level]


def test_a_run_and_its_undo_are_told_in_figures(album: Album, caplog: pytest.LogCaptureFixture) -> None:
    plan = album.plan("move")
    (album.root / "b/two.jpg").unlink()
    with caplog.at_level(logging.DEBUG, "desktop_app.engine.organize"):
        album.apply(plan)
        album.undo()
    told = [line.rpartition(", ")[0] or line for line in lines(caplog, logging.INFO)]
    assert told == [
        "run 000001: move of 2 photos",
        "run 000001: move finished, 1 photos, 2 files, 10 bytes, 1 skipped, 0 failed",
        "undo of run 000001: move of 2 files",
        "undo of run 000001: move finished, 1 photos, 2 files, 0 kept",
    ]
    assert str(album.root.parent) not in "".join(lines(caplog, logging.INFO))
    paths = lines(caplog, logging.DEBUG)
    assert f"done: {album.root}/a/one.jpg -> {album.out}/Beach/one.jpg" in paths
    assert f"done: {album.out}/Beach/one.xmp -> {album.root}/a/one.xmp" in paths
    assert f"left alone: {album.root}/b/two.jpg: it is not there any more" in paths


def test_an_interrupted_run_is_told_of(album: Album, caplog: pytest.LogCaptureFixture) -> None:
    dying = FaultyDisk(30)
    with pytest.raises(Killed):
        album.apply(album.plan("move"), dying)
    dying.close_all()
    caplog.clear()
    with caplog.at_level(logging.INFO, "desktop_app.engine.organize"):
        recover(album.journals, JobContext())
    (told,) = lines(caplog, logging.INFO)
    assert told == "interrupted run 000001: move finished, 3 files now, 0 left alone"
