"""Corrections teach: photos like those that a person placed follow, hand-placed ones stay, and little else moves."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext
from desktop_app.engine.teach import proposals
from desktop_app.engine.types import UNSURE, Embeddings
from tests.helpers.point_sets import blobs

CTX = JobContext()


def _album() -> tuple[Embeddings, np.ndarray, np.ndarray]:
    """Four kinds in groups 5, 7 and 9: the two smallest kinds share group 9."""
    vectors, truth = blobs((60, 50, 20, 20))
    group_ids = np.array([5, 7, 9, 9], np.int32)[truth]
    return Embeddings(np.arange(1000, 1000 + len(truth)), vectors, "model"), truth, group_ids


def test_photos_like_the_placed_ones_follow_them_and_no_others() -> None:
    photos, truth, group_ids = _album()
    placed = np.zeros(len(truth), dtype=bool)
    placed[np.flatnonzero(truth == 3)[:8]] = True
    group_ids[placed] = 11
    found = proposals(photos, group_ids, placed, CTX)
    others = photos.photo_ids[(truth == 3) & ~placed]
    assert sorted(found.photo_ids) == sorted(others)
    assert set(found.from_groups) == {9}
    assert set(found.to_groups) == {11}
    assert (np.diff(found.confidence) <= 0).all()
    assert found.confidence.min() > 0.4
    assert found.confidence.max() <= 1


def test_what_a_person_placed_stays_even_where_it_fits_badly() -> None:
    photos, truth, group_ids = _album()
    placed = np.zeros(len(truth), dtype=bool)
    placed[np.flatnonzero(truth == 0)[0]] = True
    group_ids[placed] = 7
    assert not np.isin(photos.photo_ids[placed], proposals(photos, group_ids, placed, CTX).photo_ids).any()


def test_a_locked_group_neither_gives_nor_takes_and_what_was_left_alone_is_counted() -> None:
    photos, truth, group_ids = _album()
    lost = np.flatnonzero(truth == 0)[:6]
    group_ids[lost] = 7  # they belong in 5
    placed = np.zeros(len(truth), dtype=bool)
    placed[np.flatnonzero(truth == 3)[:8]] = True
    group_ids[placed] = 11
    free = proposals(photos, group_ids, placed, CTX)
    pairs = list(zip(free.from_groups.tolist(), free.to_groups.tolist(), strict=True))
    assert set(pairs) == {(9, 11), (7, 5)}
    assert free.locked == 0
    for locked in ([9], [11], [5], [7, 11], [5, 9]):
        found = proposals(photos, group_ids, placed, CTX, locked=locked)
        stay = [bool({*pair} & {*locked}) for pair in pairs]
        assert sorted(found.photo_ids) == sorted(free.photo_ids[~np.array(stay)])
        assert found.locked == sum(stay) > 0
    assert proposals(photos, group_ids, placed, CTX, locked=[UNSURE, 1]).photo_ids.size == free.photo_ids.size


def test_unsure_photos_that_resemble_a_group_are_proposed_for_it() -> None:
    photos, truth, group_ids = _album()
    placed = np.zeros(len(truth), dtype=bool)
    placed[0] = True
    lost = np.flatnonzero(truth == 1)[:10]
    lost = lost[lost != 0]
    group_ids[lost] = UNSURE
    found = proposals(photos, group_ids, placed, CTX)
    assert set(photos.photo_ids[lost]) <= set(found.photo_ids)
    of_lost = np.isin(found.photo_ids, photos.photo_ids[lost])
    assert set(found.to_groups[of_lost]) == {7}
    assert set(found.from_groups[of_lost]) == {UNSURE}


def test_order_of_photos_and_scale_of_vectors_change_nothing() -> None:
    photos, truth, group_ids = _album()
    placed = np.zeros(len(truth), dtype=bool)
    placed[np.flatnonzero(truth == 3)[:4]] = True
    group_ids[placed] = 11
    confidence = np.random.default_rng(3).random(len(truth)).astype(np.float32)
    order = np.random.default_rng(1).permutation(len(truth))
    here = proposals(photos, group_ids, placed, CTX, confidence=confidence)
    turned = Embeddings(photos.photo_ids[order], photos.vectors[order] * 3, "model")
    there = proposals(turned, group_ids[order], placed[order], CTX, confidence=confidence[order])
    assert dict(zip(here.photo_ids.tolist(), here.to_groups.tolist(), strict=True)) == dict(
        zip(there.photo_ids.tolist(), there.to_groups.tolist(), strict=True)
    )
    assert len(here.photo_ids)


@pytest.mark.parametrize("why", ["nothing placed", "one group", "placed nowhere", "no photos"])
def test_nothing_is_proposed_where_nothing_can_be_learnt(why: str) -> None:
    photos, truth, group_ids = _album()
    placed = np.zeros(len(truth), dtype=bool)
    if why == "one group":
        group_ids[:] = 5
        placed[0] = True
    elif why == "placed nowhere":
        placed[0], group_ids[0] = True, UNSURE
    elif why == "no photos":
        photos, placed, group_ids = Embeddings(photos.photo_ids[:0], photos.vectors[:0], "m"), placed[:0], group_ids[:0]
    found = proposals(photos, group_ids, placed, CTX)
    assert found.photo_ids.size == found.from_groups.size == found.to_groups.size == found.confidence.size == 0


def test_cancel_is_heard() -> None:
    photos, _, group_ids = _album()
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        proposals(photos, group_ids, np.ones(len(group_ids), dtype=bool), ctx)
