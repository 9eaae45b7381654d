from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.engine.index import ahead
from desktop_app.engine.index.ahead import Ahead
from desktop_app.engine.pictures.result import DecodeError
from desktop_app.engine.types import PhotoFile
from tests.helpers.waiting import WAIT


class Disk:
    """Files that are read when they are let, and what was begun with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.begun: list[str] = []
        self.quiet = threading.Condition()
        self.let = threading.Event()
        self._folder, self._read = folder, ahead.content
        monkeypatch.setattr(ahead, "content", self._content)

    def file(self, name: str, size: int = 100) -> PhotoFile:
        path = self._folder / name
        path.write_bytes(name.encode() * (size // len(name)))
        return PhotoFile(path, (), path.stat().st_size, path.stat().st_mtime_ns, "jpeg")

    def wait_for(self, count: int) -> None:
        with self.quiet:
            assert self.quiet.wait_for(lambda: len(self.begun) >= count, WAIT)

    def _content(self, path: Path) -> ahead.Content:
        with self.quiet:
            self.begun.append(path.name)
            self.quiet.notify_all()
        if threading.current_thread().name == "read-ahead":
            assert self.let.wait(WAIT)
        return self._read(path)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Disk]:
    found = Disk(monkeypatch, tmp_path)
    yield found
    found.let.set()


def test_files_are_read_before_anybody_takes_them_and_once(disk: Disk) -> None:
    files = [disk.file(f"{number}.jpg") for number in range(6)]
    disk.let.set()
    with closing(Ahead()) as reader:
        reader.announce(files[:4])
        reader.announce(files[4:])
        disk.wait_for(6)
        for file in files:
            data, status = reader.take(file.path)
            assert data == file.path.read_bytes()
            assert (status.st_size, status.st_mtime_ns) == (file.size_bytes, file.mtime_ns)
    assert sorted(disk.begun) == [file.path.name for file in files]


def test_what_was_not_begun_with_is_read_by_whoever_takes_it(disk: Disk) -> None:
    files = [disk.file(f"{number}.jpg") for number in range(4)]
    with closing(Ahead()) as reader:
        reader.announce(files)
        disk.wait_for(2)  # and no more while these are not let
        assert reader.take(files[3].path)[0] == files[3].path.read_bytes()
        assert reader.take(disk.file("another.jpg").path)[0]
        disk.let.set()
        assert [reader.take(file.path)[0] for file in files[:3]] == [file.path.read_bytes() for file in files[:3]]
    assert sorted(disk.begun) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "another.jpg"]


def test_no_more_is_held_than_there_is_room_for(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ROOM", 1000)
    files = [disk.file(f"{number}.jpg", 400) for number in range(9)]
    disk.let.set()
    with closing(Ahead()) as reader:
        reader.announce(files)
        for number, file in enumerate(files):
            disk.wait_for(min(number + 3, 9))  # the room is passed by the last one at most
            assert len(disk.begun) <= number + 3
            reader.take(file.path)


def test_a_large_file_is_left_to_whoever_takes_it(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ROOM", 1000)
    large, small = disk.file("large.jpg", 900), disk.file("small.jpg", 100)
    disk.let.set()
    with closing(Ahead()) as reader:
        reader.announce([large, small])
        disk.wait_for(1)
        assert reader.take(small.path)[0]
        assert disk.begun == ["small.jpg"]
        assert reader.take(large.path)[0] == large.path.read_bytes()


def test_why_a_file_cannot_be_read_is_told_where_it_is_taken(disk: Disk) -> None:
    gone, empty = disk.file("gone.jpg"), disk.file("empty.jpg")
    gone.path.unlink()
    empty.path.write_bytes(b"")
    disk.let.set()
    with closing(Ahead()) as reader:
        reader.announce([gone, empty])
        disk.wait_for(2)
        with pytest.raises(FileNotFoundError):
            reader.take(gone.path)
        with pytest.raises(DecodeError, match="empty"):
            reader.take(empty.path)


def test_closing_ends_it_and_what_is_taken_then_is_read_all_the_same(disk: Disk) -> None:
    files = [disk.file(f"{number}.jpg") for number in range(5)]
    before = set(threading.enumerate())
    reader = Ahead()
    reader.announce(files)
    disk.wait_for(2)
    reader.close()
    disk.let.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(WAIT)
        assert not thread.is_alive()
    assert len(disk.begun) == 2
    assert reader.take(files[4].path)[0] == files[4].path.read_bytes()
