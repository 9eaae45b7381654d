"""A home with a tiny model, and a folder of two kinds of pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command_line import lay_album
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture
def tiny_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, with a tiny model that the settings choose."""
    home = tmp_path / "home"
    monkeypatch.setenv("KINDRED_HOME", str(home))
    make_tiny_model(home / "models" / "tiny")
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text('model = "tiny"\n')


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """See `lay_album`."""
    return lay_album(tmp_path / "album")
