from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.models.card import load_card
from tests.helpers.laboratory import SMALL_RUN, write_data
from training.__main__ import _parser, main
from training.config import load_config
from training.pretexts import PRETEXTS, build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def laboratory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_data(tmp_path / "data", photos=24)
    (tmp_path / "small.toml").write_text(SMALL_RUN)
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.slow
def test_train_export_evaluate(laboratory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, models = laboratory / "runs" / "small", laboratory / "models"
    assert main(["train", str(laboratory / "small.toml"), "--run", str(run)]) == 0
    assert main(["export", str(run), "--to", str(models)]) == 0
    assert main(["evaluate", str(models / "small")]) == 0
    assert main(["evaluate", str(run), "--sizes", "16", "24"]) == 0
    out = capsys.readouterr().out
    assert "small at 16 px" in out
    assert "int8 neighbor overlap@10" in out
    card = json.loads((models / "small" / "card.json").read_text())
    assert card["provenance"]["config"]["batch"] == 8
    # The run is lost; of the model it is made again, and gives the same model.
    again = laboratory / "again" / "small"
    assert main(["restore", str(models / "small"), "--run", str(again)]) == 0
    assert "name small as start.run" in capsys.readouterr().out
    other = laboratory / "other.toml"
    other.write_text(SMALL_RUN.replace("small", "other"))
    assert main(["export", str(again), "--to", str(laboratory / "more"), "--as", str(other)]) == 0
    assert (laboratory / "more" / "other" / "card.json").exists()
    assert main(["export", str(again), "--to", str(laboratory / "more")]) == 0
    twin = json.loads((laboratory / "more" / "small" / "card.json").read_text())
    for key in ("stages", "epochs", "photos", "data_hash", "device"):
        assert twin["provenance"]["figures"][key] == card["provenance"]["figures"][key], key
    for key in ("git_commit", "method", "config"):
        assert twin["provenance"][key] == card["provenance"][key], key
    assert np.corrcoef(twin["probe"]["embedding"], card["probe"]["embedding"])[0, 1] > 0.999
    assert card["input"]["size"] == 24


def test_a_model_of_ones_own_needs_no_labeled_folders(laboratory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(laboratory / "data" / "folders")
    run, models = laboratory / "runs" / "small", laboratory / "models"
    assert main(["train", str(laboratory / "small.toml"), "--run", str(run)]) == 0
    assert f"export {run}" in capsys.readouterr().out
    assert main(["export", str(run), "--to", str(models)]) == 0
    assert "not scored" in capsys.readouterr().out
    provenance = load_card(models / "small").provenance
    assert "folders" not in provenance.figures
    assert "scores below" not in provenance.method


@pytest.mark.parametrize(
    "arguments",
    [
        ["train", "first-run", "--threads", "-1"],
        ["train", "first-run", "--threads", "many"],
        ["reproduce", "folders", "--seeds", "0"],
        ["reproduce", "folders", "--budget", "-5"],
        ["reproduce", "folders", "--budget", "nan"],
        ["adapt", "nowhere", "--minutes", "inf"],
    ],
)
def test_numbers_that_make_no_sense_are_refused(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert f"argument {arguments[2]}: must be a" in capsys.readouterr().err


def test_the_page_of_the_laboratory_names_every_command_and_task() -> None:
    page = (ROOT / "docs" / "laboratory.md").read_text(encoding="utf-8")
    (commands,) = [action.choices for action in _parser()._actions if action.choices]
    for command in commands:
        assert f"| `{command}" in page
    for task in PRETEXTS:
        assert f"| `{task}` |" in page


def test_the_configuration_on_the_page_of_the_laboratory_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "laboratory.md").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0])
    config = load_config(path)
    assert config.resolutions == ((0.0, 64), (0.5, 96))
    build(config)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["train", "nowhere.toml"], 2, "nowhere.toml"),
        (["train", "nowhere"], 2, "first-run"),
        (["export", "nowhere"], 1, "is no run"),
        (["evaluate", "nowhere"], 1, "is no run"),
    ],
)
def test_mistakes_are_told_in_one_line(
    laboratory: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert main(arguments) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_wrong_name_is_told_before_the_photos_are_read(laboratory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = laboratory / "wrong.toml"
    path.write_text(SMALL_RUN.replace('"simclr"', '"simclear"'))
    run = laboratory / "runs" / "wrong"
    assert main(["train", str(path), "--run", str(run)]) == 2
    assert "simclear" in capsys.readouterr().err
    assert not run.parent.exists()


def test_a_folder_without_photos_is_told(laboratory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = laboratory / "empty.toml"
    path.write_text(SMALL_RUN.replace('"photos"', '"missing"'))
    assert main(["train", str(path), "--run", str(laboratory / "run")]) == 2
    assert "missing" in capsys.readouterr().err
