"""Full disks, disks of every kind, and the power cut in the middle of it all. Most of this needs root."""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import DISK
from desktop_app.engine.organize.disk.publish import publish
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.types import Group, Photo
from tests.helpers import figures
from tests.helpers.disks import LoopDisk, memory_disk
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.sample_library import SampleLibrary, files_of, photo_of

pytestmark = pytest.mark.root
ON_DEVICES = ["ext4", "xfs", "btrfs", "exfat", "ntfs", "ntfs-ignore-case"]


class TestFull:
    @pytest.mark.parametrize("options", ["size=200k", "nr_inodes=12"])
    @pytest.mark.parametrize("action", ["copy", "move"])
    def test_a_full_disk_is_refused_up_front_or_stops_cleanly(self, action: str, options: str, fast_disk: Path) -> None:
        with memory_disk(options) as small, tempfile.TemporaryDirectory(dir=fast_disk) as home:
            if small is None:
                pytest.skip("mounting needs root")
            root, journals = Path(home) / "photos", Path(home) / "journals"
            root.mkdir()
            photos = {}
            for i in range(20):
                (root / f"{i}.jpg").write_bytes(os.urandom(30_000))
                photos[i] = photo_of(i, root / f"{i}.jpg")
            before = files_of(root)
            groups = [Group(0, "All", np.arange(20), 0)]
            plan = make_plan(root, groups, photos, small / "out", action, JobContext())
            assert not plan.fits
            with pytest.raises(UserError):
                apply(plan, journals, JobContext())
            assert not list(small.iterdir())
            optimistic = replace(plan, bytes_free=1 << 40, files_free=None)
            report = apply(optimistic, journals, JobContext())
            assert report.outcome == "stopped"
            assert {problem.code for problem in report.problems} == {"disk-full"}
            assert 0 < len(report.done) < 20
            placed = files_of(small)
            assert len(placed) == len(report.done), "a partial file was left"
            source = files_of(root)
            assert sorted([*source.values(), *(placed.values() if action == "move" else ())]) == sorted(before.values())
            assert undo(None, journals, JobContext()).ok
            assert files_of(root) == before
            assert not list(small.iterdir())


@pytest.mark.slow
class TestKindsOfDisks:
    """Each with names that collide there, companions, kills and the way back."""

    @pytest.fixture(params=[*ON_DEVICES, "tmpfs"])
    def disk(self, request: pytest.FixtureRequest, loop_disk: Callable[[str], LoopDisk]) -> Iterator[Path]:
        if request.param == "tmpfs":
            with memory_disk() as folder:
                assert folder
                yield folder
        else:
            yield loop_disk(request.param).folder

    def test_a_thousand_colliding_names_there_and_back(self, disk: Path, fast_disk: Path) -> None:
        with tempfile.TemporaryDirectory(dir=fast_disk) as home:
            root, journals = Path(home) / "photos", Path(home) / "journals"
            photos: dict[int, Photo] = {}
            names = ["IMG \u00e9.JPG", "img \u00e9.jpg", "Img E\u0301.Jpg", "img e\u0301.jpg"]
            for i in range(1000):
                path = root / f"{i}" / names[i % len(names)]
                path.parent.mkdir(parents=True)
                path.write_bytes(b"%d" % i * 10)
                photos[i] = photo_of(i, path)
            before = files_of(root)
            (disk / "G").mkdir()
            (disk / "G" / "img \u00e9.JPG").write_bytes(b"someone else's")
            plan = make_plan(root, [Group(0, "g", np.arange(1000), 0)], photos, disk, "move", JobContext())
            report = apply(plan, journals, JobContext())
            assert report.ok, report.problems[:3]
            contents = {path.read_bytes() for path in (disk / "G").iterdir()}
            assert len(list((disk / "G").iterdir())) == len(contents) == 1001
            assert undo(None, journals, JobContext()).ok
            assert files_of(root) == before
            assert [path.read_bytes() for path in (disk / "G").iterdir()] == [b"someone else's"]

    @pytest.mark.usefixtures("small_steps")
    @pytest.mark.parametrize("within", [True, False], ids=["within", "onto"])
    def test_killed_on_it(
        self, within: bool, disk: Path, fast_disk: Path, nightly: bool, chance: random.Random
    ) -> None:
        for at in chance.sample(range(20, 140), 60 if nightly else 6):
            home = (disk if within else fast_disk) / f"k{at}"
            library = SampleLibrary(home, disk / f"s{at}", odd_names=False)
            dying = FaultyDisk(at)
            with contextlib.suppress(Killed):
                library.apply("move", dying)
            dying.close_all()
            figures.count(figures.KILLS)
            library.check_instant("move", placeholders=True)
            library.recover()
            library.check_instant("move")
            library.undo_all()
            library.clear()

    def test_case_only_renames(self, disk: Path) -> None:
        (disk / "IMG.jpg").write_bytes(b"photo")
        publish(DISK, disk / "IMG.jpg", disk / "img.JPG", lambda: None)
        assert [path.read_bytes() for path in disk.glob("*.[jJ]*")] == [b"photo"]
        (disk / "other.jpg").write_bytes(b"other")
        with pytest.raises(FileExistsError):
            publish(DISK, disk / "other.jpg", disk / "img.JPG", lambda: None)
        assert (disk / "img.JPG").read_bytes() == b"photo"


class TestPowerCut:
    @pytest.mark.usefixtures("small_steps")
    @pytest.mark.parametrize(("source", "target"), [("ext4", "ext4"), ("xfs", "xfs"), ("ext4", "xfs"), ("xfs", "ext4")])
    def test_nothing_is_lost(
        self, source: str, target: str, loop_disk: Callable[[str], LoopDisk], nightly: bool, chance: random.Random
    ) -> None:
        here = loop_disk(source)
        there = here if source == target else loop_disk(target)
        disks = {here, there}

        def cut() -> None:
            for disk in disks:
                disk.cut_power()

        def reconnect() -> None:
            for disk in disks:
                disk.disconnect()
                disk.connect()

        for cycle in range(160 if nightly else 3):
            action = chance.choice(["copy", "move", "move"])
            library = SampleLibrary(here.folder / f"{cycle}", there.folder / f"out{cycle}")
            os.sync()
            undoing = chance.random() < 0.3 and library.apply(action).ok
            dying = FaultyDisk(chance.randint(20, 150), dying=cut)
            try:
                library.undo(dying) if undoing else library.apply(action, dying)
                cut()
            except Killed:
                pass
            dying.close_all()
            for disk in disks:
                figures.count(figures.POWER.format(disk.kind))
            reconnect()
            library.check_instant(action)
            library.recover()
            library.check_settled(action)
            if chance.random() < 0.5:
                cut()
                reconnect()
                library.check_settled(action)
            library.undo_all()
            library.clear()
