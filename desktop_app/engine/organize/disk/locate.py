"""Which disk a folder is on, and where it is now if it was renamed since: told by the numbers of its file system."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def inode_chain(folder: Path) -> list[int]:
    """Inode numbers from the top of the file system down to ``folder``; 0 where there is none to read."""
    return [_inode(parent) for parent in [*reversed(folder.parents), folder]]


def locate(folder: Path, chain: Sequence[int]) -> Path | None:
    """Where ``folder`` is now: under its own path, or beside it or one of its parents under a new name.

    Args:
        folder: where it was.
        chain: its `inode_chain` then; empty when it is not known.

    Returns:
        None when it is nowhere, or in more than one place.
    """
    if folder.is_dir():
        return folder
    parts = [*reversed(folder.parents), folder]
    if len(chain) != len(parts):
        return None
    level = next(i for i, part in enumerate(parts) if not part.is_dir())
    found = [
        candidate
        for candidate in _folders_with_inode(parts[level - 1], chain[level])
        if (candidate / folder.relative_to(parts[level])).is_dir()
    ]
    return found[0] / folder.relative_to(parts[level]) if len(found) == 1 else None


def mount_point(folder: Path) -> Path:
    """The top of the file system a folder is on, or would be made on."""
    return next(path for path in (folder, *folder.parents) if path.is_mount() or path.parent == path)


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders, or what exists of the paths to them, are on one file system."""
    return existing(one).stat().st_dev == existing(other).stat().st_dev


def devices(root: Path, destination: Path) -> tuple[int, int]:
    """Device numbers of two folders, or of what exists of the paths to them."""
    return existing(root).stat().st_dev, existing(destination).stat().st_dev


def existing(folder: Path) -> Path:
    """The folder, or the innermost of its parents that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _folders_with_inode(parent: Path, inode: int) -> list[Path]:
    if not inode:
        return []
    try:
        with os.scandir(parent) as entries:
            return [Path(entry.path) for entry in entries if entry.inode() == inode and entry.is_dir()]
    except OSError:
        return []


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0
