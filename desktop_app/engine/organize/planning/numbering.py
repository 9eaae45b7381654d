"""The number that a unit gets in a folder: the smallest under which its names are free, or its very files stand.

Thousands of photos may be called alike, and all of them may stand at the destination already. So that planning stays
linear, units whose names take up the same places share one `_Series`: it looks at each number once, and knows the
files it met there by their content.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from desktop_app.engine.organize.disk.names import fold, unit_names
from desktop_app.engine.organize.planning.folders import Contents, Folder

Unit = list[tuple[Path, os.stat_result]]
"""A photo's files with their states, the photo first."""

_Look = tuple[int | str | None, ...]
"""Of each file of a unit, what tells without reading whether another can be the same: a size, or a link's text."""


class Number(NamedTuple):
    """Attributes: names, those of the unit under its number; there, whether its very files have them already."""

    names: list[str]
    there: bool


class Numbering:
    """The numbers of one folder.

    Args:
        folder: the folder, with what the plan adds to it.
        contents: of files that have been read.
        link_text: the text of the symbolic link that the action makes of a file, None where it makes none.
    """

    def __init__(self, folder: Folder, contents: Contents, link_text: Callable[[Path], str | None]) -> None:
        self.folder = folder
        self._contents = contents
        self._link_text = link_text
        self._by_names: dict[tuple[int, tuple[str, ...]], _Series] = {}
        self._by_places: dict[tuple[tuple[str, ...], ...], _Series] = {}

    def number(self, unit: Unit) -> Number:
        """The names for a unit; nothing is taken yet."""
        wanted = [file.name for file, _ in unit]
        own = unit_names(wanted, 1)
        if self.folder.free(own):
            return Number(own, there=False)
        tried = (self._number_in(series, unit, wanted) for series in self._series(wanted))
        return next(number for number in tried if number is not None)

    def _number_in(self, series: _Series, unit: Unit, wanted: Sequence[str]) -> Number | None:
        # Up to the first free number before files are compared: what stands behind it does not count.
        free = series.first_free(wanted)
        if (number := series.find(unit, self._link_text)) is not None:
            return Number(unit_names(wanted, number), there=True)
        return None if free is None else Number(unit_names(wanted, free), there=False)

    def _series(self, wanted: Sequence[str]) -> Iterator[_Series]:
        """Number 1, then the numbers of one digit, of two and so on."""
        yield _Series(self.folder, self._contents, 1, 2)
        digits = 0
        while True:
            digits += 1
            first, end = max(2, 10 ** (digits - 1)), 10**digits
            names = first, tuple(wanted)
            if names not in self._by_names:
                # Two units that agree at two numbers without a common digit have theirs in the same place of the same
                # names, and agree at every number of as many digits; at more, a long stem may give way elsewhere.
                places = tuple(tuple(map(fold, unit_names(wanted, number))) for number in (first, end - 1))
                if places not in self._by_places:
                    self._by_places[places] = _Series(self.folder, self._contents, first, end)
                self._by_names[names] = self._by_places[places]
            yield self._by_names[names]


class _Series:
    """Numbers from ``first`` to before ``end`` of units that take up the same places."""

    __slots__ = ("_at", "_contents", "_end", "_folder", "_standing")

    def __init__(self, folder: Folder, contents: Contents, first: int, end: int) -> None:
        self._folder = folder
        self._contents = contents
        self._at, self._end = first, end
        self._standing: dict[tuple[bool, ...], dict[_Look, _Alike]] = {}

    def first_free(self, wanted: Sequence[str]) -> int | None:
        """The smallest number whose names are free, None where there is none. What is taken once stays taken."""
        while self._at < self._end:
            names = unit_names(wanted, self._at)
            if self._folder.free(names):
                return self._at
            self._remember(self._at, self._folder.standing(names))
            self._at += 1
        return None

    def find(self, unit: Unit, link_text: Callable[[Path], str | None]) -> int | None:
        """The smallest number under which the files of a unit stand, byte for byte or as the links we would make."""
        found = []
        for links, alike in self._standing.items():
            files = list(zip(unit, links, strict=True))
            look = tuple(link_text(file) if link else state.st_size for (file, state), link in files)
            if look in alike:
                digests = [self._contents.digest(file) for (file, _), link in files if not link]
                found.append(alike[look].find(digests, self._contents))
        return min((number for number in found if number is not None), default=None)

    def _remember(self, number: int, standing: list[Path | None]) -> None:
        files = [path for path in standing if path is not None]
        look = tuple(map(_look, files))
        if len(files) < len(standing) or None in look:
            return
        links = tuple(isinstance(one, str) for one in look)
        alike = self._standing.setdefault(links, {}).setdefault(look, _Alike())
        alike.add(number, [file for file, link in zip(files, links, strict=True) if not link])


class _Alike:
    """Numbers whose files may be the same by their look, in order; read one by one, when it is asked."""

    __slots__ = ("_known", "_unread")

    def __init__(self) -> None:
        self._unread: deque[tuple[int, list[Path]]] = deque()
        self._known: dict[tuple[str, ...], int] = {}

    def add(self, number: int, files: list[Path]) -> None:
        self._unread.append((number, files))

    def find(self, digests: list[str], contents: Contents) -> int | None:
        """The smallest number whose files have these digests; a file that cannot be read has none."""
        wanted = tuple(digests)
        while "" not in wanted and wanted not in self._known and self._unread:
            number, files = self._unread.popleft()
            self._known.setdefault(tuple(map(contents.digest, files)), number)
        return self._known.get(wanted) if "" not in wanted else None


def _look(path: Path) -> int | str | None:
    """The size of a file or the text of a link; None where neither is to be had."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return os.readlink(path)  # noqa: PTH115 - text as it is
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
