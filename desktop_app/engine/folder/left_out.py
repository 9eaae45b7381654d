"""What a folder holds that is not shown, counted by kind: for a line after the photos, or in place of photos."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.errors import NoImagesError
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.types import Ignored, Problem
from desktop_app.engine.wording import display_path

_MOST_KINDS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry that is not shown.

    Attributes:
        counted: says how many there are of them.
        why: why they are not shown, as an English sentence; empty where the first file's own message says it.
        remedy: what a person can do about a folder that holds mostly these, in English.
    """

    counted: Callable[[int], str]
    why: str
    remedy: str = tr_noop("Choose another folder.")


_LINK = Kind(
    lambda n: tr("%n links", "", n, one="%n link"),
    tr_noop(
        "Links are left alone: a photo counts where it lies itself, and what a link leads to may be somebody else's."
    ),
    tr_noop("Open the folder that they lead to, or put the photos themselves here."),
)
_FILM = Kind(
    lambda n: tr("%n films", "", n, one="%n film"),
    tr_noop("Kindred sorts pictures; films are looked at only beside their photo."),
)
_PICTURES_ALONE = tr_noop("Kindred shows pictures alone.")
_OTHER = Kind(lambda n: tr("%n files of another kind", "", n, one="%n file of another kind"), _PICTURES_ALONE)
_IN_CLOUD = Kind(
    lambda n: tr("%n files that are only in the cloud", "", n, one="%n file that is only in the cloud"),
    tr_noop("Looking at them would download them."),
    tr_noop("Download them to include them."),
)
_FILM_ENDINGS = frozenset(".mov .mp4 .m4v .avi .mts .m2ts .3gp .mkv .wmv .mpg .mpeg .webm .mp .lrv .flv".split())

_BY_REASON: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        ("a link", _LINK),
        (
            "a hidden",
            Kind(
                lambda n: tr("%n hidden", "", n, one="%n hidden"),
                tr_noop("Hidden files and folders stay closed."),
                tr_noop("Open the hidden folder itself."),
            ),
        ),
        (
            "not whole",
            Kind(
                lambda n: tr("%n unfinished downloads", "", n, one="%n unfinished download"),
                tr_noop("They are still being written."),
                tr_noop("Try later."),
            ),
        ),
        (
            "a Live Photo",
            Kind(
                lambda n: tr(
                    "%n Live Photos kept as one document each", "", n, one="%n Live Photo kept as one document"
                ),
                tr_noop("Apple Photos keeps the photo and its film in one document."),
                tr_noop("Export them from Photos first."),
            ),
        ),
        (
            "another program's library",
            Kind(
                lambda n: tr("%n libraries of other programs", "", n, one="%n library of another program"),
                tr_noop("Kindred opens no other program's library."),
                tr_noop("Export the photos from that program first."),
            ),
        ),
        (
            "settings|comments|a mark",
            Kind(
                lambda n: tr("%n settings files of other programs", "", n, one="%n settings file of another program"),
                _PICTURES_ALONE,
            ),
        ),
        (
            "what a Mac",
            Kind(
                lambda n: tr("%n files that a Mac left (._)", "", n, one="%n file that a Mac left (._)"),
                tr_noop(
                    "A Mac keeps these beside files on a foreign disk; the photos are the files without ._ in the name."
                ),
            ),
        ),
        (".*[cC]loud", _IN_CLOUD),
        (
            "a system folder",
            Kind(
                lambda n: tr("%n system folders", "", n, one="%n system folder"), tr_noop("System folders stay closed.")
            ),
        ),
        (
            "a destination",
            Kind(
                lambda n: tr("%n folders that Kindred sorted into", "", n, one="%n folder that Kindred sorted into"),
                tr_noop("What lies in the destination of an earlier run is sorted already."),
                tr_noop("Open that folder itself to look at it."),
            ),
        ),
        (
            "excluded",
            Kind(
                lambda n: tr("%n excluded by a setting", "", n, one="%n excluded by a setting"),
                tr_noop("The setting `exclude` leaves them out."),
                tr_noop("Change that setting to include them."),
            ),
        ),
        ("an empty", Kind(lambda n: tr("%n empty files", "", n, one="%n empty file"), tr_noop("They are empty."))),
        (
            ".*document",
            Kind(lambda n: tr("%n documents", "", n, one="%n document"), tr_noop("Documents are no images.")),
        ),
        (
            "no regular",
            Kind(
                lambda n: tr("%n pipes, sockets or devices", "", n, one="%n pipe, socket or device"),
                tr_noop("They are no files."),
            ),
        ),
        (
            "the thumbnail",
            Kind(
                lambda n: tr("%n thumbnails of films", "", n, one="%n thumbnail of a film"),
                tr_noop("They belong to films."),
            ),
        ),
    )
)
_BY_CODE = {
    "unsupported-format": Kind(
        lambda n: tr("%n unsupported pictures", "", n, one="%n unsupported picture"),
        "",
        tr_noop("Save them as JPEG or PNG."),
    ),
    "cloud-placeholder": Kind(
        lambda n: tr("%n pictures that are only in the cloud", "", n, one="%n picture that is only in the cloud"),
        _IN_CLOUD.why,
        _IN_CLOUD.remedy,
    ),
    "empty": Kind(
        lambda n: tr("%n empty pictures", "", n, one="%n empty picture"),
        "",
        tr_noop("Copy them here again from where they came."),
    ),
    "not-an-image": Kind(lambda n: tr("%n pictures by name only", "", n, one="%n picture by name only"), ""),
    "unreadable": Kind(
        lambda n: tr("%n pictures that may not be read", "", n, one="%n picture that may not be read"),
        "",
        tr_noop("Check their permissions."),
    ),
    "folder-unreadable": Kind(
        lambda n: tr("%n folders that cannot be read", "", n, one="%n folder that cannot be read"),
        "",
        tr_noop("Check its permissions."),
    ),
    "too-large": Kind(
        lambda n: tr("%n pictures that are too large", "", n, one="%n picture that is too large"),
        "",
        tr_noop("Save them smaller."),
    ),
}
_DAMAGED = Kind(
    lambda n: tr("%n damaged pictures", "", n, one="%n damaged picture"),
    "",
    tr_noop("Copy them here again from where they came."),
)


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
    parts = [kind.counted(number) for kind, number in shown]
    rest = sum(number for _, number in found[len(shown) :])
    return ", ".join(parts + ([tr("%n others", "", rest, one="%n other")] if rest else []))


def no_images(root: Path, problems: Sequence[Problem], ignored: Sequence[Ignored]) -> NoImagesError:
    """The error of a folder of which nothing can be shown: what it holds instead, why that is not shown, what to do.

    Args:
        root: the folder.
        problems: files that could not be used.
        ignored: files and folders left out on purpose.
    """
    message = tr("There are no photos that Kindred can show in {folder}.", folder=display_path(root))
    entries: tuple[Ignored | Problem, ...] = (*problems, *ignored)
    if not entries:
        empty = tr("It is empty.")
        return NoImagesError("no-photos", f"{message} {empty}", tr("Choose another folder."))
    commonest = kinds(entries)[0][0]
    why = tr(commonest.why) if commonest.why else ""
    first = next((problem for problem in problems if kind_of(problem) == commonest), None)
    if first is not None and not why:
        why = f"{display_path(first.path)}: {first.message}"
    code = "no-readable-photos" if problems else "no-photos"
    content = tr("In it: {kinds}.", kinds=summary(entries))
    return NoImagesError(code, f"{message} {content} {why}", tr(commonest.remedy), problems=problems, ignored=ignored)
