"""What Qt and virtual environments need of the operating system: found, named and, as root on Debian, installed.

Standard library only: `run.py` uses it before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from desktop_app.engine import screen
from desktop_app.engine.screen import is_root

# Programs that the fault tests break disks and processes with, and their Debian packages. All are optional.
FAULT_TOOLS = {
    "strace": "strace",
    "mkfs.xfs": "xfsprogs",
    "mkfs.btrfs": "btrfs-progs",
    "lowntfs-3g": "ntfs-3g",
    "mount.exfat-fuse": "exfat-fuse",
    "mkfs.exfat": "exfatprogs",
    "fusermount3": "fuse3",
}


class SetupError(Exception):
    """Something a person has to do first; the text says what."""


def install_packages(packages: list[str], why: str) -> None:
    """Name the apt-get line and, as root, run it; raises `SetupError` when a person has to."""
    line = screen.install_line(packages)
    said = " ".join(line)
    if not shutil.which("apt-get") or not is_root():
        raise SetupError(f"{why}\n{screen.how_to_install(packages, root=False)}")
    print(f"{why}\n+ {said}", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    wait_for_others = ["-o", "DPkg::Lock::Timeout=120"]
    for attempt in range(2):
        # A fresh image has no package lists and an old one has stale lists: both are cured by one update.
        if attempt or not any(Path("/var/lib/apt/lists").glob("*_Packages*")):
            subprocess.run(["apt-get", "update", "-q"], env=environment, check=False)
        if subprocess.run([*line, "-q", *wait_for_others], env=environment, check=False).returncode == 0:
            return
    raise SetupError(f"apt-get could not install them; its own words stand above. The line was:\n  {said}")


def check_qt_libraries(libraries: dict[str, str]) -> None:
    """Install, or name, what Qt needs of the system; only Linux leaves that to the person."""
    if not sys.platform.startswith("linux"):
        return
    missing, packages = screen.lacking(libraries)
    if not packages:
        return
    install_packages(packages, f"The window's toolkit, Qt, does not find {', '.join(missing)} on this system.")
    still = screen.missing_libraries(libraries)
    if still:
        raise SetupError(f"Qt still does not find {', '.join(still)}, although the packages are installed.")


def offer_fault_tools() -> None:
    """As root on Debian, install what the fault tests like to have; without it they skip and say so."""
    missing = [package for tool, package in FAULT_TOOLS.items() if shutil.which(tool) is None]
    if not missing or not is_root() or not shutil.which("apt-get"):
        return
    try:
        install_packages(missing, "The fault tests use these programs; without them some are skipped.")
    except SetupError as error:
        print(f"{error}\nThe tests that need them are skipped.", flush=True)
