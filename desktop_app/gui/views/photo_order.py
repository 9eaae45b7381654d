"""In which order photos are shown, which of them, and under which dates: a hundred thousand in the blink of an eye."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from desktop_app.engine.types import Float32Array, Int64Array, Photo

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS_AT_MOST = 60
_MONTHS_AT_MOST = 72

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


def dates_of(photos: Sequence[Photo]) -> Dates:
    """When photos were taken, or else last changed, datetime64[s][n] in local time.

    A date that no calendar knows counts as none.
    """
    dates = np.array([photo.mtime_ns // 1_000_000_000 for photo in photos], dtype="datetime64[s]")
    told = np.array([i for i, photo in enumerate(photos) if photo.taken_at], dtype=np.int64)
    texts = [(photo.taken_at or "")[:19] for photo in photos if photo.taken_at]
    try:
        dates[told] = np.array(texts, dtype="datetime64[s]")
    except ValueError:
        for row, text in zip(told.tolist(), texts, strict=True):
            try:
                dates[row] = np.datetime64(text, "s")
            except ValueError:
                continue
    return dates


def filtered(
    photos: Sequence[Photo], wanted: Wanted, unsure: Collection[int] = (), duplicates: Collection[int] = ()
) -> list[Photo]:
    """Those of ``photos`` that are wanted, in their order.

    Args:
        photos: to choose from.
        wanted: all of it must hold.
        unsure: ids of the photos that no group claims.
        duplicates: ids of the photos that are there more than once.
    """
    found = list(photos)
    if wanted.text:
        text = wanted.text.casefold()
        found = [photo for photo in found if text in photo.path.name.casefold()]
    if wanted.camera:
        found = [photo for photo in found if photo.camera == wanted.camera]
    if wanted.damaged:
        found = [photo for photo in found if photo.damaged]
    for asked, holders in ((wanted.unsure, unsure), (wanted.duplicate, duplicates)):
        if asked:
            ids = frozenset(holders)
            found = [photo for photo in found if photo.id in ids]
    if wanted.year is not None and found:
        years = dates_of(found).astype("datetime64[Y]").astype(np.int64) + 1970
        found = [found[row] for row in np.flatnonzero(years == wanted.year).tolist()]
    return found


def order(photos: Sequence[Photo], by: Sort, confidence: Float32Array | None = None) -> Int64Array:
    """Rows of ``photos`` in the order wanted, int64[n]; what is equal keeps its place.

    Args:
        photos: in the order of their likeness to the group.
        by: oldest, first by name, largest or least sure first.
        confidence: float32[n], how surely each belongs to its group; without it, that order changes nothing.
    """
    if by is Sort.DATE:
        return np.argsort(dates_of(photos), kind="stable")
    if by is Sort.NAME:
        names = [(photo.path.name.casefold(), os.fspath(photo.path)) for photo in photos]
        return np.array(sorted(range(len(photos)), key=names.__getitem__), dtype=np.int64)
    if by is Sort.SIZE:
        return np.argsort([-photo.size_bytes for photo in photos], kind="stable")
    if by is Sort.UNSURE_FIRST and confidence is not None:
        return np.argsort(confidence, kind="stable")
    return np.arange(len(photos), dtype=np.int64)


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
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
