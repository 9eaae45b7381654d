"""What decoding a file gives: a picture, the reason why there is none, or the wish to be tried elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image

from desktop_app.engine.pictures.pixels import upright


class DecodeError(Exception):
    """A file that cannot be shown.

    Args:
        code: ``empty``, ``not-an-image``, ``unsupported-format``, ``unsupported-kind`` (a rare kind of a format that is
            read otherwise), ``too-large``, ``unreadable``, ``too-slow`` or ``decoder-crashed``.
        message: what is wrong, of `reasons`, in English.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotHere(Exception):
    """Decoding is to go on elsewhere.

    Args:
        costly: because it takes much memory; otherwise because it is damaged.
    """

    def __init__(self, costly: bool) -> None:
        super().__init__(costly)
        self.costly = costly


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as a person would see it.

    Attributes:
        image: upright, RGB, 8 bits.
        width: of the full picture, upright, pixels (``image`` may be smaller).
        height: likewise.
        taken_at: EXIF date as ISO 8601 without zone, or None.
        camera: make and model, or None.
        damaged: only part of the picture could be read.
        oriented: the file itself says that the stored picture is to be turned, which was done.
    """

    image: Image.Image
    width: int
    height: int
    taken_at: str | None
    camera: str | None
    damaged: bool
    oriented: bool = False

    def turned(self, orientation: int) -> Decoded:
        """The picture turned as an EXIF orientation says."""
        sides = (self.height, self.width) if orientation >= 5 else (self.width, self.height)
        return replace(self, image=upright(self.image, orientation), width=sides[0], height=sides[1])
