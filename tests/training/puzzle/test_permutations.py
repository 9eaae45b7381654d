from __future__ import annotations

import itertools

import numpy as np
import pytest

from training.puzzle.permutations import TILES, permutation_set, smallest_distance


def test_distances_are_those_that_the_greedy_choice_reaches() -> None:
    """Taking the largest mean instead leaves pairs that differ in four (10) and two (30) tiles."""
    assert [smallest_distance(permutation_set(count)) for count in (1, 2, 10, 30)] == [9, 9, 8, 7]


def test_every_row_is_a_permutation_and_a_smaller_set_is_the_beginning_of_a_larger() -> None:
    orders = permutation_set(30, seed=3)
    assert np.array_equal(np.sort(orders, axis=1), np.tile(np.arange(TILES), (30, 1)))
    assert len(np.unique(orders, axis=0)) == 30
    distance = (orders[:, None] != orders[None]).sum(axis=2)
    for row in range(2, 30):  # each one is as far from those before it as any later choice was
        assert distance[row, :row].min() <= distance[row - 1, : row - 1].min()


def test_no_candidate_would_have_been_better() -> None:
    orders = permutation_set(4, seed=1)
    every = np.array(list(itertools.permutations(range(TILES))), dtype=np.int8)
    for row in range(1, 4):
        distance = np.stack([(every != order).sum(axis=1) for order in orders[:row]], axis=1)
        own = (orders[:row] != orders[row]).sum(axis=1)
        assert own.min() == distance.min(axis=1).max()
        ties = distance[distance.min(axis=1) == own.min()]
        assert own.sum() == ties.sum(axis=1).max()


def test_a_set_that_was_given_out_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        permutation_set(10)[0, 0] = 1
