"""What a bundle consists of: packages of Python, and libraries that came with them or from the building machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath

from libraries import Library, library
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from trim import UNUSED_PACKAGES

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


class UnknownLibrary(Exception):
    """A library about whose licence nothing is known."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of Python.

    Attributes:
        name: canonical.
        version: as installed.
        licence: SPDX expression where it names one, else what it calls its licence.
        source: where it comes from; empty for Kindred itself.
        texts: the licences that it brings along, by file name.
    """

    name: str
    version: str
    licence: str
    source: str
    texts: dict[str, str]


def package_names() -> list[str]:
    """Canonical names of all that the bundle holds, as installed here, sorted: what Kindred needs, and they need."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in PROJECT["dependencies"]]
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.name)
        if name in found | UNUSED_PACKAGES or (need.marker is not None and not need.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += [Requirement(text) for text in metadata.distribution(name).requires or ()]
    return sorted(found)


def foreign_modules() -> list[str]:
    """Modules that are installed here, and neither Kindred's nor of a package that it needs: tools of the build."""
    known = {"kindred", *package_names()}
    owners = metadata.packages_distributions().items()
    return sorted(module for module, names in owners if known.isdisjoint(map(canonicalize_name, names)))


def packages() -> list[Package]:
    """Kindred, and all that it needs."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    kindred = Package("kindred", PROJECT["version"], PROJECT["license"], "", {"LICENSE": own})
    return [kindred, *map(_package, package_names())]


def _package(name: str) -> Package:
    distribution = metadata.distribution(name)
    about = distribution.metadata
    classifier = [text.rpartition(" :: ")[2] for text in about.get_all("Classifier", []) if text.startswith("License")]
    stated = next(iter(about.get_all("License", [])), "").strip().splitlines()
    licence = next(iter([*about.get_all("License-Expression", []), *classifier, *stated]), "see its text")
    return Package(name, distribution.version, licence, f"https://pypi.org/project/{name}/", dict(_texts(distribution)))


def _texts(distribution: metadata.Distribution) -> Iterable[tuple[str, str]]:
    for file in distribution.files or ():
        name = file.name.lower()
        # Some lie beside the code, or beside the fonts that they are about.
        code = name.endswith((".py", ".pyc"))
        if not code and name.startswith(("license", "licence", "copying", "notice", "thirdparty", "authors")):
            yield "/".join(file.parts[1:]), file.read_text(encoding="utf-8")


def system_notices(sources: Iterable[str]) -> dict[str, str]:
    """What Debian and its relatives say of the libraries that come from the building machine: package -> its notice.

    Args:
        sources: files of libraries; others than those of a package of the system say nothing.
    """
    found = dict[str, str]()
    dpkg = shutil.which("dpkg")
    if dpkg is None:
        return found
    for source in sorted(set(sources)):
        real = os.path.realpath(source)
        # A library may be on record under /lib, where /lib is but a link to /usr/lib.
        asked = [dpkg, "-S", source, real, real.removeprefix("/usr")]
        said = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
        package = said.partition(":")[0]
        notice = Path("/usr/share/doc", package, "copyright")
        if package and notice.is_file():
            found[package] = notice.read_text(encoding="utf-8")
    return found


def libraries(files: Iterable[str]) -> dict[Library, list[str]]:
    """What each of the library files is.

    Args:
        files: their places in the bundle.

    Raises:
        UnknownLibrary: some is not in the list of `libraries`.
    """
    found: dict[Library, list[str]] = {}
    unknown = []
    for file in sorted(set(files)):
        about = library(PurePath(file).name)
        if about is None:
            unknown.append(file)
        else:
            found.setdefault(about, []).append(file)
    if unknown:
        raise UnknownLibrary(f"Whose are {', '.join(unknown)}? Name them in packaging/bundle/libraries.py.")
    return found
