"""Dates and cameras as a person would write them."""

from __future__ import annotations

import pytest
from PIL import Image

from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.exif import camera_name, from_bytes, from_plain, iso_date, jpeg_exif_block
from tests.helpers.pictures import encode
from tests.helpers.sample_data import sample_data


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


def block(make: str = "Canon", orientation: object = 6, space: int = 1, date: str = "2021:05:06 07:08:09") -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = make, "Nine", "2021:05:06 07:08:10"
    if orientation is not None:
        exif[0x0112] = orientation
    exif.get_ifd(0x8769).update({0x9003: date, 0xA001: space})
    return exif.tobytes().removeprefix(b"Exif\0\0")


def test_a_plain_block_is_read_as_pillow_reads_it():
    for data in (
        block(),
        block("abc"),
        block("a"),
        block("\xe9\xe8\xea\xeb\xec", 1),
        block(orientation=77),
        block(date="x"),
    ):
        found = from_plain(data)
        assert found is not None
        assert found == from_bytes(data)
    assert from_bytes(block()).saved_at == "2021-05-06T07:08:10"


def test_a_block_without_a_turn_is_plain_where_nothing_else_could_tell_of_one():
    data = block(orientation=None)
    assert from_plain(data) is None
    assert from_plain(data, turned_elsewhere=False) == from_bytes(data)


@pytest.mark.parametrize(
    "odd",
    [b"", b"II*\0", b"II*\0\xff\xff\xff\0", block(orientation=None), block(space=0xFFFF)],
    ids=["nothing", "a beginning", "outside", "not turned", "another space"],
)
def test_what_is_unusual_is_left_to_pillow(odd: bytes):
    assert from_plain(odd) is None


def test_no_byte_of_a_block_makes_the_plain_reading_raise_or_differ():
    whole = block()
    for at in range(len(whole)):
        for value in (0, 1, 255, whole[at] ^ 64):
            data = whole[:at] + bytes([value]) + whole[at + 1 :]
            assert from_plain(data) in (None, from_bytes(data)), (at, value)
            assert from_plain(data, turned_elsewhere=False) in (None, from_bytes(data)), (at, value)
        from_plain(whole[:at])


@pytest.mark.skipif(not (sample_data() / "originals").is_dir(), reason="no camera files are at hand")
def test_cameras_files_are_read_as_pillow_reads_them():
    plain = 0
    for path in sorted((sample_data() / "originals").glob("*.[jJ]*")):
        data = jpeg_exif_block(path.read_bytes())
        if data and (found := from_plain(data)) is not None:
            assert found == from_bytes(data)
            plain += 1
    assert plain > 20
