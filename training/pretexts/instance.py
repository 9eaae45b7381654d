"""Instance discrimination (Wu et al. 2018): each photo is a class of its own, whose weights are remembered features."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.job import JobContext

from ..alarm import Alarm
from ..config import COUNT, POSITIVE, SHARE, SOME
from ..distributed import agreed, gather_views
from ..photos.augment import on_device
from ..photos.data import PhotoArray
from .base import OpenRun, Pretext, Source

_JUMP = 3.0  # times the usual loss: the normalizer no longer fits
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class InstanceParams:
    """How photos are told apart.

    Attributes:
        temperature: divides the cosines.
        out: length of the remembered features.
        noise: other photos that each one is told from, drawn at random (noise-contrastive estimation); 0 tells it from
            all others (softmax), which a set of some ten thousand photos affords.
        momentum: how much of what is remembered of a photo stays when it is seen again.
    """

    temperature: float = field(default=0.1, metadata=POSITIVE)
    out: int = field(default=128, metadata=COUNT)
    noise: int = field(default=0, metadata=SOME)
    momentum: float = field(default=0.5, metadata=SHARE)


class Instance(Pretext):
    """One view of each photo under `softmax_loss` or `nce_loss`, against the memory of all photos.

    The memory starts with random directions: what it says of a photo is noise until that was seen once.
    """

    memory: Tensor
    log_normalizer: Tensor
    usual: Tensor
    renewed: Tensor
    views = 1
    of_photos = ("memory",)

    def __init__(self, backbone: nn.Module, dim: int, params: InstanceParams) -> None:
        super().__init__(backbone)
        self.params = params
        self.head = nn.Linear(dim, params.out)
        self.register_buffer("memory", torch.empty(0, params.out))
        self.register_buffer("log_normalizer", torch.zeros(()))
        self.register_buffer("usual", torch.zeros(()))
        self.register_buffer("renewed", torch.zeros((), dtype=torch.long))
        self._fresh: tuple[Tensor, Tensor, Tensor, Tensor] | None = None

    def prepare(self, photos: PhotoArray, open_run: OpenRun, cache: Path, ctx: JobContext) -> None:
        """See `Pretext.prepare`: a random direction for each photo, the same whenever a run begins."""
        if len(self.memory) == 0:
            shape = (len(photos.images), self.params.out)
            drawn = torch.rand(shape, generator=torch.Generator().manual_seed(0)) * 2 - 1
            self.memory = F.normalize(drawn, dim=1).to(self.memory.device)

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """One view of each photo, float32[B, 3, S, S], and which photo it is, int64[B, 1]."""
        view = source.view(source.photos(rows))
        return view, on_device(rows, view.device).unsqueeze(1)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        view, which = inputs
        z = gather_views(F.normalize(self.head(self.backbone(view)).float(), dim=1), 1)
        rows = gather_views(which, 1).long().squeeze(1)
        if self.params.noise == 0:
            loss, fitting = softmax_loss(z, self.memory, rows, self.params.temperature), self.log_normalizer
        else:
            others = torch.randint(len(self.memory), (len(z), self.params.noise), device=z.device)
            scores = self._scores(z, torch.cat([rows.unsqueeze(1), others], dim=1))
            fitting = scores.detach().logsumexp(dim=(0, 1)) - math.log(scores.numel()) + math.log(len(self.memory))
            fitting = agreed(fitting)  # each process draws other photos to be told from
            known = torch.where(self.renewed == 0, fitting, self.log_normalizer)
            loss = nce_loss(scores, known, len(self.memory))
        if self.training:
            self._fresh = rows, z.detach(), agreed(loss.detach().clone()), fitting
        return loss

    def _scores(self, z: Tensor, rows: Tensor) -> Tensor:
        """Cosines over temperature of each row of z [B, d] with the remembered photos ``rows`` [B, M]: [B, M]."""
        with torch.autocast(z.device.type, enabled=False):
            return torch.einsum("bd,bmd->bm", z, self.memory[rows]) / self.params.temperature

    @torch.no_grad()
    def after_step(self) -> None:
        """Remember the photos of the step as they look now; set the normalizer at first, and where it went stale."""
        if self._fresh is None:
            return
        rows, z, loss, fitting = self._fresh
        self.memory[rows] = F.normalize(self.memory[rows].lerp(z, 1 - self.params.momentum), dim=1)
        if self.params.noise:
            # Frozen at the first batch, as in the paper; a network that has changed much since makes the loss explode.
            first = self.renewed == 0
            stale = first | (loss > _JUMP * self.usual)
            self.log_normalizer.copy_(torch.where(stale, fitting, self.log_normalizer))
            self.usual.copy_(torch.where(first, loss, self.usual.lerp(loss, 0.05)))
            self.renewed += stale
        self._fresh = None

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Pretext.alarms`."""
        if self.renewed <= _OFTEN:
            return []
        return [
            Alarm(
                "stale-normalizer",
                f"The loss jumped {int(self.renewed) - 1} times to more than {_JUMP:.0f} times its mean, and the "
                "normalizer was estimated anew. Try a lower learning rate, or noise = 0.",
            )
        ]


def softmax_loss(z: Tensor, memory: Tensor, rows: Tensor, temperature: float) -> Tensor:
    """Cross entropy of each photo's own memory against all (Wu et al. 2018, equation 2), computed in float32.

    Args:
        z: unit rows float32[B, d].
        memory: unit rows float32[N, d].
        rows: int64[B], which photo each row is.
        temperature: divides the cosines.

    Returns:
        Scalar float32, the mean over rows; log(N) when all rows are alike.
    """
    with torch.autocast(z.device.type, enabled=False):
        return F.cross_entropy(z @ memory.T / temperature, rows)


def nce_loss(scores: Tensor, log_normalizer: Tensor, photos: int) -> Tensor:
    """Noise-contrastive estimation with uniform noise (Wu et al. 2018, equations 4 to 7).

    With P = exp(score) / Z and noise probability 1 / N, a pair is real with probability h = P / (P + m / N).

    Args:
        scores: float32[B, 1 + m], cosine over temperature with the photo's own memory, then with m others.
        log_normalizer: log Z.
        photos: N.

    Returns:
        Scalar float32: the mean over rows of -log h(own) - sum over the others of log(1 - h).
    """
    noise = scores.shape[1] - 1
    logits = scores - log_normalizer - math.log(noise / photos)
    return -(F.logsigmoid(logits[:, 0]) + F.logsigmoid(-logits[:, 1:]).sum(dim=1)).mean()
