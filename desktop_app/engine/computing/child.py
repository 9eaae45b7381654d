"""A library's work that cannot be interrupted, in a process of its own: cancelling ends the process, and it at once.

One process serves one call. The request comes on its standard input, the reply goes to its standard output: the length
of an archive (8 bytes, big endian) and the archive, NumPy's ``.npz`` without pickle. Standard input stays open all the
while, for the process ends when the program that started it does.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from desktop_app.engine.computing.process import own_command, own_streams
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import tr

if TYPE_CHECKING:  # the command line reads the flag below before it is known whether numbers are wanted at all
    import numpy.typing as npt

    Array = npt.NDArray[Any]
    Task = Callable[..., Mapping[str, Array]]
    """A function of a module: takes arrays and plain values by name, gives arrays by name."""

FROZEN_FLAG = "--child-process"
"""First argument with which a frozen program is its own child process."""
_START = "from desktop_app.engine.computing import child; child.serve(sys.argv[1:])"
_POLL_SECONDS = 0.05
_LENGTH = 8
_FAILED, _MEMORY = "failed", "out of memory"


class ChildDied(Exception):
    """The process could not be started, or ended before it had replied."""


class ChildError(RuntimeError):
    """The task raised in the process: a defect, told with the traceback from there."""


def call(task: Task, ctx: JobContext, arrays: Mapping[str, Array], **options: bool | float | str) -> dict[str, Array]:
    """Run a task in a process of its own.

    Args:
        task: a function of a module, imported anew in the process by the name of both.
        ctx: checked twenty times a second; the process is killed when it raises.
        arrays: what the task works on, without objects in them; given to it by name.
        **options: further arguments, as JSON knows them.

    Returns:
        What the task gave.

    Raises:
        Cancelled: the person asked to stop; the process is gone.
        MemoryError: the task ran out of memory.
        ChildDied: there is no process, or no reply from it.
        ChildError: the task raised anything else.
    """
    ctx.check()
    process = _started([f"{task.__module__}:{task.__qualname__}", json.dumps(options)])
    requests, replies = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    received: list[bytes] = []

    def exchange() -> None:
        with contextlib.suppress(OSError):  # its pipes end when the process does
            _write(requests, arrays)
            received.append(_read(replies))

    # In a thread, since waiting for a pipe cannot be interrupted on every system.
    waiting = threading.Thread(target=exchange, name="child-wait", daemon=True)
    waiting.start()
    try:
        while waiting.is_alive():
            waiting.join(_POLL_SECONDS)
            ctx.check()  # may wait: the job may be paused
    finally:
        # After a reply there is nothing left to do but to clear up, which a library's threads could draw out.
        process.kill()
        # The process before the pipes: the thread lets go of them when they end, and to close one in use would block.
        code = process.wait()
        waiting.join()
        with contextlib.suppress(OSError):  # what was not sent cannot be flushed any more
            requests.close()
        replies.close()
    if not received or not received[0]:
        ctx.check()  # Ctrl-C reaches a process that has hardly begun, too, and then is why it ended
        raise ChildDied(tr("its process ended before its work did (exit code {code})", code=code))
    reply = _unpacked(received[0])
    if _MEMORY in reply:
        raise MemoryError
    if _FAILED in reply:
        raise ChildError(str(reply[_FAILED]))
    return reply


def serve(arguments: Sequence[str]) -> None:
    """Be the process: carry out the one task that ``arguments`` (its name, its options as JSON) say, and end."""
    import numpy as np

    requests, replies = own_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to handle
    name, options = arguments
    arrays = _unpacked(_read(requests))
    _end_with_the_program(requests.fileno())
    module, _, function = name.partition(":")
    try:
        task: Task = getattr(importlib.import_module(module), function)
        reply = task(**arrays, **json.loads(options))
    except MemoryError:
        reply = {_MEMORY: np.zeros(0)}
    except Exception:  # noqa: BLE001  whatever it is, the program tells it
        reply = {_FAILED: np.array(traceback.format_exc())}
    _write(replies, reply)


def _write(stream: BinaryIO, arrays: Mapping[str, Array]) -> None:
    import numpy as np

    archive = io.BytesIO()
    np.savez(archive, **arrays)  # type: ignore[arg-type]  # an array called "allow_pickle" is none of ours
    stream.write(archive.tell().to_bytes(_LENGTH, "big"))
    stream.write(archive.getbuffer())
    stream.flush()


def _read(stream: BinaryIO) -> bytes:
    """The next archive; empty where the stream ends before it is whole."""
    length = int.from_bytes(stream.read(_LENGTH), "big")
    data = stream.read(length)
    return data if len(data) == length else b""


def _unpacked(archive: bytes) -> dict[str, Array]:
    import numpy as np

    with np.load(io.BytesIO(archive), allow_pickle=False) as stored:
        return dict(stored)


def _started(arguments: list[str]) -> subprocess.Popen[bytes]:
    # One thread each: BLAS threads wait for each other busily, and the order of their sums would show in the result.
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    try:
        return subprocess.Popen(
            [*_command(), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError) as error:
        raise ChildDied(tr("its process could not be started ({error})", error=error)) from error


def _command() -> list[str]:
    return own_command(FROZEN_FLAG, _START)


def _end_with_the_program(requests: int) -> None:
    """End this process when its requests do, which is when the program has ended, however that came to be."""

    def watch() -> None:
        os.read(requests, 1)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-the-program", daemon=True).start()
    if sys.platform == "linux":
        import ctypes

        # The thread has to wait where a library holds the interpreter's lock for a minute; the kernel does not.
        # What it watches is the thread that started us, and that one outlives us: `call` waits for our end.
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
