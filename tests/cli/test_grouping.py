"""Groups and exports from the command line: real files, its words and its JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.command_line import run
from tests.helpers.tiny_model import make_tiny_model

pytestmark = pytest.mark.usefixtures("tiny_home")


def test_groups_finds_the_two_colors_and_writes_them(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "groups.csv"
    code, out, _ = run("groups", album, "--k", 2, "--json", "--output", output, capsys=capsys)
    answer = json.loads(out)
    assert code == 0
    assert answer["k"] == 2
    kinds = [{Path(photo["path"]).name.split()[0] for photo in group["photos"]} for group in answer["groups"]]
    assert sorted(map(sorted, kinds)) == [["blue"], ["red"]]
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["path"] for row in rows} == {str(path) for path in album.iterdir() if path.suffix in (".png", ".jpg")}


def test_the_clusters_of_the_model_are_groups_with_their_confidence(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_tiny_model(tmp_path / "home" / "models" / "knowing", clusters=5)
    asked = ("groups", album, "--method", "model", "--model", "knowing", "--json")
    code, out, _ = run(*asked, capsys=capsys)
    answer = json.loads(out)
    assert code == 0
    assert (answer["method"], answer["k"], answer["params"]["k"]) == ("model", 2, None)
    kinds = [{Path(photo["path"]).name.split()[0] for photo in group["photos"]} for group in answer["groups"]]
    assert sorted(map(sorted, kinds)) == [["blue"], ["red"]]
    assert all(0.2 < photo["confidence"] <= 1 for group in answer["groups"] for photo in group["photos"])
    unsure = json.loads(run(*asked, "--unsure-below", "1", capsys=capsys)[1])
    assert [group["name"] for group in unsure["groups"]] == ["Unsure"]
    code, _, err = run("groups", album, "--method", "model", capsys=capsys)
    assert code == 2
    assert "carries clusters" in err
    assert "Reading photos" not in err


def test_parameters_of_a_method_are_set_by_name_and_wrong_ones_are_explained(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("groups", album, "--method", "scan", "--k", 2, "--json")
    answer = json.loads(run(*asked, "--set", "heads=2", "--set", "self_label=true", capsys=capsys)[1])
    assert (answer["params"]["heads"], answer["params"]["self_label"], answer["k"]) == (2, True, 2)
    code, out, err = run(*asked, "--set", "heads=0", capsys=capsys)
    assert (code, json.loads(out)["error"]["code"]) == (2, "bad-parameter")
    assert "heads" in err


def test_the_same_seed_gives_the_same_answer(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {run("groups", album, "--json", "--seed", 3, capsys=capsys)[1] for _ in range(2)}
    assert len(answers) == 1


def test_exports_agree_with_each_other(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ending in ("npz", "csv", "json", "parquet", "html"):
        assert run("export", album, "--k", 2, "--output", tmp_path / f"out.{ending}", capsys=capsys)[0] == 0
    arrays = np.load(tmp_path / "out.npz")
    assert arrays["embeddings"].dtype == np.float32
    assert arrays["embeddings"].shape[0] == arrays["xy"].shape[0] == arrays["labels"].size == arrays["paths"].size == 12
    assert arrays["labels"].dtype == np.int32
    by_path = dict(zip(arrays["paths"].tolist(), arrays["labels"].tolist(), strict=True))
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert {photo["path"]: photo["group"] for photo in document["photos"]} == by_path
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert {row["path"]: int(row["group"]) for row in csv.DictReader(file)} == by_path
    from pyarrow import parquet

    table = parquet.read_table(tmp_path / "out.parquet").to_pydict()
    assert dict(zip(table["path"], table["group"], strict=True)) == by_path
    np.testing.assert_array_equal(np.array(table["embedding"], np.float32), arrays["embeddings"])
    page = (tmp_path / "out.html").read_text("utf-8")
    assert page.count("data:image/jpeg;base64,") == 12
    assert "http" not in page
