"""What a folder holds that is not shown, counted by kind: for a line after the photos, or in place of photos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.types import Ignored, Problem
from desktop_app.engine.wording import counted, display_path

_MOST_KINDS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry that is not shown.

    Attributes:
        one: what one is called.
        many: what several are called.
        why: why they are not shown, as a sentence; empty where the first file's own message says it.
        remedy: what a person can do about a folder that holds mostly these.
    """

    one: str
    many: str
    why: str
    remedy: str = "Choose another folder."


_LINK = Kind(
    "link",
    "links",
    "Links are left alone: a photo counts where it lies itself, and what a link leads to may be somebody else's.",
    "Open the folder that they lead to, or put the photos themselves here.",
)
_FILM = Kind("film", "films", "Kindred sorts pictures; films are looked at only beside their photo.")
_PICTURES_ALONE = "Kindred shows pictures alone."
_OTHER = Kind("file of another kind", "files of another kind", _PICTURES_ALONE)
_IN_CLOUD = Kind(
    "file that is only in the cloud",
    "files that are only in the cloud",
    "Looking at them would download them.",
    "Download them to include them.",
)
_FILM_ENDINGS = frozenset(".mov .mp4 .m4v .avi .mts .m2ts .3gp .mkv .wmv .mpg .mpeg .webm .mp .lrv .flv".split())

_BY_REASON: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        ("a link", _LINK),
        (
            "a hidden",
            Kind("hidden", "hidden", "Hidden files and folders stay closed.", "Open the hidden folder itself."),
        ),
        (
            "not whole",
            Kind("unfinished download", "unfinished downloads", "They are still being written.", "Try later."),
        ),
        (
            "a Live Photo",
            Kind(
                "Live Photo kept as one document",
                "Live Photos kept as one document each",
                "Apple Photos keeps the photo and its film in one document.",
                "Export them from Photos first.",
            ),
        ),
        (
            "another program's library",
            Kind(
                "library of another program",
                "libraries of other programs",
                "Kindred opens no other program's library.",
                "Export the photos from that program first.",
            ),
        ),
        (
            "settings|comments|a mark",
            Kind("settings file of another program", "settings files of other programs", _PICTURES_ALONE),
        ),
        (
            "what a Mac",
            Kind(
                "file that a Mac left (._)",
                "files that a Mac left (._)",
                "A Mac keeps these beside files on a foreign disk; the photos are the files without ._ in the name.",
            ),
        ),
        (".*[cC]loud", _IN_CLOUD),
        ("a system folder", Kind("system folder", "system folders", "System folders stay closed.")),
        (
            "a destination",
            Kind(
                "folder that Kindred sorted into",
                "folders that Kindred sorted into",
                "What lies in the destination of an earlier run is sorted already.",
                "Open that folder itself to look at it.",
            ),
        ),
        (
            "excluded",
            Kind(
                "excluded by a setting",
                "excluded by a setting",
                "The setting `exclude` leaves them out.",
                "Change that setting to include them.",
            ),
        ),
        ("an empty", Kind("empty file", "empty files", "They are empty.")),
        (".*document", Kind("document", "documents", "Documents are no images.")),
        ("no regular", Kind("pipe, socket or device", "pipes, sockets or devices", "They are no files.")),
        ("the thumbnail", Kind("thumbnail of a film", "thumbnails of films", "They belong to films.")),
    )
)
_BY_CODE = {
    "unsupported-format": Kind("unsupported picture", "unsupported pictures", "", "Save them as JPEG or PNG."),
    "cloud-placeholder": Kind(
        "picture that is only in the cloud", "pictures that are only in the cloud", _IN_CLOUD.why, _IN_CLOUD.remedy
    ),
    "empty": Kind("empty picture", "empty pictures", "", "Copy them here again from where they came."),
    "not-an-image": Kind("picture by name only", "pictures by name only", ""),
    "unreadable": Kind("picture that may not be read", "pictures that may not be read", "", "Check their permissions."),
    "folder-unreadable": Kind(
        "folder that cannot be read", "folders that cannot be read", "", "Check its permissions."
    ),
    "too-large": Kind("picture that is too large", "pictures that are too large", "", "Save them smaller."),
}
_DAMAGED = Kind("damaged picture", "damaged pictures", "", "Copy them here again from where they came.")


def kind_of(entry: Ignored | Problem) -> Kind:
    """The kind of an entry that is not shown."""
    if isinstance(entry, Problem):
        return _BY_CODE.get(entry.code, _DAMAGED)
    found = next((kind for pattern, kind in _BY_REASON if pattern.match(entry.reason)), None)
    return found or (_FILM if entry.path.suffix.lower() in _FILM_ENDINGS else _OTHER)


def kinds(entries: Iterable[Ignored | Problem]) -> list[tuple[Kind, int]]:
    """How many there are of each kind, the commonest first, of equals the one that came first."""
    return Counter(map(kind_of, entries)).most_common()


def summary(entries: Iterable[Ignored | Problem]) -> str:
    """``5 hidden, 4 films, 3 links``, the commonest first; what is left of many kinds in one number."""
    found = kinds(entries)
    shown = found if len(found) <= _MOST_KINDS else found[: _MOST_KINDS - 1]
    parts = [counted(number, kind.one, kind.many) for kind, number in shown]
    rest = sum(number for _, number in found[len(shown) :])
    return ", ".join(parts + ([f"{rest:,} others"] if rest else []))


def no_images(root: Path, problems: Sequence[Problem], ignored: Sequence[Ignored]) -> NoImagesError:
    """The error of a folder of which nothing can be shown: what it holds instead, why that is not shown, what to do.

    Args:
        root: the folder.
        problems: files that could not be used.
        ignored: files and folders left out on purpose.
    """
    message = f"There are no photos that Kindred can show in {display_path(root)}."
    entries: tuple[Ignored | Problem, ...] = (*problems, *ignored)
    if not entries:
        return NoImagesError("no-photos", f"{message} It is empty.", "Choose another folder.")
    commonest = kinds(entries)[0][0]
    why = commonest.why
    first = next((problem for problem in problems if kind_of(problem) == commonest), None)
    if first is not None and not why:
        why = f"{display_path(first.path)}: {first.message}"
    code = "no-readable-photos" if problems else "no-photos"
    text = f"{message} In it: {summary(entries)}. {why}"
    return NoImagesError(code, text, commonest.remedy, problems=problems, ignored=ignored)
