"""Disks for the fault tests, and their size: everyday, or nightly with ``KINDRED_FAULTS=nightly``.

Whatever they choose at random comes from one seed: ``--fault-seed``, see `tests.helpers.chance`.

All of them run as root with, from Debian: strace e2fsprogs xfsprogs btrfs-progs ntfs-3g exfat-fuse exfatprogs fuse3
libfuse2. Tests that lack one are skipped, with the reason and their number printed.
"""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.engine.organize import context
from desktop_app.engine.organize.running import transfer
from tests.helpers.chance import NIGHTLY, generator
from tests.helpers.disks import LoopDisk, memory_disk


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A nightly run takes as long as it takes."""
    if NIGHTLY:
        for item in items:
            if "tests/faults" in item.path.as_posix():
                item.add_marker(pytest.mark.timeout(0), append=False)


@pytest.fixture(scope="session")
def nightly() -> bool:
    return NIGHTLY


@pytest.fixture(scope="session")
def fault_seed(pytestconfig: pytest.Config) -> int:
    """The seed of this run."""
    seed: int = pytestconfig.option.fault_seed
    return seed


@pytest.fixture
def chance(fault_seed: int, request: pytest.FixtureRequest) -> random.Random:
    """What this test draws from."""
    return generator(fault_seed, request.node.nodeid)


@pytest.fixture(scope="session")
def fast_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder where waiting for the disk costs nothing, if possible, so that thousands of rounds are affordable."""
    with memory_disk() as folder:
        yield folder or tmp_path_factory.mktemp("disk")


@pytest.fixture(scope="session")
def other_disk(fast_disk: Path) -> Iterator[Path]:
    """A folder on another file system than ``fast_disk``."""
    with memory_disk() as folder:
        shm = Path("/dev/shm")
        if folder:
            yield folder
        elif shm.is_dir() and os.access(shm, os.W_OK) and shm.stat().st_dev != fast_disk.stat().st_dev:
            with tempfile.TemporaryDirectory(dir=shm) as own:
                yield Path(own)
        else:
            pytest.skip("no second file system: mounting needs root, and /dev/shm is not another disk here")


@pytest.fixture
def loop_disk(fast_disk: Path) -> Iterator[Callable[[str], LoopDisk]]:
    """Makes and mounts a file system of a kind; each is one of its own."""
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("loop devices need root")
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="loop-", dir=fast_disk)))

        def make(kind: str) -> LoopDisk:
            place = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=home))
            disk = LoopDisk(kind, place)
            stack.callback(disk.remove)
            disk.make()
            return disk

        yield make


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches and several pieces per file even in a small library."""
    monkeypatch.setattr(transfer, "_BATCH_FILES", 4)
    monkeypatch.setattr(context, "CHUNK", 1024)
