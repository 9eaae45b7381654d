"""What writing keywords would do, looked at file by file before anything is touched."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.files import content_hash
from desktop_app.engine.job import JobContext
from desktop_app.engine.keywords.merge import HIERARCHY, TAGS, keyword_of, merged, spellings
from desktop_app.engine.keywords.packet import NotOurs
from desktop_app.engine.keywords.sidecars import Naming, Spelling, of_photo
from desktop_app.engine.language import tr
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.left_out import LeftOut, left_out_of, left_out_text
from desktop_app.engine.organize.problems import Refused, describe
from desktop_app.engine.types import UNSURE, Group, Photo, Problem
from desktop_app.engine.wording import display_path

MOST_BYTES = 16 << 20
"""A sidecar larger than this is none that a photo program wrote."""
_PIECE = 1 << 20
_NUMBERED = re.compile(r"Group \d+")


@dataclass(frozen=True, slots=True)
class Change:
    """One sidecar that would be written.

    Attributes:
        photo_id: of its photo.
        photo: the photo.
        sidecar: the file.
        keyword: what it gets.
        size: of the file in bytes, 0 for a new one.
        mtime_ns: its modification time, 0 for a new one.
        content: BLAKE2b-160 hex of its bytes when the plan was made; empty for a new one.
    """

    photo_id: int
    photo: Path
    sidecar: Path
    keyword: str
    size: int = 0
    mtime_ns: int = 0
    content: str = ""

    @property
    def new(self) -> bool:
        """Whether there is none yet."""
        return not self.content


@dataclass(frozen=True, slots=True)
class KeywordPlan:
    """Sidecars that would be written.

    Attributes:
        root: the folder of the photos.
        changes: each sidecar, those of one photo behind each other.
        unchanged: photos whose sidecars say the same already.
        twice: photos that have a sidecar of either spelling, which are kept in step.
        refused: sidecars that are left alone, each with its reason.
        unnamed: groups among them that have a number only.
        left_out: photos of the groups that get no keyword because the person said so.
    """

    root: Path
    changes: tuple[Change, ...]
    unchanged: int
    twice: int
    refused: tuple[Problem, ...]
    unnamed: int = 0
    left_out: tuple[LeftOut, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing was refused."""
        return not self.refused

    @property
    def photos(self) -> int:
        """How many photos would get their keyword."""
        return len({change.photo_id for change in self.changes})

    @property
    def new(self) -> int:
        """How many sidecars would be new."""
        return sum(change.new for change in self.changes)

    @property
    def merging(self) -> int:
        """How many sidecars are there already and would get the keyword beside what they hold."""
        return len(self.changes) - self.new

    @property
    def example(self) -> str:
        """One of them in full; empty where there is none."""
        if not self.changes:
            return ""
        first = self.changes[0]
        ways = spellings(first.keyword)
        return tr(
            "{sidecar}: {keyword} (as a tree {tree}, {tags})",
            sidecar=display_path(first.sidecar.name),
            keyword=display_path(first.keyword),
            tree=display_path(ways[HIERARCHY]),
            tags=display_path(ways[TAGS]),
        )

    @property
    def summary(self) -> str:
        """All of it in a sentence or two."""
        sentences = [self._places()]
        if n := self.unchanged:
            sentences.append(tr("%n photos have it already.", "", n, one="%n photo has it already."))
        if n := self.twice:
            sentences.append(
                tr(
                    "%n photos have two sidecars, and both are kept in step.",
                    "",
                    n,
                    one="%n photo has two sidecars, and both are kept in step.",
                )
            )
        if n := self.unnamed:
            sentences.append(
                tr("%n groups have no name yet, only a number.", "", n, one="%n group has no name yet, only a number.")
            )
        if n := len(self.refused):
            sentences.append(tr("%n files are left alone.", "", n, one="%n file is left alone."))
        if self.left_out:
            sentences.append(left_out_text(self.left_out))
        return " ".join(sentences)

    def _places(self) -> str:
        """How many photos would get a keyword, and in how many sidecars of which kind."""
        if not self.changes:
            return tr("No sidecar has to be written.")
        n, new = self.photos, tr("%n new sidecars", "in them", self.new, one="%n new sidecar")
        old = tr("%n that are there already", "in sidecars", self.merging, one="%n that is there already")
        if not self.merging:
            return tr(
                "%n photos would get a keyword: in {new}.",
                "",
                n,
                one="%n photo would get a keyword: in {new}.",
                new=new,
            )
        if not self.new:
            return tr(
                "%n photos would get a keyword: in {old}.",
                "",
                n,
                one="%n photo would get a keyword: in {old}.",
                old=old,
            )
        return tr(
            "%n photos would get a keyword: in {new} and in {old}.",
            "",
            n,
            one="%n photo would get a keyword: in {new} and in {old}.",
            new=new,
            old=old,
        )


def make_plan(
    root: Path,
    groups: Sequence[Group],
    photos: Mapping[int, Photo],
    ctx: JobContext,
    spelling: Spelling = "auto",
    disk: Disk = DISK,
) -> KeywordPlan:
    """What writing the names of groups into sidecars would do. Touches nothing.

    Args:
        root: the folder of the photos.
        groups: whose names are written, unless they are hidden; photos that no group claims get none.
        photos: all photos of the folder, by id.
        ctx: cancel and progress.
        spelling: of new sidecars.
        disk: the file system.

    Raises:
        UsageError: ``unknown-spelling``.
        KeyError: a group holds a photo that is not among ``photos``.
        Cancelled: the person asked to stop.
    """
    naming = Naming(photos.values(), spelling)
    found = [
        (photos[photo_id], keyword_of(group.name))
        for group in groups
        if group.id != UNSURE and not group.hidden
        for photo_id in group.photo_ids.tolist()
    ]
    changes: list[Change] = []
    refused: list[Problem] = []
    unchanged = twice = 0
    for done, (photo, keyword) in enumerate(found):
        ctx.progress(done, len(found), tr("Looking at sidecars"))
        sidecars = of_photo(photo)
        twice += len(sidecars) > 1
        wanted, problems = _of_photo(disk, photo, keyword, sidecars or (naming.new(photo),), new=not sidecars)
        unchanged += not wanted and not problems
        changes += wanted
        refused += problems
    changed = {change.photo_id for change in changes}
    unnamed = sum(
        _NUMBERED.fullmatch(group.name) is not None and not changed.isdisjoint(group.photo_ids.tolist())
        for group in groups
    )
    return KeywordPlan(root, tuple(changes), unchanged, twice, tuple(refused), unnamed, left_out_of(groups, photos))


def _of_photo(
    disk: Disk, photo: Photo, keyword: str, sidecars: Sequence[Path], *, new: bool
) -> tuple[list[Change], list[Problem]]:
    changes, problems = [], []
    for sidecar in sidecars:
        try:
            check_photo(disk, photo.path)
            change = _new(disk, photo, keyword, sidecar) if new else _existing(disk, photo, keyword, sidecar)
        except (OSError, Refused) as error:
            problems.append(describe(error, sidecar))
        else:
            if change is not None:
                changes.append(change)
    return changes, problems


def check_photo(disk: Disk, photo: Path) -> None:
    """Raise Refused where a photo is gone: without it a sidecar would be nobody's."""
    try:
        disk.lstat(photo)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused(photo, "missing", tr("it is not there any more")) from error


def _new(disk: Disk, photo: Photo, keyword: str, sidecar: Path) -> Change:
    with contextlib.suppress(FileNotFoundError):
        disk.lstat(sidecar)
        raise OSError(errno.EEXIST, "", str(sidecar))
    return Change(photo.id, photo.path, sidecar, keyword)


def _existing(disk: Disk, photo: Photo, keyword: str, sidecar: Path) -> Change | None:
    stored, state = read_sidecar(disk, sidecar)
    if merge(sidecar, stored, keyword) == stored:
        return None
    return Change(photo.id, photo.path, sidecar, keyword, state.st_size, state.st_mtime_ns, content_hash(stored))


def merge(sidecar: Path, stored: bytes | None, keyword: str) -> bytes:
    """`merge.merged`, for a file of that name.

    Raises:
        Refused: it is broken, or in a form that is not changed.
    """
    try:
        return merged(stored, keyword)
    except NotOurs as error:
        raise Refused(sidecar, error.code, error.message) from error


def read_sidecar(disk: Disk, sidecar: Path) -> tuple[bytes, os.stat_result]:
    """The bytes of a sidecar and what the disk says of the open file.

    Raises:
        Refused: it is no regular file, cannot be written, or is too large.
        OSError: it cannot be read.
    """
    # Looked at before it is opened: a named pipe would keep us waiting for ever.
    if not stat.S_ISREG(disk.lstat(sidecar).st_mode):
        raise Refused(sidecar, "is-a-link", tr("a link or a special file stands in its place"))
    fd = disk.open_read(sidecar)
    try:
        state = disk.fstat(fd)
        if not state.st_mode & 0o222:
            raise Refused(sidecar, "no-permission", tr("it is protected against changes"))
        if state.st_size > MOST_BYTES:
            raise Refused(sidecar, "too-large", tr("it is larger than a sidecar can be"))
        return b"".join(_pieces(disk, fd)), state
    finally:
        disk.close(fd)


def _pieces(disk: Disk, fd: int) -> Iterator[bytes]:
    left = MOST_BYTES + 1
    while left > 0 and (piece := disk.read(fd, min(left, _PIECE))):
        left -= len(piece)
        yield piece
