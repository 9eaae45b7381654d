"""How well near-duplicates are told from other photos, and how long the search takes. Prints tables; asserts nothing.

    python -m tests.benchmarks.near_duplicates [--photos 120] [--scale 100000]

Known pairs are made from the labelled folders of KINDRED_DATA: ``--photos`` of them changed in eight ways. The other
pairs are each changed photo with every other photo, and all photos with each other, within one half of the photos.
Thresholds come from one half (most F0.5, for a wrong pair costs more than a missed one), the figures from the other.
Two further changes, as another moment and another place make them, are told apart from these. At the end all pairs are
listed that would be shown of the folders as they are, to be looked at by eye.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from desktop_app.engine.duplicates.fingerprint import Fingerprint, of_thumbnail
from desktop_app.engine.duplicates.overlay import Sheet, overlap, sheet
from desktop_app.engine.duplicates.pairs import (
    DEFAULT,
    LOWEST,
    PAGE_STRICTER,
    PAGE_WORTH_LOOKING,
    WORTH_LOOKING,
    find_pairs,
    look_closely,
    together,
)
from desktop_app.engine.job import JobContext
from desktop_app.engine.library import Library
from desktop_app.engine.project import normalize
from tests.helpers.embeddings import drawn_by_chance
from tests.helpers.sample_data import sample_data

FOLDERS = ("rooms", "clothing", "album_mix")


def exposed(image: Image.Image, stops: float) -> Image.Image:
    """As if the shutter had been open ``stops`` longer: linear light, clipped."""
    value = np.asarray(image, np.float32) / 255
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    light = np.clip(light * 2.0**stops, 0, 1)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return Image.fromarray((value * 255 + 0.5).astype(np.uint8))


def trimmed(image: Image.Image, share: float) -> Image.Image:
    """Without ``share`` of its width and height, half of it on each side."""
    x, y = round(image.width * share / 2), round(image.height * share / 2)
    return image.crop((x, y, image.width - x, image.height - y))


def from_beside(image: Image.Image) -> Image.Image:
    """As if seen from a step aside: one side 6 % shorter than the other, in perspective."""
    w, h = image.size
    corners = (0, 0, 0, h, w, round(h * 0.97), w, round(h * 0.03))
    return image.transform(image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)


def with_something_else(image: Image.Image) -> Image.Image:
    """As if something had come before a fifth of the picture: what was at its left is now in the middle, too."""
    w, h = image.size
    part = image.crop((0, round(h * 0.3), round(w * 0.4), round(h * 0.8)))
    image = image.copy()
    image.paste(part, (round(w * 0.4), round(h * 0.4)))
    return image


CHANGES: dict[str, tuple[Callable[[Image.Image], Image.Image], int]] = {
    "JPEG of quality 40": (lambda image: image, 40),
    "half the size": (lambda image: image.reduce(2), 90),
    "5 % cropped": (lambda image: trimmed(image, 0.05), 90),
    "1 EV brighter": (lambda image: exposed(image, 1), 90),
    "1 EV darker": (lambda image: exposed(image, -1), 90),
    "blurred, 2 px": (lambda image: image.filter(ImageFilter.GaussianBlur(2)), 90),
    "turned by 2 degrees": (lambda image: trimmed(image.rotate(2, Image.Resampling.BICUBIC), 0.08), 90),
    "white border of 3 %": (lambda image: ImageOps.expand(image, round(0.03 * max(image.size)), "white"), 90),
}
MOMENTS: dict[str, tuple[Callable[[Image.Image], Image.Image], int]] = {
    "from a step aside": (from_beside, 90),
    "something else before a fifth": (with_something_else, 90),
}


@dataclass(frozen=True, slots=True)
class Signals:
    """Of pairs: cosine, bits that differ, how alike when laid over each other (-1 where they were not), whether a page
    is among them, whether they are one picture, which change."""

    cosine: npt.NDArray[np.float32]
    bits: npt.NDArray[np.uint8]
    laid: npt.NDArray[np.float32]
    page: npt.NDArray[np.bool_]
    true: npt.NDArray[np.bool_]
    change: npt.NDArray[np.int64]


def make_album(sources: Sequence[Path], changed: set[int], into: Path) -> None:
    """All photos without loss, and the changed ones, each called by the number of its source."""
    for number, path in enumerate(sources):
        with Image.open(path) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
        image.save(into / f"{number:04d} 0.png", compress_level=1)
        changes = [*CHANGES.values(), *MOMENTS.values()] if number in changed else []
        for change, (make, quality) in enumerate(changes, start=1):
            make(image).save(into / f"{number:04d} {change}.jpg", quality=quality)


def signals(
    vectors: np.ndarray, prints: Sequence[Fingerprint], sheets: Sequence[Sheet], source: np.ndarray, change: np.ndarray
) -> Signals:
    """Of all pairs of an original with anything else."""
    originals, variants = np.flatnonzero(change == 0), np.flatnonzero(change)
    above = np.triu_indices(originals.size, 1)
    one = np.concatenate([np.repeat(variants, originals.size), originals[above[0]]])
    other = np.concatenate([np.tile(originals, variants.size), originals[above[1]]])
    hashes = np.array([each.hash for each in prints], np.uint64)
    pages = np.array([each.is_page for each in prints])
    unit = normalize(vectors)
    cosine, bits = (unit @ unit.T)[one, other], np.bitwise_count(hashes[one] ^ hashes[other])
    page = pages[one] | pages[other]
    laid = np.full(one.size, -1, np.float32)
    for row in np.flatnonzero(together(cosine, bits) - PAGE_WORTH_LOOKING * page >= WORTH_LOOKING).tolist():
        laid[row] = overlap(sheets[one[row]], sheets[other[row]])
    return Signals(
        cosine,
        bits,
        laid,
        page,
        source[one] == source[other],
        change[one],
    )


def threshold(score: np.ndarray, true: np.ndarray) -> float:
    """The value from which on a pair counts, so that F0.5 is largest."""
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(true[order])
    f = 1.25 * right / (np.arange(1, order.size + 1) + 0.25 * true.sum())
    return float(score[order[f.argmax()]])


def table(tuned: Signals, told: Signals) -> None:
    """Precision and recall of each way."""
    print(f"{tuned.true.size:,} pairs to choose on, {told.true.size:,} to tell; {told.true.sum():,} of these are true")
    print(f"chance: precision {told.true.mean():.2%}")
    ways: dict[str, Callable[[Signals], np.ndarray]] = {
        "cosine": lambda of: of.cosine,
        "hash": lambda of: -of.bits.astype(np.float32),
        "together": lambda of: together(of.cosine, of.bits),
        "together, then laid over each other": lambda of: of.laid,
    }
    for strict in (False, True):
        for name, score in ways.items():
            groups = (False, True) if strict else (None,)
            found = np.zeros(told.true.size, np.bool_)
            limits = []
            for group in groups:
                among, here = (slice(None),) * 2 if group is None else (tuned.page == group, told.page == group)
                limits.append(threshold(score(tuned)[among], tuned.true[among]))
                found[here] = score(told)[here] >= limits[-1]
            say(f"{name}{', pages apart' if strict else ''} {np.round(limits, 3)}", told, found)
    say("together, pages apart [0.69 0.83]", told, together(told.cosine, told.bits) - 0.14 * told.page >= 0.69)
    say("as it ships", told, as_it_ships(told))


def as_it_ships(of: Signals, similarity: float = DEFAULT) -> np.ndarray:
    """Whether each pair is shown."""
    return of.laid - PAGE_STRICTER * of.page >= similarity


def of_each_change(told: Signals) -> None:
    """How many of each change are found."""
    for number, name in enumerate([*CHANGES, *MOMENTS], start=1):
        here = told.true & (told.change == number)
        shares = [as_it_ships(told, limit)[here].mean() for limit in (DEFAULT, LOWEST)]
        print(f"  {name}: {shares[0]:.1%} found, {shares[1]:.1%} at {LOWEST}")


def without_moments(of: Signals) -> Signals:
    """The pairs of which recall is told."""
    kept = of.change <= len(CHANGES)
    return Signals(*(part[kept] for part in (of.cosine, of.bits, of.laid, of.page, of.true, of.change)))


def shown_of_the_folders(
    vectors: np.ndarray, prints: Sequence[Fingerprint], sheets: Sequence[Sheet]
) -> list[tuple[float, int, int]]:
    """Every pair of the folders as they are that the lowest setting shows, the most alike first."""
    found = find_pairs(vectors, prints, JobContext())
    pages = np.array([one.is_page for one in prints])
    before = found.similarity - 0.14 * (pages[found.first] | pages[found.second]) >= 0.69
    print(f"{before.sum()} pairs of the folders are shown by both together, pages apart [0.69 0.83]")
    looked, processor = len(found.first), time.process_time()
    found = look_closely(found, prints, sheets.__getitem__, JobContext())
    spent = 1000 * (time.process_time() - processor) / max(looked, 1)
    print(f"{looked:,} are laid over each other, {spent:.0f} ms of CPU time each; ", end="")
    print(f"{(found.similarity >= DEFAULT).sum()} of them are shown, {found.similarity.size} at {LOWEST}:")
    return sorted(
        zip(found.similarity.tolist(), found.first.tolist(), found.second.tolist(), strict=True), reverse=True
    )


def say(name: str, told: Signals, found: np.ndarray) -> None:
    parts = []
    for words, among in (("all", told.true | True), ("pages", told.page)):
        right, wrong = int((found & told.true & among).sum()), int((found & ~told.true & among).sum())
        precision, recall = right / max(right + wrong, 1), right / (told.true & among).sum()
        parts.append(f"{words}: precision {precision:.1%}, recall {recall:.1%}, {wrong} wrong")
    print(f"{name}: {'; '.join(parts)}")


def quality(count: int) -> None:
    sources = [path for name in FOLDERS for path in sorted((sample_data() / "folders" / name).rglob("*.*"))]
    sources = [path for path in sources if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp")]
    rng = np.random.default_rng(0)
    changed = set(rng.permutation(len(sources))[:count].tolist())
    with tempfile.TemporaryDirectory() as home:
        os.environ["KINDRED_HOME"] = f"{home}/kindred"
        album = Path(home) / "album"
        album.mkdir()
        make_album(sources, changed, album)
        with Library(album) as library:
            library.index(JobContext())
            names = [photo.path.stem.split() for photo in library.photos]
            thumbnails = [library.thumbnail(photo.id) or b"" for photo in library.photos]
            vectors = library.embeddings.vectors
        prints, sheets = [of_thumbnail(one) for one in thumbnails], [sheet(one) for one in thumbnails]
    source, change = (np.array([int(name[at]) for name in names]) for at in (0, 1))
    half = np.where(rng.permutation(len(sources)) % 2, True, False)[source]
    parts = []
    for rows in (np.flatnonzero(half), np.flatnonzero(~half)):
        of = ([part[row] for row in rows] for part in (prints, sheets))
        parts.append(signals(vectors[rows], *of, source[rows], change[rows]))
    table(*map(without_moments, parts))
    of_each_change(parts[1])
    originals = np.flatnonzero(change == 0)
    of = ([part[row] for row in originals] for part in (prints, sheets))
    for similarity, *pair in shown_of_the_folders(vectors[originals], *of):
        print(f"  {similarity:.2f}", *(sources[source[originals[row]]].relative_to(sample_data()) for row in pair))


def speed(count: int) -> None:
    vectors, prints = drawn_by_chance(count)
    start, processor = time.perf_counter(), time.process_time()
    found = find_pairs(vectors, prints, JobContext())
    print(
        f"{count:,} photos: {len(found.first):,} pairs of {count // 100:,} in {time.perf_counter() - start:.1f} s, ",
        end="",
    )
    print(f"{time.process_time() - processor:.1f} s of CPU time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=120)
    parser.add_argument("--scale", type=int, default=0)
    options = parser.parse_args()
    if options.photos:
        quality(options.photos)
    if options.scale:
        speed(options.scale)


if __name__ == "__main__":
    main()
