"""The camera's own preview, shown before the photo is decoded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter

from desktop_app.engine.pictures.exif import jpeg_exif_block
from desktop_app.engine.pictures.formats import jpeg_frame
from desktop_app.engine.pictures.preview import glimpse, preview
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, jpeg_with_preview, quadrants

TURNED = {8: Image.Transpose.ROTATE_90, 6: Image.Transpose.ROTATE_270, 3: Image.Transpose.ROTATE_180}
SHOT, LATER = "2024:05:01 10:00:00", "2024:06:11 08:30:00"


def test_preview_is_upright_and_without_bars(tmp_path: Path):
    small = Image.new("RGB", (160, 120), "black")
    small.paste(quadrants(160, 106), (0, 7))
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg_with_preview(quadrants(600, 400), small))
    shown = preview(path)
    assert shown is not None
    assert shown.size == (160, 107)
    assert_close(corners(shown), [RED, GREEN, BLUE, GRAY])
    path.write_bytes(jpeg_with_preview(quadrants(600, 400), small, orientation=6))
    shown = preview(path)
    assert shown is not None
    assert shown.size == (107, 160)
    assert_close(corners(shown), [BLUE, RED, GRAY, GREEN])


def test_no_preview_is_none(tmp_path: Path):
    for name, data in {"a.jpg": encode(quadrants(), "JPEG"), "b.png": encode(quadrants(), "PNG"), "c.jpg": b""}.items():
        (tmp_path / name).write_bytes(data)
        assert preview(tmp_path / name) is None
    assert preview(tmp_path / "absent.jpg") is None
    whole = jpeg_with_preview(quadrants(), quadrants(32, 24))
    for cut in range(4, 400, 3):
        (tmp_path / "cut.jpg").write_bytes(whole[:cut])
        preview(tmp_path / "cut.jpg")


def scene(width: int = 1200, height: int = 900, seed: int = 1) -> Image.Image:
    """Soft spots all over, so that every part differs from every other."""
    cells = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), np.uint8)
    return Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC)


def seen(tmp_path: Path, data: bytes) -> Image.Image | None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    found = glimpse(path)
    if found is None:
        return None
    assert found.mark in data
    return found.image


def difference(one: Image.Image, other: Image.Image) -> float:
    other = other.resize(one.size, Image.Resampling.BOX)
    return float(np.abs(np.asarray(one, int) - np.asarray(other, int)).mean())


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("later", [False, True])
def test_a_preview_of_the_picture_is_believed(tmp_path: Path, orientation: int, later: bool) -> None:
    picture = scene()
    dates = {"taken": SHOT, "saved": LATER if later else SHOT}
    found = seen(tmp_path, jpeg_with_preview(picture, picture.resize((160, 120)), orientation, **dates))
    assert found is not None
    assert difference(found, picture.transpose(TURNED[orientation]) if orientation > 1 else picture) < 6


@pytest.mark.parametrize("top", [0, 7, 14], ids=["above", "between", "below"])
@pytest.mark.parametrize("turned", [None, 6, 8])
def test_bars_are_cut_and_a_picture_turned_since_is_turned(tmp_path: Path, top: int, turned: int | None) -> None:
    """Programs turn the stored picture and leave its preview lying."""
    picture = scene(1200, 800)
    small = Image.new("RGB", (160, 120))
    small.paste(picture.resize((160, 106)), (0, top))
    picture = picture.transpose(TURNED[turned]) if turned else picture
    found = seen(tmp_path, jpeg_with_preview(picture, small, sides=(1200, 800)))
    assert found is not None
    assert difference(found, picture) < 8


def test_a_squeezed_preview_is_stretched(tmp_path: Path) -> None:
    picture = scene(1280, 720)
    found = seen(tmp_path, jpeg_with_preview(picture, picture.resize((160, 120))))
    assert found is not None
    assert found.width / found.height == pytest.approx(1280 / 720, rel=0.01)
    assert difference(found, picture) < 6


def test_a_preview_of_another_picture_is_not_believed(tmp_path: Path) -> None:
    picture, small = scene(), scene(160, 120)
    edits = {
        "cropped": (picture.crop((600, 450, 1200, 900)), {"sides": (1200, 900), "taken": SHOT, "saved": LATER}),
        "upright cut": (picture.crop((300, 0, 900, 900)), {"sides": (1200, 900)}),
        "gray": (picture.convert("L").convert("RGB"), {"taken": SHOT, "saved": LATER}),
        "another": (scene(seed=2), {"taken": SHOT, "saved": LATER}),
        "mirrored": (picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), {"taken": SHOT, "saved": LATER}),
    }
    for name, (edited, words) in edits.items():
        assert seen(tmp_path, jpeg_with_preview(edited, small, **words)) is None, name  # type: ignore[arg-type]


def test_what_a_program_wrote_is_compared_though_it_left_sides_and_dates_alone(tmp_path: Path) -> None:
    picture, small = scene(), scene().resize((160, 120))
    edits = {"another": scene(seed=2), "cropped": picture.crop((300, 225, 900, 675)).resize((1200, 900))}
    dates = {"taken": SHOT, "saved": SHOT}
    for name, edited in edits.items():
        assert seen(tmp_path, jpeg_with_preview(edited, small, **dates, by_program=True)) is None, name
    found = seen(tmp_path, jpeg_with_preview(picture, small, **dates, by_program=True))
    assert found is not None
    assert difference(found, picture) < 6


@pytest.mark.parametrize("lower", ["the same", "another"])
def test_a_clear_sky_tells_nothing_of_what_is_below(tmp_path: Path, lower: str) -> None:
    picture, other = scene(), scene(seed=2)
    for one in (picture, other):
        one.paste((120, 160, 220), (0, 0, 1200, 200))
    stored = picture if lower == "the same" else other
    found = seen(tmp_path, jpeg_with_preview(stored, picture.resize((160, 120)), taken=SHOT, saved=LATER))
    assert (found is not None) == (lower == "the same")


def test_a_longer_header_is_read_to_its_end(tmp_path: Path) -> None:
    """Some programs put color profiles, maps and further previews between EXIF and the picture."""
    picture = scene()
    whole = jpeg_with_preview(picture, picture.resize((160, 120)))
    at = whole.index(b"\xff\xe1")
    at += 2 + int.from_bytes(whole[at + 2 : at + 4], "big")
    note = b"\xff\xe3\xff\xf0" + bytes(0xFFF0 - 2)
    found = seen(tmp_path, whole[:at] + 2 * note + whole[at:])
    assert found is not None
    assert difference(found, picture) < 6
    assert seen(tmp_path, whole[:at] + 5 * note + whole[at:]) is None


def test_a_progressive_picture_is_compared_with_its_preview(tmp_path: Path) -> None:
    picture = scene()
    whole = jpeg_with_preview(picture, picture.resize((160, 120)), taken=SHOT, saved=LATER)
    block = jpeg_exif_block(whole)
    assert block is not None
    found = seen(tmp_path, encode(picture, "JPEG", progressive=True, exif=b"Exif\0\0" + block))
    assert found is not None
    assert difference(found, picture) < 6


def test_a_tiny_preview_will_not_do_and_a_broken_file_raises_nothing(tmp_path: Path) -> None:
    picture = scene()
    assert seen(tmp_path, jpeg_with_preview(picture, picture.resize((80, 60)))) is None
    assert seen(tmp_path, encode(picture, "JPEG")) is None
    whole = jpeg_with_preview(picture.filter(ImageFilter.BLUR), picture.resize((160, 120)), taken=SHOT, saved=LATER)
    for cut in range(4, 12_000, 97):
        (tmp_path / "cut.jpg").write_bytes(whole[:cut])
        glimpse(tmp_path / "cut.jpg")


def enlarged(data: bytes, at: int, side: int) -> bytes:
    """The JPEG that begins at ``at`` claims to be so wide and high."""
    frame = jpeg_frame(data[at:])
    assert frame is not None
    sides = side.to_bytes(2, "big")
    return data[: at + frame + 5] + 2 * sides + data[at + frame + 9 :]


def test_a_preview_that_claims_to_be_huge_is_not_decoded(tmp_path: Path) -> None:
    """Of 13,000 x 13,000 pixels it would take 1.3 GB, and each thread has one."""
    whole = jpeg_with_preview(scene(900, 900), scene(160, 160))
    path = tmp_path / "a.jpg"
    path.write_bytes(whole)
    assert preview(path) is not None
    path.write_bytes(enlarged(whole, whole.index(b"\xff\xd8", 2), 13_000))
    assert preview(path) is None
    assert glimpse(path) is None


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0, "progressive": True}])
def test_a_picture_that_claims_to_be_huge_is_not_compared(tmp_path: Path, options: dict[str, Any]) -> None:
    """In several passes its decoder would hold 13 GB."""
    whole = jpeg_with_preview(scene(900, 900), scene(160, 160), taken=SHOT, saved=LATER)
    block = jpeg_exif_block(whole)
    assert block is not None
    whole = encode(scene(900, 900), "JPEG", exif=b"Exif\0\0" + block, **options)
    assert seen(tmp_path, whole) is not None
    assert seen(tmp_path, enlarged(whole, 0, 65_000)) is None
