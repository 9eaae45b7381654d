"""Makes an AppImage of the built folder: one file that starts on most Linux systems.

    python packaging/bundle/appimage.py dist/kindred dist

Packs it with `appimagetool` where that is at hand. Where it is not, the folder `Kindred.AppDir` is left for it, and the
command is told.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import deb
import linux_files

from desktop_app.engine.version import version

START = """\
#!/bin/sh
# Where the AppImage is mounted is known only now.
exec "$(dirname "$(readlink -f "$0")")/opt/kindred/kindred" "$@"
"""


def lay(bundle: Path, folder: Path, seconds: int) -> None:
    """Fill the folder that becomes the AppImage."""
    shutil.rmtree(folder, ignore_errors=True)
    deb.lay(bundle, folder, seconds)
    start = folder / "AppRun"
    start.write_text(START, encoding="utf-8")
    start.chmod(0o755)
    (folder / "kindred.desktop").symlink_to(f"usr/share/applications/{linux_files.ENTRY.name}")
    icon = "usr/share/icons/hicolor/256x256/apps/kindred.png"
    for name in ("kindred.png", ".DirIcon"):
        (folder / name).symlink_to(icon)
    deb.plain_modes(folder, seconds)


def make(bundle: Path, out: Path) -> Path | None:
    """Write the AppImage into ``out``; None where only its folder could be made."""
    folder = out / "Kindred.AppDir"
    lay(bundle, folder, int(os.environ["SOURCE_DATE_EPOCH"]))
    image = out / f"Kindred-{version()}-{platform.machine()}.AppImage"
    command = ["appimagetool", "--no-appstream", str(folder), str(image)]
    tool = shutil.which(command[0])
    if tool is None:
        print(f"{folder} is ready. appimagetool is not at hand; the last step is\n  {' '.join(command)}", flush=True)
        return None
    subprocess.run([tool, *command[1:]], check=True, env=dict(os.environ, ARCH=platform.machine()))
    print(f"{image}: {image.stat().st_size / 2**20:.0f} MiB", flush=True)
    return image


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
