"""The command line from outside: what holds for every command, what goes wrong, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from desktop_app.cli import entry as cli
from desktop_app.engine import paths
from tests.helpers.command_line import digest, draw, run

pytestmark = pytest.mark.usefixtures("tiny_home")


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
