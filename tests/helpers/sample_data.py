"""Where the sample data is, for tests and benchmarks that look at real pictures."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sample_data() -> Path:
    """The folder that ``KINDRED_DATA`` names, or a folder ``shared/data`` beside the checkout; it may be missing."""
    return Path(os.environ.get("KINDRED_DATA") or ROOT.parent / "shared" / "data").resolve()
