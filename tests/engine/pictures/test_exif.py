"""Dates and cameras as a person would write them."""

from __future__ import annotations

import pytest
from PIL import Image

from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.exif import camera_name, from_bytes, iso_date
from tests.helpers.pictures import encode


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2019:07:21 18:03:59", "2019-07-21T18:03:59"),
        ("2019-07-21T18:03:59+02:00", "2019-07-21T18:03:59"),
        ("2019:07:21 18:03:59\0", "2019-07-21T18:03:59"),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2019:02:30 10:00:00", None),
        ("2019:07:21 25:00:00", None),
        ("0001:01:01 00:00:00", None),
        ("9999:12:31 23:59:59", None),
        ("yesterday", None),
        (b"2019:07:21 18:03:59", None),
        (None, None),
        (20190721, None),
    ],
)
def test_dates(value, wanted):
    assert iso_date(value) == wanted


@pytest.mark.parametrize(
    ("make", "model", "wanted"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("EASTMAN KODAK COMPANY", "KODAK DX4330", "KODAK DX4330"),
        ("SEIKO EPSON CORP.", "PhotoPC 3000Z", "SEIKO EPSON PhotoPC 3000Z"),
        ("OLYMPUS OPTICAL CO.,LTD", "C720UZ", "OLYMPUS OPTICAL C720UZ"),
        ("KYOCERA   ", "FC-S3\0\0", "KYOCERA FC-S3"),
        ("samsung", "SM-G965W", "samsung SM-G965W"),
        ("Apple", None, "Apple"),
        (None, "Pixel 7", "Pixel 7"),
        ("", "", None),
        (7, b"x", None),
        ("A\nB", "C\x1b[31m", "A B C [31m"),
    ],
)
def test_cameras(make, model, wanted):
    assert camera_name(make, model) == wanted


def test_metadata_travels_with_the_picture():
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Kindred", "Test 1", 6
    exif.get_ifd(0x8769)[0x9003] = "2021:05:06 07:08:09"
    for pillow in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF"):
        decoded = decode(encode(Image.new("RGB", (16, 16)), pillow, exif=exif.tobytes()), 8)
        assert (decoded.taken_at, decoded.camera) == ("2021-05-06T07:08:09", "Kindred Test 1"), pillow


def test_damaged_metadata_costs_only_itself():
    exif = Image.Exif()
    exif[0x010F] = "Kindred"
    exif.get_ifd(0x8769)[0x9003] = "2021:05:06 07:08:09"
    block = exif.tobytes()
    for cut in range(len(block)):
        from_bytes(block[6:cut])
        data = encode(Image.new("RGB", (16, 16)), "JPEG", exif=block[: max(cut, 6)])
        assert decode(data, None).image.size == (16, 16)
