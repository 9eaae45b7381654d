"""What a window needs of the operating system: a screen, and the libraries and fonts that Qt loads.

Standard library only and without Qt: `run.py` asks before anything is installed, `kindred` when Qt could not begin.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping

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
FONT_PACKAGE = "fonts-dejavu-core"  # without any font every letter is a box
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_SETTINGS = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")


def is_root() -> bool:
    """True when this process may install system packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def missing_libraries(libraries: Mapping[str, str]) -> list[str]:
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
        for _, _, names in os.walk(os.path.expanduser(folder)):  # noqa: PTH111  (Path's raises for who has no home)
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in names):
                return True
    return False


def screen_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """What a window needs on the screen that ``environment`` names."""
    libraries = dict(ALWAYS)
    if environment.get("DISPLAY") or environment.get("QT_QPA_PLATFORM", "").startswith("xcb"):
        libraries.update(ON_X11)
    if environment.get("WAYLAND_DISPLAY") or environment.get("QT_QPA_PLATFORM", "").startswith("wayland"):
        libraries.update(ON_WAYLAND)
    return libraries


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """True when a window can be shown, or the person chose where Qt draws."""
    return not platform.startswith("linux") or any(environment.get(name) for name in _SETTINGS)


def install_line(packages: list[str]) -> list[str]:
    """The command that installs Debian packages; its user has to be root."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def how_to_install(packages: list[str], *, root: bool) -> str:
    """What a person, who may be root, types to install Debian packages, or how they are called, as a sentence."""
    if shutil.which("apt-get"):
        return f"Install what is missing: {'' if root else 'sudo '}{' '.join(install_line(packages))}"
    return f"Debian and Ubuntu call the packages {' '.join(packages)}; yours may name them alike."


def lacking(libraries: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What Qt does not find on this Linux system.

    Args:
        libraries: soname -> package, that it needs.

    Returns:
        The libraries, and "any font"; the Debian packages that hold them.
    """
    missing = missing_libraries(libraries)
    packages = [libraries[soname] for soname in missing]
    if not has_fonts():
        missing.append("any font")
        packages.append(FONT_PACKAGE)
    return missing, packages


def why_no_window(environment: Mapping[str, str], said: str) -> tuple[str, str]:
    """What to tell a person for whom Qt could not begin.

    Args:
        environment: of this process.
        said: Qt's own last words.

    Returns:
        What happened, and what to do.
    """
    missing, packages = lacking(screen_libraries(environment)) if sys.platform.startswith("linux") else ([], [])
    if missing:
        message = f"No window can open: Qt, its toolkit, does not find {', '.join(missing)} on this system."
        return message, how_to_install(packages, root=is_root())
    named = ", ".join(f"{name}={environment[name]}" for name in _SETTINGS if environment.get(name))
    screen = f"the screen that {named} names" if named else "a screen"
    reason = said.splitlines()[0].rstrip(".") if said else "no reason was given"
    return f"No window can open on {screen}: {reason}.", "Without a window: kindred groups FOLDER"
