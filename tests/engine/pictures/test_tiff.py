"""Every kind of TIFF: shown as it is meant, or refused by name; never called damaged when it is whole."""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.formats import sniff
from desktop_app.engine.pictures.here import decode_here
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, quadrants
from tests.helpers.tiff import tiff

RGB8 = np.asarray(quadrants())
GRAY8 = np.asarray(quadrants().convert("L"))[..., None]
CMYK8 = np.asarray(quadrants().convert("CMYK"))
FULL = np.full_like(GRAY8, 255)
COLORS = [RED, GREEN, BLUE, GRAY]
GRAYS = corners(quadrants().convert("L").convert("RGB"))


def scaled(pixels: np.ndarray[Any, Any], kind: Any, top: float) -> np.ndarray[Any, Any]:
    """8-bit samples brought to another type, whose white is ``top``."""
    whole = pixels.astype(np.float64) / 255 * top
    return (np.round(whole) if np.dtype(kind).kind in "ui" else whole).astype(kind)


U16, U32, U64, F = np.uint16, np.uint32, np.uint64, np.float32
SHOWN: dict[str, tuple[bytes, list[Any]]] = {
    "gray 8": (tiff(GRAY8, 1), GRAYS),
    "rgb 8": (tiff(RGB8, 2), COLORS),
    "rgb 16": (tiff(scaled(RGB8, U16, 65535), 2), COLORS),
    "rgb 16 big endian": (tiff(scaled(RGB8, U16, 65535), 2, order=">"), COLORS),
    "rgb 16 planar": (tiff(scaled(RGB8, U16, 65535), 2, planar=True), COLORS),
    "rgb 16 planar in strips": (tiff(scaled(RGB8, U16, 65535), 2, planar=True, rows=13), COLORS),
    "rgb 16 planar, packed": (tiff(scaled(RGB8, U16, 65535), 2, planar=True, rows=10, deflate=True), COLORS),
    "rgb 8 planar": (tiff(RGB8, 2, planar=True), COLORS),
    "rgb 10 of 16": (tiff(scaled(RGB8, U16, 1023), 2), COLORS),
    "rgb 32": (tiff(scaled(RGB8, U32, 2**32 - 1), 2), COLORS),
    "rgb float": (tiff(scaled(RGB8, F, 1), 2), COLORS),
    "rgb float, big endian, packed": (tiff(scaled(RGB8, F, 1), 2, order=">", rows=7, deflate=True), COLORS),
    "rgb float, planar": (tiff(scaled(RGB8, F, 1), 2, planar=True), COLORS),
    "rgb half float": (tiff(scaled(RGB8, np.float16, 1), 2), COLORS),
    "rgb double": (tiff(scaled(RGB8, np.float64, 1), 2), COLORS),
    "rgb float to 255": (tiff(scaled(RGB8, F, 255), 2), COLORS),
    "rgb float with alpha": (tiff(np.dstack([scaled(RGB8, F, 1), FULL / F(255)]), 2, extra=(2,)), COLORS),
    "gray float": (tiff(scaled(GRAY8, F, 1), 1), GRAYS),
    "gray float, white is zero": (tiff(1 - scaled(GRAY8, F, 1), 0), GRAYS),
    "gray 64": (tiff(scaled(GRAY8, U64, 2.0**63) * 2, 1), GRAYS),
    "gray 32 unsigned": (tiff(scaled(GRAY8, U32, 2**32 - 1), 1), GRAYS),
    "gray 32 signed": (tiff(scaled(GRAY8, np.int32, 2**31 - 1), 1), GRAYS),
    "gray 16 signed": (tiff(scaled(GRAY8, np.int16, 2**15 - 1), 1), GRAYS),
    "gray 8 signed": (tiff(scaled(GRAY8, np.int8, 127), 1), GRAYS),
    "gray 8 of 16": (tiff(scaled(GRAY8, U16, 255), 1), GRAYS),
    "gray 10 of 16": (tiff(scaled(GRAY8, U16, 1023), 1), GRAYS),
    "gray 12 of 16": (tiff(scaled(GRAY8, U16, 4095), 1), GRAYS),
    "gray 14 of 16": (tiff(scaled(GRAY8, U16, 16383), 1), GRAYS),
    "gray 16": (tiff(scaled(GRAY8, U16, 65535), 1), GRAYS),
    "gray 16, white is zero": (tiff(65535 - scaled(GRAY8, U16, 65535), 0), GRAYS),
    "gray 10 of 32": (tiff(scaled(GRAY8, U32, 1023), 1), GRAYS),
    "gray, white declared": (tiff(scaled(GRAY8, U16, 5000), 1, tags={341: (5000,)}), GRAYS),
    "gray, both ends declared": (tiff(1000 + scaled(GRAY8, U16, 5000), 1, tags={340: (1000,), 341: (6000,)}), GRAYS),
    "gray, a declaration it does not keep to": (tiff(scaled(GRAY8, U16, 4095), 1, tags={341: (100,)}), GRAYS),
    "gray and alpha 16": (tiff(scaled(np.dstack([GRAY8, FULL]), U16, 65535), 1, extra=(2,)), GRAYS),
    "gray and alpha planes": (tiff(scaled(np.dstack([GRAY8, FULL]), U16, 65535), 1, extra=(2,), planar=True), GRAYS),
    "gray and something 16": (tiff(scaled(np.dstack([GRAY8, FULL]), U16, 65535), 1, extra=(0,)), GRAYS),
    "cmyk 8": (tiff(CMYK8, 5), COLORS),
    "cmyk 16": (tiff(scaled(CMYK8, U16, 65535), 5), COLORS),
    "cmyk and alpha": (tiff(np.dstack([CMYK8, FULL]), 5, extra=(2,)), COLORS),
    "cmyk and two spot colors": (tiff(np.dstack([CMYK8, FULL, FULL]), 5, extra=(0, 0)), COLORS),
    "rgb and two more": (tiff(np.dstack([RGB8, GRAY8, GRAY8]), 2, extra=(0, 0)), COLORS),
    "rgb and seven more": (tiff(np.dstack([RGB8, *[GRAY8] * 7]), 2, extra=(0,) * 7), COLORS),
    "rgb 16 and two more": (tiff(scaled(np.dstack([RGB8, GRAY8, GRAY8]), U16, 65535), 2, extra=(0, 0)), COLORS),
    "five gray bands": (tiff(np.dstack([GRAY8] * 5), 1, extra=(0,) * 4), GRAYS),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHOWN)
def test_each_kind_is_shown_as_meant(kind):
    data, wanted = SHOWN[kind]
    assert sniff(data[:4096]) == "tiff"
    for size in (None, 10):
        decoded = decode_here(data, size, "tiff", costly=True)
        assert not decoded.damaged
        assert (decoded.width, decoded.height) == (64, 48)
        assert_close(corners(decoded.image), wanted, 3)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (tiff(RGB8, 2, compression=50002), "JPEG XL"),
        (tiff(RGB8, 2, compression=50001), "WebP"),
        (tiff(RGB8, 2, compression=34712), "JPEG 2000"),
        (tiff(scaled(GRAY8, F, 1), 1, compression=34887), "LERC"),
        (tiff(RGB8, 2, compression=65000), "65000"),
        (tiff(scaled(GRAY8, np.complex64, 1), 1), "complex"),
        (tiff(scaled(RGB8, U16, 65535), 8), "Lab"),
        (tiff(scaled(GRAY8, U16, 65535), 3), "palette"),
        (tiff(RGB8, 2, tags={258: (8, 16, 8)}), "mixed"),
    ],
)
def test_other_kinds_are_refused_by_name(data, name):
    with pytest.raises(DecodeError) as caught:
        decode(data, 64)
    assert caught.value.code == "unsupported-kind"
    assert name in caught.value.message
    assert "damaged" not in caught.value.message


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits"])
@pytest.mark.parametrize("predictor", [1, 2])
def test_compressions_and_differences(compression, predictor):
    ramp = Image.fromarray((np.linspace(0, 1, 64)[None, :].repeat(48, 0) * 65535).astype(np.uint16))
    data = encode(ramp, "TIFF", compression=compression, tiffinfo={317: predictor})
    got = np.asarray(decode_here(data, None, "tiff").image, int)[20, :, 0]
    assert np.abs(got - np.linspace(0, 255, 64)).max() <= 1


def test_floats_stored_byte_by_byte():
    """Predictor 3: rows of each byte of the floats, most significant first, as differences."""
    floats = scaled(RGB8, ">f4", 1).astype(">f4")
    rows = floats.reshape(48, -1).view(np.uint8).reshape(48, -1, 4).transpose(0, 2, 1).reshape(48, -1, 3)
    differences = np.diff(rows, axis=1, prepend=np.zeros((48, 1, 3), np.uint8)).reshape(48, 64, 12)
    data = tiff(
        differences.astype(np.uint8), 2, deflate=True, tags={258: (32,) * 3, 277: (3,), 339: (3,) * 3, 317: (3,)}
    )
    assert_close(corners(decode_here(data, None, "tiff").image), COLORS, 2)


def test_tiles_that_reach_beyond_the_picture():
    deep = scaled(RGB8, U16, 65535)
    tiles = [np.zeros((32, 48, 3), U16) for _ in range(4)]
    for index, tile in enumerate(tiles):
        part = deep[index // 2 * 32 : index // 2 * 32 + 32, index % 2 * 48 : index % 2 * 48 + 48]
        tile[: part.shape[0], : part.shape[1]] = part
    whole = tiff(np.concatenate(tiles), 2)
    size = tiles[0].nbytes
    places = {324: tuple(8 + size * index for index in range(4)), 325: (size,) * 4, 322: (48,), 323: (32,)}
    data = tiff(np.concatenate(tiles), 2, tags={256: (64,), 257: (48,), **places})
    assert len(data) > len(whole)
    data = data.replace(struct.pack("<HH", 273, 4), struct.pack("<HH", 272, 4)).replace(
        struct.pack("<HH", 279, 4), struct.pack("<HH", 280, 4)
    )
    assert_close(corners(decode_here(data, None, "tiff").image), COLORS, 2)


def test_high_dynamic_range_keeps_half_a_percent_for_the_lights():
    light = scaled(RGB8.repeat(4, 0).repeat(4, 1), F, 1)
    light[:4, :4] = 4000  # the sun
    assert_close(corners(decode_here(tiff(light, 2), None, "tiff").image), COLORS, 2)
    bright = light * 6
    got = np.array(corners(decode_here(tiff(bright, 2), None, "tiff").image), float)
    wanted = np.array(COLORS, float) * 255 / 200
    assert np.abs(got - np.minimum(wanted, 255)).max() <= 3


def test_alpha_lies_on_white():
    half = scaled(np.dstack([RGB8, np.full_like(GRAY8, 128)]), U16, 65535)
    wanted = [tuple(round(value * 128 / 255 + 127) for value in color) for color in COLORS]
    assert_close(corners(decode_here(tiff(half, 2, extra=(2,)), None, "tiff").image), wanted, 2)
    multiplied = half.copy()
    multiplied[..., :3] = half[..., :3].astype(float) * 128 / 255
    multiplied[0, 0, :3] = 65535
    assert_close(corners(decode_here(tiff(multiplied, 2, extra=(1,)), None, "tiff").image), wanted, 2)


def test_deep_pictures_are_turned_upright():
    for orientation, turned_back in ((6, Image.Transpose.ROTATE_90), (3, Image.Transpose.ROTATE_180)):
        stored = np.asarray(quadrants().transpose(turned_back))
        decoded = decode_here(tiff(scaled(stored, F, 1), 2, tags={274: (orientation,)}), None, "tiff")
        assert (decoded.width, decoded.height) == (64, 48)
        assert_close(corners(decoded.image), COLORS, 2)


def test_a_cut_deep_picture_is_damaged_and_one_without_pixels_unreadable():
    data = tiff(scaled(np.tile(RGB8, (4, 4, 1)), F, 1), 2, rows=16)
    directory = data.rindex(struct.pack("<HHI", 256, 4, 1)) - 2
    moved = data[directory:]
    hole = len(data) // 3
    with pytest.raises(DecodeError) as caught:
        decode_here(b"II*\0" + struct.pack("<I", 8) + moved[:40], None, "tiff")
    assert caught.value.code == "unreadable"
    late = bytearray(data)
    late[4:8] = struct.pack("<I", directory)
    del late[hole : hole + 4]  # every strip behind it is shifted; nothing to see, nothing to fall over
    assert decode_here(bytes(data[:directory] + moved), None, "tiff").image.mode == "RGB"


def test_random_changes_to_deep_files_stay_decode_errors():
    random = np.random.default_rng(5)
    kinds = [data for data, _ in SHOWN.values()]
    for _ in range(400):
        bad = bytearray(kinds[random.integers(len(kinds))])
        for at in random.integers(len(bad) - 300, len(bad), 3):
            bad[at] = random.integers(0, 256)
        try:
            image = decode_here(bytes(bad), 16, "tiff", costly=True).image
        except DecodeError:
            continue
        assert image.mode == "RGB"


def jpeg_of(bits: int, frame: int = 0xC1) -> bytes:
    data = bytearray(encode(quadrants(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = frame, bits
    return bytes(data)


@pytest.mark.parametrize(("data", "name"), [(jpeg_of(12), "12 bits"), (jpeg_of(8, 0xC5), "hierarchical")])
def test_rare_jpegs_are_refused_by_name(data, name):
    with pytest.raises(DecodeError) as caught:
        decode(data, 64)
    assert caught.value.code == "unsupported-kind"
    assert name in caught.value.message


def test_a_picture_in_memory_is_scaled_alike():
    buffer = io.BytesIO()
    Image.fromarray(scaled(GRAY8, U16, 1023)[..., 0]).save(buffer, "PNG")
    assert_close(corners(decode(buffer.getvalue(), None).image), GRAYS, 3)
