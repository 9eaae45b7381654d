"""How many groups get a name, and how many of those names are right.

A name is right when each word of it is acceptable for more than half of the group's photos, by their labels
(`training.words.truth`). Periods and folders take no part: the photos have none here. Beside it stands what names are
worth that were dealt to the named groups at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from desktop_app.engine.clustering import cluster
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.models.words import words_of
from desktop_app.engine.naming import Namer, facts_of, likely
from desktop_app.engine.naming.words import WORDS, said
from desktop_app.engine.photo_list import PhotoList
from desktop_app.engine.types import Embeddings, Float32Array, Int64Array

from .. import places
from ..measuring.evaluation import LABELED_FOLDERS
from ..words.learn import KEPT_BACK, kept_back, seen
from ..words.truth import acceptable, labels_of
from .row import Bench, Row
from .sets import Candidate, Folders, candidates, shipped_models
from .tables import Table, by_metric

METHODS = ("kmeans", "agglomerative", "gmm")
_FACTORS = (0.6, 1.0, 1.6)
_WORLDS = 10
_MOST_LABELS = 12
_TOGETHER = "the three folders"


@dataclass(frozen=True, slots=True)
class World:
    """Photos with labels, as a person's folder might hold them.

    Attributes:
        vectors: float32[N, D].
        labels: of each photo.
    """

    vectors: Float32Array
    labels: tuple[str, ...]


def run(bench: Bench) -> None:
    """Measure the names that every shipped model with words gives, as it runs on a processor."""
    folders = Folders(bench)
    for card in shipped_models():
        if card.words is None:
            continue
        precision = card.precisions[-1]
        candidate = next(one for one in candidates() if one.name == f"{card.name}, {precision}")
        for seed in range(bench.seeds):
            settings = {"words": card.words.onnx_sha256, "model": card.sha256(precision), "worlds": _WORLDS}
            settings |= {
                "rule": [likely.LIKELY, likely.GENERAL, likely.MORE, likely.TELLING, likely.FAR_MORE, likely.NARROW]
            }
            work = partial(_measure, bench, folders, candidate, card, seed)
            bench.once(candidate.name, seed, folders.data_hash, settings, work)


def _measure(bench: Bench, folders: Folders, candidate: Candidate, card: ModelCard, seed: int) -> None:
    worlds = {found: [world] for found, world in _of_folders(folders, candidate)}
    worlds[_TOGETHER] = [world for own in worlds.values() for world in own]
    looked = seen(card, bench.ctx)
    labels, back = labels_of(looked.names, acceptable()), kept_back(looked.names)
    mini = np.array([label.startswith("mini-imagenet/") for label in labels])
    for name, rows in (("mixes of mini-imagenet", mini), ("mixes of photos kept back", back)):
        worlds[name] = list(_drawn(looked.vectors, labels, np.flatnonzero(rows), seed))
    for name, drawn in worlds.items():
        figures = named(card, drawn, seed, bench)
        bench.record_all(
            f"{candidate.name}; {name}",
            figures,
            seed=seed,
            data="three labeled folders; mixes of labels of photos' sources",
            data_hash=folders.data_hash,
            config=candidate.settings | {"methods": list(METHODS), "factors": list(_FACTORS)},
            note=f"kept back from learning the words: {', '.join(pattern.split('/*')[0] for pattern in KEPT_BACK)}",
        )


def _of_folders(folders: Folders, candidate: Candidate) -> Iterator[tuple[str, World]]:
    for name, found in zip(LABELED_FOLDERS, folders.seen_by(candidate), strict=True):
        subs = sorted(path.name for path in (places.data() / "folders" / name).iterdir() if path.is_dir())
        yield name, World(found.vectors, tuple(f"{name}/{subs[label]}/*" for label in found.truth.tolist()))


def _drawn(vectors: Float32Array, labels: Sequence[str], rows: Int64Array, seed: int) -> Iterator[World]:
    """Mixes of 3 to 12 labels with 15 to 70 photos each."""
    rng = np.random.default_rng(seed)
    by_label: dict[str, list[int]] = {}
    for row in rows.tolist():
        if labels[row]:
            by_label.setdefault(labels[row], []).append(row)
    every = sorted(by_label)
    for _ in range(_WORLDS):
        chosen = rng.choice(len(every), int(rng.integers(3, _MOST_LABELS + 1)), replace=False)
        own = [by_label[every[one]] for one in chosen]
        kept = [int(row) for one in own for row in rng.permutation(one)[: int(rng.integers(15, 71))]]
        yield World(vectors[kept], tuple(labels[row] for row in kept))


def named(card: ModelCard, worlds: Sequence[World], seed: int, bench: Bench) -> dict[str, float]:
    """Share of groups with a name, of these the share that is right, and that of names dealt at random; in percent."""
    table, rng = acceptable(), np.random.default_rng(seed)
    groups = 0
    right: list[bool] = []
    chance: list[bool] = []
    for world in worlds:
        ids = np.arange(1, len(world.labels) + 1)
        assert card.words is not None
        namer = Namer(facts_of(places.data(), PhotoList.of(()), ids, card.words.names, words_of(card, world.vectors)))
        for k in sorted({max(2, round(factor * len(set(world.labels)))) for factor in _FACTORS}):
            for method in METHODS:
                labels = cluster(
                    Embeddings(ids, world.vectors, card.name), bench.ctx, method=method, k=k, seed=seed
                ).labels
                members = {label: ids[labels == label] for label in range(labels.max() + 1)}
                names = namer.suggest(members)
                groups += len(members)
                held = {label: Counter(world.labels[one - 1] for one in members[label].tolist()) for label in names}
                right += [_is_right(names[label], held[label], table) for label in names]
                dealt = rng.permutation(list(names.values())).tolist()
                chance += [_is_right(name, held[label], table) for label, name in zip(names, dealt, strict=True)]
    share = {"groups": groups, "named": 100 * len(right) / groups}
    return share | {"right": 100 * sum(right) / max(len(right), 1), "chance": 100 * sum(chance) / max(len(chance), 1)}


def _is_right(name: str, held: Counter[str], table: dict[str, frozenset[str]]) -> bool:
    """Whether each word of a name is acceptable for more than half of a group's photos."""
    by_text = {said(key).casefold(): key for key in WORDS}
    words = [by_text.get(part.casefold()) for part in name.split(" (")[0].split(", ")]
    total = sum(held.values())
    return all(
        word is not None and 2 * sum(count for label, count in held.items() if word in table[label]) > total
        for word in words
    )


ROW = Row(
    name="names",
    title="Names for groups",
    published=(),
    run=run,
    needs="the labeled folders, `photos`, `photos160/sharp` where it is laid, `teacher`, `models/`; about 20 minutes "
    "of one core, and an hour more where the photos were not looked at yet",
    minutes=20,
    about="Groups that nobody named get a name where the words of the model allow one.",
    tables=(
        Table(
            question="How many groups get a name, and how many names are right?",
            reading=(
                "In percent, over three methods and three numbers of groups (0.6, 1 and 1.6 times the number of "
                "labels). A name is right when each of its words is acceptable for more than half of the group's "
                "photos; *dealt* are the same names given to the named groups at random. What is likely enough was "
                "chosen on mixes of mini-imagenet and on the three folders, so those are development figures. No word "
                "was learned from the photos kept back, but the network that sees them had learned from some of their "
                "sources, without labels, and their figures were seen when the choice was made."
            ),
            lines="photos",
            place=by_metric({"groups": "groups", "named": "named", "right": "right", "chance": "dealt"}),
            development=tuple(
                f"photos, int8; {name}" for name in (*LABELED_FOLDERS, _TOGETHER, "mixes of mini-imagenet")
            ),
        ),
    ),
)
