"""Files are read a little before they are wanted, so that a slow disk works on while photos are decoded."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.engine.pictures import decode
from desktop_app.engine.types import PhotoFile

Content = tuple[bytes, os.stat_result]
"""A whole file, and how the disk described it afterwards."""

ROOM = 32 << 20
"""Bytes that are held ready at most; a larger file is read by whoever wants it."""
_READERS = 2  # a share on the network answers slowly and may be asked twice; a disk that turns is not torn between more


def content(path: Path) -> Content:
    """Read a file.

    Raises:
        DecodeError, OSError: what `decode.read_bytes` and the system raise.
    """
    return decode.read_bytes(path), path.stat()


@dataclass(frozen=True, slots=True)
class _Wanted:
    path: Path
    size: int
    answer: Future[Content] = field(default_factory=Future)


class Ahead:
    """Reads what was announced, in that order, as far as there is room; safe to use from several threads.

    Nobody waits for it in vain: a file that it has not begun with is read by whoever takes it.
    """

    def __init__(self) -> None:
        self._wanted: dict[Path, _Wanted] = {}
        self._queue: deque[_Wanted] = deque()
        self._held = 0
        self._closed = False
        self._changed = threading.Condition()
        self._readers: list[threading.Thread] = []

    def announce(self, files: Sequence[PhotoFile]) -> None:
        """Say what will be taken, after all that was said before."""
        with self._changed:
            for file in files:
                if file.size_bytes <= ROOM // 2:
                    wanted = self._wanted[file.path] = _Wanted(file.path, file.size_bytes)
                    self._queue.append(wanted)
            self._changed.notify_all()
            while len(self._readers) < _READERS:
                reader = threading.Thread(target=self._read, name="read-ahead", daemon=True)
                self._readers.append(reader)
                reader.start()

    def take(self, path: Path) -> Content:
        """A file's content, which is not held any longer.

        Raises:
            DecodeError, OSError: see `content`.
        """
        with self._changed:
            wanted = self._wanted.pop(path, None)
        if wanted is None or wanted.answer.cancel():
            return content(path)
        try:
            return wanted.answer.result()
        finally:
            with self._changed:
                was_full = self._held >= ROOM
                self._held -= wanted.size
                if was_full:  # else nobody waits for room, and waking readers costs more than a small file's reading
                    self._changed.notify_all()

    def close(self) -> None:
        """Read nothing more, hold nothing more, and return at once; what is taken then is read where it is taken."""
        with self._changed:
            self._closed = True
            for wanted in self._queue:
                wanted.answer.cancel()
            self._queue.clear()
            self._wanted.clear()
            self._changed.notify_all()

    def _read(self) -> None:
        while (wanted := self._next()) is not None:
            try:
                wanted.answer.set_result(content(wanted.path))
            except BaseException as error:  # noqa: BLE001 - boundary: raised again where the file is taken
                wanted.answer.set_exception(error)

    def _next(self) -> _Wanted | None:
        """The next file to read, as soon as there is room for it; None once closed."""
        with self._changed:
            while not self._closed:
                if not self._queue or self._held >= ROOM:
                    self._changed.wait()
                elif (wanted := self._queue.popleft()).answer.set_running_or_notify_cancel():
                    self._held += wanted.size
                    return wanted
            return None
