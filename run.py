#!/usr/bin/env python3
"""Sets Kindred up and starts it, with nothing but Python on Linux, macOS and Windows.

The first run makes `.venv` beside this file and installs the pinned requirements into it; later runs find it ready.
This file must parse on Python 3.6, so that an old Python gets a sentence instead of a syntax error.
"""

import io
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

USAGE = """\
usage: python3 run.py app [FOLDER] [options of kindred]   open the window on a folder, or on a sample album
       python3 run.py test [options of pytest]            lint, type-check and test, as CI does
       python3 run.py faults [--nightly] [--fault-seed N] attack the file operations with faults; N repeats a run
       python3 run.py bench                               print the benchmark tables

Each installs what is missing first."""

OLDEST = (3, 11)
PARTIAL = 1  # exit code of `kindred` when some files could not be read
DRAW_SAMPLE_ALBUM = """
from desktop_app.engine import paths
from desktop_app.engine.sample.album import make_sample_album
folder = paths.sample_album_dir()
make_sample_album(folder)
print(folder)
"""


def python_too_old(version: "tuple[int, ...]", words: "list[str]") -> str:
    """Why the Python of this ``version`` will not do, or an empty string."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    names = [f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1)]
    newer = next((name for name in names if shutil.which(name)), None)
    hint = "This machine has one: {} run.py {}".format(newer, " ".join(words)) if newer else "See python.org."
    return "Kindred needs Python 3.{} or newer; this is Python {}.{}. {}".format(OLDEST[1], *version[:2], hint)


if python_too_old(sys.version_info[:3], sys.argv[1:]):
    sys.exit(python_too_old(sys.version_info[:3], sys.argv[1:]))

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "packaging"))

from environment import set_up, venv_program
from system_packages import SetupError, check_qt_libraries, offer_fault_tools

from desktop_app.engine.screen import ALWAYS, has_screen, is_root, screen_libraries


def start(command: list[str]) -> int:
    """Become ``command``, so that signals and exit code are its own; Windows can only wait for it."""
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


def app(arguments: list[str]) -> int:
    """Open the window, or group headless where there is no screen."""
    named = bool(arguments) and not arguments[0].startswith("-")
    folder = arguments[0] if named else ""
    options = arguments[1:] if named else arguments
    if named and not Path(folder).is_dir():
        print(f"{folder} is {'not a folder' if Path(folder).exists() else 'not there'}.", file=sys.stderr)
        return 2
    screen = has_screen(sys.platform, dict(os.environ))
    set_up("app")
    if screen:
        check_qt_libraries(screen_libraries(dict(os.environ)))
    if not named:
        made = subprocess.run(
            [venv_program("python"), "-X", "utf8", "-c", DRAW_SAMPLE_ALBUM],
            check=False,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
        )
        if made.returncode != 0:
            raise SetupError("The sample album could not be drawn; the reason stands above.")
        folder = made.stdout.rstrip("\n")
        print(f"No folder was named, so this is the sample album: {folder}", flush=True)
    if screen:
        return start([venv_program("kindred"), "window", folder, *options])
    print(
        f"This machine has no screen, so no window can open. Grouping on the command line instead:\n"
        f"+ {shlex.join(['kindred', 'groups', folder])}",
        flush=True,
    )
    command = [venv_program("kindred"), "groups", folder, *options]
    if named:
        return start(command)
    code = subprocess.call(command)
    if code == PARTIAL:
        print("That one is damaged on purpose: what cannot be read is named, and the rest goes on.")
        return 0
    return code


def offscreen() -> dict[str, str]:
    """The environment of tests: Qt draws into memory."""
    return dict(os.environ, QT_QPA_PLATFORM="offscreen")


def selection(nightly: bool = False) -> str:
    """The marker expression of what can run here: root's tests as root, the long ones at night."""
    parts = [("not gpu", True), ("not slow", not nightly), ("not root", not is_root())]
    return " and ".join(part for part, on in parts if on)


def in_parallel(cores: int) -> list[str]:
    """The options that spread all tests over the cores, by files, so that what the tests of one share is made once."""
    return ["-n", str(min(cores, 4)), "--dist", "loadfile"] if cores > 1 else []  # each takes up to 1.5 GB


def test(arguments: list[str]) -> int:
    """Run every check that CI runs; pytest comes last, so that its count closes the output."""
    set_up("test")
    check_qt_libraries(ALWAYS)
    offer_fault_tools()
    python = venv_program("python")
    checks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "import-linter": [venv_program("lint-imports")],
    }
    failed = []
    for name, command in checks.items():
        began = time.monotonic()
        result = subprocess.run(
            command,
            cwd=ROOT,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=dict(offscreen(), PYTHONUTF8="1"),
        )
        if result.returncode != 0:
            failed.append(name)
            print(result.stdout.rstrip())
        verdict = "FAILED" if result.returncode else "ok"
        print(f"{name:<14} {verdict:<7} {time.monotonic() - began:5.1f} s", flush=True)
    if failed:
        print(f"Failed so far: {', '.join(failed)}; the tests follow.", flush=True)
    # Platforms differ in which branches they can reach, and part of the tests reaches part of them.
    coverage = ["--cov", "--cov-report=term"] if sys.platform == "linux" and not arguments else []
    several = [] if arguments else in_parallel(os.cpu_count() or 1)
    slowest = ["--durations=15", "--durations-min=1"]
    command = [python, "-m", "pytest", "-m", selection(), *slowest, *several, *coverage, *arguments]
    code = subprocess.call(command, cwd=ROOT, env=offscreen())
    return code or (1 if failed else 0)


def faults(arguments: list[str]) -> int:
    """Run the fault tests, with ``--nightly`` the long ones too."""
    nightly = "--nightly" in arguments
    set_up("test")
    check_qt_libraries(ALWAYS)
    offer_fault_tools()
    environment = offscreen()
    long = ["--timeout=7200"] if nightly else []
    if nightly:
        environment["KINDRED_FAULTS"] = "nightly"
    rest = [word for word in arguments if word != "--nightly"]
    command = [venv_program("python"), "-m", "pytest", "tests/faults", "-m", selection(nightly), *long, *rest]
    return subprocess.call(command, cwd=ROOT, env=environment)


def bench(arguments: list[str]) -> int:
    """Print every benchmark's table; files named in ``arguments`` (without ending) only, if any are."""
    set_up("test")
    check_qt_libraries(ALWAYS)
    worst = 0
    for path in sorted((ROOT / "tests" / "benchmarks").glob("[!_]*.py")):
        if path.name != "conftest.py" and (not arguments or path.stem in arguments):
            print(f"--- {path.stem}", flush=True)
            worst = subprocess.call([venv_program("python"), str(path)], cwd=ROOT, env=offscreen()) or worst
    return worst


WORDS = {"app": app, "test": test, "faults": faults, "bench": bench}


def main(arguments: list[str]) -> int:
    """Do what the first word says and return the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a folder's name may hold what the terminal cannot show
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if not arguments or arguments[0] not in WORDS:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(USAGE, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return WORDS[arguments[0]](arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
