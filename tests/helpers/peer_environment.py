"""Other people's packages, each set in a virtual environment of its own, so that nothing of ours changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LIGHTLY = ("torch==2.13.0", "torchvision==0.28.0", "lightly==1.6.0")
"""What the trainings written plainly with lightly need."""
_READY = "ready.txt"


class NotInstalled(Exception):
    """pip could not install what was asked for; holds its last words."""


def peer_python(place: Path, packages: Sequence[str]) -> Path:
    """The Python of an environment at ``place`` that holds ``packages``; what stands there already is used again.

    Raises:
        NotInstalled: pip could not do it.
    """
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = place / _READY
    if ready.is_file() and ready.read_text(encoding="utf-8").split() == list(packages):
        return python
    shutil.rmtree(place, ignore_errors=True)
    pip = [os.fspath(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    for command in ([sys.executable, "-m", "venv", os.fspath(place)], [*pip, *packages]):
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode != 0:
            errors = [line for line in done.stderr.splitlines() if "error" in line.lower()]
            raise NotInstalled(errors[-1] if errors else (done.stderr or done.stdout).strip()[-300:])
    ready.write_text("\n".join(packages), encoding="utf-8")
    return python
