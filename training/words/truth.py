"""Which words a person would call right for photos of a label: for measuring names alone, never for learning."""

from __future__ import annotations

import csv
import fnmatch
from collections.abc import Sequence
from pathlib import Path

from desktop_app.engine.naming.words import WORDS

_HERE = Path(__file__).resolve().parent
_MINI = "mini-imagenet/"


def acceptable() -> dict[str, frozenset[str]]:
    """Acceptable words, broader ones among them, by label: the pattern of its photos' names."""
    found = {}
    with (_HERE / "acceptable.csv").open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[row["photos"]] = _with_broader(row["words"].split())
    with (_HERE / "imagenet.csv").open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[f"{_MINI}*/{row['wordnet']}/*"] = _with_broader(row["words"].split())
    return found


def labels_of(names: Sequence[str], table: dict[str, frozenset[str]]) -> list[str]:
    """The label of each photo by its name ``source/path``; empty where it has none that is measured."""
    ordinary = [pattern for pattern in table if not pattern.startswith(_MINI)]
    found = []
    for name in names:
        if name.startswith(_MINI):
            found.append(f"{_MINI}*/{name.split('/')[2]}/*")
        else:
            found.append(next((pattern for pattern in ordinary if fnmatch.fnmatchcase(name, pattern)), ""))
    return found


def _with_broader(words: Sequence[str]) -> frozenset[str]:
    return frozenset(one for word in words for one in (word, *WORDS[word].broader))
