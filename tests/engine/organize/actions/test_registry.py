"""An action is added in one place, and found in every other."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from desktop_app.cli.entry import build_parser, main
from desktop_app.engine import paths
from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.actions.base import Words
from desktop_app.engine.organize.actions.registry import ACTIONS, noun
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.fifth_action import add_clone
from tests.helpers.organize_album import Album
from tests.helpers.sample_library import files_of


@pytest.fixture
def album(tmp_path: Path) -> Album:
    made = Album(tmp_path)
    made.add("a/one.jpg", companions=["a/one.xmp"])
    made.add("b/two.jpg")
    return made


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_has_a_word_for_every_place(name: str) -> None:
    action = ACTIONS[name]
    assert action.name == name
    for field in fields(Words):
        assert getattr(action.words, field.name).strip(), field.name
    assert action.words.label[0].isupper()
    assert action.words.verb[0].isupper()
    assert action.words.doing[0].isupper()
    assert action.words.explanation.endswith(".")


def test_labels_and_nouns_tell_the_actions_apart() -> None:
    for kind in ("label", "verb", "noun", "explanation"):
        assert len({getattr(action.words, kind) for action in ACTIONS.values()}) == len(ACTIONS), kind


def test_a_fifth_action_is_found_in_plan_report_history_and_undo(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    name = add_clone(monkeypatch)
    plan = album.plan(name)
    assert plan.summary.startswith("Clone 2 photos (3 files)")
    said: list[str] = []
    ctx = JobContext(lambda event: said.append(event.text), max_events_per_second=1e9)
    report = apply(plan, album.journals, ctx)
    assert set(said) == {"Cloning"}
    assert report.text == "2 photos cloned."
    assert [noun(run.action) for run in history(album.journals)] == ["clone"]
    assert album.undo().text == "2 photos unmade."
    assert not album.out.exists()


def test_a_fifth_action_that_was_interrupted_is_finished(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    dying = FaultyDisk(40)
    with pytest.raises(Killed):
        album.apply(album.plan(add_clone(monkeypatch)), dying)
    dying.close_all()
    (report,) = recover(album.journals, JobContext())
    assert "3 files cloned" in report.text
    assert report.outcome == "finished"


def test_a_fifth_action_is_found_on_the_command_line(
    album: Album, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kindred_home: Path
) -> None:
    name = add_clone(monkeypatch)
    options = build_parser().parse_args(["organize", str(album.root), "--to", str(album.out), "--action", name])
    assert options.action == name
    with pytest.raises(SystemExit):
        main(["organize", "--help"])
    assert f"symlink, {name} (default: copy)" in " ".join(capsys.readouterr().out.split())
    assert apply(album.plan(name), paths.journal_dir(), JobContext()).ok
    assert main(["undo", "--list"]) == 0
    assert "clone" in capsys.readouterr().out.replace(name, "")
    assert main(["undo", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["action"] == name
    assert main(["undo"]) == 0
    assert "2 photos unmade." in capsys.readouterr().out


class TestAnActionOfAnotherVersion:
    """Somebody used an action and then went back to a version that does not have it."""

    def test_its_run_is_listed_and_left_to_the_version_that_has_it(
        self, album: Album, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as newer:
            name = add_clone(newer)
            run = album.apply(album.plan(name)).run_id
        placed = files_of(album.out)
        (info,) = history(album.journals)
        assert (noun(info.action), info.undone) == (name, False)
        with pytest.raises(UserError, match="newer version"):
            album.undo(run)
        assert files_of(album.out) == placed

    def test_an_interrupted_one_waits_for_it(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        dying = FaultyDisk(40)
        with monkeypatch.context() as newer, pytest.raises(Killed):
            album.apply(album.plan(add_clone(newer)), dying)
        dying.close_all()
        before = [*album.journals.glob("run-*")], files_of(album.root), files_of(album.out)
        (report,) = recover(album.journals, JobContext())
        assert report.outcome == "unsettled"
        assert "newer version" in report.text
        assert before == ([*album.journals.glob("run-*")], files_of(album.root), files_of(album.out))
        add_clone(monkeypatch)
        assert recover(album.journals, JobContext())[0].outcome == "finished"

    def test_other_runs_are_taken_back_all_the_same(self, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
        before = files_of(album.root)
        first = album.apply(album.plan("move"))
        moved = Album(album.root.parent, existing=album.out)
        moved.photos = {1: moved.photo(1, album.out / "Beach" / "two.jpg")}
        moved.groups = {"Lakes": [1]}
        with monkeypatch.context() as newer:
            name = add_clone(newer)
            assert moved.apply(moved.plan(name, destination=album.root.parent / "again")).ok
        assert album.undo(first.run_id).ok
        assert files_of(album.root) == before
