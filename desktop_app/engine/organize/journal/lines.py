"""The form of a journal's lines: JSON with a checksum each, so that a torn or damaged line is known as such."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app.engine.files import regular_file

Event = dict[str, Any]

_NAME = re.compile(r"run-(\d{6,})\.(jsonl|damaged)")
_TAIL = 1 << 16


def file_name(number: int) -> str:
    """Name of the journal with a sequence number."""
    return f"run-{number:06d}.jsonl"


def run_id(path: Path) -> str:
    """The run's number as in its journal's name."""
    return path.stem.removeprefix("run-")


def journal_files(journal_dir: Path) -> list[tuple[int, Path]]:
    """All journals with their sequence numbers, oldest first. Never ordered by a clock."""
    return [(number, path) for number, path in _numbered(journal_dir) if path.suffix == ".jsonl"]


def next_number(journal_dir: Path) -> int:
    """The sequence number of a new run."""
    return max((number for number, _ in _numbered(journal_dir)), default=0) + 1


def _numbered(journal_dir: Path) -> list[tuple[int, Path]]:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        found = ((_NAME.fullmatch(path.name), path) for path in journal_dir.iterdir())
        return sorted((int(match[1]), path) for match, path in found if match)
    return []


def encode(event: Event) -> bytes:
    """One line. ASCII: a name that is no valid UTF-8 travels as the lone surrogates Python made of it."""
    body = json.dumps(event, separators=(",", ":")).encode("ascii")
    return _checksum(body) + b" " + body + b"\n"


def decode(line: bytes) -> Event | None:
    """One line's event, None when the line is torn or damaged."""
    checksum, _, body = line.partition(b" ")
    if not body.endswith(b"\n") or checksum != _checksum(body[:-1]):
        return None
    event = json.loads(body)
    return event if isinstance(event, dict) and "e" in event else None


def read_events(path: Path) -> Iterator[Event | None]:
    """The lines of a journal in order, None for each damaged one."""
    with regular_file(path) as lines:
        yield from map(decode, lines)


def first_and_last(path: Path) -> tuple[Event | None, Event | None]:
    """First and last line, without reading what is between them."""
    with regular_file(path) as file:
        first = decode(file.readline())
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read().splitlines(keepends=True)
    return first, decode(tail[-1]) if tail else None


def _checksum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).hexdigest().encode("ascii")
