"""Takes the symbols for debuggers out of a Linux bundle's libraries: a tenth of its size.

`strip` spoils libraries whose headers were moved when their wheel was made (the loader then finds them "not
page-aligned"), so each result is looked at and the library stays as it was where that happened.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

_LOAD = 1


def strip_libraries(folder: Path) -> int:
    """Strip every ELF library below ``folder`` that stays sound; gives the bytes that were saved."""
    saved = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink() and path.is_file() and ".so" in path.name and path.read_bytes()[:4] == b"\x7fELF":
            saved += _strip(path)
    return saved


def _strip(path: Path) -> int:
    before = path.stat().st_size
    stripped = path.with_name(f"{path.name}.stripped")
    ran = subprocess.run(["strip", "--strip-unneeded", "-o", stripped, path], check=False, capture_output=True)
    if ran.returncode == 0 and stripped.stat().st_size < before and is_aligned(stripped.read_bytes()):
        shutil.copymode(path, stripped)
        stripped.replace(path)
    stripped.unlink(missing_ok=True)
    return before - path.stat().st_size


def is_aligned(elf: bytes) -> bool:
    """Whether the loader can map each segment of a 64-bit little-endian ELF file: offset and address agree."""
    (table,) = struct.unpack_from("<Q", elf, 32)
    size, count = struct.unpack_from("<HH", elf, 54)
    for at in range(table, table + size * count, size):
        kind, _flags, offset, address = struct.unpack_from("<IIQQ", elf, at)
        (align,) = struct.unpack_from("<Q", elf, at + 48)
        if kind == _LOAD and align > 1 and (offset - address) % align:
            return False
    return True
