"""Fixtures for every room: a home of its own for each test, and the sample data where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def kindred_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache, journals, settings and models of this test alone; no test can reach a person's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("KINDRED_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def kindred_data() -> Path:
    """The folder of sample data that ``KINDRED_DATA`` names; tests that want it are skipped where it is absent."""
    folder = Path(os.environ.get("KINDRED_DATA") or ROOT.parent / "shared" / "data").resolve()
    if not folder.is_dir():
        pytest.skip(f"no sample data: {folder} is no folder (KINDRED_DATA names another)")
    return folder
