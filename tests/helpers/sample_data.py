"""Where the sample data is, for tests and benchmarks that look at real pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sample_data() -> Path:
    """The folder that ``KINDRED_DATA`` names, or a folder ``shared/data`` beside the checkout; it may be missing."""
    return Path(os.environ.get("KINDRED_DATA") or ROOT.parent / "shared" / "data").resolve()


def camera_files() -> list[bytes]:
    """The JPEG files of ``originals``, as cameras wrote them; none where there is no sample data."""
    return [path.read_bytes() for path in sorted((sample_data() / "originals").glob("*.[jJ][pP][gG]"))]


def fill(folder: Path, contents: Sequence[bytes], count: int) -> Path:
    """``count`` JPEG files of different content: bytes behind a JPEG's end change its hash and nothing else."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.jpg").write_bytes(contents[number % len(contents)] + number.to_bytes(4, "big"))
    return folder
