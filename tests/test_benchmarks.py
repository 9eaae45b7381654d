"""Benchmarks run by hand only: what they ask of the program must still be there."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

NAMES = sorted(path.stem for path in (Path(__file__).parent / "benchmarks").glob("[!_]*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_can_be_begun(name: str) -> None:
    assert callable(importlib.import_module(f"tests.benchmarks.{name}").main)
