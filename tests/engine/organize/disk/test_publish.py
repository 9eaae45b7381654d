"""A file gets its name on every kind of disk, whole, and never in place of another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.disk.publish import publish, two_names
from tests.helpers.sample_library import files_of
from tests.helpers.stubborn_disk import Stubborn


@pytest.mark.parametrize("lacking", [(), ("rename_new",), ("rename_new", "link")], ids=["rename", "link", "reserve"])
def test_every_rung_gives_the_name_and_never_overwrites(lacking: tuple[str, ...], tmp_path: Path) -> None:
    class Poor(Disk):
        pass

    disk = Poor()
    for call in lacking:
        setattr(disk, call, Stubborn(call, errno.EPERM if call == "link" else errno.EINVAL, "a").__dict__[call])
    (tmp_path / "a").write_text("photo")
    reserved: list[bool] = []
    publish(disk, tmp_path / "a", tmp_path / "b", lambda: reserved.append(True))
    assert files_of(tmp_path).keys() == {"b"}
    assert bool(reserved) == (len(lacking) == 2)
    (tmp_path / "a").write_text("another")
    with pytest.raises(FileExistsError):
        publish(disk, tmp_path / "a", tmp_path / "b", lambda: None)
    assert (tmp_path / "a").read_text() == "another"
    assert (tmp_path / "b").read_text() == "photo"


def test_a_failure_on_any_rung_leaves_the_first_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("photo")

    def lacking(*broken: tuple[str, int]) -> Disk:
        disk = Disk()
        for call, error in broken:
            setattr(disk, call, Stubborn(call, error, "a").__dict__[call])
        return disk

    no_rename = ("rename_new", errno.EINVAL)
    for disk in [
        lacking(("rename_new", errno.EIO)),
        lacking(no_rename, ("link", errno.EIO), ("rename_over", errno.EIO)),
        lacking(no_rename, ("unlink", errno.EIO)),
        lacking(no_rename, ("link", errno.EPERM), ("rename_over", errno.EIO)),
    ]:
        with pytest.raises(OSError, match="Input/output"):
            publish(disk, tmp_path / "a", tmp_path / "b", lambda: None)
        assert files_of(tmp_path).keys() == {"a"}


@pytest.mark.parametrize("step", ["unlink", "rename_over"])
def test_a_step_that_a_network_disk_carried_out_and_called_failed_loses_nothing(step: str, tmp_path: Path) -> None:
    lacking = ["rename_new"] if step == "unlink" else ["rename_new", "link"]

    class AnswersTooLate(Disk):
        pass

    def late(*args: Path) -> None:
        getattr(Disk, step)(DISK, *args)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    disk = AnswersTooLate()
    for call in lacking:
        setattr(disk, call, Stubborn(call, errno.EPERM if call == "link" else errno.EINVAL, "a").__dict__[call])
    setattr(disk, step, late)
    (tmp_path / "a").write_text("photo")
    publish(disk, tmp_path / "a", tmp_path / "b", lambda: None)
    assert {name: state[0] for name, state in files_of(tmp_path).items()} == {"b": b"photo"}


def test_case_only_rename_where_case_does_not_matter(tmp_path: Path) -> None:
    class IgnoresCase(Disk):
        def rename_new(self, src: Path, dst: Path) -> None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    (tmp_path / "IMG.jpg").write_text("photo")
    publish(IgnoresCase(), tmp_path / "IMG.jpg", tmp_path / "img.JPG", lambda: None)
    assert files_of(tmp_path).keys() == {"img.JPG"}


def test_two_names_of_one_file_are_not_a_case_only_rename(tmp_path: Path) -> None:
    (tmp_path / "IMG.jpg").write_text("photo")
    os.link(tmp_path / "IMG.jpg", tmp_path / "img.JPG")
    with pytest.raises(FileExistsError):
        publish(DISK, tmp_path / "IMG.jpg", tmp_path / "img.JPG", lambda: None)
    assert len(files_of(tmp_path)) == 2


def test_two_names(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = tmp_path / "one"
    one.write_text("photo")
    os.link(one, tmp_path / "ONE")
    os.link(one, tmp_path / "two")
    os.link(one, tmp_path / "other" / "one")
    (tmp_path / "else").write_text("photo")
    for name, expected in {"one": False, "ONE": True, "two": True, "other/one": True, "else": False}.items():
        assert two_names(DISK, one, tmp_path / name) is expected
