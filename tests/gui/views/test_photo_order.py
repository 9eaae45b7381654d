"""Sorting, filtering and headings, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from desktop_app.engine.types import Photo
from desktop_app.gui.views.photo_order import Sort, Wanted, dates_of, filtered, headings, order

_DAY = 86_400 * 1_000_000_000


def photo(number: int, name: str, taken: str | None, size: int = 10, camera: str | None = None) -> Photo:
    return Photo(number, Path("/a") / name, (), size, 18_000 * _DAY, f"{number}", 4, 3, taken, camera)


PHOTOS = [
    photo(1, "b.jpg", "2020-02-03T10:00:00", 30, "Pixel"),
    photo(2, "A.jpg", "2019-12-31T23:59:59", 10, "Pixel"),
    photo(3, "c.jpg", None, 20),  # changed on day 18,000, which is 2019-04-14
    photo(4, "a.jpg", "9999-99-99T99:99:99", 20, "X-T4"),
]


def names(rows: np.ndarray) -> str:
    return "".join(PHOTOS[row].path.name[0] for row in rows.tolist())


def test_each_order_puts_first_what_it_says_and_equal_ones_keep_their_place() -> None:
    assert names(order(PHOTOS, Sort.LIKENESS)) == "bAca"
    assert names(order(PHOTOS, Sort.NAME)) == "Aabc"
    assert names(order(PHOTOS, Sort.SIZE)) == "bcaA"
    assert names(order(PHOTOS, Sort.DATE)) == "caAb"  # a date that no calendar knows counts as none
    confidence = np.array([0.9, 0.1, 0.5, 0.1], dtype=np.float32)
    assert names(order(PHOTOS, Sort.UNSURE_FIRST, confidence)) == "Aacb"
    assert names(order(PHOTOS, Sort.UNSURE_FIRST)) == "bAca"
    assert order([], Sort.DATE).size == order([], Sort.NAME).size == order([], Sort.SIZE).size == 0


def test_a_filter_keeps_what_has_all_that_is_asked_for() -> None:
    def ids(wanted: Wanted) -> list[int]:
        return [one.id for one in filtered(PHOTOS, wanted, {3, 4}, [1, 4])]

    assert ids(Wanted()) == [1, 2, 3, 4]
    assert ids(Wanted(text="A.")) == [2, 4]
    assert ids(Wanted(year=2019)) == [2, 3, 4]
    assert ids(Wanted(camera="Pixel", year=2019)) == [2]
    assert ids(Wanted(unsure=True)) == [3, 4]
    assert ids(Wanted(duplicate=True)) == [1, 4]
    assert ids(Wanted(unsure=True, duplicate=True)) == [4]
    assert ids(Wanted(damaged=True)) == []
    assert [one.id for one in filtered([replace(PHOTOS[0], damaged=True)], Wanted(damaged=True))] == [1]


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
    assert headings(dates_of(PHOTOS[:2])) == [(0, "3 February 2020"), (1, "31 December 2019")]
