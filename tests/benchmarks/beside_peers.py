"""Kindred beside other programs that sort photos by what they show. Prints tables; nothing is asserted.

    python -m tests.benchmarks.beside_peers [--small 700] [--camera 224] [--rounds 3] [--environments FOLDER]

imagededup and clustimage are installed into environments of their own, in a temporary folder (1.5 GB) or in
``--environments``, where the next run finds them. What pip cannot install is named and left out. Each line is a whole
process, with all files decoded anew; all in turns, the median of each counts. Kindred groups, in a home of its own.
clustimage groups likewise, as it does by itself. imagededup groups nothing: it computes features (CNN) or hashes
(PHash) of all photos and lists pairs that are alike. Its network is its own default, with random weights instead of
those it would download, which takes as long. Memory is told on Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.helpers.peer_environment import NotInstalled, peer_python
from tests.helpers.pictures import camera_like
from tests.helpers.sample_data import ROOT, camera_files, fill, sample_data
from tests.helpers.whole_process import KINDRED, CommandFailed, Cost, cost

PACKAGES = {
    "imagededup": ("torch==2.13.0", "torchvision==0.28.0", "imagededup==0.3.3.post2"),
    "clustimage": ("clustimage==1.7.1",),
}
PEERS = {
    "imagededup-cnn": ("imagededup", "imagededup CNN, finds pairs"),
    "imagededup-phash": ("imagededup", "imagededup PHash, finds pairs"),
    "clustimage": ("clustimage", "clustimage, groups"),
}
OURS = "Kindred, groups"
PEER = Path(__file__).with_name("_peer.py")


def small_photos() -> list[bytes]:
    """The labeled folders' JPEG files, or drawn ones of 640 x 480."""
    files = sorted((sample_data() / "folders").rglob("*.[jJ][pP][gG]"))
    return [path.read_bytes() for path in files] or [camera_like(seed, 640, 480) for seed in range(50)]


def large_photos() -> list[bytes]:
    """Camera files, or drawn ones of 12 MP."""
    return camera_files() or [camera_like(seed, 4000, 3000) for seed in range(8)]


def pythons(place: Path) -> dict[str, Path]:
    """The Python of each package that can be installed here; why one cannot is printed."""
    found = {}
    for name, packages in PACKAGES.items():
        try:
            found[name] = peer_python(place / name, packages)
        except NotInstalled as problem:
            print(f"{' '.join(packages)} cannot be installed here, so it is left out: {problem}", flush=True)
    return found


def ours(folder: Path) -> Cost:
    with tempfile.TemporaryDirectory() as home:
        where = {"KINDRED_HOME": home, "PYTHONPATH": os.fspath(ROOT)}
        done = cost([*KINDRED, "groups", os.fspath(folder), "--json"], environment=where)
    return Cost(done.wall, done.cpu, done.memory, f"{len(json.loads(done.said)['groups'])} groups")


def peer(python: Path, name: str, folder: Path) -> Cost:
    with tempfile.TemporaryDirectory() as scratch:  # for what it leaves behind
        command = [os.fspath(python), os.fspath(PEER), name, os.fspath(folder)]
        done = cost(command, environment={"TMPDIR": scratch}, cwd=Path(scratch))
    return Cost(done.wall, done.cpu, done.memory, json.loads(done.said.splitlines()[-1]))


def measured(folder: Path, installed: dict[str, Path], rounds: int) -> dict[str, list[Cost]]:
    """The costs of each program, taken in turns; one that fails is named and not asked again."""
    found: dict[str, list[Cost]] = {OURS: []}
    names = [name for name, (package, _) in PEERS.items() if package in installed]
    for _ in range(rounds):
        found[OURS].append(ours(folder))
        for name in list(names):
            package, title = PEERS[name]
            try:
                found.setdefault(title, []).append(peer(installed[package], name, folder))
            except CommandFailed as problem:
                print(f"{title} failed: {problem}", flush=True)
                names.remove(name)
    return {title: runs for title, runs in found.items() if runs}


def table(found: dict[str, list[Cost]]) -> None:
    middle = {
        title: [median(column) for column in zip(*((run.wall, run.cpu, run.memory) for run in runs), strict=True)]
        for title, runs in found.items()
    }
    print(f"{'':32}{'clock s':>9}{'CPU s':>8}{'MiB':>7}   {'times Kindred: clock, CPU, memory':36}result")
    for title, runs in found.items():
        wall, cpu, memory = middle[title]
        ratios = [f"{one / own:.1f}" for one, own in zip(middle[title], middle[OURS], strict=True) if own]
        print(f"{title:32}{wall:9.1f}{cpu:8.1f}{memory:7.0f}   {', '.join(ratios):36}{runs[0].said}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=700, help="small photos; 0 leaves them out")
    parser.add_argument("--camera", type=int, default=224, help="camera files; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--environments", type=Path, help="where the peers are installed, and found again")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        installed = pythons(options.environments or Path(scratch))
        for name, contents, count in (
            ("small photos", small_photos, options.small),
            ("camera files", large_photos, options.camera),
        ):
            if count:
                folder = fill(Path(scratch) / name, contents(), count)
                mean = sum(path.stat().st_size for path in folder.iterdir()) / count
                print(f"{count} {name}, {mean / 1000:,.0f} kB on average, median of {options.rounds} in turns")
                table(measured(folder, installed, options.rounds))
    print("imagededup's network has random weights: the time is the same, the pairs mean nothing.")


if __name__ == "__main__":
    main()
