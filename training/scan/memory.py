"""Watching cluster heads while they learn, without labels: figures after each epoch, and the degenerate modes."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from ..alarm import Alarm
from .losses import entropy

COLUMNS = (
    "assignment_entropy",
    "used_clusters",
    "largest_share",
    "smallest_share",
    "max_probability",
    "confident_share",
    "twin_correlation",
    "ami_previous",
    "ami_start",
)
_PROBE = 512  # photos remembered at most
_PATIENT_EPOCHS = 3  # a head that has just begun is uniform
_GAIN = 0.001
SURE = 0.99


class ClusterMemory(nn.Module):
    """What has to be remembered from epoch to epoch; buffers, so that a resumed run remembers it, too.

    Attributes:
        previous: cluster of each photo of the probe at the last report; -1 where there is none.
        start: the same at the first report, which is made before the first step.
        epochs: reports so far.
        mined: hash of the neighbors in use.
        confident: photos of this epoch whose label counted; ``shown`` all photos of this epoch.
        best: largest share of them so far, and ``stale``, the epochs since it was reached.
    """

    previous: Tensor
    start: Tensor
    epochs: Tensor
    mined: Tensor
    confident: Tensor
    shown: Tensor
    best: Tensor
    stale: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("previous", torch.full((_PROBE,), -1))
        self.register_buffer("start", torch.full((_PROBE,), -1))
        self.register_buffer("mined", torch.zeros(16, dtype=torch.uint8))
        self.register_buffer("best", torch.zeros(()))
        for name in ("epochs", "confident", "shown", "stale"):
            self.register_buffer(name, torch.zeros((), dtype=torch.long))

    def report(self, p: Tensor) -> dict[str, float]:
        """The figures `COLUMNS` for probabilities float32[N, C] of the same photos every time; closes the epoch."""
        labels = p.argmax(dim=1)
        seen = labels[:_PROBE]
        if self.start[0] < 0:
            self.start[: len(seen)] = seen
            self.previous.copy_(self.start)
        clusters = p.shape[1]
        share = labels.bincount(minlength=clusters) / len(labels)
        sure = (p.max(dim=1).values > SURE).float().mean()
        confident_share = float(self.confident / self.shown if self.shown else sure)
        figures = {
            "assignment_entropy": float(entropy(p.mean(dim=0))) / math.log(clusters),
            "used_clusters": float((share > 0).sum()),
            "largest_share": float(share.max()),
            "smallest_share": float(share.min()),
            "max_probability": float(p.max(dim=1).values.mean()),
            "confident_share": confident_share,
            "twin_correlation": twin_correlation(p),
            "ami_previous": _ami(self.previous, seen),
            "ami_start": _ami(self.start, seen),
        }
        self.previous[: len(seen)] = seen
        self.epochs += 1
        if self.shown:
            better = figures["confident_share"] > float(self.best) + _GAIN
            self.stale.copy_(torch.zeros_like(self.stale) if better else self.stale + 1)
            self.best.fill_(max(float(self.best), figures["confident_share"]))
        self.confident.zero_()
        self.shown.zero_()
        return figures

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """Failures that any cluster head can show (methods of Van Gansbeke et al. 2020; thresholds are ours)."""
        found = []
        if report["assignment_entropy"] < 0.5:
            found.append(
                Alarm("one-cluster", "Most photos are in one cluster: raise the entropy weight or lower the rate.")
            )
        if self.epochs >= _PATIENT_EPOCHS and report["max_probability"] < 0.3:
            found.append(Alarm("uniform", "No photo is sure of its cluster: lower the entropy weight or train longer."))
        if report["twin_correlation"] > 0.9:
            found.append(Alarm("twin-clusters", "Two clusters hold the same photos: ask for fewer, or merge them."))
        return found

    def drifts(self, report: Mapping[str, float]) -> list[Alarm]:
        """Failures of heads that teach themselves, compared with where they started."""
        found = []
        if report["confident_share"] == 0:
            found.append(Alarm("empty-mask", "No photo was sure enough to teach: the threshold was a quantile."))
        alive = len(torch.unique(self.start[self.start >= 0]))
        if report["used_clusters"] < alive:
            found.append(
                Alarm("class-death", f"{alive - report['used_clusters']:.0f} clusters have died: balance, stop early.")
            )
        if report["ami_start"] < 0.6:
            found.append(
                Alarm("drift", "The clusters are no longer those it started from: lower the rate, stop early.")
            )
        return found


def twin_correlation(p: Tensor) -> float:
    """Largest correlation between the probabilities of two clusters, columns of float32[N, C]; -1 to 1."""
    centered = p - p.mean(dim=0)
    length = centered.norm(dim=0)
    alive = length > 1e-3 * math.sqrt(len(p))
    unit = centered[:, alive] / length[alive]
    if unit.shape[1] < 2:
        return 0.0
    correlation = unit.T @ unit
    correlation.fill_diagonal_(-1)
    return float(correlation.max())


def _ami(before: Tensor, now: Tensor) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(before[: len(now)].cpu().numpy(), now.cpu().numpy()))
