"""Names of folders and files that are safe and distinct on every system, whatever disk the program runs on."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from desktop_app.engine.folder.companions import belongs_to_unit, end_of_series, unit_of_names

MAX_NAME_BYTES = 255
_LONGEST_SUFFIX = 64
_NUMBER = re.compile(r" \(\d+\)")
_JOINER = "\u200d"

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])\s*(\..*)?", re.IGNORECASE)


def fold(name: str) -> str:
    """Key under which two names are taken for one: case, Unicode form and invisible characters ignored.

    Wider than any one file system's own rule, which costs a number on a name now and then and never a file.
    """
    if name.isascii():
        return name.lower()  # what the rest comes to, which is slow, and planning asks several times for each file
    plain = unicodedata.normalize("NFD", name).casefold().upper().casefold()
    if not plain.isprintable():
        plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=1024)
def safe_folder_name(name: str) -> str:
    """The folder name for a group, legal on Windows, macOS and Linux: never hidden, empty, reserved or too long."""
    name = unicodedata.normalize("NFC", name)
    name = _FORBIDDEN.sub("_", name).strip().lstrip(".").rstrip(". ")
    if _RESERVED.fullmatch(name):
        stem, dot, rest = name.partition(".")
        name = f"{stem}_{dot}{rest}"
    return shorten(name, MAX_NAME_BYTES).rstrip(". ") or "Group"


def shorten(name: str, limit: int) -> str:
    """The longest beginning of ``name`` that takes at most ``limit`` bytes, never half a visible character."""
    cut = len(name)
    while len(os.fsencode(name[:cut])) > limit:
        cut -= 1
    whole = cut
    while 0 < whole < len(name) and _joins(name[whole - 1], name[whole]):
        whole -= 1
    return name[: whole or cut]


def _joins(left: str, right: str) -> bool:
    return unicodedata.category(right).startswith("M") or _JOINER in (left, right)


def unit_names(names: Sequence[str], number: int) -> list[str]:
    """Names of a photo (first) and its companions under one number, which `companions.pair` makes one unit again.

    ``a.jpg, a.jpg.xmp, a.mov`` become ``a (2).jpg, a (2).jpg.xmp, a (2).mov``; number 1 leaves them as they are. The
    stem gives way where the longest of them would pass what a disk takes.
    """
    if number == 1:
        return _distinct(names)
    tail = f" ({number})"
    if len(names) == 1:
        return [_numbered_alone(names[0], tail)]
    ways = [_distinct(way) for way in _ways(names, tail)]
    fitting = [way for way in ways if all(len(os.fsencode(name)) <= MAX_NAME_BYTES for name in way)]
    # What a sidecar's name says of its photo is all that ties them together in the new folder.
    host = unit_of_names(names)  # the photo, or the broken file of its unit that it is shown in place of
    at = names.index(host) if host is not None else None
    return next((way for way in fitting if at is not None and unit_of_names(way) == way[at]), fitting[0])


def name_after(companion: str, unit: Sequence[tuple[str, str]]) -> str:
    """The name of a companion once the files of its unit have their old names again: the way back from `unit_names`.

    ``a (2).xmp`` of ``a (2).jpg`` becomes ``a.xmp`` of ``a.jpg``; ``a (2).dng.xmp`` of its RAW file, ``a.dng.xmp``.

    Args:
        companion: its name now.
        unit: of each file that it may be called after, the name that the companion may know and the one that the file
            gets; the photo first, under each of its names the likeliest first.

    Returns:
        A name that belongs to the unit by the rules; where none can be told, the companion's own.
    """
    then = list(dict.fromkeys(name for _, name in unit))
    ways = (way for way in _ways_back(companion, unit) if way != then[0])
    return next((way for way in ways if belongs_to_unit(way, then)), companion)


def _ways_back(companion: str, unit: Sequence[tuple[str, str]]) -> Iterator[str]:
    plain = unicodedata.normalize("NFC", companion)
    names = [(unicodedata.normalize("NFC", now), then) for now, then in unit]
    # A whole name before a stem, and the longer before the shorter: a.dng.xmp is not called after a.jpg.
    stems = [(_split(now)[0], _split(then)[0]) for now, then in names]
    for part, instead in (*sorted(names, key=_longest_first), *sorted(stems, key=_longest_first)):
        if plain[: len(part)].casefold() == part.casefold():
            yield instead + plain[len(part) :]
    for now, _ in names:
        for number in _NUMBER.findall(now):
            yield plain.replace(number, "", 1)
    yield companion
    yield unit[0][1] + _split(companion)[1]


def _longest_first(names: tuple[str, str]) -> int:
    return -len(names[0])


def _ways(names: Sequence[str], tail: str) -> Iterator[list[str]]:
    """Ways to put a number into the names of a unit, the plainest first."""
    stem, suffix = _split(names[0])
    rests = [_rest(name, stem, suffix) for name in names]
    longest = max(len(os.fsencode(rest)) for rest in rests if rest is not None)
    short = shorten(stem, MAX_NAME_BYTES - len(tail) - longest)
    ends_at = [end_of_series(name) for name in names]
    if None not in ends_at:
        yield [name[:end] + tail + name[end:] for name, end in zip(names, ends_at, strict=True)]
    # Behind the photo's stem, wherever a companion has that.
    yield [
        _numbered_alone(name, tail) if rest is None else short + tail + rest
        for name, rest in zip(names, rests, strict=True)
    ]
    # Behind what all names have in common: IMG (2)(1).jpg, IMG (2).jpg(1).json.
    first, last = min(names), max(names)
    same = next((at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first))
    common = first[:same].rstrip("._-~ (")
    if common:
        yield [common + tail + name[len(common) :] for name in names]
    # In the plainest spelling there is: the whole name of the photo with the companion's ending behind it.
    ends = [rest if rest is not None else suffix + _split(name)[1] for name, rest in zip(names, rests, strict=True)]
    short = shorten(stem, MAX_NAME_BYTES - len(tail) - max(len(os.fsencode(end)) for end in ends))
    yield [short + tail + end for end in ends]


def _distinct(names: Sequence[str]) -> list[str]:
    """Rename those that differ from an earlier one in case only: ``a.xmp, a.XMP`` become ``a.xmp, a.jpg.XMP``."""
    if len(names) == 1:
        return list(names)
    found: dict[str, str] = {}
    for name in names:
        new, number = name, 1
        while fold(new) in found:
            new = _numbered_alone(names[0], "", ("" if number == 1 else f".{number}") + _split(name)[1])
            number += 1
        found[fold(new)] = new
    return list(found.values())


def _rest(companion: str, stem: str, suffix: str) -> str | None:
    """What follows the photo's stem in a companion's name, None where the two share nothing."""
    if companion[: len(stem)].casefold() != stem.casefold():
        return None
    rest = companion[len(stem) :]
    if rest[: len(suffix)].casefold() == suffix.casefold():
        rest = suffix + rest[len(suffix) :]
    return rest if len(os.fsencode(rest)) <= _LONGEST_SUFFIX else None


def _numbered_alone(name: str, tail: str, behind: str = "") -> str:
    """A name with ``tail`` behind its stem and ``behind`` at its end, the stem shortened to make room."""
    stem, suffix = _split(name)
    return shorten(stem, MAX_NAME_BYTES - len(os.fsencode(tail + suffix + behind))) + tail + suffix + behind


def _split(name: str) -> tuple[str, str]:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    return (stem, suffix) if len(os.fsencode(suffix)) <= _LONGEST_SUFFIX else (name, "")
