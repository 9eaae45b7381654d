"""What is too large for a row of the cache: files of their own beside it, which it knows by name.

A file is written once, whole, under a name of its own, and the cache's row for its key names it from then on. So one
that is being read is never written to, and with the cache all of them are forgotten.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop_app.engine.files import is_folder, whole_file

_MOST = 24
"""Files; the oldest make room. A folder has two: of 100,000 photos they take some 120 and 55 MB."""

_log = logging.getLogger(__name__)


class LargeFiles:
    """The files of one cache.

    Args:
        folder: made when the first one is written.
        get: gives the row of a key, see `Cache.meta_get`.
        put: keeps it, see `Cache.meta_set`.
    """

    def __init__(self, folder: Path, get: Callable[[str], str | None], put: Callable[[str, str], bool]) -> None:
        self._folder, self._get, self._put = folder, get, put

    def get(self, key: str) -> Path | None:
        """The file of a key, None where there is none. What is in it is for the caller to check."""
        name = self._get(_row(key))
        if name is None or Path(name).name != name:
            return None
        path = self._folder / name
        return path if os.path.isfile(path) else None  # noqa: PTH113 - `Path.is_file` raises where one may not look

    def put(self, key: str, parts: Iterable[bytes | memoryview]) -> bool:
        """Keep these bytes in place of an earlier file of the key; False where that was not possible."""
        path = self._folder / f"{secrets.token_hex(8)}.kept"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as file:
                for part in parts:
                    file.write(part)
        except OSError as error:
            _log.warning("a large result could not be kept: %s", error.strerror or type(error).__name__)
            return False
        before = self.get(key)
        kept = self._put(_row(key), path.name)
        with contextlib.suppress(OSError):  # Windows removes no file that is being read; it goes another time
            for gone in filter(None, (before if kept else path, *self._too_many())):
                gone.unlink(missing_ok=True)
        return kept

    def forget(self, key: str) -> None:
        """Keep nothing any more under a key."""
        path = self.get(key)
        if path is not None and self._put(_row(key), ""):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes of all files."""
        return sum(status.st_size for _, status in self._files())

    def clear(self) -> None:
        """Remove all files.

        Raises:
            OSError: the system does not allow it.
        """
        for path, _ in self._files():
            path.unlink(missing_ok=True)

    def _too_many(self) -> list[Path]:
        newest_first = sorted(self._files(), key=lambda found: -found[1].st_mtime_ns)
        return [path for path, _ in newest_first[_MOST:]]

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        if is_folder(self._folder):
            for path in self._folder.iterdir():
                with contextlib.suppress(OSError):  # another program has removed it
                    yield path, path.stat()


def _row(key: str) -> str:
    return f"file:{key}"
