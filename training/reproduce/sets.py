"""Labeled sets of features: the three labeled folders as models see them, and mixes of labels drawn from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from desktop_app.engine.evaluate import Labels
from desktop_app.engine.models.card import CARD_FILE, ModelCard, load_card
from desktop_app.engine.paths import shipped_models_dir
from desktop_app.engine.types import Embeddings, Float32Array

from .. import places
from ..measuring.evaluation import LABELED_FOLDERS, Embed, card_embedder, controls, labeled_photos
from ..networks.teacher import embedder as teacher_embedder
from ..stored import stored_arrays
from .row import Bench

TEACHER = "teacher/mobilenetv2_int8.onnx"
_CONTROLS_SIZE = 128
_MOST_LABELS = 15
_MOST_PHOTOS = 600


@dataclass(frozen=True, slots=True)
class LabeledSet:
    """Some photos with their labels.

    Attributes:
        name: in words.
        vectors: float32[N, D].
        truth: int[N].
    """

    name: str
    vectors: Float32Array
    truth: Labels

    @property
    def k(self) -> int:
        """Number of labels."""
        return len(np.unique(self.truth))

    @property
    def embeddings(self) -> Embeddings:
        """As the engine takes them."""
        return Embeddings(np.arange(1, len(self.truth) + 1), self.vectors, self.name)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Features to look at folders with.

    Attributes:
        name: in words.
        settings: what their values depend on.
        open: gives what embeds pictures.
    """

    name: str
    settings: dict[str, Any]
    open: Callable[[], Embed]


def candidates() -> list[Candidate]:
    """The controls, every model of ``models/`` in each precision, and the supervised teacher."""
    found = [
        Candidate(name, {"control": name, "size": _CONTROLS_SIZE}, partial(_control, name))
        for name in controls(_CONTROLS_SIZE)
    ]
    for card in shipped_models():
        for precision in card.precisions:
            settings = {
                "model": card.name,
                "precision": precision,
                "onnx": card.sha256(precision),
                "size": card.input.size,
            }
            found.append(Candidate(f"{card.name}, {precision}", settings, partial(card_embedder, card, precision)))
    settings = {"model": TEACHER, "labels": "ImageNet, supervised; not shipped"}
    return [*found, Candidate("MobileNetV2, supervised", settings, partial(teacher_embedder, places.data() / TEACHER))]


def real_features() -> list[Candidate]:
    """Three qualities of features: the shipped models as they run, in int8, and the supervised teacher."""
    return [one for one in candidates() if one.settings.get("precision", "int8") == "int8" and "model" in one.settings]


def shipped_models() -> list[ModelCard]:
    """The cards of all models that ship, by name."""
    return [load_card(path.parent) for path in sorted(shipped_models_dir().glob(f"*/{CARD_FILE}"))]


def _control(name: str) -> Embed:
    return controls(_CONTROLS_SIZE)[name]


class Folders:
    """The labeled folders; what a candidate makes of them is computed once and kept.

    Args:
        bench: of the row.

    Attributes:
        data_hash: of all pictures and labels.
    """

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._photos = {name: labeled_photos(places.data() / "folders" / name, bench.ctx) for name in LABELED_FOLDERS}
        digest = hashlib.blake2b(digest_size=16)
        for name, (images, truth) in self._photos.items():
            digest.update(name.encode() + truth.tobytes())
            for image in images:
                digest.update(str(image.size).encode() + image.tobytes())
        self.data_hash = digest.hexdigest()

    def seen_by(self, candidate: Candidate) -> list[LabeledSet]:
        """Each folder with the candidate's features."""
        what = json.dumps([self.data_hash, candidate.settings], sort_keys=True).encode()
        name = f"folders-{hashlib.blake2b(what, digest_size=8).hexdigest()}.npz"
        path = self._bench.folder.parents[1] / "cache" / name

        def look() -> dict[str, Float32Array]:
            embed = candidate.open()
            return {name: embed(images) for name, (images, _) in self._photos.items()}

        stored = stored_arrays(path, look)
        return [LabeledSet(name, stored[name], truth) for name, (_, truth) in self._photos.items()]


def mixes(sets: Sequence[LabeledSet], number: int, seed: int) -> Iterator[LabeledSet]:
    """Folders as people have them: 2 to 15 labels from one set or several, even or uneven, 600 photos at most.

    Args:
        sets: with vectors of one length.
        number: of mixes.
        seed: of what is drawn.
    """
    rng = np.random.default_rng(seed)
    pool = [(place, label) for place, one in enumerate(sets) for label in np.unique(one.truth)]
    for count in range(number):
        k = int(rng.integers(2, min(_MOST_LABELS, len(pool)) + 1))
        home = int(rng.integers(len(sets)))
        own = [pair for pair in pool if pair[0] == home]
        source = own if len(own) >= k and rng.random() < 0.6 else pool
        even = rng.random() < 0.4
        rows = []
        for place, label in (source[choice] for choice in rng.permutation(len(source))[:k]):
            members = rng.permutation(np.flatnonzero(sets[place].truth == label))
            share = 1.0 if even else rng.uniform(0.2, 1)
            rows += [(place, row) for row in members[: max(8, int(share * len(members)))]]
        labels = np.unique([f"{place}/{sets[place].truth[row]}" for place, row in rows], return_inverse=True)[1]
        kept = np.sort(rng.permutation(len(rows))[:_MOST_PHOTOS])
        vectors = np.stack([sets[rows[one][0]].vectors[rows[one][1]] for one in kept])
        yield LabeledSet(f"mix {count}", vectors, labels[kept])
