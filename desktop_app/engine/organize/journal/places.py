"""Where the folders of a recorded run are today: a person may have renamed them since, or unplugged their disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.language import tr
from desktop_app.engine.organize.disk.locate import locate, mount_point, same_disk
from desktop_app.engine.organize.journal.record import Record
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.wording import display_path


@dataclass(frozen=True, slots=True)
class Places:
    """Where the folders of a run are now, and the mount points of their disks; maps paths of the record to today's."""

    record: Record
    root: Path
    destination: Path
    mounts: tuple[Path, ...]

    @classmethod
    def find(cls, record: Record, destination: Path | None = None, *, source_again: bool = False) -> Places | None:
        """Look for the folders where they were and under new names; None when one is not to be found.

        Args:
            record: of the run.
            destination: where the person says that the group folders are now.
            source_again: a source folder that is gone, on a disk that is there, is to be made again at its old place.
        """
        given = destination is not None
        mounts = _mounts(record, destination)
        # An empty mount point outlives its disk; nothing may be put there in place of the disk.
        if not all(mount.is_mount() for mount in mounts):
            return None
        root = locate(record.root, record.header["root_chain"])
        if root is None and record.root == record.destination:
            root = destination  # where the photos themselves are is where they were sorted to
        if root is None and source_again and not os.path.lexists(record.root):
            root = record.root
        destination = destination or locate(record.destination, record.destination_chain)
        if destination is None and (not record.destination_chain or record.cleaned):
            destination = record.destination  # it was never created, or we removed it
        if root is None or destination is None:
            return None
        if not given and record.header["same_disk"] != same_disk(root, destination):
            return None
        return cls(record, root, destination, mounts)

    def source(self, path: Path) -> Path:
        """A source path of the record, today."""
        return _moved(path, self.record.root, self.root)

    def target(self, path: Path) -> Path:
        """A destination path of the record, today."""
        return _moved(path, self.record.destination, self.destination)

    def recorded_source(self, path: Path) -> Path:
        """A source path of today, as the record would have it."""
        return _moved(path, self.root, self.record.root)

    def recorded_target(self, path: Path) -> Path:
        """A destination path of today, as the record would have it."""
        return _moved(path, self.destination, self.record.destination)

    def today(self, step: Step) -> Step:
        """A step of the record with the paths of today."""
        src, dst = self.source(step.src), self.target(step.dst)
        return Step(step.photo_id, src, dst, step.size, step.mtime_ns, step.content_hash)


def missing(record: Record, *, source_again: bool = False) -> str:
    """Which folders of a run cannot be found, for a message; ``source_again`` as in `Places.find`."""
    folders = [record.destination] if source_again else [record.root, record.destination]
    gone = [folder for folder in folders if not folder.is_dir()] or folders  # or only their disk is
    first, *others = map(display_path, gone)
    if others:
        return tr("{folder} and {other} cannot be found", folder=first, other=others[0])
    return tr("{folder} cannot be found", folder=first)


def _mounts(record: Record, destination: Path | None) -> tuple[Path, ...]:
    """Mount points of source and destination; of one given by hand, that of the disk on which it is now."""
    mounts = tuple(Path(mount) for mount in record.header.get("mounts", []))
    return mounts if destination is None else (*mounts[:1], mount_point(destination))


def _moved(path: Path, old: Path, new: Path) -> Path:
    return new / path.relative_to(old) if old != new and path.is_relative_to(old) else path
