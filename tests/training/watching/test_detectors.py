"""Each failure is brought about by training, and seen; healthy runs stay silent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from tests.helpers.pretext_cases import task_table
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.pretexts import PRETEXTS, PretextEntry
from training.pretexts.simclr import SimCLR, SimCLRParams, nt_xent
from training.runs.record import read_table

ENOUGH = LimitsConfig(epochs=14)
FAST = OptimizerConfig(lr=1e-2, warmup=0.05)


@dataclass(frozen=True, slots=True)
class Params:
    """None."""


class Task(SimCLR):
    def __init__(self, backbone: nn.Module, dim: int, params: Params) -> None:
        super().__init__(backbone, dim, SimCLRParams(hidden=16, out=8))


class Shrinking(Task):
    """Attraction without anything that pushes apart."""

    def forward(self, *inputs: Tensor) -> Tensor:
        features = self.backbone(inputs[0])
        return (features - 1).square().mean() + self.head(features).mean() * 0


class OneDirection(Task):
    """All features along one line, as long as they like."""

    def forward(self, *inputs: Tensor) -> Tensor:
        features = self.backbone(inputs[0])
        centered = features - features.mean(dim=0)
        aside = centered[:, 1:] - centered[:, :1]
        return aside.square().sum(dim=1).mean() / centered.square().sum(dim=1).mean() + self.head(features).mean() * 0


class Aside(Task):
    """A loss that falls without the pictures."""

    def __init__(self, backbone: nn.Module, dim: int, params: Params) -> None:
        super().__init__(backbone, dim, params)
        self.bias = nn.Parameter(torch.tensor([3.0]))

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.bias.square().sum() + self.head(self.backbone(inputs[0])).mean() * 0


class ConstantStudent(Task):
    """Predicts the mean of targets that were not centered."""

    def __init__(self, backbone: nn.Module, dim: int, params: Params) -> None:
        super().__init__(backbone, dim, params)
        self.head = nn.Sequential(nn.Linear(dim, 8))

    def forward(self, *inputs: Tensor) -> Tensor:
        predicted = nn.functional.normalize(self.head(self.backbone(inputs[0])), dim=1)
        return 1 - predicted.mean(dim=1).mean() * 8**0.5


class Leaky(Task):
    """Each kind of view passes in a batch of its own, whose statistics undo how the kinds differ; in use, none do."""

    def forward(self, *inputs: Tensor) -> Tensor:
        first, second = inputs[0].chunk(2)
        return nt_xent(torch.cat([self.head(self.backbone(part)) for part in (first, 3 * second + 5)]), 0.2)


def alarms(folder: Path) -> set[str]:
    return {row["name"] for row in read_table(folder / "alarms.csv")}


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, task: Callable[..., SimCLR], **changes: object) -> None:
    monkeypatch.setitem(PRETEXTS, "failing", PretextEntry("failing", Params, task))
    settings: dict[str, object] = {
        "pretext": {"name": "failing"},
        "limits": LimitsConfig(epochs=8),
        "optimizer": FAST,
        "report_steps": 50,
    }
    config = tiny_config(**(settings | changes))
    train(config, make_photos(160), folder, JobContext(), device="cpu")


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (Shrinking, "constant-features"),
        (ConstantStudent, "constant-predictions"),
        (Aside, "loss-falls-neighbors-stay"),
        (Leaky, "batch-statistics-leak"),
    ],
)
def test_a_failure_is_seen(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch, task: Callable[..., SimCLR], expected: str
) -> None:
    run(run_folder, monkeypatch, task)
    assert expected in alarms(run_folder)


def test_collapsed_directions_are_seen(run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(
        run_folder,
        monkeypatch,
        OneDirection,
        backbone="resnet18-s2-w16",
        resolutions=((0.0, 24),),
        limits=LimitsConfig(epochs=5),
    )
    assert "few-directions" in alarms(run_folder)


@pytest.mark.parametrize("name", ["simclr", pytest.param("distill", marks=pytest.mark.slow)])
def test_a_healthy_run_stays_silent(tmp_path: Path, run_folder: Path, name: str) -> None:
    config = tiny_config(
        pretext=task_table(name, tmp_path, out=16),
        backbone="resnet18-s2-w16",
        batch=16,
        resolutions=((0.0, 24),),
        limits=ENOUGH,
        report_steps=50,
        optimizer=FAST,
        augment=AugmentConfig(crop_scale=(0.5, 1.0)),
    )
    train(config, make_photos(160), run_folder, JobContext(), device="cpu")
    health = read_table(run_folder / "health.csv")
    assert float(health[-1]["retrieval"]) > float(health[0]["retrieval"]) + 0.1
    assert not (run_folder / "alarms.csv").exists()


def test_an_alarm_is_logged_once_shown_with_the_progress_and_tells_what_to_do(
    run_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    texts: list[str] = []
    monkeypatch.setattr("training.loop._PROGRESS_SECONDS", 0.0)
    monkeypatch.setitem(PRETEXTS, "failing", PretextEntry("failing", Params, Shrinking))
    config = tiny_config(pretext={"name": "failing"}, limits=ENOUGH, optimizer=FAST, report_steps=20)
    ctx = JobContext(lambda event: texts.append(event.text), max_events_per_second=1e9)
    with caplog.at_level(logging.WARNING):
        train(config, make_photos(80), run_folder, ctx, device="cpu")
    said = [message for message in caplog.messages if "nearly the same features" in message]
    assert len(said) == 1
    assert "learning rate" in said[0]
    assert any("warning: constant-features" in text for text in texts)
    assert len(read_table(run_folder / "alarms.csv")) > 1
