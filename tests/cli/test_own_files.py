"""A pipe, a folder, a socket or a device in the place of a file of ours is named; nothing waits for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.curation.store import file_of
from tests.helpers.tiny_model import make_tiny_model

if sys.platform == "win32":
    pytest.skip("pipes with a name", allow_module_level=True)

GIVEN_UP = 120  # seconds; only a program that waits for ever takes so long


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.open(path.parent, os.O_RDONLY)
        try:
            made.bind(f"/proc/self/fd/{here}/{path.name}")  # a name of its own may be too long for a socket
        finally:
            os.close(here)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS = [
    (pipe, "it is a pipe, socket or device, not a file"),
    (Path.mkdir, "it is a folder, not a file"),
    (endless, "it is a pipe, socket or device, not a file"),
    pytest.param(
        listening,
        "it is a pipe, socket or device, not a file",
        marks=pytest.mark.skipif(sys.platform != "linux", reason="made by way of /proc"),
    ),
]


@pytest.fixture
def album(kindred_home: Path, tmp_path: Path) -> Path:
    make_tiny_model(kindred_home / "models" / "tiny")
    (kindred_home / "config").mkdir()
    (kindred_home / "config" / "settings.toml").write_text('model = "tiny"\n')
    folder = tmp_path / "in"
    folder.mkdir()
    for name, color in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (64, 48), color).save(folder / f"{name}.png")
    return folder


def kindred(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desktop_app", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=GIVEN_UP, check=False)


@pytest.mark.parametrize(("make", "words"), KINDS)
def test_settings_that_are_no_file_are_named(
    album: Path, kindred_home: Path, make: Callable[[Path], None], words: str
) -> None:
    file = kindred_home / "config" / "settings.toml"
    file.unlink()
    make(file)
    answer = kindred("index", album)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert str(file) in answer.stderr
    assert words in answer.stderr
    assert os.path.lexists(file)


@pytest.mark.parametrize(("make", "words"), KINDS)
def test_what_is_known_of_the_groups_is_named_where_it_is_no_file(
    album: Path, make: Callable[[Path], None], words: str
) -> None:
    file = file_of(album)
    file.parent.mkdir(parents=True)
    make(file)
    answer = kindred("groups", album, "--k", "2")
    assert answer.returncode == 2
    assert str(file) in answer.stderr
    assert words in answer.stderr
    assert os.path.lexists(file)


@pytest.mark.parametrize("make", [kind[0] for kind in KINDS[:3]])  # type: ignore[index]
def test_a_model_whose_card_or_weights_are_no_file_is_named(
    album: Path, kindred_home: Path, make: Callable[[Path], None]
) -> None:
    for name in ("card.json", "model.onnx"):
        file = make_tiny_model(kindred_home / "models" / "mine") / name
        file.unlink()
        make(file)
        answer = kindred("index", album, "--model", "mine")
        assert answer.returncode == 4
        assert str(file) in answer.stderr
        assert "not a file" in answer.stderr
        assert kindred("index", album).returncode == 0  # another one works all the same
        file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()


@pytest.mark.parametrize("make", [kind[0] for kind in KINDS[:3]])  # type: ignore[index]
def test_a_record_that_is_no_file_is_damaged_and_keeps_no_command_waiting(
    album: Path, kindred_home: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (kindred_home / "journals").mkdir()
    make(kindred_home / "journals" / "run-000001.jsonl")
    assert "its record is damaged" in kindred("undo", "--list").stdout
    done = kindred("organize", album, "--to", tmp_path / "out", "--k", "1", "--yes")
    assert done.returncode == 0, done.stderr
    assert kindred("undo").returncode == 0
    assert kindred("undo", "1").returncode == 1


@pytest.mark.parametrize("make", [kind[0] for kind in KINDS[:3]])  # type: ignore[index]
def test_a_log_that_is_no_file_is_done_without(album: Path, kindred_home: Path, make: Callable[[Path], None]) -> None:
    (kindred_home / "logs").mkdir()
    file = kindred_home / "logs" / "command-line.log"
    make(file)
    assert kindred("index", album).returncode == 0
    assert not file.is_file()


def test_the_window_remembers_nothing_where_its_file_is_a_pipe(kindred_home: Path) -> None:
    (kindred_home / "config").mkdir()
    pipe(kindred_home / "config" / "window.ini")
    code = """
from desktop_app.gui.window_settings import WindowSettings
kept = WindowSettings()
kept.set_number("a", 3)
print(kept.number("a", 0))
"""
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=GIVEN_UP, check=False)
    assert answer.stdout.strip() == "3", answer.stderr
    assert (kindred_home / "config" / "window.ini").is_fifo()
