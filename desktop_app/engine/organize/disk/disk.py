"""Every call to the file system that organizing makes, one small method each.

All of them go through one `Disk` object, so that a test can count them, stop the world before any of them and let any
of them fail. Nothing here decides anything.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_AT_FDCWD = -100
_RENAME_NOREPLACE, _RENAME_EXCHANGE = 1, 2  # Linux
_RENAME_SWAP, _RENAME_EXCL = 2, 4  # macOS

# A folder on some file systems (FUSE, network shares) cannot be synced, or not by us; nothing better can be done there.
_UNSYNCABLE = {errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS, errno.EACCES, errno.EPERM}


# Files that are flushed at the same time share the journal commits of their file system: half the time on ext4.
_FLUSHERS = 4


class Space(NamedTuple):
    """What a file system has left for us: ``files`` is None where it has no fixed number of them."""

    bytes: int
    files: int | None
    keeps_files: bool = True


def _try_fsync(fd: int) -> OSError | None:
    try:
        os.fsync(fd)
    except OSError as error:
        return error
    return None


@cache
def _native_rename() -> Callable[[Path, Path], None]:
    if sys.platform == "win32":  # pragma: no cover - there os.rename itself never overwrites
        return os.rename
    return _flagged_rename(_RENAME_NOREPLACE, _RENAME_EXCL)


@cache
def _native_exchange() -> Callable[[Path, Path], None]:
    if sys.platform == "win32":  # pragma: no cover - there is none there
        return _no_exchange
    return _flagged_rename(_RENAME_EXCHANGE, _RENAME_SWAP)


def _no_exchange(one: Path, _other: Path) -> None:  # pragma: no cover - other platform
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))


def _flagged_rename(linux: int, macos: int) -> Callable[[Path, Path], None]:
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":  # pragma: no cover - other platform
        call = libc.renamex_np
    else:
        call = libc.renameat2

    def rename(src: Path, dst: Path) -> None:
        names = os.fsencode(src), os.fsencode(dst)
        if sys.platform == "darwin":  # pragma: no cover - other platform
            failed = call(*names, macos)
        else:
            failed = call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], linux)
        if failed:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(src), None, str(dst))

    return rename


class Disk:
    """The real file system. Every method is one operation, and raises OSError as the system reports it."""

    def lstat(self, path: Path) -> os.stat_result:
        """State of the name itself, links not followed."""
        return path.lstat()

    def names(self, folder: Path) -> list[str]:
        """Names in a folder, in no order."""
        return os.listdir(folder)  # noqa: PTH208 - names as they are, without a Path for each

    def open_read(self, path: Path) -> int:
        """Open a file for reading; a link is refused (ELOOP)."""
        return os.open(path, _READ)

    def create(self, path: Path) -> int:
        """Create a file that must not exist yet, readable by us alone until it is complete."""
        return os.open(path, _CREATE, 0o600)

    def open_append(self, path: Path) -> int:
        """Open an existing file of ours to append to it."""
        return os.open(path, os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0))

    def fstat(self, fd: int) -> os.stat_result:
        """State of an open file."""
        return os.fstat(fd)

    def read(self, fd: int, size: int) -> bytes:
        """At most ``size`` bytes; empty at the end."""
        return os.read(fd, size)

    def write(self, fd: int, data: bytes) -> None:
        """Write all of ``data``."""
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    def truncate(self, fd: int, size: int) -> None:
        """Cut an open file of ours."""
        os.ftruncate(fd, size)

    def fsync(self, fd: int) -> None:
        """Wait until an open file is on the disk."""
        os.fsync(fd)

    def fsync_all(self, fds: Sequence[int]) -> list[OSError | None]:
        """Wait until several open files are on the disk; together they share its slow steps. One result each."""
        if len(fds) == 1:
            return [_try_fsync(fds[0])]
        with ThreadPoolExecutor(_FLUSHERS) as pool:
            return list(pool.map(_try_fsync, fds))

    def close(self, fd: int) -> None:
        """Close an open file."""
        os.close(fd)

    def forget_cached(self, fd: int) -> None:
        """Drop what the system remembers of an open file, so that reading it asks the disk."""
        if hasattr(os, "posix_fadvise"):  # pragma: no branch - absent on other platforms
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the disk, where the system can do that."""
        if sys.platform == "win32":  # pragma: no cover - a folder has no handle to flush there
            return
        try:
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except PermissionError:
            return
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in _UNSYNCABLE:
                raise
        finally:
            os.close(fd)

    def set_times(self, path: Path, atime_ns: int, mtime_ns: int) -> None:
        """Set access and modification time."""
        os.utime(path, ns=(atime_ns, mtime_ns))

    def set_mode(self, path: Path, mode: int) -> None:
        """Set the permission bits."""
        path.chmod(mode)

    def set_owner(self, path: Path, uid: int, gid: int) -> None:
        """Set owner and group."""
        os.chown(path, uid, gid)

    def attributes(self, path: Path) -> dict[str, bytes]:
        """Extended attributes, none where the system has none."""
        if not hasattr(os, "listxattr"):  # pragma: no cover - other platforms
            return {}
        return {name: os.getxattr(path, name, follow_symlinks=False) for name in os.listxattr(path)}

    def set_attribute(self, path: Path, name: str, value: bytes) -> None:
        """Set one extended attribute."""
        os.setxattr(path, name, value)

    def rename_new(self, src: Path, dst: Path) -> None:
        """Rename in one step; FileExistsError when the name is taken. Not every file system can (EINVAL, ENOSYS)."""
        _native_rename()(src, dst)

    def exchange(self, one: Path, other: Path) -> None:
        """Let two files change names in one step. Not every file system can (EINVAL, ENOSYS)."""
        _native_exchange()(one, other)

    def rename_over(self, src: Path, dst: Path) -> None:
        """Rename, replacing what stands there: only ever over our own placeholder or a name of the same file."""
        src.rename(dst)

    def link(self, src: Path, dst: Path) -> None:
        """Give a file a second name; FileExistsError when it is taken."""
        os.link(src, dst, follow_symlinks=False)

    def symlink(self, target: Path, link: Path) -> None:
        """Create a symbolic link; FileExistsError when the name is taken."""
        link.symlink_to(target)

    def read_link(self, link: Path) -> str:
        """The text of a symbolic link."""
        return os.readlink(link)  # noqa: PTH115 - Path would normalize the text

    def unlink(self, path: Path) -> None:
        """Remove one name."""
        path.unlink()

    def make_folder(self, folder: Path) -> None:
        """Create one folder in an existing one."""
        folder.mkdir()

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder."""
        folder.rmdir()

    def space(self, folder: Path) -> Space:
        """What the file system of a folder has left; ``files`` is None where it has, or tells, no number of them.

        That none is left is not believed: rclone says so of disks that take any number. A disk that is really out of
        them refuses the first file, which stops a run cleanly.
        """
        if not hasattr(os, "statvfs"):  # pragma: no cover - other platforms
            import shutil

            return Space(shutil.disk_usage(folder).free, None)
        found = os.statvfs(folder)
        # What the system only makes up, such as /proc, has no size at all; a full disk has one.
        return Space(found.f_bavail * found.f_frsize, found.f_favail or None, keeps_files=found.f_blocks > 0)


DISK = Disk()
