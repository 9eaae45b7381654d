"""Makes a `.deb` of the built folder.

    python packaging/bundle/deb.py dist/kindred dist

The program lies in `/opt/kindred` whole, as it was built, so that libraries of Qt can be replaced there. What the
system has to bring is a dependency of the package.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import linux_files
from licences import PAGE

from desktop_app.engine import screen
from desktop_app.engine.version import version

ALWAYS = ("libgcc-s1", "libstdc++6", "zlib1g", "libfreetype6", "libx11-6", "fonts-dejavu-core | fonts-dejavu")
DESCRIPTION = """\
Sorts photo folders by what the pictures show, offline
 Kindred finds groups of look-alikes among the photos of a folder, and copies or
 moves the files into one folder per group. Everything happens on this computer,
 nothing is ever overwritten, and every run can be taken back.
"""


def newest_glibc(bundle: Path) -> str:
    """The version of the C library that some file of the bundle asks for, the highest of all."""
    wanted = {(0, 0)}
    for path in bundle.rglob("*"):
        if path.is_file() and (".so" in path.name or os.access(path, os.X_OK)):
            wanted.update((int(one), int(two)) for one, two in re.findall(rb"GLIBC_(\d+)\.(\d+)", path.read_bytes()))
    return ".".join(map(str, max(wanted)))


def control(installed_kib: int, architecture: str, glibc: str) -> str:
    """The file that describes the package."""
    from_qt = {**screen.ALWAYS, **screen.ON_X11, **screen.ON_WAYLAND}
    needs = sorted({f"libc6 (>= {glibc})", *ALWAYS, *from_qt.values()})
    return (
        textwrap.dedent(f"""\
        Package: kindred
        Version: {version()}
        Architecture: {architecture}
        Maintainer: The Kindred project <kindred@example.org>
        Installed-Size: {installed_kib}
        Section: graphics
        Priority: optional
        Depends: {", ".join(needs)}
        """)
        + f"Description: {DESCRIPTION}"
    )


def lay(bundle: Path, root: Path, seconds: int) -> None:
    """Lay everything into ``root`` where it will be on a person's system."""
    shutil.copytree(bundle, root / "opt" / "kindred", symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "kindred").symlink_to("../../opt/kindred/kindred")
    linux_files.write(root / "usr" / "share", linux_files.built(seconds))
    about = root / "usr" / "share" / "doc" / "kindred"
    about.mkdir(parents=True)
    page = next(bundle.rglob(PAGE))
    (about / "copyright").symlink_to(Path("../../../../opt/kindred") / page.relative_to(bundle))


def make(bundle: Path, out: Path) -> Path:
    """Write the package into ``out`` and give its path."""
    seconds = int(os.environ["SOURCE_DATE_EPOCH"])
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    name = architecture.stdout.strip()
    package = out / f"kindred_{version()}_{name}.deb"
    with tempfile.TemporaryDirectory(dir=out) as folder:
        root = Path(folder, "root")
        root.mkdir()
        lay(bundle, root, seconds)
        size = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control(size, name, newest_glibc(bundle)), encoding="utf-8")
        plain_modes(root, seconds)
        command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(root), str(package)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"{package}: {package.stat().st_size / 2**20:.0f} MiB", flush=True)
    return package


def plain_modes(root: Path, seconds: int) -> None:
    """One date for all, and the modes that packages have, whatever the umask was."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
