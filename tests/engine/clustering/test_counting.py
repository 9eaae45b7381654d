"""The suggested number: copies count once, small changes change little, and the interval holds the suggestion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.clustering import counting
from desktop_app.engine.clustering.copies import ALIKE, ALIKE_PREPARED, once_each
from desktop_app.engine.clustering.elbow import counted, elbow, evidence
from desktop_app.engine.clustering.features import prepare
from desktop_app.engine.clustering.grouper import Grouper
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Embeddings

CTX = JobContext()


def embeddings(vectors: np.ndarray) -> Embeddings:
    return Embeddings(np.arange(1, len(vectors) + 1), vectors.astype(np.float32), "model")


def kinds(groups: int, count: int, noise: float = 1.0, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    centers = np.linalg.qr(rng.normal(size=(48, 48)))[0][:groups]
    return centers[np.arange(count) % groups] + rng.normal(size=(count, 48)) * noise / np.sqrt(48)


def same(one: object, other: object) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("suggested", "low", "high", "strength"))


@pytest.mark.parametrize("noise", [0.6, 1.5, 4.0])
def test_copies_of_photos_change_nothing(noise: float) -> None:
    photos = kinds(5, 150, noise)
    rng = np.random.default_rng(1)
    bursts = np.repeat(photos[rng.integers(150, size=12)], rng.integers(2, 30, 12), axis=0)
    bursts += rng.normal(size=bursts.shape) * 0.01
    once, more = (elbow(embeddings(rows), CTX) for rows in (photos, np.concatenate([photos, bursts])))
    assert same(once, more)
    assert once.inertia.tolist() == more.inertia.tolist()


def test_bursts_of_a_few_photos_are_what_is_to_be_told_apart() -> None:
    photos = np.eye(6, 32).repeat(9, axis=0) + np.random.default_rng(0).normal(size=(54, 32)) * 0.01
    found = elbow(embeddings(photos), CTX)
    assert (found.suggested, found.strength) == (6, "clear")
    assert found.k[-1] == 10


@pytest.mark.parametrize("factor", [1e-3, 7.0, 1e4])
def test_the_length_of_vectors_says_nothing(factor: float) -> None:
    photos = kinds(4, 120, 2.0)
    once, scaled = (elbow(embeddings(rows), CTX) for rows in (photos, photos * factor))
    assert same(once, scaled)


@pytest.mark.parametrize("groups", [3, 6, 10])
def test_more_photos_of_the_same_kinds_change_little(groups: int) -> None:
    few, many = (elbow(embeddings(kinds(groups, count, seed=count)), CTX) for count in (240, 960))
    assert abs(np.log2(few.suggested / many.suggested)) <= 0.3
    assert abs(np.log2(few.suggested / groups)) <= 0.3


@pytest.mark.parametrize("groups", [3, 8])
def test_one_photo_less_changes_little(groups: int) -> None:
    photos = kinds(groups, 200, 3.0)
    found = [elbow(embeddings(np.delete(photos, row, axis=0)), CTX).suggested for row in range(0, 200, 40)]
    assert max(found) - min(found) <= 1


def test_both_spaces_suggest_but_only_the_whole_one_is_believed() -> None:
    photos = embeddings(kinds(4, 160, 0.5))
    assert elbow(photos, CTX).strength == "clear"
    assert elbow(photos, CTX, space="pca2").strength == "none"


def test_the_grouper_counts_copies_once_too() -> None:
    photos = kinds(4, 80)
    twice = np.concatenate([photos, photos])
    assert same(Grouper(embeddings(twice)).elbow(CTX), elbow(embeddings(photos), CTX))


@given(st.integers(0, 10_000), st.integers(2, 41), st.floats(0.0, 30.0))
def test_the_interval_holds_the_suggestion(seed: int, most: int, sharpness: float) -> None:
    rng = np.random.default_rng(seed)
    odds = np.exp(sharpness * rng.normal(size=most))
    said = counting.suggestion(odds / odds.sum(), np.linspace(0, 1, most))
    assert 2 <= said.low <= said.k <= said.high <= most
    assert 0.0 <= said.probability <= 1.0 + 1e-9


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 41))
def test_the_middle_is_where_half_of_the_probability_lies(seed: int, most: int) -> None:
    """A slow twin: draw numbers, spread each over what is nearest to it, and take the middle of many."""
    rng = np.random.default_rng(seed)
    probability = rng.dirichlet(np.full(most, 0.3))
    several = probability[1:] / probability[1:].sum() if probability[1:].sum() > 1e-9 else None
    if several is None:
        return
    drawn = rng.choice(np.arange(2, most + 1), 20_000, p=several)
    low = np.where(drawn == 2, 1.5, np.sqrt(drawn * (drawn - 1.0)))
    high = np.where(drawn == most, most + 0.49, np.sqrt(drawn * (drawn + 1.0)))
    spread = np.log2(low) + rng.random(len(drawn)) * (np.log2(high) - np.log2(low))
    said = counting.suggestion(probability, np.linspace(0, 1, most))
    share = (2**spread <= said.k + 0.5).mean()
    below = (2**spread < said.k - 0.5).mean()
    assert below <= 0.5 + 0.03
    assert share >= 0.5 - 0.03


def test_words_follow_the_probability_and_one_group_is_never_believed() -> None:
    rising = np.linspace(0, 1, 9)
    sure = np.eye(9)[4] * 0.98 + 0.02 / 9
    assert counting.suggestion(sure, rising).strength == "clear"
    assert counting.suggestion(sure, np.zeros(9)).strength == "none"  # no number is better than in a cloud
    alone = np.eye(9)[0] * 0.98 + 0.02 / 9
    assert counting.suggestion(alone, rising).strength == "none"
    assert counting.suggestion(alone, rising).k >= 2
    assert counting.Suggestion(4, 3, 6, 0.6).strength == "weak"


def test_terms_are_finite_for_copies_of_a_few_photos() -> None:
    photos = np.eye(6, 32).repeat(4, axis=0) + np.eye(24, 32) * 0.5
    found = evidence(counted(photos.astype(np.float32), CTX), CTX)
    assert np.isfinite(found.terms()).all()
    assert found.terms().shape == (len(found.gap), len(counting.TERMS))
    assert len(counting.TERMS) == len(counting.WEIGHTS)


@pytest.mark.parametrize("count", [60, 500])
def test_copies_are_found_as_by_comparing_one_by_one(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(count)
    own = rng.normal(size=(count, 32))
    vectors = np.concatenate([own, own[rng.integers(count, size=count)] + rng.normal(size=(count, 32)) * 0.2])
    vectors = vectors[rng.permutation(len(vectors))].astype(np.float32)
    points, unit = prepare(vectors), normalize(vectors)
    stays: list[int] = []
    for row in range(len(vectors)):
        near = (points[stays] @ points[row] >= ALIKE_PREPARED) & (unit[stays] @ unit[row] >= ALIKE)
        if not near.any():
            stays.append(row)
    assert 0.3 * len(vectors) < len(stays) < 0.95 * len(vectors)
    assert once_each(vectors, points, CTX).tolist() == stays
    # Of many photos only those in one cell are compared: none is lost, and hardly a copy stays.
    monkeypatch.setattr("desktop_app.engine.clustering.copies._ALL_PAIRS", 50)
    monkeypatch.setattr("desktop_app.engine.clustering.copies._CELL", 20)
    in_cells = once_each(vectors, points, CTX)
    assert len(stays) <= len(in_cells) <= len(stays) + 0.1 * len(vectors)
    assert once_each(vectors[:0], points[:0], CTX).tolist() == []
