"""Organizing from the command line, and the way back: real files, its words, its JSON and its exit codes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.helpers.command_line import digest, draw, run

pytestmark = pytest.mark.usefixtures("tiny_home")


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
