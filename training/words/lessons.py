"""What a photo is known to show, by the teacher's answers and by where it comes from: the lessons of the words.

`imagenet.csv` gathers the teacher's thousand classes into everyday words, and a word holds of all that its narrower
words hold of. `sources.csv` says what all photos of a source show; such a row also says that no other word that
sources teach holds, but for those that it leaves open.
"""

from __future__ import annotations

import csv
import fnmatch
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop_app.engine.naming.words import WORDS
from desktop_app.engine.types import Float32Array

CLASSES = 1000
_HERE = Path(__file__).resolve().parent
_SHARPNESS = 1.0  # divides no logit: the teacher's own probabilities
_WITHOUT_PEOPLE = ("animals", "food", "screenshot", "document")
_SECOND_HAND = 0.5  # what is only concluded counts half


@dataclass(frozen=True, slots=True)
class Lessons:
    """Attributes: shown (float32[N, W], how surely each word holds), counts (float32[N, W], how much that counts)."""

    shown: Float32Array
    counts: Float32Array


def keys() -> tuple[str, ...]:
    """The words that are taught, in the order of the head's output."""
    return tuple(WORDS)


def gathered() -> npt.NDArray[np.bool_]:
    """Which classes of the teacher each word gathers, bool[1000, W], narrower words' classes among them."""
    column = {key: place for place, key in enumerate(keys())}
    table = np.zeros((CLASSES, len(column)), bool)
    with (_HERE / "imagenet.csv").open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            for key in row["words"].split():
                for one in (key, *WORDS[key].broader):
                    table[int(row["class"]), column[one]] = True
    return table


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: str
    present: frozenset[str]
    unknown: frozenset[str]


def _rows() -> Iterator[_Row]:
    with (_HERE / "sources.csv").open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            named = row["unknown"].split()
            unknown = set(WORDS) if "*" in named else set(named)
            unknown -= {word[1:] for word in named if word.startswith("-")} | {"*"}
            present = frozenset(row["present"].split())
            unknown_words = unknown | {broader for word in unknown for broader in WORDS[word].broader}
            yield _Row(row["photos"], present, frozenset(unknown_words) - present)


def taught_by_sources() -> frozenset[str]:
    """The words of which sources say that they hold."""
    return frozenset(word for row in _rows() for word in row.present)


def lessons(names: Sequence[str], answers: npt.NDArray[np.float16]) -> Lessons:
    """What is known of photos.

    Args:
        names: ``source/path`` of each, as `looking.look` gives them.
        answers: float16[N, 1000], the teacher's logits.
    """
    logits = answers.astype(np.float32) * _SHARPNESS
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    answered = odds / odds.sum(axis=1, keepdims=True)
    classes = gathered()
    shown = (answered @ classes.astype(np.float32)).astype(np.float32).clip(0, 1)
    counts = np.broadcast_to(classes.any(axis=0), shown.shape).astype(np.float32)
    column = {key: place for place, key in enumerate(keys())}
    without = shown[:, [column[word] for word in _WITHOUT_PEOPLE]].sum(axis=1)
    for word in ("people", "portrait"):
        counts[:, column[word]] = _SECOND_HAND * without.clip(0, 1)
    taught, rows = taught_by_sources(), list(_rows())
    for index, name in enumerate(names):
        row = next((row for row in rows if fnmatch.fnmatchcase(name, row.pattern)), None)
        if row is not None:
            present = [column[word] for word in row.present]
            absent = [column[word] for word in taught - row.present - row.unknown]
            shown[index, present], counts[index, present] = 1, 1
            shown[index, absent], counts[index, absent] = 0, 1
    return Lessons(shown, counts)
