"""Eight kinds of file systems, each with names that it takes for one, and with what it cannot do."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.context import same_time
from desktop_app.engine.organize.disk.disk import DISK
from desktop_app.engine.organize.disk.publish import publish
from desktop_app.engine.organize.planning.plan import Plan
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group, Photo
from tests.helpers import figures
from tests.helpers.disks import LoopDisk, folding_disk, memory_disk
from tests.helpers.sample_library import files_of, photo_of

pytestmark = pytest.mark.root

# Smallest step of a modification time in nanoseconds, and whether the disk takes names for one that differ in case.
PROFILES = {
    "ext4": (1, False),
    "xfs": (1, False),
    "btrfs": (1, False),
    "tmpfs": (1, False),
    "ntfs-ignore-case": (100, True),
    "exfat": (2_000_000_000, True),
    "fat": (2_000_000_000, True),
    "hfs": (1, True),
}
NAMES = ["IMG \u00e9.JPG", "img \u00e9.jpg", "Img E\u0301.Jpg", "img e\u0301.jpg", "IMG E\u0301.JPG"]
NAMES += ["\u017ftra\u00dfe.jpg", "STRASSE.JPG", "\u212bngstr\u00f6m.jpg", "\u00e5ngstro\u0308m.JPG"]
NAMES += ["DSC_0001.JPG", "dsc_0001.jpg", "Dsc_0001.Jpg"]
TIME_NS = 1_600_000_001_123_456_789


@dataclass(frozen=True)
class Mounted:
    """A mounted file system of a kind."""

    name: str
    folder: Path
    grain_ns: int
    ignores_case: bool


@pytest.fixture(scope="module", params=PROFILES)
def disk(request: pytest.FixtureRequest, fast_disk: Path) -> Iterator[Mounted]:
    name = request.param
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("mounting needs root")
    with tempfile.TemporaryDirectory(dir=fast_disk) as home:
        if name == "tmpfs":
            with memory_disk() as folder:
                assert folder
                yield Mounted(name, folder, *PROFILES[name])
        elif name in ("hfs", "fat"):  # of our own: not every kernel knows these
            with folding_disk(name, Path(home)) as folder:
                yield Mounted(name, folder, *PROFILES[name])
        else:
            loop = LoopDisk(name, Path(home))
            try:
                loop.make()
                yield Mounted(name, loop.folder, *PROFILES[name])
            finally:
                loop.remove()


@pytest.fixture
def here(disk: Mounted) -> Iterator[Path]:
    """An empty folder on the disk."""
    folder = Path(tempfile.mkdtemp(prefix="t", dir=disk.folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def home(fast_disk: Path) -> Iterator[Path]:
    """An empty folder on an ordinary disk."""
    with tempfile.TemporaryDirectory(dir=fast_disk) as folder:
        yield Path(folder)


def photograph(root: Path, number: int) -> dict[int, Photo]:
    """Photos whose names some disk takes for one, a folder each; some have a companion."""
    photos = {}
    for i in range(number):
        path = root / f"{i}" / NAMES[i % len(NAMES)]
        path.parent.mkdir(parents=True)
        companions = []
        for file in (path, path.with_name(path.name + ".xmp")) if i % 5 == 0 else (path,):
            file.write_bytes(f"{i} {file.name}".encode() * 10)
            os.utime(file, ns=(TIME_NS + i * 10**10, TIME_NS + i * 10**10))
            companions.append(file)
        photos[i] = photo_of(i, path, tuple(companions[1:]))
    return photos


def plan_of(root: Path, photos: dict[int, Photo], destination: Path, action: str) -> Plan:
    group = Group(0, "Same", np.array([*photos]), 0)
    return make_plan(root, [group], photos, destination, action, JobContext())


def contents(folder: Path) -> list[bytes]:
    return sorted(state[0] for state in files_of(folder).values())


@pytest.mark.parametrize("way", ["copy-onto", "move-onto", "copy-within", "move-within"])
def test_colliding_names_there_and_back(
    way: str, disk: Mounted, here: Path, home: Path, nightly: bool, chance: random.Random
) -> None:
    action, _, where = way.partition("-")
    number = 1000 if nightly else 66
    base = here if where == "within" else home
    root, out, journals = base / "photos", here / "sorted", home / "journals"
    photos = photograph(root, number)
    before = files_of(root)
    bytes_at = {file: file.read_bytes() for photo in photos.values() for file in (photo.path, *photo.companions)}
    (out / "Same").mkdir(parents=True)
    (out / "Same" / "dsc_0001.JPG").write_bytes(b"someone else's")
    plan = plan_of(root, photos, out, action)
    # Someone else takes names between the plan and its turn, spelled as this disk would fold them.
    taken = chance.sample(plan.steps, max(2, number // 100))
    for step in taken:
        name = step.dst.name.swapcase() if disk.ignores_case and step.dst.name.isascii() else step.dst.name
        (out / "Same" / name).write_bytes(b"taken " + step.dst.name.encode())
    others = contents(out)
    report = apply(plan, journals, JobContext())
    refused = {step.photo_id for step in taken}
    assert {step.photo_id for step in plan.steps} - {step.photo_id for step in report.done} == refused
    assert {problem.code for problem in report.problems} <= {"name-taken", "with-its-photo"}
    overwritten = set(others) - set(contents(out))
    figures.count(figures.OVERWRITTEN, len(overwritten))
    figures.count(figures.NAMES.format(disk.name), number)
    figures.checked(len({state[0] for state in before.values()} - {*contents(out), *contents(root)}), 0)
    assert contents(out) == sorted([*others, *(bytes_at[step.src] for step in report.done)])
    for step in report.done:
        assert abs(step.dst.stat().st_mtime_ns - step.mtime_ns) < disk.grain_ns
        assert same_time(step.dst.stat().st_mtime_ns, step.mtime_ns)
    back = undo(None, journals, JobContext())
    assert back.ok, back.kept[:3]
    assert contents(out) == others
    after = files_of(root)
    assert {name: state[0] for name, state in after.items()} == {name: state[0] for name, state in before.items()}
    grain = disk.grain_ns if where == "within" else 1
    assert all(abs(after[name][1] - state[1]) < grain for name, state in before.items())


def test_case_only_renames(disk: Mounted, here: Path) -> None:
    (here / "IMG.jpg").write_bytes(b"photo")
    publish(DISK, here / "IMG.jpg", here / "img.JPG", lambda: None)
    assert [path.read_bytes() for path in here.iterdir()] == [b"photo"]
    (here / "other.jpg").write_bytes(b"other")
    with pytest.raises(FileExistsError):
        publish(DISK, here / "other.jpg", here / ("IMG.jpg" if disk.ignores_case else "img.JPG"), lambda: None)
    assert sorted(path.read_bytes() for path in here.iterdir()) == [b"other", b"photo"]


@pytest.mark.parametrize("action", ["copy", "move"])
def test_names_the_disk_does_not_take_cost_that_file_only(action: str, disk: Mounted, here: Path, home: Path) -> None:
    root, journals = home / "photos", home / "journals"
    root.mkdir()
    names = ["plain.jpg", "ends with a dot.", "que?tion.jpg", 'quo"te.jpg', "a:b.jpg", "new\nline.jpg", "CON.jpg"]
    names += ["\u00e9" * 125 + ".jpg", "x" * 251 + ".jpg", os.fsdecode(b"bad\xff.jpg"), "last.jpg"]
    photos = {}
    for i, name in enumerate(names):
        (root / name).write_bytes(b"%d" % i * 9)
        photos[i] = photo_of(i, root / name)
    before = files_of(root)
    report = apply(plan_of(root, photos, here / "out", action), journals, JobContext())
    done = {step.src.name for step in report.done}
    assert {"plain.jpg", "last.jpg"} <= done
    assert done | {problem.path.name for problem in report.problems} == set(names)
    kind = {"name-not-allowed", "name-too-long", "no-permission", "disk-error", "missing"}
    assert {problem.code for problem in report.problems} <= kind, report.problems
    assert all(problem.message for problem in report.problems)
    assert report.outcome == "finished"
    everything = set(contents(here)) | set(contents(root))
    assert {state[0] for state in before.values()} == everything
    if disk.name in ("ext4", "xfs", "btrfs", "tmpfs"):
        assert report.ok
    assert undo(None, journals, JobContext()).ok
    assert files_of(root) == before
    assert not contents(here)


@pytest.mark.parametrize("action", ["hardlink", "symlink"])
def test_links_work_or_are_refused_in_plain_words(action: str, disk: Mounted, here: Path, home: Path) -> None:
    root, journals = here / "photos", home / "journals"
    photos = photograph(root, 3)
    before = files_of(root)
    report = apply(plan_of(root, photos, here / "out", action), journals, JobContext())
    if disk.name in ("exfat", "fat"):
        assert {problem.code for problem in report.problems} == {"no-links", "with-its-photo"}
        assert "links" in report.problems[0].message
    else:
        assert report.ok
        assert undo(None, journals, JobContext()).ok
    assert files_of(root) == before
    assert not (here / "out").exists() or not contents(here / "out")
