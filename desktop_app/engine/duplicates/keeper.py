"""Which of several photos of one picture to keep, and why, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.duplicates.fingerprint import Fingerprint
from desktop_app.engine.language import figure, tr
from desktop_app.engine.pictures.formats import RAW_EXTENSIONS
from desktop_app.engine.types import Photo
from desktop_app.engine.wording import data_size, moment

_MUCH_LARGER = 2.0
"""Times as many pixels. From there on size counts before sharpness, which the thumbnail tells of both at one size."""
_SHARPER = 1.3
"""Times the variance of the Laplacian. Less than that, recompression makes as well."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A photo with what is measured of its picture; None where there is no thumbnail."""

    photo: Photo
    fingerprint: Fingerprint | None

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.photo.width * self.photo.height

    @property
    def sharpness(self) -> float:
        """See `Fingerprint.sharpness`; 0 where nothing is known."""
        return self.fingerprint.sharpness if self.fingerprint is not None else 0.0


def rank(one: Candidate) -> tuple[object, ...]:
    """A key to sort by, the one to keep first.

    Whole before damaged; with a RAW file before without; the larger by far; the sharper by far; the larger, by pixels
    and by bytes; with more files beside it; the older; the one with the shorter path. It does not depend on what else
    is in a set, so that of three photos the best is also the better of any two.
    """
    photo = one.photo
    return (
        photo.damaged,
        not has_raw(photo),
        -round(math.log(max(one.pixels, 1), _MUCH_LARGER)),
        -round(math.log(max(one.sharpness, 1e-3), _SHARPER)),
        -one.pixels,
        -photo.size_bytes,
        -len(photo.companions),
        # A date that is known is older than none: programs that strip it make the later file.
        not photo.taken_at,
        photo.taken_at or "",
        photo.mtime_ns,
        len(str(photo.path)),
        str(photo.path),
    )


def reason(kept: Candidate, others: Sequence[Candidate]) -> str:
    """Why ``kept`` rather than any of ``others``, of which there is one at least: what tells it from all of them."""
    photo, rest = kept.photo, [one.photo for one in others]
    several = len(rest) > 1
    if not photo.damaged and all(one.damaged for one in rest):
        return tr("whole, the others are damaged") if several else tr("whole, the other is damaged")
    if has_raw(photo) and not any(map(has_raw, rest)):
        return tr("has its RAW file")
    size = f"{figure(photo.width)} × {figure(photo.height)}"
    larger = tr("largest: {size}", size=size) if several else tr("larger: {size}", size=size)
    if all(kept.pixels >= _MUCH_LARGER * one.pixels for one in others):
        return larger
    if all(kept.sharpness > _SHARPER * one.sharpness for one in others):
        return tr("sharpest") if several else tr("sharper")
    if all(kept.pixels > one.pixels for one in others):
        return larger
    if all(photo.size_bytes > one.size_bytes for one in rest):
        size = data_size(photo.size_bytes)
        return tr("least compressed: {size}", size=size) if several else tr("less compressed: {size}", size=size)
    if all(len(photo.companions) > len(one.companions) for one in rest):
        return tr("has %n files beside it", "", len(photo.companions), one="has %n file beside it")
    if photo.taken_at and all(one.taken_at is None or photo.taken_at < one.taken_at for one in rest):
        time = moment(photo.taken_at)
        return tr("oldest: taken {time}", time=time) if several else tr("older: taken {time}", time=time)
    if all(photo.mtime_ns < one.mtime_ns for one in rest):
        return tr("oldest file") if several else tr("older file")
    return tr("best in most respects") if several else tr("as good as the other")


def has_raw(photo: Photo) -> bool:
    """Whether a RAW file is the photo or lies beside it."""
    return any(path.suffix.lower() in RAW_EXTENSIONS for path in (photo.path, *photo.companions))
