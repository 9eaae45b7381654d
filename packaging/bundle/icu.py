"""Makes ICU's tables of languages smaller: what Qt asks of them for Kindred is in what order words stand.

Qt for Linux brings all that ICU knows: names of countries, currencies and units in 800 languages, code pages of
mainframes, dictionaries to break lines by. Qt has tables of its own for dates, numbers and lines. It asks ICU to sort
(every language's order stays), and for the names of time zones (those languages stay that the program speaks).

The format of the archive is told in ICU's `ucmndata.h` and `udata.h`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable

LIBRARY = "libicudata.so"
_FORMAT, _FORMAT_AT = b"CmnD", 12  # of the archive's header, which begins with its own length
_ALIGNED = 16
_UNUSED = re.compile(r"[^/]+/(?:(?:brkitr|curr|lang|rbnf|region|translit|unit)/.*|.*\.(?:cnv|spp|cfu)|unames\.icu)")
_OF_A_LANGUAGE = re.compile(r"[^/]+/(?:zone/)?(?P<language>[a-z]{2,3})(?:_\w+)?\.res")


def is_wanted(name: str, languages: Iterable[str]) -> bool:
    """Whether the program needs a table, such as `icudt73l/coll/de.res`; ``languages``: ISO 639 codes."""
    own = _OF_A_LANGUAGE.fullmatch(name)
    return not _UNUSED.fullmatch(name) and (own is None or own["language"] in set(languages))


def reduced(part: bytes, languages: Iterable[str]) -> bytes:
    """The loaded part of ICU's data library, with an archive at its end that holds only what is wanted.

    Raises:
        ValueError: there is no such archive in it.
    """
    start = part.index(_FORMAT) - _FORMAT_AT
    base = start + struct.unpack_from("<H", part, start)[0]
    tables = [(name, data) for name, data in _tables(part[base:]) if is_wanted(name.decode(), languages)]
    return part[:base] + _archive(tables)


def _tables(archive: bytes) -> list[tuple[bytes, bytes]]:
    """Name and content of each table, in their order, which is that of their names."""
    (count,) = struct.unpack_from("<I", archive)
    entries = [struct.unpack_from("<II", archive, 4 + 8 * number) for number in range(count)]
    ends = [begin for _, begin in entries[1:]] + [len(archive)]
    return [
        (archive[name : archive.index(b"\0", name)], archive[begin:end])
        for (name, begin), end in zip(entries, ends, strict=True)
    ]


def _archive(tables: list[tuple[bytes, bytes]]) -> bytes:
    names = bytearray()
    named = []
    for name, _ in tables:
        named.append(4 + 8 * len(tables) + len(names))
        names += name + b"\0"
    at = _round_up(4 + 8 * len(tables) + len(names))
    entries, contents = bytearray(), bytearray()
    for place, (_, data) in zip(named, tables, strict=True):
        entries += struct.pack("<II", place, at + len(contents))
        contents += data.ljust(_round_up(len(data)), b"\0")
    return (struct.pack("<I", len(tables)) + entries + names).ljust(at, b"\0") + contents


def _round_up(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED
