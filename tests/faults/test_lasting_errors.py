"""Errors of a disk that lasts for a while: what could not be done then can be done later, and nothing escapes."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.history import history
from desktop_app.engine.organize.running.apply import apply
from tests.helpers.faulty_disk import FaultyDisk, Killed
from tests.helpers.sample_library import SampleLibrary


@pytest.fixture
def library(tmp_path: Path) -> SampleLibrary:
    return SampleLibrary(tmp_path / "home", tmp_path / "out")


@pytest.mark.parametrize("action", ["copy", "move"])
def test_an_undo_that_the_disk_refused_is_offered_again(action: str, library: SampleLibrary) -> None:
    assert library.apply(action).ok
    refused = library.undo(FaultyDisk(lacks={"rename_new": errno.EIO}))
    assert not refused.restored
    assert not history(library.journals)[0].undone
    assert library.undo().ok
    library.check_restored()
    assert history(library.journals)[0].undone


def test_an_undo_that_left_changed_files_alone_is_offered_again(library: SampleLibrary) -> None:
    report = library.apply("move")
    changed = report.done[0].dst
    as_it_was, times = changed.read_bytes(), changed.stat()
    changed.chmod(0o644)
    changed.write_bytes(b"edited since")
    kept = library.undo()
    assert {problem.code for problem in kept.kept} == {"changed", "with-its-photo"}
    assert [(run.state, run.undone) for run in history(library.journals)] == [("taken back in part", False)]
    assert changed.read_bytes() == b"edited since"
    changed.write_bytes(as_it_was)
    changed.chmod(times.st_mode)
    os.utime(changed, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert library.undo().ok
    library.check_restored()


@pytest.fixture
def failing_stat(library: SampleLibrary, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Every look at the photos fails from now on, whoever looks; undone by leaving what it returns."""
    real = os.stat

    def stat(path: Any, *args: Any, **options: Any) -> os.stat_result:
        if str(path).startswith(str(library.root)):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path, *args, **options)

    @contextlib.contextmanager
    def failing() -> Any:
        with monkeypatch.context() as patched:
            patched.setattr(os, "stat", stat)
            yield

    return failing


@pytest.mark.parametrize("job", ["apply", "undo"])
def test_a_disk_that_cannot_be_looked_at_is_named(
    job: str, library: SampleLibrary, failing_stat: Callable[[], Any]
) -> None:
    plan = library.plan("move")
    if job == "undo":
        assert library.apply("move").ok
    with failing_stat(), pytest.raises(UserError) as named:
        library.undo() if job == "undo" else apply(plan, library.journals, JobContext())
    assert named.value.code == "disk-error"
    library.check_settled("move")


def test_a_run_on_a_failing_disk_waits_for_the_next_start(
    library: SampleLibrary, failing_stat: Callable[[], Any]
) -> None:
    disk = FaultyDisk(25)
    with contextlib.suppress(Killed):
        library.apply("move", disk)
    disk.close_all()
    with failing_stat():
        (report,) = library.recover()
    assert report.outcome == "unsettled"
    assert [problem.code for problem in report.problems] == ["disk-error"]
    (report,) = library.recover()
    assert report.outcome == "finished"
    library.check_settled("move")
    library.undo_all()


class LeavingDisk(Disk):
    """The drive with this folder leaves after so many looks at it; its other files still answer for a moment."""

    def __init__(self, folder: Path, looks: int) -> None:
        self._folder = folder
        self._looks = looks

    def lstat(self, path: Path) -> os.stat_result:
        if path == self._folder:
            self._looks -= 1
            if self._looks < 0:
                raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))
        return super().lstat(path)


@pytest.mark.parametrize("looks", range(9))
@pytest.mark.parametrize("action", ["copy", "move"])
def test_sources_stay_when_the_destination_leaves(action: str, looks: int, library: SampleLibrary) -> None:
    report = library.apply(action, LeavingDisk(library.destination, looks))
    library.check_instant(action)
    library.recover()
    library.check_settled(action)
    if report.outcome == "stopped":
        assert not history(library.journals)[0].files or report.done
    library.undo_all()


def test_a_run_waits_while_its_disk_is_not_mounted(library: SampleLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FaultyDisk(25)
    with contextlib.suppress(Killed):
        library.apply("move", disk)
    disk.close_all()
    with monkeypatch.context() as unmounted:
        unmounted.setattr(Path, "is_mount", lambda _: False)
        (report,) = library.recover()
        with pytest.raises(UserError, match="Connect its disk"):
            library.undo()
    assert report.outcome == "unsettled"
    (report,) = library.recover()
    assert report.outcome == "finished"
    library.undo_all()


@pytest.mark.parametrize(("action", "call", "code"), [("hardlink", "link", 1), ("symlink", "symlink", 38)])
def test_a_disk_without_links_is_named(action: str, call: str, code: int, library: SampleLibrary) -> None:
    report = library.apply(action, FaultyDisk(lacks={call: code}))
    assert not report.done
    assert {problem.code for problem in report.problems} == {"no-links", "with-its-photo"}
    library.check_restored()


@pytest.mark.parametrize("looks", [0, 12, 16, 20, 24, 30, 40])
def test_a_mount_point_that_loses_its_disk_stops_the_run(
    looks: int, library: SampleLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, asked, real = library.plan("move"), itertools.count(), Path.is_mount
    with monkeypatch.context() as leaving:
        leaving.setattr(Path, "is_mount", lambda path: next(asked) < looks and real(path))
        report = apply(plan, library.journals, JobContext())
    library.check_instant("move")
    assert report.outcome == "finished" or not report.ok
    library.recover()
    library.check_settled("move")
    library.undo_all()


def test_a_cancel_that_the_disk_does_not_let_us_tidy_up_after_is_settled_later(library: SampleLibrary) -> None:
    ctx = JobContext()

    class Stuck(Disk):
        """Asks to stop once copies are written, and lets nothing be removed."""

        def fsync_all(self, fds: Sequence[int]) -> list[OSError | None]:
            ctx.cancel()
            return super().fsync_all(fds)

        def unlink(self, path: Path) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    report = apply(library.plan("copy"), library.journals, ctx, disk=Stuck())
    assert report.outcome == "unsettled"
    library.check_instant("copy")
    library.recover()
    library.check_settled("copy")
    library.undo_all()
