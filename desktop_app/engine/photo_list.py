"""Photos as columns of arrays: a hundred thousand take 20 MB instead of 90, and are there in the blink of an eye.

A `Photo` is made when one is asked for. Row i of each column belongs to ``ids[i]``; rows are sorted by path.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from desktop_app.engine.types import Int64Array, Photo

_NOTHING = b"\xff"
"""Stands for None: no text in UTF-8 has that byte."""
_LARGEST = 2**63


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """N texts, or None, in one block.

    Attributes:
        data: all of them, in UTF-8 that keeps lone surrogates (file names may have any bytes).
        starts: int64[N + 1], where each begins, and the end.
    """

    data: bytes
    starts: Int64Array

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> Texts:
        """These texts, in their order."""
        parts = [_NOTHING if text is None else text.encode("utf-8", "surrogatepass") for text in texts]
        starts = np.zeros(len(parts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=starts[1:])
        return cls(b"".join(parts), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def get(self, row: int) -> str | None:
        """The text of a row."""
        part = self.data[self.starts[row] : self.starts[row + 1]]
        return None if part == _NOTHING else part.decode("utf-8", "surrogatepass")

    def text(self, row: int) -> str:
        """The text of a row of a column that knows no None."""
        return self.get(row) or ""

    def tolist(self) -> list[str | None]:
        """All texts."""
        nothing = _NOTHING.decode("latin-1")
        if self.data.translate(None, _NOTHING).isascii():  # as below
            starts, whole = self.starts.tolist(), self.data.decode("latin-1")
            parts = (whole[start:end] for start, end in pairwise(starts))
            return [None if part == nothing else part for part in parts]
        return [self.get(row) for row in range(len(self))]

    def texts(self) -> list[str]:
        """All texts of a column that knows no None."""
        starts = self.starts.tolist()
        ends = starts[1:]
        if self.data.isascii():  # then bytes are letters, and nothing is decoded one by one
            whole = self.data.decode("ascii")
            return [whole[start:end] for start, end in zip(starts, ends, strict=False)]
        data = self.data
        return [data[start:end].decode("utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=False)]


@dataclass(frozen=True, slots=True, eq=False)
class PhotoList(Sequence[Photo]):
    """Photos, sorted by path.

    Attributes:
        ids: int64[N].
        paths: of the images.
        companions: of the rows that have some.
        sizes: int64[N], bytes.
        times: int64[N], when each file was modified, ns.
        far_times: of the rows whose time is beyond 64 bits (ext4 keeps times up to the year 2446).
        hashes: of the contents.
        widths: int64[N], pixels.
        heights: int64[N], pixels.
        taken: when, None where absent.
        cameras: make and model, None where absent.
        damaged: bool[N].
    """

    ids: Int64Array
    paths: Texts
    companions: Mapping[int, tuple[Path, ...]]
    sizes: Int64Array
    times: Int64Array
    far_times: Mapping[int, int]
    hashes: Texts
    widths: Int64Array
    heights: Int64Array
    taken: Texts
    cameras: Texts
    damaged: npt.NDArray[np.bool_]
    _by_id: list[PhotosById] = field(default_factory=list)

    @classmethod
    def of(cls, photos: Sequence[Photo]) -> PhotoList:
        """These photos, which are sorted by path."""
        if isinstance(photos, PhotoList):
            return photos
        far = {row: photo.mtime_ns for row, photo in enumerate(photos) if not -_LARGEST <= photo.mtime_ns < _LARGEST}
        return cls(
            _column(photo.id for photo in photos),
            Texts.of(os.fspath(photo.path) for photo in photos),
            {row: photo.companions for row, photo in enumerate(photos) if photo.companions},
            _column(photo.size_bytes for photo in photos),
            _column(0 if row in far else photo.mtime_ns for row, photo in enumerate(photos)),
            far,
            Texts.of(photo.content_hash for photo in photos),
            _column(photo.width for photo in photos),
            _column(photo.height for photo in photos),
            Texts.of(photo.taken_at for photo in photos),
            Texts.of(photo.camera for photo in photos),
            np.array([photo.damaged for photo in photos], np.bool_),
        )

    @property
    def by_id(self) -> PhotosById:
        """The same photos by their ids."""
        if not self._by_id:
            self._by_id.append(PhotosById(self))
        return self._by_id[0]

    def time(self, row: int) -> int:
        """When the file of a row was modified, ns."""
        return self.far_times.get(row) or int(self.times[row])

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, row: int) -> Photo: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Photo, ...]: ...
    def __getitem__(self, row: int | slice) -> Photo | tuple[Photo, ...]:
        if isinstance(row, slice):
            return tuple(self._photo(one) for one in range(*row.indices(len(self))))
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        return self._photo(row % len(self))

    def __iter__(self) -> Iterator[Photo]:
        return map(self._photo, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]  # as lists

    def _photo(self, row: int) -> Photo:
        return Photo(
            int(self.ids[row]),
            Path(self.paths.text(row)),
            self.companions.get(row, ()),
            int(self.sizes[row]),
            self.time(row),
            self.hashes.text(row),
            int(self.widths[row]),
            int(self.heights[row]),
            self.taken.get(row),
            self.cameras.get(row),
            bool(self.damaged[row]),
        )


class PhotosById(Mapping[int, Photo]):
    """The photos of a list by their ids, in the order of their paths.

    Args:
        photos: each once.
    """

    def __init__(self, photos: PhotoList) -> None:
        self._photos = photos
        self._order = np.argsort(photos.ids, kind="stable")
        self._sorted = photos.ids[self._order]

    @property
    def listed(self) -> PhotoList:
        """The same photos by their rows."""
        return self._photos

    def _row(self, photo_id: object) -> int | None:
        if not isinstance(photo_id, int):
            return None
        place = int(np.searchsorted(self._sorted, photo_id))
        found = place < len(self._sorted) and int(self._sorted[place]) == photo_id
        return int(self._order[place]) if found else None

    def __contains__(self, photo_id: object) -> bool:
        return self._row(photo_id) is not None

    def __getitem__(self, photo_id: int) -> Photo:
        row = self._row(photo_id)
        if row is None:
            raise KeyError(photo_id)
        return self._photos[row]

    def id_at(self, path: Path) -> int | None:
        """Id of the photo at a path, None where there is none."""
        try:
            return int(self._photos.ids[self._photos.paths.texts().index(os.fspath(path))])
        except ValueError:
            return None

    def id_reached_by(self, path: Path) -> int | None:
        """Id of the photo that a path leads to, also through a link or written otherwise; None where there is none."""
        resolved = path.resolve()
        return next((one.id for one in self._photos if one.path == path or one.path.resolve() == resolved), None)

    def __iter__(self) -> Iterator[int]:
        return iter(self._photos.ids.tolist())

    def __len__(self) -> int:
        return len(self._photos)


def _same(one: object, other: object) -> bool:
    return one == other


def _column(values: Iterable[int]) -> Int64Array:
    return np.fromiter(values, np.int64)
