"""FUSE file systems that fold names: decomposed (NFD) and found in either case and form, as HFS+ does; or as FAT does.

``python -m tests.helpers.folding_file_system KIND BACKING MOUNTPOINT`` (``hfs`` or ``fat``) serves until unmounted.
"""

# Paths are plain strings here, as the system hands them over.
# ruff: noqa: PTH101, PTH102, PTH104, PTH106, PTH108, PTH115, PTH118, PTH208, PTH211
from __future__ import annotations

import errno
import os
import sys
import unicodedata
from typing import Any

import mfusepy

if __name__ != "__main__":
    raise ImportError("run as a program")


class Folding(mfusepy.Operations):  # type: ignore[misc]
    """Hands everything to a plain folder, under folded names.

    Args:
        backing: that folder.
    """

    use_ns = True

    def __init__(self, backing: str) -> None:
        self._backing = backing

    def _key(self, name: str) -> str:
        """Names with the same key are one."""
        return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())

    def _stored(self, name: str) -> str:
        """How a name is kept."""
        return unicodedata.normalize("NFD", name)

    def _there(self, path: str) -> str:
        """The backing path: of what stands there under any spelling, else of the decomposed name."""
        found = self._backing
        for part in path.strip("/").split("/"):
            if part:
                found = os.path.join(found, self._name(found, part))
        return found

    def _name(self, folder: str, part: str) -> str:
        stored = self._stored(part)
        if os.path.lexists(os.path.join(folder, stored)):
            return stored
        try:
            return next((name for name in os.listdir(folder) if self._key(name) == self._key(part)), stored)
        except OSError:
            return stored

    def _new(self, path: str) -> str:
        folder, _, name = path.rpartition("/")
        return os.path.join(self._there(folder), self._stored(name))

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        found = os.lstat(self._there(path))
        names = ("mode", "nlink", "uid", "gid", "size", "ino")
        times = {f"st_{t}": getattr(found, f"st_{t}_ns") for t in ("atime", "mtime", "ctime")}
        return {f"st_{name}": getattr(found, f"st_{name}") for name in names} | times

    def readdir(self, path: str, fh: int) -> list[tuple[str, dict[str, int], int]]:
        with os.scandir(self._there(path)) as entries:
            found = [(entry.name, {"st_ino": entry.inode()}, 0) for entry in entries]
        return [(".", {"st_ino": 1}, 0), ("..", {"st_ino": 1}, 0), *found]

    def mkdir(self, path: str, mode: int) -> None:
        self._refuse_taken(path)
        os.mkdir(self._new(path), mode)

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        self._refuse_taken(path)
        return os.open(self._new(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def open(self, path: str, flags: int) -> int:
        return os.open(self._there(path), flags)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        os.truncate(self._there(path), length)

    def release(self, path: str, fh: int) -> None:
        os.close(fh)

    def fsync(self, path: str, datasync: int, fh: int) -> None:
        os.fsync(fh)

    def unlink(self, path: str) -> None:
        os.unlink(self._there(path))

    def rmdir(self, path: str) -> None:
        os.rmdir(self._there(path))

    def link(self, target: str, source: str) -> None:
        self._refuse_taken(target)
        os.link(self._there(source), self._new(target))

    def symlink(self, target: str, source: str) -> None:
        self._refuse_taken(target)
        os.symlink(source, self._new(target))

    def readlink(self, path: str) -> str:
        return os.readlink(self._there(path))

    def rename(self, old: str, new: str) -> None:
        source, target = self._there(old), self._there(new)
        os.rename(source, self._new(new) if target == source else target)

    def chmod(self, path: str, mode: int) -> None:
        os.chmod(self._there(path), mode)

    def chown(self, path: str, uid: int, gid: int) -> None:
        os.chown(self._there(path), uid, gid, follow_symlinks=False)

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> None:
        os.utime(self._there(path), ns=times, follow_symlinks=False)

    def statfs(self, path: str) -> dict[str, int]:
        found = os.statvfs(self._there(path))
        names = ("bavail", "bfree", "blocks", "bsize", "favail", "ffree", "files", "flag", "frsize", "namemax")
        return {f"f_{name}": getattr(found, f"f_{name}") for name in names}

    def _refuse_taken(self, path: str) -> None:
        if os.path.lexists(self._there(path)):
            raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


class Fat(Folding):
    """What FAT cannot hold, it refuses or rounds as the system's own driver does."""

    def _key(self, name: str) -> str:
        return self._stored(name).upper()

    def _stored(self, name: str) -> str:
        return name.rstrip(".")

    def _new(self, path: str) -> str:
        name = path.rpartition("/")[2]
        if any(c in '<>:"|?*\\' or c < " " or "\ud800" <= c <= "\udfff" for c in name):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return super()._new(path)

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> None:
        even = 2_000_000_000
        super().utimens(path, times and (times[0] // even * even, times[1] // even * even))

    def _never(self, *_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    link = symlink = chown = chmod = _never


KINDS = {"hfs": Folding, "fat": Fat}
mfusepy.FUSE(KINDS[sys.argv[1]](sys.argv[2]), sys.argv[3], foreground=True, nothreads=True, use_ino=True)
