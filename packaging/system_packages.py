"""What Qt and virtual environments need of the operating system: found, named and, as root on Debian, installed.

Standard library only: `run.py` uses it before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Shared libraries that Qt loads, and the Debian packages that hold them.
ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
ON_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
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
FONT_PACKAGE = "fonts-dejavu-core"  # without any font every letter is a box
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


class SetupError(Exception):
    """Something a person has to do first; the text says what."""


def is_root() -> bool:
    """True when this process may install system packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def missing_libraries(libraries: dict[str, str]) -> list[str]:
    """Those of ``libraries`` (soname -> package) that cannot be loaded, as Qt would load them."""
    missing = []
    for soname in libraries:
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing.append(soname)
    return missing


def has_fonts() -> bool:
    """True when some font file lies where fontconfig looks by default."""
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in names):
                return True
    return False


def install_packages(packages: list[str], why: str) -> None:
    """Name the apt-get line and, as root, run it; raises `SetupError` when a person has to."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    said = " ".join(line)
    if not shutil.which("apt-get"):
        raise SetupError(f"{why}\nDebian and Ubuntu call the packages {' '.join(packages)}; yours may name them alike.")
    if not is_root():
        raise SetupError(f"{why}\nInstall what is missing, then run this again:\n  sudo {said}")
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
    missing = missing_libraries(libraries)
    packages = [libraries[soname] for soname in missing]
    fonts = has_fonts()
    if not fonts:
        packages.append(FONT_PACKAGE)
    if not packages:
        return
    lacking = [*missing, *([] if fonts else ["any font"])]
    install_packages(packages, f"The window's toolkit, Qt, does not find {', '.join(lacking)} on this system.")
    still = missing_libraries(libraries)
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


def screen_libraries(environment: dict[str, str]) -> dict[str, str]:
    """What a window needs on the screen that ``environment`` names."""
    libraries = dict(ALWAYS)
    if environment.get("DISPLAY"):
        libraries.update(ON_X11)
    if environment.get("WAYLAND_DISPLAY"):
        libraries.update(ON_WAYLAND)
    return libraries


def has_screen(platform: str, environment: dict[str, str]) -> bool:
    """True when a window can be shown, or the person chose where Qt draws."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in named)
