"""What a photo's file says about how it was taken: lines for a person to read beside the large picture."""

from __future__ import annotations

import io
import math
from fractions import Fraction

from PIL import ExifTags, Image

from desktop_app.engine.language import spoken, tr, tr_noop
from desktop_app.engine.pictures import exif, isobmff, pillow
from desktop_app.engine.pictures.formats import FORMATS

_EXIF = ExifTags.Base
_BULBS = {0: tr_noop("no flash"), 1: tr_noop("flash")}
_MODES = {
    1: tr_noop("manual"),
    2: tr_noop("program"),
    3: tr_noop("aperture priority"),
    4: tr_noop("shutter priority"),
}
_MOST = 200


def details(data: bytes, format: str) -> tuple[tuple[str, str], ...]:
    """Read what the camera wrote.

    Args:
        data: the whole file.
        format: key of `formats.FORMATS`.

    Returns:
        Pairs of a caption and a text, only for what is there and can be understood: camera, lens, exposure, aperture,
        sensitivity, focal length, flash, place (degrees), software, description. Never raises for what a file holds.
    """
    try:
        found = _exif_of(data, format)
        return tuple(_lines(found)) if found is not None else ()
    except Exception:  # noqa: BLE001 - boundary: damaged metadata raises anything, and the picture is still good
        return ()


def _exif_of(data: bytes, format: str) -> Image.Exif | None:
    block: bytes | None = None
    if format == "jpeg":
        block = exif.jpeg_exif_block(data[: 1 << 20])
    elif format in ("heif", "avif"):
        block = _item(data)
    elif format == "raw":
        block = data if data[:2] in (b"II", b"MM") else None
    elif row := FORMATS.get(format):
        pillow.silence()
        with Image.open(io.BytesIO(data), formats=row.pillow) as image:
            found = image.getexif()
            for inner in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
                found.get_ifd(inner)  # read while the file is open, and kept
            return found
    if not block:
        return None
    read = Image.Exif()
    read.load(block)
    return read


def _item(data: bytes) -> bytes | None:
    """The EXIF item of a HEIF or AVIF file, from its TIFF header on (ISO/IEC 23008-12, annex A)."""
    container = isobmff.parse(data)
    item = next((item for item in container.items.values() if item.kind == b"Exif"), None) if container else None
    if item is None:
        return None
    content = item.content(data)
    return content[4 + int.from_bytes(content[:4], "big") :]


def _lines(found: Image.Exif) -> list[tuple[str, str]]:
    taken = found.get_ifd(ExifTags.IFD.Exif)
    lines = [
        (tr("Camera"), exif.camera_name(found.get(_EXIF.Make), found.get(_EXIF.Model))),
        (tr("Lens"), _text(taken.get(_EXIF.LensModel))),
        (tr("Exposure"), _exposure(taken.get(_EXIF.ExposureTime))),
        (tr("Aperture"), _number(taken.get(_EXIF.FNumber), "f/{:.3g}")),
        (tr("Sensitivity"), _number(_first(taken.get(_EXIF.ISOSpeedRatings)), "ISO {:.0f}")),
        (tr("Focal length"), _focal_length(taken)),
        (tr("Correction", "of exposure"), _number(taken.get(_EXIF.ExposureBiasValue), "{:+.1f} EV", zero=False)),
        (tr("Program", "of a camera"), _mode(taken.get(_EXIF.ExposureProgram))),
        (tr("Flash"), _flash(taken.get(_EXIF.Flash))),
        (tr("Place", "where a photo was taken"), _place(found.get_ifd(ExifTags.IFD.GPSInfo))),
        (tr("Software"), _text(found.get(_EXIF.Software))),
        (tr("Artist"), _text(found.get(_EXIF.Artist))),
        (tr("Description"), _text(found.get(_EXIF.ImageDescription))),
    ]
    return [(caption, text) for caption, text in lines if text]


def _text(value: object) -> str:
    text = exif.clean_text(value, _MOST)
    return "" if text == "null" else text  # what some programs write where nothing was said


def _first(value: object) -> object:
    return value[0] if isinstance(value, tuple) and value else value


def _float(value: object) -> float | None:
    """A number that a camera wrote; None for text, infinities and fractions over zero."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None


def _number(value: object, form: str, *, zero: bool = True) -> str:
    number = _float(value)
    return _pointed(form.format(number)) if number is not None and (zero or number) and number > -100 else ""


def _pointed(number: str) -> str:
    """With the decimal sign of the language that is spoken."""
    return number.replace(".", spoken().decimal)


def _exposure(value: object) -> str:
    seconds = _float(value)
    if seconds is None or seconds <= 0:
        return ""
    if seconds >= 0.3:
        return _pointed(f"{seconds:.3g} s")
    return f"1/{Fraction(1 / seconds).limit_denominator(1).numerator} s"


def _focal_length(taken: dict[int, object]) -> str:
    text = _number(taken.get(_EXIF.FocalLength), "{:.3g} mm", zero=False)
    full = _number(taken.get(_EXIF.FocalLengthIn35mmFilm), "{:.0f} mm", zero=False)
    if text and full and full != text:
        return tr("{length} (as {full} on full frame)", length=text, full=full)
    return text or full


def _mode(value: object) -> str:
    return tr(_MODES[value]) if isinstance(value, int) and value in _MODES else ""


def _flash(value: object) -> str:
    return tr(_BULBS[value & 1]) if isinstance(value, int) else ""


def _place(gps: dict[int, object]) -> str:
    """Latitude and longitude in degrees, as maps take them."""
    parts = []
    for letter, degrees, positive, highest in (
        (ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude, "N", 90),
        (ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude, "E", 180),
    ):
        values = gps.get(degrees)
        numbers = [_float(value) for value in values] if isinstance(values, tuple) else []
        side = str(gps.get(letter, ""))[:1]
        if len(numbers) != 3 or None in numbers or not side:
            return ""
        whole = sum(number / 60**power for power, number in enumerate(numbers) if number is not None)
        if not 0 <= whole <= highest:
            return ""
        parts.append(f"{whole if side == positive else -whole:.5f}")
    return ", ".join(parts) if parts != ["0.00000", "0.00000"] else ""
