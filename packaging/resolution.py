"""Asks the package index for which Pythons and systems Kindred and its extras can be installed, without installing.

    python packaging/resolution.py

uv chooses versions as if it ran there, from built packages only. It overlooks that a release may be made for older
Pythons only; of those that say so, pip has to find a file that the Python takes. The table is printed and written into
`packaging/README.md`. It takes some minutes, most of them waiting for the index.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wheel_check import make_tool

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent / "pyproject.toml"
README = HERE / "README.md"
BEGIN, END = "<!-- written by resolution.py -->\n", "<!-- end -->\n"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
EXTRAS = tuple(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["optional-dependencies"])
PROGRAM = "the program"
CAPPED = ("pyside6-essentials==", "shiboken6==")
"""What names the newest Python it is made for; nothing else among the dependencies does."""


@dataclass(frozen=True, slots=True)
class System:
    """A system to ask for.

    Attributes:
        title: for the table.
        uv: its name for uv.
        tags: of the files that it takes, as pip wants them.
        variables: what else uv has to be told.
    """

    title: str
    uv: str
    tags: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict)


def _linux(newest: int, machine: str) -> tuple[str, ...]:
    """Tags of a Linux whose glibc is 2.``newest``."""
    return (*(f"manylinux_2_{minor}_{machine}" for minor in range(newest, 4, -1)), f"manylinux2014_{machine}")


SYSTEMS = (
    System("Linux, glibc 2.34 (Ubuntu 22.04, Debian 12)", "x86_64-manylinux_2_34", _linux(34, "x86_64")),
    System("Linux, glibc 2.28 (Debian 10, RHEL 8)", "x86_64-manylinux_2_28", _linux(28, "x86_64")),
    System("Linux on ARM, glibc 2.39 (Ubuntu 24.04)", "aarch64-manylinux_2_39", _linux(39, "aarch64")),
    System("Windows", "x86_64-pc-windows-msvc", ("win_amd64",)),
    System("macOS 14, Apple", "aarch64-apple-darwin", ("macosx_14_0_arm64",), {"MACOSX_DEPLOYMENT_TARGET": "14.0"}),
    System("macOS 14, Intel", "x86_64-apple-darwin", ("macosx_14_0_x86_64",), {"MACOSX_DEPLOYMENT_TARGET": "14.0"}),
)


def obstacle(uv: str, system: System, python: str, extras: tuple[str, ...]) -> str:
    """Why Kindred with these extras cannot be installed there; empty if it can."""
    there = [f"--python-version={python}", f"--python-platform={system.uv}", "--only-binary=:all:"]
    wanted = [f"--extra={name}" for name in extras]
    chosen = _ask(
        [uv, "pip", "compile", "-q", "--no-header", "--no-annotate", *there, *wanted, str(PROJECT)], system.variables
    )
    if chosen.returncode != 0:
        return chosen.stderr
    capped = [line for line in chosen.stdout.splitlines() if line.startswith(CAPPED)]
    there = [f"--python-version={python}", *(f"--platform={tag}" for tag in system.tags), "--only-binary=:all:"]
    with tempfile.TemporaryDirectory() as nowhere:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--no-deps", "--target", nowhere]
        found = _ask([*pip, *there, *capped])
    return found.stderr if found.returncode != 0 else ""


def _ask(command: list[str], variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=os.environ | (variables or {}), check=False, capture_output=True, text=True)


def answers(uv: str, system: System) -> Iterator[tuple[str, str, str]]:
    """Of one system: Python, extra, and what hinders its installation there, which is empty for nothing."""
    for python in PYTHONS:
        # Asked for all at once first: mostly the answer is yes.
        everything = obstacle(uv, system, python, EXTRAS)
        for name in (PROGRAM, *EXTRAS):
            extras = () if name == PROGRAM else (name,)
            yield python, name, everything and obstacle(uv, system, python, extras)


def table(found: dict[tuple[str, str, str], str]) -> str:
    """The Markdown table of (system, Python, extra) -> obstacle."""
    names = (PROGRAM, *(f"`{name}`" for name in EXTRAS))
    lines = ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for system in SYSTEMS:
        cells = []
        for name in (PROGRAM, *EXTRAS):
            fits = [python for python in PYTHONS if not found[system.title, python, name]]
            cells.append(spelled(fits))
        lines.append(f"| {system.title} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def spelled(pythons: list[str]) -> str:
    """Some of `PYTHONS` in words: as a range where none is left out between them."""
    if len(pythons) < 2:
        return "".join(pythons) or "no"
    first, last = (PYTHONS.index(pythons[end]) for end in (0, -1))
    return f"{pythons[0]} to {pythons[-1]}" if last - first + 1 == len(pythons) else ", ".join(pythons)


def main() -> int:
    """Ask, print and write the table; obstacles are told as the tools tell them."""
    found: dict[tuple[str, str, str], str] = {}
    with tempfile.TemporaryDirectory(prefix="kindred-uv-") as scratch:
        uv = make_tool(Path(scratch) / "tools", "uv")
        for system in SYSTEMS:
            for python, name, why in answers(uv, system):
                found[system.title, python, name] = why
                print(f"{system.title}, Python {python}, {name}: {why.strip() or 'yes'}", flush=True)
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}{table(found)}{END}{after}", encoding="utf-8")
    print(table(found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
