"""Which packages are in the bundle: Kindred and all that it needs, theirs included."""

from __future__ import annotations

from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def bundled_packages(root: str = "kindred") -> list[str]:
    """Canonical names of ``root`` and of all that it needs without extras, as installed here, sorted."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        for text in metadata.distribution(name).requires or ():
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                waiting.append(need.name)
    return sorted(found)
