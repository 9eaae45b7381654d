"""Which XMP sidecars belong to a photo, and what a new one is called.

Programs spell the name in two ways. digiKam and darktable put ``.xmp`` behind the whole name (``IMG.jpg.xmp``), so that
a JPEG and a RAW of one number have a sidecar each. Lightroom, Bridge and Camera Raw put it in place of the ending
(``IMG.xmp``), and read it for RAW files only. Where nothing tells which of them a person uses, a photo with a RAW file
gets the second, which all of them read for RAW files, and any other photo the first: no program but those of the first
kind looks for a sidecar of a JPEG, and no two photos can claim the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Literal, get_args

from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import tr
from desktop_app.engine.organize.disk.names import fold
from desktop_app.engine.pictures.formats import IMAGE_EXTENSIONS, RAW_EXTENSIONS
from desktop_app.engine.types import Photo

Spelling = Literal["auto", "digikam", "lightroom"]
"""How a new sidecar is named: as its folder does already, ``IMG.jpg.xmp``, or ``IMG.xmp``."""
SPELLINGS: tuple[Spelling, ...] = get_args(Spelling)


def of_photo(photo: Photo) -> tuple[Path, ...]:
    """The sidecars a photo has: of its own file, and of another picture in its unit. By name, the photo's own first.

    Those of further versions (``IMG_01.jpg.xmp`` of darktable) are none of them: each has keywords of its own.
    """
    own = _names_of(photo.path)
    others = {name for path in photo.companions if _is_picture(path) for name in _names_of(path)}
    found = [path for path in photo.companions if path.suffix.lower() == ".xmp" and fold(path.stem) in own | others]
    return tuple(sorted(found, key=lambda path: (fold(path.stem) not in own, path.name)))


class Naming:
    """Names for new sidecars.

    Args:
        photos: all that are known, also those that get none.
        spelling: what the person wants.

    Raises:
        UsageError: ``unknown-spelling``.
    """

    def __init__(self, photos: Iterable[Photo], spelling: Spelling) -> None:
        if spelling not in SPELLINGS:
            raise UsageError(
                "unknown-spelling",
                tr("There is no spelling {name} of sidecars.", name=repr(spelling)),
                tr("Choose one of: {names}.", names=", ".join(SPELLINGS)),
            )
        self._spelling = spelling
        self._used: Counter[tuple[Path, bool, bool]] = Counter()
        self._stems: Counter[tuple[Path, str]] = Counter()
        for photo in photos:
            folder, raw = photo.path.parent, _has_raw(photo)
            self._stems[folder, fold(photo.path.stem)] += 1
            for path in of_photo(photo):
                self._used[folder, raw, PurePath(path.stem).suffix.lower() in IMAGE_EXTENSIONS] += 1

    def new(self, photo: Photo) -> Path:
        """What the sidecar of a photo that has none is called."""
        path = photo.path
        # Of two photos of one name both could claim it, and one would get the other's keyword.
        shared = self._stems[path.parent, fold(path.stem)] > 1
        return path.with_name(f"{path.name if shared or self._whole_name(photo) else path.stem}.xmp")

    def _whole_name(self, photo: Photo) -> bool:
        folder, raw = photo.path.parent, _has_raw(photo)
        whole, stem = self._used[folder, raw, True], self._used[folder, raw, False]
        if self._spelling != "auto":
            return self._spelling == "digikam"
        return whole >= stem if whole or stem else not raw


def _names_of(picture: Path) -> set[str]:
    return {fold(picture.name), fold(picture.stem)}


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_EXTENSIONS


def _has_raw(photo: Photo) -> bool:
    return any(path.suffix.lower() in RAW_EXTENSIONS for path in (photo.path, *photo.companions))
