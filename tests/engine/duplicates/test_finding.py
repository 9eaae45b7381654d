from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from desktop_app.engine.cache.cache import Batch, Cache
from desktop_app.engine.duplicates.finder import Duplicates, find
from desktop_app.engine.duplicates.fingerprint import of_thumbnail
from desktop_app.engine.duplicates.keeper import Candidate, rank, reason
from desktop_app.engine.duplicates.pairs import LOWEST, Pairs, find_pairs, hash_pairs
from desktop_app.engine.duplicates.sets import stars
from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Embeddings, Photo
from tests.helpers.sample_library import photo_of
from tests.helpers.scenes import scene as shapes


def scene(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture like no other: soft shapes in color, with fine grain."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 255, (6, 8, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grain = rng.normal(0, 8, (size[1], size[0], 3))
    return Image.fromarray(np.clip(np.asarray(coarse) + grain, 0, 255).astype(np.uint8))


def page(seed: int) -> Image.Image:
    """White paper with lines of gray words."""
    rng = np.random.default_rng(seed)
    pixels = np.full((320, 240), 245, np.uint8)
    for line in range(20, 300, 12):
        for word in range(20, 220, 10):
            pixels[line : line + 5, word : word + int(rng.integers(0, 9))] = 60
    return Image.fromarray(pixels).convert("RGB")


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality)
    return data.getvalue()


class Album:
    """Photos on the disk with thumbnails in a cache, and an embedding each that a test chooses."""

    def __init__(self, folder: Path, cache: Cache) -> None:
        self.folder, self.cache = folder, cache
        self.photos: list[Photo] = []
        self.vectors: list[np.ndarray] = []

    def add(self, name: str, image: Image.Image, vector: np.ndarray, quality: int = 90, **more: object) -> Photo:
        path = self.folder / name
        path.write_bytes(jpeg(image, quality))
        return self.know(path, image, vector, **more)

    def know(self, path: Path, image: Image.Image, vector: np.ndarray, **more: object) -> Photo:
        found = replace(photo_of(len(self.photos) + 1, path), width=image.width, height=image.height, **more)  # type: ignore[arg-type]
        self.cache.put(Batch(thumbnails={found.content_hash: jpeg(image)}))
        self.photos.append(found)
        self.vectors.append(vector)
        return found

    def find(self, exact: bool = False) -> Duplicates:
        ids = np.array([photo.id for photo in self.photos], np.int64)
        backwards = np.arange(ids.size)[::-1]
        known = Embeddings(ids[backwards], np.array(self.vectors, np.float32)[backwards], "any")
        return find(self.photos, known, self.cache, JobContext(), exact=exact)


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    folder = tmp_path / "album"
    folder.mkdir()
    with Cache(tmp_path / "cache") as cache:
        yield Album(folder, cache)


def towards(seed: int, other: int = 0, cosine: float = 1.0) -> np.ndarray:
    """A direction of 64, or one with a given cosine to it."""
    first, second = (np.eye(64)[one % 64] for one in (seed, other))
    return (cosine * first + (1 - cosine**2) ** 0.5 * second * (seed != other)).astype(np.float32)


def names(found: Duplicates, **how: object) -> list[list[str]]:
    return [[member.photo.path.name for member in one.members] for one in found.sets(**how)]  # type: ignore[arg-type]


def test_one_picture_in_several_forms_is_a_set_and_others_stay_out_of_it(album: Album) -> None:
    original = scene(1)
    album.add("original.jpg", original, towards(1), 95)
    album.add("small.jpg", original.resize((160, 120)), towards(1, 2, 0.98))
    album.add("dark.jpg", ImageEnhance.Brightness(original).enhance(0.6), towards(1, 3, 0.9))
    album.add("soft.jpg", original.filter(ImageFilter.GaussianBlur(3)), towards(1, 4, 0.6))  # only the hash sees it
    album.add("like it by embedding alone.jpg", scene(2), towards(1, 5, 0.9))
    album.add("another.jpg", scene(3), towards(9))
    found = album.find()
    assert names(found) == [["original.jpg", "small.jpg", "dark.jpg", "soft.jpg"]]
    (one,) = found.sets()
    assert one.kind == "near"
    assert one.reason == "sharpest" or one.reason.startswith(("largest", "least compressed"))
    assert one.bytes_freed == sum(photo.size_bytes for photo in album.photos[1:4])
    first, second = (member.similarity for member in one.members[1:3])
    assert names(found, similarity=(first + second) / 2) == [["original.jpg", "small.jpg"]]
    assert names(found, exact=True) == []
    # A second time everything is measured: only what is like another is looked at, and the answer is the same.
    for photo in album.photos[5:]:
        album.cache.put(Batch(thumbnails={photo.content_hash: b"lost"}))
    assert names(album.find()) == names(found)


def test_photos_that_are_alike_at_a_glance_and_not_when_looked_at_closely_are_no_set(album: Album) -> None:
    for number in range(4):
        album.add(f"portrait {number}.jpg", shapes(number, layout=3), towards(1, number + 2, 0.97))
    album.add("portrait 2 again.jpg", shapes(2, layout=3).resize((192, 144)), towards(1, 4, 0.97))
    assert names(album.find(), similarity=LOWEST) == [["portrait 2.jpg", "portrait 2 again.jpg"]]


def test_a_photo_whose_thumbnail_is_lost_is_in_no_set(album: Album) -> None:
    for name, size in (("large.jpg", (320, 240)), ("small.jpg", (160, 120))):
        album.add(name, scene(1).resize(size), towards(1))
    assert names(album.find()) == [["large.jpg", "small.jpg"]]
    album.cache.put(Batch(thumbnails={album.photos[1].content_hash: b"lost"}))
    assert names(album.find()) == []


def test_pages_that_only_look_alike_are_no_set_and_the_same_page_again_is(album: Album) -> None:
    assert of_thumbnail(jpeg(page(1))).is_page
    assert not of_thumbnail(jpeg(scene(1))).is_page
    album.add("receipt.jpg", page(1), towards(1), 95)
    album.add("receipt again.jpg", page(1), towards(1, 2, 0.99), 60)
    for other in range(2, 8):
        album.add(f"receipt of another shop {other}.jpg", page(other), towards(1, other + 1, 0.95))
    assert names(album.find()) == [["receipt.jpg", "receipt again.jpg"]]


def test_the_same_file_is_an_exact_duplicate_and_another_name_of_it_is_none(album: Album) -> None:
    picture = scene(4)
    first = album.add("IMG_1.jpg", picture, towards(1))
    sidecar, same, twin = (album.folder / name for name in ("IMG_1 copy.xmp", "IMG_1 copy.jpg", "linked.jpg"))
    sidecar.write_text("decisions")
    shutil.copy2(first.path, same)
    album.know(same, picture, towards(1), companions=(sidecar,), content_hash=f"{first.content_hash}+abc")
    os.link(first.path, twin)
    album.know(twin, picture, towards(1))
    alone = album.add("alone.jpg", scene(5), towards(2))
    os.link(alone.path, album.folder / "alone linked.jpg")
    album.know(album.folder / "alone linked.jpg", scene(5), towards(2))
    for exact in (True, False):
        found = album.find(exact=exact)
        (one,) = found.sets()
        assert one.kind == "exact"
        assert [member.photo.path for member in one.members] == [same, first.path]  # it has a sidecar, the other none
        assert one.reason == "has 1 file beside it"
        assert one.members[1].same_file
        assert {photo.path.name for photo in found.linked} == {"linked.jpg", "alone linked.jpg"}
        assert one.bytes_freed == first.size_bytes


def test_what_would_go_with_a_copy_and_not_come_back_is_told(album: Album) -> None:
    picture = scene(6)
    beside = [album.folder / name for name in ("a.xmp", "b.xmp")]
    for path, text in zip(beside, ("five stars", "four stars"), strict=True):
        path.write_text(text)
    album.add("a.jpg", picture, towards(1), companions=(beside[0],))
    shutil.copy2(album.folder / "a.jpg", album.folder / "b.jpg")
    album.know(album.folder / "b.jpg", picture, towards(1), companions=(beside[1],))
    assert album.find().sets()[0].members[1].note == "b.xmp"
    beside[1].write_text("five stars")
    assert album.find().sets()[0].members[1].note == ""


def test_hashes_are_found_as_by_comparing_all_with_all() -> None:
    rng = np.random.default_rng(3)
    hashes = rng.integers(0, 2**63, 600, dtype=np.uint64)
    for row in range(300):
        flips = rng.choice(64, int(rng.integers(0, 12)), replace=False)
        hashes[row + 300] = hashes[row] ^ np.bitwise_or.reduce(np.uint64(1) << flips.astype(np.uint64), initial=0)
    all_bits = np.bitwise_count(hashes[:, None] ^ hashes[None])
    expected = {(int(a), int(b)) for a, b in np.argwhere(all_bits <= 7) if b < a}
    found = {
        (int(a), int(b)) for one, other in hash_pairs(hashes, JobContext()) for a, b in zip(one, other, strict=True)
    }
    assert len(expected) > 100
    assert found == expected
    # A crowd of equal ones costs no more than its share.
    crowd = hash_pairs(np.full(5000, 77, np.uint64), JobContext())
    assert sum(len(one) for one, _ in crowd) < 5000 * 64 * 4


def test_no_photos_and_one_photo_have_no_pairs() -> None:
    one = of_thumbnail(jpeg(scene(1)))
    for count in (0, 1):
        found = find_pairs(np.ones((count, 8), np.float32), [one] * count, JobContext())
        assert len(found.first) == 0


def candidate(number: int, pixels: int = 100, sharpness: float = 1.0, **more: object) -> Candidate:
    picture = Photo(number, Path(f"/{number}.jpg"), (), 1000, 10, f"{number}", pixels, 100)
    measured = of_thumbnail(jpeg(scene(number, (64, 48))))._replace(sharpness=sharpness)
    return Candidate(replace(picture, **more), measured)  # type: ignore[arg-type]


def test_a_chain_of_likenesses_is_cut_so_that_every_member_is_like_the_keeper() -> None:
    frames = [candidate(number, pixels=100 + number) for number in range(7)]
    steps = np.arange(6)
    pairs = Pairs(steps, steps + 1, np.full(6, 0.9, np.float32))
    groups = stars(frames, pairs, LOWEST)
    assert [list(group) for group in groups] == [[6, 5], [4, 3], [2, 1]]
    links = set(zip(steps.tolist(), (steps + 1).tolist(), strict=True))
    assert all((min(a, b), max(a, b)) in links for first, *rest in map(list, groups) for a in [first] for b in rest)
    assert stars(frames, pairs, 0.95) == []


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        ({}, {"damaged": True, "pixels": 900}, "whole, the other is damaged"),
        ({"companions": (Path("/1.CR2"),)}, {"pixels": 900}, "has its RAW file"),
        ({"path": Path("/1.dng")}, {"sharpness": 9.0}, "has its RAW file"),
        ({"pixels": 900}, {"sharpness": 9.0}, "larger: 900 × 100"),
        ({"sharpness": 9.0}, {"pixels": 101}, "sharper"),
        ({"pixels": 120}, {}, "larger: 120 × 100"),
        ({"size_bytes": 2_000_000}, {}, "less compressed: 2.0 MB"),
        ({"companions": (Path("/1.xmp"),)}, {}, "has 1 file beside it"),
        ({"taken_at": "2019-01-01T10:00:00"}, {"mtime_ns": 1}, "older: taken 2019-01-01 10:00:00"),
        ({"mtime_ns": 1}, {}, "older file"),
        ({}, {}, "as good as the other"),
    ],
)
def test_the_better_photo_is_kept_and_the_reason_told(
    better: dict[str, object], worse: dict[str, object], why: str
) -> None:
    good, bad = candidate(1, **better), candidate(22, **worse)  # type: ignore[arg-type]
    assert rank(good) < rank(bad)  # type: ignore[operator]
    assert reason(good, [bad]) == why
