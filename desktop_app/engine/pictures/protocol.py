"""How the program and its decoding processes talk.

Requests go to a process's standard input, replies come from its standard output. A message is the length of a JSON
header (4 bytes, big endian), the header, and the bytes it announces: the file one way, RGB rows the other way.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:  # the command line reads the flag at every start, which must not cost it Pillow
    from PIL import Image

Message = dict[str, Any]

FROZEN_FLAG = "--decode-worker"
"""First argument with which a frozen program is its own decoding process."""
HELLO: Message = {"ready": True}
"""What a process says first, once it can decode."""
_STRIP_PIXELS = 1 << 22


def read_message(stream: BinaryIO) -> Message | None:
    """The next header; None at the end of the stream."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    header = json.loads(stream.read(int.from_bytes(size, "big")))
    assert isinstance(header, dict)
    return header


def write_message(stream: BinaryIO, header: Message) -> None:
    """Write a header; the bytes it announces are the caller's to write, and to flush."""
    text = json.dumps(header).encode("ascii")
    stream.write(len(text).to_bytes(4, "big") + text)


def write_picture(stream: BinaryIO, header: Message, image: Image.Image) -> None:
    """Write a header and the RGB picture that belongs to it; the caller flushes."""
    rows = max(1, _STRIP_PIXELS // image.width)
    write_message(stream, {**header, "size": image.size, "rows": rows})
    for top in range(0, image.height, rows):  # in strips: a copy of the whole would not fit the limit
        stream.write(image.crop((0, top, image.width, min(top + rows, image.height))).tobytes())


def read_picture(stream: BinaryIO, header: Message) -> Image.Image:
    """The RGB picture that follows a header of `write_picture`.

    Raises:
        EOFError: the stream ended before it was whole.
    """
    from PIL import Image

    (width, height), rows = header["size"], header["rows"]
    image = Image.new("RGB", (width, height))
    for top in range(0, height, rows):
        strip = width, min(rows, height - top)
        data = stream.read(3 * strip[0] * strip[1])
        if len(data) < 3 * strip[0] * strip[1]:
            raise EOFError
        image.paste(Image.frombytes("RGB", strip, data), (0, top))
    return image
