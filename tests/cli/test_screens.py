"""Where Qt cannot begin: a sentence that names what is missing and what to do, and exit code 2; no abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.engine import doctor, screen

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens of Linux")


def start(folder: Path, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    spared = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    clean = {name: value for name, value in os.environ.items() if name not in spared}
    program = f"{code}\nimport sys\nfrom desktop_app.cli import main\nsys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, env={**clean, **environment}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "environment",
    [
        {"QT_QPA_PLATFORM": "xcb"},
        {"DISPLAY": ":987"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "nonsense"},
        {"QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORM_PLUGIN_PATH": "."},
        {},
    ],
)
def test_without_a_screen_the_window_says_so_and_ends(environment: dict[str, str], tmp_path: Path) -> None:
    ended = start(tmp_path, **environment)
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.count("kindred: ") == 1, ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("kindred: ")  # libwayland has words of its own
    assert "kindred groups FOLDER" in ended.stderr or "nstall" in ended.stderr
    assert all(value in ended.stderr for name, value in environment.items() if "PATH" not in name)


def test_missing_libraries_are_named_with_the_line_that_installs_them(tmp_path: Path) -> None:
    lost = "from desktop_app.engine import screen; screen.ON_X11['libkindred-none.so.7'] = 'libkindred-none7'"
    ended = start(tmp_path, lost, QT_QPA_PLATFORM="xcb")
    assert ended.returncode == 2, ended.stderr
    assert "libkindred-none.so.7" in ended.stderr
    assert "libkindred-none7" in ended.stderr


def test_a_library_without_which_qt_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    lost = (
        "import sys; from desktop_app.engine import screen\n"
        "screen.ALWAYS['libkindred-none.so.7'] = 'libkindred-none7'\n"
        "class Missing:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.startswith('PySide6'): raise ImportError('libkindred-none.so.7: cannot open shared object')\n"
        "sys.meta_path.insert(0, Missing())"
    )
    ended = start(tmp_path, lost, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2, ended.stderr
    assert "does not find libkindred-none.so.7" in ended.stderr
    assert "libkindred-none7" in ended.stderr


def test_doctor_names_what_qt_does_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(screen.ALWAYS, "libkindred-none.so.7", "libkindred-none7")
    found = {finding.name: finding for finding in doctor.examine()}["window"]
    assert not found.ok
    assert "libkindred-none.so.7" in found.text
    assert "libkindred-none7" in found.text
