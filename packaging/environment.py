"""The virtual environment beside `run.py`: made, filled from the pinned requirements, found ready the next time.

Standard library only: `run.py` uses it before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

from system_packages import SetupError, install_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "kindred-setup.json"
UNFINISHED = VENV / "kindred-setup.unfinished"
REQUIREMENTS = {
    "app": [ROOT / "packaging" / "requirements-app.txt"],
    "test": [ROOT / "packaging" / "requirements-app.txt", ROOT / "packaging" / "requirements-dev.txt"],
}


def venv_program(name: str) -> str:
    """Path of a program inside the virtual environment."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(VENV / folder / (name + ending))


def fingerprint(purpose: str) -> str:
    """Changes whenever what is installed for ``purpose`` would: requirements, project file, Python, place."""
    digest = hashlib.sha256(f"{sys.version_info[:3]} {sys.platform} {ROOT}".encode())
    for path in [*REQUIREMENTS[purpose], ROOT / "pyproject.toml"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_stamp() -> dict[str, str]:
    """Purpose -> fingerprint of what is fully installed; empty when nothing is."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(purpose: str) -> bool:
    """True when nothing has to be installed for ``purpose``."""
    return read_stamp().get(purpose) == fingerprint(purpose) and Path(venv_program("python")).exists()


def make_venv() -> None:
    """Leave a sound, empty or earlier, virtual environment of this Python behind."""
    probe = "import pip, sys; sys.exit(0 if sys.version_info[:2] == ({}, {}) else 1)".format(*sys.version_info[:2])
    try:
        sound = subprocess.run([venv_program("python"), "-c", probe], check=False, capture_output=True).returncode == 0
    except OSError:
        sound = False
    if sound and not UNFINISHED.exists():
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu split it off
        version = "{}.{}".format(*sys.version_info[:2])
        default = os.path.realpath("/usr/bin/python3") == os.path.realpath(sys.executable)
        package = "python3-venv" if default else f"python{version}-venv"
        install_packages([package], f"This Python {version} came without the module that makes virtual environments.")
    print(f"Making a virtual environment in {VENV}", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True, text=True
    )
    if made.returncode != 0:
        raise SetupError(f"The virtual environment could not be made:\n{(made.stderr or made.stdout).strip()}")


def explain_pip(tail: str) -> str:
    """What a person can do about a pip failure that ends in ``tail``."""
    if "No space left" in tail or "Errno 28" in tail:
        return "The disk is full: the program needs about 0.5 GB, the tests up to 6 GB more."
    signs = ("NewConnectionError", "ConnectionError", "name resolution", "timed out", "ProxyError", "SSLError")
    if any(sign in tail for sign in signs):
        return "The package index could not be reached: check the network (or the proxy), then run this again."
    if "No matching distribution" in tail or "Could not find a version" in tail:
        version = "{}.{}".format(*sys.version_info[:2])
        return f"No such package was offered for Python {version} on this system, or the network is down."
    return "Run this again; if it fails the same way, delete the folder .venv first."


def pip_install(arguments: list[str]) -> None:
    """Run pip, showing one moving line on a terminal and its last lines when it fails."""
    command = [venv_program("python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    environment = dict(os.environ, PYTHONUTF8="1")
    tail: deque[str] = deque(maxlen=12)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
    ) as pip:
        assert pip.stdout is not None
        width = shutil.get_terminal_size().columns - 3
        for line in pip.stdout:
            tail.append(line.rstrip())
            if sys.stdout.isatty():
                shown = line.strip().encode("ascii", "replace").decode()[:width]
                print(f"\r  {shown:<{width}}", end="", flush=True)
    if sys.stdout.isatty():
        print(f"\r{'':<{width + 2}}\r", end="", flush=True)
    if pip.returncode != 0:
        said = "\n".join(f"  {line}" for line in tail)
        raise SetupError(f"pip could not install what is needed. Its last words:\n{said}\n{explain_pip(said)}")


def set_up(purpose: str) -> None:
    """Make everything that ``purpose`` imports importable; returns at once when it is."""
    if is_ready(purpose):
        return
    make_venv()
    began = time.monotonic()
    files = REQUIREMENTS[purpose]
    print(f"Installing {' and '.join(path.name for path in files)}; the first time takes a few minutes", flush=True)
    # A killed pip can leave half a package that looks whole: while this file stands, the folder is not trusted.
    UNFINISHED.touch()
    try:
        pip_install([word for path in files for word in ("-r", str(path))])
        pip_install(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    except SetupError:
        UNFINISHED.unlink()  # pip itself came to an orderly end
        raise
    stamp = read_stamp()
    stamp.update({name: fingerprint(name) for name in ("app", purpose)})
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    UNFINISHED.unlink()
    print(f"Installed in {time.monotonic() - began:.0f} s", flush=True)
