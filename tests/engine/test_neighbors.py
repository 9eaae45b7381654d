"""Exact neighbors against a slow twin, with ties, copies and zero vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine import neighbors
from desktop_app.engine.errors import Cancelled, UsageError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.neighbors import nearest, neighbors_of
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Embeddings


def _vectors(count: int, width: int = 12, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)


def _slow(queries: np.ndarray, vectors: np.ndarray, k: int, exclude: np.ndarray | None) -> list[list[int]]:
    out = []
    for number, query in enumerate(queries.astype(np.float64)):
        scored = []
        for row, vector in enumerate(vectors.astype(np.float64)):
            if exclude is not None and row == exclude[number]:
                continue
            length = np.linalg.norm(query) * np.linalg.norm(vector)
            scored.append((-round(query @ vector / length, 5) if length else 0.0, row))
        out.append([row for _, row in sorted(scored)[:k]])
    return out


@pytest.mark.parametrize(("count", "k"), [(60, 1), (60, 5), (60, 59), (60, 200), (701, 1), (701, 9), (701, 30)])
def test_agrees_with_a_slow_twin(count: int, k: int) -> None:
    vectors, own = _vectors(count), np.arange(count)
    asked = own[-40:]
    index, similarity = nearest(vectors[asked], vectors, k, JobContext(), exclude=asked)
    assert index.tolist() == _slow(vectors[asked], vectors, k, asked)
    assert (np.diff(similarity, axis=1) <= 1e-6).all()


def test_vectors_far_from_the_origin_asked_twenty_at_once_are_told_apart() -> None:
    """Where other searches expand the squared distance, digits cancel."""
    vectors = 3 + _vectors(500, 384)
    index, _ = nearest(vectors[:20], vectors, 5, JobContext(), exclude=np.arange(20))
    assert index.tolist() == _slow(vectors[:20], vectors, 5, np.arange(20))
    alone = [
        nearest(vectors[row : row + 1], vectors, 5, JobContext(), exclude=np.array([row]))[0][0] for row in range(20)
    ]
    assert index.tolist() == np.array(alone).tolist()


@pytest.mark.parametrize("piece", [1, 7, 101, 4096])
def test_few_questions_are_answered_as_many_are(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    """To the last bit, however the vectors are cut in pieces and shared among threads."""
    vectors = _vectors(101)
    vectors[[3, 50]] = 0
    many = nearest(vectors, vectors, 7, JobContext(), exclude=np.arange(101))
    monkeypatch.setattr(neighbors, "_PIECE_VALUES", 12 * piece)
    monkeypatch.setattr(neighbors, "_SHARE", 3 * piece)
    for row in (0, 48):
        asked = np.arange(row, row + 5)
        index, similarity = nearest(vectors[asked], vectors, 7, JobContext(), exclude=asked)
        assert index.tolist() == many[0][asked].tolist()
        assert similarity.tolist() == many[1][asked].tolist()


def _plain(queries: np.ndarray, vectors: np.ndarray, k: int, exclude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every cosine, one after the other and all sorted; equal to six digits is equally similar."""
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    index, similarity = [], []
    for query, own in zip(normalize(queries), exclude, strict=True):
        each = np.repeat(query[None], len(vectors), axis=0)
        cosine = np.einsum("nd,nd->n", each, vectors) / np.where(lengths > 0, lengths, 1)
        cosine = np.clip(cosine.astype(np.float32), -1, 1)
        rows = np.delete(np.arange(len(vectors)), own)
        index.append(rows[np.lexsort((rows, -np.round(cosine[rows], 6)))][:k])
        similarity.append(cosine[index[-1]])
    return np.array(index), np.array(similarity)


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(2, 1500),
    width=st.integers(1, 40),
    k=st.integers(1, 30),
    questions=st.sampled_from([1, 3, 40]),
    kinds=st.integers(1, 200),
    noise=st.sampled_from([0.0, 1e-7, 1e-4, 1e-3, 0.3]),
    share=st.sampled_from([5, 64, 1000]),
    seed=st.integers(0, 2**32 - 1),
)
def test_nothing_is_lost_of_the_plain_computation(
    count: int, width: int, k: int, questions: int, kinds: int, noise: float, share: int, seed: int
) -> None:
    """Rows, order and similarities to the last bit: of kinds far apart and near, copies and zero vectors."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(kinds, width))[rng.integers(0, kinds, count)]
    vectors += noise * rng.normal(size=vectors.shape) * rng.random((count, 1))
    vectors[rng.random(count) < 0.02] = 0
    vectors = (vectors * rng.choice([1.0, 7.0])).astype(np.float32)
    asked = rng.integers(0, count, questions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbors, "_SHARE", share)
        patch.setattr(neighbors, "_PIECE_VALUES", 8 * share)
        index, similarity = nearest(vectors[asked], vectors, k, JobContext(), exclude=asked)
    right = _plain(vectors[asked], vectors, min(k, count - 1), asked)
    assert index.tolist() == right[0].tolist()
    assert similarity.tolist() == right[1].tolist()


def test_blocks_give_the_same_as_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = _vectors(101)
    whole = nearest(vectors, vectors, 7, JobContext(), exclude=np.arange(101))
    monkeypatch.setattr(neighbors, "_BLOCK_VALUES", 101 * 10)
    pieces = nearest(vectors, vectors, 7, JobContext(), exclude=np.arange(101))
    assert whole[0].tolist() == pieces[0].tolist()
    assert whole[1].tolist() == pieces[1].tolist()


@pytest.mark.parametrize("crowd", [2000, 3])
def test_ties_go_to_the_lower_row_even_at_the_border(crowd: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbors, "_CROWD", crowd)
    vectors = np.repeat(_vectors(4, 300), 25, axis=0)
    index, similarity = nearest(vectors, vectors, 10, JobContext(), exclude=np.arange(100))
    for row in range(100):
        first = row // 25 * 25
        assert index[row].tolist() == [i for i in range(first, first + 25) if i != row][:10]
    assert similarity == pytest.approx(1.0, abs=1e-5)
    assert similarity.max() <= 1.0


def test_a_zero_vector_resembles_nothing() -> None:
    vectors = _vectors(5)
    vectors[2] = 0
    _, similarity = nearest(vectors[2:3], vectors, 5, JobContext())
    assert not similarity.any()


@pytest.mark.parametrize(("count", "k", "found"), [(1, 5, 0), (2, 5, 1), (6, 3, 3), (6, 0, 0)])
def test_fewer_photos_give_fewer_neighbors(count: int, k: int, found: int) -> None:
    vectors = _vectors(count)
    index, similarity = nearest(vectors, vectors, k, JobContext(), exclude=np.arange(count))
    assert index.shape == similarity.shape == (count, found)


def test_photos_and_foreign_pictures_as_queries() -> None:
    vectors = _vectors(30)
    library = Embeddings(np.arange(30)[::-1] * 7 + 1, vectors, "model")
    asked = [int(library.photo_ids[4]), int(library.photo_ids[20])]
    found = neighbors_of(library, asked, 3, JobContext())
    assert (
        found.photo_ids.tolist() == library.photo_ids[_slow(vectors[[4, 20]], vectors, 3, np.array([4, 20]))].tolist()
    )
    foreign = neighbors_of(library, vectors[4] * 5, 3, JobContext())
    assert foreign.photo_ids.shape == (1, 3)
    assert foreign.photo_ids[0, 0] == library.photo_ids[4]
    assert foreign.similarity[0, 0] == pytest.approx(1.0, abs=1e-5)


def test_photos_are_answered_in_the_order_asked() -> None:
    """Ids are made of what is in the files, so they come in no order."""
    ids = np.random.default_rng(2).permutation(np.arange(-300, 300) * 10**15)
    library = Embeddings(ids, _vectors(600), "model")
    asked = [ids[400], ids[3], ids[400], ids[77]]
    found = neighbors_of(library, asked, 4, JobContext())
    for number, one in enumerate(asked):
        alone = neighbors_of(library, [one], 4, JobContext())
        assert found.photo_ids[number].tolist() == alone.photo_ids[0].tolist()


def test_an_unknown_photo_is_named() -> None:
    library = Embeddings(np.array([1, 5]), _vectors(2), "model")
    for wrong in (0, 3, 9):
        with pytest.raises(UsageError, match=str(wrong)) as caught:
            neighbors_of(library, [5, wrong], 1, JobContext())
        assert caught.value.code == "unknown-photo"


@pytest.mark.parametrize("questions", [5, 100])
def test_cancel_is_heard_between_blocks(questions: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbors, "_BLOCK_VALUES", 100)
    seen: list[int] = []

    def stop_soon(event: Progress) -> None:
        seen.append(event.done)
        ctx.cancel()

    ctx = JobContext(stop_soon, max_events_per_second=1e9)
    with pytest.raises(Cancelled):
        nearest(_vectors(questions), _vectors(100), 3, ctx)
    assert seen == [0]
