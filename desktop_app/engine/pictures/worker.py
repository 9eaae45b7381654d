"""The process behind `guarded`: it decodes what could hang, crash or outgrow the program, and nothing else.

Requests come on standard input, replies go to standard output. A message is the length of a JSON header (4 bytes,
big endian), the header, and as many bytes as its ``bytes`` says: the file one way, RGB rows the other way.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

MEMORY_LIMIT = 1 << 30
"""What decoding one file may take on top of the idle process, bytes; kept by the system on Linux."""
HELLO = {"ready": True}
_IDLE_SECONDS = 60
_STRIP_PIXELS = 1 << 22


def read_message(stream: BinaryIO) -> dict[str, Any] | None:
    """The next header; None at the end of the stream."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    header = json.loads(stream.read(int.from_bytes(size, "big")))
    assert isinstance(header, dict)
    return header


def write_message(stream: BinaryIO, header: dict[str, Any]) -> None:
    """Write a header; the bytes it announces are the caller's to write, and to flush."""
    text = json.dumps(header).encode("ascii")
    stream.write(len(text).to_bytes(4, "big") + text)


def main() -> None:
    """Serve until standard input ends, or nothing was asked for a minute."""
    requests, replies = _own_streams()
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to handle
    from desktop_app.engine.pictures import decode

    _limit_memory()
    write_message(replies, HELLO)
    replies.flush()
    while True:
        _die_in(_IDLE_SECONDS)
        header = read_message(requests)
        if header is None:
            return
        data = requests.read(header["bytes"])
        # The program kills a decode that takes too long; this is for a program that is no longer there to do it.
        _die_in(header["seconds"] + 2)
        try:
            decoded = decode.decode_here(data, header["size"], header["format"], costly=header["costly"])
        except decode.NotHere:
            write_message(replies, {"costly": True})
        except decode.DecodeError as error:
            write_message(replies, {"error": [error.code, error.message]})
        else:
            _send(replies, decoded)
        replies.flush()


def _send(replies: BinaryIO, decoded: Any) -> None:
    image = decoded.image
    rows = max(1, _STRIP_PIXELS // image.width)
    fields = {name: getattr(decoded, name) for name in ("width", "height", "taken_at", "camera", "damaged")}
    write_message(replies, {"decoded": fields, "size": image.size, "rows": rows})
    for top in range(0, image.height, rows):  # in strips: a copy of the whole would not fit the limit
        replies.write(image.crop((0, top, image.width, min(top + rows, image.height))).tobytes())


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for ourselves; what C libraries print goes nowhere."""
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (0, 1):
            msvcrt.setmode(descriptor, os.O_BINARY)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    return requests, replies


def _die_in(seconds: float) -> None:
    # Ends the process from a thread of C's own, also while a decoder hangs with the interpreter's lock held.
    faulthandler.dump_traceback_later(seconds, exit=True, file=2)


def _limit_memory() -> None:
    if sys.platform != "linux":
        return  # macOS ignores the limit, Windows has none: there the cost computed from the header is the limit
    import resource

    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = in_use + MEMORY_LIMIT
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


if __name__ == "__main__":
    main()
