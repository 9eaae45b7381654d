"""Commands about the program itself, from outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.command_line import run
from tests.helpers.tiny_model import make_tiny_model

pytestmark = pytest.mark.usefixtures("tiny_home")


def test_models_cache_and_doctor(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = make_tiny_model(tmp_path / "download" / "other", seed=5)
    assert run("models", "add", other, capsys=capsys)[0] == 0
    names = {card["name"] for card in json.loads(run("models", "list", "--json", capsys=capsys)[1])["models"]}
    assert {"tiny", "other"} <= names
    assert json.loads(run("models", "show", "other", "--json", capsys=capsys)[1])["name"] == "other"
    checked = json.loads(run("models", "check", "other", "--json", capsys=capsys)[1])
    assert checked == {"checked": ["other"], "warnings": []}
    code, out, _ = run("models", "compare", "tiny", "other", album, capsys=capsys)
    assert code == 0
    assert "the models agree on" in out
    assert run("models", "compare", "tiny", "tiny", album, capsys=capsys)[0] == 2
    run("settings", "set", "model", "other", capsys=capsys)
    assert "now photos is" in run("models", "remove", "other", capsys=capsys)[1]
    run("settings", "set", "model", "tiny", capsys=capsys)
    assert run("models", "show", "other", capsys=capsys)[0] == 4

    run("index", album, capsys=capsys)
    info = json.loads(run("cache", "info", "--json", capsys=capsys)[1])
    assert (info["files"], info["vectors"]) == (12, 24)  # of both models
    assert run("cache", "clear", capsys=capsys)[0] == 0
    assert json.loads(run("cache", "info", "--json", capsys=capsys)[1])["vectors"] == 0
    told = run("doctor", capsys=capsys)[1]
    assert "onnxruntime" in told
    assert "CPU, float (this model has no int8 form)" in told or "CUDA device found" in told


def test_a_report_is_a_new_file_and_says_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.txt"
    code, out, _ = run("doctor", "--report", file, capsys=capsys)
    assert code == 0
    assert f"The report lies in {file}. It holds versions" in out
    before = file.read_bytes()
    code, _, err = run("doctor", "--report", file, capsys=capsys)
    assert code == 2
    assert "stays as it is" in err
    assert file.read_bytes() == before
    answer = json.loads(run("doctor", "--report", tmp_path / "other.txt", "--json", capsys=capsys)[1])
    assert answer == {"report": str(tmp_path / "other.txt")}
