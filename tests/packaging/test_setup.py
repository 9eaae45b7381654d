"""`run.py` in a small project of its own: real virtual environments, real pip, an apt-get that only writes down."""

from __future__ import annotations

import ast
import os
import shutil
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import environment
import pytest
import system_packages
from system_packages import SetupError

import run
from desktop_app.engine import screen

ROOT = Path(__file__).resolve().parents[2]

BACKEND = """
    import zipfile

    def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
        name = "kindred-0-py3-none-any.whl"
        info = "kindred-0.dist-info/"
        with zipfile.ZipFile(wheel_directory + "/" + name, "w") as wheel:
            wheel.writestr("echo.py", "import sys\\ndef main(): print('kindred', *sys.argv[1:])\\n")
            wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: kindred\\nVersion: 0\\n")
            wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
            wheel.writestr(info + "entry_points.txt", "[console_scripts]\\nkindred = echo:main\\n")
            wheel.writestr(info + "RECORD", "")
        return name
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """`run.py` beside a project that needs nothing and whose `kindred` repeats its arguments."""
    root = tmp_path / "a project"
    shutil.copytree(ROOT / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "run.py", root)
    for file in ("desktop_app/__init__.py", "desktop_app/engine/__init__.py", "desktop_app/engine/screen.py"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)  # all of it that `run.py` needs before a set-up
        shutil.copy(ROOT / file, root / file)
    for name in ("app", "dev"):
        (root / "packaging" / f"requirements-{name}.txt").write_text("# nothing\n")
    (root / "backend.py").write_text(textwrap.dedent(BACKEND))
    (root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    (root / "photos").mkdir()
    return root


def start(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the project's `run.py` on a machine without a screen."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, str(project / "run.py"), *words],
        cwd=project,
        env={**inherited, "PIP_NO_INDEX": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a missing screen is a matter of Linux")
def test_an_interrupted_a_second_and_a_failing_run(project: Path) -> None:
    # What a killed pip leaves behind: a Python that runs, half a package, a torn stamp, the mark that it had begun.
    venv = project / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(os.path.realpath(sys.executable))
    (venv / environment.STAMP.name).write_text('{"app":')
    for name in ("half-a-package", environment.UNFINISHED.name):
        (venv / name).touch()

    first = start(project, "app", "photos", "--k", "2")
    assert first.returncode == 0, first.stderr
    assert "Making a virtual environment" in first.stdout
    assert not (venv / "half-a-package").exists()
    assert "no screen" in first.stdout
    assert first.stdout.endswith("kindred groups photos --k 2\n")

    second = start(project, "app", "photos")
    assert second.returncode == 0
    assert "Installing" not in second.stdout

    (project / "packaging" / "requirements-app.txt").write_text("no-such-package-anywhere==1\n")
    failing = start(project, "app", "photos")
    assert failing.returncode == 1
    assert "no-such-package-anywhere" in failing.stderr
    assert "Traceback" not in failing.stderr

    (project / "packaging" / "requirements-app.txt").write_text("# nothing\n")
    recovered = start(project, "app", "photos")
    assert recovered.returncode == 0
    assert "Installing" not in recovered.stdout


def test_a_missing_folder_and_an_unknown_word_are_told_before_anything_is_installed(project: Path) -> None:
    for words, expected in ((("app", "nowhere"), "nowhere"), (("app", "run.py"), "folder"), (("fly",), "usage")):
        ran = start(project, *words)
        assert ran.returncode == 2
        assert expected in ran.stderr
    assert start(project, "--help").stdout.startswith("usage")
    assert not (project / ".venv").exists()


def test_the_fingerprint_follows_every_file_that_decides_what_is_installed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ROOT", project)
    files = {
        purpose: [project / "packaging" / path.name for path in paths]
        for purpose, paths in environment.REQUIREMENTS.items()
    }
    monkeypatch.setattr(environment, "REQUIREMENTS", files)
    seen = {environment.fingerprint("app"), environment.fingerprint("test")}
    for path in (*files["test"], project / "pyproject.toml"):
        path.write_text(path.read_text() + "# changed\n")
        seen.add(environment.fingerprint("test"))
    assert len(seen) == 5


def test_old_pythons_can_parse_the_script_and_are_told_what_it_needs() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert not [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert "3.11 or newer; this is Python 3.8" in run.python_too_old((3, 8, 18), ["app"])
    assert run.python_too_old((3, 11, 0), []) == ""
    assert run.python_too_old((4, 0, 0), []) == ""


def test_all_tests_are_spread_over_the_cores_and_chosen_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    for name in ("set_up", "check_qt_libraries", "offer_fault_tools"):
        monkeypatch.setattr(run, name, lambda *_: None)
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, ""))
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: ran.append(command) or 0)
    for cores in (1, 2, 64):
        monkeypatch.setattr(run.os, "cpu_count", lambda cores=cores: cores)
        assert run.main(["test"]) == 0
    assert ["-n" in command and command[command.index("-n") + 1] for command in ran] == [False, "2", "4"]
    assert run.main(["test", "tests/cli"]) == 0
    assert "-n" not in ran[-1]
    assert all("--durations=15" in command for command in ran)


# ------------------------------------------------------------------------------------------- system packages

APT = """#!/bin/sh
echo "$@" >> "{log}"
[ "$1" = update ] && touch "{lists}"
[ -e "{lists}" ]
"""


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that installs only after an update and writes down what it was asked."""
    if os.name == "nt":
        pytest.skip("apt-get is a matter of Debian")
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text(APT.format(log=tmp_path / "log", lists=tmp_path / "lists"))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "log"


def test_root_installs_by_itself_and_renews_stale_lists(apt_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "is_root", lambda: True)
    system_packages.install_packages(["libegl1", "libgl1"], "Qt needs them.")
    asked = apt_log.read_text().splitlines()
    assert asked[-1].startswith("install -y --no-install-recommends libegl1 libgl1")
    assert any(line.startswith("update") for line in asked[:-1])


def test_others_are_told_the_exact_line_and_nothing_runs(apt_log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "is_root", lambda: False)
    with pytest.raises(SetupError, match="sudo apt-get install -y --no-install-recommends libegl1 libgl1"):
        system_packages.install_packages(["libegl1", "libgl1"], "Qt needs them.")
    assert not apt_log.exists()


def test_without_apt_the_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="libegl1"):
        system_packages.install_packages(["libegl1"], "Qt needs it.")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sonames are a matter of Linux")
def test_libraries_are_missing_when_they_cannot_be_loaded() -> None:
    assert screen.missing_libraries({"libc.so.6": "libc6", "libkindred-none.so.7": "x"}) == ["libkindred-none.so.7"]


@pytest.mark.parametrize(
    ("platform", "environment", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_screen_is_found(platform: str, environment: dict[str, str], there: bool) -> None:
    assert screen.has_screen(platform, environment) is there


def test_only_the_screen_at_hand_decides_what_qt_needs() -> None:
    none = screen.screen_libraries({"QT_QPA_PLATFORM": "offscreen"})
    x11 = screen.screen_libraries({"DISPLAY": ":0"})
    wayland = screen.screen_libraries({"WAYLAND_DISPLAY": "wayland-0"})
    assert none == screen.ALWAYS
    assert set(x11) - set(none) == set(screen.ON_X11)
    assert set(wayland) - set(none) == set(screen.ON_WAYLAND)
