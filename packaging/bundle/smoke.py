"""Starts what was built and does a person's main jobs with it: does the bundle hold all that it needs?

    build/env/bin/python packaging/bundle/smoke.py dist/kindred/kindred --keep smoke
    build/env/bin/python packaging/bundle/smoke.py kindred --root FOLDER --keep smoke

The second form is for a program installed in a root of its own, in which /proc is mounted. Draws the sample album with
every kind of picture in it; then index, elbow, groups by every method, names, neighbors, duplicates, exports, organize
by copy, evaluate, keywords, undo, doctor, and the window on a screen of its own (Xvfb), also in German. What trim.py
leaves out is therefore missed here if it was needed. The log and the pictures stay in the folder of `--keep`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image
from virtual_screen import Screen

from desktop_app.engine.sample.album import make_sample_album
from tests.helpers.raw import make_dng

ROOT = Path(__file__).resolve().parents[2]
GROUPS = 4
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
OFTEN = (0, 1)  # 1: the album holds a damaged file on purpose
KINDS = ("png", "webp", "avif", "tif", "gif", "bmp", "jp2", "ppm")
METHODS = ("kmeans", "agglomerative", "gmm", "affinity", "hdbscan", "spectral", "scan", "temi", "model")


class Failed(Exception):
    """The bundle does not do what it should."""


@dataclass
class Program:
    """The program under test.

    Attributes:
        command: what starts it.
        root: folder that it takes for the whole system; `/` for none.
        log: what was asked and answered.
    """

    command: str
    root: Path
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    def words(self, arguments: Sequence[str]) -> list[str]:
        """The command line."""
        inside = ["chroot", str(self.root)] if self.root != Path("/") else []
        return [*inside, self.command, *arguments]

    def inside(self, path: Path) -> str:
        """A path as the program sees it."""
        return f"/{path.relative_to(self.root)}"

    def run(self, *arguments: str, codes: Sequence[int] = (0,)) -> str:
        """Run it and give its output."""
        began, said = time.monotonic(), f"kindred {' '.join(arguments)}"
        ran = subprocess.run(self.words(arguments), check=False, capture_output=True, text=True, env=self.environment)
        end = f"{ran.returncode}, {time.monotonic() - began:.1f} s"
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {said}\n{ran.stdout[:4000]}{ran.stderr}[{end}]\n\n")
        print(f"{said[:100]}: {end}", flush=True)
        if ran.returncode not in codes:
            raise Failed(f"{said} ended with {ran.returncode}:\n{ran.stdout[-2000:]}{ran.stderr[-4000:]}")
        return ran.stdout

    def ask(self, *arguments: str, codes: Sequence[int] = (0,)) -> dict[str, Any]:
        """Run it with ``--json`` and give the answer."""
        answer: dict[str, Any] = json.loads(self.run(*arguments, "--json", codes=codes))
        return answer


def draw_album(folder: Path) -> None:
    """The sample album, and beside it a picture in every other kind that people have."""
    make_sample_album(folder)
    shutil.copy(ROOT / "tests" / "data" / "pictures" / "quadrants.heic", folder / "phone.heic")
    (folder / "camera.dng").write_bytes(make_dng(640, 480, None))
    with Image.open(min(folder.glob("*.jpg"))) as photo:
        for ending in KINDS:
            photo.save(folder / f"again.{ending}")


def hashes(folder: Path) -> list[str]:
    """Of every file below the folder, sorted."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)


def check(fact: bool, what: str) -> None:
    """Go on only if this is so."""
    print(f"  {'ok' if fact else 'NOT SO'}: {what}", flush=True)
    if not fact:
        raise Failed(what)


def read_and_group(program: Program, album: Path, work: Path) -> None:
    """What looks at the photos and touches none; each command is a start of the bundle."""
    photos, number = program.inside(album), len(hashes(album))
    indexed = program.ask("index", photos, codes=OFTEN)
    check(indexed["photos"] == number, f"{number} photos were read, a HEIC and a RAW file among them")
    for ending in ("png", "svg", "pdf"):
        chart = work / f"elbow.{ending}"
        program.run("elbow", photos, "--plot", program.inside(chart), codes=OFTEN)
        check(chart.is_file() and chart.stat().st_size > 5_000, f"the elbow chart was drawn as .{ending}")
    for method in METHODS:
        model = ("--model", "photos-simclr") if method == "model" else ()
        answer = program.ask("groups", photos, "--method", method, *model, codes=OFTEN)
        check(bool(answer["groups"]), f"{method} finds {len(answer['groups'])} groups")
    named = program.ask("groups", photos, "--names", codes=OFTEN)["groups"]
    words = [group["name"] for group in named if group["suggested"]]
    check(bool(words), f"groups have names: {', '.join(words)}")
    like = program.ask("neighbors", program.inside(album / "phone.heic"), "--in", photos, codes=OFTEN)
    check(bool(like["neighbors"]), "a HEIC photo has neighbors")
    alike = program.ask("duplicates", photos, codes=OFTEN)["sets"]
    again = [entry for entry in alike if any("again." in json.dumps(photo) for photo in entry["photos"])]
    check(bool(again), f"{len(alike)} sets of duplicates, the photo in other formats among them")
    for ending in ("csv", "json", "npz", "html"):
        file = work / f"out.{ending}"
        program.run("export", photos, "--output", program.inside(file), codes=OFTEN)
        check(file.is_file() and file.stat().st_size > 1_000, f"groups were written as .{ending}")


def organize(program: Program, album: Path, work: Path) -> None:
    """What writes files: copies, keywords, a report; and undo."""
    photos, before = program.inside(album), hashes(album)
    there = program.inside(work / "sorted")
    program.run("organize", photos, "--to", there, "--k", str(GROUPS), "--yes", codes=OFTEN)
    copied = hashes(work / "sorted")
    check(len(copied) > 10 and set(copied) <= set(before), f"{len(copied)} photos were copied, bit for bit")
    scores = program.ask("evaluate", there, codes=OFTEN)
    check(bool(scores), "the folders of groups were scored as labels")
    program.run("undo")
    check(not hashes(work / "sorted"), "undo took the copies back")
    program.run("keywords", photos, "--k", str(GROUPS), "--yes", codes=OFTEN)
    check(len(list(album.glob("*.xmp"))) > 10, "keywords were written beside the photos")
    program.run("undo")
    check(hashes(album) == before, "the album is as it was")


def housekeeping(program: Program, work: Path) -> None:
    """What is about the program itself."""
    program.run("--version")
    check("Qt for Python" in program.run("--licences"), "the licences are there")
    program.run("settings", "list")
    program.run("cache", "info")
    program.run("models", "list")
    program.run("models", "check")
    report = work / "report.txt"
    program.run("doctor", "--report", program.inside(report))
    check(report.is_file() and str(work) not in report.read_text(encoding="utf-8"), "a report without paths")
    program.run("doctor")
    logs = "".join(file.read_text(encoding="utf-8") for file in (work / "own").rglob("*.log"))
    check("indexing ended" in logs, "a log was written")
    # Photos are then decoded in the program itself. In a root of its own: is /proc mounted there?
    check("no decoding process can be started" not in logs, "photos were decoded by processes of their own")


def window(program: Program, album: Path, keep: Path) -> None:
    """The window: painted, with the album in it, and in another language."""
    photos = program.inside(album)
    shown = {"first": ["window"], "again": ["window"], "album": ["window", photos], "german": ["window", photos]}
    for name, arguments in shown.items():
        if name == "german":
            program.run("settings", "set", "language", "de")
        with Screen() as screen:
            began = time.monotonic()
            environment = {**program.environment, "DISPLAY": screen.name}
            with program.log.open("a", encoding="utf-8") as log:
                process = subprocess.Popen(program.words(arguments), env=environment, stderr=log)
            try:
                screen.wait_until_painted(process)
                clock, work = time.monotonic() - began, processor_seconds(process.pid)
                print(f"window ({name}): painted after {clock:.2f} s, {work:.2f} s of them computing", flush=True)
                if photos in arguments:
                    screen.wait_until_still(process)
                screen.picture().save(keep / f"window-{name}.png")
            finally:
                process.terminate()
                process.wait()


def processor_seconds(pid: int) -> float:
    """What a running process has computed so far, all its threads together: a busy machine does not change it much."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: list[str]) -> int:
    """Try the program; 0 if all went well."""
    parser = argparse.ArgumentParser(description="Starts a bundle and does a person's main jobs with it.")
    parser.add_argument("program", help="what was built, or `kindred` where it is installed")
    parser.add_argument("--root", type=Path, default=Path("/"), help="folder that holds a system, to be run in it")
    parser.add_argument("--keep", type=Path, required=True, help="folder for log and pictures; a new one")
    options = parser.parse_args(arguments)
    keep = options.keep.resolve()
    keep.mkdir(parents=True)
    root = options.root.resolve()
    work = root / "tmp" / f"kindred-smoke-{os.getpid()}"
    work.mkdir(parents=True)
    album = work / "album"
    album.mkdir()
    here = options.program if root != Path("/") or "/" not in options.program else str(Path(options.program).resolve())
    program = Program(here, root, keep / "smoke.log")
    # Nothing of this machine's Python or Qt may help, nor a person's own settings.
    home = program.inside(work)
    program.environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": home,
        "KINDRED_HOME": f"{home}/own",
        "LC_ALL": "C.UTF-8",
    }
    try:
        draw_album(album)
        read_and_group(program, album, work)
        organize(program, album, work)
        housekeeping(program, work)
        window(program, album, keep)
    except (Failed, OSError, RuntimeError) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"All went well. Log and pictures: {keep}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
