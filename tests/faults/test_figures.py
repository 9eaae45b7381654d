"""What several processes tried is one table."""

from __future__ import annotations

import pytest

from tests.helpers import figures


def test_counts_add_up_and_of_other_numbers_the_largest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for tries, seconds in ((3, 0.5), (0, 2.5)):
        monkeypatch.setattr(figures, "_found", {})
        figures.count("tries", tries)
        figures.count("losses", 0)
        figures.largest("slowest, seconds", seconds)
        figures.note("network", "none")
        told.append(figures.found())
    monkeypatch.setattr(figures, "_found", {})
    for found in told:
        figures.merge(found)
    assert figures.table() == [
        "losses            0",
        "network           none",
        "slowest, seconds  2.5",
        "tries             3",
    ]
