"""Camera RAW, on small DNG files written here: preview, orientation, development without a preview."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
import rawpy
from PIL import Image

from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.formats import sniff
from desktop_app.engine.pictures.raw import decode_raw
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, quadrants
from tests.helpers.raw import make_dng


def test_the_preview_is_shown_with_the_full_size_date_and_camera():
    decoded = decode(make_dng(800, 600, quadrants(640, 480)), 96)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])
    assert min(decoded.image.size) >= 96
    assert (decoded.width, decoded.height) == (800, 600)
    assert (decoded.taken_at, decoded.camera) == ("2020-02-29T12:00:00", "Kindred Raw 1")


def lying(orientation: int) -> Image.Image:
    """The four colors as a sensor sees them that is to be turned so."""
    turned_back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = quadrants(640, 480)
    return picture.transpose(turned_back[orientation]) if orientation > 1 else picture


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("tagged", [False, True])
def test_the_preview_is_turned_as_the_camera_was(orientation, tagged):
    sensor = (800, 600) if orientation < 5 else (600, 800)
    data = make_dng(*sensor, lying(orientation), orientation, tag=orientation if tagged else None)
    decoded = decode(data, 96)
    assert (decoded.width, decoded.height) == (800, 600)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
@pytest.mark.parametrize("tag", [None, 1, 6])
def test_a_preview_that_is_upright_already_is_not_turned_again(orientation, tag):
    for upright, sensor in ((quadrants(640, 480), (600, 800)), (quadrants(480, 640), (800, 600))):
        decoded = decode(make_dng(*sensor, upright, orientation, tag=tag), 96)
        assert (decoded.width, decoded.height) == sensor[::-1]
        assert (decoded.image.width > decoded.image.height) == (decoded.width > decoded.height)
        assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


def test_a_preview_of_another_shape_says_itself_which_way_is_up():
    square = quadrants(500, 500).rotate(90)
    assert_close(corners(decode(make_dng(800, 600, square, 6), 96).image), [RED, GREEN, BLUE, GRAY])


@pytest.mark.parametrize("preview", [None, quadrants(64, 48)])
def test_without_a_useful_preview_the_sensor_is_developed(preview):
    decoded = decode(make_dng(800, 600, preview), 256)
    assert decoded.image.size == (400, 300)
    assert (decoded.width, decoded.height) == (800, 600)
    pixels = np.asarray(decoded.image, int)
    assert np.ptp(pixels[:, 50:-50], axis=0).max() < 12  # the readout is even from top to bottom, the preview was not
    assert pixels[:, 300].mean() > pixels[:, 100].mean() + 20


@pytest.mark.parametrize("orientation", [1, 3, 6, 8, 5, 7])
def test_a_developed_sensor_is_turned_and_told_upright(orientation):
    decoded = decode(make_dng(800, 600, None, orientation), 256)
    assert decoded.image.size == ((300, 400) if orientation >= 5 else (400, 300))
    assert (decoded.width, decoded.height) == ((600, 800) if orientation >= 5 else (800, 600))


def test_a_sensor_of_one_color_is_damaged():
    with pytest.raises(DecodeError) as caught:
        decode(make_dng(800, 600, None, flat=True), 256)
    assert caught.value.code == "unreadable"
    assert_close(corners(decode(make_dng(800, 600, quadrants(64, 48), flat=True), 256).image), [RED, GREEN, BLUE, GRAY])


JPEG_XL = 52546


def test_what_cannot_be_developed_is_shown_by_its_preview_or_refused_by_name():
    decoded = decode(make_dng(800, 600, quadrants(640, 480), compression=JPEG_XL), 512)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])
    assert not decoded.damaged
    with pytest.raises(DecodeError) as caught:
        decode(make_dng(800, 600, None, compression=JPEG_XL), 256)
    assert caught.value.code == "unsupported-kind"
    assert "preview" in caught.value.message


@pytest.mark.parametrize("error", [NotImplementedError, rawpy.LibRawUnsupportedThumbnailError])
def test_a_preview_in_another_code_is_no_preview(monkeypatch, error):
    """Canon's photos of high dynamic range have previews in HEVC, which rawpy does not know."""

    class Raw:
        def __init__(self, opened: object) -> None:
            self._opened = opened

        def __getattr__(self, name: str) -> object:
            return getattr(self._opened, name)

        def __enter__(self) -> Raw:
            return self

        def __exit__(self, *_: object) -> None:
            self._opened.close()

        def extract_thumb(self) -> None:
            raise error("thumbnail format")

    imread = rawpy.imread
    monkeypatch.setattr(rawpy, "imread", lambda file: Raw(imread(file)))
    assert decode_raw(make_dng(800, 600, quadrants(640, 480)), 256).image.size == (400, 300)


def test_a_cut_file_whose_first_picture_is_black_is_no_photo():
    """Some writers put a small empty picture first, the directories of the others behind the sensor's data."""
    file = io.BytesIO()
    Image.new("RGB", (32, 24)).save(file, "TIFF", tiffinfo={50706: b"\x01\x04\0\0", 271: "Maker"})
    with pytest.raises(DecodeError) as caught:
        decode(file.getvalue(), 96, format="raw")
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.97])
def test_cut_raw_files_are_shown_or_refused(share):
    data = make_dng(800, 600, quadrants(640, 480))
    with contextlib.suppress(DecodeError):
        assert decode(data[: int(len(data) * share)], 96).image.mode == "RGB"


def test_raw_is_told_from_tiff_by_its_content():
    assert sniff(make_dng(80, 60, None)[:4096]) in ("raw", "tiff")  # the directory may lie beyond the head
    assert sniff(encode(quadrants(), "TIFF")[:4096]) == "tiff"
