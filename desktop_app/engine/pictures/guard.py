"""Decoding in processes of their own, for files whose decoder could hang, crash or take all memory.

Processes start on first need, serve one file at a time each, and are kept for the next file. One that outlives its
time is killed, one that dies is replaced, and only the file at hand is lost. Where no process can be started, the
caller decodes without one.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import BinaryIO, TypeVar, cast

from PIL import Image

from desktop_app.engine.computing.process import own_command
from desktop_app.engine.pictures.protocol import FROZEN_FLAG, HELLO, Message, read_message, read_picture, write_message
from desktop_app.engine.pictures.result import Decoded, DecodeError, NotHere

_log = logging.getLogger(__name__)

T = TypeVar("T")
Answer = tuple[Message, Image.Image | None]
"""A reply, and the picture where it has one."""

LIMIT_SECONDS = 10.0
"""Longest decoding of a small file, in processor time, so that a busy machine costs nobody a photo."""
_BYTES_A_SECOND = 4 << 20  # what a larger file gets more: a phone's photo of 200 million pixels takes 10 seconds
_PATIENCE = 6  # times that, by the clock: a decoder that waits for something uses no processor time
_START_SECONDS = 60.0
_POLL_SECONDS = 0.1
_TRIES = 2  # what killed the first process may have been the system short of memory, or shutting down
_START = "from desktop_app.engine.pictures import worker; worker.main()"


class NoWorker(Exception):
    """No decoding process can be started here."""


class TooSlow(Exception):
    """The time was up."""


class Died(Exception):
    """The process ended while it was decoding."""


def limit_seconds(file_size: int) -> float:
    """Longest decoding of a file of so many bytes, seconds of processor time."""
    return LIMIT_SECONDS + file_size / _BYTES_A_SECOND


def request(data: bytes, size: int | None, format: str, *, costly: bool, check: Callable[[], object] | None) -> Decoded:
    """Have a file decoded.

    Args:
        data: the whole file.
        size: as in `decode.decode`.
        format: key of `formats.FORMATS`.
        costly: decode it even if that takes much memory.
        check: called ten times a second; the process is killed when it raises.

    Raises:
        DecodeError: the decoder's own.
        NotHere: it takes much memory, and ``costly`` was not asked for; nothing was done.
        NoWorker: decode it without.
        TooSlow: it took more than `limit_seconds` of processor time, or many times that by the clock.
        Died: two processes died of it.
    """
    seconds = limit_seconds(len(data))
    limits = {"seconds": seconds, "clock": seconds * _PATIENCE}
    header = {"size": size, "format": format, "costly": costly, "bytes": len(data), **limits}
    for attempt in range(_TRIES):
        worker = _take()
        try:
            reply, image = worker.ask(header, data, check)
        except Died:
            _log.warning("a decoding process died of a %s file (try %d of %d)", format, attempt + 1, _TRIES)
            worker.kill()
            if worker.out_of_time:
                raise TooSlow from None
            if attempt == _TRIES - 1:
                raise
        except BaseException as error:
            _log.info("a decoding process was ended at work on a %s file: %s", format, type(error).__name__)
            worker.kill()
            raise
        else:
            with _lock:
                _idle.append(worker)
            return _result(reply, image)
    raise AssertionError  # the last try returns or raises


def _result(reply: Message, image: Image.Image | None) -> Decoded:
    if image is not None:
        return Decoded(image, **reply["decoded"])
    if "costly" in reply:
        raise NotHere(costly=True)
    raise DecodeError(*reply["error"])


def release() -> None:
    """End the processes that are not busy."""
    with _lock:
        idle, _idle[:] = list(_idle), []
    for worker in idle:
        worker.kill()


class _Worker:
    """One process."""

    def __init__(self) -> None:
        environment = dict(os.environ, MALLOC_ARENA_MAX="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        self.process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            pipesize=1 << 20,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._requests, self._replies = self.process.stdin, cast(BinaryIO, self.process.stdout)
        try:
            if self._within(_START_SECONDS, None, lambda: read_message(self._replies)) != HELLO:
                raise Died
        except BaseException:
            self.kill()
            raise

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    @property
    def out_of_time(self) -> bool:
        """Whether the system ended it because it had computed for too long; see `worker`."""
        return sys.platform != "win32" and self.process.poll() == -signal.SIGPROF

    def ask(self, header: Message, data: bytes, check: Callable[[], object] | None) -> Answer:
        return self._within(header["clock"], check, lambda: self._exchange(header, data))

    def _exchange(self, header: Message, data: bytes) -> Answer:
        write_message(self._requests, header)  # type: ignore[arg-type]
        self._requests.write(data)
        self._requests.flush()
        reply = read_message(self._replies)
        if reply is None:
            raise Died
        return reply, read_picture(self._replies, reply) if "decoded" in reply else None

    def _within(self, seconds: float, check: Callable[[], object] | None, work: Callable[[], T]) -> T:
        """Run ``work``, which waits for the process, in a thread, so that it can be given up."""
        results: list[T] = []

        def run() -> None:
            with contextlib.suppress(OSError, ValueError, EOFError, Died):  # its pipes end when the process does
                results.append(work())

        thread = threading.Thread(target=run, name="decode-wait", daemon=True)
        end = time.monotonic() + seconds
        thread.start()
        try:
            thread.join(_POLL_SECONDS)
            while thread.is_alive():
                if check is not None:
                    check()  # may wait: the job may be paused
                if thread.is_alive() and time.monotonic() > end:
                    raise TooSlow
                thread.join(_POLL_SECONDS)
        except BaseException:
            self.process.kill()
            thread.join()
            raise
        if not results:
            raise Died
        return results[0]

    def kill(self) -> None:
        self.process.kill()
        with contextlib.suppress(OSError):  # what was not sent cannot be flushed any more
            self._requests.close()
        self._replies.close()
        self.process.wait()


def _command() -> list[str]:
    return own_command(FROZEN_FLAG, _START)


_lock = threading.Lock()
_idle: list[_Worker] = []
_cannot_start = False
atexit.register(release)


def _take() -> _Worker:
    global _cannot_start
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.alive:
                return worker
            worker.kill()  # it has ended itself, idle
    if _cannot_start:
        raise NoWorker
    try:
        worker = _Worker()
        _log.debug("a decoding process was started")
        return worker
    except (OSError, ValueError, Died, TooSlow) as error:
        _log.warning("no decoding process can be started (%s): decoding goes on without", type(error).__name__)
        _cannot_start = True
        raise NoWorker from error
