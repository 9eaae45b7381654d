"""Keywords from the command line: real files, its words, its JSON and its exit codes, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli import entry
from desktop_app.engine.keywords.merge import SUBJECT
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import contents, draw
from tests.helpers.xmp import DIGIKAM, keywords


@pytest.fixture
def photos(kindred_home: Path, tmp_path: Path) -> Path:
    make_tiny_model(kindred_home / "models" / "tiny")
    folder = tmp_path / "photos"
    for number in range(4):
        draw(folder / f"red {number}.png", (200, 30, 20), number)
        draw(folder / f"blue {number}.png", (20, 40, 210), number + 50)
    (folder / "red 0.png.xmp").write_text(DIGIKAM, encoding="utf-8")
    return folder


def test_plan_write_history_and_undo(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(photos)
    ask = ["keywords", str(photos), "--model", "tiny", "--k", "2"]
    assert entry.main([*ask, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "8 photos would get a keyword: in 7 new sidecars and in 1 that is there already." in said
    assert said.endswith("Nothing was touched (--dry-run).\n")
    assert entry.main([*ask, "--dry-run", "--json", "--sidecars", "lightroom"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {one["new"] for one in answer["sidecars"] if one["sidecar"].endswith(".png.xmp")} == {False}
    assert entry.main(ask) == 2
    assert "Say --yes to go ahead." in capsys.readouterr().err
    assert contents(photos) == before

    assert entry.main([*ask, "--yes", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["action"], answer["outcome"], len(answer["done"]), answer["refused"]) == (
        "keywords",
        "finished",
        8,
        [],
    )
    for one in answer["sidecars"]:
        assert keywords(Path(one["sidecar"]).read_bytes(), SUBJECT)[-1] == one["keyword"]
    assert entry.main([*ask, "--yes"]) == 0
    assert capsys.readouterr().out == "0 photos got a keyword.\n"
    assert entry.main(["undo", "--list"]) == 0
    assert "keywords" in capsys.readouterr().out
    assert entry.main(["undo"]) == 0
    assert capsys.readouterr().out == f"Run 000001, keywords in {photos}: 8 photos without the keyword again.\n"
    assert contents(photos) == before


def test_a_refused_sidecar_is_named_and_the_exit_code_says_partial(
    photos: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "red 0.png.xmp").write_text("<x/>")
    ask = ["keywords", str(photos), "--model", "tiny", "--k", "2"]
    assert entry.main([*ask, "--yes"]) == 1
    out, err = capsys.readouterr()
    assert out == "7 photos got a keyword. 1 file was left alone.\n"
    assert "red 0.png.xmp: it is no XMP sidecar, although its name says so" in err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "n")
    assert entry.main([*ask, "--dry-run"]) == 1


def test_taking_keywords_back_names_the_run_that_moved_the_sidecars_on(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(photos)
    assert entry.main(["keywords", str(photos), "--model", "tiny", "--k", "2", "--yes"]) == 0
    move = ["organize", str(photos), "--model", "tiny", "--k", "2", "--action", "move", "--yes"]
    assert entry.main([*move, "--to", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert entry.main(["undo", "1"]) == 1
    assert capsys.readouterr().err.count("run 000002 moved it on; take that back first") == 8
    assert entry.main(["undo", "2"]) == 0
    assert entry.main(["undo", "1"]) == 0
    assert contents(photos) == before
