"""What organizing would do, as data that a person looks at and `apply` carries out; `planner` works it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.left_out import LeftOut, left_out_text
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.types import Problem
from desktop_app.engine.wording import data_size

_IN_ORDER = frozenset({"already-there", "already-in-place"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that cannot have its own name, the reason and the name it gets.

    Attributes:
        src: the file.
        wanted: the path that is taken.
        dst: where it goes instead.
        text: what the person is told.
    """

    src: Path
    wanted: Path
    dst: Path
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done.

    Attributes:
        id: the same for the same plan.
        root: the source folder.
        destination: where the group folders go.
        action: key of `registry.ACTIONS`.
        steps: one per file; those of one photo follow each other, the photo first.
        conflicts: files that get a numbered name.
        skipped: files left where they are, each with its reason; ``already-there`` and ``already-in-place`` among them.
        bytes_needed: what the destination's disk must have free.
        bytes_free: what it has.
        files_needed: names and files to create.
        files_free: how many it can take, None where there is no such limit.
        devices: device numbers of source and destination.
        folders: number of photos that would go into each folder, in the order of the steps; companions not counted.
        groups: id of the group that each folder is for; none where a folder holds photos of several.
        left_out: photos of the groups that stay because the person said so.
    """

    id: str
    root: Path
    destination: Path
    action: str
    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
    skipped: tuple[Problem, ...]
    bytes_needed: int
    bytes_free: int
    files_needed: int
    files_free: int | None
    devices: tuple[int, int]
    folders: Mapping[Path, int]
    groups: Mapping[Path, int] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def photos(self) -> int:
        """Number of photos that would be handled, companions not counted."""
        return sum(self.folders.values())

    @property
    def fits(self) -> bool:
        """Whether the destination has room."""
        if self.files_free is not None and self.files_needed > self.files_free:
            return False
        return self.bytes_needed <= self.bytes_free

    @property
    def ok(self) -> bool:
        """Every file of the groups is, or would be, at its destination."""
        return self.fits and not self.refused

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Files that the person asked for and that stay behind; not those that are where they would go already."""
        return tuple(problem for problem in self.skipped if problem.code not in _IN_ORDER)

    @property
    def in_order(self) -> int:
        """Number of files that are where they would go already, companions included."""
        return sum(problem.code in _IN_ORDER for problem in self.skipped)

    @property
    def summary(self) -> str:
        """The plan in a sentence or two."""
        folders = len(self.folders)
        parts = [
            tr(
                "{verb} {photos} ({files}) into {folders}",
                verb=tr(ACTIONS[self.action].words.verb),
                photos=tr("%n photos", "", self.photos, one="%n photo"),
                files=tr("%n files", "", len(self.steps), one="%n file"),
                folders=tr("%n folders", "", folders, one="%n folder"),
            )
        ]
        if (n := len(self.conflicts)) > 0:
            parts.append(
                tr("%n files with a number added to the name", "", n, one="%n file with a number added to the name")
            )
        if (n := len(self.skipped)) > 0:
            parts.append(tr("%n files left alone", "", n, one="%n file left alone"))
        sentences = [f"{', '.join(parts)}."]
        if self.bytes_needed:
            needed, free = data_size(self.bytes_needed), data_size(self.bytes_free)
            sentences.append(tr("{needed} needed, {free} free.", needed=needed, free=free))
        if self.left_out:
            sentences.append(left_out_text(self.left_out))
        return " ".join(sentences)
