"""What carries out the reading, a few files at a time: threads of this program, or a cluster (`cluster`)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from desktop_app.engine.index.reading import Outcome, Reader
from desktop_app.engine.models.runtime import GROUP
from desktop_app.engine.pictures import guard
from desktop_app.engine.types import PhotoFile

Piece = Sequence[tuple[int, PhotoFile]]
"""Files that are read in one go, each with its row."""


class Executor(Protocol):
    """Reads pieces at the same time, wherever that is.

    Attributes:
        largest: files a piece should have at most.
    """

    largest: int

    @property
    def workers(self) -> int:
        """How many pieces are worked on at the same time, at least 1; may change on the way."""
        ...

    def submit(self, piece: Piece) -> Future[list[Outcome]]:
        """Begin with a piece as soon as a worker is free; the future is cancelled as any other."""
        ...

    def close(self) -> None:
        """Begin with nothing more, and return at once."""
        ...


class Threads:
    """Threads of this program.

    Args:
        reader: what they do.
        workers: how many.
    """

    largest = GROUP

    def __init__(self, reader: Reader, workers: int) -> None:
        self.workers = workers
        self._reader = reader
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="embed")

    def submit(self, piece: Piece) -> Future[list[Outcome]]:
        """See `Executor`; the outcomes are fewer than the files once the job is cancelled."""
        self._reader.announce(piece)
        return self._pool.submit(self._reader.read, piece)

    def close(self) -> None:
        """See `Executor`; what is being read stops where the reader looks at its context."""
        self._reader.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        guard.release()
