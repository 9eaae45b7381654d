"""Every format comes out upright, RGB and the right colors; every fault comes out as `DecodeError`."""

from __future__ import annotations

import contextlib
import io
import struct
import threading
import warnings

import numpy as np
import pytest
from PIL import Image, ImageFile

from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.pictures.formats import FORMATS, sniff
from desktop_app.engine.pictures.result import DecodeError
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, quadrants


@pytest.mark.parametrize(
    ("name", "pillow", "options"),
    [
        ("jpeg", "JPEG", {"quality": 95}),
        ("jpeg", "JPEG", {"quality": 95, "progressive": True}),
        ("png", "PNG", {}),
        ("webp", "WEBP", {"quality": 95}),
        ("webp", "WEBP", {"lossless": True}),
        ("gif", "GIF", {}),
        ("bmp", "BMP", {}),
        ("tiff", "TIFF", {}),
        ("tiff", "TIFF", {"compression": "tiff_lzw"}),
        ("ppm", "PPM", {}),
        ("avif", "AVIF", {"quality": 95}),
        ("jpeg-2000", "JPEG2000", {}),
        ("jpeg-2000", "JPEG2000", {"no_jp2": True}),
        ("ico", "ICO", {"sizes": [(64, 48)]}),
        ("ico", "ICO", {"sizes": [(64, 48)], "bitmap_format": "bmp"}),
    ],
)
def test_each_format_gives_the_same_picture(name, pillow, options):
    data = encode(quadrants(), pillow, **options)
    assert sniff(data[:4096]) == name
    decoded = decode(data, None)
    assert decoded.image.mode == "RGB"
    assert (decoded.width, decoded.height, decoded.image.size) == (64, 48, (64, 48))
    assert not decoded.damaged
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [None, 12])
def test_all_eight_orientations_come_out_upright(pillow, orientation, size):
    turned_back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = quadrants() if turned_back is None else quadrants().transpose(turned_back)
    exif = Image.Exif()
    exif[0x0112] = orientation
    decoded = decode(encode(stored, pillow, exif=exif, quality=95), size)
    assert (decoded.width, decoded.height) == (64, 48)
    assert decoded.image.width > decoded.image.height
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


def test_orientation_in_xmp_counts():
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="3"/></x:xmpmeta>'
    turned = quadrants().rotate(180)
    camera = Image.Exif()
    camera[0x010F] = "Kindred"  # plain but for the orientation, of which it says nothing
    for data in (
        encode(turned, "WEBP", lossless=True, xmp=xmp),
        encode(turned, "JPEG", quality=95, xmp=xmp),
        encode(turned, "JPEG", quality=95, xmp=xmp, exif=camera.tobytes()),
    ):
        decoded = decode(data, None)
        assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])
    plain = decode(encode(turned, "JPEG", quality=95, exif=camera.tobytes()), None)
    assert_close(corners(plain.image), [GRAY, BLUE, GREEN, RED])


@pytest.mark.parametrize("value", [0, 9, 77])
def test_a_nonsense_orientation_is_upright(value):
    exif = Image.Exif()
    exif[0x0112] = value
    assert_close(corners(decode(encode(quadrants(), "JPEG", exif=exif, quality=95), None).image)[:1], [RED])


@pytest.mark.parametrize("size", [32, 96, 224, 256, 700])
@pytest.mark.parametrize("pillow", ["JPEG", "PNG"])
def test_scaled_decoding_keeps_the_short_side_and_the_picture(pillow, size):
    noise = np.random.default_rng(3).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((1200, 900), Image.Resampling.BICUBIC)
    decoded = decode(encode(picture, pillow, quality=95), size)
    assert min(decoded.image.size) >= size
    assert (decoded.width, decoded.height) == (1200, 900)
    plain = np.asarray(picture.resize((32, 24)), float)
    assert np.abs(np.asarray(decoded.image.resize((32, 24)), float) - plain).mean() < 3


def gray_ramp(dtype: type, top: float) -> np.ndarray:
    return (np.linspace(0, 1, 64)[None, :].repeat(16, 0) * top).astype(dtype)


@pytest.mark.parametrize(
    ("pixels", "pillow"),
    [
        (gray_ramp(np.uint16, 65535), "PNG"),
        (gray_ramp(np.uint16, 65535), "TIFF"),
        (gray_ramp(np.uint16, 4095), "TIFF"),
        (gray_ramp(np.int32, 1_000_000), "TIFF"),
        (gray_ramp(np.float32, 1.0), "TIFF"),
        (gray_ramp(np.float32, 255.0), "TIFF"),
        (gray_ramp(np.float32, 5000.0), "TIFF"),
    ],
)
def test_deep_samples_are_scaled_not_clipped(pixels, pillow):
    got = np.asarray(decode(encode(Image.fromarray(pixels), pillow), None).image, int)
    assert np.abs(got[8, :, 0] - np.linspace(0, 255, 64)).max() <= 2
    assert (got[..., 0] == got[..., 2]).all()


def test_floats_that_are_no_numbers_do_no_harm():
    pixels = gray_ramp(np.float32, 1.0)
    pixels[0, :3] = (np.nan, np.inf, -np.inf)
    assert np.asarray(decode(encode(Image.fromarray(pixels), "TIFF"), None).image)[8, -1, 0] >= 254


def test_transparency_lies_on_white():
    layer = quadrants().convert("RGBA")
    layer.paste((0, 0, 0, 0), (0, 0, 32, 24))
    for data in (encode(layer, "PNG"), encode(layer, "WEBP", lossless=True), encode(layer, "TIFF")):
        assert_close(corners(decode(data, None).image), [(255, 255, 255), GREEN, BLUE, GRAY])
    gray = Image.merge("LA", (Image.new("L", (8, 8), 0), Image.new("L", (8, 8), 128)))
    assert_close([decode(encode(gray, "PNG"), None).image.getpixel((4, 4))], [(127, 127, 127)])
    palette = quadrants().quantize(8)
    clear = palette.getpixel((5, 5))
    for format in ("PNG", "GIF"):
        got = corners(decode(encode(palette, format, transparency=clear), None).image)
        assert_close(got, [(255, 255, 255), GREEN, BLUE, GRAY])
    keyed = encode(quadrants(), "PNG", transparency=RED)
    assert_close(corners(decode(keyed, None).image), [(255, 255, 255), GREEN, BLUE, GRAY])


@pytest.mark.parametrize(
    ("mode", "pillow"), [("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("YCbCr", "TIFF")]
)
def test_other_modes_become_rgb(mode, pillow):
    source = quadrants().convert(mode)
    decoded = decode(encode(source, pillow), None)
    assert decoded.image.mode == "RGB"
    assert_close(corners(decoded.image), corners(source.convert("RGB")), 20)


@pytest.mark.parametrize("pillow", ["GIF", "PNG", "WEBP", "AVIF"])
def test_the_first_frame_stands_for_an_animation(pillow):
    frames = [Image.new("RGB", (32, 32), color) for color in (BLUE, RED, GREEN)]
    data = encode(frames[0], pillow, save_all=True, append_images=frames[1:], duration=100)
    assert_close([decode(data, None).image.getpixel((16, 16))], [BLUE])


def photo_like(width: int = 400, height: int = 300) -> Image.Image:
    noise = np.random.default_rng(0).integers(0, 256, (height // 4, width // 4, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((width, height))


@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "BMP"])
def test_a_truncated_picture_is_shown_and_marked(pillow):
    whole = photo_like()
    data = encode(whole, pillow)
    decoded = decode(data[: len(data) * 2 // 3], None)
    assert decoded.damaged
    top = (0, 0, 400, 100)
    kept = np.abs(np.asarray(decoded.image.crop(top), int) - np.asarray(decode(data, None).image.crop(top), int))
    assert kept.mean() < 1 or pillow == "BMP"  # a BMP is stored from the bottom up


@pytest.mark.parametrize("options", [{"quality": 98, "subsampling": 0}, {"quality": 90}, {"progressive": True}])
@pytest.mark.parametrize("size", [None, 40])
def test_a_jpeg_whose_rest_is_zeros_is_marked(options, size):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (300, 400, 3), dtype=np.uint8))
    whole = encode(noise, "JPEG", **options)
    half = whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2)
    assert decode(half, size).damaged
    for behind in (bytes(5000), b"notes" + bytes(200), whole[: len(whole) // 2] + bytes(999)):
        assert not decode(whole + behind, size).damaged
    empty = whole[: whole.index(b"\xff\xda") + 14] + bytes(len(whole))
    with pytest.raises(DecodeError) as caught:
        decode(empty, size)
    assert caught.value.code == "unreadable"


def test_nothing_left_of_the_pixels_is_unreadable():
    data = encode(photo_like(), "PNG")
    cut = data.index(b"IDAT") + 10
    with pytest.raises(DecodeError) as caught:
        decode(data[:cut], None)
    assert caught.value.code == "unreadable"
    assert "PNG" in caught.value.message


def psd(image: Image.Image, *, version: int = 1, depth: int = 8, mode: int = 3) -> bytes:
    planes = b"".join(band.tobytes() for band in image.split())
    head = struct.pack(">4sH6sHIIHH", b"8BPS", version, bytes(6), len(image.split()), *image.size[::-1], depth, mode)
    return head + bytes(12) + b"\0\0" + planes


@pytest.mark.parametrize(("mode", "number"), [("RGB", 3), ("L", 1), ("CMYK", 4)])
def test_photoshop_documents_show_their_composite(mode, number):
    source = quadrants().convert(mode)
    stored = Image.eval(source, lambda value: 255 - value) if mode == "CMYK" else source
    decoded = decode(psd(stored, mode=number), None)
    assert_close(corners(decoded.image), corners(source.convert("RGB")))


@pytest.mark.parametrize(
    ("options", "name"),
    [({"version": 2}, "large"), ({"depth": 16}, "16 bits"), ({"depth": 32}, "32")],
)
def test_other_photoshop_documents_are_refused_by_name(options, name):
    with pytest.raises(DecodeError) as caught:
        decode(psd(quadrants(), **options), None)
    assert caught.value.code == "unsupported-kind"
    assert name in caught.value.message


def test_the_first_frame_of_two_in_one_jpeg_is_shown():
    """Phones put a second picture behind the first (a gain map); once the first is shrunk, Pillow cannot read it."""
    buffer = io.BytesIO()
    quadrants(640, 480).save(buffer, "MPO", save_all=True, append_images=[Image.new("L", (320, 240), 90)], quality=95)
    for size in (None, 48, 200):
        decoded = decode(buffer.getvalue(), size)
        assert not decoded.damaged
        assert (decoded.width, decoded.height) == (640, 480)
        assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])


def test_leniency_in_one_thread_never_reaches_another():
    whole = encode(photo_like(), "JPEG")
    cut = whole[: len(whole) // 2]
    stop = threading.Event()
    leaks: list[bool] = []

    def strict_reader() -> None:
        while not stop.is_set():
            leaks.append(bool(ImageFile.LOAD_TRUNCATED_IMAGES))
            with Image.open(io.BytesIO(cut)) as image:
                try:
                    image.load()
                except OSError:
                    continue
                leaks.append(True)

    reader = threading.Thread(target=strict_reader)
    reader.start()
    assert all(decode(cut, None).damaged for _ in range(150))
    stop.set()
    reader.join()
    assert leaks
    assert not any(leaks)


def test_warnings_inside_pillow_neither_leak_nor_fail_the_picture():
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    block = bytearray(exif.tobytes())
    block[6 + 8] = 200  # promises 200 tags where there is one: Pillow warns of corrupt EXIF
    data = encode(quadrants(), "JPEG", exif=bytes(block), quality=95)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        decoded = decode(data, None)
    assert_close(corners(decoded.image), [RED, GREEN, BLUE, GRAY])
    assert not decoded.damaged
    assert not seen


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b"hello, I am a letter", "not-an-image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unsupported-format"),
        (b"%PDF-1.7\n", "unsupported-format"),
        (b"gimp xcf file\0", "unsupported-format"),
        (b"qoif\0\0\0\x10\0\0\0\x10\x03\0", "unsupported-format"),
        (b"\xff\x0a\0\0", "unsupported-format"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "unsupported-format"),
        (b"icns\0\0\0\x10", "unsupported-format"),
        (b"\xd7\xcd\xc6\x9a\0\0", "unsupported-format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported-format"),
    ],
)
def test_what_is_refused_says_why(head, code):
    with pytest.raises(DecodeError) as caught:
        decode(head, 64)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("name", sorted(name for name, row in FORMATS.items() if row.kind in ("image", "raw")))
def test_garbage_behind_a_good_signature_is_a_decode_error(name):
    signatures = {
        "jpeg": b"\xff\xd8\xff\xe0",
        "png": b"\x89PNG\r\n\x1a\n",
        "webp": b"RIFF\xff\0\0\0WEBPVP8 ",
        "gif": b"GIF89a",
        "bmp": b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
        "tiff": b"II*\0\x08\0\0\0",
        "ppm": b"P6 99 99 0\n",
        "heif": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        "raw": b"II*\0\x10\0\0\0CR\x02\0",
        "jpeg-2000": b"\0\0\0\x0cjP  \r\n\x87\n",
        "psd": b"8BPS\0\x01",
        "ico": b"\0\0\x01\0\x01\0\x10\x10\0\0",
    }
    random = np.random.default_rng(len(name))
    for length in (0, 1, 7, 64, 900):
        data = signatures[name] + random.integers(0, 256, length, dtype=np.uint8).tobytes()
        assert sniff(data) == name
        with pytest.raises(DecodeError):
            decode(data, 64)


@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_flipped_bytes_never_escape_as_anything_else(pillow):
    data = encode(photo_like(80, 60), pillow)
    random = np.random.default_rng(1)
    for _ in range(60):
        bad = bytearray(data)
        for at in random.integers(0, len(bad), 8):
            bad[at] = random.integers(0, 256)
        with contextlib.suppress(DecodeError):
            assert decode(bytes(bad), 32).image.mode == "RGB"
