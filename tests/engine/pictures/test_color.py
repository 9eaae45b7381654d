"""Pictures in other color spaces come out as their sRGB twins, for the eye and for the model."""

from __future__ import annotations

import io
import struct
import threading
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from desktop_app.engine.index.reading import decode_size, make_thumbnail
from desktop_app.engine.models import shelf
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import color
from desktop_app.engine.pictures.decode import decode
from desktop_app.engine.settings import Settings
from tests.helpers.heif import Coded, Heif, nclx
from tests.helpers.icc import SPACES, converted, profile
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, quadrants

COLORS = [RED, GREEN, BLUE, GRAY]
WIDE = [space for space in SPACES if space != "sRGB"]


@pytest.mark.parametrize("space", WIDE)
@pytest.mark.parametrize(
    ("pillow", "options"),
    [("JPEG", {"quality": 97, "subsampling": 0}), ("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {})],
)
def test_each_format_and_space_comes_out_as_srgb(space, pillow, options):
    stored = converted(quadrants(), space)
    assert np.abs(np.array(corners(stored), int) - np.array(COLORS, int)).max() > 20
    data = encode(stored, pillow, icc_profile=profile(space), **options)
    for size in (None, 12):
        assert_close(corners(decode(data, size).image), COLORS, 10 if pillow == "JPEG" else 6)


def test_avif_and_heif_keep_their_colors():
    data = encode(converted(quadrants(), "Display P3"), "AVIF", quality=98, icc_profile=profile("Display P3"))
    assert_close(corners(decode(data, None).image), COLORS, 8)
    file = Heif()
    file.primary = file.picture(Coded.load("quadrants.heic"), nclx(12, 13, 6))
    muted = corners(decode(file.done(), None).image)
    assert muted[1][0] < GREEN[0] - 15  # the same numbers mean a stronger green in Display P3
    assert_close(muted[3:], [GRAY], 3)


@pytest.mark.parametrize(("name", "transfer"), [("pq.heic", color.PQ), ("hlg.heic", color.HLG)])
def test_light_of_high_dynamic_range_is_brought_to_the_screen(name, transfer):
    file = Heif()
    file.primary = file.picture(Coded.load(name), nclx(9, transfer, 6))
    assert_close(corners(decode(file.done(), None).image), COLORS, 16)
    plain = Heif()
    plain.primary = plain.picture(Coded.load(name))
    flat = np.asarray(decode(plain.done(), None).image, float)
    assert flat.std() < 0.8 * np.asarray(quadrants(), float).std()


def test_cameras_that_only_mark_adobe_rgb():
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 0xFFFF
    exif.get_ifd(0xA005)[1] = "R03"
    sub = exif.get_ifd(0x8769)
    sub[0xA005] = dict(exif.get_ifd(0xA005))
    stored = converted(quadrants(), "Adobe RGB")
    data = encode(stored, "JPEG", quality=97, subsampling=0, exif=exif)
    assert_close(corners(decode(data, None).image), COLORS, 10)
    sub[0xA001] = 1
    data = encode(stored, "JPEG", quality=97, subsampling=0, exif=exif)
    assert_close(corners(decode(data, None).image), corners(stored), 6)


def test_a_png_may_name_its_space():
    data = encode(converted(quadrants(), "Display P3"), "PNG")
    named = data[:33] + struct.pack(">I4s4BI", 4, b"cICP", 12, 13, 0, 1, 0x1D8A9D3C) + data[33:]
    named = named[:45] + struct.pack(">I", zlib.crc32(named[37:45])) + named[49:]
    assert_close(corners(decode(named, None).image), COLORS, 4)


def test_srgb_is_known_by_its_numbers_and_left_alone():
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for known in (made, profile("sRGB")):
        assert color.is_srgb(known)
        picture = quadrants()
        assert color.to_srgb(picture, known) is picture
    for space in WIDE:
        assert not color.is_srgb(profile(space))


def test_a_gray_profile_counts():
    ramp = Image.fromarray(np.linspace(0, 255, 64).astype(np.uint8)[None, :].repeat(48, 0))
    data = encode(ramp, "PNG", icc_profile=profile("ProPhoto", b"GRAY"))  # gamma 1.8, lighter than sRGB's
    got = np.asarray(decode(data, None).image, int)[20, :, 0]
    assert (np.diff(got) >= 0).all()
    assert 137 < got[32] < 150


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "CMYK", "1"])
@pytest.mark.parametrize(
    "broken", [b"no profile", b"\0" * 200, profile("Adobe RGB")[:200], profile("ProPhoto", b"GRAY")]
)
def test_a_broken_or_foreign_profile_is_ignored(mode, broken):
    picture = quadrants().convert(mode)
    data = encode(picture, "TIFF", icc_profile=broken)
    decoded = decode(data, 20)
    assert not decoded.damaged
    if mode in ("RGB", "RGBA"):
        assert_close(corners(decoded.image), COLORS, 3)


def test_random_changes_to_a_profile_never_fail_the_picture():
    good = profile("Adobe RGB")
    random = np.random.default_rng(2)
    picture = quadrants()
    for _ in range(200):
        bad = bytearray(good)
        for at in random.integers(0, len(bad), 4):
            bad[at] = random.integers(0, 256)
        assert color.to_srgb(picture, bytes(bad)).mode == "RGB"


def test_threads_share_a_transform():
    given = profile("Display P3")
    picture = converted(quadrants(200, 150), "Display P3")
    wanted = np.asarray(color.to_srgb(picture, given))
    wrong: list[int] = []

    def work() -> None:
        for _ in range(30):
            wrong.append(int((np.asarray(color.to_srgb(picture, given)) != wanted).sum()))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wrong) == 120
    assert not any(wrong)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    known = {card.name: card for card in shelf.find_models()}
    return Embedder(known.get(Settings().model) or next(iter(known.values())), Settings())


@pytest.mark.parametrize("space", ["Display P3", "Adobe RGB", "ProPhoto"])
def test_a_photo_and_its_srgb_copy_are_neighbors(kindred_data, embedder, space):
    size = decode_size(embedder.card)
    for path in sorted((kindred_data / "originals").glob("*.jpg"))[:6]:
        with Image.open(path) as opened:
            copy = opened.convert("RGB")
            copy.thumbnail((1200, 900))
        options = {"quality": 95, "subsampling": 0}
        twins = [encode(copy, "JPEG", **options)]
        twins.append(encode(converted(copy, space), "JPEG", icc_profile=profile(space), **options))
        images = [decode(data, size).image for data in twins]
        first, second = embedder.embed(images)
        cosine = float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))
        assert cosine >= 0.99, (path.name, cosine)
        shown = [Image.open(io.BytesIO(make_thumbnail(image))).resize((16, 12)) for image in images]
        assert np.abs(np.asarray(shown[0], int) - np.asarray(shown[1], int)).mean() < 3
