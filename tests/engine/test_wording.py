from __future__ import annotations

import pytest

from desktop_app.engine.job import Progress
from desktop_app.engine.wording import breakable, counted, data_size, duration, progress_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (8, "8 s"), (59.6, "1 min"), (100, "1 min 40 s"), (725, "12 min"), (7500, "2 h 5 min")],
)
def test_duration(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 byte"), (999, "999 bytes"), (1500, "1.5 kB"), (999_600, "1.0 MB"), (212e9, "212 GB"), (4.1e12, "4.1 TB")],
)
def test_data_size(size: float, text: str) -> None:
    assert data_size(int(size)) == text


def test_long_names_may_break_where_they_have_parts_and_within_what_has_none() -> None:
    for name in ("IMG_2019_07-01.jpg", "160c2e1c-48d5-4e31.jpg", "a" * 64 + ".png", "holiday.jpg", "a - b", ""):
        parts = breakable(name).split("\u200b")
        assert "".join(parts) == name
        assert all(len(part) <= 24 for part in parts)
    assert breakable("IMG_20-07.jpg").split("\u200b") == ["IMG_", "20-", "07.jpg"]
    assert breakable("holiday - 1.jpg") == "holiday - 1.jpg"


def test_counted() -> None:
    assert counted(1, "photo") == "1 photo"
    assert counted(6214, "photo") == "6,214 photos"


def test_progress_says_rate_and_time_left_only_once_they_mean_something() -> None:
    assert progress_text(Progress(0, 0, "Looking", 0.0)) == "Looking"
    assert progress_text(Progress(20, 6214, "Looking", 0.1)) == "Looking · 20 of 6,214"
    text = progress_text(Progress(610, 6710, "Looking", 10.0))
    assert text == "Looking · 610 of 6,710 · 61/s · about 1 min 40 s left"
