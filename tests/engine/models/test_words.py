"""The words of a model: read from embeddings, checked like the model itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.words import words_of
from tests.helpers.tiny_model import change_card, make_tiny_model, refusal
from tests.helpers.words import put_words, teach_words, words_graph

KEYS = ("dog", "cat", "sea")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A tiny model that takes the sign of three numbers of its embedding for three words."""
    folder = make_tiny_model(tmp_path / "tiny", dim=4)
    weights = np.eye(4, 3, dtype=np.float32) * 9
    put_words(folder, KEYS, words_graph(weights, np.zeros(3, np.float32)))
    return folder


def test_each_photo_gets_a_probability_of_each_word(model: Path) -> None:
    vectors = np.array([[1, -1, 1, 0], [-1, 1, -1, 0]] * 3000, np.float32)
    found = words_of(load_card(model), vectors)
    assert found is not None
    assert found.shape == (6000, 3)
    assert (found > 0.5).tolist() == [[True, False, True], [False, True, False]] * 3000
    assert words_of(load_card(model), vectors[:0]).shape == (0, 3)  # type: ignore[union-attr]


def test_a_model_without_words_says_so(tmp_path: Path) -> None:
    card = load_card(make_tiny_model(tmp_path / "plain", dim=4))
    assert words_of(card, np.zeros((2, 4), np.float32)) is None
    with pytest.raises(ValueError, match="no words"):
        card.read_words()


def test_words_are_taught_by_example(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "taught", dim=4)
    vectors = np.eye(4, dtype=np.float32)
    teach_words(folder, KEYS, vectors, np.eye(4, 3) > 0)
    found = words_of(load_card(folder), vectors)
    assert found is not None
    assert ((found > 0.5) == (np.eye(4, 3) > 0)).all()


def test_what_does_not_fit_the_card_is_refused(model: Path) -> None:
    vectors, zeros = np.ones((2, 4), np.float32), np.zeros(3, np.float32)
    card = load_card(model)
    put_words(model, KEYS[:2], words_graph(np.ones((4, 3), np.float32), zeros))
    assert refusal(lambda: words_of(load_card(model), vectors)) == "model-mismatch"  # three columns, two words
    put_words(model, KEYS, words_graph(np.ones((5, 3), np.float32), zeros))
    assert refusal(lambda: words_of(load_card(model), vectors)) == "model-mismatch"  # of another embedding
    put_words(model, KEYS, words_graph(np.full((4, 3), 3, np.float32), zeros, last="Identity"))
    assert refusal(lambda: words_of(load_card(model), vectors)) == "model-mismatch"  # no probabilities
    put_words(model, KEYS, words_graph(np.full((4, 3), np.nan, np.float32), zeros))
    assert refusal(lambda: words_of(load_card(model), vectors)) == "model-mismatch"
    assert refusal(lambda: words_of(card, vectors)) == "model-mismatch"  # the hash of before
    graph = words_graph(np.ones((4, 3), np.float32), zeros)
    graph.graph.node[0].op_type = "NoSuchOperator"
    put_words(model, KEYS, graph)
    assert refusal(lambda: words_of(load_card(model), vectors)) == "model-mismatch"
    (model / "words.onnx").unlink()
    assert refusal(lambda: words_of(load_card(model), vectors)) == "model-missing"


def test_a_word_named_twice_is_refused(model: Path) -> None:
    change_card(model, lambda card: card["words"].update(names=["dog", "dog", "sea"]))
    assert refusal(lambda: load_card(model)) == "card-invalid"


def test_adding_and_removing_a_model_takes_its_words_along(model: Path, kindred_home: Path) -> None:
    alone = shelf.size(load_card(model))
    added = shelf.add(model)
    assert added.folder == kindred_home / "models" / "tiny"
    assert added.read_words() == (model / "words.onnx").read_bytes()
    assert shelf.size(added) == alone
    shelf.remove("tiny")
    assert not added.folder.exists()


def test_a_model_with_broken_words_is_not_added(model: Path, kindred_home: Path) -> None:
    put_words(model, KEYS, words_graph(np.ones((5, 3), np.float32), np.zeros(3, np.float32)))
    assert refusal(lambda: shelf.add(model)) == "model-mismatch"
    assert not (kindred_home / "models" / "tiny").exists()
