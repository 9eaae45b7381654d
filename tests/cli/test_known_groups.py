"""The command line shows groups as they are known, and decides nothing about them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.cli import entry as cli
from desktop_app.engine import curation
from desktop_app.engine import settings as settings_module
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model
from tests.helpers.window import draw


@pytest.fixture
def album(tmp_path: Path, kindred_home: Path) -> Path:
    """Six red pictures and six blue ones; a tiny model that the settings choose."""
    make_tiny_model(kindred_home / "models" / "tiny")
    settings_module.save(Settings(model="tiny"))
    for number in range(6):
        draw(tmp_path / "album" / f"red {number}.png", (200, 30, 20), number)
        draw(tmp_path / "album" / f"blue {number}.png", (20, 40, 210), number + 50)
    return tmp_path / "album"


def groups(album: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, int], str]:
    """Id of each group by the kind of its photos, and what was said beside the answer."""
    assert cli.main(["groups", str(album), "--k", "2", "--json", *arguments]) == 0
    out, err = capsys.readouterr()
    found = {}
    for group in json.loads(out)["groups"]:
        (kind,) = {Path(photo["path"]).name.split()[0] for photo in group["photos"]}
        found[kind] = group["id"]
    return found, err


def test_asking_decides_nothing(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, _ = groups(album, capsys)
    assert sorted(before.values()) == [0, 1]
    assert cli.main(["groups", str(album), "--k", "5"]) == 0
    capsys.readouterr()
    assert groups(album, capsys)[0] == before
    assert not curation.file_of(album).exists()


def test_a_damaged_file_is_named_and_set_aside(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, _ = groups(album, capsys)
    place = curation.file_of(album)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"{")
    after, err = groups(album, capsys)
    assert after == before
    assert f"{place.stem}.damaged-1" in err
    assert place.with_suffix(".damaged-1").read_bytes() == b"{"


@pytest.mark.parametrize(("key", "value"), [("model", "nope"), ("method", "xx")])
def test_a_saved_setting_that_cannot_be_followed_is_named_with_file_and_key(
    album: Path, capsys: pytest.CaptureFixture[str], key: str, value: str
) -> None:
    file = settings_module.settings_file()
    file.write_text(f'{key} = "{value}"\n')
    assert cli.main(["groups", str(album)]) == 2
    _, err = capsys.readouterr()
    assert f"{file}: {key}: there is no “{value}”" in err
    assert f"kindred settings unset {key}" in err
    assert cli.main(["doctor"]) == 1
    assert f"{key}: there is no “{value}”" in capsys.readouterr().out
