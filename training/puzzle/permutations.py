"""Sets of permutations that are easy to tell apart."""

from __future__ import annotations

import functools
import itertools

import numpy as np

from desktop_app.engine.types import Int64Array

TILES = 9


@functools.cache
def permutation_set(count: int, seed: int = 0) -> Int64Array:
    """Permutations of nine tiles whose smallest Hamming distance is as large as a greedy choice makes it.

    From a random one on, the next is always the one with the largest minimum distance to those chosen, of several the
    one with the largest mean. (Noroozi and Favaro 2016 look at the mean alone; that leaves pairs which differ in two
    tiles only.)

    Args:
        count: how many, 1 to 9!.
        seed: of the first one.

    Returns:
        int64[count, 9]: in row p, place i shows tile ``p[i]``.
    """
    every = np.array(list(itertools.permutations(range(TILES))), dtype=np.int8)
    chosen = np.empty((count, TILES), dtype=np.int64)
    nearest = np.full(len(every), TILES, dtype=np.int64)
    total = np.zeros(len(every), dtype=np.int64)
    at = int(np.random.default_rng(seed).integers(len(every)))
    for number in range(count):
        chosen[number] = every[at]
        distance = np.zeros(len(every), dtype=np.int8)
        for place in range(TILES):
            distance += every[:, place] != every[at, place]
        np.minimum(nearest, distance, out=nearest)
        total += distance
        # Minimum first, then the mean: the sum of distances is less than 9 * count.
        at = int((nearest * (TILES * count + 1) + total).argmax())
    chosen.setflags(write=False)  # it is kept
    return chosen


def smallest_distance(permutations: Int64Array) -> int:
    """The smallest Hamming distance between two rows of int64[P, 9]; 9 for a single one."""
    pairs = itertools.combinations(permutations, 2)
    return min((int((first != second).sum()) for first, second in pairs), default=TILES)
