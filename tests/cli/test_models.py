"""`kindred models` beyond adding and showing: learning from a folder, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.cli import entry
from desktop_app.engine import settings
from desktop_app.engine.models import shelf
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture
def photos(tmp_path: Path, kindred_home: Path) -> Path:
    """Sixty pictures of three colors, and a small model in use."""
    make_tiny_model(kindred_home / "models" / "tiny")
    settings.save(Settings(model="tiny"))
    folder, rng = tmp_path / "Summer", np.random.default_rng(0)
    folder.mkdir()
    for number in range(60):
        pixels = rng.integers(0, 120, (30, 40, 3))
        pixels[..., number % 3] += 100
        Image.fromarray(pixels.astype(np.uint8)).save(folder / f"{number}.png")
    return folder


def test_a_model_is_learned_and_told_and_the_settings_stay(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["models", "learn", str(photos), "--minutes", "1"]) == 0
    told = capsys.readouterr().out
    assert "before" in told.splitlines()[0]
    assert "All together" in told
    assert "tiny-summer was added" in told
    assert settings.load().model == "tiny"
    assert entry.main(["models", "list"]) == 0
    table = capsys.readouterr().out
    assert "tiny-summer" in table
    assert "kB" in table
    assert entry.main(["models", "learn", str(photos), "--minutes", "1", "--model", "tiny-summer", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["base"] == "tiny-summer"
    if answer["learned"]:
        assert answer["changes"][0]["before"] <= answer["changes"][0]["after"]
        assert shelf.resolve(answer["learned"]).provenance.config["base"] == "tiny-summer"


def test_what_cannot_be_learned_has_its_exit_code(photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted(photos.iterdir())[5:]:
        path.unlink()
    assert entry.main(["models", "learn", str(photos), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "learning-failed"
    assert entry.main(["models", "learn", str(photos / "nowhere")]) == 2
    assert entry.main(["models", "learn", str(photos), "--model", "nothing"]) == 4
