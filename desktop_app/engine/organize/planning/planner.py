"""Work out completely what organizing would do, before anything is touched. Reads only.

What comes of it is in `plan`; which names are free in a folder, `folders` knows, and which number a unit gets,
`numbering`.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.disk.disk import DISK
from desktop_app.engine.organize.disk.locate import devices, existing
from desktop_app.engine.organize.left_out import LeftOut, left_out_of
from desktop_app.engine.organize.planning.folders import Contents, Folder
from desktop_app.engine.organize.planning.layout import Folders, Layout, field_in
from desktop_app.engine.organize.planning.numbering import Numbering, Unit
from desktop_app.engine.organize.planning.plan import Conflict, Plan
from desktop_app.engine.organize.problems import Refused
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.types import Group, Photo, Problem
from desktop_app.engine.wording import ELSEWHERE, display_path

_BLOCK = 4096
_HASH = re.compile("[0-9a-f]{40}")


def make_plan(
    root: Path,
    groups: Sequence[Group],
    photos: Mapping[int, Photo],
    destination: Path,
    action: str,
    ctx: JobContext,
    layout: Layout | None = None,
) -> Plan:
    """Work out where every file of the groups would go. Touches nothing.

    Args:
        root: the source folder.
        groups: of photos that go into the same folder or folders; those of hidden groups stay, and are named.
        photos: by id.
        destination: where the folders go; it may lie inside ``root``, contain it, or not exist yet.
        action: key of `registry.ACTIONS`.
        ctx: progress and cancel.
        layout: which folders, and what of names that are taken; one folder a group and numbers where nothing is said.

    Raises:
        UsageError: ``unknown-action``, ``folder-missing``, ``destination-not-a-folder``, ``destination-not-writable``,
            ``destination-not-allowed``, ``destination-not-a-disk``, ``hardlink-across-disks`` (any action that reaches
            no other disk).
    """
    if action not in ACTIONS:
        raise UsageError(
            "unknown-action",
            tr("There is no action {name}.", name=repr(action)),
            tr("Choose one of: {names}.", names=", ".join(ACTIONS)),
        )
    root, destination = _absolute(root), destination.resolve()
    if not root.is_dir():
        raise UsageError("folder-missing", tr("There is no folder {folder}.", folder=display_path(root)), tr(ELSEWHERE))
    _check_destination(destination)
    layout = layout or Layout()
    left_out = left_out_of(groups, photos)
    groups = [group for group in groups if not group.hidden]
    folders = Folders(destination, layout, [group.name for group in groups])
    draft = _Draft(action, destination, layout, ctx)
    total = sum(len(group.photo_ids) for group in groups)
    done, stage = 0, tr("Planning")
    for place, group in enumerate(groups):
        for photo_id in group.photo_ids.tolist():
            ctx.progress(done, total, stage)
            photo = photos[photo_id]
            draft.add(photo, folders.of(photo, place), group.id if folders.by_group else None)
            done += 1
    ctx.progress(total, total, stage)
    return draft.plan(root, left_out)


class _Draft:
    """A plan in the making."""

    def __init__(self, action: str, destination: Path, layout: Layout, ctx: JobContext) -> None:
        self._action = ACTIONS[action]
        self._destination = destination
        self._layout = layout
        self._numberings: dict[Path, Numbering] = {}
        self._groups: dict[Path, int] = {}
        self._device = existing(destination).stat().st_dev
        self._contents = Contents(ctx)
        self._claimed: set[Path] = set()
        # Texts and numbers: the collector of cycles looks through everything else, and holds up the window meanwhile.
        self._above: dict[str, tuple[int, int]] = {}
        self._steps: list[Step] = []
        self._folders: dict[Path, int] = {}
        self._conflicts: list[Conflict] = []
        self._skipped: list[Problem] = []
        self._bytes = 0

    def _numbering(self, folder: Path) -> Numbering:
        """The names in a folder."""
        if folder not in self._numberings:
            self._numberings[folder] = Numbering(Folder(folder), self._contents, self._action.link_text)
        return self._numberings[folder]

    def add(self, photo: Photo, path: Path, group: int | None) -> None:
        """Plan one photo's unit into the folder ``path``, whole or not at all."""
        numbering = self._numbering(path)
        if group is not None:
            self._groups[path] = group
        try:
            unit = self._unit(photo, numbering.folder)
            self._place(photo, unit, numbering)
        except Refused as refused:
            self._skip(refused.path, refused.code, refused.message)
            rest = [path for path in map(_absolute, (photo.path, *photo.companions)) if path != refused.path]
            for path in rest:
                with_it = tr("it stays with the file it belongs to ({reason})", reason=refused.message)
                self._skip(path, refused.code, with_it)

    def plan(self, root: Path, left_out: tuple[LeftOut, ...]) -> Plan:
        """The finished plan."""
        if self._skipped and not self._steps and all(problem.code == "other-disk" for problem in self._skipped):
            raise UsageError(
                f"{self._action.name}-across-disks",
                tr(
                    "{destination} is on another disk than {root}, and a {action} cannot reach another disk.",
                    destination=display_path(self._destination),
                    root=display_path(root),
                    action=tr(self._action.words.noun),
                ),
                tr("Choose a destination on the same disk, or copy."),
            )
        space = DISK.space(existing(self._destination))
        if self._bytes and not space.keeps_files:
            raise UsageError(
                "destination-not-a-disk",
                tr(
                    "The destination {folder} is not on a disk that keeps files: its size is given as 0 bytes.",
                    folder=display_path(self._destination),
                ),
                tr("Choose a folder on a disk."),
            )
        same_disk = self._device == root.stat().st_dev
        creates = self._action.creates_file(same_disk=same_disk)
        files = len(self._folders) + (len(self._steps) if creates else 0)
        text = "\n".join([self._action.name, *(f"{step.src}\0{step.dst}" for step in self._steps)])
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
        return Plan(
            digest.hexdigest(),
            root,
            self._destination,
            self._action.name,
            tuple(self._steps),
            tuple(self._conflicts),
            tuple(self._skipped),
            self._bytes,
            space.bytes,
            files,
            space.files,
            devices(root, self._destination),
            self._folders,
            {folder: group for folder, group in self._groups.items() if folder in self._folders},
            left_out,
        )

    def _skip(self, path: Path, code: str, message: str) -> None:
        self._skipped.append(Problem(path, "organize", code, message))

    def _unit(self, photo: Photo, folder: Folder) -> Unit:
        """The files of a photo that are there to be handled, the photo first."""
        path = _absolute(photo.path)
        if path in self._claimed:
            raise Refused(path, "in-two-groups", tr("it is in another group already, or belongs to another photo"))
        state = _state(path)
        if state is None:
            raise Refused(path, "missing", tr("it is not there any more"))
        if (state.st_size, state.st_mtime_ns) != (photo.size_bytes, photo.mtime_ns):
            raise Refused(path, "changed", tr("it has changed since the folder was read"))
        unit = [(path, state)]
        for companion in map(_absolute, photo.companions):
            state = _state(companion)
            if state is None:
                self._skip(companion, "missing", tr("it is not there any more"))
            elif companion in self._claimed:
                self._skip(companion, "in-two-groups", tr("it goes with another photo already"))
            else:
                unit.append((companion, state))
        for file, state in unit:
            self._check(file, state, folder)
        self._claimed.update(file for file, _ in unit)
        return unit

    def _check(self, file: Path, state: os.stat_result, folder: Folder) -> None:
        if not stat.S_ISREG(state.st_mode):
            raise Refused(file, "is-a-link", tr("it is a link or a special file, and those are not followed"))
        above = os.path.dirname(file)  # noqa: PTH120 - as text, see _above
        if self._identity(above) == folder.identity:
            raise Refused(file, "already-in-place", tr("it is in the folder of its group already"))
        if not self._action.reaches_other_disks and state.st_dev != self._device:
            raise Refused(
                file, "other-disk", tr("a {action} cannot reach another disk", action=tr(self._action.words.noun))
            )
        if self._action.takes_source and not os.access(above, os.W_OK | os.X_OK):
            raise Refused(file, "no-permission", tr("no file may be moved out of its folder"))

    def _identity(self, folder: str) -> tuple[int, int]:
        """Device and number of a folder that files stand in."""
        if folder not in self._above:
            found = os.stat(folder)  # noqa: PTH116 - as text, see _above
            self._above[folder] = found.st_dev, found.st_ino
        return self._above[folder]

    def _place(self, photo: Photo, unit: Unit, numbering: Numbering) -> None:
        folder = numbering.folder
        names, there = numbering.number(unit)
        if there:
            raise Refused(
                unit[0][0], "already-there", tr("the same file is there already, as {name}", name=repr(names[0]))
            )
        if self._layout.same_name == "skip" and names[0] != unit[0][0].name:
            raise Refused(unit[0][0], "name-taken", _reason(folder, unit[0][0].name))
        for (file, state), name in zip(unit, names, strict=True):
            if name != file.name:
                why = _reason(folder, file.name)
                text = tr("{reason}; this one becomes {name}", reason=why, name=repr(name))
                self._conflicts.append(Conflict(file, folder.path / file.name, folder.path / name, text))
            known = photo.content_hash if file is unit[0][0] and _HASH.fullmatch(photo.content_hash) else ""
            self._steps.append(Step(photo.id, file, folder.path / name, state.st_size, state.st_mtime_ns, known))
            if self._action.writes_bytes(same_disk=state.st_dev == self._device):
                self._bytes += -(-state.st_size // _BLOCK) * _BLOCK
        folder.take(names)
        self._folders[folder.path] = self._folders.get(folder.path, 0) + 1


def _check_destination(destination: Path) -> None:
    try:
        anchor = existing(destination)
    except OSError as error:
        raise UsageError(
            "destination-not-allowed",
            tr(
                "The destination {folder} cannot be used: {reason}.",
                folder=display_path(destination),
                reason=error.strerror,
            ),
            tr("Choose another folder."),
        ) from error
    field = field_in(os.fspath(destination.relative_to(anchor)))
    if field:
        raise UsageError(
            "destination-with-field",
            tr(
                "{folder} is one folder for all photos, and {field} would stand in its name as it is.",
                folder=display_path(destination),
                field=field,
            ),
            tr("Name the folders below it by a pattern: “Folders” in the window, --folders on the command line."),
        )
    if not anchor.is_dir():
        raise UsageError(
            "destination-not-a-folder",
            tr("{name} is a file, not a folder.", name=display_path(anchor)),
            tr("Choose a folder."),
        )
    if not os.access(anchor, os.W_OK | os.X_OK):
        raise UsageError(
            "destination-not-writable",
            tr("The folder {folder} may not be written to.", folder=display_path(anchor)),
            tr("Choose another folder, or allow writing there."),
        )


def _reason(folder: Folder, name: str) -> str:
    if folder.planned(name):
        return tr("another {name} goes there too", name=repr(name))
    if folder.standing([name])[0] is not None:
        return tr("another {name} is there already", name=repr(name))
    return tr("it keeps the number of the file it belongs to")


def _absolute(path: Path) -> Path:
    found = os.path.abspath(path)  # noqa: PTH100 - links in it stay as the person sees them
    return path if found == os.fspath(path) else Path(found)  # to take a path apart again is slow


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None
