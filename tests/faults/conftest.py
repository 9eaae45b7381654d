"""Disks for the fault tests, and their size: everyday, or nightly with ``KINDRED_NIGHTLY=1``."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine.organize import transfer, work

_points = 0


def count_point() -> None:
    """Count one injected fault for the summary."""
    global _points
    _points += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many faults were injected, and how many tests could not run here."""
    skipped = [report for report in terminalreporter.getreports("skipped") if "faults" in report.nodeid]
    if _points:
        terminalreporter.write_line(f"faults injected: {_points:,}; fault tests skipped: {len(skipped)}")


@contextlib.contextmanager
def memory_disk(options: str = "size=256m") -> Iterator[Path | None]:
    """A file system of its own in memory; None where mounting is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="kindred-disk-"))
    try:
        command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
        root = os.name == "posix" and os.getuid() == 0
        if not root or subprocess.run(command, capture_output=True, check=False).returncode:
            yield None
            return
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def nightly() -> bool:
    return os.environ.get("KINDRED_NIGHTLY") == "1"


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
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches and several pieces per file even in a small library."""
    monkeypatch.setattr(transfer, "_BATCH_FILES", 4)
    monkeypatch.setattr(work, "CHUNK", 1024)
