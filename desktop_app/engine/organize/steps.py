"""One file's way from a source to its group's folder, as plans, journals and reports name it.

What happens to a file on that way is `context.Item`'s to know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One file's way. Steps of one photo follow each other, the photo first, and succeed or fail together.

    Attributes:
        photo_id: the photo this file is or belongs to.
        src: where it stands.
        dst: where it goes.
        size: in bytes, when the plan was made.
        mtime_ns: modification time, when the plan was made.
        content_hash: BLAKE2b-160 hex where the library knows it, else empty.
    """

    photo_id: int
    src: Path
    dst: Path
    size: int
    mtime_ns: int
    content_hash: str = ""


def units(numbered: Iterable[tuple[int, Step]]) -> list[list[tuple[int, Step]]]:
    """Group steps into units: the files of one photo, in the order of their numbers."""
    found: dict[int, list[tuple[int, Step]]] = {}
    for n, step in sorted(numbered, key=lambda pair: pair[0]):
        found.setdefault(step.photo_id, []).append((n, step))
    return list(found.values())
