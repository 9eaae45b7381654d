"""Walk a folder and find the photos in it, without opening what should stay closed.

Every file below the folder ends in exactly one place: as a photo or a companion of one, as a problem, or among the
ignored with the reason. A broken file that goes along with the whole picture of its unit is a problem, too. A folder
left out as a whole is one ignored entry. The order is that of the names, the same on every system.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from desktop_app.engine.errors import UsageError
from desktop_app.engine.folder import not_ours
from desktop_app.engine.folder.companions import pair
from desktop_app.engine.folder.packages import holds_package
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.pictures import reasons
from desktop_app.engine.pictures.formats import (
    FORMATS,
    HEAD_BYTES,
    IMAGE_EXTENSIONS,
    RAW_EXTENSIONS,
    REFUSED_BY_ENDING,
    recognize,
    refusal,
)
from desktop_app.engine.types import Ignored, PhotoFile, Problem, Scan
from desktop_app.engine.wording import ELSEWHERE, display_path

_log = logging.getLogger(__name__)

SYSTEM_FOLDERS = frozenset(
    {"@eadir", "@recycle", "@tmp", "#recycle", "#snapshot", "$recycle.bin", "__macosx", "lost+found", "recycler"}
    | {"system volume information"}
)
"""Left out beside everything hidden (a leading dot): what systems and NAS boxes keep for themselves. Lower case."""
_WINDOWS_RECALL = 0x0000_1000 | 0x0004_0000 | 0x0040_0000  # OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS
_WINDOWS_JUNCTION = 0xA000_0003  # reparse tag; symbolic links Python knows itself
_MACOS_DATALESS = 0x4000_0000

_BROKEN = frozenset({"empty", "not-an-image", "unreadable"})
"""Problems of files that are pictures by their name: they stay with their unit."""

_LINK_INSIDE = tr_noop("a link to something else in this folder")
_LINK_OUTSIDE = tr_noop("a link out of the folder")
_LINK_BROKEN = tr_noop("a link that leads nowhere")
_NO_FILE = tr_noop("no regular file (a pipe, socket or device)")


def is_placeholder(status: object) -> bool:
    """True for a file whose content lies in a cloud, so that reading it would download it.

    Args:
        status: an `os.stat_result`, with the attributes that Windows or macOS add to it.
    """
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    return bool(attributes & _WINDOWS_RECALL or flags & _MACOS_DATALESS)


def check_root(root: Path) -> None:
    """Refuse what cannot be scanned.

    Raises:
        UsageError: ``folder-missing``, ``not-a-folder`` or ``folder-unreadable``.
    """
    shown = display_path(root)
    try:
        mode = root.stat().st_mode
        if stat.S_ISDIR(mode):
            with os.scandir(root):
                return
    except (FileNotFoundError, NotADirectoryError):
        hint = " ".join([tr("Check the name."), tr(ELSEWHERE)])
        raise UsageError("folder-missing", tr("There is no folder {folder}.", folder=shown), hint) from None
    except PermissionError:
        text = tr("The folder {folder} may not be read.", folder=shown)
        raise UsageError("folder-unreadable", text, tr("Check its permissions.")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        text = tr("The folder {folder} cannot be read: {reason}.", folder=shown, reason=reason)
        raise UsageError("folder-unreadable", text) from None
    text = tr("{name} is a file, not a folder.", name=shown)
    raise UsageError("not-a-folder", text, tr("Name the folder it is in."))


def check_picture(path: Path) -> None:
    """Refuse what cannot be a picture, before anything is made ready to compare with it.

    Raises:
        UsageError: ``image-missing``, ``image-is-folder`` or ``image-unreadable``.
    """
    shown = display_path(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        text = tr("There is no file {name}.", name=shown)
        raise UsageError("image-missing", text, tr("Check the name.")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        text = tr("The picture {name} cannot be read: {reason}.", name=shown, reason=reason)
        raise UsageError("image-unreadable", text) from None
    if stat.S_ISDIR(mode):
        text = tr("{name} is a folder; a picture is wanted.", name=shown)
        raise UsageError("image-is-folder", text, tr("Name a file in it."))
    if not stat.S_ISREG(mode):
        text = tr("{name} is no regular file; a picture is wanted.", name=shown)
        raise UsageError("image-unreadable", text, tr("Name another."))
    if not os.access(path, os.R_OK):
        text = tr("The picture {name} may not be read.", name=shown)
        raise UsageError("image-unreadable", text, tr("Check its permissions."))


@dataclass(slots=True)
class _Found:
    files: list[PhotoFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    seen: int = 0


Known = Mapping[str, tuple[int, int, str]]
"""Size, modification time in ns, and format of photos that were looked at before, by path."""


def scan(
    root: Path,
    ctx: JobContext,
    *,
    exclude: Sequence[str] = (),
    skip: Sequence[Path] = (),
    known: Known | None = None,
) -> Scan:
    """Find the photos below a folder; why the rest is none is said in English, see `reasons.said`.

    Args:
        root: the folder; may itself be a symbolic link.
        ctx: progress and cancelling.
        exclude: patterns such as ``*.png`` or ``drafts/*``, matched without regard to case against the name and
            the path below ``root`` (with ``/``) of files and folders.
        skip: folders left out, such as earlier destinations.
        known: files that are as they are described there are not opened to see what they are.

    Raises:
        UsageError: ``folder-missing``, ``not-a-folder`` or ``folder-unreadable``.
        Cancelled: the person asked to stop.
    """
    check_root(root)
    found = _Found()
    patterns = tuple(pattern.rstrip("/").casefold() for pattern in exclude)
    walk = _Walk(root, ctx, patterns, skip, known or {}, found)
    walk.run()
    _log.info("scan: %d photos, %d problems, %d left out", len(found.files), len(found.problems), len(found.ignored))
    for problem in found.problems:
        _log.debug("%s: %s: %s", problem.path, problem.code, problem.message)
    ctx.progress(found.seen, found.seen, tr(walk.STAGE))
    return Scan(
        root,
        tuple(sorted(found.files, key=lambda file: file.path.parts)),
        tuple(sorted(found.problems, key=lambda problem: problem.path.parts)),
        tuple(sorted(found.ignored, key=lambda entry: entry.path.parts)),
    )


class _Seen(NamedTuple):
    """A regular file, and what it is."""

    path: Path
    size: int
    mtime_ns: int
    verdict: str | Problem | Ignored


class _Walk:
    """One walk; folders are kept on a stack of their own, so that no depth of nesting is too deep."""

    STAGE = tr_noop("Looking through the folder")

    def __init__(
        self,
        root: Path,
        ctx: JobContext,
        exclude: tuple[str, ...],
        skip: Sequence[Path],
        known: Known,
        found: _Found,
    ) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._ctx = ctx
        self._exclude = exclude
        self._skip = {os.path.realpath(folder) for folder in skip}
        self._known = known
        self._found = found

    def run(self) -> None:
        pending = [""]
        while pending:
            below = pending.pop()
            pending.extend(self._folder(below))

    def _folder(self, below: str) -> list[str]:
        """Sort one folder's entries; returns the sub-folders to look into, as paths below the root."""
        folder = self._root / below if below else self._root
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            self._problem(folder, "folder-unreadable", reasons.FOLDER_UNREADABLE.format(reason=error.strerror or error))
            return []
        if below and holds_package(folder.name, (entry.name for entry in entries)):
            self._found.ignored.append(Ignored(folder, not_ours.PACKAGE))
            return []
        unfinished = not_ours.being_written(entry.name for entry in entries)
        deeper: list[str] = []
        candidates: dict[str, _Seen] = {}
        while entries:
            entry = entries.pop()  # which keeps what the disk said of it: of 100,000 in one folder that is 100 MB
            self._found.seen += 1
            self._ctx.progress(self._found.seen, 0, tr(self.STAGE))
            inner = f"{below}/{entry.name}" if below else entry.name
            try:
                reason = self._reason_to_ignore(entry, inner)
                if reason is None and entry.name in unfinished and entry.is_file(follow_symlinks=False):
                    reason = not_ours.NOT_WHOLE
                if reason is not None:
                    self._found.ignored.append(Ignored(folder / entry.name, reason))
                elif entry.is_dir(follow_symlinks=False):
                    deeper.append(inner)
                else:
                    candidates[entry.name] = self._look(folder / entry.name, entry.stat(follow_symlinks=False))
            except OSError as error:
                why = reasons.FILE_UNREADABLE.format(reason=error.strerror or error)
                self._problem(folder / entry.name, "unreadable", why)
        self._files(folder, candidates)
        return deeper

    def _reason_to_ignore(self, entry: os.DirEntry[str], inner: str) -> str | None:
        name = entry.name
        if entry.is_symlink() or _is_junction(entry):
            return self._why_not_follow(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and not entry.is_file(follow_symlinks=False):
            return _NO_FILE
        reason = not_ours.folder_of_another_program(name) if is_folder else not_ours.file_of_another_program(name)
        if reason is not None:
            return reason
        if name.startswith("."):
            return tr_noop("a hidden folder") if is_folder else tr_noop("a hidden file")
        if is_folder and name.casefold() in SYSTEM_FOLDERS:
            return tr_noop("a system folder")
        if is_folder and self._skip and os.path.realpath(entry.path) in self._skip:
            return tr_noop("a destination of an earlier run")
        if any(fnmatchcase(text.casefold(), pattern) for pattern in self._exclude for text in (name, inner)):
            return tr_noop("excluded by a pattern in the settings")
        return None

    def _why_not_follow(self, path: str) -> str:
        try:
            target = os.path.realpath(path, strict=True)
        except OSError:
            return _LINK_BROKEN
        return _LINK_INSIDE if Path(target).is_relative_to(self._real_root) else _LINK_OUTSIDE

    def _look(self, path: Path, status: os.stat_result) -> _Seen:
        verdict = self._format_known(path, status) or examine(path, status)
        return _Seen(path, status.st_size, status.st_mtime_ns, verdict)

    def _files(self, folder: Path, candidates: dict[str, _Seen]) -> None:
        images: dict[str, str] = {}
        others: dict[str, Problem | Ignored] = {}
        broken: dict[str, Problem] = {}
        for name, seen in candidates.items():
            verdict = seen.verdict
            if isinstance(verdict, str):
                images[name] = verdict
            else:
                others[name] = verdict
                if isinstance(verdict, Problem) and verdict.code in _BROKEN:
                    broken[name] = verdict
        pairing = pair(images, [name for name, verdict in others.items() if _may_belong(verdict)], broken)
        for name, members in pairing.units.items():
            seen = candidates[name]
            companions = tuple(candidates[member].path for member in members)
            photo = PhotoFile(seen.path, companions, seen.size, seen.mtime_ns, images[name])
            self._found.files.append(photo)
            for member in sorted(broken.keys() & set(members)):
                why = reasons.GOES_ALONG.format(reason=broken[member].message, photo=display_path(name))
                self._found.problems.append(replace(broken[member], message=why))
        paired = {member for members in pairing.units.values() for member in members}
        left = dict.fromkeys(pairing.alone) | {name: None for name in others if name not in paired}
        for name in left:
            verdict = others.get(name, Ignored(folder / name, tr_noop("the thumbnail of a film")))
            if isinstance(verdict, Problem):
                self._found.problems.append(verdict)
            else:
                self._found.ignored.append(verdict)

    def _format_known(self, path: Path, status: os.stat_result) -> str | None:
        """The format of a file that is as it was; None where it must be opened, or could not be."""
        known = self._known.get(os.fspath(path))
        if known is None or known[:2] != (status.st_size, status.st_mtime_ns):
            return None
        return known[2] if not is_placeholder(status) and os.access(path, os.R_OK) else None

    def _problem(self, path: Path, code: str, message: str) -> None:
        self._found.problems.append(Problem(path, "scan", code, message))


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return sys.platform == "win32" and entry.stat(follow_symlinks=False).st_reparse_tag == _WINDOWS_JUNCTION


def _may_belong(verdict: Problem | Ignored) -> bool:
    """Whether a file that is no photo here may be part of one: ``a.jpg.txt``, and ``a.jpg.xcf`` that is not read."""
    if isinstance(verdict, Ignored):
        return True
    return verdict.code == "unsupported-format" and verdict.path.suffix.lower() in REFUSED_BY_ENDING


def examine(path: Path, status: os.stat_result) -> str | Problem | Ignored:
    """Name the format of a regular file, or say in English why it is no photo. Opens it once, a placeholder never."""
    extension = path.suffix.lower()
    looks_like_image = extension in IMAGE_EXTENSIONS
    if is_placeholder(status):
        if not looks_like_image:
            return Ignored(path, reasons.NO_IMAGE_IN_CLOUD)
        return Problem(path, "scan", "cloud-placeholder", reasons.IN_CLOUD)
    if status.st_size == 0:
        if looks_like_image:
            return Problem(path, "scan", "empty", reasons.EMPTY)
        return Ignored(path, tr_noop("an empty file"))
    try:
        head = _read_head(path)
    except OSError as error:
        if looks_like_image:
            return Problem(path, "scan", "unreadable", reasons.FILE_UNREADABLE.format(reason=error.strerror or error))
        return Ignored(path, reasons.NO_IMAGE_UNREADABLE.format(reason=error.strerror or error))
    name = recognize(head, extension)
    if name is None:
        if looks_like_image:
            return Problem(path, "scan", "not-an-image", reasons.PICTURE_BY_NAME)
        return Ignored(path, reasons.NO_IMAGE)
    if name == "tiff" and extension in RAW_EXTENSIONS:
        return "raw"
    row = FORMATS[name]
    if row.kind in ("image", "raw"):
        return name
    if row.kind == "document" and not looks_like_image:
        return Ignored(path, reasons.DOCUMENT.format(format=row.title))
    return Problem(path, "scan", "unsupported-format", refusal(name))


def _read_head(path: Path) -> bytes:
    # The entry was a regular file a moment ago; without blocking, a pipe put in its place cannot hold us up.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags)
    try:
        return os.read(descriptor, HEAD_BYTES)
    finally:
        os.close(descriptor)
