"""Processes that the program starts, for tests that ask what became of them."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest


def watched(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """A list that gains every process started from now on, until the test ends."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **more))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return started
