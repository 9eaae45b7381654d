"""Installs the built wheel with pipx, as a person would, and does the main job with it.

    python packaging/wheel_check.py [--python PYTHON ...]

pipx comes from the package index, into a scratch folder; everything lies there, and it is gone at the end. With each
Python that is named (else with the one this runs in) the wheel is installed, and with nothing else than what is then
there: the sample album is drawn, looked at, grouped, organized by copy and taken back, the window opens on it, and
`kindred doctor` has the last word.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DRAW = """
import sys
from pathlib import Path
from desktop_app.engine.sample.album import make_sample_album
make_sample_album(Path(sys.argv[1]))
"""
"""The album is a matter of the window; no command draws it."""
GROUPS = 6
PARTIAL = 1
"""What commands end with here: one photo of the album is cut off, to show that it is named."""
LOOK = """
import sys
from pathlib import Path
import camera
from desktop_app.engine import settings
def journey(window):
    window.handlers.open_folder(Path(sys.argv[1]))
    yield lambda: camera.at_rest(window)
    camera.photograph(window, Path(sys.argv[2]))
camera.drive(journey, settings.Settings(), (1366, 768))
"""


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, written into ``folder``."""
    _run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)])
    (wheel,) = folder.glob("kindred-*.whl")
    return wheel


def make_tool(folder: Path, name: str) -> str:
    """A program from the package index, in an environment of its own; returns its path."""
    _run([sys.executable, "-m", "venv", str(folder)])
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    _run([str(programs / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", name])
    return str(programs / name)


def _run(command: list[str], environment: dict[str, str] | None = None, *, may_end_with: int = 0) -> str:
    """What a command prints; ends the check where it ends otherwise than with 0 or what is allowed besides."""
    print("$", *(word if len(word) < 80 else f"{word.strip().split()[0]} ..." for word in command), flush=True)
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode not in (0, may_end_with):
        raise SystemExit(f"It ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Installed:
    """Kindred as pipx installs it.

    Args:
        pipx: the program.
        wheel: what to install.
        python: the interpreter to install it for.
        place: an empty folder that holds all of it.
    """

    def __init__(self, pipx: str, wheel: Path, python: str, place: Path) -> None:
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._environment |= {
            "HOME": str(place / "person"),
            "KINDRED_HOME": str(place / "kept"),
            "PIPX_HOME": str(place / "pipx"),
            "PIPX_BIN_DIR": str(place / "bin"),
        }
        (place / "person").mkdir(parents=True)
        _run([pipx, "install", "-q", "--python", python, str(wheel)], self._environment)
        programs = place / "pipx" / "venvs" / "kindred" / ("Scripts" if os.name == "nt" else "bin")
        self._python = str(programs / "python")
        self._kindred = str(place / "bin" / "kindred")

    def kindred(self, *words: str | Path) -> Any:
        """The answer of a command, from its JSON."""
        command = [self._kindred, *map(str, words), "--json"]
        return json.loads(_run(command, self._environment, may_end_with=PARTIAL))

    def python(self, code: str, *words: str | Path, **variables: str) -> str:
        """What Python code prints there."""
        return _run([self._python, "-c", code, *map(str, words)], self._environment | variables)


def contents(folder: Path) -> dict[str, str]:
    """Path below ``folder`` -> hash, of every file."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main_job(installed: Installed, place: Path) -> None:
    """From the sample album to sorted copies and back; every claim is checked on the files themselves."""
    album, out, picture = place / "album", place / "sorted", place / "window.png"
    installed.python(DRAW, album)
    before = contents(album)
    looked = installed.kindred("index", album)
    assert looked["embedded"] == looked["photos"] > 100, looked
    assert [problem["code"] for problem in looked["problems"]] == ["damaged"], looked
    groups = installed.kindred("groups", album, "--k", str(GROUPS))["groups"]
    assert len(groups) == GROUPS, groups
    installed.kindred("organize", album, "--k", str(GROUPS), "--to", out, "--action", "copy", "--yes")
    copied = contents(out)
    assert sorted(copied.values()) == sorted(before.values()), "a copy differs from its photo"
    assert len({path.partition("/")[0] for path in copied}) == GROUPS, sorted(copied)
    taken_back = installed.kindred("undo")
    assert not taken_back["kept"], taken_back
    assert contents(out) == {}, "undo left copies behind"
    assert contents(album) == before, "the album is not as it was"
    installed.python(LOOK, album, picture, PYTHONPATH=str(ROOT / "packaging"), QT_QPA_PLATFORM="offscreen")
    assert picture.stat().st_size > 100_000, "the window shows little"
    installed.kindred("doctor")
    print(f"{len(before)} photos in {GROUPS} folders and back, window and doctor: all well", flush=True)


def main() -> int:
    """Do the job with each Python that the command line names."""
    parser = argparse.ArgumentParser(description="Install the wheel with pipx and do the main job with it.")
    parser.add_argument("--python", action="append", help="an interpreter to install for; may be given again")
    pythons = parser.parse_args().python or [sys.executable]
    with tempfile.TemporaryDirectory(prefix="kindred-wheel-") as scratch:
        place = Path(scratch)
        wheel = build_wheel(place)
        pipx = make_tool(place / "tools", "pipx")
        for number, python in enumerate(pythons):
            print(f"{wheel.name} with {_run([python, '--version']).strip()}", flush=True)
            main_job(Installed(pipx, wheel, python, place / str(number)), place / str(number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
