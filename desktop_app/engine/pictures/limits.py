"""What one file may cost, decided from its size and its header before anything is allocated."""

from __future__ import annotations

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
TOO_MANY_PIXELS = f"more than the {MAX_PIXELS // 1_000_000} million pixels Kindred allows"


def check_file_size(size: int) -> None:
    """Refuse a file too large to be read into memory.

    Args:
        size: bytes.

    Raises:
        DecodeError: ``too-large`` above `FILE_LIMIT`.
    """
    if size > FILE_LIMIT:
        raise DecodeError("too-large", _too_large(f"The file is {size >> 20} MB", FILE_LIMIT))


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
    shape = f"The picture has {size[0]} x {size[1]} pixels"
    if size[0] * size[1] > MAX_PIXELS:
        raise DecodeError("too-large", f"{shape}, {TOO_MANY_PIXELS}.")
    peak = cost + file_size
    if peak > MEMORY_LIMIT:
        fact = f"{shape}; decoding it takes {peak >> 20} MB of memory"
        raise DecodeError("too-large", _too_large(fact, MEMORY_LIMIT))
    return peak


def _too_large(fact: str, limit: int) -> str:
    return f"{fact}, more than the {limit >> 20} MB Kindred allows."
