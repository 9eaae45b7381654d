"""A unit is shown by its best picture, turned as its sidecar says; an older reader's work is done anew where needed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.cache.cache import Batch, Cache, FileKey, FileRecord
from desktop_app.engine.files import content_hash
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.index.pipeline import IndexResult
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.organize.planning.planner import make_plan
from desktop_app.engine.organize.running.apply import apply
from desktop_app.engine.organize.running.undo import undo
from desktop_app.engine.pictures import decode
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Group
from tests.helpers.icc import converted, profile
from tests.helpers.pictures import BLUE, GRAY, GREEN, RED, assert_close, corners, encode, quadrants
from tests.helpers.raw import make_dng
from tests.helpers.sample_library import files_of
from tests.helpers.tiny_model import make_tiny_model

COLORS = [RED, GREEN, BLUE, GRAY]
TURNED = [BLUE, RED, GRAY, GREEN]
BROKEN = encode(quadrants(320, 240), "JPEG")[:20] + bytes(3000)


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return Embedder(load_card(make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")), Settings(workers=2))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def run(folder: Path, cache: Cache, embedder: Embedder) -> IndexResult:
    return pipeline.index(scan(folder, JobContext()), cache, embedder, JobContext())


def shown(cache: Cache, content: str) -> list[tuple[int, ...]]:
    data = cache.thumbnail(content)
    assert data is not None
    return corners(Image.open(io.BytesIO(data)))


def xmp(orientation: int) -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="{orientation}"/></x:xmpmeta>'.encode()
    )


@pytest.fixture
def decodes(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is decoded, as it is."""
    seen: list[bytes] = []
    plain = decode.decode

    def noted(data: bytes, *rest: object, **options: object) -> object:
        seen.append(data)
        return plain(data, *rest, **options)

    monkeypatch.setattr(decode, "decode", noted)
    return seen


@pytest.mark.parametrize("name", ["IMG_1.DNG", "IMG_1.hif"])
def test_a_broken_photo_is_shown_from_what_lies_beside_it(folder, cache, embedder, decodes, name):
    heic = Path(__file__).resolve().parents[2] / "data" / "pictures" / "quadrants.heic"
    (folder / "IMG_1.JPG").write_bytes(BROKEN)
    (folder / name).write_bytes(make_dng(640, 480, quadrants(640, 480)) if name.endswith("DNG") else heic.read_bytes())
    (folder / "IMG_2.JPG").write_bytes(encode(quadrants(300, 200), "JPEG"))
    for _ in range(2):
        result = run(folder, cache, embedder)
        first, second = result.photos
        assert first.path.name == "IMG_1.JPG"
        assert [path.name for path in first.companions] == [name]
        assert first.content_hash.startswith(content_hash(BROKEN))
        assert not first.damaged
        assert_close(shown(cache, first.content_hash), COLORS, 20)
        assert [(problem.path.name, problem.code) for problem in result.problems] == [("IMG_1.JPG", "damaged")]
        assert name in result.problems[0].message
        assert np.isfinite(result.embeddings.vectors).all()
        assert second.path.name == "IMG_2.JPG"
    assert len(decodes) == 3  # once each; the second run takes it all from the cache
    (folder / name).unlink()
    result = run(folder, cache, embedder)
    assert [photo.path.name for photo in result.photos] == ["IMG_2.JPG"]
    assert [problem.code for problem in result.problems] == ["unreadable"]


def test_a_half_read_photo_gives_way_to_a_whole_one(folder, cache, embedder):
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)).resize((640, 480))
    whole = encode(noise, "JPEG")
    (folder / "a.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "a.dng").write_bytes(make_dng(640, 480, quadrants(640, 480)))
    (photo,) = run(folder, cache, embedder).photos
    assert_close(shown(cache, photo.content_hash), COLORS, 20)


def test_equal_broken_files_with_unlike_companions_are_not_mixed_up(folder, cache, embedder):
    other = quadrants(640, 480).transpose(Image.Transpose.ROTATE_180)
    for place, picture in (("a", quadrants(640, 480)), ("b", other), ("c", None)):
        (folder / place).mkdir()
        (folder / place / "x.jpg").write_bytes(BROKEN)
        if picture is not None:
            (folder / place / "x.dng").write_bytes(make_dng(640, 480, picture))
    for _ in range(2):
        result = run(folder, cache, embedder)
        first, second = result.photos
        assert_close(shown(cache, first.content_hash), COLORS, 20)
        assert_close(shown(cache, second.content_hash), COLORS[::-1], 20)
        assert first.id != second.id
        codes = {problem.path.parent.name: problem.code for problem in result.problems}
        assert codes == {"a": "damaged", "b": "damaged", "c": "unreadable"}


HALF = encode(Image.effect_noise((640, 480), 90), "JPEG")[:9000]


@pytest.mark.parametrize("broken", [BROKEN, HALF], ids=["unreadable", "half"])
def test_a_raw_file_laid_beside_a_broken_photo_later_is_looked_at_once(folder, cache, embedder, decodes, broken):
    (folder / "a.jpg").write_bytes(broken)
    (folder / "b.jpg").write_bytes(encode(quadrants(), "JPEG"))
    before = {problem.path.name: problem.message for problem in run(folder, cache, embedder).problems}
    dng = make_dng(640, 480, quadrants(640, 480))
    (folder / "a.dng").write_bytes(dng[: len(dng) // 3])
    for _ in range(2):  # no whole picture either, which is not found out at each start
        result = run(folder, cache, embedder)
        assert {problem.path.name: problem.message for problem in result.problems} == before
        assert len(decodes) == 4
    (folder / "a.dng").write_bytes(dng)
    for _ in range(2):
        result = run(folder, cache, embedder)
        first = result.photos[0]
        assert (first.path.name, [path.name for path in first.companions]) == ("a.jpg", ["a.dng"])
        assert_close(shown(cache, first.content_hash), COLORS, 20)
        assert [(problem.path.name, problem.code) for problem in result.problems] == [("a.jpg", "damaged")]
        assert "a.dng beside it" in result.problems[0].message
        assert len(decodes) == 6
    (folder / "a.dng").unlink()
    result = run(folder, cache, embedder)
    assert {problem.path.name: problem.message for problem in result.problems} == before


def test_a_known_broken_photo_that_moves_beside_a_raw_file_is_shown_through_it(folder, cache, embedder):
    (folder / "a.jpg").write_bytes(HALF)
    run(folder, cache, embedder)
    (folder / "deep").mkdir()
    (folder / "a.jpg").rename(folder / "deep" / "a.jpg")
    (folder / "deep" / "a.dng").write_bytes(make_dng(640, 480, quadrants(640, 480)))
    (photo,) = run(folder, cache, embedder).photos
    assert_close(shown(cache, photo.content_hash), COLORS, 20)


def test_a_raw_file_that_was_shown_in_place_of_a_broken_photo_is_a_photo_once_that_is_gone(folder, cache, embedder):
    (folder / "a.dng").write_bytes(make_dng(640, 480, quadrants(640, 480)))
    (alone,) = run(folder, cache, embedder).photos
    (folder / "a.jpg").write_bytes(BROKEN)
    run(folder, cache, embedder)
    (folder / "a.jpg").unlink()
    (again,) = run(folder, cache, embedder).photos
    assert (again.width, again.height, again.id) == (alone.width, alone.height, alone.id)


JPEG, DNG = encode(quadrants(640, 480), "JPEG"), make_dng(640, 480, quadrants(640, 480))


@pytest.mark.parametrize(
    ("jpeg", "dng", "photo", "code"),
    [
        (BROKEN, DNG, "IMG_1.JPG", "damaged"),
        (b"", DNG, "IMG_1.DNG", "empty"),
        (bytes(5000), DNG, "IMG_1.DNG", "not-an-image"),
        (JPEG, b"", "IMG_1.JPG", "empty"),
        (JPEG, bytes(5000), "IMG_1.JPG", "not-an-image"),
    ],
)
@pytest.mark.parametrize("action", ["copy", "move"])
def test_a_unit_with_a_broken_file_is_named_shown_organized_and_taken_back_whole(
    folder, cache, embedder, tmp_path, jpeg, dng, photo, code, action
):
    for place in ("a", "b"):  # both go into one folder, so that one unit is numbered
        (folder / place).mkdir()
        for name, data in (("IMG_1.JPG", jpeg), ("IMG_1.DNG", dng), ("IMG_1.xmp", b"<x/>"), ("IMG_1.JPG.pp3", b"-")):
            (folder / place / name).write_bytes(data)
    before = files_of(folder)
    result = run(folder, cache, embedder)
    for found in result.photos:
        assert found.path.name == photo
        assert len(found.companions) == 3
        assert_close(shown(cache, found.content_hash), COLORS, 20)
    problems = [*scan(folder, JobContext()).problems, *result.problems]
    assert [problem.code for problem in problems] == [code] * 2
    assert all(f"The photo is shown from {photo}" in one.message for one in problems if one.code != "damaged")
    group = Group(0, "Group 1", np.array([found.id for found in result.photos]), 0)
    known = {found.id: found for found in result.photos}
    plan = make_plan(folder, [group], known, tmp_path / "out", action, JobContext())
    assert sorted(step.src for step in plan.steps) == sorted(folder / name for name in before)
    assert apply(plan, tmp_path / "journals", JobContext()).ok
    again = scan(tmp_path / "out", JobContext()).files
    units = {file.path.name: {path.name for path in file.companions} for file in again}
    names = {"IMG_1.JPG", "IMG_1.DNG", "IMG_1.xmp", "IMG_1.JPG.pp3"}
    numbered = {name.replace("_1", "_1 (2)") for name in names}
    second = photo.replace("_1", "_1 (2)")
    assert units == {photo: names - {photo}, second: numbered - {second}}
    assert undo(None, tmp_path / "journals", JobContext()).ok
    assert files_of(folder) == before


def test_a_sidecar_alone_may_say_which_way_is_up(folder, cache, embedder, decodes):
    (folder / "a.jpg").write_bytes(encode(quadrants(320, 240), "JPEG"))
    (photo,) = run(folder, cache, embedder).photos
    assert_close(shown(cache, photo.content_hash), COLORS)
    (folder / "a.xmp").write_bytes(xmp(6))  # written after the photo was known
    for _ in range(2):
        (photo,) = run(folder, cache, embedder).photos
        assert (photo.width, photo.height) == (240, 320)
        assert_close(shown(cache, photo.content_hash), TURNED)
    assert len(decodes) == 2
    (folder / "a.xmp").write_bytes(xmp(3) + b" ")
    (photo,) = run(folder, cache, embedder).photos
    assert_close(shown(cache, photo.content_hash), COLORS[::-1])
    (folder / "a.xmp").unlink()
    (photo,) = run(folder, cache, embedder).photos
    assert_close(shown(cache, photo.content_hash), COLORS)
    assert photo.content_hash == content_hash((folder / "a.jpg").read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_a_sidecar_is_followed_in_every_encoding_that_xmp_may_have(folder, cache, embedder, encoding):
    (folder / "a.jpg").write_bytes(encode(quadrants(320, 240), "JPEG"))
    (folder / "a.xmp").write_bytes(xmp(6).decode().encode(encoding))
    (photo,) = run(folder, cache, embedder).photos
    assert (photo.width, photo.height) == (240, 320)
    assert_close(shown(cache, photo.content_hash), TURNED)


def test_a_photo_that_says_it_itself_is_not_turned_again(folder, cache, embedder):
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = quadrants(320, 240).transpose(Image.Transpose.ROTATE_90)
    (folder / "a.jpg").write_bytes(encode(lying, "JPEG", exif=exif))
    (folder / "a.jpg.xmp").write_bytes(xmp(6))
    (folder / "b.dng").write_bytes(make_dng(480, 640, quadrants(640, 480).transpose(Image.Transpose.ROTATE_90), 6))
    (folder / "b.xmp").write_bytes(xmp(6))
    for photo in run(folder, cache, embedder).photos:
        assert photo.width > photo.height
        assert_close(shown(cache, photo.content_hash), COLORS, 20)


def test_what_an_older_reader_made_is_made_anew_only_where_it_would_differ(folder, cache, embedder, decodes):
    plain, wide = (
        encode(quadrants(), "JPEG"),
        encode(converted(quadrants(), "Display P3"), "JPEG", icc_profile=profile("Display P3"), quality=95),
    )
    stale = np.ones(embedder.width, np.float32)
    old = Batch(embedder.model_id)
    for name, data in (("plain.jpg", plain), ("wide.jpg", wide)):
        path = folder / name
        path.write_bytes(data)
        status = path.stat()
        old.files.append((FileKey(path, status.st_size, status.st_mtime_ns), FileRecord(content_hash(data), 64, 48)))
        old.vectors[content_hash(data)] = stale
        old.thumbnails[content_hash(data)] = encode(Image.new("RGB", (64, 48)), "JPEG")
    assert cache.put(old)
    for _ in range(2):
        result = run(folder, cache, embedder)
        assert (result.embeddings.vectors[0] == stale[: embedder.dim]).all()
        assert not (result.embeddings.vectors[1] == stale[: embedder.dim]).all()
        assert_close(shown(cache, content_hash(wide)), COLORS)
    assert decodes == [wide]
