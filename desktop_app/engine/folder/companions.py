"""Which files travel with which photo: the sidecar, the Live Photo's video, the RAW beside a JPEG.

`RULES`, `takeout` and one general rule are the whole knowledge: a file called like a whole photo with something behind
it (``a.jpg.settings``, ``a.jpg_original``) belongs to that photo. A film of the same stem as a JPEG or HEIF goes with
it, whatever its length: cameras do not give one number to two unlike things in one folder.

A companion belongs to exactly one photo. Where several photos of a folder fit (``a.jpg`` and ``a.png`` for
``a.xmp``), a name equal to the letter comes before one equal but for case, then the formats count in the order of
`_PRIORITY`, then the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from desktop_app.engine.folder.takeout import TakeoutTitles
from desktop_app.engine.pictures.formats import FORMATS, IMAGE_EXTENSIONS, RAW_EXTENSIONS

_PRIORITY = ("heif", "jpeg", "avif", "webp", "tiff", "png", "raw", "gif", "bmp", "ppm", "jpeg-2000", "psd", "ico")
_CAMERA_RENDERED = frozenset({"heif", "jpeg"})
_RAW = "|".join(ending[1:] for ending in sorted(RAW_EXTENSIONS))
_BY_STEM = "aae|acr|arp|dop|dr4|exif|exv|json|lrf|lrv|mie|mp|mv|on1|pp3|srt|thm|txt|vrd|wav|xmp"
"""Endings of what programs and cameras write beside a photo, under its name without the ending."""

By = Literal["name", "stem", "shot", "cover"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a companion's name follows from its photo's.

    Attributes:
        title: what kind of companion, in a person's words.
        pattern: matches the companion's whole name, case ignored.
        host: template over the groups of ``pattern``, giving the name of what it belongs to.
        by: whether ``host`` is a whole file name, a name without ending, the name of a shot (what all files of one
            press of a Pixel's shutter begin with), or that of a series with a cover. A whole name may also be that of
            another companion (``a.cr2.xmp`` goes where ``a.cr2`` goes).
        formats: formats of the photos it can belong to; None for any.
        images: formats that the companion has when it is a picture; empty where it is none.
    """

    title: str
    pattern: re.Pattern[str]
    host: str
    by: By
    formats: frozenset[str] | None = None
    images: frozenset[str] = frozenset()


def _rule(
    title: str,
    pattern: str,
    host: str,
    by: By,
    formats: frozenset[str] | None = None,
    images: frozenset[str] = frozenset(),
) -> Rule:
    return Rule(title, re.compile(pattern, re.IGNORECASE | re.DOTALL), host, by, formats, images)


_NUMBER = r"(?: \(\d+\))*"  # as Kindred itself puts it into the names of a unit, see `organize.disk.names`
_UUID = r"[0-9A-F]{8}-[0-9A-F-]{27}"
_SHOT = rf"(PXL_\d{{8}}_\d+{_NUMBER})"
_BURST = rf"\d+[A-Z]+_\d+_(BURST\d+{_NUMBER})"
_MOTION = rf"(.+\.(?:mp|mv)(?:~\d+)?(?:\(\d+\))?{_NUMBER}|MVIMG_\d{{8}}_\d+(?:\(\d+\))?{_NUMBER})"
_ANY = frozenset(_PRIORITY)

_PICTURES = (
    _rule("HEIF of a camera beside its JPEG", r"(.+)\.hif", r"\1", "stem", frozenset({"jpeg"}), frozenset({"heif"})),
    _rule("picture beside the cover of its Pixel shot", _SHOT + r"\.([A-Z_]+)-\d.*", r"\1.\2", "cover", images=_ANY),
    _rule("picture beside the cover of its burst", _BURST + ".*", r"\1", "cover", images=_ANY),
    _rule("RAW file", rf"(.+)\.(?:{_RAW})", r"\1", "stem", _CAMERA_RENDERED, frozenset({"raw"})),
    _rule("RAW file of a Pixel shot", rf"{_SHOT}\.(?:{_RAW})", r"\1", "shot", _CAMERA_RENDERED, frozenset({"raw"})),
)
_FILMS = (
    _rule("Live Photo video", r"(.+)\.(?:mov|mp4)", r"\1", "stem", _CAMERA_RENDERED),
    _rule("Live Photo video, as iCloud downloaders name it", r"(.+)_HEVC\.mov", r"\1", "stem", _CAMERA_RENDERED),
    _rule(
        "Live Photo video, as Apple Photos names it", rf"([0-9A-F]{{8}}-[0-9A-F-]{{27}}{_NUMBER})_3\.mov", r"\1", "stem"
    ),
    # Called as the whole picture without its last ending, whoever renamed or copied the two; before the looser ways.
    _rule("film of a motion photo", _MOTION, r"\1", "stem", _CAMERA_RENDERED),
    _rule("film of a Pixel shot", rf"{_SHOT}(?:[.~][\w~-]+)*\.(?:mp4|mov|mp)", r"\1", "shot", _CAMERA_RENDERED),
)
_SETTINGS = (
    _rule("settings of a further version, as darktable names them", r"(.+)_\d\d(\.\w+)\.xmp", r"\1\2", "name"),
    _rule("settings, film preview, voice memo or caption", rf"(.+)\.(?:{_BY_STEM})", r"\1", "stem"),
    _rule("output settings of RawTherapee", r"(.+)\.out\.pp3", r"\1", "stem"),
    _rule("Apple edits of the original or the edited picture", r"(IMG_)[EO](\d.*)\.aae", r"\1\2", "stem"),
    _rule("Apple edits, the original gone", r"(IMG_)(\d.*)\.aae", r"\1E\2", "stem"),
)
RULES: tuple[Rule, ...] = (*_PICTURES, *_FILMS, *_SETTINGS)

_KEPT = re.compile(r"(?:_original|\.bak|\.orig|~)$", re.IGNORECASE)  # a copy a program kept, of the same format
_THUMBNAIL = re.compile(r"(.+)\.thm", re.IGNORECASE | re.DOTALL)
_VIDEO = re.compile(r"(.+)\.(?:mov|mp4|avi|mts|m2ts|3gp|mkv|wmv)", re.IGNORECASE | re.DOTALL)
_NUMBERED_FILM = re.compile(r"(.+)\((\d+)\)\.(?:mov|mp4)", re.IGNORECASE | re.DOTALL)
_NUMBERED_JSON = re.compile(r".+\(\d+\)\.json", re.IGNORECASE | re.DOTALL)
_BEHIND_A_NAME = re.compile(r"[._~-]")
_COVER_OF_SHOT = re.compile(_SHOT + r"\.([A-Z_]+)-\d.*\.COVER\.\w+", re.IGNORECASE)
_COVER_OF_BURST = re.compile(_BURST + r"_COVER\.\w+", re.IGNORECASE)
_SERIES = re.compile(f"{_SHOT}|{_BURST}", re.IGNORECASE)
_OF_SHOT = re.compile(_SHOT + r"[.~].*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Attributes: units, photo name -> sorted names of its companions; alone, names that belong to no photo, sorted."""

    units: dict[str, tuple[str, ...]]
    alone: tuple[str, ...]


def pair(images: Mapping[str, str], others: Iterable[str], broken: Collection[str] = ()) -> Pairing:
    """Sort the files of one folder into photo units.

    Args:
        images: name -> format of every file whose content is a picture.
        others: names of the other files.
        broken: names of files that are called like pictures, and whose content is none. Where the rules put a whole
            picture into one unit with them, they go with it, and the whole one is the photo.

    Returns:
        Every name exactly once: as a unit, as one unit's companion, or alone.
    """
    others = list(others)
    formats = {name: kind for name in broken if (kind := _format_by_ending(name)) is not None}
    # First which of them have a whole picture: without one, they claim nothing that another photo may need.
    units = _Pairing({**images, **formats}, others).result().units if formats else {}
    whole = {name for host, members in units.items() for name in (host, *members) if images.keys() & {host, *members}}
    together = _Pairing({**images, **{name: formats[name] for name in whole & formats.keys()}}, others).result()
    found: dict[str, tuple[str, ...]] = {}
    alone = [*together.alone, *(name for name in broken if name not in whole)]
    for host, members in together.units.items():
        names = {host, *members}
        pictures = sorted(names & images.keys(), key=lambda name: (name != host, _PRIORITY.index(images[name]), name))
        if pictures:
            found[pictures[0]] = tuple(sorted(names - {pictures[0]}))
        else:
            alone += names
    return Pairing(found, tuple(sorted(alone)))


def pair_names(names: Collection[str], photos: Iterable[str]) -> Pairing:
    """`pair`, told by the endings alone, where files are not to be opened.

    Args:
        names: all names of a folder.
        photos: those known to be photos; one whose ending tells nothing counts as a JPEG.
    """
    images = dict.fromkeys(photos, "jpeg")
    images |= {name: kind for name in names if (kind := _format_by_ending(name)) is not None}
    return pair(images, [name for name in names if name not in images])


def unit_of_names(names: Sequence[str]) -> str | None:
    """The photo of the one unit that these names make, told by their endings alone; None where they make no one unit.

    Args:
        names: all names, the likeliest photo first (it counts as a JPEG where its ending tells nothing).
    """
    found = pair_names(names, names[:1])
    return next(iter(found.units)) if len(found.units) == 1 and not found.alone else None


def belongs_to_unit(name: str, unit: Sequence[str]) -> bool:
    """Whether a file of that name would be of the same unit as a photo, told by the endings alone.

    Args:
        name: of the file.
        unit: names of the photo (it counts as a JPEG where its ending tells nothing) and of its companions.
    """
    units = pair_names([*unit, name], unit[:1]).units
    return any({name, unit[0]} <= {host, *members} for host, members in units.items())


def end_of_series(name: str) -> int | None:
    """Where the part ends that all files of a Pixel's shot or of a burst have in common; None for other names."""
    match = _SERIES.match(name)
    return match.end() if match else None


def _format_by_ending(name: str) -> str | None:
    ending = PurePath(_KEPT.sub("", name)).suffix.lower()
    if _THUMBNAIL.fullmatch(name):
        return "jpeg"
    return next((row.name for row in FORMATS.values() if row.name in _ANY and ending in row.extensions), None)


class _Pairing:
    """One folder being paired: who belongs to whom, found rule by rule."""

    def __init__(self, images: Mapping[str, str], others: Iterable[str]) -> None:
        self._images = images
        self._others = set(others)
        self._films = {_key(match[1]) for name in self._others if (match := _VIDEO.fullmatch(name))}
        # A camera's .thm is a JPEG inside, but no photo that anything could belong to.
        self._hosts = {name: kind for name, kind in images.items() if not _THUMBNAIL.fullmatch(name)}
        self._no_photos = sorted(self._others | (images.keys() - self._hosts.keys()))
        self._belongs: dict[str, str] = {}
        self._names = _Index(self._hosts, lambda name: name)
        self._by: dict[By, _Index] = {
            "name": self._names,
            "stem": _Index(self._hosts, _stem),
            "shot": _Index(self._hosts, _shot),
            "cover": _Index(self._hosts, _covered),
        }

    def result(self) -> Pairing:
        """Apply all rules; pictures first, so that what belongs to a picture follows it into its unit."""
        self._copies()
        self._apply(_PICTURES)
        self._apply(_FILMS)
        self._numbered_films()
        self._takeout()
        self._behind_whole_names()
        self._apply(_SETTINGS)
        self._behind_whole_names()  # once more, now that settings have their place: a.xmp_original
        units: dict[str, list[str]] = {}
        for name in sorted(self._images):
            if name not in self._belongs and not self._is_thumbnail_of_film(name):
                units[name] = []
        for name in sorted(self._belongs):
            units[self._unit_of(name)].append(name)
        known = self._belongs.keys() | units.keys()
        alone = sorted((self._others | self._images.keys()) - known)
        return Pairing({unit: tuple(members) for unit, members in units.items()}, tuple(alone))

    def _unit_of(self, name: str) -> str:
        while name in self._belongs:
            name = self._belongs[name]
        return name

    def _claim(self, name: str, host: str | None) -> None:
        if host is not None and name not in self._belongs and self._unit_of(host) != name:
            self._belongs[name] = host
            self._names.add(name, self._hosts.get(name, ""))

    def _free(self) -> list[str]:
        """Files that are no photos and belong to nothing yet, in the order of their names."""
        return [name for name in self._no_photos if name not in self._belongs]

    def _apply(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            pictures = sorted(name for name, kind in self._hosts.items() if kind in rule.images)
            for name in pictures if rule.images else self._free():
                match = rule.pattern.fullmatch(name)
                if match is not None:
                    self._claim(name, self._by[rule.by].find(match.expand(rule.host), rule.formats, never=name))

    def _copies(self) -> None:
        """Pictures that are no photos of their own but what a program kept of one: ``a.jpg_original``."""
        for name in sorted(self._hosts):
            if PurePath(name).suffix.lower() not in IMAGE_EXTENSIONS:
                self._claim(name, self._longest_name_in(name))

    def _behind_whole_names(self) -> None:
        for name in self._free():
            if not _NUMBERED_JSON.fullmatch(name):  # a Takeout's, of a namesake
                self._claim(name, self._longest_name_in(name))

    def _longest_name_in(self, name: str) -> str | None:
        """The longest whole name, of a photo or a companion, with something behind it that makes ``name``."""
        for match in reversed(list(_BEHIND_A_NAME.finditer(name))):
            host = self._names.find(name[: match.start()], None, never=name) if match.start() else None
            if host is not None:
                return host
        return None

    def _takeout(self) -> None:
        described = [name for name in self._free() if name.casefold().endswith(".json")]
        if not described:
            return  # of most folders: the titles of 100,000 photos take a second
        ranked = sorted(self._hosts, key=lambda name: (_PRIORITY.index(self._hosts[name]), name))
        titles = TakeoutTitles(
            name for name in ranked if name not in self._belongs and PurePath(name).suffix.lower() in IMAGE_EXTENSIONS
        )
        for name in described:
            self._claim(name, titles.photo_of(name))

    def _numbered_films(self) -> None:
        """Films of HEIC and JPEG photos of one number: the film of the second photo is called ``NAME(1)``."""
        with_film = {photo for film, photo in self._belongs.items() if _VIDEO.fullmatch(film)}
        for name in self._free():
            match = _NUMBERED_FILM.fullmatch(name)
            namesakes = self._by["stem"].all(match[1], _CAMERA_RENDERED) if match else []
            if match and namesakes:
                host = namesakes[min(int(match[2]), len(namesakes) - 1)]  # the first photo may be gone
                self._claim(name, None if host in with_film else host)
                with_film.add(host)

    def _is_thumbnail_of_film(self, name: str) -> bool:
        match = _THUMBNAIL.fullmatch(name)
        return match is not None and name not in self._belongs and _key(match[1]) in self._films


class _Index:
    """Names of one folder by the folded form of a part of them, best candidate first."""

    def __init__(self, hosts: Mapping[str, str], part: Callable[[str], str]) -> None:
        self._part = part
        self._found: dict[str, list[tuple[str, str, str]]] = {}
        for name, format in hosts.items():
            self.add(name, format)

    def add(self, name: str, format: str) -> None:
        text = self._part(name)
        if text:
            self._found.setdefault(_key(text), []).append((text, name, format))

    def find(self, wanted: str, formats: frozenset[str] | None, *, never: str) -> str | None:
        return next((name for name in self.all(wanted, formats) if name != never), None)

    def all(self, wanted: str, formats: frozenset[str] | None) -> list[str]:
        candidates = [
            (text != wanted, _PRIORITY.index(format) if format else len(_PRIORITY), name)
            for text, name, format in self._found.get(_key(wanted), ())
            if formats is None or format in formats
        ]
        return [name for *_, name in sorted(candidates)]


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _shot(name: str) -> str:
    match = _OF_SHOT.fullmatch(name)
    return match[1] if match else ""


def _covered(name: str) -> str:
    if match := _COVER_OF_SHOT.fullmatch(name):
        return f"{match[1]}.{match[2]}"
    return match[1] if (match := _COVER_OF_BURST.fullmatch(name)) else ""


def _key(name: str) -> str:
    # The same name may come composed from one system and decomposed, or in other case, from the next.
    return unicodedata.normalize("NFC", name).casefold()
