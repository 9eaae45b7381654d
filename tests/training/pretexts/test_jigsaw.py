from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import tiny_config
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.photos.data import PhotoArray
from training.pretexts.base import Source
from training.pretexts.jigsaw import Jigsaw, JigsawParams
from training.puzzle.permutations import permutation_set
from training.puzzle.solver import PuzzleParams, Solver, puzzle_loss
from training.puzzle.tiles import with_foreign
from training.runs.record import alarm_names

SMALL = {"permutations": 4, "gray": 0.0, "hidden": 32, "out": 16, "dropout": 0.0, "shift": 0}


def patterns(count: int) -> PhotoArray:
    """Photos with something to see in each tile."""
    coarse = np.random.default_rng(0).integers(0, 256, (count, 3, 12, 12), dtype=np.uint8)
    return PhotoArray(coarse.repeat(4, axis=2).repeat(4, axis=3), data_hash=f"patterns-{count}", left_out=0)


def learned(photos: PhotoArray, folder: Path, epochs: int = 100, **params: float) -> dict[str, float]:
    """What a run on these photos knows of them in the end, asked with many puzzles of each."""
    config = tiny_config(
        pretext={"name": "jigsaw"} | SMALL | params, limits=LimitsConfig(epochs=epochs), report_steps=epochs // 7,
        backbone="resnet18-s2-w16", resolutions=((0.0, 36),),
        augment=AugmentConfig(crop_scale=(0.9, 1.0), flip=0.0, jitter=0.0, gray=0.0),
        optimizer=OptimizerConfig(lr=1e-2),
    )  # fmt: skip
    trained = train(config, photos, folder, JobContext(), device="cpu").eval()
    with torch.no_grad():
        return trained.health(torch.from_numpy(photos.images).repeat(8, 1, 1, 1), 36)


def task(**params: float) -> Jigsaw:
    torch.manual_seed(0)
    return Jigsaw(build_backbone("tiny", 0), 16, JigsawParams(**(SMALL | params)))  # type: ignore[arg-type]


def drawn(made: Jigsaw, count: int = 4) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(0)
    return made.draw(np.arange(count), Source(patterns(count).images, 48, AugmentConfig(), generator))


def test_an_undecided_layer_has_the_loss_of_guessing() -> None:
    made = task(permutations=10)
    nn.init.zeros_(made.solver.answer[-1].weight)  # type: ignore[arg-type]
    nn.init.zeros_(made.solver.answer[-1].bias)  # type: ignore[arg-type]
    assert float(made(*drawn(made)).detach()) == pytest.approx(math.log(10), rel=1e-5)


def test_the_loss_of_foreign_tiles_is_balanced_and_absent_where_there_are_none() -> None:
    logits, numbers = torch.zeros(2, 4), torch.tensor([0, 3])
    strange = torch.randn(2, 9, generator=torch.Generator().manual_seed(0))
    strangers = torch.zeros(2, 9, dtype=torch.bool)
    assert float(puzzle_loss(logits, numbers, strange, strangers, 1.0)) == pytest.approx(math.log(4))
    strangers[0, :2] = True
    right = torch.where(strangers, strange.sigmoid(), 1 - strange.sigmoid()).double().log()
    expected = -(right * torch.where(strangers, 16 / 2, 1)).mean()
    found = float(puzzle_loss(logits, numbers, strange, strangers, 0.5))
    assert found == pytest.approx(math.log(4) + 0.5 * float(expected), rel=1e-5)
    # Never to be sure of a kind costs as much as never to be sure of the other.
    always, never = (float(puzzle_loss(logits, numbers, torch.full((2, 9), at), strangers, 1.0)) for at in (9.0, -9.0))
    assert always == pytest.approx(never, rel=1e-3)


def test_statistics_are_those_of_photos_and_not_of_tiles() -> None:
    made = task()
    view, *puzzle = drawn(made)
    twin = build_backbone("tiny", 0).train()
    twin(view)
    made.train()
    made(view, *puzzle)
    state, expected = made.backbone.state_dict(), twin.state_dict()
    for key in state:
        if "running" in key:
            torch.testing.assert_close(state[key], expected[key])
    before = {key: value.clone() for key, value in state.items()}
    made.eval()
    made(view, *puzzle)
    assert all(torch.equal(value, before[key]) for key, value in made.backbone.state_dict().items() if "num" not in key)
    assert not any(part.training for part in made.backbone.modules())


def test_puzzles_of_eight_photos_are_learned_by_heart(run_folder: Path) -> None:
    assert learned(patterns(8), run_folder)["puzzle_accuracy"] > 0.9


def test_a_tile_that_does_not_fit_the_others_is_found() -> None:
    """Features of a photo's tiles lie together here; whether one fits is no sum of what it is and what they are."""
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    solver = Solver(6, PuzzleParams(permutations=10, foreign=2, out=32, hidden=8))
    optimizer = torch.optim.Adam(solver.parameters(), lr=1e-2)

    def puzzles() -> tuple[torch.Tensor, torch.Tensor]:
        photo = torch.randn(128, 1, 6, generator=generator)
        tiles = photo + 0.1 * torch.randn(128, 9, 6, generator=generator)
        mixed, foreign = with_foreign(tiles[..., None, None], 2, generator)
        return mixed[..., 0, 0].flatten(0, 1), foreign

    for _ in range(200):
        tiles, foreign = puzzles()
        logits, strange = solver(tiles)
        loss = puzzle_loss(logits, torch.zeros(128, dtype=torch.long), strange, foreign, 1.0)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    tiles, foreign = puzzles()
    with torch.no_grad():
        _, strange = solver(tiles)
    assert roc_auc_score(foreign.flatten().numpy(), strange.flatten().numpy()) > 0.9


def test_what_is_reported_of_foreign_tiles(run_folder: Path) -> None:
    made = task(permutations=10, foreign=2)
    with torch.no_grad():
        report = made.eval().health(torch.from_numpy(patterns(8).images), 48)
    assert set(report) == set(made.health_columns) == {"puzzle_accuracy", "foreign_accuracy", "foreign_auc"}
    assert 0 <= report["foreign_auc"] <= 1


def test_photos_without_any_order_are_told_about(run_folder: Path) -> None:
    flat = np.repeat(np.arange(8, dtype=np.uint8) * 30, 3 * 48 * 48).reshape(8, 3, 48, 48)
    last = learned(PhotoArray(flat, data_hash="flat", left_out=0), run_folder, epochs=28)
    assert last["puzzle_accuracy"] <= 0.5
    assert "puzzles-not-solved" in alarm_names(run_folder)


def test_puzzles_that_nobody_could_solve_are_refused() -> None:
    assert (permutation_set(10)[0] != permutation_set(10)[1]).sum() == 9
    with pytest.raises(UsageError, match="differ"):
        JigsawParams(permutations=10, foreign=8)
