"""What one file may cost, decided from its size and its header before anything is allocated."""

from __future__ import annotations

from desktop_app.engine.pictures import reasons
from desktop_app.engine.pictures.result import DecodeError

FILE_LIMIT = 512 << 20
"""Largest file read into memory, bytes."""
MEMORY_LIMIT = 896 << 20
"""Largest peak of one decode, the file's bytes included; with the program itself this stays under 1 GiB."""
PROCESS_MEMORY_LIMIT = 1 << 30
"""What decoding one file may take on top of an idle decoding process, bytes; kept by the system on Linux."""
MAX_PIXELS = 1_000_000_000
"""Largest picture, whatever its format."""
MAX_SCAN_PIXELS = 10_000_000_000
"""Most pixels that all passes of a progressive JPEG together may visit."""
COSTLY = 192 << 20
"""Peak above which decodes run one at a time, bytes."""
MAX_MILLIONS = MAX_PIXELS // 1_000_000
"""The same, as a person is told of it."""


def check_file_size(size: int) -> None:
    """Refuse a file too large to be read into memory.

    Args:
        size: bytes.

    Raises:
        DecodeError: ``too-large`` above `FILE_LIMIT`.
    """
    if size > FILE_LIMIT:
        raise DecodeError("too-large", reasons.LARGE_FILE.format(size=size >> 20, limit=FILE_LIMIT >> 20))


def check_cost(cost: int, file_size: int, size: tuple[int, int]) -> int:
    """Refuse a picture that is too large or takes too much memory.

    Args:
        cost: of decoding, bytes at the peak.
        file_size: bytes of the file that stay in memory beside it.
        size: width and height, pixels.

    Returns:
        The whole peak, bytes.

    Raises:
        DecodeError: ``too-large`` above `MAX_PIXELS` or `MEMORY_LIMIT`.
    """
    width, height = size
    if width * height > MAX_PIXELS:
        raise DecodeError("too-large", reasons.MANY_PIXELS.format(width=width, height=height, limit=MAX_MILLIONS))
    peak = cost + file_size
    if peak > MEMORY_LIMIT:
        figures = {"width": width, "height": height, "size": peak >> 20, "limit": MEMORY_LIMIT >> 20}
        raise DecodeError("too-large", reasons.MUCH_MEMORY.format(**figures))
    return peak
