"""The lasso, and photos carried onto a group, by a real pointer on a real screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.tiny_model import make_tiny_model

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool")
MISSING = [name for name in NEEDED if shutil.which(name) is None]


@pytest.fixture
def display() -> Iterator[str]:
    """A screen in memory with a window manager; gives its name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            name = f":{told.readline().strip()}"
        with subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": name}, stderr=subprocess.DEVNULL) as manager:
            yield name
            manager.terminate()
        server.terminate()


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_lasso_and_drags_with_a_real_pointer(display: str, kindred_home: Path, tmp_path: Path) -> None:
    make_tiny_model(kindred_home / "models" / "tiny")
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "KINDRED_HOME": str(kindred_home)}
    command = [sys.executable, "-m", "tests.helpers.real_pointer", str(tmp_path / "album")]
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
