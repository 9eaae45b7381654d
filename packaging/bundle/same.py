"""Says whether two builds are the same, byte for byte, and which files are not.

    python3 packaging/bundle/same.py dist/kindred other/kindred

Files of one kind may be given, too. It ends with 1 where something differs.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

ABSENT = "not there"


def fingerprints(place: Path) -> dict[str, str]:
    """Path below ``place`` -> what is there: mode and SHA-256 of a file, or where a link leads."""
    found = [place] if not place.is_dir() else sorted(path for path in place.rglob("*") if not _is_folder(path))
    return {str(path.relative_to(place)): _fingerprint(path) for path in found}


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _fingerprint(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return f"{path.stat().st_mode:o} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def differences(one: Path, other: Path) -> dict[str, tuple[str, str]]:
    """Path -> what it is in the one and in the other, where that differs."""
    first, second = fingerprints(one), fingerprints(other)
    pairs = {name: (first.get(name, ABSENT), second.get(name, ABSENT)) for name in sorted({*first, *second})}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def main(arguments: list[str]) -> int:
    """Compare and tell."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    one, other = map(Path, arguments)
    found = differences(one, other)
    for name, (first, second) in found.items():
        print(f"{name}\n    {first}\n    {second}")
    print(
        f"{len(found)} of {len(fingerprints(one))} differ." if found else f"All {len(fingerprints(one))} are the same."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
