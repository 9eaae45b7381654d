"""Disks and folders that refuse: read-only mounts, protected files, folders of others, full disks, lost drives."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.curation import groups_of
from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.recover import recover
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group
from tests.helpers import figures
from tests.helpers.disks import LoopDisk, memory_disk
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.fork_server import CRASHED, ForkServer, plan_file
from tests.helpers.sample_library import SampleLibrary, files_of, photo_of
from tests.helpers.tiny_model import make_tiny_model

pytestmark = pytest.mark.root
MakeDisk = Callable[[str], LoopDisk]


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer() as running:
        yield running


def whole_state(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything the system tells of every name, the time of the last look included."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        state = path.lstat()
        times = state.st_atime_ns, state.st_mtime_ns, state.st_ctime_ns
        found[str(path)] = (state.st_ino, state.st_mode, state.st_uid, state.st_nlink, state.st_size, *times)
    return found


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_looking_changes_nothing_on_a_read_only_mount(
    kind: str, loop_disk: MakeDisk, tmp_path: Path, kindred_home: Path
) -> None:
    disk = loop_disk(kind)
    draw = np.random.default_rng(3)
    for group in ("beach", "night"):
        (disk.folder / group).mkdir()
        for i in range(8):
            pixels = draw.integers(0, 120, (40, 50, 3)) + (100 if group == "beach" else 0)
            Image.fromarray(pixels.astype(np.uint8)).save(disk.folder / group / f"{i}.jpg")
    (disk.folder / "beach" / "0.jpg.xmp").write_bytes(b"<x/>")
    (disk.folder / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 not much")
    disk.disconnect()
    before = digest(disk.image)
    disk.connect("-o", "ro,norecovery")
    seen = whole_state(disk.folder)

    make_tiny_model(kindred_home / "models" / "tiny")
    ctx = JobContext()
    with contextlib.closing(Library(disk.folder, model="tiny")) as library:
        report = library.index(ctx)
        assert report.photos == 16
        library.evaluate(ctx)
        groups = groups_of(library.cluster(ctx, k=2))
        for action in ("copy", "move", "symlink"):
            plan = library.plan(groups, tmp_path / "sorted", action, ctx)
            assert (plan.photos, len(plan.skipped)) == ((0, 17) if action == "move" else (16, 0))
        with pytest.raises(UserError) as refused:
            library.plan(groups, disk.folder / "sorted", "copy", ctx)
        assert refused.value.code == "destination-not-writable"
        assert whole_state(disk.folder) == seen
    assert whole_state(disk.folder) == seen
    disk.disconnect()
    assert digest(disk.image) == before
    disk.connect()
    figures.count(figures.READ_ONLY, 18)


@pytest.fixture
def protect() -> Iterator[Callable[[Path], None]]:
    """Makes files immutable, and lets go of them at the end."""
    done = []

    def immutable(path: Path) -> None:
        if shutil.which("chattr") is None:
            pytest.skip("chattr is not installed")
        if subprocess.run(["chattr", "+i", str(path)], capture_output=True, check=False).returncode:
            pytest.skip("this file system has no immutable files")
        done.append(path)

    yield immutable
    for path in done:
        subprocess.run(["chattr", "-i", str(path)], capture_output=True, check=False)


@pytest.mark.parametrize("where", ["within", "across"])
@pytest.mark.parametrize("action", ["copy", "move", "hardlink"])
def test_immutable_files_are_named_and_their_unit_stays_whole(
    action: str, where: str, loop_disk: MakeDisk, other_disk: Path, protect: Callable[[Path], None]
) -> None:
    disk = loop_disk("ext4")
    with tempfile.TemporaryDirectory(dir=other_disk) as elsewhere:
        target = disk.folder / "sorted" if where == "within" else Path(elsewhere) / "sorted"
        library = SampleLibrary(disk.folder / "home", target)
        if action == "hardlink" and where == "across":
            with pytest.raises(UserError, match="another disk"):
                library.plan(action)
            return
        protect(library.root / "a" / "IMG_1.mov")
        report = library.apply(action)
        library.check_settled(action)
        kept = {problem.path.name for problem in report.problems}
        assert kept == (set() if action == "copy" else {"IMG_1.jpg", "IMG_1.jpg.xmp", "IMG_1.mov"})
        assert report.outcome == "finished"
        library.undo_all()


@pytest.mark.parametrize("action", ["copy", "move"])
def test_an_immutable_destination_file_is_named_by_undo(
    action: str, loop_disk: MakeDisk, protect: Callable[[Path], None]
) -> None:
    disk = loop_disk("ext4")
    library = SampleLibrary(disk.folder / "home", disk.folder / "sorted")
    placed = library.apply(action).done[0].dst
    protect(placed)
    kept = library.undo()
    assert placed in {problem.path for problem in kept.kept}
    library.check_settled(action)
    subprocess.run(["chattr", "-i", str(placed)], check=True)
    assert library.undo().ok
    library.check_restored()


SCRIPT = """
import pickle, sys
from pathlib import Path
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo
plan = pickle.loads(Path(sys.argv[1]).read_bytes())
report = apply(plan, Path(sys.argv[2]), JobContext())
print(report.outcome, len(report.done), sorted({problem.code for problem in report.problems}))
if report.done:
    assert undo(None, Path(sys.argv[2]), JobContext()).ok
"""


@pytest.mark.parametrize("locked", ["source", "destination", "unreadable"])
@pytest.mark.parametrize("action", ["copy", "move"])
def test_without_rights_files_are_named(action: str, locked: str, fast_disk: Path) -> None:
    """As another user, since root may write anywhere."""
    if shutil.which("setpriv") is None or os.getuid() != 0:
        pytest.skip("setpriv and root are needed")
    with tempfile.TemporaryDirectory(dir=fast_disk) as folder:
        home = Path(folder)
        fast_disk.chmod(0o755)
        home.chmod(0o777)
        library = SampleLibrary(home / "home", home / "out")
        plan = library.plan(action)
        for path in [*home.rglob("*"), home]:
            os.chown(path, 65534, 65534, follow_symlinks=False)
        if locked == "unreadable":
            (library.root / "b" / "IMG_1.jpg").chmod(0)
            os.chown(library.root / "b" / "IMG_1.jpg", 0, 0)
        else:
            for path in [*(library.root if locked == "source" else library.destination).rglob("*/")]:
                os.chown(path, 0, 0)
                path.chmod(0o755)
        before = files_of(home / "home" / "photos"), files_of(home / "out")
        with plan_file(plan) as file:
            file.parent.chmod(0o755)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", SCRIPT]
            done = subprocess.run(
                [*command, str(file), str(home / "journals")], capture_output=True, text=True, check=False
            )
        assert done.returncode == 0, done.stderr
        assert (files_of(home / "home" / "photos"), files_of(home / "out")) == before
        all_refused = locked == "destination" or (locked == "source" and action == "move")
        if all_refused or (locked == "unreadable" and action == "copy"):
            assert "no-permission" in done.stdout
        if all_refused:
            assert " 0 " in done.stdout


@pytest.mark.parametrize("action", ["copy", "move"])
def test_a_disk_without_inodes_stops_the_run_cleanly(action: str, loop_disk: MakeDisk, fast_disk: Path) -> None:
    """A real disk that runs out of inodes; the plan is told that there are enough."""
    disk = loop_disk("ext4")
    room = os.statvfs(disk.folder).f_favail
    filler = disk.folder / "filler"
    filler.mkdir()
    for i in range(room - 8):
        (filler / f"{i}").touch()
    with tempfile.TemporaryDirectory(dir=fast_disk) as home:
        root, journals = Path(home) / "photos", Path(home) / "journals"
        root.mkdir()
        photos = {}
        for i in range(20):
            (root / f"{i}.jpg").write_bytes(b"%d" % i * 99)
            photos[i] = photo_of(i, root / f"{i}.jpg")
        before = files_of(root)
        plan = make_plan(root, [Group(0, "g", np.arange(20), 0)], photos, disk.folder / "out", action, JobContext())
        assert not plan.fits
        report = apply(replace(plan, files_free=None), journals, JobContext())
        assert report.outcome == "stopped"
        assert {problem.code for problem in report.problems} == {"disk-full"}
        placed = files_of(disk.folder / "out")
        assert len(placed) == len(report.done)
        assert {*files_of(root).values(), *placed.values()} == set(before.values())
        if report.done:
            assert undo(None, journals, JobContext()).ok
        assert files_of(root) == before


@pytest.mark.parametrize("gone", ["source", "destination", "both"])
@pytest.mark.parametrize("action", ["copy", "move"])
def test_a_drive_that_vanishes_takes_nothing_with_it(
    action: str,
    gone: str,
    server: ForkServer,
    loop_disk: MakeDisk,
    fast_disk: Path,
    nightly: bool,
    chance: random.Random,
) -> None:
    """Its folder stays, empty, on the disk below: nothing may land there."""
    here, there = loop_disk("ext4"), loop_disk("ext4")
    leaving = {"source": [here], "destination": [there], "both": [here, there]}[gone]
    with tempfile.TemporaryDirectory(dir=fast_disk) as journals:
        for cycle in range(60 if nightly else 4):
            library = SampleLibrary(here.folder / f"{cycle}", there.folder / f"out{cycle}")
            library.journals = Path(journals) / f"{cycle}"
            job = "undo" if chance.random() < 0.4 and library.apply(action).ok else "apply"
            with plan_file(library.plan(action) if job == "apply" else None) as plan:
                os.kill(server.prepare(job, library.journals, plan), signal.SIGCONT)
                time.sleep(chance.random() * chance.choice([0.02, 0.1]))
                for disk in leaving:
                    disk.vanish()
                code = server.finish()
            figures.count(figures.VANISHED)
            figures.count(figures.UNCAUGHT, code == CRASHED)
            assert code != CRASHED
            for disk in leaving:
                assert not list(disk.folder.iterdir()), "something was put where the drive had been"
            library.recover()
            for disk in leaving:
                assert not list(disk.folder.iterdir()), "something was put where the drive had been"
                disk.connect()
            library.check_instant(action)
            library.recover()
            library.check_settled(action)
            library.undo_again("000001")
            library.check_restored()
            library.clear()


@pytest.mark.parametrize("at", [12, 30, 45])
def test_the_next_start_waits_for_a_drive_that_is_away(at: int, loop_disk: MakeDisk, tmp_path: Path) -> None:
    """The destination is the mount point itself, so it is still there without its drive, on the disk below."""
    here, there = loop_disk("ext4"), loop_disk("ext4")
    root = here.folder / "photos"
    root.mkdir()
    photos = {}
    for i in range(6):
        (root / f"{i}.jpg").write_bytes(b"%d" % i * 99)
        photos[i] = photo_of(i, root / f"{i}.jpg")
    before = files_of(root)
    plan = make_plan(root, [Group(0, "g", np.arange(6), 0)], photos, there.folder, "move", JobContext())
    dying = FaultyDisk(at)
    with contextlib.suppress(Killed):
        apply(plan, tmp_path, JobContext(), disk=dying)
    dying.close_all()
    there.disconnect()
    (report,) = recover(tmp_path, JobContext())
    assert report.outcome == "unsettled"
    assert "Connect its disk" in report.text
    assert not list(there.folder.iterdir())
    there.connect()
    (report,) = recover(tmp_path, JobContext())
    assert report.outcome == "finished"
    assert not files_of(root)
    assert len(files_of(there.folder / "g")) == 6
    there.disconnect()
    with pytest.raises(UserError) as away:
        undo(None, tmp_path, JobContext())
    assert away.value.code == "folder-not-found"
    assert str(there.folder) in away.value.message
    there.connect()
    assert undo(None, tmp_path, JobContext()).ok
    assert files_of(root) == before


def test_a_read_only_destination_is_refused_up_front(fast_disk: Path) -> None:
    with memory_disk() as disk, tempfile.TemporaryDirectory(dir=fast_disk) as home:
        if disk is None:
            pytest.skip("mounting needs root")
        library = SampleLibrary(Path(home) / "home", disk / "out")
        plan = library.plan("move")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(UserError) as refused:
            library.plan("move")
        assert refused.value.code == "destination-not-writable"
        report = apply(plan, library.journals, JobContext())
        assert not report.done
        assert {problem.code for problem in report.problems} == {"read-only", "with-its-photo"}
        library.check_settled("move")
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
