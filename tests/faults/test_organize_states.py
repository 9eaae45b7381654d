"""Plan, apply, crash, recover, undo, edit, in any order, against a model of the file tree."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group, Photo
from tests.helpers.chance import NIGHTLY
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.sample_library import is_temporary, photo_of, undo_stopped_at_once

ACTIONS = st.sampled_from(["copy", "move", "move", "hardlink", "symlink"])
MOMENTS = st.integers(1, 150)
SHM = Path("/dev/shm")
HOME = str(SHM) if SHM.is_dir() and os.access(SHM, os.W_OK) else None


class Organizing(RuleBasedStateMachine):
    """The model: the contents that exist because a person made them. None may ever be lost or altered."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="kindred-states-", dir=HOME))
        self.root, self.out, self.journals = (self.home / name for name in ("photos", "sorted", "journals"))
        self.root.mkdir()
        self.contents: set[bytes] = set()
        self.under_way: set[bytes] = set()  # whole, and in none but hidden files when their last seen one was rewritten
        self.made = 0
        self.settled = True

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    def write(self, path: Path) -> None:
        self.made += 1
        content = hashlib.sha256(b"%d" % self.made).digest() * (1 + self.made % 40)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.contents.add(content)

    @initialize(count=st.integers(2, 6))
    def photograph(self, count: int) -> None:
        for i in range(count):
            self.write(self.root / f"d{i % 3}" / "IMG.jpg") if i < 3 else self.write(self.root / f"{i}.jpg")
        self.write(self.root / "d0" / "IMG.jpg.xmp")
        self.write(self.root / "d1" / "img.mov")

    @rule(where=st.sampled_from(["photos/d0/IMG.jpg", "photos/new.jpg", "sorted/G0/IMG.jpg", "sorted/G1/new.jpg"]))
    def someone_adds_a_file(self, where: str) -> None:
        if not (self.home / where).exists():
            self.write(self.home / where)

    @rule(choice=st.randoms(use_true_random=False))
    def someone_edits_a_file(self, choice) -> None:  # type: ignore[no-untyped-def]
        files = [path for path in self.files() if path.stat().st_nlink == 1]
        if files:
            path = choice.choice(files)
            self.give_up(path)
            self.write(path)

    @rule(
        choice=st.randoms(use_true_random=False),
        ending=st.sampled_from([".xmp", ".jpg.xmp", ".jpg_original", ".pp3"]),
        anew=st.booleans(),
    )
    def another_program_writes_beside_an_organized_photo(self, choice, ending: str, anew: bool) -> None:  # type: ignore[no-untyped-def]
        photos = [path for path in self.files() if path.suffix == ".jpg" and self.out in path.parents]
        if not photos:
            return
        photo = choice.choice(photos)
        path = photo.with_name(photo.stem + ending)
        if path.exists() and (path.is_symlink() or path.stat().st_nlink > 1):
            return
        if path.exists():
            self.give_up(path)
            if anew:
                path.unlink()
        self.write(path)

    def give_up(self, path: Path) -> None:
        """Somebody writes another content over that file; a run that was killed may still finish with the old one."""
        self.contents &= {other.read_bytes() for other in self.files() if other != path}
        hidden = {other.read_bytes() for other in self.home.rglob("*") if is_temporary(other.name) and other.is_file()}
        self.under_way |= {path.read_bytes()} & hidden

    def files(self) -> list[Path]:
        return [
            path
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
            and not path.is_symlink()
            and not is_temporary(path.name)
            and self.journals not in path.parents
        ]

    def plan(self, action: str, groups: int, source: Path):  # type: ignore[no-untyped-def]
        photos: dict[int, Photo] = {}
        for path in sorted(source.rglob("*.jpg")):
            if path.is_file() and not path.is_symlink():
                companions = [path.with_name(path.name + ".xmp"), path.with_name("img.mov")]
                there = tuple(other for other in companions if other.is_file() and not other.is_symlink())
                photos[len(photos) + 1] = photo_of(len(photos) + 1, path, there)
        ids = np.array([*photos], np.int64)
        named = [Group(g, f"G{g}", ids[ids % groups == g], 1) for g in range(groups)]
        destination = self.out if source == self.root else self.root
        return make_plan(source, named, photos, destination, action, JobContext())

    @precondition(lambda self: self.settled)
    @rule(action=ACTIONS, groups=st.integers(1, 3), back=st.booleans())
    def organize(self, action: str, groups: int, back: bool) -> None:
        source = self.out if back and self.out.is_dir() else self.root
        plan = self.plan(action, groups, source)
        report = apply(plan, self.journals, JobContext())
        done, problems = {step.src for step in report.done}, {problem.path for problem in report.problems}
        refused = {problem.path for problem in plan.refused}
        assert done | problems == {step.src for step in plan.steps} | refused
        assert refused <= problems
        assert not report.waiting
        assert all(step.dst.exists() for step in report.done)

    @precondition(lambda self: self.settled)
    @rule(action=ACTIONS, groups=st.integers(1, 3), at=MOMENTS)
    def crash_while_organizing(self, action: str, groups: int, at: int) -> None:
        self.crash(lambda disk: apply(self.plan(action, groups, self.root), self.journals, JobContext(), disk=disk), at)

    @precondition(lambda self: self.settled)
    @rule(at=MOMENTS)
    def crash_while_undoing(self, at: int) -> None:
        self.crash(lambda disk: undo(None, self.journals, JobContext(), disk=disk), at)

    @rule(at=MOMENTS)
    def crash_while_recovering(self, at: int) -> None:
        self.crash(lambda disk: recover(self.journals, JobContext(), disk=disk), at)

    def crash(self, job, at: int) -> None:  # type: ignore[no-untyped-def]
        disk = FaultyDisk(at)
        self.settled = False
        try:
            with contextlib.suppress(UserError):
                job(disk)
        except Killed:
            pass
        finally:
            disk.close_all()

    @rule(finish=st.booleans())
    def start_again(self, finish: bool) -> None:
        if not finish:
            undo_stopped_at_once(self.journals)
        for report in recover(self.journals, JobContext()):
            assert report.outcome != "unsettled"
        self.settled = True
        assert recover(self.journals, JobContext()) == ()
        assert not [path for path in self.home.rglob("*") if is_temporary(path.name)]

    @precondition(lambda self: self.settled)
    @rule()
    def undo_newest(self) -> None:
        with contextlib.suppress(UserError):
            undo(None, self.journals, JobContext())

    @precondition(lambda self: self.settled)
    @rule(choice=st.randoms(use_true_random=False))
    def undo_any(self, choice) -> None:  # type: ignore[no-untyped-def]
        runs = history(self.journals)
        if runs:
            with contextlib.suppress(UserError):
                undo(choice.choice(runs).id, self.journals, JobContext())

    @invariant()
    def every_content_exists_whole(self) -> None:
        found = Counter(path.read_bytes() for path in self.files())
        assert set(found) <= self.contents | self.under_way, "a partial or altered file stands under a final name"
        assert self.contents <= set(found), "a file is lost"


def test_no_order_of_events_loses_a_file(fault_seed: int) -> None:
    run_state_machine_as_test(
        seed(fault_seed)(Organizing),
        settings=settings(
            max_examples=1000 if NIGHTLY else 100,
            stateful_step_count=30 if NIGHTLY else 12,
            suppress_health_check=list(HealthCheck),
        ),
    )
