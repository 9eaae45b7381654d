"""The camera's own preview, shown before the photo is decoded."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from desktop_app.engine.pictures.preview import preview
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, jpeg_with_preview, quadrants


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
