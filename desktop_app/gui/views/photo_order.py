"""In which order photos are shown, which of them, and under which dates: a hundred thousand in the blink of an eye.

What that takes of each photo is worked out once, as columns of a table, away from the window's thread: going through a
hundred thousand objects takes half a second, sorting their columns twenty milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Float32Array, Int64Array, Photo

_MONTHS = (
    tr_noop("January"),
    tr_noop("February"),
    tr_noop("March"),
    tr_noop("April"),
    tr_noop("May"),
    tr_noop("June"),
    tr_noop("July"),
    tr_noop("August"),
    tr_noop("September"),
    tr_noop("October"),
    tr_noop("November"),
    tr_noop("December"),
)
_DAYS_AT_MOST = 60
_MONTHS_AT_MOST = 72
_PIECE = 4096
"""Photos at a time: a few milliseconds."""

Dates = npt.NDArray[np.datetime64]


class Sort(StrEnum):
    """What comes first."""

    LIKENESS = "likeness"
    DATE = "date"
    NAME = "name"
    SIZE = "size"
    UNSURE_FIRST = "unsure"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which photos are to be seen; what is empty or False asks for nothing.

    Attributes:
        text: part of the name, in any case.
        year: of the date.
        camera: make and model.
        damaged: only part of the picture could be read.
        unsure: no group claims it.
        duplicate: it is there more than once.
    """

    text: str = ""
    year: int | None = None
    camera: str = ""
    damaged: bool = False
    unsure: bool = False
    duplicate: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PhotoTable:
    """What photos are sorted and filtered by: row i of each column belongs to ``ids[i]``.

    Attributes:
        ids: int64[N], ascending.
        dates: datetime64[s][N], when taken, or else last changed, in local time.
        sizes: int64[N], bytes of the file.
        by_name: int64[N], which place each has by its name in any case, and then by its path.
        names: N names of files, in no case.
        cameras: int64[N], the place in ``camera_names``; -1 for none.
        camera_names: ascending, each once.
        damaged: bool[N], only part of the picture could be read.
    """

    ids: Int64Array
    dates: Dates
    sizes: Int64Array
    by_name: Int64Array
    names: list[str]
    cameras: Int64Array
    camera_names: tuple[str, ...]
    damaged: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, photos: Sequence[Photo], check: Callable[[], object] = lambda: None) -> PhotoTable:
        """The table of ``photos``, which are sorted by path.

        Args:
            photos: each once.
            check: called after every few thousand, for as long as one call of numpy's would hold up other threads.
        """
        listed = PhotoList.of(photos)
        ids, taken, seconds = listed.ids, listed.taken.tolist(), _seconds(listed)
        names = [os.path.basename(path).casefold() for path in listed.paths.texts()]  # noqa: PTH119 - 96,000 of them
        cameras_of = listed.cameras.tolist()
        parts: list[Dates] = [np.empty(0, dtype="datetime64[s]")]
        texts: list[npt.NDArray[np.str_]] = [np.empty(0, dtype="U1")]
        for start in range(0, len(listed), _PIECE):
            check()
            parts.append(dates_of(taken[start : start + _PIECE], seconds[start : start + _PIECE]))
            texts.append(np.array(names[start : start + _PIECE], dtype=np.str_))
        check()
        by_name: Int64Array = np.empty(len(listed), dtype=np.int64)
        by_name[np.argsort(np.concatenate(texts), kind="stable")] = np.arange(len(listed))
        camera_names = tuple(sorted({camera for camera in cameras_of if camera}))
        place = {name: number for number, name in enumerate(camera_names)}
        cameras = np.array([place.get(camera or "", -1) for camera in cameras_of], dtype=np.int64)
        sizes, damaged = listed.sizes, listed.damaged
        order = np.argsort(ids)
        return cls(
            ids[order],
            np.concatenate(parts)[order],
            sizes[order],
            by_name[order],
            [names[row] for row in order.tolist()],
            cameras[order],
            camera_names,
            damaged[order],
        )

    def rows_of(self, ids: Int64Array) -> Int64Array | None:
        """Rows of these photos, int64[n], in their order; None unless all of them are here."""
        rows = np.searchsorted(self.ids, ids)
        known = rows < len(self.ids)
        return rows if known.all() and np.array_equal(self.ids[rows], ids) else None

    def filtered(
        self, rows: Int64Array, wanted: Wanted, unsure: npt.ArrayLike = (), duplicates: npt.ArrayLike = ()
    ) -> Int64Array:
        """Those of ``rows`` that are wanted, in their order.

        Args:
            rows: to choose from.
            wanted: all of it must hold.
            unsure: ids of the photos that no group claims.
            duplicates: ids of the photos that are there more than once.
        """
        if wanted.camera:
            number = self.camera_names.index(wanted.camera) if wanted.camera in self.camera_names else None
            rows = rows[self.cameras[rows] == number] if number is not None else rows[:0]
        if wanted.damaged:
            rows = rows[self.damaged[rows]]
        for asked, holders in ((wanted.unsure, unsure), (wanted.duplicate, duplicates)):
            if asked:
                rows = rows[np.isin(self.ids[rows], np.asarray(holders, dtype=np.int64))]
        if wanted.year is not None:
            rows = rows[years_of(self.dates[rows]) == wanted.year]
        if wanted.text:
            text, names = wanted.text.casefold(), self.names
            rows = rows[np.array([text in names[row] for row in rows.tolist()], dtype=bool)]
        return rows

    def ordered(self, rows: Int64Array, by: Sort, confidence: Float32Array | None = None) -> Int64Array:
        """``rows`` in the order wanted; what is equal keeps its place.

        Args:
            rows: in the order of their likeness to the group.
            by: oldest, first by name, largest or least sure first.
            confidence: float32[n], how surely each belongs to its group; without it, that order changes nothing.
        """
        if by is Sort.DATE:
            return rows[np.argsort(self.dates[rows], kind="stable")]
        if by is Sort.NAME:
            return rows[np.argsort(self.by_name[rows])]
        if by is Sort.SIZE:
            return rows[np.argsort(-self.sizes[rows], kind="stable")]
        if by is Sort.UNSURE_FIRST and confidence is not None:
            return rows[np.argsort(confidence, kind="stable")]
        return rows


def dates_of(taken: Sequence[str | None], changed: Dates) -> Dates:
    """When photos were taken, or else last changed, datetime64[s][n] in local time.

    A date that no calendar knows counts as none.

    Args:
        taken: n dates, ISO 8601; None where absent.
        changed: datetime64[s][n].
    """
    dates = changed.copy()
    told = np.array([row for row, text in enumerate(taken) if text], dtype=np.int64)
    texts = [text[:19] for text in taken if text]
    try:
        dates[told] = np.array(texts, dtype="datetime64[s]")
    except ValueError:
        for row, text in zip(told.tolist(), texts, strict=True):
            try:
                dates[row] = np.datetime64(text, "s")
            except ValueError:
                continue
    return dates


def _seconds(photos: PhotoList) -> Dates:
    seconds = photos.times // 1_000_000_000
    for row, time in photos.far_times.items():
        seconds[row] = time // 1_000_000_000
    return seconds.astype("datetime64[s]")


def years_of(dates: Dates) -> Int64Array:
    """int64[n]."""
    return dates.astype("datetime64[Y]").astype(np.int64) + 1970


def headings(dates: Dates) -> list[tuple[int, str]]:
    """Where a new day, month or year begins, and what it is called: as fine as leaves a glance over all of them.

    Args:
        dates: datetime64[s][n], in the order shown.
    """
    if not dates.size:
        return []
    days = dates.astype("datetime64[D]")
    if int((days.max() - days.min()).astype(int)) <= _DAYS_AT_MOST:
        unit = "D"
    else:
        months = dates.astype("datetime64[M]")
        unit = "M" if int((months.max() - months.min()).astype(int)) <= _MONTHS_AT_MOST else "Y"
    parts = dates.astype(f"datetime64[{unit}]")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(parts).astype(np.int64)) + 1])
    return [(int(start), _said(str(parts[start]))) for start in starts]


def _said(date: str) -> str:
    year, *rest = date.split("-")
    if not rest:
        return year
    month = tr(_MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        return tr("{day} {month} {year}", day=int(rest[1]), month=month, year=year)
    return tr("{month} {year}", month=month, year=year)
