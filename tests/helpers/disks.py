"""Disks to attack: file systems of every kind, each in a file of its own, mounted, and with a power switch."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_SHUTDOWN, _WITHOUT_FLUSHING_THE_LOG = 0x8004587D, 2


@dataclass(frozen=True)
class Kind:
    """A kind of file system.

    Attributes:
        make: command that makes one; the device follows.
        mount: command that mounts it; device and folder follow.
    """

    make: tuple[str, ...]
    mount: tuple[str, ...]


KINDS = {
    "ext4": Kind(("mkfs.ext4", "-q", "-F"), ("mount",)),
    "xfs": Kind(("mkfs.xfs", "-q", "-f"), ("mount",)),
    "btrfs": Kind(("mkfs.btrfs", "-q", "-f"), ("mount",)),
    "exfat": Kind(("mkfs.exfat",), ("mount.exfat-fuse",)),
    "ntfs": Kind(("mkfs.ntfs", "-q", "-F"), ("ntfs-3g", "-o", "windows_names")),
    "ntfs-ignore-case": Kind(("mkfs.ntfs", "-q", "-F"), ("lowntfs-3g", "-o", "ignore_case,windows_names")),
}


class LoopDisk:
    """A file system in a file, mounted; its power can be cut.

    Args:
        kind: key of `KINDS`.
        home: where the file and the mount point go.
    """

    def __init__(self, kind: str, home: Path) -> None:
        self.kind = kind
        self._kind = KINDS[kind]
        for tool in (self._kind.make[0], self._kind.mount[0], "losetup"):
            if shutil.which(tool) is None:
                pytest.skip(f"{tool} is not installed")
        self.image, self.folder = home / f"{kind}.img", home / kind
        self.folder.mkdir()
        with self.image.open("wb") as file:
            file.truncate(400 << 20)
        command = ["losetup", "-f", "--show", str(self.image)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        if found.returncode:
            pytest.skip(f"no loop device to be had: {found.stderr.strip()}")
        self._device = found.stdout.strip()

    def make(self) -> None:
        """Make the file system and mount it."""
        subprocess.run([*self._kind.make, self._device], capture_output=True, check=True)
        self.connect()

    def connect(self, *options: str) -> None:
        command = [*self._kind.mount, *options, self._device, str(self.folder)]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def disconnect(self) -> None:
        subprocess.run(["umount", str(self.folder)], capture_output=True, check=True)

    def vanish(self) -> None:
        """The disk is gone from its folder at once, whatever is open on it."""
        subprocess.run(["umount", "-l", str(self.folder)], capture_output=True, check=True)

    def cut_power(self) -> None:
        """Nothing that was not on the disk for certain gets there any more."""
        cut_power(self.folder)

    def remove(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self.disconnect()
        subprocess.run(["losetup", "-d", self._device], check=True)


def cut_power(folder: Path) -> None:
    """Cut the power of the disk a folder is on; nothing happens where it is off already."""
    try:
        fd = os.open(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return
    try:
        fcntl.ioctl(fd, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSHING_THE_LOG))
    finally:
        os.close(fd)


@contextlib.contextmanager
def full_disk(folder: Path, size: str = "1m") -> Iterator[Path]:
    """A small disk mounted at ``folder``, with not a byte left.

    Yields:
        The file that fills it; without it there is room.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        fill(folder / "filler")
        yield folder / "filler"
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(file: Path) -> None:
    """Let a file grow until its disk is full."""
    with file.open("wb", buffering=0) as filler:
        for piece in (1 << 16, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while True:
                    filler.write(bytes(piece))


@contextlib.contextmanager
def memory_disk(options: str = "size=4g") -> Iterator[Path | None]:
    """A file system of its own in memory; None where mounting is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="kindred-disk-"))
    try:
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
        root = os.name == "posix" and os.getuid() == 0
        if not root or subprocess.run(command, capture_output=True, check=False).returncode:
            yield None
            return
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def folding_disk(kind: str, home: Path) -> Iterator[Path]:
    """A file system of our own: ``hfs`` stores names decomposed and ignores case, ``fat`` has FAT's limits."""
    pytest.importorskip("mfusepy", reason="mfusepy is not installed")
    if not Path("/dev/fuse").exists():
        pytest.skip("there is no FUSE here")
    backing, folder = home / "backing", home / "folding"
    backing.mkdir()
    folder.mkdir()
    command = [sys.executable, "-m", "tests.helpers.folding_file_system", kind, str(backing), str(folder)]
    with subprocess.Popen(command) as server:
        try:
            while not folder.is_mount() and server.poll() is None:
                time.sleep(0.05)
            if not folder.is_mount():
                pytest.skip("FUSE cannot mount here")
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=False)
            server.wait()
