"""Fifty thousand files moved and undone, some of them faulty, with the memory and time it takes."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import figures
from tests.helpers.disks import memory_disk
from tests.helpers.organize_many import FILES

pytestmark = [pytest.mark.root, pytest.mark.slow]


def run(where: Path, target: Path, job: str) -> dict[str, Any]:
    """The job in a process of its own, without root's rights, so that memory and refusals are its own."""
    setpriv = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    command = [*setpriv, sys.executable, "-m", "tests.helpers.organize_many", job, str(where), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=3600)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def attack(where: Path, destination: Path) -> set[str]:
    """One file in a hundred vanishes, changes, becomes unreadable or finds its name taken. Returns their numbers."""
    victims = random.Random(5).sample(range(FILES), FILES // 100)
    for position, i in enumerate(victims):
        path = where / "photos" / f"{i // 250}" / f"{i}.jpg"
        if position % 4 == 0:
            path.unlink()
        elif position % 4 == 1:
            path.write_bytes(b"changed since the plan")
        elif position % 4 == 2:
            path.chmod(0)
            os.chown(path, 0, 0)
        else:
            other = destination / f"Group {i % 20}" / path.name
            other.parent.mkdir(parents=True, exist_ok=True)
            os.chown(other.parent, 65534, 65534)
            other.write_bytes(b"someone else's")
    os.chown(destination, 65534, 65534)
    return {str(i) for i in victims}


def numbers(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.rglob("*.jpg") if path.stat().st_size}


@pytest.mark.parametrize("way", ["onto another disk", "on one disk"])
def test_fifty_thousand_files_with_one_in_a_hundred_faulty(way: str) -> None:
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    with memory_disk() as one, memory_disk() as two:
        if one is None or two is None:
            pytest.skip("mounting needs root")
        for disk in (one, two):
            disk.chmod(0o777)
            disk.parent.chmod(disk.parent.stat().st_mode | 0o011)
        where, destination = one / "here", (two if way == "onto another disk" else one) / "sorted"
        run(where, destination, "plan")
        destination.mkdir(exist_ok=True)
        victims = attack(where, destination)
        before, others = numbers(where / "photos"), numbers(destination)
        applied = run(where, destination, "apply")
        after = numbers(where / "photos") | numbers(destination)
        lost, refused = (before | others) - after, set(applied["refused"])
        figures.checked(len(lost), len(after - before - others))
        assert not lost
        assert refused <= victims
        unreadable = 0 if way == "on one disk" else FILES // 400  # a rename asks for no reading
        assert len(refused) == 3 * FILES // 400 + unreadable
        undone = run(where, destination, "undo")
        assert undone["refused"] == []
        assert numbers(where / "photos") == before
        assert numbers(destination) == others
        for name, found in (("moved", applied), ("undone", undone)):
            text = f"{found['done']:,} in {found['seconds']:.0f} s, peak memory {found['peak_mib']:.0f} MiB, "
            text += f"{len(found['refused'])} refused and named"
            figures.note(figures.SCALE.format(f"{name} {way}"), text)
        assert applied["peak_mib"] < 1024
