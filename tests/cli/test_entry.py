"""The command line from outside: real folders, real files, its words, its JSON and its exit codes."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from PIL import Image, ImageDraw

from desktop_app.cli import entry as cli
from desktop_app.engine import paths
from tests.helpers.disks import full_disk
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture(autouse=True)
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, with a tiny model that the settings choose."""
    home = tmp_path / "home"
    monkeypatch.setenv("KINDRED_HOME", str(home))
    make_tiny_model(home / "models" / "tiny")
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text('model = "tiny"\n')


def draw(path: Path, color: tuple[int, int, int], seed: int = 0, size: tuple[int, int] = (80, 60)) -> Path:
    image = Image.new("RGB", size, color)
    x, y = np.random.default_rng(seed).integers(5, 40, 2).tolist()
    ImageDraw.Draw(image).ellipse((x, y, x + 15, y + 15), fill=(255 - color[0], 255 - color[1], 255 - color[2]))
    image.save(path)
    return path


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for i in range(6):
        draw(folder / f"red {i}.png", (200, 30, 20), i)
        draw(folder / f"blue {i}.jpg", (20, 40, 210), i + 50)
    (folder / "red 0.png.xmp").write_text("<x/>")
    (folder / "notes.txt").write_text("not a photo")
    return folder


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = 0
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:  # argparse's own way out
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def digest(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(params=["no folder", pytest.param("full", marks=pytest.mark.root)])
def lost_cache(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """A cache that keeps nothing: its folder cannot be made, or its disk is full."""
    folder = tmp_path / "home" / "cache"
    if request.param == "full":
        with full_disk(folder):
            yield
    else:
        folder.write_text("in the way")
        yield


@pytest.mark.usefixtures("lost_cache")
def test_a_cache_that_keeps_nothing_is_told_by_every_command_that_embeds(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "The cache keeps nothing new: "
    for _ in range(2):
        code, out, err = run("index", album, "--json", capsys=capsys)
        report = json.loads(out)
        assert (code, report["photos"], report["embedded"], report["cached"]) == (0, 12, 12, 0)
        assert "cache.sqlite" in report["cache_trouble"]
        assert err.count(said) == 1
    for command in (
        ("index", album),
        ("elbow", album),
        ("groups", album, "--k", 2),
        ("neighbors", album / "red 1.png", "--in", album),
        ("export", album, "--output", tmp_path / "out.csv"),
        ("organize", album, "--to", tmp_path / "out", "--dry-run"),
    ):
        code, _, err = run(*command, capsys=capsys)
        assert (code, err.count(said)) == (0, 1), command
    code, out, _ = run("cache", "info", capsys=capsys)
    assert code == 0
    assert said in out
    assert json.loads(run("cache", "info", "--json", capsys=capsys)[1])["trouble"]
    assert run("doctor", capsys=capsys)[0] == 1


def test_the_log_tells_figures_and_no_path(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (album / "broken.png").write_bytes((album / "red 1.png").read_bytes()[:60])
    run("groups", album, "--k", 2, capsys=capsys)
    run("groups", tmp_path / "nowhere", capsys=capsys)
    text = (tmp_path / "home" / "logs" / "command-line.log").read_text(encoding="utf-8")
    assert "12 photos, 12 embedded, 0 cached, 1 problems" in text
    assert "grouped 12 photos by kmeans: 2 groups" in text
    assert "refused: folder-missing" in text
    assert not [name for name in (*(path.name for path in album.iterdir()), "nowhere", str(tmp_path)) if name in text]


def test_methods_named_in_the_help_are_those_of_the_registry() -> None:
    from desktop_app.engine.clustering import CLUSTERERS

    assert tuple(CLUSTERERS) == cli.METHODS


def test_index_says_what_it_did_and_a_second_run_embeds_nothing(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digest(album)
    code, out, _ = run("index", album, "--json", capsys=capsys)
    first = json.loads(out)
    assert first["cache_trouble"] == ""
    assert code == 0
    assert (first["photos"], first["embedded"], first["cached"], first["problems"]) == (12, 12, 0, [])
    assert first["model"] == "tiny"
    assert first["provider"] == "CPU"
    assert [Path(item["path"]).name for item in first["ignored"]] == ["notes.txt"]
    second = json.loads(run("index", album, "--json", capsys=capsys)[1])
    assert (second["embedded"], second["cached"]) == (0, 12)
    assert digest(album) == before


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


def test_a_folder_deleted_after_a_move_is_explained_and_the_advice_works(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in album.iterdir() if path.name != "notes.txt")
    asked = ("organize", album, "--k", 2, "--to", tmp_path / "out", "--yes", "--action")
    assert run(*asked, "copy", capsys=capsys)[0] == 0
    shutil.rmtree(tmp_path / "out")
    assert run(*asked, "move", capsys=capsys)[0] == 0
    code, _, err = run("groups", album, capsys=capsys)
    assert (code, f"moved photos from there to {tmp_path / 'out'}" in err) == (3, True)
    shutil.rmtree(album)
    for command in ("groups", "window"):
        code, _, err = run(command, album, capsys=capsys)
        assert code == 2
        assert f"moved photos from there to {tmp_path / 'out'} (run 000002). Open {tmp_path / 'out'}" in err
        assert err.rstrip().endswith("kindred undo 000002.")
    assert run("groups", tmp_path / "out", "--k", 2, capsys=capsys)[0] == 0
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "deeper").mkdir()
    (tmp_path / "elsewhere").rename(tmp_path / "home" / "elsewhere")
    code, _, err = run("groups", album, capsys=capsys)
    assert (code, "Take that back" in err) == (2, True)
    code, _, err = run("undo", capsys=capsys)
    assert (code, "kindred undo 000002 --destination FOLDER" in err) == (1, True)
    assert run("undo", "2", "--destination", tmp_path / "home" / "elsewhere", capsys=capsys)[0] == 0
    assert sorted(path.name for path in album.iterdir()) == before
    _, _, err = run("groups", tmp_path / "nowhere", capsys=capsys)
    assert "Check the name. If the folder was moved or renamed, open it where it is now" in err


def test_unsure_photos_that_are_left_are_counted_and_named(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    between = draw(album / "between.jpg", (110, 60, 110))
    answer = json.loads(run("groups", album, "--k", 2, "--json", capsys=capsys)[1])
    confidence = {photo["path"]: photo["confidence"] for group in answer["groups"] for photo in group["photos"]}
    below = 0.9
    unsure = sorted(path for path, value in confidence.items() if value < below)
    assert unsure == [str(between)], confidence
    asked = ("organize", album, "--k", 2, "--to", tmp_path / "out", "--unsure-below", below, "--unsure", "leave")
    text = "Left where they are, as you decided: 1 unsure photo."
    code, out, _ = run(*asked, "--dry-run", capsys=capsys)
    assert (code, text in out) == (0, True)
    plan = json.loads(run(*asked, "--dry-run", "--json", capsys=capsys)[1])
    code, out, _ = run(*asked, "--yes", capsys=capsys)
    assert (code, text in out) == (0, True)
    again = json.loads(run(*asked, "--action", "move", "--yes", "--json", capsys=capsys)[1])
    for told in (plan, again):
        [left_out] = told["left_out"]
        assert (left_out["group"], left_out["reason"], sorted(left_out["photos"])) == ("Unsure", "unsure", unsure)


def test_parameters_of_a_method_are_set_by_name_and_wrong_ones_are_explained(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("groups", album, "--method", "scan", "--k", 2, "--json")
    answer = json.loads(run(*asked, "--set", "heads=2", "--set", "self_label=true", capsys=capsys)[1])
    assert (answer["params"]["heads"], answer["params"]["self_label"], answer["k"]) == (2, True, 2)
    code, out, err = run(*asked, "--set", "heads=0", capsys=capsys)
    assert (code, json.loads(out)["error"]["code"]) == (2, "bad-parameter")
    assert "heads" in err


def test_every_answer_about_a_folder_says_how_many_photos_and_which_problems(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"garbage" * 40)
    for command in (
        ["index", album],
        ["elbow", album],
        ["groups", album],
        ["neighbors", album / "red 1.png", "--in", album],
        ["organize", album, "--to", tmp_path / "out", "--dry-run"],
        ["organize", album, "--to", tmp_path / "out", "--yes"],
    ):
        code, out, _ = run(*command, "--json", capsys=capsys)
        answer = json.loads(out)
        assert code == 1, command
        assert (answer["folder"], answer["photos"]) == (str(album), 12), command
        assert [problem["path"] for problem in answer["problems"]] == [str(album / "broken.jpg")], command


def test_the_same_seed_gives_the_same_answer(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {run("groups", album, "--json", "--seed", 3, capsys=capsys)[1] for _ in range(2)}
    assert len(answers) == 1


def test_elbow_plot_and_neighbors(album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chart = tmp_path / "elbow.png"
    code, out, _ = run("elbow", album, "--json", "--plot", chart, capsys=capsys)
    curve = json.loads(out)
    assert code == 0
    with Image.open(chart) as picture:
        assert picture.size[0] > 300
    assert curve["low"] <= curve["suggested"] <= curve["high"]
    assert np.all(np.diff(curve["inertia"]) <= 1e-6)

    code, out, _ = run("neighbors", album / "red 1.png", "--in", album, "-k", 4, "--json", capsys=capsys)
    names = [Path(item["path"]).name for item in json.loads(out)["neighbors"]]
    assert code == 0
    assert len(names) == 4
    assert "red 1.png" not in names
    assert all(name.startswith("red") for name in names)

    (tmp_path / "alone").mkdir()
    alone = draw(tmp_path / "alone" / "one.png", (200, 30, 20), 98)
    assert (
        run("neighbors", alone, "--in", alone.parent, capsys=capsys)[1] == "There is no other photo in this folder.\n"
    )
    outside = draw(tmp_path / "other.png", (200, 30, 20), 99)
    found = json.loads(run("neighbors", outside, "--in", album, "-k", 1, "--json", capsys=capsys)[1])
    assert Path(found["neighbors"][0]["path"]).name.startswith("red")


@pytest.mark.parametrize("action", ["copy", "move", "hardlink", "symlink"])
def test_organize_and_undo_bring_everything_back(
    action: str, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, out_folder = digest(album), tmp_path / "sorted"
    code, out, _ = run("organize", album, "--to", out_folder, "--k", 2, "--dry-run", "--json", capsys=capsys)
    assert code == 0
    assert len(json.loads(out)["steps"]) == 13  # twelve photos and a sidecar
    assert not out_folder.exists()

    code, out, _ = run(
        "organize", album, "--to", out_folder, "--k", 2, "--action", action, "--yes", "--json", capsys=capsys
    )
    assert code == 0
    placed = sorted(path.name for path in out_folder.rglob("*") if path.is_file())
    assert placed == sorted(name for name in before if name != "notes.txt")
    assert len([path for path in out_folder.iterdir() if path.is_dir()]) == 2
    assert digest(album) == ({"notes.txt": before["notes.txt"]} if action == "move" else before)

    code, out, _ = run("undo", "--list", "--json", capsys=capsys)
    assert code == 0
    assert len(json.loads(out)["runs"]) == 1
    code, _, _ = run("undo", "--json", capsys=capsys)
    assert code == 0
    assert digest(album) == before
    assert not [path for path in out_folder.rglob("*") if path.is_file()]


def test_undo_says_which_run_it_took_back_and_how_to_try_one_again(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, action in enumerate(("copy", "move"), start=1):
        out = tmp_path / f"out{number}"
        assert run("organize", album, "--to", out, "--k", 1, "--action", action, "--yes", capsys=capsys)[0] == 0
    (album / "red 0.png").write_bytes(b"in the way")
    code, out, _ = run("undo", capsys=capsys)
    assert code == 1
    assert out.startswith(f"Run 000002, move from {album} to {tmp_path / 'out2'}: 11 photos brought back.")
    assert out.rstrip().endswith("kindred undo 000002")
    code, out, _ = run("undo", capsys=capsys)
    assert out.startswith(f"Run 000001, copy from {album} to {tmp_path / 'out1'}: ")
    (album / "red 0.png").unlink()
    code, out, _ = run("undo", 2, capsys=capsys)
    assert (code, out) == (0, f"Run 000002, move from {album} to {tmp_path / 'out2'}: 1 photo brought back.\n")


def test_organizing_again_says_that_everything_is_there(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("organize", album, "--to", tmp_path / "out", "--k", 1, "--yes")
    assert run(*asked, capsys=capsys)[:2] == (0, "12 photos copied and verified.\n")
    (tmp_path / "out" / "Group 1" / "red 1.png").unlink()
    told = "1 photo copied and verified.\n12 files were there already.\n"
    assert run(*asked, capsys=capsys)[:2] == (0, told)


def test_sorting_in_place_leaves_the_sorted_folder_out_of_the_next_scan(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("organize", album, "--to", album / "sorted", "--k", 2, "--yes", capsys=capsys)[0] == 0
    assert json.loads(run("index", album, "--json", capsys=capsys)[1])["photos"] == 12


def test_organize_without_a_terminal_asks_for_yes(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        code, _, err = run("organize", album, "--to", tmp_path / "sorted", "--k", 2, capsys=capsys)
    assert code == 2
    assert "--yes" in err
    assert not (tmp_path / "sorted").exists()


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


def test_evaluate_scores_sub_folders_as_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for color, rgb in {"red": (200, 30, 20), "blue": (20, 40, 210), "green": (20, 180, 40)}.items():
        (tmp_path / "labeled" / color).mkdir(parents=True)
        for i in range(7):
            draw(tmp_path / "labeled" / color / f"{i}.png", rgb, hash((color, i)) % 1000)
    code, out, _ = run("evaluate", tmp_path / "labeled", "--json", capsys=capsys)
    assert code == 0
    text = json.dumps(json.loads(out))
    assert "nmi" in text
    assert "confusion" in text


class TestBadInput:
    def test_folder_problems_are_usage_errors(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "file"
        file.write_text("x")
        for folder in (tmp_path / "missing", file):
            for command in (["index", folder], ["groups", folder], ["elbow", folder], [folder]):
                code, _, err = run(*command, capsys=capsys)
                assert code == 2, command
                assert str(folder) in err

    def test_nothing_to_show(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = tmp_path / "empty"
        folder.mkdir()
        assert run("groups", folder, capsys=capsys)[0] == 3
        (folder / "a.txt").write_text("words")
        code, _, err = run("index", folder, capsys=capsys)
        assert code == 3
        assert "Traceback" not in err

    def test_unknown_words(self, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("groups", album, "--method", "magic", capsys=capsys)[0] == 2
        assert run("groups", album, "--k", "many", capsys=capsys)[0] == 2
        assert run("groups", album, "--k", 0, capsys=capsys)[0] == 2
        assert run("groups", album, "--k", 13, capsys=capsys)[0] == 2
        assert run("export", album, "--output", tmp_path / "x.docx", capsys=capsys)[0] == 2
        assert run("groups", album, "--output", tmp_path / "x", capsys=capsys)[0] == 2
        assert run("undo", "no-such-run", capsys=capsys)[0] == 2
        assert run("groups", album, "--nonsense", capsys=capsys)[0] == 2
        assert run("neighbors", tmp_path / "none.jpg", "--in", album, capsys=capsys)[0] == 2
        assert run("neighbors", album / "notes.txt", "--in", album, capsys=capsys)[0] == 2

    def test_model_problems(self, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("index", album, "--model", "unknown", capsys=capsys)[0] == 4
        altered = tmp_path / "home" / "models" / "tiny" / "model.onnx"
        data = bytearray(altered.read_bytes())
        data[len(data) // 2] ^= 1
        altered.write_bytes(bytes(data))
        code, _, err = run("index", album, capsys=capsys)
        assert code == 4
        assert "tiny" in err

    def test_corrupt_photo_among_good_ones_is_named(self, album: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (album / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"garbage" * 40)
        code, out, _ = run("index", album, "--json", capsys=capsys)
        assert code == 1
        assert [Path(problem["path"]).name for problem in json.loads(out)["problems"]] == ["broken.jpg"]
        code, _, err = run("groups", album, "--k", 2, capsys=capsys)
        assert code == 1
        assert "broken.jpg" in err

    @pytest.mark.parametrize("count", [1, 2, 5])
    def test_one_photo_or_identical_photos_make_one_group(
        self, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "same"
        folder.mkdir()
        for i in range(count):
            draw(folder / f"{i}.png", (10, 20, 30))
        code, out, _ = run("groups", folder, "--json", capsys=capsys)
        assert code == 0
        assert [group["count"] for group in json.loads(out)["groups"]] == [count]
        assert run("elbow", folder, capsys=capsys)[0] == 0
        assert run("organize", folder, "--to", tmp_path / "o", "--yes", capsys=capsys)[0] == 0
        assert len([path for path in (tmp_path / "o").rglob("*") if path.is_file()]) == count

    def test_names_of_every_kind(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = tmp_path / "names"
        folder.mkdir()
        names = [b"new\nline.png", "emoji 🎈.png".encode(), b"bad\xff\xfebytes.png", b"-dash.png", b"x" * 251 + b".png"]
        plain = draw(tmp_path / "plain.png", (5, 100, 60)).read_bytes()
        for i, name in enumerate(names):
            Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(plain + bytes([i]))  # noqa: PTH118
        before = digest(folder)
        code, out, _ = run("groups", folder, "--json", "--k", 1, capsys=capsys)
        assert code == 0
        listed = {os.fsencode(Path(p["path"]).name) for p in json.loads(out)["groups"][0]["photos"]}
        assert listed == set(names)
        for ending in ("npz", "csv", "json", "parquet", "html"):
            assert run("export", folder, "--k", 1, "--output", tmp_path / f"o.{ending}", capsys=capsys)[0] == 0
        target = tmp_path / "target"
        assert run("organize", folder, "--to", target, "--k", 1, "--action", "move", "--yes", capsys=capsys)[0] == 0
        assert {os.fsencode(path.name) for path in target.rglob("*") if path.is_file()} == set(names)
        assert run("undo", capsys=capsys)[0] == 0
        assert digest(folder) == before

    def test_destination_is_a_file(self, album: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, _, err = run("organize", album, "--to", album / "notes.txt", "--k", 2, "--yes", capsys=capsys)
        assert code == 2
        assert "notes.txt" in err


def test_a_program_without_any_output_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows starts one that has a window."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["cache", "info"]) == 0
    assert cli.main(["groups", "nowhere"]) == 2


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


def test_an_unexpected_error_names_its_report_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_folder: Path) -> NoReturn:
        raise ZeroDivisionError(tmp_path / "Oma.jpg")

    monkeypatch.setattr("desktop_app.engine.runs.check_folder", fail)
    code, out, err = run("window", tmp_path, capsys=capsys)
    assert (code, out) == (70, "")
    (file,) = paths.log_dir().glob("crash-*.txt")
    assert err.count("\n") == 1
    assert f"lies in {file}; nothing was sent." in err
    told = file.read_text(encoding="utf-8")
    assert "ZeroDivisionError: […]" in told
    assert 'File "desktop_app/cli/commands.py"' in told
    assert str(tmp_path) not in told


def test_piped_output_is_utf8_and_help_documents_the_exit_codes(album: Path) -> None:
    (album / "red 1.png").rename(album / "röd 🎈.png")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "desktop_app"]
    done = subprocess.run([*command, "groups", album, "--k", "2", "--json"], capture_output=True, env=environment)
    assert done.returncode == 0
    assert done.stderr == b""
    assert "röd 🎈.png" in done.stdout.decode("utf-8")
    shown = subprocess.run([*command, "--help"], capture_output=True, env=environment)
    assert b"130  cancelled" in shown.stdout


def test_help_loads_nothing_heavy_whatever_it_is_asked_about() -> None:
    code = (
        "import sys; from desktop_app.cli import entry\n"
        "def shown(parser, words):\n"
        "    try: entry.main([*words, '--help'])\n"
        "    except SystemExit: pass\n"
        "    for action in parser._actions:\n"
        "        if hasattr(action.choices, 'items'):\n"
        "            for word, inner in action.choices.items(): shown(inner, [*words, word])\n"
        "shown(entry.build_parser(), [])\n"
        "heavy = ('numpy', 'PIL', 'sqlite3', 'rich', 'scipy', 'sklearn', 'onnxruntime', 'PySide6', 'torch')\n"
        "sys.exit(', '.join(name for name in heavy if name in sys.modules) or 0)"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (asked.returncode, asked.stderr) == (0, "")
    for words in ("[-h]", "organize", "models add", "settings set"):
        assert f"usage: kindred {words}" in asked.stdout


def test_what_was_left_out_is_counted_by_kind_and_listed_with_reasons(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / ".hidden").touch()
    (album / "link.jpg").symlink_to(album / "red 1.png")
    (album / "film.mp4").write_bytes(b"film")
    (album / "film 2.mp4").write_bytes(b"film")
    out = run("index", album, capsys=capsys)[1]
    assert "5 other files or folders left out: 2 films, 1 hidden, 1 link, 1 file of another kind." in out
    links = album / "links"
    links.mkdir()
    (links / "a.jpg").symlink_to(album / "red 1.png")
    code, out, err = run("groups", links, "--json", capsys=capsys)
    assert code == 3
    assert "1 link." in err
    assert json.loads(out)["ignored"] == [{"path": str(links / "a.jpg"), "reason": "a link out of the folder"}]
