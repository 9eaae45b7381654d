"""DeepCluster (Caron et al. 2018): the groups that the network's own features fall into are the labels it learns.

Also with expectation maximization in place of k-means, and with a Jigsaw puzzle learned at the same time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import normalized_mutual_info_score
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from desktop_app.engine.strict import limits

from ..alarm import Alarm
from ..clusters.kmeans import kmeans
from ..clusters.mixtures import gaussian_mixture, von_mises_fisher_mixture
from ..clusters.prepare import whitened
from ..config import COUNT, POSITIVE, SHARE, WEIGHT
from ..distributed import agreed, gather_views
from ..measuring.features import embed_photos
from ..photos.data import PhotoArray
from ..puzzle.solver import PuzzleParams, Solver, puzzle_loss, statistics_of_the_batch
from .base import OpenRun, Pretext, Source

_GIANT = 20.0  # times its fair share
_NEARLY_ALL = 0.8
_HARD = 0.01  # nats: responsibilities that are as good as labels
_MATCHED = 0.5  # of the photos stay with their cluster: the head may go on with what it knows


@dataclass(frozen=True, slots=True)
class DeepClusterParams:
    """What is clustered, and how.

    Attributes:
        clusters: k; ten times as many as kinds are usual.
        method: ``kmeans``, or one that gives each photo shares of clusters: ``gmm``, ``vmf``.
        dims: principal components that are clustered, all of one spread; a mixture of many is nearly k-means.
        iterations: of the method.
        every: epochs that labels are kept for.
        kappa: concentration of ``vmf``.
        sharpen: exponent 1 / sharpen of shares before they are learned.
        reset: whether the last layer begins anew with each clustering, as in the paper. Otherwise clusters keep their
            numbers where more than half of the photos stay with theirs.
        puzzle_weight: of the Jigsaw loss at the same time; 0 leaves it out.
        puzzle_last: share of that weight that is left at the end of ``puzzle_epochs``.
        puzzle_epochs: over which it falls, by a cosine.
        puzzle: the puzzles.
    """

    clusters: int = field(metadata=limits(low=2, high=1_000_000))
    method: Literal["kmeans", "gmm", "vmf"] = "kmeans"
    dims: int = field(default=128, metadata=COUNT)
    iterations: int = field(default=20, metadata=COUNT)
    every: int = field(default=1, metadata=COUNT)
    kappa: float = field(default=50.0, metadata=POSITIVE)
    sharpen: float = field(default=0.5, metadata=limits(low=0.01, high=100))
    reset: bool = True
    puzzle_weight: float = field(default=0.0, metadata=WEIGHT)
    puzzle_last: float = field(default=0.1, metadata=SHARE)
    puzzle_epochs: int = field(default=100, metadata=COUNT)
    puzzle: PuzzleParams = field(default_factory=PuzzleParams)


class DeepCluster(Pretext):
    """Cross entropy with labels that are found anew every few epochs, in photos drawn evenly from all clusters."""

    head: nn.Linear
    labels: Tensor
    shares: Tensor
    found: Tensor
    figures: Tensor
    views = 1
    health_columns = ("nmi_previous", "used_clusters", "largest_share", "share_entropy")
    of_photos = ("labels", "shares")

    def __init__(self, backbone: nn.Module, dim: int, params: DeepClusterParams) -> None:
        super().__init__(backbone)
        self.params = params
        self.head = nn.Linear(dim, params.clusters)
        self.solver = Solver(dim, params.puzzle) if params.puzzle_weight else None
        self.register_buffer("labels", torch.empty(0, dtype=torch.long))
        self.register_buffer("shares", torch.empty(0, 0, dtype=torch.float16))  # of the methods that give any
        self.register_buffer("found", torch.full((), -1))  # the epoch in which
        self.register_buffer("figures", torch.zeros(len(self.health_columns)))
        self._photos: PhotoArray | None = None
        self._weights: Tensor | None = None

    def prepare(self, photos: PhotoArray, open_run: OpenRun, cache: Path, ctx: JobContext) -> None:
        """See `Pretext.prepare`: the first clusters, of the untrained network or of the one it began with.

        Raises:
            UsageError: ``config-invalid``: more clusters than photos.
        """
        if self.params.clusters > len(photos.images):
            raise UsageError(
                "config-invalid",
                f"pretext: {self.params.clusters} clusters of {len(photos.images)} photos cannot be made.",
                "Set clusters lower.",
            )
        self._photos = photos
        self.begin_epoch(0, ctx)

    def begin_epoch(self, epoch: int, ctx: JobContext) -> None:
        """See `Pretext.begin_epoch`: finds the clusters, unless those that there are still count."""
        p, due = self.params, epoch // self.params.every * self.params.every
        if int(self.found) >= due or self._photos is None:
            return
        images, device = self._photos.images, self.labels.device
        features = embed_photos(self.backbone, images, images.shape[-1], ctx, device=str(device))
        # Each process sees photos with BatchNorm statistics of its own, and would number other clusters.
        labels, shares = map(agreed, self._cluster(torch.from_numpy(features).to(device), seed=due))
        previous = self.labels if len(self.labels) else labels
        if not p.reset and int(self.found) >= 0:
            labels, shares, stayed = matched(previous, labels, shares, p.clusters)
        else:
            stayed = 0.0
        if p.reset or stayed <= _MATCHED:
            self._begin_head(seed=due)
        self._remember(previous, labels, shares)
        self.found.fill_(due)

    def _cluster(self, features: Tensor, seed: int) -> tuple[Tensor, Tensor]:
        """Labels int64[N], and shares float32[N, k] of the methods that give any."""
        p = self.params
        points = whitened(features, p.dims, unit=p.method != "gmm")
        if p.method == "kmeans":
            return kmeans(points, p.clusters, p.iterations, seed)[0], features.new_empty(0, 0)
        if p.method == "gmm":
            shares = gaussian_mixture(points, p.clusters, p.iterations, seed)
        else:
            shares = von_mises_fisher_mixture(points, p.clusters, p.iterations, seed, p.kappa)
        return shares.argmax(dim=1), shares

    def _begin_head(self, seed: int) -> None:
        # Chance of its own: a run that is resumed at the start of an epoch must draw the same.
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.head.reset_parameters()

    def _remember(self, previous: Tensor, labels: Tensor, shares: Tensor) -> None:
        sizes = labels.bincount(minlength=self.params.clusters).float()
        entropy = -(shares * shares.clamp(min=1e-12).log()).sum(dim=1).mean() if len(shares) else torch.zeros(())
        agreement = normalized_mutual_info_score(previous.cpu().numpy(), labels.cpu().numpy())
        figures = [float(agreement), float((sizes > 0).sum()), float(sizes.max() / len(labels)), float(entropy)]
        self.figures.copy_(torch.tensor(figures))
        self.labels, self._weights = labels, None
        sharp = shares.clamp(min=1e-12).pow(1 / self.params.sharpen) if len(shares) else shares
        self.shares = (sharp / sharp.sum(dim=1, keepdim=True)).half() if len(sharp) else sharp.half()

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """As many photos as ``rows``, each cluster as often: views float32[B, 3, S, S], and what each is taken for.

        The latter are labels int64[B, 1] or shares float16[B, k]; puzzles of the same views follow where they are
        learned, and their weight float32[1].
        """
        if self._weights is None:
            self._weights = even_weights(self.labels, self.shares.float(), self.params.clusters)
        chosen = torch.multinomial(self._weights, len(rows), replacement=True, generator=source.generator)
        chosen = chosen.sort().values
        view = source.view(source.photos(chosen.cpu().numpy()))
        targets = self.shares[chosen] if len(self.shares) else self.labels[chosen].unsqueeze(1)
        if self.solver is None:
            return view, targets
        # A report asks for the loss without saying of which epoch: at the first one's weight it would look like a rise.
        epoch = source.epoch if self.training else int(self.found)
        weight = torch.full((1,), self._puzzle_weight(epoch), device=view.device)
        return view, targets, *self.solver.draw(view, source.generator, self.params.puzzle.foreign), weight

    def _puzzle_weight(self, epoch: int) -> float:
        p = self.params
        left = (1 + math.cos(math.pi * min(1.0, epoch / p.puzzle_epochs))) / 2
        return p.puzzle_weight * (p.puzzle_last + (1 - p.puzzle_last) * left)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        view, targets, *puzzles = inputs
        logits = gather_views(self.head(self.backbone(view)), 1).float()
        targets = gather_views(targets, 1)
        if len(self.shares):
            loss = -(targets.float() * logits.log_softmax(dim=1)).sum(dim=1).mean()
        else:
            loss = nn.functional.cross_entropy(logits, targets.long().squeeze(1))
        if self.solver is None:
            return loss
        tiles, numbers, strangers, weight = puzzles
        with statistics_of_the_batch(self.backbone):
            answer, strange = self.solver(self.backbone(tiles))
        parts = (answer, numbers.unsqueeze(1), strange, strangers)
        answer, numbers, strange, strangers = (gather_views(part, 1) for part in parts)
        foreign = self.params.puzzle.foreign_weight if self.params.puzzle.foreign else 0.0
        return loss + weight[0] * puzzle_loss(answer, numbers.long().squeeze(1), strange, strangers.bool(), foreign)

    def health(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Pretext.health`: of the latest clustering.

        ``nmi_previous`` is its normalized mutual information with the one before; it climbs and flattens. A falling
        loss alone says nothing. ``share_entropy`` is how undecided a mixture is, in nats.
        """
        return dict(zip(self.health_columns, self.figures.tolist(), strict=True))

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Pretext.alarms`."""
        found = []
        if report["largest_share"] > min(_GIANT / self.params.clusters, _NEARLY_ALL):
            found.append(
                Alarm(
                    "giant-cluster",
                    f"One cluster holds {100 * report['largest_share']:.0f} % of the photos: what is learned tells it "
                    "from the rest and nothing else. Try more clusters, or a start from another task.",
                )
            )
        if self.params.method != "kmeans" and report["share_entropy"] < _HARD:
            found.append(
                Alarm(
                    "mixture-is-hard",
                    "Every photo belongs wholly to one cluster, as with k-means. In so many dimensions a mixture has "
                    "no doubts: set dims to 16 to 32, or kappa lower.",
                )
            )
        return found


def even_weights(labels: Tensor, shares: Tensor, clusters: int) -> Tensor:
    """How often to draw each photo so that every cluster that is not empty comes up as often: float32[N].

    Args:
        labels: int64[N].
        shares: float32[N, k], or empty, where labels count.
        clusters: k.
    """
    if len(shares):
        return (shares / shares.sum(dim=0).clamp(min=1e-6)).sum(dim=1)
    return 1 / labels.bincount(minlength=clusters).float()[labels]


def matched(previous: Tensor, labels: Tensor, shares: Tensor, clusters: int) -> tuple[Tensor, Tensor, float]:
    """New clusters under the numbers of the old ones that they share most photos with (Hungarian method).

    Args:
        previous: int64[N].
        labels: int64[N].
        shares: float32[N, k], or empty.
        clusters: k.

    Returns:
        Labels and shares under their new numbers, and the part of the photos whose number stayed, 0 to 1.
    """
    pairs = (previous * clusters + labels).bincount(minlength=clusters**2).view(clusters, clusters).cpu().numpy()
    old, new = linear_sum_assignment(pairs, maximize=True)
    number = torch.empty(clusters, dtype=torch.long, device=labels.device)
    number[torch.from_numpy(new).to(labels.device)] = torch.from_numpy(old).to(labels.device)
    renamed = torch.empty_like(shares)
    if len(shares):
        renamed[:, number] = shares
    return number[labels], renamed, float(pairs[old, new].sum() / len(labels))
