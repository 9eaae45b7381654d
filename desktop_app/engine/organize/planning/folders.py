"""Which names are taken in the folders a plan fills, as every disk would see it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from desktop_app.engine.files import content_hasher, regular_file
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.names import fold

_CHUNK = 1 << 20


class Contents:
    """Digests of files, each read at most once.

    Args:
        ctx: asked between pieces whether to stop.
    """

    def __init__(self, ctx: JobContext) -> None:
        self._ctx = ctx
        self._known: dict[Path, str] = {}

    def digest(self, path: Path) -> str:
        """BLAKE2b-160 hex; empty when the file cannot be read."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: Path) -> str:
        hasher = content_hasher()
        try:
            with regular_file(path) as file:
                while chunk := file.read(_CHUNK):
                    self._ctx.check()
                    hasher.update(chunk)
        except OSError:
            return ""
        return hasher.hexdigest()


class Folder:
    """One group's folder: what stands in it and what the plan adds.

    Args:
        path: the folder; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._standing: dict[str, Path] = {}
        self._planned: set[str] = set()
        self.identity: tuple[int, int] | None = None
        if path.is_dir():
            found = path.stat()
            self.identity = found.st_dev, found.st_ino
            with os.scandir(path) as entries:
                for entry in entries:
                    self._standing[fold(entry.name)] = path / entry.name

    def standing(self, names: Sequence[str]) -> list[Path | None]:
        """What stands under each name, None where it is free for us or planned for another."""
        return [None if fold(name) in self._planned else self._standing.get(fold(name)) for name in names]

    def free(self, names: Sequence[str]) -> bool:
        """Whether all of these names can be given."""
        return not any(fold(name) in self._planned or fold(name) in self._standing for name in names)

    def planned(self, name: str) -> bool:
        """Whether this name is taken by the plan itself."""
        return fold(name) in self._planned

    def take(self, names: Sequence[str]) -> None:
        """Give these names to a unit."""
        self._planned.update(map(fold, names))
