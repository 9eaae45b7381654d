"""One report says what became of every photo that was asked for: done, left alone with its reason, or not come to."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.disk.disk import Disk
from tests.helpers.organize_album import Album


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    for name in "abcd":
        made.add(f"{name}.jpg", companions=[f"{name}.xmp"])
    return made


class Full(Disk):
    """A disk that takes so many copies and no more."""

    def __init__(self, copies: int) -> None:
        self.left = copies

    def create(self, path: Path) -> int:
        if path.suffix == ".part":
            if not self.left:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            self.left -= 1
        return super().create(path)


@pytest.mark.parametrize("action", ACTIONS)
def test_what_the_plan_refused_stands_in_the_report(album: Album, action: str) -> None:
    (album.root / "b.jpg").write_bytes(b"another picture, since the folder was read")
    plan = album.plan(action)
    report = album.apply(plan)
    assert {problem.path.name: problem.code for problem in report.skipped} == {"b.jpg": "changed", "b.xmp": "changed"}
    assert not report.ok
    assert report.photos == 3
    assert "2 files were left alone" in report.text


def test_a_plan_that_refused_everything_says_so_too(album: Album) -> None:
    for name in "abcd":
        (album.root / f"{name}.jpg").unlink()
    report = album.apply(album.plan())
    assert not report.ok
    assert {problem.path.name for problem in report.skipped} >= {f"{name}.jpg" for name in "abcd"}


def test_what_is_in_place_already_is_no_refusal(album: Album) -> None:
    album.apply(album.plan())
    again = album.apply(album.plan())
    assert again.ok
    assert again.skipped == ()


def test_after_a_full_disk_every_photo_is_done_named_or_counted_as_waiting(album: Album) -> None:
    plan = album.plan()
    report = album.apply(plan, disk=Full(copies=3))
    assert report.outcome == "stopped"
    done = {step.src.name for step in report.done}
    named = {problem.path.name for problem in report.problems}
    waiting = {step.src.name for step in report.waiting}
    assert done | named | waiting == {step.src.name for step in plan.steps}
    assert not done & named
    assert not (done | named) & waiting
    assert waiting
    assert f" {len(waiting) // 2} not done." in report.text


def test_a_run_that_came_to_its_end_has_nothing_waiting(album: Album) -> None:
    (album.root / "b.jpg").write_bytes(b"another picture, since the folder was read")
    plan = album.plan("move")
    (album.root / "c.jpg").write_bytes(b"another picture, since the plan was made")
    report = album.apply(plan)
    assert report.waiting == ()
    assert {problem.path.name for problem in report.skipped} == {"b.jpg", "b.xmp", "c.jpg", "c.xmp"}
