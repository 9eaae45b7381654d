"""Folders as people may have them, made of photos whose kinds are known: 2 to 30 kinds, even or not, bursts among them.

The photos are those of the sources of ``photos`` that have labels, and further ones of ``photos160/sharp`` where that
is laid. Labels are for measuring only. A world is of one source, or a mix of several; what is fitted on worlds is
judged on worlds none of whose sources took part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array, Int64Array

from .sets import LabeledSet

MOST_KINDS = 30
FEWEST_PHOTOS, MOST_PHOTOS = 50, 5000
_FEWEST_OF_A_KIND = 5
MIXES = 4
"""How many mixes of several sources there are for each world of one source."""
_MIXED = 4  # sources at most
_OF_ONE_KIND = 5
_EVEN = 0.4
_WITH_BURSTS = 0.3
# Two photos of a burst differ by a part of what two photos of a source differ by: cosines of 1 to 0.93.
_BURST_SPREAD = 0.3
_LONGEST_BURST = 12

_COLLECTIONS = {
    **{name: name for name in ("cars", "clothing-co-parsing", "flowers102", "food-feedme", "lfw", "pages")},
    **{f"screens-{name}": "screens" for name in ("jabref", "phone", "rustdesk")},
    "receipts-de": "receipts",
}
"""Sources whose photos are all of one kind; together they are a source of that many kinds."""
_LABEL_AT = {
    "csc411-flickr8": slice(1, 2),
    "dtd10": slice(1, 2),
    "groceries": slice(2, None),
    "imagenette2": slice(2, 3),
    "mini-imagenet": slice(2, 3),
    "pacs-photo": slice(1, 2),
    "rooms-places": slice(2, 3),
    "scenes8": slice(2, 3),
    "sports100": slice(1, 2),
}
"""Which parts of a photo's name ``source/path`` say its kind."""
_NO_LABELS = ("csc411-flickr8/train", "csc411-flickr8/val")


@dataclass(frozen=True, slots=True)
class World:
    """A folder with known kinds.

    Attributes:
        photos: with their labels.
        sources: whose photos they are.
        bursts: whether some photos have near-duplicates.
    """

    photos: LabeledSet
    sources: frozenset[str]
    bursts: bool


Pools = Mapping[str, Sequence[Int64Array]]
"""The rows of each kind, by source."""


def pools(names: Sequence[str]) -> Pools:
    """The rows of each kind that has `_FEWEST_OF_A_KIND` photos, by source.

    Args:
        names: ``source/path`` of each photo, labels in the path, as `training.words.learn.seen` gives them.
    """
    found: dict[str, dict[str, list[int]]] = {}
    for row, name in enumerate(names):
        source, *_ = parts = name.split("/")
        if source in _COLLECTIONS:
            found.setdefault("collections", {}).setdefault(_COLLECTIONS[source], []).append(row)
        elif source in _LABEL_AT and (kind := "/".join(parts[:-1][_LABEL_AT[source]])):
            if f"{source}/{kind}" not in _NO_LABELS:
                found.setdefault(source, {}).setdefault(kind, []).append(row)
    return {
        source: [np.array(kinds[kind]) for kind in sorted(kinds) if len(kinds[kind]) >= _FEWEST_OF_A_KIND]
        for source, kinds in sorted(found.items())
    }


def worlds(vectors: Float32Array, known: Pools, number: int, seed: int) -> Iterator[World]:
    """``number`` worlds of each source and a fifth as many of one kind alone, and `MIXES` times as many of several.

    Args:
        vectors: float32[N, D], of the photos that ``known`` gives the rows of.
        known: of `pools`.
        number: of worlds a source.
        seed: of what is drawn.
    """
    every = sorted(known)
    for place, source in enumerate(every):
        rng = np.random.default_rng([seed, place])
        for count in range(number):
            yield _drawn(f"{source} {count}", vectors, {source: known[source]}, rng)
        for count in range(-(-number // _OF_ONE_KIND)):
            yield _drawn(f"{source}, one kind {count}", vectors, {source: known[source]}, rng, k=1)
    rng = np.random.default_rng([seed, len(every)])
    for count in range(MIXES * number if len(every) > 1 else 0):
        chosen = rng.choice(every, int(rng.integers(2, min(_MIXED, len(every)) + 1)), replace=False)
        yield _drawn(f"mix {count}", vectors, {source: known[source] for source in chosen.tolist()}, rng)


def _drawn(name: str, vectors: Float32Array, known: Pools, rng: np.random.Generator, k: int = 0) -> World:
    """A world of ``k`` kinds, of 2 to `MOST_KINDS` when 0, every factor of two as often as another."""
    kinds = _dealt(known, rng)
    k = k or round(2 ** rng.uniform(1, np.log2(min(MOST_KINDS, len(kinds)))))
    photos = 2 ** rng.uniform(np.log2(max(FEWEST_PHOTOS, 2 * _FEWEST_OF_A_KIND * k)), np.log2(MOST_PHOTOS))
    share = np.ones(k) if rng.random() < _EVEN else np.arange(1, k + 1) ** -rng.uniform(0.3, 1.2)
    counts = np.maximum(photos * share / share.sum(), _FEWEST_OF_A_KIND).round().astype(int)
    chosen = kinds[:k]
    rows = [rng.permutation(members)[:count] for (_, members), count in zip(chosen, counts.tolist(), strict=True)]
    truth = np.repeat(np.arange(k), [len(one) for one in rows])
    own = vectors[np.concatenate(rows)]
    bursts = bool(rng.random() < _WITH_BURSTS)
    if bursts:
        own, truth = _with_bursts(own, truth, rng)
    order = rng.permutation(len(own))[:MOST_PHOTOS]
    sources = frozenset(source for source, _ in chosen)
    return World(LabeledSet(name, own[order], truth[order]), sources, bursts)


def _dealt(known: Pools, rng: np.random.Generator) -> list[tuple[str, Int64Array]]:
    """All kinds with their source in an order of chance, one of each source in turn as long as it has some.

    So a mix has kinds that are alike (rooms, textures) beside others that are not, as an album has.
    """
    piles = [[(source, members[one]) for one in rng.permutation(len(members))] for source, members in known.items()]
    return [pile[place] for place in range(max(map(len, piles))) for pile in piles if place < len(pile)]


def _with_bursts(vectors: Float32Array, truth: Int64Array, rng: np.random.Generator) -> tuple[Float32Array, Int64Array]:
    """The photos and, of up to a third of them, a burst each: photos that hardly differ, or not at all."""
    unit = normalize(vectors)
    begun = rng.permutation(len(unit))[: max(1, int(len(unit) * rng.uniform(0.03, 0.33)))]
    rows = np.repeat(begun, rng.integers(1, _LONGEST_BURST, len(begun)))
    apart = _BURST_SPREAD * rng.random(len(unit))[rows] * rng.integers(0, 2, len(unit))[rows]
    other = unit[rng.integers(len(unit), size=len(rows))] - unit[rng.integers(len(unit), size=len(rows))]
    copies = unit[rows] + apart[:, None].astype(np.float32) * other
    return np.concatenate([unit, copies]), np.concatenate([truth, truth[rows]])
