"""Arguments of the wrong kind: what happened, to which file, what to do; exit code 2; with --json a document."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.cli import entry as cli
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture
def place(tmp_path: Path, kindred_home: Path) -> Path:
    make_tiny_model(kindred_home / "models" / "tiny")
    (kindred_home / "config").mkdir(parents=True, exist_ok=True)
    (kindred_home / "config" / "settings.toml").write_text('model = "tiny"\n')
    (tmp_path / "in").mkdir()
    for name, color in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (64, 48), color).save(tmp_path / "in" / f"{name}.png")
    (tmp_path / "text.txt").write_text("text")
    (tmp_path / "file.csv").write_text("")
    Image.new("RGB", (64, 48), "red").save(tmp_path / "scan.tga")
    (tmp_path / "dir.csv").mkdir()
    (tmp_path / "dir.png").mkdir()
    return tmp_path


WRONG = [
    ("neighbors|IN|--in|IN", "image-is-folder", "is a folder; a picture is wanted"),
    ("neighbors|P/none.jpg|--in|IN", "image-missing", "There is no file"),
    ("neighbors|P/line\nbreak.jpg|--in|IN", "image-missing", "line\\nbreak.jpg"),
    ("neighbors|P/text.txt|--in|IN", "image-unreadable", "no picture Kindred knows"),
    ("neighbors|P/scan.tga|--in|IN", "image-unreadable", "(Targa). Save it as JPEG or PNG"),
    ("neighbors|/dev/null|--in|IN", "image-unreadable", "no regular file"),
    (f"neighbors|P/{'x' * 300}.jpg|--in|IN", "image-unreadable", "cannot be read"),
    ("neighbors||--in|IN", "bad-arguments", "IMAGE: the name is empty"),
    ("neighbors|IN/a.png|--in|IN/a.png", "not-a-folder", "is a file, not a folder"),
    ("neighbors|IN/a.png|--in|", "bad-arguments", "--in: the name is empty"),
    ("neighbors|IN/a.png|--in|IN|-k|0", "bad-arguments", "-k: must be at least 1"),
    ("neighbors|-a.png|--in|IN", "bad-arguments", "./-name"),
    ("index|P/none", "folder-missing", "There is no folder"),
    ("index|P/a\nb", "folder-missing", "a\\nb"),
    ("index|", "bad-arguments", "FOLDER: the name is empty"),
    ("index", "bad-arguments", "kindred index --help"),
    ("index|IN|IN", "bad-arguments", "Unrecognized"),
    ("elbow|IN|--k-max|0", "bad-arguments", "at least 1"),
    ("elbow|IN|--plot|P/dir.png", "output-is-folder", "is a folder"),
    ("elbow|IN|--plot|P/none/x.png", "output-folder-missing", "to write x.png into"),
    ("elbow|IN|--plot|P/x.gif", "unknown-format", ".png, .svg, .pdf"),
    ("elbow|IN|--space|z", "bad-arguments", "invalid choice"),
    ("groups|IN|--k|0", "bad-arguments", "at least 1"),
    ("groups|IN|--k|99999999999999999999", "k-too-large", "at most 2"),
    ("groups|IN|--method|nope", "unknown-method", "nope"),
    ("groups|IN|--method|", "bad-arguments", "--method: the name is empty"),
    ("groups|IN|--model|", "bad-arguments", "--model: the name is empty"),
    ("groups|IN|--seed|-1", "bad-arguments", "--seed: must lie between 0 and"),
    ("groups|IN|--unsure-below|nan", "bad-arguments", "between 0 and 1"),
    ("groups|IN|--output|P/dir.csv", "output-is-folder", "is a folder"),
    ("groups|IN|--output|P/file.csv/x.csv", "output-folder-missing", "to write x.csv into"),
    ("export|IN|--output|P/x", "unknown-format", "without an ending"),
    ("organize|IN|--to|P/file.csv|--yes", None, "file.csv"),
    ("organize|IN|--to||--yes", "bad-arguments", "--to: the name is empty"),
    ("organize|IN|--to|P/out|--action|nope", "bad-arguments", "invalid choice"),
    ("undo|../../x", "unknown-run", "../../x"),
    ("undo|", "bad-arguments", "RUN: the name is empty"),
    ("models|add|P/none", "folder-missing", "There is no folder"),
    ("nosuchcommand", "folder-missing", "There is no command and no folder nosuchcommand"),
    ("", "bad-arguments", "FOLDER: the name is empty"),
    ("window|P/file.csv", "not-a-folder", "is a file, not a folder"),
]


def say(line: str, place: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    words = [word.replace("IN", str(place / "in")) if word.startswith("IN") else word for word in line.split("|")]
    code = cli.main([word.replace("P/", f"{place}/") if word.startswith("P/") else word for word in words] + [*more])
    return code, *capsys.readouterr()


@pytest.mark.parametrize(("line", "code", "said"), WRONG)
def test_a_wrong_argument_is_answered_in_a_sentence(
    line: str, code: str | None, said: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(place.rglob("*"))
    ended, out, err = say(line, place, capsys)
    assert ended == 2, err
    assert said in err
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "Errno" not in err
    assert sorted(place.rglob("*")) == before
    if line.split("|")[0] not in ("export", "window", "nosuchcommand", ""):
        ended, out, _ = say(line, place, capsys, "--json")
        assert ended == 2
        error = json.loads(out)["error"]
        assert code in (None, error["code"])
        assert error["hint"] or code == "image-unreadable"


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that somebody is in goes only here")
def test_in_a_folder_that_was_removed_a_name_that_counts_from_it_is_answered_in_a_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = place / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ended, _, err = say("index|.", place, capsys)
    assert (ended, len(err.splitlines())) == (2, 1)
    assert "the folder you are in, and that was removed" in err
    ended, _, err = say("index|IN", place, capsys)
    assert (ended, err) == (0, "")


@pytest.mark.parametrize("method", ["kmeans", "gmm", "agglomerative", "spectral"])
@pytest.mark.parametrize("value", ["-1", "0", "99999999999999999999", '"x"'])
def test_a_parameter_out_of_bounds_is_named(
    method: str, value: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "direct_limit" if method == "agglomerative" else "restarts"
    ended, _, err = say(f"groups|IN|--method|{method}|--set|{name}={value}", place, capsys)
    assert ended == 2
    assert f"--set {name}: must be" in err


def test_models_that_are_none_end_with_4_and_say_what_is_missing(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, _, err = say("models|add|IN", place, capsys)
    assert ended == 4
    assert "holds no card.json" in err
    ended, _, err = say(f"groups|IN|--model|{place}/in", place, capsys)
    assert ended == 4
    assert "`kindred models add FOLDER` adds one" in err


@pytest.mark.skipif(sys.platform == "win32" or os.name != "posix", reason="names of POSIX")
def test_odd_names_are_read_and_printed_in_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = place / "in" / "line\nbreak [red] <b>.png"
    Image.new("RGB", (64, 48), "green").save(odd)
    ended, out, _ = say(f"neighbors|{odd}|--in|IN|-k|99999999999999999999", place, capsys)
    assert (ended, len(out.splitlines())) == (0, 2)
    ended, out, _ = say("neighbors|IN/a.png|--in|IN|-k|9", place, capsys)
    assert "line\\nbreak [red] <b>.png" in out
