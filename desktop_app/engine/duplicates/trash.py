"""Copies go to the system's trash, whole units at a time, and come back; one small journal for each time.

What moves a file into the trash is given by the caller: the system's own way needs Qt. A journal's line is on the disk
before each file is touched, so that after a crash nothing is in doubt but the one file that was under way. The first
line has the version of the form; the earliest journals, which have none, are of the first.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desktop_app.engine.duplicates.finder import main_hash
from desktop_app.engine.duplicates.sets import DuplicateSet
from desktop_app.engine.errors import Cancelled, UserError
from desktop_app.engine.files import content_hasher, is_folder
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.organize.disk.disk import DISK
from desktop_app.engine.organize.disk.publish import publish
from desktop_app.engine.organize.journal.journal import locked
from desktop_app.engine.organize.journal.lines import encode, read_events
from desktop_app.engine.types import Photo, Problem
from desktop_app.engine.wording import display_path

Mover = Callable[[Path], Path | None]
"""Moves one file into the trash and says where it is there, None where the system does not tell; raises OSError."""
VERSION = 1
_PIECE = 1 << 20


@dataclass(slots=True)
class TrashReport:
    """What came of moving to the trash, or of bringing back.

    Attributes:
        batch: its journal.
        photos: that went, or came back.
        files: likewise, companions included.
        bytes: likewise.
        problems: files that stayed, each with the reason.
        stopped: the person asked to stop before all was done.
    """

    batch: Path
    photos: int = 0
    files: int = 0
    bytes: int = 0
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """One earlier time, as its journal tells.

    Attributes:
        path: of the journal.
        at: when, ISO 8601.
        gone: files that are in the trash, original place and place there (None where that is not known), oldest first.
        doubtful: a file that was on its way when the program ended, and is not in its place.
        photos: those of ``gone`` that are photos, without their companions.
        moved: photos that went then, those that came back since among them.
        folder: that holds all the places they went from.
        newer: a later version of the program wrote the journal; it is left alone, and all else is empty.
    """

    path: Path
    at: str
    gone: tuple[tuple[Path, Path | None], ...]
    doubtful: tuple[Path, ...]
    photos: int
    moved: int
    folder: Path
    newer: bool = False

    @property
    def state(self) -> str:
        """How things stand, in a person's words."""
        if self.newer:
            return tr("recorded by a newer version")
        if not self.moved:
            return tr("in doubt: look in the trash")
        if not self.photos:
            return tr("brought back")
        return tr("in the trash") if self.photos == self.moved else tr("brought back in part")


class _Journal:
    """Appends lines; each is on the disk when the call returns."""

    def __init__(self, path: Path, *, new: bool) -> None:
        self.path = path
        self._fd = DISK.create(path) if new else DISK.open_append(path)
        if new:
            DISK.sync_folder(path.parent)
        else:  # a new line behind half of one would be damaged with it
            DISK.truncate(self._fd, path.read_bytes().rfind(b"\n") + 1)

    def say(self, event: str, **more: Any) -> None:
        DISK.write(self._fd, encode({"e": event, **more}))
        DISK.fsync(self._fd)

    def close(self) -> None:
        DISK.close(self._fd)


def move(
    chosen: Iterable[tuple[DuplicateSet, frozenset[int]]], mover: Mover, journal_dir: Path, ctx: JobContext
) -> TrashReport:
    """Move copies to the trash, each with its companions. Of every set at least one photo stays, seen to be whole.

    Args:
        chosen: sets, with the ids of those of their photos that go.
        mover: see `Mover`.
        journal_dir: where the record is kept.
        ctx: cancel and progress; stopping is between two photos.

    Raises:
        UserError: nothing was touched: ``another-run``, ``journal-unwritable``.
    """
    chosen = list(chosen)
    total, done = sum(len(ids) for _, ids in chosen), 0
    with locked(journal_dir):
        numbers = [int(path.stem.removeprefix("trash-")) for path in _journals(journal_dir)]
        try:
            journal = _Journal(journal_dir / f"trash-{max(numbers, default=0) + 1:06d}.jsonl", new=True)
        except OSError as error:
            raise UserError(
                "journal-unwritable", tr("The record in {folder} cannot be written.", folder=display_path(journal_dir))
            ) from error
        report = TrashReport(journal.path)
        try:
            journal.say("batch", version=VERSION, at=datetime.now().isoformat(timespec="seconds"))
            for one, ids in chosen:
                stay = [member.photo for member in one.members if member.photo.id not in ids]
                # Looked at now and not when the set was found: it is what the person is left with.
                kept = next((photo for photo in stay if _is_whole(photo)), None)
                for photo in (member.photo for member in one.members if member.photo.id in ids):
                    ctx.progress(done, total, tr_noop("Moving to the trash"))
                    done += 1
                    _move_unit(photo, kept, stay, mover, journal, report)
        except Cancelled:
            report.stopped = True
        finally:
            journal.close()
    return report


def _move_unit(
    photo: Photo, kept: Photo | None, stay: Sequence[Photo], mover: Mover, journal: _Journal, report: TrashReport
) -> None:
    if kept is None:
        _refuse(report, photo.path, "no-other-copy", tr("It stays: no other photo of its set could be read."))
        return
    if why := _why_not(photo, stay):
        _refuse(report, photo.path, "changed", why)
        return
    gone: list[tuple[Path, Path | None]] = []
    # The photo first: where the disk has no trash, nothing at all has changed then.
    for path in (photo.path, *photo.companions):
        try:
            size = _state(path).st_size
        except OSError:
            continue  # a companion that is gone already
        journal.say("going", path=str(path), photo=path == photo.path)
        try:
            where = mover(path)
        except OSError as error:
            text = tr("It stays: {why}.", why=error.strerror or error)
            _put_back(gone, journal, report)
            _refuse(report, path, "no-trash", text)
            return
        journal.say("gone", path=str(path), to=None if where is None else str(where))
        gone.append((path, where))
        report.bytes += size
    report.photos += 1
    report.files += len(gone)


def _put_back(gone: list[tuple[Path, Path | None]], journal: _Journal, report: TrashReport) -> None:
    """A unit stays together: what of it went before one of its files was refused comes back."""
    for path, where in reversed(gone):
        if (why := _bring(path, where, journal)) is not None:
            _refuse(report, path, "in-the-trash", why)


def _why_not(photo: Photo, stay: Sequence[Photo]) -> str:
    """Why a photo may not go; empty where it may."""
    try:
        state = _state(photo.path)
    except OSError as error:
        return tr("It cannot be found any more ({why}).", why=error.strerror or error)
    if not stat.S_ISREG(state.st_mode) or (state.st_size, state.st_mtime_ns) != (photo.size_bytes, photo.mtime_ns):
        return tr("It stays: it was changed since it was compared. Look again.")
    for other in stay:
        # A second name of the very file, made since: with its last name but one a person loses what they never chose.
        with contextlib.suppress(OSError):
            if os.path.samestat(state, other.path.stat()):
                return tr("It stays: it is the same file as {file}, not a copy.", file=display_path(other.path))
    return ""


def _state(path: Path) -> os.stat_result:
    return DISK.lstat(path)


def _is_whole(photo: Photo) -> bool:
    """Whether a photo is on the disk with the content that it was compared by."""
    hasher = content_hasher()
    try:
        descriptor = DISK.open_read(photo.path)
        try:
            while piece := DISK.read(descriptor, _PIECE):
                hasher.update(piece)
        finally:
            DISK.close(descriptor)
    except OSError:
        return False
    return hasher.hexdigest() == main_hash(photo)


def _refuse(report: TrashReport, path: Path, code: str, text: str) -> None:
    report.problems.append(Problem(path, "organize", code, text))


def batches(journal_dir: Path) -> tuple[Batch, ...]:
    """Every time that something went to the trash, newest first; a record that cannot be read is left out."""
    found = []
    for path in reversed(_journals(journal_dir)):
        with contextlib.suppress(OSError):
            found.append(_read(path))
    return tuple(batch for batch in found if batch.moved or batch.doubtful or batch.newer)


def latest(known: Sequence[Batch]) -> Batch | None:
    """Of `batches` the latest of which something can be brought back, or is in doubt; None where there is none."""
    return next((batch for batch in known if batch.gone or batch.doubtful), None)


def _read(path: Path) -> Batch:
    at, gone, going, photos, moved = "", dict[Path, Path | None](), dict[Path, None](), set[Path](), set[Path]()
    for event in read_events(path):
        if event is None:
            continue  # a torn last line: what it was about to say had not begun
        if event["e"] == "batch":
            at = str(event.get("at", ""))
            if event.get("version", VERSION) != VERSION:
                return Batch(path, at, (), (), 0, 0, Path(), newer=True)
            continue
        place = Path(event["path"])
        if event["e"] == "going":
            going[place] = None
            if event["photo"]:
                photos.add(place)
        else:
            going.pop(place, None)
            gone.pop(place, None)
            if event["e"] == "gone":
                gone[place] = None if event["to"] is None else Path(event["to"])
                moved.add(place)
    doubtful = tuple(place for place in going if not os.path.lexists(place))
    parents = [os.fspath(place.parent) for place in (*moved, *doubtful)]
    folder = Path(os.path.commonpath(parents)) if parents else Path()
    in_trash = sum(place in photos for place in gone)
    return Batch(path, at, tuple(gone.items()), doubtful, in_trash, len(moved & photos), folder)


def bring_back(batch: Batch, journal_dir: Path, ctx: JobContext) -> TrashReport:
    """Take files out of the trash again, never over another file. What cannot be brought back is named.

    Raises:
        UserError: nothing was touched: ``another-run``, ``journal-unwritable``, ``journal-from-newer-version``.
    """
    if batch.newer:
        raise UserError(
            "journal-from-newer-version",
            tr("A newer version of Kindred moved these photos to the trash."),
            tr("Start that version to bring them back, or restore them from the trash itself."),
        )
    report = TrashReport(batch.path)
    with locked(journal_dir):
        try:
            journal = _Journal(batch.path, new=False)
        except OSError as error:
            raise UserError(
                "journal-unwritable", tr("The record {file} cannot be written.", file=display_path(batch.path))
            ) from error
        try:
            # What went last comes first, so that a photo is there only when its companions are.
            for number, (path, where) in enumerate(reversed(batch.gone)):
                ctx.progress(number, len(batch.gone), tr_noop("Bringing back"))
                if (why := _bring(path, where, journal)) is not None:
                    _refuse(report, path, "not-brought-back", why)
                else:
                    report.files += 1
                    report.bytes += _state(path).st_size
        except Cancelled:
            report.stopped = True
        finally:
            journal.close()
    report.photos = batch.photos - _read(batch.path).photos
    return report


def _bring(path: Path, where: Path | None, journal: _Journal) -> str | None:
    """Why a file could not be brought back; None where it was."""
    if where is None:
        return tr("It is in the trash; this system does not say where. Restore it there.")
    try:
        if not is_folder(path.parent):
            path.parent.mkdir(parents=True)
        publish(DISK, where, path, reserve=lambda: None)
    except FileExistsError:
        return tr("It stays in the trash: another file has its name now.")
    except FileNotFoundError:
        return tr("It is not in the trash any more.")
    except OSError as error:
        return tr("It stays in the trash: {why}.", why=error.strerror or error)
    journal.say("back", path=str(path))
    _forget_note(path, where)
    return None


def _forget_note(path: Path, where: Path) -> None:
    """Remove what the trash of a Unix desktop wrote about the file, if it is about this very one."""
    note = where.parent.parent / "info" / f"{where.name}.trashinfo"
    with contextlib.suppress(OSError):
        text = note.read_bytes()
        if where.parent.name == "files" and quote(os.fsencode(path.name)).encode("ascii") in text:
            note.unlink()


def _journals(journal_dir: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path for path in journal_dir.glob("trash-*.jsonl") if path.stem[6:].isdecimal())
    return []


def summary(report: TrashReport, *, back: bool = False) -> str:
    """What came of it, in a sentence or two."""
    if back:
        text = tr("%n photos brought back.", "", report.photos, one="%n photo brought back.")
    else:
        text = tr("%n photos moved to the trash.", "", report.photos, one="%n photo moved to the trash.")
    if report.stopped:
        text += " " + tr("Stopped before the rest.")
    if report.problems:
        first = report.problems[0]
        name, number = display_path(first.path.name), len(report.problems)
        rest = tr(
            "%n files not: {file}. {why}", "", number, one="%n file not: {file}. {why}", file=name, why=first.message
        )
        text += f" {rest}"
    return text
