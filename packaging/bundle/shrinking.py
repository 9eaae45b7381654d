"""Makes a Linux bundle smaller without leaving out a file: a tenth of its size is for debuggers, or there twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

import elf
import icu


def shrink(folder: Path, languages: Iterable[str]) -> int:
    """Write every library below ``folder`` anew, as small as it can be; gives the bytes that were saved.

    Args:
        folder: the bundle.
        languages: what the program speaks, as ISO 639 codes.
    """
    spoken, seen, saved = set(languages), dict[bytes, Path](), 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or ".so" not in path.name:
            continue
        before = path.read_bytes()
        if before[: len(elf.MAGIC)] != elf.MAGIC:
            continue
        after = _smaller(before, path.name, spoken)
        first = seen.setdefault(after, path)
        if first is not path:
            # Two wheels brought the same library. A link keeps both of their search paths as they are.
            path.unlink()
            path.symlink_to(os.path.relpath(first, path.parent))
        elif len(after) < len(before):
            path.write_bytes(after)
        saved += len(before) - (len(after) if first is path else 0)
    return saved


def renew_hashes(parts_list: Path, folder: Path) -> None:
    """Let the list of parts tell the hashes of the files as they are now.

    Args:
        parts_list: as `sbom.py` wrote it, before the files were made smaller.
        folder: what the places of files in it count from.
    """
    document = json.loads(parts_list.read_text(encoding="utf-8"))
    for part in document["components"]:
        if part["type"] == "file":
            part["hashes"][0]["content"] = hashlib.sha256((folder / part["name"]).read_bytes()).hexdigest()
    parts_list.write_text(json.dumps(document, indent=1), encoding="utf-8")


def _smaller(library: bytes, name: str, languages: set[str]) -> bytes:
    try:
        if name.startswith(icu.LIBRARY):
            return elf.compacted(library, lambda part: icu.reduced(part, languages))
        return elf.compacted(library)
    except elf.NotUnderstood:
        return library
