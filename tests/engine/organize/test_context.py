"""When a file counts as the one that was planned."""

from __future__ import annotations

import pytest

from desktop_app.engine.organize.context import same_time


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (1_234_567_890_123_456_789, 1_234_567_890_123_456_789, True),
        (1_234_567_890_123_456_789, 1_234_567_890_123_456_700, True),  # NTFS: 100 ns
        (1_234_567_891_990_000_000, 1_234_567_890_000_000_000, True),  # FAT: 2 s
        (1_234_567_890_123_456_789, 1_234_567_890_000_000_000, True),
        (1_234_567_890_123_456_789, 1_234_567_890_123_456_790, False),
        (1_234_567_890_000_000_000, 1_234_567_893_000_000_000, False),
    ],
)
def test_times_as_coarse_disks_store_them(a: int, b: int, same: bool) -> None:
    assert same_time(a, b) is same
    assert same_time(b, a) is same
