"""What the camera wrote, line by line: known values from files made here, nothing from files that are broken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from desktop_app.engine.errors import UserError
from desktop_app.engine.index.large import open_large
from desktop_app.engine.pictures.details import details
from desktop_app.engine.types import Photo
from tests.helpers.german import german
from tests.helpers.heif import Coded, Heif

TAG = ExifTags.Base


def exif(**taken: object) -> Image.Exif:
    made = Image.Exif()
    made[TAG.Make], made[TAG.Model] = "Example Corporation", "Example X1"
    made[TAG.ImageDescription] = "null"
    inside = made.get_ifd(ExifTags.IFD.Exif)
    for name, value in taken.items():
        inside[TAG[name]] = value
    return made


def saved(format: str, made: Image.Exif) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "teal").save(buffer, format, exif=made.tobytes())
    return buffer.getvalue()


FULL = {
    "LensModel": "Example 35mm\0junk",
    "ExposureTime": IFDRational(1, 250),
    "FNumber": IFDRational(28, 10),
    "ISOSpeedRatings": 400,
    "FocalLength": IFDRational(43, 10),
    "FocalLengthIn35mmFilm": 26,
    "ExposureBiasValue": IFDRational(-2, 3),
    "ExposureProgram": 3,
    "Flash": 25,
}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_lines_say_how_the_photo_was_taken(format: str) -> None:
    made = exif(**FULL)
    place = made.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "S", "E"
    place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = (33.0, 51.0, 36.0), (151.0, 12.0, 0.0)
    assert dict(details(saved(format, made), format.lower())) == {
        "Camera": "Example X1",
        "Lens": "Example 35mm",
        "Exposure": "1/250 s",
        "Aperture": "f/2.8",
        "Sensitivity": "ISO 400",
        "Focal length": "4.3 mm (as 26 mm on full frame)",
        "Correction": "-0.7 EV",
        "Program": "aperture priority",
        "Flash": "flash",
        "Place": "-33.86000, 151.20000",
    }


def test_numbers_have_the_sign_of_the_language_and_places_stay_as_maps_take_them() -> None:
    made = exif(**FULL)
    place = made.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "S", "E"
    place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = (33.0, 51.0, 36.0), (151.0, 12.0, 0.0)
    with german():
        said = [text for _, text in details(saved("JPEG", made), "jpeg")]
    assert {"f/2,8", "-0,7 EV", "-33.86000, 151.20000"} <= set(said)


def test_a_heic_tells_as_much() -> None:
    coded, made = Coded.load("quadrants.heic"), Heif()
    made.primary = made.picture(coded)
    made.exif(exif(**FULL).tobytes().removeprefix(b"Exif\0\0"), made.primary)
    found = dict(details(made.done(), "heif"))
    assert found["Exposure"] == "1/250 s"
    assert found["Camera"] == "Example X1"


def test_what_cannot_be_meant_is_left_out() -> None:
    odd = exif(
        ExposureTime=IFDRational(1, 0), FNumber=IFDRational(0, 0), ISOSpeedRatings=(), FocalLength=IFDRational(0, 1)
    )
    place = odd.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (91.0, 0.0, 0.0)
    assert details(saved("JPEG", odd), "jpeg") == (("Camera", "Example X1"),)


@pytest.mark.parametrize("format", ["jpeg", "png", "heif", "raw", "tiff", "no format"])
def test_broken_files_have_no_lines(format: str) -> None:
    whole = saved("JPEG", exif(**FULL))
    for data in (b"", whole[:30], b"II*\0\xff\xff\xff\x7f", bytes(200)):
        assert details(data, format) == ()


def photo(path: Path, *companions: Path) -> Photo:
    return Photo(1, path, companions, 1, 1, "hash", 64, 32)


def test_a_large_picture_is_turned_as_its_sidecar_says_and_comes_with_its_lines(tmp_path: Path) -> None:
    path, sidecar = tmp_path / "a.jpg", tmp_path / "a.xmp"
    image = Image.new("RGB", (64, 32), "red")
    image.paste("blue", (32, 0, 64, 32))
    image.save(path, exif=exif(**FULL), quality=95)
    sidecar.write_text('<x tiff:Orientation="6"/>')
    found = open_large(photo(path, sidecar), None)
    assert (found.width, found.height, found.image.size) == (32, 64, (32, 64))
    red, _, blue = found.image.getpixel((16, 5))
    assert red > 200 > 60 > blue
    assert ("Exposure", "1/250 s") in found.lines


def test_a_broken_photo_is_shown_from_its_whole_companion(tmp_path: Path) -> None:
    path, other = tmp_path / "a.jpg", tmp_path / "a.png"
    path.write_bytes(b"\xff\xd8\xff\xe0 broken")
    Image.new("RGB", (64, 32), "lime").save(other)
    assert open_large(photo(path, other), None).image.getpixel((3, 3)) == (0, 255, 0)
    with pytest.raises(UserError) as caught:
        open_large(photo(path), None)
    assert caught.value.code == "photo-unreadable"
    path.unlink()
    with pytest.raises(UserError, match="not there any more") as caught:
        open_large(photo(path), None)
    assert caught.value.code == "photo-missing"
