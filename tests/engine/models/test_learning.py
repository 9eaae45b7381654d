"""Learning with the real laboratory at its smallest: whole, stopped, refused, and without a laboratory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from desktop_app.engine import paths, settings
from desktop_app.engine.errors import Cancelled, ModelError, UsageError, UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.models import learning, shelf, using
from desktop_app.engine.models.card import ModelCard, load_card
from tests.helpers.pictures import grainy_album
from tests.helpers.tiny_model import change_card, make_tiny_model


@pytest.fixture
def base(kindred_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCard:
    """A tiny model to begin with, and a folder of temporary files of this test's own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    return load_card(make_tiny_model(kindred_home / "models" / "tiny", int8=True))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return grainy_album(tmp_path / "Summer 2019", 60)


def names() -> list[str]:
    return sorted(path.name for path in paths.user_models_dir().iterdir())


def test_a_folder_becomes_a_model_that_tells_before_and_after(base: ModelCard, photos: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in photos.iterdir()}
    told: list[Progress] = []
    learned = learning.learn(photos, base, JobContext(told.append), minutes=0.2)
    assert learned.card is not None
    assert names() == ["tiny", "tiny-summer-2019"]
    assert shelf.check(learned.card)["float"] > 0.999
    assert using.model_before(learned.card) == base
    assert settings.load().model != learned.card.name
    assert {path: path.read_bytes() for path in photos.iterdir()} == before
    assert list((tmp_path / "scratch").iterdir()) == []
    stages = [event.text for event in told]
    assert stages[0] == "Starting the laboratory"
    assert {"Reading photos", "Looking at the photos"} <= set(stages)
    assert all(0 <= event.done <= 100 for event in told if event.total)

    together, *parts, suggested = learning.before_and_after(learned.card)
    assert (together.what, suggested.what) == ("All together", "Suggested number of groups")
    assert 0 <= together.before <= together.after <= 1
    assert together.after == pytest.approx(sum(part.after for part in parts) / 4, abs=1e-3)
    assert learning.said(suggested.after).isdigit()
    assert learning.said(together.after) == f"{together.after:.3f}"

    assert shelf.free_name(shelf.name_for(base, photos)) == "tiny-summer-2019-2"


@pytest.mark.parametrize("stage", ["Starting the laboratory", "Reading photos", "Looking at the photos"])
def test_a_cancel_leaves_nothing(base: ModelCard, photos: Path, tmp_path: Path, stage: str) -> None:
    ctx = JobContext(lambda event: ctx.cancel() if event.text == stage else None)
    with pytest.raises(Cancelled):
        learning.learn(photos, base, ctx, minutes=0.2)
    assert names() == ["tiny"]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_the_laboratory_refuses_is_said_in_its_words(base: ModelCard, photos: Path) -> None:
    for path in sorted(photos.iterdir())[10:]:
        path.unlink()
    with pytest.raises(UserError, match=r"10 photos that can be read .* at least 50 are needed") as caught:
        learning.learn(photos, base, JobContext())
    assert caught.value.code == "learning-failed"
    assert names() == ["tiny"]


def test_without_a_laboratory_one_sentence_says_how_to_get_it(
    base: ModelCard, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert learning.missing() == ""
    monkeypatch.setattr(learning, "_NEEDS", ("no_such_package",))
    with pytest.raises(UsageError, match=r'-m pip install "\.\[train\]"') as caught:
        learning.learn(photos, base, JobContext())
    assert caught.value.code == "laboratory-missing"
    assert str(caught.value).count(". ") == 0


@pytest.mark.parametrize(
    ("code", "lines", "words"),
    [
        (1, ["12:00:00 Reading photos 3.0 %", "error: The disk is full."], "The disk is full."),
        (3, ["Traceback", "ValueError: odd", ""], "Learning stopped: ValueError: odd."),
        (-9, ["something"], "memory ran out"),
        (5, [], "exit code 5"),
    ],
)
def test_every_end_has_its_words(code: int, lines: list[str], words: str) -> None:
    said = learning._Said(JobContext())
    for line in lines:
        said.take(line)
    assert words in str(said.error(code))
    assert isinstance(said.error(4), ModelError) == any(line.startswith("error: ") for line in lines)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12:04:31 Looking at the photos 43.2 %, 3 min left", (43, 100, "Looking at the photos")),
        ("00:00:00 View 3 of 8 100.0 %", (100, 100, "View 3 of 8")),
        ("23:59:59 Looking for photos 1204", (1204, 0, "Looking for photos")),
        ("08:00:00 Fine 250.0 %, -1 min left", (100, 100, "Fine")),
    ],
)
def test_progress_is_understood(line: str, expected: tuple[int, int, str]) -> None:
    told: list[Progress] = []
    learning._Said(JobContext(told.append)).take(line)
    assert [(event.done, event.total, event.text) for event in told] == [expected]


def test_other_lines_are_no_progress() -> None:
    told: list[Progress] = []
    said = learning._Said(JobContext(told.append))
    for line in ("", "60 photos, 3 groups.", "12:04 Reading 3 %", "UserWarning: 12:04:31 5 %", "12:04:31 ", "\ufffd"):
        said.take(line)
    assert told == []


@pytest.mark.parametrize(
    "figures",
    [{}, {"label_free": 3}, {"label_free": {}}, {"label_free": {"base": 1}}, {"label_free": {"A1": {"kept": True}}}],
)
def test_a_card_of_another_kind_has_no_before_and_after(base: ModelCard, figures: dict[str, object]) -> None:
    change_card(base.folder, lambda card: card["provenance"].update(figures=figures))
    assert learning.before_and_after(load_card(base.folder)) == ()


def test_figures_that_are_none_count_nothing(base: ModelCard) -> None:
    steps = {
        "base": {"probe": "much"},
        "A0": {"kept": False, "probe": 1.0},
        "A1": {"kept": True, "probe": 0.5},
        "A2": 4,
    }
    change_card(base.folder, lambda card: card["provenance"].update(figures={"label_free": steps, "suggested": [3]}))
    changes = {
        change.what: (change.before, change.after) for change in learning.before_and_after(load_card(base.folder))
    }
    assert changes["All together"] == (0, 0.125)
    assert changes["Groups differ from each other"] == (0, 0.5)
    assert "Suggested number of groups" not in changes
