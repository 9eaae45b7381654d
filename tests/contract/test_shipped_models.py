"""Every model that ships is what its card says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.engine import paths
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from desktop_app.engine.naming.words import WORDS

_SHIPPED = sorted(path.parent for path in paths.shipped_models_dir().glob("*/card.json"))


@pytest.mark.skipif(not _SHIPPED, reason="no model has been trained yet")
@pytest.mark.parametrize("folder", _SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_model_passes_its_own_probe(folder: Path) -> None:
    card = load_card(folder)
    cosines = shelf.check(card)
    assert cosines["float"] >= card.probe.min_cosine
    assert set(cosines) == set(card.precisions)
    assert card.name == folder.name
    if card.int8:
        assert card.int8.neighbor_overlap_at_10 >= 0.9


@pytest.mark.skipif(not _SHIPPED, reason="no model has been trained yet")
@pytest.mark.parametrize("folder", _SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_model_says_where_it_comes_from_and_holds_nothing_else(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert all(card["provenance"][key] for key in ("data", "method", "config", "git_commit", "figures"))
    words = {"words.onnx"} if "words" in card else set()
    assert {path.name for path in folder.iterdir()} - words <= {"card.json", "model.onnx", "model.int8.onnx"}


@pytest.mark.skipif(not _SHIPPED, reason="no model has been trained yet")
@pytest.mark.parametrize("folder", _SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_model_names_words_that_the_program_can_say(folder: Path) -> None:
    card = load_card(folder)
    if card.words is not None:
        assert set(card.words.names) <= WORDS.keys()
        assert all((card.words.data, card.words.method, card.words.figures))
