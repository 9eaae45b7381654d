"""Sorting, filtering and headings, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.types import Photo
from desktop_app.gui.views import photo_order
from desktop_app.gui.views.photo_order import Dates, PhotoTable, Sort, Wanted, dates_of, headings

_DAY = 86_400 * 1_000_000_000


def photo(number: int, name: str, taken: str | None, size: int = 10, camera: str | None = None) -> Photo:
    return Photo(number, Path("/a") / name, (), size, 18_000 * _DAY, f"{number}", 4, 3, taken, camera)


PHOTOS = [
    photo(1, "b.jpg", "2020-02-03T10:00:00", 30, "Pixel"),
    photo(2, "A.jpg", "2019-12-31T23:59:59", 10, "Pixel"),
    photo(3, "c.jpg", None, 20),  # changed on day 18,000, which is 2019-04-14
    photo(4, "a.jpg", "9999-99-99T99:99:99", 20, "X-T4"),
]


def dates(photos: list[Photo]) -> Dates:
    """When each was taken."""
    changed = np.array([one.mtime_ns // 10**9 for one in photos], dtype="datetime64[s]")
    return dates_of([one.taken_at for one in photos], changed)


TABLE = PhotoTable.of(PHOTOS)


def names(by: Sort, confidence: np.ndarray | None = None) -> str:
    rows = TABLE.rows_of(np.array([one.id for one in PHOTOS]))
    assert rows is not None
    return "".join(PHOTOS[TABLE.ids[row] - 1].path.name[0] for row in TABLE.ordered(rows, by, confidence).tolist())


def test_each_order_puts_first_what_it_says_and_equal_ones_keep_their_place() -> None:
    assert names(Sort.LIKENESS) == "bAca"
    assert names(Sort.NAME) == "Aabc"
    assert names(Sort.SIZE) == "bcaA"
    assert names(Sort.DATE) == "caAb"  # a date that no calendar knows counts as none
    assert names(Sort.UNSURE_FIRST, np.array([0.9, 0.1, 0.5, 0.1], dtype=np.float32)) == "Aacb"
    assert names(Sort.UNSURE_FIRST) == "bAca"
    empty = PhotoTable.of([])
    rows = empty.rows_of(np.empty(0, dtype=np.int64))
    assert rows is not None
    assert all(empty.ordered(rows, by).size == 0 for by in Sort)


def test_many_photos_are_sorted_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_order, "_PIECE", 64)
    rng = np.random.default_rng(0)
    letters = list("aAbBéÉzß0 _\udcff中")
    some = sorted(
        (
            replace(
                photo(
                    int(number), "".join(rng.choice(letters, rng.integers(1, 6))) + ".jpg", None, int(rng.integers(5))
                ),
                path=Path(f"/a/{rng.integers(9)}/{number}/{''.join(rng.choice(letters, rng.integers(1, 4)))}.jpg"),
                taken_at=None if number % 3 else f"20{number % 20 + 10}-01-0{number % 9 + 1}T00:00:00",
            )
            for number in rng.permutation(500)
        ),
        key=lambda one: str(one.path),
    )
    checked: list[None] = []
    table = PhotoTable.of(some, lambda: checked.append(None))
    assert len(checked) > 500 / 64
    ids = np.array([one.id for one in some])[rng.permutation(500)][:300]
    rows = table.rows_of(ids)
    assert rows is not None
    by_id = {one.id: one for one in some}
    shown = [by_id[photo_id] for photo_id in ids.tolist()]
    when = dict(zip(ids.tolist(), dates(shown).tolist(), strict=True))
    for by, key in (
        (Sort.NAME, lambda one: (one.path.name.casefold(), str(one.path))),
        (Sort.SIZE, lambda one: -one.size_bytes),
        (Sort.DATE, lambda one: when[one.id]),
    ):
        assert table.ids[table.ordered(rows, by)].tolist() == [one.id for one in sorted(shown, key=key)]
    assert table.rows_of(np.append(ids, 501)) is None
    assert table.rows_of(np.array([-1])) is None


def test_a_filter_keeps_what_has_all_that_is_asked_for() -> None:
    def ids(wanted: Wanted, table: PhotoTable = TABLE) -> list[int]:
        return table.ids[table.filtered(np.arange(len(table.ids)), wanted, [3, 4], [1, 4])].tolist()

    assert ids(Wanted()) == [1, 2, 3, 4]
    assert ids(Wanted(text="A.")) == [2, 4]
    assert ids(Wanted(text="nothing", camera="Pixel")) == []
    assert ids(Wanted(year=2019)) == [2, 3, 4]
    assert ids(Wanted(camera="Pixel", year=2019)) == [2]
    assert ids(Wanted(camera="Leica")) == []
    assert ids(Wanted(unsure=True)) == [3, 4]
    assert ids(Wanted(duplicate=True)) == [1, 4]
    assert ids(Wanted(unsure=True, duplicate=True)) == [4]
    assert ids(Wanted(damaged=True)) == []
    assert ids(Wanted(damaged=True), PhotoTable.of([replace(PHOTOS[0], damaged=True)])) == [1]


def test_headings_are_as_fine_as_a_glance_allows() -> None:
    def said(*dates: str) -> list[tuple[int, str]]:
        return headings(np.array(dates, dtype="datetime64[s]"))

    assert said("2020-02-03T01:00", "2020-02-03T09:00", "2020-02-04") == [
        (0, "3 February 2020"),
        (2, "4 February 2020"),
    ]
    assert said("2019-12-01", "2020-01-01", "2020-03-07", "2020-03-08") == [
        (0, "December 2019"),
        (1, "January 2020"),
        (2, "March 2020"),
    ]
    assert said("1999-12-01", "2020-01-01", "2020-03-07") == [(0, "1999"), (1, "2020")]
    assert said() == []
    assert headings(dates(PHOTOS[:2])) == [(0, "3 February 2020"), (1, "31 December 2019")]
