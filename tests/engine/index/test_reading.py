"""What becomes of one file: its vector, its thumbnail, or its problem."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import desktop_app
from desktop_app.engine.cache.cache import THUMBNAIL_SIZE, Cache
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.index.reading import decode_size, make_thumbnail
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode, limits
from desktop_app.engine.settings import Settings
from tests.helpers.indexing import by_path, draw, run
from tests.helpers.pictures import assert_close, corners, encode, quadrants
from tests.helpers.tiny_model import make_tiny_model


def test_files_that_cannot_be_used_are_named_and_the_others_are_not_harmed(
    folder: Path, cache: Cache, embedder: Embedder
) -> None:
    good = by_path(run(folder, cache, embedder))
    whole = (folder / "03.jpg").read_bytes()
    (folder / "broken.jpg").write_bytes(whole[:30] + bytes(200))
    (folder / "broken-too.jpg").write_bytes(whole[:30] + bytes(200))
    big = io.BytesIO()
    draw(7, 900, 900).save(big, "JPEG")
    (folder / "cut.jpg").write_bytes(big.getvalue()[: len(big.getvalue()) // 2])
    for _ in range(2):
        result = run(folder, cache, embedder)
        codes = {problem.path.name: (problem.stage, problem.code) for problem in result.problems}
        assert codes["broken.jpg"] == codes["broken-too.jpg"]
        assert codes["broken.jpg"][0] == "decode"
        assert codes["cut.jpg"] == ("decode", "damaged")
        assert len(codes) == 3
        assert all(problem.message.endswith(".") for problem in result.problems)
        vectors = by_path(result)
        assert {photo.path.name for photo in result.photos if photo.damaged} == {"cut.jpg"}
        assert vectors.pop(folder / "cut.jpg")
        assert vectors == good


@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_thumbnail_is_upright_pixels_with_nothing_left_to_turn(pillow: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = quadrants().transpose(Image.Transpose.ROTATE_90)
    thumbnail = make_thumbnail(decode.decode(encode(stored, pillow, exif=exif, quality=95), 32).image)
    with Image.open(io.BytesIO(thumbnail)) as opened:
        assert opened.size == (64, 48)
        assert 0x0112 not in opened.getexif()
        assert_close(corners(opened.convert("RGB")), corners(quadrants()), 40)


def test_no_other_reader_opens_pictures() -> None:
    """Qt scales before it turns, and turns two formats only; OpenCV turns all but one."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in Path(desktop_app.__file__).parent.rglob("*.py"))
    assert "QImage.fromData(" in sources  # of thumbnails, which are ours
    assert not re.search(r"QImageReader|QMovie|\bcv2\b|imageio|Q(Image|Pixmap|Icon)\((str|Path|path|f?\")", sources)


def test_a_file_that_cannot_be_decoded_is_not_decoded_again(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.png").write_bytes((folder / "01.png").read_bytes()[:60])
    first = run(folder, cache, embedder)
    monkeypatch.setattr(decode, "decode", lambda *_, **__: pytest.fail("decoded again"))
    assert run(folder, cache, embedder).problems == first.problems


def test_a_file_too_large_to_read_is_named(
    folder: Path, cache: Cache, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = sorted(path.stat().st_size for path in folder.rglob("*.*"))
    monkeypatch.setattr(limits, "FILE_LIMIT", sizes[-2])
    result = run(folder, cache, embedder)
    assert [problem.code for problem in result.problems] == ["too-large"]
    assert len(result.photos) == 25


def test_a_file_that_vanishes_changes_or_may_not_be_read_is_a_problem_of_this_run_only(
    folder: Path, cache: Cache, embedder: Embedder
) -> None:
    found = scan(folder, JobContext())
    kept = {name: (folder / name).read_bytes() for name in ("01.png", "03.jpg", "04.png")}
    times = (folder / "04.png").stat()
    (folder / "01.png").unlink()
    (folder / "03.jpg").write_bytes(kept["03.jpg"] + b"more")
    os.utime(folder / "04.png", ns=(5, 5))
    (folder / "02.webp").unlink()
    (folder / "02.webp").symlink_to("02.webp")  # a loop: the system refuses to open it
    result = pipeline.index(found, cache, embedder, JobContext())
    codes = {problem.path.name: problem.code for problem in result.problems}
    assert codes == {"01.png": "vanished", "02.webp": "unreadable-file", "03.jpg": "changed", "04.png": "changed"}
    assert len(result.photos) == 22
    for name, data in kept.items():
        (folder / name).write_bytes(data)
    os.utime(folder / "04.png", ns=(times.st_atime_ns, times.st_mtime_ns))
    again = run(folder, cache, embedder)
    assert [problem.path.name for problem in again.problems] in ([], ["02.webp"])
    assert len(again.photos) == 25


def test_thumbnails_are_small_jpegs_of_the_whole_picture(cache: Cache, embedder: Embedder, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    shapes = {"wide": (1200, 700), "tall": (400, 900), "small": (50, 40), "panorama": (30_000, 60)}
    for name, shape in shapes.items():
        draw(3, *shape).save(folder / f"{name}.png")
    for photo in run(folder, cache, embedder).photos:
        jpeg = cache.thumbnail(photo.content_hash)
        assert jpeg is not None
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
            assert min(image.size) <= THUMBNAIL_SIZE
            assert max(image.size) <= 4 * THUMBNAIL_SIZE
            width, height = shapes[photo.path.stem]
            if photo.path.stem != "panorama":
                assert image.size[0] / image.size[1] == pytest.approx(width / height, rel=0.02)
                assert min(image.size) == min(THUMBNAIL_SIZE, width, height)
            small = np.asarray(draw(3, width, height).resize(image.size, Image.Resampling.BOX), float)
            assert np.abs(np.asarray(image, float) - small).mean() < 8


def test_an_embedding_that_is_no_number_is_a_problem(folder: Path, cache: Cache, tmp_path: Path) -> None:
    """The mean of a black picture divides 0 by 0 in this model; all others are fine."""
    from onnx import helper

    from tests.helpers import tiny_model

    graph = tiny_model.tiny_graph(16, 32, 0)
    graph.graph.node[-1].output[0] = "plain"
    graph.graph.node.extend(
        [
            helper.make_node("ReduceMax", ["image"], ["brightest"], axes=[1, 2, 3], keepdims=0),
            helper.make_node("Flatten", ["brightest"], ["column"]),
            helper.make_node("Div", ["column", "column"], ["one"]),
            helper.make_node("Mul", ["plain", "one"], ["embedding"]),
        ]
    )
    original = tiny_model.tiny_graph
    tiny_model.tiny_graph = lambda *_, **__: graph
    try:
        zero_mean = {"resize": "short-side", "resize_to": 32, "interpolation": "bicubic", "crop": "center"}
        rule = zero_mean | {"mean": [0, 0, 0], "std": [1, 1, 1]}
        card = load_card(make_tiny_model(tmp_path / "models" / "dividing", preprocessing=rule))
    finally:
        tiny_model.tiny_graph = original
    Image.new("RGB", (40, 40)).save(folder / "black.png")
    shutil.copy(folder / "black.png", folder / "black-too.png")
    for _ in range(2):
        result = run(folder, cache, Embedder(card, Settings(workers=2)))
        assert len(result.photos) == 26
        assert np.isfinite(result.embeddings.vectors).all()
        assert [(problem.path.name, problem.stage, problem.code) for problem in result.problems] == [
            ("black-too.png", "embed", "not-finite"),
            ("black.png", "embed", "not-finite"),
        ]


def test_a_query_picture_gets_the_vector_the_folder_gave_it(folder: Path, cache: Cache, embedder: Embedder) -> None:
    result = run(folder, cache, embedder)
    for photo, vector in zip(result.photos[:5], result.embeddings.vectors, strict=False):
        image = decode.decode(decode.read_bytes(photo.path), decode_size(embedder.card)).image
        assert np.array_equal(embedder.embed([image])[0], vector)
