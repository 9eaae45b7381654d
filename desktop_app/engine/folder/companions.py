"""Which files travel with which photo: the sidecar, the Live Photo's video, the RAW beside a JPEG.

`RULES` is the whole knowledge. A companion belongs to exactly one photo. Where several photos of a folder fit
(``a.jpg`` and ``a.png`` for ``a.xmp``), a name equal to the letter comes before one equal but for case, then the
formats count in the order of `_PRIORITY`, then the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from desktop_app.engine.pictures.formats import RAW_EXTENSIONS

_PRIORITY = ("heif", "jpeg", "avif", "webp", "tiff", "png", "raw", "gif", "bmp", "ppm")
_CAMERA_RENDERED = frozenset({"heif", "jpeg"})
_TAKEOUT = r"(?:\.s(?:u(?:p(?:p(?:l(?:e[a-z-]*)?)?)?)?)?)?"  # ".supplemental-metadata", cut to the length Google allows


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a companion's name follows from its photo's.

    Attributes:
        title: what kind of companion, in a person's words.
        pattern: matches the companion's whole name, case ignored.
        host: template over the groups of ``pattern``, giving the name of what it belongs to.
        by: whether ``host`` is a whole file name or a name without extension. A whole name may also be that of
            another companion (``a.cr2.xmp`` goes where ``a.cr2`` goes).
        formats: formats of the photos it can belong to; None for any.
    """

    title: str
    pattern: re.Pattern[str]
    host: str
    by: Literal["name", "stem"]
    formats: frozenset[str] | None = None


def _rule(
    title: str, pattern: str, host: str, by: Literal["name", "stem"], formats: frozenset[str] | None = None
) -> Rule:
    return Rule(title, re.compile(pattern, re.IGNORECASE | re.DOTALL), host, by, formats)


RULES: tuple[Rule, ...] = (
    _rule("RAW file", rf"(.+)\.(?:{'|'.join(e[1:] for e in sorted(RAW_EXTENSIONS))})", r"\1", "stem", _CAMERA_RENDERED),
    _rule("Live Photo video", r"(.+)\.(?:mov|mp4)", r"\1", "stem", _CAMERA_RENDERED),
    _rule("Live Photo video, as iCloud downloaders name it", r"(.+)_HEVC\.mov", r"\1", "stem", _CAMERA_RENDERED),
    _rule("Live Photo video, as Apple Photos names it", r"([0-9A-F]{8}-[0-9A-F-]{27})_3\.mov", r"\1", "stem"),
    _rule("camera thumbnail", r"(.+)\.thm", r"\1", "stem"),
    _rule("voice memo", r"(.+)\.wav", r"\1", "stem"),
    _rule("sidecar", r"(.+)\.(?:xmp|pp3|dop)", r"\1", "name"),
    _rule("sidecar of a further version, as darktable names it", r"(.+)_\d\d(\.\w+)\.xmp", r"\1\2", "name"),
    _rule("sidecar", r"(.+)\.xmp", r"\1", "stem"),
    _rule("Apple edits", r"(.+)\.aae", r"\1", "stem"),
    _rule("Apple edits of the original or the edited picture", r"(IMG_)[EO](\d.*)\.aae", r"\1\2", "stem"),
    _rule("Apple edits, the original gone", r"(IMG_)(\d.*)\.aae", r"\1E\2", "stem"),
    _rule("Google Takeout metadata", rf"(.+?){_TAKEOUT}\.json", r"\1", "name"),
    _rule("Google Takeout metadata of a namesake", rf"(.+)(\.\w+){_TAKEOUT}(\(\d+\))\.json", r"\1\3\2", "name"),
)

_THUMBNAIL = re.compile(r"(.+)\.thm", re.IGNORECASE | re.DOTALL)
_VIDEO = re.compile(r"(.+)\.(?:mov|mp4|avi|mts|m2ts|3gp|mkv|wmv)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Attributes: units, photo name -> sorted names of its companions; alone, names that belong to no photo, sorted."""

    units: dict[str, tuple[str, ...]]
    alone: tuple[str, ...]


def pair(images: Mapping[str, str], others: Iterable[str]) -> Pairing:
    """Sort the files of one folder into photo units.

    Args:
        images: name -> format of every file whose content is a picture.
        others: names of the other files.

    Returns:
        Every name exactly once: as a unit, as one unit's companion, or alone.
    """
    waiting = set(others)
    films = {_key(match[1]) for name in waiting if (match := _VIDEO.fullmatch(name))}
    thumbnails = {name for name in images if _THUMBNAIL.fullmatch(name)}
    hosts = {name: format for name, format in images.items() if name not in thumbnails}
    waiting |= thumbnails | {name for name, format in images.items() if format == "raw"}
    unit_of = {name: name for name in hosts}
    names, stems = _Index(hosts), _Index(hosts, by_stem=True)
    for rule in RULES:
        for name in sorted(waiting):
            match = rule.pattern.fullmatch(name)
            if match is None:
                continue
            host = (names if rule.by == "name" else stems).find(match.expand(rule.host), rule.formats, never=name)
            if host is None:
                continue
            unit_of[name] = unit_of[host]
            waiting.discard(name)
            names.add(name, hosts.get(name, ""))
    # A picture that no rule claimed is a photo of its own, save a film's thumbnail.
    for name in sorted(waiting & images.keys()):
        match = _THUMBNAIL.fullmatch(name)
        if match is None or _key(match[1]) not in films:
            unit_of[name] = name
            waiting.discard(name)
    units: dict[str, list[str]] = {unit: [] for unit in sorted(unit_of) if unit_of[unit] == unit}
    for name in sorted(unit_of):
        if unit_of[name] != name:
            units[unit_of[name]].append(name)
    return Pairing({unit: tuple(members) for unit, members in units.items()}, tuple(sorted(waiting)))


class _Index:
    """Names of one folder by their folded form, best candidate first."""

    def __init__(self, hosts: Mapping[str, str], *, by_stem: bool = False) -> None:
        self._by_stem = by_stem
        self._found: dict[str, list[tuple[str, str, str]]] = {}
        for name, format in hosts.items():
            self.add(name, format)

    def add(self, name: str, format: str) -> None:
        text = _stem(name) if self._by_stem else name
        self._found.setdefault(_key(text), []).append((text, name, format))

    def find(self, wanted: str, formats: frozenset[str] | None, *, never: str) -> str | None:
        candidates = [
            (text != wanted, _PRIORITY.index(format) if format else len(_PRIORITY), name)
            for text, name, format in self._found.get(_key(wanted), ())
            if name != never and (formats is None or format in formats)
        ]
        return min(candidates)[2] if candidates else None


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _key(name: str) -> str:
    # The same name may come composed from one system and decomposed, or in other case, from the next.
    return unicodedata.normalize("NFC", name).casefold()
