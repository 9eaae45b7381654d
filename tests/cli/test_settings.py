"""`kindred settings` from outside: its words, its JSON, its exit codes, and that the next command follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli import entry as cli
from desktop_app.engine import settings
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import draw


@pytest.fixture(autouse=True)
def model(kindred_home: Path) -> None:
    """A tiny model that the settings choose."""
    make_tiny_model(kindred_home / "models" / "tiny")
    settings.save(Settings(model="tiny"))


def kindred(*words: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, answer, and what was said beside it."""
    try:
        code = cli.main([str(word) for word in words])
    except SystemExit as stop:  # argparse's own way out
        code = int(stop.code or 0)
    return code, *capsys.readouterr()


def test_settings_are_listed_read_changed_and_returned_to_their_defaults(
    kindred_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = kindred("settings", "list", capsys=capsys)
    assert code == 0
    assert "* model = tiny\n" in out
    assert "  workers = 0\n" in out
    assert "0 to 256. Default: 0." in out
    assert "One of: system, light, dark. Default: system." in out
    assert str(kindred_home / "config" / "settings.toml") in out

    assert kindred("settings", "set", "exclude", "*.gif", "Screen shots", capsys=capsys)[1] == (
        "exclude is now *.gif, Screen shots (before: nothing).\n"
    )
    assert kindred("settings", "get", "exclude", capsys=capsys)[1] == "*.gif\nScreen shots\n"
    answer = json.loads(kindred("settings", "set", "workers", 3, "--json", capsys=capsys)[1])
    assert (answer["name"], answer["value"], answer["before"], answer["default"]) == ("workers", 3, 0, 0)
    assert (answer["low"], answer["high"], answer["choices"]) == (0, 256, [])
    listed = json.loads(kindred("settings", "list", "--json", capsys=capsys)[1])
    told = {one["name"]: one for one in listed["settings"]}
    assert told["exclude"]["value"] == ["*.gif", "Screen shots"]
    assert "tiny" in told["model"]["choices"]
    assert told["theme"]["choices"] == ["system", "light", "dark"]
    assert all(one["text"] for one in told.values())

    assert kindred("settings", "unset", "exclude", capsys=capsys)[1] == (
        "exclude is now nothing (before: *.gif, Screen shots).\n"
    )
    assert kindred("settings", "unset", "exclude", capsys=capsys)[1] == "exclude was nothing already.\n"
    assert (kindred_home / "config" / "settings.toml").read_text() == 'model = "tiny"\nworkers = 3\n'


def test_a_setting_is_followed_by_the_next_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    album = tmp_path / "album"
    for number in range(4):
        draw(album / f"{number}.png", (200, 30, 20), number)
        draw(album / f"{number}.jpg", (20, 40, 210), number + 50)
    assert kindred("settings", "set", "exclude", "*.JPG", capsys=capsys)[0] == 0
    assert kindred("settings", "set", "method", "agglomerative", capsys=capsys)[0] == 0
    answer = json.loads(kindred("groups", album, "--json", capsys=capsys)[1])
    assert (answer["photos"], answer["method"]) == (4, "agglomerative")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["set", "modle", "tiny"], "unknown-setting", "theme"),
        (["get", "modle"], "unknown-setting", "theme"),
        (["unset", "modle"], "unknown-setting", "theme"),
        (["set", "theme", "pink"], "bad-setting", "system, light, dark"),
        (["set", "workers", "-1"], "bad-setting", "at least 0"),
        (["set", "model", "gone"], "bad-setting", "tiny"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_changes(
    words: list[str], code: str, told: str, kindred_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code, out, err = kindred("settings", *words, "--json", capsys=capsys)
    assert exit_code == 2
    assert json.loads(out)["error"]["code"] == code
    assert told in err
    assert (kindred_home / "config" / "settings.toml").read_text() == 'model = "tiny"\n'


def test_flags_say_of_a_setting_what_was_declared(capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(kindred("groups", "--help", capsys=capsys)[1].split())
    for name in ("model", "method"):
        text = settings.declaration(name).text
        assert f"{text[0].lower()}{text[1:]} (default: the setting)" in out
