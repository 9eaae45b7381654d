"""Where unsure photos would be, and where they are filed: none is lost, none moves that is sure."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.engine.curation import Curation, arrange, groups_of
from desktop_app.engine.curation.unsure import best_groups, file_unsure
from desktop_app.engine.types import UNSURE, Clustering, Group


def clustering(best: list[int], second: list[int], sure: list[bool]) -> Clustering:
    """Photos 10, 9, 8, ... so that neither ids nor rows are in the other's order."""
    n = len(best)
    labels = np.where(sure, best, UNSURE).astype(np.int32)
    confidence = np.where(sure, 0.9, 0.2).astype(np.float32)
    ids = np.arange(10 + n, 10, -1, dtype=np.int64)
    return Clustering(ids, labels, confidence, "kmeans", {}, 0, np.array(best, np.int32), np.array(second, np.int32))


def members(groups: tuple[Group, ...]) -> dict[int, list[int]]:
    return {group.id: group.photo_ids.tolist() for group in groups}


def test_unsure_photos_go_with_the_group_they_are_most_like() -> None:
    found = clustering([0, 0, 0, 1, 1, 0, 1], [1, 1, 1, 0, 0, 1, -1], [True] * 5 + [False] * 2)
    _, groups = arrange(Curation(), groups_of(found))
    best, second = best_groups(groups, found)
    assert best.tolist() == [0, 0, 0, 1, 1, 0, 1]
    assert second.tolist() == [1, 1, 1, 0, 0, 1, UNSURE]
    assert members(file_unsure(groups, found, "folder")) == members(groups)
    left = file_unsure(groups, found, "leave")
    assert members(tuple(group for group in left if not group.hidden)) == {0: [17, 16, 15], 1: [14, 13]}
    assert members(tuple(group for group in left if group.hidden)) == {UNSURE: [12, 11]}
    assert members(file_unsure(groups, found, "best")) == {0: [17, 16, 15, 12], 1: [14, 13, 11]}


def test_a_group_that_no_photo_is_sure_of_is_nobodys_best() -> None:
    found = clustering([0, 0, 1, 1], [1, 1, 0, 0], [True, True, False, False])
    groups = groups_of(found)
    best, second = best_groups(groups, found)
    assert best.tolist() == [0, 0, UNSURE, UNSURE]
    assert second.tolist() == [UNSURE, UNSURE, 0, 0]
    assert members(file_unsure(groups, found, "best")) == {0: [14, 13], UNSURE: [12, 11]}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 3), st.booleans()), min_size=1, max_size=20), st.data())
def test_every_photo_is_filed_once_and_sure_ones_stay(rows: list[tuple[int, int, bool]], data: st.DataObject) -> None:
    numbers = {best: place for place, best in enumerate(sorted({best for best, _, _ in rows}))}
    found = clustering([numbers[b] for b, _, _ in rows], [numbers.get(s, -1) for _, s, _ in rows], [r[2] for r in rows])
    groups = groups_of(found)
    hidden = data.draw(st.sets(st.sampled_from([group.id for group in groups if group.id != UNSURE] or [UNSURE])))
    shown = tuple(group for group in groups if group.id == UNSURE or group.id not in hidden)
    filed = file_unsure(shown, found, "best")
    before, after = members(shown), members(filed)
    assert sorted(chain.from_iterable(after.values())) == sorted(chain.from_iterable(before.values()))
    for group_id, ids in before.items():
        if group_id != UNSURE:
            assert after[group_id][: len(ids)] == ids


@pytest.mark.parametrize("way", ["best", "folder", "leave"])
def test_without_unsure_photos_all_ways_are_one(way: str) -> None:
    found = clustering([0, 0, 1], [1, 1, 0], [True] * 3)
    groups = groups_of(found)
    assert members(file_unsure(groups, found, way)) == members(groups)  # type: ignore[arg-type]
