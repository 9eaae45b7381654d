"""How many groups: what several criteria say of every number at once, weighed by what they were worth on known folders.

Each number k gets a score, a weighted sum of what the criteria say of it; the exponentials of the scores are its
probability (a conditional logit, McFadden 1974). The median of two groups and more is suggested, the middle of the
probability is the interval, and how probable it is that the suggestion is right within a factor of 1.5, and the photos
not all of one kind, says how far it can be believed. Nothing is chosen by a maximum, so a small change of the photos
changes the suggestion little.

The weights were fitted on folders with known kinds: mixes of the labels of ten sources, with 1 to 30 kinds and 50 to
5,000 photos, by `training/reproduce/suggested_worlds.py`. There each folder is judged by weights that were fitted to
folders of other sources, see `training/RESULTS.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desktop_app.engine.types import Float64Array

Strength = Literal["clear", "weak", "none"]

TERMS = (
    "log k",
    "log k, squared",
    "one group",
    "silhouette",
    "silhouette, many photos",
    "bend of the gap",
    "eigengap",
    "BIC",
    "BIC, many photos",
)
"""What the score of a number is made of; "many photos" grows with them, by 1 for each factor of 256."""
WEIGHTS = (1.211, -0.466, 2.16, -3.919, 21.626, 23.01, 0.674, -0.006, 0.16)
"""Of the terms, as the row ``suggested-k-worlds`` fitted them."""
TAIL = 0.15
"""Probability on either side of the interval, chosen so that four intervals in five hold the truth."""
WITHIN = 1.5
CLEAR, WEAK = 0.7, 0.5
"""Probability from which on a suggestion counts as clear, and as weak."""
LEAST_SAVED = 0.05
"""Gap statistic that some number must reach: 80 clouds without groups (normal, uniform, heavy-tailed) stay below."""
_WIDE = 2.0  # the bend of the gap statistic: over the chord from half as many groups to twice as many
_WIDEST_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A number of groups, and what it is worth.

    Attributes:
        k: the median, 2 or more.
        low: of the interval, at most ``k``.
        high: of the interval, at least ``k``.
        probability: that the true number lies within a factor of `WITHIN` of ``k``, and is not one.
    """

    k: int
    low: int
    high: int
    probability: float

    @property
    def strength(self) -> Strength:
        """How far the number can be believed."""
        return "clear" if self.probability >= CLEAR else "weak" if self.probability >= WEAK else "none"


def terms(
    photos: int, silhouette: Float64Array, gap: Float64Array, eigenvalues: Float64Array, bic: Float64Array
) -> Float64Array:
    """What the criteria say of each number of groups from 1 to K, K >= 2.

    Args:
        photos: how many count.
        silhouette: float64[K]; that of one group is taken to be 0.
        gap: float64[K], the gap statistic.
        eigenvalues: of the graph's Laplacian, rising; K + 1 of them, or fewer, and then the last stands for the rest.
        bic: float64[K], a photo.

    Returns:
        float64[K, `TERMS`].
    """
    most = len(gap)
    log_k = np.log2(np.arange(1, most + 1))
    height = np.nan_to_num(silhouette)
    # Groups of copies have no scatter, and the logarithm of none has no bounds.
    gap = (gap - gap[0]).clip(-_WIDEST_GAP, _WIDEST_GAP)
    wide = np.log2(_WIDE)
    chord = (np.interp(log_k - wide, log_k, gap) + np.interp(log_k + wide, log_k, gap)) / 2
    rising = np.pad(eigenvalues, (0, max(0, most + 1 - len(eigenvalues))), mode="edge").clip(0, 2)
    many = np.log2(photos) / 8
    fit = bic - bic.max()
    columns = (
        *(log_k, log_k**2, (log_k == 0).astype(np.float64)),
        *(height, height * many, gap - chord, np.diff(rising[: most + 1]), fit, fit * many),
    )
    return np.stack(columns, axis=1)


def probabilities(said: Float64Array, weights: Sequence[float] | Float64Array = WEIGHTS) -> Float64Array:
    """Of each number from 1 on, float64[K], where the criteria say ``said`` float64[K, T] of `terms`."""
    score = said @ np.asarray(weights)
    odds = np.exp(score - score.max())
    found: Float64Array = odds / odds.sum()
    return found


def suggestion(probability: Float64Array, gap: Float64Array) -> Suggestion:
    """What to say of the numbers from 1 to K, K >= 2.

    Each number stands for what lies nearest to it by its logarithm, evenly; quantiles are taken of that.

    Args:
        probability: float64[K], of `probabilities`.
        gap: float64[K], the gap statistic; where it never rises, any number is as good as another.
    """
    several = probability[1:]
    ks = np.arange(2, len(several) + 2)
    edges = np.concatenate([[np.log2(1.5)], np.log2(ks[:-1] * ks[1:]) / 2, [np.log2(ks[-1] + 0.49)]])
    # Two groups or more, even where one is all but certain.
    below = np.concatenate([[0.0], np.cumsum(several / max(several.sum(), np.finfo(float).tiny))])
    low, middle, high = (2 ** np.interp((TAIL, 0.5, 1 - TAIL), below, edges)).tolist()
    k = round(middle)
    right = several[np.abs(np.log2(ks / k)) <= np.log2(WITHIN) + 1e-9].sum()
    known = float((gap - gap[0]).max()) >= LEAST_SAVED
    return Suggestion(k, round(low), round(high), float(right) if known else 0.0)
