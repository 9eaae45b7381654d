"""The losses that train cluster heads, for any number of heads at once; all in float32, whatever autocast says.

`desktop_app.engine.clustering.heads` has the first two again in NumPy, with their gradients, for the app.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

_TINY = 1e-8


def scan_loss(anchors: Tensor, neighbors: Tensor, entropy_weight: float) -> Tensor:
    """A photo and its neighbor belong together, and all clusters are used (Van Gansbeke et al. 2020, equation 2).

    ``-mean_n log <p_n, q_n> - entropy_weight * H(mean_n p_n)``.

    Args:
        anchors: logits [B, H, C].
        neighbors: logits [B, H, C] of one neighbor of each.
        entropy_weight: lambda; 5 in all published small-data runs, 2 in the code's default.

    Returns:
        float32[H], one loss a head.
    """
    log_p, log_q = (F.log_softmax(logits.float(), dim=-1) for logits in (anchors, neighbors))
    agreement = torch.logsumexp(log_p + log_q, dim=-1).mean(dim=0)
    return -agreement - entropy_weight * entropy(log_p.exp().mean(dim=0))


def entropy(p: Tensor) -> Tensor:
    """``-sum p log p`` over the last axis, in nats."""
    return -(p * p.clamp(min=_TINY).log()).sum(dim=-1)


def temi_loss(
    students: tuple[Tensor, Tensor],
    teachers: tuple[Tensor, Tensor],
    mean: Tensor,
    beta: float,
) -> Tensor:
    """Pointwise mutual information of a photo's and its neighbor's cluster (Adaloglou et al. 2023), both ways.

    ``-w log sum_c (s_c(x) t_c(y)) ** beta / mean_c`` with ``w = <t(x), t(y)>`` averaged over the heads: pairs on which
    the teachers disagree count less.

    Args:
        students: logits [B, H, C] of the photos and of their neighbors; they carry the gradient.
        teachers: probabilities of the same shape, constants.
        mean: running mean [H, C] of the teachers' probabilities.
        beta: 1 is mutual information itself; less wants clusters of more equal size.

    Returns:
        float32[H], one loss a head.
    """
    first, second = (teacher.float() for teacher in teachers)
    weight = (first * second).sum(dim=-1).mean(dim=1, keepdim=True)
    prior = mean.float().clamp(min=_TINY).log()
    total = torch.zeros_like(weight[0].expand(first.shape[1]))
    for logits, teacher in zip(students, (second, first), strict=True):
        student = F.log_softmax(logits.float(), dim=-1)
        information = torch.logsumexp(beta * (student + teacher.clamp(min=_TINY).log()) - prior, dim=-1)
        total = total - (weight * information).mean(dim=0) / 2
    return total


def confident(p: Tensor, threshold: float, fallback: float, *, every_cluster: bool = False) -> tuple[Tensor, Tensor]:
    """The labels a batch gives itself, and which of them count.

    Args:
        p: probabilities float32[B, C] of weakly augmented photos.
        threshold: those count whose largest probability is above it.
        fallback: where there is none in the whole batch, this share of each cluster's members counts, the surest.
        every_cluster: whether the surest count in each cluster that has none above the threshold, although others have.

    Returns:
        Labels int64[B] and mask bool[B] with at least one photo.
    """
    sure, labels = p.max(dim=1)
    mask = sure > threshold
    if bool(mask.any()) and not every_cluster:
        return labels, mask
    for cluster in torch.unique(labels):
        members = (labels == cluster).nonzero().squeeze(1)
        if bool(mask[members].any()):
            continue
        kept = sure[members].topk(max(1, int(fallback * len(members)))).indices
        mask[members[kept]] = True
    return labels, mask


def self_label_loss(logits: Tensor, labels: Tensor, mask: Tensor, *, balance: bool) -> Tensor:
    """Cross entropy of strongly augmented photos with the labels of their weak views (SCAN, section 2.3).

    Args:
        logits: [B, C].
        labels: int64[B].
        mask: bool[B], photos that count; at least one.
        balance: weigh each class by the inverse of its number of photos that count.

    Returns:
        Scalar float32, the weighted mean.
    """
    logits, labels = logits[mask].float(), labels[mask]
    if not balance:
        return F.cross_entropy(logits, labels)
    weight = labels.bincount(minlength=logits.shape[1]).clamp(min=1).reciprocal().to(logits.dtype)
    return F.cross_entropy(logits, labels, weight=weight)
