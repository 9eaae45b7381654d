"""Fit the weights of `engine.clustering.counting` to folders with known kinds, and judge them on sources left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.engine.clustering import counting
from desktop_app.engine.clustering.elbow import Evidence
from desktop_app.engine.types import Float64Array, Int64Array

from .worlds import MIXES

_RIDGE = 3.0
_FREE = 3  # the first terms say how often each number is met; they are not held down
_ONE_KIND = 0.06  # of all, folders of one kind
# How far from the truth, in octaves, a number is still right for the fit: labels are not that exact.
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Case:
    """A folder with known kinds, and what was measured of it.

    Attributes:
        name: of the folder.
        sources: of its photos.
        true: number of kinds.
        evidence: for every number of groups.
    """

    name: str
    sources: frozenset[str]
    true: int
    evidence: Evidence

    @property
    def said(self) -> Float64Array:
        """See `counting.terms`."""
        return self.evidence.terms()

    @property
    def home(self) -> str:
        """Its source, or ``several``."""
        return next(iter(self.sources)) if len(self.sources) == 1 else "several"


def fitted(cases: Sequence[Case]) -> Float64Array:
    """The weights that make the true numbers likely: a conditional logit with a ridge, each kind of source alike.

    Returns:
        float64[T], of the terms as they are.
    """
    from scipy.optimize import minimize

    said, there, near = _padded(cases)
    scale = np.sqrt(np.mean([own[here].var(axis=0) for own, here in zip(said, there, strict=True)], axis=0)) + 1e-9
    said /= scale
    weight = _alike(cases)
    held = np.where(np.arange(said.shape[2]) < _FREE, 0.0, _RIDGE)

    def loss(weights: Float64Array) -> tuple[float, Float64Array]:
        score = np.where(there, said @ weights, -np.inf)
        top = score.max(axis=1, keepdims=True)
        total = np.exp(score - top).sum(axis=1, keepdims=True)
        likelihood = (near * np.where(there, score, 0.0)).sum(axis=1) - (top + np.log(total))[:, 0]
        slope = np.einsum("n,nk,nkt->t", weight, near - np.exp(score - top) / total, said)
        return float(held @ weights**2 / 2 - weight @ likelihood), held * weights - slope

    found: Float64Array = minimize(loss, np.zeros(said.shape[2]), jac=True, method="L-BFGS-B").x
    scaled: Float64Array = found / scale
    return scaled


def _padded(cases: Sequence[Case]) -> tuple[Float64Array, npt.NDArray[np.bool_], Float64Array]:
    """Terms of all cases float64[N, K, T], which of them there are, and how near each number is to the truth."""
    each = [case.said for case in cases]
    most = max(map(len, each))
    said = np.zeros((len(cases), most, each[0].shape[1]))
    there = np.zeros((len(cases), most), dtype=np.bool_)
    log_k = np.log2(np.arange(1, most + 1))
    for place, own in enumerate(each):
        said[place, : len(own)] = own
        there[place, : len(own)] = True
    off = np.abs(log_k[None] - np.log2([case.true for case in cases])[:, None])
    near = np.where(there, np.exp(-off / _NEAR), 0.0)
    near /= near.sum(axis=1, keepdims=True)
    return said, there, near


def _alike(cases: Sequence[Case]) -> Float64Array:
    """A weight for each case: every source counts as much as another, and mixes of several as much as `MIXES`."""
    homes = [case.home if case.true > 1 else "" for case in cases]
    many = len(set(homes) - {""}) + MIXES - 1
    shares = {"several": float(MIXES), "": _ONE_KIND * many}
    each = np.array([shares.get(home, 1.0) / homes.count(home) for home in homes])
    each *= len(cases) / each.sum()
    return each


def left_out(cases: Sequence[Case], known: Sequence[Case]) -> list[counting.Suggestion]:
    """What would be suggested for each case with weights fitted to those of ``known`` that share no source with it."""
    found: dict[int, counting.Suggestion] = {}
    for sources in dict.fromkeys(case.sources for case in cases):
        weights = fitted([case for case in known if not case.sources & sources])
        for place, case in enumerate(cases):
            if case.sources == sources:
                found[place] = counting.suggestion(counting.probabilities(case.said, weights), case.evidence.gap)
    return [found[place] for place in range(len(cases))]


def octaves(numbers: Sequence[float] | Int64Array, cases: Sequence[Case]) -> Float64Array:
    """How far each number is off the truth; above 0: too many groups."""
    off: Float64Array = np.log2(np.asarray(numbers, dtype=np.float64) / [case.true for case in cases])
    return off
