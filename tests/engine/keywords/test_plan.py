from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from desktop_app.engine.keywords import plan as plan_module
from desktop_app.engine.keywords.plan import make_plan
from tests.helpers.keyword_desk import Desk
from tests.helpers.sample_library import files_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_it_says_everything_and_touches_nothing(desk: Desk) -> None:
    plan = desk.plan()
    assert [(one.sidecar.name, one.keyword, one.new) for one in plan.changes] == [
        ("a.jpg.xmp", "Beach", False),
        ("b.xmp", "Beach", False),
        ("c.jpg.xmp", "Wood / Forest", False),
        ("c.xmp", "Wood / Forest", False),
        ("d.jpg.xmp", "Wood / Forest", True),
        ("e.jpg.xmp", "Wood / Forest", True),
    ]
    assert plan.summary == (
        "5 photos would get a keyword: in 2 new sidecars and in 4 that are there already. "
        "1 photo has two sidecars, and both are kept in step."
    )
    assert plan.example == "a.jpg.xmp: Beach (as a tree Kindred|Beach, Kindred/Beach)"
    assert files_of(desk.root) == desk.before


def test_what_is_done_already_is_counted(desk: Desk) -> None:
    desk.write()
    desk.look()
    (desk.root / "d.jpg.xmp").unlink()
    assert desk.plan().photos == 0  # one is refused: it was there when the folder was looked at
    desk.look()
    plan = desk.plan("Beach", "Wood / Forest")
    assert (plan.photos, plan.unchanged) == (1, 4)
    assert plan.summary.startswith("1 photo would get a keyword: in 1 new sidecar. 4 photos have it already.")
    desk.write()
    desk.look()
    assert desk.plan().summary.startswith("No sidecar has to be written. 5 photos have it already.")


def test_where_keywords_go_and_who_gets_none_is_said(desk: Desk) -> None:
    first, second = desk.groups()
    hidden = dataclasses.replace(second, hidden=True)
    there = make_plan(desk.root, (first, hidden), desk.photos, JobContext())
    assert there.summary == (
        "2 photos would get a keyword: in 2 that are there already. "
        "Left where they are, as you decided: 3 photos in 1 group that is left out."
    )
    assert there.ok


def test_what_cannot_be_written_is_refused_by_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_module, "MOST_BYTES", 6000)
    root = desk.root
    (root / "a.jpg.xmp").write_text("broken")
    (root / "b.xmp").write_bytes(b" " * 6001)
    (root / "c.jpg.xmp").unlink()
    os.mkfifo(root / "c.jpg.xmp")
    (root / "c.xmp").chmod(0o444)
    (root / "d.jpg.xmp").symlink_to("nowhere")
    (root / "e.jpg").unlink()
    before = files_of(root)
    plan = desk.plan()
    assert [(problem.path.name, problem.code) for problem in plan.refused] == [
        ("a.jpg.xmp", "malformed"),
        ("b.xmp", "too-large"),
        ("c.jpg.xmp", "is-a-link"),
        ("c.xmp", "no-permission"),
        ("d.jpg.xmp", "name-taken"),
        ("e.jpg", "missing"),
    ]
    assert (plan.ok, plan.changes) == (False, ())
    assert plan.summary.endswith("6 files are left alone.")
    report = desk.write()
    assert (report.run_id, report.ok, len(report.problems)) == ("", False, 6)
    assert files_of(root) == before


def test_a_number_in_place_of_a_name_is_said(desk: Desk) -> None:
    assert desk.plan("Group 1", "Group 12").summary.endswith(" 2 groups have no name yet, only a number.")
    assert desk.plan("Group 1").summary.endswith(" 1 group has no name yet, only a number.")
    assert desk.plan("Group photos", "Group").unnamed == 0


def test_it_can_be_stopped(desk: Desk) -> None:
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        make_plan(desk.root, desk.groups(), desk.photos, ctx)
