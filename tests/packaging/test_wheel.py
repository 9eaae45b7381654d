"""What installs Kindred: the pins, the wheel, the rules of import, and a start that loads nothing heavy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pins
import pytest
import resolution
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers.laboratory import SMALL_RUN, write_data

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def pinned(name: str) -> dict[str, str]:
    """Canonical name -> version of a requirements file; anything but exact pins fails."""
    found = {}
    for line in (ROOT / "packaging" / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(("#", "-r ")):
            continue
        match = re.fullmatch(r"([a-z0-9-]+)==([0-9][0-9a-z.]*)", line)
        assert match, f"{name}: {line!r} is no exact pin"
        found[match[1]] = match[2]
    return found


@pytest.mark.parametrize(
    ("files", "ranges"),
    [
        (("requirements-app.txt",), PROJECT["dependencies"]),
        (("requirements-app.txt", "requirements-dev.txt"), [*EXTRAS["dev"], *EXTRAS["train"]]),
    ],
    ids=["app", "dev"],
)
def test_pins_lie_in_the_ranges_and_cover_what_they_pull_in(files: tuple[str, ...], ranges: list[str]) -> None:
    pinned_here = {name: version for file in files for name, version in pinned(file).items()}
    for text in ranges:
        requirement = Requirement(text)
        assert requirement.specifier.contains(pinned_here[canonicalize_name(requirement.name)]), text
    assert set(pins.closure(ranges)) <= set(pinned_here)


def test_both_requirements_files_agree() -> None:
    assert not set(pinned("requirements-app.txt")) & set(pinned("requirements-dev.txt"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("kindred-*-py3-none-any.whl"))


def test_wheel_carries_the_program_and_its_models_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith(".dist-info/entry_points.txt"))
        assert "kindred = desktop_app.cli:main" in archive.read(metadata).decode()
        assert {Path(name).name for name in names if ".dist-info/" in name} == {
            "METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE",
        }  # fmt: skip
    known = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "desktop_app", "training", "models"]
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(known, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
        renamed = {"models": "desktop_app/models", "training": "kindred_training"}
        parts = [name.partition("/") for name in listed if (ROOT / name).is_file()]
        assert {f"{renamed.get(top, top)}/{rest}" for top, _, rest in parts} == {
            name for name in names if ".dist-info/" not in name
        }
    # `training` is a name that other people's projects bear, too: nobody is to get it by installing Kindred.
    ours = r"(desktop_app|kindred_training|kindred-[^/]+\.dist-info)/"
    strange = [name for name in names if not re.match(ours, name)]
    assert strange == []
    assert not [name for name in names if "__pycache__" in name or "test" in Path(name).stem.split("_")]


def test_wheel_says_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = message_from_bytes(archive.read(name))
    assert (said["Name"], said["Version"]) == ("kindred", PROJECT["version"])
    assert said["Requires-Python"] == PROJECT["requires-python"]
    assert said["License-Expression"] == PROJECT["license"]
    assert set(said.get_all("Provides-Extra", ())) == set(EXTRAS)
    needed = [Requirement(text) for text in said.get_all("Requires-Dist", ())]
    always = [need for need in needed if "extra" not in str(need.marker)]
    wanted = [Requirement(text) for text in PROJECT["dependencies"]]
    assert {(canonicalize_name(need.name), need.specifier) for need in always} == {
        (canonicalize_name(need.name), need.specifier) for need in wanted
    }
    assert "# Kindred" in str(said.get_payload())


def test_no_extra_brings_a_package_that_writes_over_one_of_the_program() -> None:
    """All of ONNX Runtime's packages hold the same folder: of two, whichever is written last is half the other."""
    extra = {canonicalize_name(Requirement(text).name) for texts in EXTRAS.values() for text in texts}
    assert not [name for name in extra if name.startswith("onnxruntime")]


def test_the_table_of_what_can_be_installed_has_today_s_extras_and_pythons() -> None:
    """What it says was asked of the package index, which tests do without."""
    written = resolution.README.read_text("utf-8").split(resolution.BEGIN)[1].split(resolution.END)[0]
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in written.splitlines()]
    assert header[1:] == [resolution.PROGRAM, *(f"`{name}`" for name in EXTRAS)]
    assert [row[0] for row in rows] == [system.title for system in resolution.SYSTEMS]
    oldest, newest = resolution.PYTHONS[0], resolution.PYTHONS[-1]
    assert PROJECT["requires-python"] == f">={oldest}"
    assert rows[0][1:] == [f"{oldest} to {newest}"] * (len(EXTRAS) + 1)


def test_gaps_among_the_pythons_are_told() -> None:
    assert resolution.spelled(["3.11", "3.12", "3.13"]) == "3.11 to 3.13"
    assert resolution.spelled(["3.11", "3.13"]) == "3.11, 3.13"
    assert resolution.spelled(["3.14"]) == "3.14"
    assert resolution.spelled([]) == "no"


def test_an_installed_wheel_finds_its_models_inside_and_a_checkout_at_its_root(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "desktop_app" / "models").mkdir(exist_ok=True)
    code = "from desktop_app.engine import paths; print(paths.shipped_models_dir())"
    for place, expected in ((tmp_path, tmp_path / "desktop_app" / "models"), (ROOT, ROOT / "models")):
        ran = subprocess.run([sys.executable, "-c", code], cwd=place, check=True, capture_output=True, text=True)
        assert Path(ran.stdout.strip()) == expected


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Callable[..., str]:
    """What an installed Kindred says to ``python ...`` in an empty folder."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "here").mkdir()

    def run(*arguments: str, **variables: str) -> str:
        environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")} | variables
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=tmp_path / "here", env=environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_an_installed_laboratory_answers_to_its_own_name_and_has_all_its_parts(installed: Callable[..., str]) -> None:
    assert "python -m kindred_training" in installed("-m", "kindred_training", "--help").splitlines()[0]
    load_all = """
import importlib, pkgutil, sys, kindred_training
for module in pkgutil.walk_packages(kindred_training.__path__, "kindred_training."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print([name for name in sys.modules if name.partition(".")[0] == "training"])
"""
    assert installed("-c", load_all).splitlines()[-1] == "[]"


def test_an_installed_laboratory_brings_its_configurations_and_writes_nothing_beside_itself(
    installed: Callable[..., str], tmp_path: Path
) -> None:
    tell = """
from kindred_training import places
from kindred_training.config import shipped_config
from kindred_training.reproduce.sets import shipped_models
from kindred_training.runs.record import git_commit
print(shipped_config("photos").name, len(shipped_models()) > 0, git_commit())
for place in (places.models(), places.RUNS, places.RESULTS, places.RESULTS_MD):
    print(place.absolute())
"""
    home, here = tmp_path / "home", tmp_path / "here"
    first, *found = installed("-c", tell, KINDRED_HOME=str(home)).splitlines()
    assert first == f"photos True v{PROJECT['version']}"
    expected = [home / "models", here / "runs", here / "runs" / "results", here / "runs" / "RESULTS.md"]
    assert [Path(line) for line in found] == expected

    write_data(tmp_path / "data", photos=16)
    (here / "small.toml").write_text(SMALL_RUN)
    before = {path for path in (tmp_path / "site").rglob("*") if "__pycache__" not in path.parts}
    installed("-m", "kindred_training", "train", "small.toml", KINDRED_DATA=str(tmp_path / "data"))
    assert (here / "runs" / "small" / "run.json").exists()
    assert {path for path in (tmp_path / "site").rglob("*") if "__pycache__" not in path.parts} == before


def lint_imports(folder: Path) -> str:
    """What import-linter says of the packages in ``folder``."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run([sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, check=False)
    return ran.stdout.decode(errors="replace")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the packages, to be spoiled."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("desktop_app", "training"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.toml"))
    return tmp_path


def test_every_rule_of_import_is_broken_by_what_it_forbids(sources: Path) -> None:
    rules = (ROOT / "pyproject.toml").read_text(encoding="utf-8").count("[[tool.importlinter.contracts]]")
    assert f"{rules} kept, 0 broken" in lint_imports(sources)
    spoiled = {
        "desktop_app/engine/errors.py": "import torch",
        "desktop_app/engine/job.py": "from desktop_app.engine import library",
        "desktop_app/cli/entry.py": "from PySide6 import QtCore",
        "desktop_app/gui/theme.py": "from desktop_app.cli import terminal",
        "training/__init__.py": "import desktop_app.gui",
        "training/scan/mining.py": "from ..pretexts import build",
    }
    for name, line in spoiled.items():
        with (sources / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    # The import of torch breaks two: the engine's own rule and the one for the whole app.
    assert f"0 kept, {rules} broken" in lint_imports(sources)


def test_help_and_the_commands_load_nothing_heavy() -> None:
    code = """if True:
        import sys
        from desktop_app import cli
        try:
            cli.main(["--help"])
        except SystemExit:
            pass
        print(sorted({"numpy", "PIL", "rich", "PySide6", "sqlite3"} & set(sys.modules)))
        import desktop_app.cli.commands
        print(sorted({"PySide6", "onnxruntime", "sklearn", "scipy", "matplotlib", "torch"} & set(sys.modules)))
    """
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-2:] == ["[]", "[]"]
