"""The process behind `guard`: it decodes what could hang, crash or outgrow the program, and nothing else."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from pathlib import Path

from desktop_app.engine.computing.process import own_streams
from desktop_app.engine.pictures.protocol import HELLO, read_message, write_message, write_picture

_IDLE_SECONDS = 60
_FIELDS = ("width", "height", "taken_at", "camera", "damaged", "oriented")


def main() -> None:
    """Serve until standard input ends, or nothing was asked for a minute."""
    requests, replies = own_streams()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to handle
    # Only now: what decoders print while they are loaded goes nowhere, and Ctrl-C does not end us on the way.
    from desktop_app.engine.pictures import here, limits
    from desktop_app.engine.pictures.result import DecodeError, NotHere

    _limit_memory(limits.PROCESS_MEMORY_LIMIT)
    write_message(replies, HELLO)
    replies.flush()
    while True:
        _die_in(_IDLE_SECONDS)
        header = read_message(requests)
        if header is None:
            return
        data = requests.read(header["bytes"])
        # The program kills a decode that takes too long; this is for a program that is no longer there to do it.
        _die_in(header["clock"] + 2)
        _compute_at_most(header["seconds"])
        try:
            decoded = here.decode_here(data, header["size"], header["format"], costly=header["costly"])
        except NotHere:
            write_message(replies, {"costly": True})
        except DecodeError as error:
            write_message(replies, {"error": [error.code, error.message]})
        else:
            fields = {name: getattr(decoded, name) for name in _FIELDS}
            write_picture(replies, {"decoded": fields}, decoded.image)
        _compute_at_most(0)
        replies.flush()


def _die_in(seconds: float) -> None:
    # Ends the process from a thread of C's own, also while a decoder hangs with the interpreter's lock held.
    faulthandler.dump_traceback_later(seconds, exit=True, file=2)


def _compute_at_most(seconds: float) -> None:
    """Have the system end the process once it has computed for so long; 0 for no limit.

    By the system, so that it also ends while a decoder holds the interpreter's lock. Windows cannot: there the program
    kills the process by the clock.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(more: int) -> None:
    """Let the process take so many bytes on top of what it has now."""
    if sys.platform != "linux":
        return  # macOS ignores the limit, Windows has none: there the cost computed from the header is the limit
    import resource

    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = in_use + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


if __name__ == "__main__":
    main()
