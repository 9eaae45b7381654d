from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def _no_curves(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes longer than the small runs of these tests; those that look at the picture are marked."""
    if "curves" not in request.fixturenames:
        monkeypatch.setattr("training.runs.record.draw_curves", lambda folder: None)


@pytest.fixture(autouse=True)
def _no_data(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test finds data by chance: there is none but what it makes or asks for."""
    if "kindred_data" not in request.fixturenames:
        monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "no data"))


@pytest.fixture
def curves() -> None:
    """For tests that look at the curves of a run."""


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    return tmp_path / "run"
