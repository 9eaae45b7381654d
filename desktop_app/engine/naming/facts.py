"""What is known of a folder's photos that a group can be named by: words, months, and the folders they came from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from desktop_app.engine.naming.words import WORDS
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Float32Array, Float64Array, Int32Array, Int64Array

_Value = TypeVar("_Value", int, str)

NONE = -1
"""Stands for a photo without a date, or one that lies in no sub-folder."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Some photos together.

    Attributes:
        count: how many.
        words: float64[W], how many of them show what each word says: sums of probabilities.
        months: float64[M], how many were taken in each of the folder's months.
        folders: float64[F], how many lie in each sub-folder.
    """

    count: int
    words: Float64Array
    months: Float64Array
    folders: Float64Array

    def plus(self, other: Sums) -> Sums:
        """These photos and others."""
        words, months, folders = self.words + other.words, self.months + other.months, self.folders + other.folders
        return Sums(self.count + other.count, words, months, folders)

    def without(self, other: Sums) -> Sums:
        """The photos that are not among ``other``."""
        words = (self.words - other.words).clip(0)
        return Sums(self.count - other.count, words, self.months - other.months, self.folders - other.folders)

    def shares(self) -> Sums:
        """The same as shares of the photos; all 0 where there are none."""
        by = max(self.count, 1)
        return Sums(self.count, self.words / by, self.months / by, self.folders / by)


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """All photos of a folder, rows in ascending order of ids.

    Attributes:
        photo_ids: int64[N], ascending.
        words: keys of `WORDS`.
        shown: float32[N, W], how probably each word holds of each photo.
        months: int32[N], row of ``month_names``, `NONE` where the date is unknown.
        month_names: months since the year 0 in which photos were taken, ascending.
        folders: int32[N], row of ``folder_names``, `NONE` for what lies in no sub-folder.
        folder_names: sorted.
    """

    photo_ids: Int64Array
    words: tuple[str, ...]
    shown: Float32Array
    months: Int32Array
    month_names: tuple[int, ...]
    folders: Int32Array
    folder_names: tuple[str, ...]

    def of(self, photo_ids: Int64Array) -> Sums:
        """Some of the photos together; those that are not of this folder do not count."""
        wanted = np.sort(photo_ids)  # so that no order of them changes a sum
        rows = np.searchsorted(self.photo_ids, wanted)
        there = rows < len(self.photo_ids)
        rows = rows[there][self.photo_ids[rows[there]] == wanted[there]]
        shown = self.shown if len(rows) == len(self.photo_ids) else self.shown[rows]  # else all of it were copied
        return Sums(
            len(rows),
            shown.sum(axis=0, dtype=np.float64),
            _counts(self.months[rows], len(self.month_names)),
            _counts(self.folders[rows], len(self.folder_names)),
        )


def facts_of(
    root: Path, photos: PhotoList, photo_ids: Int64Array, words: Sequence[str], shown: Float32Array | None
) -> Facts:
    """Gather what is known.

    Args:
        root: the folder.
        photos: of the folder.
        photo_ids: int64[N], of the rows of ``shown``.
        words: names of its columns; those that are not in `WORDS` are left out.
        shown: float32[N, W]; None where the model knows no words.
    """
    order = np.argsort(photo_ids, kind="stable")
    ids = photo_ids[order]
    known = [place for place, word in enumerate(words) if word in WORDS] if shown is not None else []
    found = np.zeros((len(ids), 0), np.float32)
    if shown is not None:  # of 100,000 photos a copy takes 50 MB
        found = shown if np.array_equal(ids, photo_ids) else shown[order]
        found = found if len(known) == len(words) else found[:, known]
    top = len(os.fspath(root).rstrip(os.sep)) + 1
    # Photos share months and folders: each is made out once.
    month, folder = cache(_month), cache(_folder)
    months, month_names = _coded([month(taken and taken[:7]) for taken in photos.taken.tolist()])
    folders, folder_names = _coded([folder(path[top:].rpartition(os.sep)[0]) for path in photos.paths.texts()])
    rows = _rows_of(ids, photos.ids)
    months, folders = (np.append(values, np.int32(NONE))[rows] for values in (months, folders))
    return Facts(ids, tuple(words[place] for place in known), found, months, month_names, folders, folder_names)


def _rows_of(ids: Int64Array, among: Int64Array) -> Int64Array:
    """int64[n], the row of each id; one behind the last where it is not there."""
    if not among.size:
        return np.zeros(len(ids), np.int64)
    order = np.argsort(among, kind="stable")
    rows = order[np.searchsorted(among, ids, sorter=order).clip(max=len(among) - 1)]
    return np.where(among[rows] == ids, rows, len(among))


def _counts(rows: Int32Array, number: int) -> Float64Array:
    return np.bincount(rows[rows != NONE], minlength=number).astype(np.float64)


def _coded(values: Sequence[_Value | None]) -> tuple[Int32Array, tuple[_Value, ...]]:
    names = sorted({value for value in values if value is not None})
    rows = {name: row for row, name in enumerate(names)}
    return np.array([NONE if value is None else rows[value] for value in values], np.int32), tuple(names)


def _month(taken: str | None) -> int | None:
    """Months since the year 0."""
    return int(taken[:4]) * 12 + int(taken[5:7]) - 1 if taken else None


def _folder(below: str) -> str | None:
    """The sub-folder that a photo lies in, by its folder's path below the first; of folders in folders the last."""
    return below.rpartition(os.sep)[2] or None
