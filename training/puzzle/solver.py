"""What looks at nine tiles side by side and tells their order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.strict import limits

from ..config import COUNT, SHARE, WEIGHT
from .permutations import TILES, permutation_set, smallest_distance
from .tiles import cut, grayed, leveled, permuted, with_foreign


@dataclass(frozen=True, slots=True)
class PuzzleParams:
    """The puzzles, and the widths of what solves them.

    Attributes:
        permutations: how many orders there are to tell apart.
        tile: side of a tile in sides of its cell.
        shift: pixels by which colors are moved against each other at most.
        gray: share of the photos without color.
        foreign: how many tiles may be another photo's.
        foreign_weight: of the loss that finds those.
        out: features of a tile that are looked at side by side.
        hidden: width of the layer that does.
        dropout: in front of the answer.
    """

    permutations: int = field(default=100, metadata=limits(low=2, high=10_000))
    tile: float = field(default=0.75, metadata=limits(low=0.1, high=1))
    shift: int = field(default=1, metadata=limits(low=0, high=100))
    gray: float = field(default=0.3, metadata=SHARE)
    foreign: int = field(default=0, metadata=limits(low=0, high=TILES - 1))
    foreign_weight: float = field(default=1.0, metadata=WEIGHT)
    out: int = field(default=128, metadata=COUNT)
    hidden: int = field(default=512, metadata=COUNT)
    dropout: float = field(default=0.5, metadata=limits(low=0, high=0.99))

    def __post_init__(self) -> None:
        if self.foreign and smallest_distance(permutation_set(self.permutations)) <= self.foreign:
            raise UsageError(
                "config-invalid",
                f"pretext: two of {self.permutations} permutations differ in no more than {self.foreign} tiles; where "
                "just those are foreign, nobody could tell which it was.",
                "Set permutations or foreign lower.",
            )


class Solver(nn.Module):
    """Nine tiles' features [9 * B, D] -> which permutation they are in, and which tiles are not of this photo.

    Every tile goes through the same layer, then all nine side by side through two more.
    """

    orders: Tensor

    def __init__(self, dim: int, params: PuzzleParams) -> None:
        super().__init__()
        self.params = params
        self.register_buffer("orders", torch.from_numpy(permutation_set(params.permutations).copy()))
        self.tile = nn.Linear(dim, params.out)
        self.answer = nn.Sequential(
            nn.Linear(TILES * params.out, params.hidden, bias=False),
            nn.BatchNorm1d(params.hidden),
            nn.ReLU(inplace=True),
            nn.Dropout(params.dropout),
            nn.Linear(params.hidden, params.permutations),
        )
        # Two layers: whether a tile fits the others is no sum of what it is and what they are.
        self.foreign = nn.Sequential(
            nn.Linear(2 * params.out, params.out), nn.ReLU(inplace=True), nn.Linear(params.out, 1)
        )

    def draw(self, views: Tensor, generator: torch.Generator, foreign: int) -> tuple[Tensor, Tensor, Tensor]:
        """Puzzles of square views float32[B, 3, S, S], with 0 to ``foreign`` tiles of another.

        Returns:
            Tiles float32[9 * B, 3, t, t] photo by photo, the number of each permutation int64[B], and which tiles are
            foreign, bool[B, 9].
        """
        p = self.params
        shown = leveled(cut(grayed(views, p.gray, generator), p.tile, p.shift, generator))
        numbers = torch.randint(p.permutations, (len(views),), generator=generator, device=views.device)
        tiles, strangers = with_foreign(permuted(shown, self.orders[numbers]), foreign, generator)
        return tiles.flatten(0, 1), numbers, strangers

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the permutations [B, P], and of each tile being foreign [B, 9], of features [9 * B, D]."""
        each = self.tile(features).view(-1, TILES, self.params.out)
        others = (each.sum(dim=1, keepdim=True) - each) / (TILES - 1)
        return self.answer(F.relu(each).flatten(1)), self.foreign(torch.cat([each, others], dim=2)).squeeze(2)


def puzzle_loss(logits: Tensor, numbers: Tensor, strange: Tensor, strangers: Tensor, weight: float) -> Tensor:
    """Cross entropy of the permutations, plus ``weight`` times that of the tiles being foreign.

    Args:
        logits: float[B, P].
        numbers: int64[B].
        strange: float[B, 9], logits.
        strangers: bool[B, 9]. Foreign tiles and others weigh the same in sum; where there are none, nothing is added.
        weight: of the second part.

    Returns:
        Scalar float32; log(P) where nothing is known and no tile is foreign.
    """
    loss = F.cross_entropy(logits.float(), numbers)
    if weight == 0:
        return loss
    is_foreign = strangers.float()
    balance = (1 - is_foreign).sum() / is_foreign.sum().clamp(min=1)
    found = F.binary_cross_entropy_with_logits(strange.float(), is_foreign, pos_weight=balance)
    return loss + weight * torch.where(is_foreign.sum() > 0, found, 0.0)


@contextmanager
def statistics_of_the_batch(network: nn.Module) -> Iterator[None]:
    """BatchNorm by the batch, and nothing of it remembered: tiles look so unlike photos that theirs would not fit."""
    norms = [part for part in network.modules() if isinstance(part, nn.BatchNorm2d)]
    before = [(norm.training, norm.momentum) for norm in norms]
    for norm in norms:
        norm.train()
        norm.momentum = 0.0
    try:
        yield
    finally:
        for norm, (training, momentum) in zip(norms, before, strict=True):
            norm.train(training)
            norm.momentum = momentum
