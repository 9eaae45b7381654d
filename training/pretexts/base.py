"""What every pretext task gives the training loop."""

from __future__ import annotations

from abc import ABC, abstractmethod

from torch import Tensor, nn


class Pretext(nn.Module, ABC):
    """A backbone with what it is trained through; all state that a resumed run needs is in its state dict.

    Attributes:
        backbone: the network that is exported.
        views: how many views of each image `forward` takes.
    """

    views: int = 2

    def __init__(self, backbone: nn.Module) -> None:
        super().__init__()
        self.backbone = backbone

    @abstractmethod
    def forward(self, views: Tensor) -> Tensor:
        """The loss of one batch.

        Args:
            views: float32[V * B, 3, S, S], all first views, then all second ones, and so on.

        Returns:
            Scalar float32 loss.
        """

    @abstractmethod
    def embed(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Features float32[B, D] and their normalized projection float32[B, d], for the health report."""

    def after_step(self) -> None:
        """Called after each optimizer step, for momentum networks and queues."""
