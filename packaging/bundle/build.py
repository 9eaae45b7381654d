"""Builds Kindred for people without Python: a folder that starts, a `.deb` and an AppImage from it.

    python3 packaging/bundle/build.py [folder] [deb] [appimage] [--out dist]

Needs Python and pip's index; the first run makes an environment of its own in `build/`. Two runs on one machine, of one
commit, give the same bytes; `same.py` compares them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "packaging" / "bundle"
BUILD = ROOT / "build"
REQUIREMENTS = (ROOT / "packaging" / "requirements-app.txt", ROOT / "packaging" / "requirements-bundle.txt")
WHAT = ("folder", "deb", "appimage")
Words = list[str | Path]


def main(arguments: list[str]) -> int:
    """Build what was asked for, into the folder asked for."""
    parser = argparse.ArgumentParser(description="Builds Kindred for people without Python.")
    parser.add_argument("what", nargs="*", help=f"of {', '.join(WHAT)} (default: folder)")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder (default: dist)")
    parser.add_argument("--build", type=Path, default=BUILD, help="folder for what is needed on the way")
    options = parser.parse_args(arguments)
    if unknown := set(options.what) - set(WHAT):
        parser.error(f"{', '.join(sorted(unknown))}: there is {', '.join(WHAT)}")
    out, build = options.out.resolve(), options.build.resolve()
    environment = reproducible()
    python = own_python(build / "env", environment)
    bundle(python, out, build, environment)
    for name in WHAT[1:]:
        if name in options.what:
            run([python, HERE / f"{name}.py", out / "kindred", out], environment)
    return 0


def reproducible() -> dict[str, str]:
    """The environment in which a build gives the same bytes each time: one date, one order of sets."""
    date = os.environ.get("SOURCE_DATE_EPOCH") or last_commit()
    return dict(os.environ, SOURCE_DATE_EPOCH=date, PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC", PYTHONUTF8="1")


def last_commit() -> str:
    """Seconds since 1970 of the newest commit, or of a fixed day where this is no checkout."""
    try:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "1767225600"  # 2026-01-01


def own_python(place: Path, environment: dict[str, str]) -> Path:
    """An environment with the pinned packages and with Kindred as it is now."""
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        run([sys.executable, "-m", "venv", place], environment)
    pip: Words = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, *(word for file in REQUIREMENTS for word in ("-r", file))], environment)
    run([*pip, "--no-deps", "--no-build-isolation", "--force-reinstall", ROOT], environment)
    return python


def bundle(python: Path, out: Path, build: Path, environment: dict[str, str]) -> None:
    """Make the folder anew."""
    shutil.rmtree(out / "kindred", ignore_errors=True)
    run([python, HERE / "icons.py", build / "icons"], environment)
    places: Words = ["--distpath", out, "--workpath", build / "work"]
    run([python, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places, HERE / "kindred.spec"], environment)
    if sys.platform == "linux":
        from shrinking import renew_hashes, shrink

        catalogs = (ROOT / "desktop_app" / "gui" / "languages").glob("kindred_*.qm")
        shrink(out / "kindred", {"en", *(path.stem.removeprefix("kindred_") for path in catalogs)})
        listed = next((out / "kindred").rglob("sbom.cdx.json"))
        renew_hashes(listed, listed.parents[1])
    size = sum(path.lstat().st_size for path in (out / "kindred").rglob("*"))
    print(f"{out / 'kindred'}: {size / 2**20:.0f} MiB", flush=True)


def run(command: Words, environment: dict[str, str]) -> None:
    """Run a command that has to succeed."""
    print(f"+ {' '.join(map(str, command))}", flush=True)
    # Not in the checkout: modules would be taken from there, and not as they are installed.
    subprocess.run([str(word) for word in command], check=True, env=environment, cwd=HERE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
