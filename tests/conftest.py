"""Fixtures for every room: a home of its own for each test, and the sample data where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.sample_data import sample_data

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def kindred_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache, journals, settings and models of this test alone; no test can reach a person's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("KINDRED_HOME", str(home))
    return home


@pytest.fixture
def kindred_data(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of sample data, which ``KINDRED_DATA`` names for all that the test starts; skipped where absent."""
    folder = sample_data()
    if not folder.is_dir():
        pytest.skip(f"no sample data: {folder} is no folder (KINDRED_DATA names another)")
    monkeypatch.setenv("KINDRED_DATA", str(folder))
    return folder
