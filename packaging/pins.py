"""Rewrite the pinned requirements from the environment this runs in, so that what was tested is what is installed.

python packaging/pins.py
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
# The build backend of an editable install, which `run.py` makes without build isolation.
BUILD = ("hatchling", "editables")
# A CUDA build of torch brings these; the CPU build does not, so no one list of versions fits both.
FLOATING = ("nvidia-", "cuda-", "triton")

HEADER = """\
# {text}
# Renewed by packaging/pins.py; edit pyproject.toml, not this file.
"""


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Canonical name -> installed version of everything that ``requirements`` need here, themselves included."""
    found: dict[str, str] = {}
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or name.startswith(FLOATING):
            continue
        distribution = metadata.distribution(name)
        found[name] = distribution.version.partition("+")[0]  # 2.13.0+cpu is 2.13.0 elsewhere
        needs = [Requirement(text) for text in distribution.requires or ()]
        extras = ("", *requirement.extras)
        waiting += [
            need
            for need in needs
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return dict(sorted(found.items()))


def render(text: str, pins: dict[str, str], include: str = "") -> str:
    """A requirements file, one exact version a line."""
    lines = [HEADER.format(text=text).rstrip(), *([f"-r {include}"] if include else [])]
    return "\n".join([*lines, *(f"{name}=={version}" for name, version in pins.items())]) + "\n"


def files() -> dict[str, str]:
    """File name -> what it should hold, from pyproject.toml and this environment."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    app = closure([*project["dependencies"], *BUILD])
    everything = closure([*extras["dev"], *extras["train"]])
    dev = {name: version for name, version in everything.items() if name not in app}
    bundle = {name: version for name, version in closure(extras["bundle"]).items() if name not in app}
    return {
        "requirements-app.txt": render("What the program needs, exactly.", app),
        "requirements-dev.txt": render(
            "What the tests and the laboratory need on top, exactly.", dev, include="requirements-app.txt"
        ),
        "requirements-bundle.txt": render("What builds the bundles on top, exactly.", bundle, "requirements-app.txt"),
    }


def main() -> None:
    """Write the files that differ and say which."""
    for name, text in files().items():
        path = HERE / name
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        if not same:
            path.write_text(text, encoding="utf-8")
        print(f"{name}: {'as it was' if same else 'renewed'}")


if __name__ == "__main__":
    main()
