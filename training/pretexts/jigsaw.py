"""Jigsaw (Noroozi and Favaro 2016): nine tiles of a photo are to be put in order, foreign ones among them found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

from ..alarm import Alarm
from ..distributed import gather_views
from ..photos.augment import normalize
from ..photos.strong_augment import whole
from ..puzzle.solver import PuzzleParams, Solver, puzzle_loss, statistics_of_the_batch
from .base import Patient, Source

_BATCH = 64
_BETTER = 2.0  # times chance


@dataclass(frozen=True, slots=True)
class JigsawParams(PuzzleParams):
    """Those of the puzzles."""


class Jigsaw(Patient):
    """Nine-siamese: the backbone sees each tile alone, `Solver` all nine. log(permutations) is chance.

    Between steps the network also sees whole photos, without learning from them: its BatchNorm statistics, with which
    it is judged and exported, are those of photos. In the puzzle itself, BatchNorm goes by the batch.
    """

    patience = 5  # it begins flat: hundreds of steps at chance are usual

    def __init__(self, backbone: nn.Module, dim: int, params: PuzzleParams) -> None:
        super().__init__(backbone)
        self.params = params
        self.solver = Solver(dim, params)
        self.health_columns = ("puzzle_accuracy", *(("foreign_accuracy", "foreign_auc") if params.foreign else ()))

    @property
    def head(self) -> nn.Module:  # type: ignore[override]
        """What a tile is projected by."""
        return self.solver.tile

    def draw(self, rows: npt.NDArray[np.int64], source: Source) -> tuple[Tensor, ...]:
        """Views float32[B, 3, S, S], and the puzzles of them, see `Solver.draw`."""
        view = source.view(source.photos(rows))
        return view, *self.solver.draw(view, source.generator, self.params.foreign)

    def forward(self, *inputs: Tensor) -> Tensor:
        """See `Pretext.forward`."""
        view, tiles, numbers, strangers = inputs
        logits, strange = self.solve(tiles)
        if self.training:
            with torch.no_grad():
                self.backbone(view)
        gathered = (gather_views(part, 1) for part in (logits, numbers.unsqueeze(1), strange, strangers))
        logits, numbers, strange, strangers = gathered
        weight = self.params.foreign_weight if self.params.foreign else 0.0
        return puzzle_loss(logits, numbers.long().squeeze(1), strange, strangers.bool(), weight)

    def solve(self, tiles: Tensor) -> tuple[Tensor, Tensor]:
        """See `Solver.forward`; of tiles float32[9 * B, 3, t, t]."""
        with statistics_of_the_batch(self.backbone):
            answer: tuple[Tensor, Tensor] = self.solver(self.backbone(tiles))
        return answer

    def measured(self, images: Tensor, size: int) -> dict[str, float]:
        """See `Patient.measured`: puzzles of whole photos solved, without foreign tiles and with all that are allowed.

        ``foreign_auc`` is how well tiles are told to be foreign (area under the ROC curve, 0.5 is chance).
        """
        plain, _, _ = self._solved(images, size, 0)
        if not self.params.foreign:
            return {"puzzle_accuracy": plain}
        mixed, strange, strangers = self._solved(images, size, self.params.foreign)
        auc = float(roc_auc_score(strangers, strange)) if 0 < strangers.sum() < strangers.size else 0.5
        return {"puzzle_accuracy": plain, "foreign_accuracy": mixed, "foreign_auc": auc}

    def _solved(
        self, images: Tensor, size: int, foreign: int
    ) -> tuple[float, npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
        """Share of the puzzles solved; of every tile how foreign it looks, and whether it is."""
        generator = torch.Generator(images.device).manual_seed(0)
        right, strange, strangers = [], [], []
        for part in torch.split(images, _BATCH):
            tiles, numbers, is_foreign = self.solver.draw(normalize(whole(part, size)), generator, foreign)
            logits, looks = self.solve(tiles)
            right.append(logits.argmax(dim=1) == numbers)
            strange.append(looks.float().flatten().cpu())
            strangers.append(is_foreign.flatten().cpu())
        return float(torch.cat(right).float().mean()), torch.cat(strange).numpy(), torch.cat(strangers).numpy()

    def degenerate(self, report: Mapping[str, float]) -> list[Alarm]:
        """See `Patient.degenerate`."""
        chance = 1 / self.params.permutations
        found = []
        if report["puzzle_accuracy"] < _BETTER * chance:
            found.append(
                Alarm(
                    "puzzles-not-solved",
                    f"{100 * report['puzzle_accuracy']:.1f} % of the puzzles are solved, where guessing solves "
                    f"{100 * chance:.1f} %. The loss stays flat at first; if it still does after some thousand steps, "
                    "raise the learning rate or ask for fewer permutations.",
                )
            )
        return found
