from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from desktop_app.engine.choices import changed
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.errors import UsageError
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("theme", ["dark"], "dark"),
        ("workers", ["12"], 12),
        ("exclude", ["*.gif"], ("*.gif",)),
        ("exclude", ["*.gif", "Screen shots"], ("*.gif", "Screen shots")),
        ("exclude", [], ()),
        ("method", ["hdbscan"], "hdbscan"),
        ("model", ["tiny"], "tiny"),
    ],
)
def test_what_a_person_types_becomes_a_setting_and_leaves_the_others(
    name: str, words: list[str], value: object, tmp_path: Path
) -> None:
    make_tiny_model(tmp_path / "models" / "tiny")
    before = Settings(precision="int8")
    after = changed(before, name, words)
    assert after == dataclasses.replace(before, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "words", "code", "told"),
    [
        ("modle", ["photos"], "unknown-setting", ["modle", "model", "theme"]),
        ("theme", ["pink"], "bad-setting", ["theme", "pink", "system, light, dark"]),
        ("theme", ["dark", "light"], "bad-setting", ["one value", "2"]),
        ("workers", ["many"], "bad-setting", ["workers", "whole number"]),
        ("workers", ["-1"], "bad-setting", ["at least 0"]),
        ("workers", ["2.5"], "bad-setting", ["whole number"]),
        ("method", ["magic"], "bad-setting", ["magic", *CLUSTERERS]),
        ("model", ["tiny"], "bad-setting", ["tiny", "photos", "photos-simclr"]),
        ("model", [""], "bad-setting", ["model", "photos-simclr"]),
        ("exclude", ["x"] * 1001, "bad-setting", ["at most 1000"]),
        ("exclude", ["\udcff"], "bad-setting", ["no text"]),
    ],
)
def test_what_cannot_be_a_setting_is_told_with_what_could(
    name: str, words: list[str], code: str, told: list[str]
) -> None:
    with pytest.raises(UsageError) as caught:
        changed(Settings(), name, words)
    assert caught.value.code == code
    for part in told:
        assert part in str(caught.value)
