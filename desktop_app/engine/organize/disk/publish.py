"""Give a file its final name without ever replacing what stands there.

No single call does that on every file system, so there is a ladder: rename-noreplace in one step; where that is not
supported, a second name (which refuses a taken one) and then the first name removed; where there are no second names
either, a placeholder that only we can have created, and a rename over it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.disk.names import fold

_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def publish(disk: Disk, src: Path, dst: Path, reserve: Callable[[], None]) -> None:
    """Rename ``src`` to ``dst`` on one file system.

    Args:
        disk: the file system.
        src: the file.
        dst: a name that must be free, or the same name in other case.
        reserve: called before a placeholder is created, to record that an empty file there is ours.

    Raises:
        FileExistsError: ``dst`` is taken; nothing changed.
        OSError: anything else; ``src`` still has its name unless the system lies.
    """
    try:
        _first_possible(disk, src, dst, reserve)
    except FileExistsError:
        # Only now, and only for our own file: a rename that replaces is safe where the name in the way is the file's
        # own in other case, and nowhere else.
        if not _differs_in_case_only(disk, src, dst):
            raise
        disk.rename_over(src, dst)


def _first_possible(disk: Disk, src: Path, dst: Path, reserve: Callable[[], None]) -> None:
    try:
        return disk.rename_new(src, dst)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    # As a rename that replaces nothing, linking refuses a name that is taken; the file has two names for a moment.
    try:
        disk.link(src, dst)
    except FileExistsError:
        raise
    except OSError:
        # Disks without second names say so in many ways (EPERM, EIO, ERANGE): whatever it was, the next way is tried.
        # Not without the file: once it is gone, the rename below counts as done, and an empty file would stand for it.
        disk.lstat(src)
    else:
        return _drop_first_name(disk, src, dst)
    # On record first: a crash would leave an empty file under a final name, and nobody would know it as ours.
    reserve()
    # Created before the rename: creating refuses a taken name, so that what the rename replaces is certainly our own.
    disk.close(disk.create(dst))
    try:
        disk.rename_over(src, dst)
    except OSError:
        if not _has_gone(disk, src):
            disk.unlink(dst)
            raise


def _drop_first_name(disk: Disk, src: Path, dst: Path) -> None:
    """The second step of two: at no instant is the file without a name."""
    try:
        disk.unlink(src)
    except OSError:
        if not _has_gone(disk, src):
            disk.unlink(dst)
            raise


def _has_gone(disk: Disk, src: Path) -> bool:
    """Whether a step that was called failed was carried out all the same, as network disks have it now and then.

    Then what stands under the final name is the file itself, and removing it would lose it.
    """
    try:
        disk.lstat(src)
    except FileNotFoundError:
        return True
    return False


def two_names(disk: Disk, one: Path, other: Path) -> bool:
    """Whether two paths are two names of one file, and not one name seen twice through a disk that ignores case."""
    if not os.path.samestat(disk.lstat(one), disk.lstat(other)):
        return False
    if not os.path.samestat(disk.lstat(one.parent), disk.lstat(other.parent)):
        return True
    if fold(one.name) != fold(other.name):
        return True
    return one.name != other.name and {one.name, other.name} <= set(disk.names(one.parent))


def _differs_in_case_only(disk: Disk, src: Path, dst: Path) -> bool:
    """Whether a taken name is our own file seen through a disk that ignores case.

    The listing tells: inode numbers do not, where a FUSE file system invents one per spelling.
    """
    if src.parent != dst.parent or src.name == dst.name or fold(src.name) != fold(dst.name):
        return False
    return sum(fold(name) == fold(src.name) for name in disk.names(src.parent)) == 1
