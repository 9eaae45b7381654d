from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine import paths
from tests.helpers.tiny_model import make_tiny_model


@pytest.fixture
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of this test's own for the person's models and for the shipped ones."""
    monkeypatch.setenv("KINDRED_HOME", str(tmp_path / "home"))
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: shipped)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return make_tiny_model(tmp_path / "made" / "tiny", int8=True)
