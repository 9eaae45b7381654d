"""A photo as large as it is wanted, turned as the grid shows it, with what its camera wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from desktop_app.engine.errors import UserError
from desktop_app.engine.index import beside
from desktop_app.engine.index.reading import best_picture
from desktop_app.engine.language import tr
from desktop_app.engine.pictures import decode, reasons
from desktop_app.engine.pictures.details import details
from desktop_app.engine.pictures.formats import HEAD_BYTES, sniff
from desktop_app.engine.pictures.result import DecodeError
from desktop_app.engine.types import Photo, PhotoFile
from desktop_app.engine.wording import display_path

MOST_PIXELS = 120_000_000
"""A larger picture is shown smaller: at three bytes a pixel this takes 360 MB."""


@dataclass(frozen=True, slots=True)
class LargePicture:
    """A photo to look at.

    Attributes:
        image: upright, RGB; as large as was asked for or larger.
        width: of the whole picture, upright, pixels.
        height: likewise.
        damaged: only part of the picture could be read.
        lines: captions and texts of what the camera wrote, see `pictures.details.details`.
    """

    image: Image.Image
    width: int
    height: int
    damaged: bool
    lines: tuple[tuple[str, str], ...]


def open_large(photo: Photo, size: int | None, check: Callable[[], object] | None = None) -> LargePicture:
    """Read a photo again from its file.

    Args:
        photo: as it was indexed.
        size: wanted short side, pixels; None: the whole picture, as far as `MOST_PIXELS` allow.
        check: called now and then while a long decode is waited for; what it raises ends the wait.

    Raises:
        UserError: ``photo-missing`` where the file is gone, ``photo-unreadable`` with the reason otherwise.
    """
    pixels = photo.width * photo.height
    if size is None and pixels > MOST_PIXELS:
        size = int(min(photo.width, photo.height) * (MOST_PIXELS / pixels) ** 0.5)
    name = display_path(photo.path)
    try:
        data = decode.read_bytes(photo.path)
        format = sniff(data[:HEAD_BYTES]) or ""
        file = PhotoFile(photo.path, photo.companions, photo.size_bytes, photo.mtime_ns, format)
        decoded = best_picture(data, file, size, check)
    except FileNotFoundError as error:
        raise UserError("photo-missing", tr("{name} is not there any more.", name=name)) from error
    except OSError as error:
        text = tr("{name} cannot be read: {reason}.", name=name, reason=error.strerror or error)
        raise UserError("photo-unreadable", text) from error
    except DecodeError as error:
        text = tr("{name} cannot be shown: {why}", name=name, why=reasons.said(error.message))
        raise UserError("photo-unreadable", text) from error
    if not decoded.oriented:
        turns = (note.orientation for note in beside.read_sidecars(file))
        turn = next((turn for turn in turns if turn not in (None, 1)), None)
        decoded = decoded.turned(turn) if turn else decoded
    return LargePicture(decoded.image, decoded.width, decoded.height, decoded.damaged, details(data, format))
