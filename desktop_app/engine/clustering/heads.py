"""Linear cluster heads on fixed features: the losses of SCAN and TEMI with their gradients, and Adam.

All restarts (heads) are columns of one matrix, so that a step costs two matrix products however many there are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.engine.types import Float32Array

Floats = npt.NDArray[np.floating[Any]]

_TINY = 1e-12


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis, in the dtype of ``logits``."""
    out: Floats = logits - logits.max(axis=-1, keepdims=True)
    np.exp(out, out=out)
    out /= out.sum(axis=-1, keepdims=True)
    return out


def scan_loss(anchors: Floats, neighbors: Floats, entropy_weight: float) -> tuple[Floats, Floats, Floats]:
    """SCAN's loss: neighbors agree, and all clusters are used (Van Gansbeke et al. 2020, eq. 2).

    ``-mean_n log <p_n, q_n> - entropy_weight * H(mean_n p_n)``.

    Args:
        anchors: logits [n, H, C] of n photos from H heads.
        neighbors: logits [n, H, C] of one neighbor of each.
        entropy_weight: lambda.

    Returns:
        The loss of each head [H], and its gradient by both logits.
    """
    count = len(anchors)
    p, q = softmax(anchors), softmax(neighbors)
    shared = p * q
    agreement = np.maximum(shared.sum(axis=-1, keepdims=True), _TINY)
    mean = p.mean(axis=0)
    log_mean = np.log(mean + _TINY)
    loss = -np.log(agreement[..., 0]).mean(axis=0) + entropy_weight * (mean * log_mean).sum(axis=-1)
    shared /= agreement
    # The pull of -H(mean) on a logit is p * (log mean - its expectation under p).
    log_mean = log_mean - np.einsum("nhc,hc->nh", p, log_mean)[..., None]
    log_mean *= entropy_weight
    log_mean += 1
    log_mean *= p
    log_mean -= shared
    q -= shared
    return loss, log_mean / count, q / count


def temi_loss(
    students: tuple[Floats, Floats], teachers: tuple[Floats, Floats], mean: Floats, beta: float
) -> tuple[Floats, Floats, Floats]:
    """TEMI's loss (Adaloglou et al. 2023), both ways between a photo x and its neighbor y.

    ``-w log sum_c (s_c(x) t_c(y)) ** beta / mean_c``, where ``w = <t(x), t(y)>`` averaged over heads: pairs on which
    the teachers disagree count less. No entropy term: division by the mean does its work.

    Args:
        students: logits [n, H, C] of the photos and of their neighbors.
        teachers: probabilities of the same shape, taken as constants.
        mean: [H, C], a running mean of the teachers' probabilities.
        beta: 1 is pointwise mutual information; less keeps clusters from collapsing.

    Returns:
        The loss of each head [H], and its gradient by both students' logits.
    """
    count = len(students[0])
    weight = np.einsum("nhc,nhc->nh", *teachers).mean(axis=1)[:, None]
    prior = mean + _TINY
    loss: Floats = np.zeros(students[0].shape[1], dtype=students[0].dtype)
    gradients = []
    for logits, teacher in zip(students, teachers[::-1], strict=True):
        student = softmax(logits)
        term = student * teacher
        np.maximum(term, _TINY, out=term)
        np.power(term, beta, out=term)
        term /= prior
        total = term.sum(axis=-1, keepdims=True)
        loss -= (weight * np.log(total[..., 0])).mean(axis=0) / 2
        term /= total
        student -= term
        student *= weight[..., None] * (beta / (2 * count))
        gradients.append(student)
    return loss, gradients[0], gradients[1]


class Adam:
    """Adam (Kingma and Ba 2015) on one array, in place."""

    def __init__(self, weights: Float32Array) -> None:
        self._weights = weights
        self._first = np.zeros_like(weights)
        self._second = np.zeros_like(weights)
        self._steps = 0

    def step(self, gradient: Floats, rate: float) -> None:
        """Move the weights against ``gradient`` by about ``rate``."""
        self._steps += 1
        self._first += 0.1 * (gradient - self._first)
        self._second += 0.001 * (gradient**2 - self._second)
        root = np.sqrt(self._second / (1 - 0.999**self._steps)) + 1e-8
        self._weights -= (rate / (1 - 0.9**self._steps)) * self._first / root


def with_bias(points: Float32Array) -> Float32Array:
    """``points`` float32[N, d] with a column of ones, so that a head is one matrix float32[d + 1, C]."""
    return np.column_stack([points, np.ones(len(points), dtype=np.float32)])
