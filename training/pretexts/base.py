"""What every pretext task gives the training loop."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext

from ..alarm import Alarm
from ..config import AugmentConfig
from ..photos.augment import on_device, random_views, reduced
from ..photos.data import PhotoArray


@torch.no_grad()
def follow(slow: nn.Module, fast: nn.Module, momentum: float) -> None:
    """Move the parameters of ``slow`` towards those of ``fast``, its twin: ``slow = m * slow + (1 - m) * fast``."""
    for kept, new in zip(slow.parameters(), fast.parameters(), strict=True):
        kept.lerp_(new, 1 - momentum)


@dataclass(frozen=True, slots=True)
class Source:
    """What a task draws the inputs of one step from.

    Attributes:
        images: uint8[N, 3, H, W], all photos: in memory, mapped from disk, or on the device.
        size: side of the views in pixels.
        augment: how a random view is drawn.
        generator: of all random numbers of the step, on the device.
        epoch: that the step belongs to.
    """

    images: npt.NDArray[np.uint8] | Tensor
    size: int
    augment: AugmentConfig
    generator: torch.Generator
    epoch: int = 0

    def photos(self, rows: npt.NDArray[np.int64]) -> Tensor:
        """The photos ``rows`` int64[B] on the device, `reduced` to little more than views need: uint8[B, 3, H, W]."""
        if isinstance(self.images, Tensor):
            return reduced(self.images[on_device(rows, self.images.device)], self.size)
        return reduced(on_device(self.images[rows], self.generator.device), self.size)

    def view(self, photos: Tensor) -> Tensor:
        """One random view of each of uint8[B, 3, H, W]: float32[B, 3, size, size]."""
        return random_views(photos, self.size, self.augment, self.generator)


class Pretext(nn.Module, ABC):
    """A backbone with what it is trained through; all state that a resumed run needs is in its state dict.

    Attributes:
        backbone: the network that is exported.
        head: what the task projects features by, float[B, D] -> float[B, d]; each task makes its own.
        views: how many random views of each photo `draw` stacks.
        health_columns: what `health` reports.
        of_photos: names of the buffers with a row for each photo; empty until `prepare` has seen the photos.
    """

    head: nn.Module
    views: int = 2
    health_columns: tuple[str, ...] = ()
    of_photos: tuple[str, ...] = ()

    def __init__(self, backbone: nn.Module) -> None:
        super().__init__()
        self.backbone = backbone
        self._frozen: tuple[nn.Module, ...] = ()

    def freeze(self, names: tuple[str, ...]) -> None:
        """Let parts of the backbone stay as they are: no gradients, and BatchNorm by its averages even in train mode.

        Args:
            names: of children of the backbone, or ``all``.

        Raises:
            UsageError: ``config-invalid``: there is no such part.
        """
        parts = {"all": self.backbone, **dict(self.backbone.named_children())}
        if unknown := [name for name in names if name not in parts]:
            raise UsageError(
                "config-invalid", f"frozen: the backbone has no {', '.join(unknown)}.", f"Known: {', '.join(parts)}."
            )
        self._frozen = tuple(parts[name] for name in names)
        for part in self._frozen:
            part.requires_grad_(False)
        self.train(self.training)

    def train(self, mode: bool = True) -> Self:
        """See `torch.nn.Module.train`; frozen parts stay in eval mode."""
        super().train(mode)
        for part in self._frozen:
            part.eval()
        return self

    def _load_from_state_dict(self, state_dict: Mapping[str, Tensor], prefix: str, *rest: Any) -> None:
        """Makes room for what a run remembers of each of its photos, whose number the task alone does not tell."""
        for name in self.of_photos:
            if prefix + name in state_dict:
                own = getattr(self, name)
                setattr(self, name, own.new_empty(state_dict[prefix + name].shape))
        super()._load_from_state_dict(state_dict, prefix, *rest)

    def started(self) -> None:
        """Called when weights of another run have been taken over: copies of them have to follow."""

    def prepare(self, photos: PhotoArray, open_run: OpenRun, cache: Path, ctx: JobContext) -> None:
        """Called once, before the first step: look up what the task needs to know about the photos.

        Args:
            photos: that will be drawn from.
            open_run: opens another run that the task names.
            cache: folder of what can be computed again.
            ctx: progress and cancelling.
        """

    def begin_epoch(self, epoch: int, ctx: JobContext) -> None:
        """Called before the first step of each epoch, and once more where a resumed run goes on in the middle of one.

        The time it takes is no part of the run's budget.
        """

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """What `forward` takes for the photos ``rows`` int64[B].

        Here: float32[V * B, 3, S, S], all first random views, then all second ones, and so on.
        """
        photos = source.photos(rows)
        return (torch.cat([source.view(photos) for _ in range(self.views)]),)

    @abstractmethod
    def forward(self, *inputs: Tensor) -> Tensor:
        """The loss of what `draw` gave: scalar float32, over the global batch."""

    def embed(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Features float32[B, D] and their normalized projection by ``head`` float32[B, d], for the health report."""
        features = self.backbone(images)
        return features.float(), F.normalize(self.head(features).float(), dim=1)

    def after_step(self) -> None:
        """Called after each optimizer step, for momentum networks and queues."""

    def health(self, images: Tensor, size: int) -> dict[str, float]:
        """More figures for the health report, one for each of `health_columns`.

        Args:
            images: uint8[N, 3, H, W], the same after every epoch.
            size: side of the views in pixels.
        """
        return {}

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """Degenerate modes of this task that a health report shows, besides those of `watching.detectors`."""
        return []

    def finished(self, report: Mapping[str, float]) -> bool:
        """Called once with each health report: whether nothing is to be gained by going on."""
        return False


class Patient(Pretext):
    """A task that looks for its own degenerate modes only after some reports, as it begins with all of them.

    Attributes:
        patience: how many reports are not judged.
        reports: how many there were; a buffer, so that a resumed run goes on counting.
    """

    patience: int = 3
    reports: Tensor

    def __init__(self, backbone: nn.Module) -> None:
        super().__init__(backbone)
        self.register_buffer("reports", torch.zeros((), dtype=torch.long))

    def health(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Pretext.health`; what `measured` gives."""
        self.reports += 1
        return self.measured(images, size)

    def alarms(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Pretext.alarms`; what `degenerate` finds."""
        return self.degenerate(report) if self.reports > self.patience else []

    def measured(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Pretext.health`."""
        return {}

    @abstractmethod
    def degenerate(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Pretext.alarms`; asked once the patience is over."""


class OpenRun(Protocol):
    """Opens a trained run by its name, see `runs.open.load_trained`.

    Tasks are given it instead of importing it: to open a run is to build its task, so it stands above all tasks.
    """

    def __call__(self, name: str, device: str, *, backbone_only: bool = False) -> Pretext:
        """The task of the run, in eval mode on ``device``."""
        ...
