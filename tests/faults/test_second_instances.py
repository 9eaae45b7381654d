"""A second Kindred, started again and again while a run holds the journal: told so, and without effect."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.reports import ApplyReport
from desktop_app.engine.organize.running import undo as undo_module
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from tests.helpers import figures
from tests.helpers.pictures import quadrants
from tests.helpers.sample_library import SampleLibrary, files_of
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.waiting import WAIT

ROOT = Path(__file__).resolve().parents[2]


class HeldContext(JobContext):
    """Stops a job in its middle until `go` is set."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.reached, self.go = threading.Event(), threading.Event()
        self._left = after

    def check(self) -> None:
        super().check()
        self._left -= 1
        if self._left == 0:
            self.reached.set()
            self.go.wait()


@pytest.fixture
def held(kindred_home: Path) -> Iterator[tuple[SampleLibrary, HeldContext, list[ApplyReport]]]:
    """A move that has done some of its files and holds the lock."""
    library = SampleLibrary(kindred_home, kindred_home / "sorted")
    context, reports = HeldContext(3), list[ApplyReport]()
    plan = library.plan("move")
    run = threading.Thread(target=lambda: reports.append(apply(plan, library.journals, context)))
    run.start()
    try:
        assert context.reached.wait(WAIT)
        yield library, context, reports
    finally:
        context.go.set()
        run.join()


@pytest.mark.usefixtures("small_steps")
def test_second_instances_are_refused_or_only_read(
    held: tuple[SampleLibrary, HeldContext, list[ApplyReport]], kindred_home: Path, tmp_path: Path, nightly: bool
) -> None:
    library, context, reports = held
    make_tiny_model(kindred_home / "models" / "tiny")
    album, out = tmp_path / "album", tmp_path / "out"
    album.mkdir()
    for number in range(4):
        quadrants(60 + number, 50).save(album / f"{number}.jpg")
    shown = files_of(album)
    middle = files_of(library.root), files_of(library.destination)
    journals = {path.name: path.read_bytes() for path in library.journals.glob("run-*")}
    organizing = ["organize", album, "--model", "tiny", "--k", "2", "--to", out, "--action", "move", "--yes", "--json"]
    commands: list[tuple[list[object], bool]] = [
        (["undo", "--json"], False),
        (organizing, False),
        (["undo", "--list", "--json"], True),
        (["undo", "000001", "--json"], False),
        (["groups", album, "--model", "tiny", "--k", "2", "--json"], True),
    ]
    refused = read_only = 0
    for number in range(100 if nightly else 10):
        words, reads = commands[number % len(commands)]
        command = [sys.executable, "-m", "desktop_app", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        answer = json.loads(done.stdout)
        if reads:
            assert done.returncode == 0, done.stderr
            read_only += 1
        else:
            assert done.returncode != 0
            assert answer["error"]["code"] == "another-run", answer
            assert answer["error"]["hint"]
            refused += 1
        assert (files_of(library.root), files_of(library.destination)) == middle
        assert {path.name: path.read_bytes() for path in library.journals.glob("run-*")} == journals
        assert files_of(album) == shown
        assert not out.exists()
    assert recover(library.journals, JobContext()) == (), "a run that goes on needs no recovery"
    for attempt in (
        lambda: undo_module.undo(None, library.journals, JobContext()),
        lambda: apply(library.plan("copy"), library.journals, JobContext()),
    ):  # another job of the same program
        with pytest.raises(UserError, match="at work on files already"):
            attempt()
    context.go.set()
    while not reports:
        threading.Event().wait(0.05)
    assert reports[0].ok
    library.check_settled("move")
    library.undo_all()
    figures.count("second instances refused", refused)
    figures.count("second instances that only read", read_only)
