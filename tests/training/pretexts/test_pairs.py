"""Pair classification and dot products: the same pairs, two ways to judge them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.pretexts.dot import Dot, DotParams, dot_loss
from training.pretexts.pairs import Pairs, PairsParams, pairs
from training.runs.record import alarm_names, read_table


def codes(count: int, dim: int, seed: int) -> torch.Tensor:
    return torch.randn(count, dim, generator=torch.Generator().manual_seed(seed))


def learned(folder: Path, epochs: int = 120, lr: float = 1e-2, **table: Any) -> dict[str, str]:
    config = tiny_config(
        pretext=table, limits=LimitsConfig(epochs=epochs), report_steps=epochs // 8,
        augment=AugmentConfig(crop_scale=(0.8, 1.0), flip=0.0, jitter=0.0, gray=0.0),
        optimizer=OptimizerConfig(lr=lr),
    )  # fmt: skip
    train(config, make_photos(8), folder, JobContext(), device="cpu")
    return read_table(folder / "health.csv")[-1]


def test_half_of_the_pairs_are_of_one_photo() -> None:
    first, second = codes(5, 3, 0), codes(5, 3, 1)
    one, other, same = pairs(first, second)
    for row in range(10):
        assert torch.equal(one[row], first[row % 5])
        partner = row % 5 if same[row] else (row - 1) % 5
        assert torch.equal(other[row], second[partner])
    assert same.tolist() == [1.0] * 5 + [0.0] * 5


def test_an_undecided_comparison_has_the_loss_of_guessing() -> None:
    torch.manual_seed(0)
    task = Pairs(build_backbone("tiny", 0), 16, PairsParams(out=8, hidden=8))
    torch.nn.init.zeros_(task.compare[-1].weight)  # type: ignore[arg-type]
    torch.nn.init.zeros_(task.compare[-1].bias)  # type: ignore[arg-type]
    assert float(task(torch.randn(8, 3, 16, 16)).detach()) == pytest.approx(math.log(2), rel=1e-6)
    assert float(dot_loss(torch.zeros(4, 3), torch.zeros(4, 3), "l2", 1.0)) == pytest.approx(math.log(2))


@pytest.mark.parametrize("keep", ["l2", "l1", "variance"])
def test_dot_loss_equals_its_slow_twin_with_its_gradient(keep: str) -> None:
    first, second = codes(4, 3, 0).requires_grad_(), codes(4, 3, 1)
    slow = first.detach().double().requires_grad_()
    scale, offset = torch.tensor(3.0), torch.tensor(0.2)
    losses = []
    for i in range(4):
        for j, same in ((i, True), ((i - 1) % 4, False)):
            a, b = slow[i], second[j].double()
            score = 3.0 * (a @ b / a.norm() / b.norm() - 0.2) if keep == "variance" else a @ b
            p = 1 / (1 + torch.exp(-score))
            losses.append(-torch.log(p if same else 1 - p))
    every = torch.cat([slow, second.double()])
    kept = {
        "l2": (every**2).sum() / 8,
        "l1": every.abs().sum() / 8,
        "variance": sum((1 - column.std()).clamp(min=0) for column in every.T) / 3,
    }[keep]
    expected = torch.stack(losses).mean() + 0.5 * kept
    loss = dot_loss(first, second, keep, 0.5, scale, offset)
    loss.backward()
    expected.backward()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    torch.testing.assert_close(first.grad, slow.grad.float(), atol=1e-5, rtol=1e-4)  # type: ignore[union-attr]


def test_every_two_codes_are_compared_as_a_pair_of_them_is() -> None:
    torch.manual_seed(0)
    task = Pairs(torch.nn.Flatten(), 12, PairsParams(out=6, hidden=5)).eval()
    codes = torch.randn(4, 6)
    alike = task.alike(codes)
    for i in range(4):
        for j in range(4):
            seen = torch.cat([(codes[i] - codes[j]).abs(), codes[i] * codes[j]])[None]
            torch.testing.assert_close(alike[i, j], torch.sigmoid(task.compare(seen))[0, 0])
    torch.testing.assert_close(alike, alike.T)


def test_eight_photos_are_told_apart_by_pairs(run_folder: Path) -> None:
    last = learned(run_folder, name="pairs", out=16, hidden=16)
    assert float(last["eval_loss"]) < 0.4
    assert "undecided" not in alarm_names(run_folder)


def test_eight_photos_are_told_apart_by_products(run_folder: Path) -> None:
    last = learned(run_folder, name="dot", out=16)
    assert float(last["eval_loss"]) < 0.4
    assert float(last["retrieval"]) > 0.9


def test_codes_that_are_pulled_too_hard_shrink_and_it_is_told(run_folder: Path) -> None:
    last = learned(run_folder, epochs=120, name="dot", out=8, keep="l2", weight=50.0)
    assert float(last["code_length"]) < 0.05
    assert "codes-shrink" in alarm_names(run_folder)


def test_each_degenerate_mode_of_codes_has_its_words() -> None:
    task = Dot(build_backbone("tiny", 0), 16, DotParams())
    task.reports.fill_(9)
    sound = {"code_length": 1.0, "zero_share": 0.1, "score_spread": 0.5}
    assert task.alarms(sound) == []
    assert [a.name for a in task.alarms(sound | {"zero_share": 0.9})] == ["codes-sparse"]
    assert [a.name for a in task.alarms(sound | {"score_spread": 0.0})] == ["one-score"]


def test_a_comparison_that_stays_undecided_is_told() -> None:
    task = Pairs(build_backbone("tiny", 0), 16, PairsParams())
    for _ in range(6):
        task.health(torch.empty(0), 0)
    assert [alarm.name for alarm in task.alarms({"eval_loss": 0.6935})] == ["undecided"]
    assert task.alarms({"eval_loss": 0.6}) == []


def test_a_cosine_alone_could_never_be_sure() -> None:
    """Why the repaired one learns a temperature: even equal directions would be called the same with 73 % only."""
    one = F.normalize(codes(4, 6, 0), dim=1)
    bare = dot_loss(one, one, "variance", 0.0, torch.tensor(1.0), torch.tensor(0.0))
    sure = dot_loss(one, one, "variance", 0.0, torch.tensor(30.0), torch.tensor(0.8))
    assert float(bare) > 0.3
    assert float(sure) < 0.1
