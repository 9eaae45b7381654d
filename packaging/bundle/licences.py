"""The page with the licences of all that is in a bundle. The recipe puts it in; `kindred --licences` prints it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from libraries import QT, Library
from parts import Package, libraries, packages, system_notices

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = "THIRD-PARTY.txt"

HEAD = """\
Kindred and all that this copy of it consists of
================================================

Kindred itself is under the Apache License 2.0. It uses the work of others, under the licences named below. Their
texts follow after the lists.

Qt
--

Kindred's window uses Qt {qt} and Qt for Python (PySide6, Shiboken), unmodified but for debugging symbols, under the GNU
Lesser General Public License, version 3. You may use, study, pass on and change them under that licence. Their source
is at

    {source}
    https://download.qt.io/official_releases/QtForPython/

and whoever gave you this copy has to give you the source of that version on request, too. The libraries of Qt are
files of their own in the folder PySide6 of this bundle. You may put your own build of the same version in their place,
and take Kindred apart as far as it needs to find mistakes in doing so. The same holds for libheif, libde265, LibRaw and
libquadmath. Whose works Qt itself holds stands far below, under "Inside Qt". Kindred's own source comes with the
commands that build this bundle (packaging/bundle).

The program that starts this bundle is PyInstaller's, whose licence (GPL-2.0-or-later) has an exception for it.
"""


def page(files: Iterable[tuple[str, str]]) -> str:
    """The page for a bundle that holds these library files besides the packages that are installed here.

    Args:
        files: place in the bundle, and the file it comes from, of each library.
    """
    known, sources = packages(), dict(files)
    rows = [
        HEAD.format(qt=metadata.version("PySide6-Essentials"), source=QT.source),
        _heading("Libraries"),
        *(_line(about.title, about.licence, about.source) for about in _sorted(libraries(sources))),
        "",
        _heading("Packages of Python"),
        *(_line(f"{one.name} {one.version}", one.licence, one.source) for one in known[1:]),
        "",
        *_python(),
        *(text for one in known for text in _texts(one)),
        *(_text(name, text) for name, text in sorted(system_notices(sources.values()).items())),
        *(_text(path.stem, path.read_text(encoding="utf-8")) for path in sorted((HERE / "texts").glob("*.txt"))),
    ]
    return "\n".join(rows)


def _sorted(found: Iterable[Library]) -> list[Library]:
    return sorted(found, key=lambda one: one.title.lower())


def _heading(text: str) -> str:
    return f"{text}\n{'-' * len(text)}\n"


def _line(name: str, licence: str, source: str) -> str:
    return f"{name}\n    {licence}\n    {source}"


def _python() -> Iterable[str]:
    places = (Path(sys.base_prefix), Path(sys.base_prefix, "lib", f"python3.{sys.version_info[1]}"))
    found = [path for place in places for path in (place / "LICENSE.txt", place / "LICENSE") if path.is_file()]
    return [_text("Python", found[0].read_text(encoding="utf-8"))] if found else []


def _texts(one: Package) -> list[str]:
    return [_text(f"{one.name} {one.version}: {name}", text) for name, text in sorted(one.texts.items())]


def _text(title: str, text: str) -> str:
    return f"\n{'=' * 100}\n{title}\n{'=' * 100}\n\n{text.strip()}\n"
