from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import StartConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.pretexts import build
from training.pretexts.byol import BYOL, BYOLParams
from training.runs.checkpoint import CHECKPOINT
from training.runs.start import load_start


def byol(momentum: float = 0.9) -> BYOL:
    torch.manual_seed(0)
    return BYOL(build_backbone("tiny", 0), 16, BYOLParams(hidden=8, out=6, momentum=momentum))


def views(count: int = 8) -> Tensor:
    return torch.randn(count, 3, 16, 16, generator=torch.Generator().manual_seed(count))


def test_the_loss_equals_its_slow_twin() -> None:
    task, images = byol().eval(), views(6)
    with torch.no_grad():
        predicted = F.normalize(task.predictor(task.head(task.backbone(images))), dim=1)
        targets = F.normalize(task.slow_head(task.slow_backbone(images)), dim=1)
        losses = []
        for i in range(3):  # of each photo, both directions
            losses.append((predicted[i] - targets[i + 3]).square().sum())
            losses.append((predicted[i + 3] - targets[i]).square().sum())
        assert task(images).item() == pytest.approx(float(torch.stack(losses).mean()), rel=1e-5)


def test_the_slow_network_follows_and_gets_no_gradient() -> None:
    task = byol(momentum=0.9)
    slow = (*task.slow_backbone.parameters(), *task.slow_head.parameters())
    fast = (*task.backbone.parameters(), *task.head.parameters())
    with torch.no_grad():
        for weight in fast:
            weight.add_(1.0)
    before = [weight.clone() for weight in slow]
    task.after_step()
    for old, new in zip(before, slow, strict=True):
        torch.testing.assert_close(new, old + 0.1)
    task(views()).backward()
    assert all(weight.grad is None for weight in slow)
    assert all(weight.grad is not None for weight in fast)


def test_after_a_start_the_slow_network_is_a_copy_of_what_was_taken_over(tmp_path: Path) -> None:
    train(tiny_config(), make_photos(40), tmp_path / "first", JobContext(), device="cpu")
    start = StartConfig("first", ("head.", "predictor.", "slow_"), ("head.",))
    config = tiny_config(pretext={"name": "byol", "hidden": 16, "out": 8}, start=start)
    task = build(config)
    load_start(start, config.backbone, tmp_path / "first" / CHECKPOINT, task)
    assert isinstance(task, BYOL)
    for slow, fast in ((task.slow_backbone, task.backbone), (task.slow_head, task.head)):
        for key, value in fast.state_dict().items():
            assert torch.equal(slow.state_dict()[key], value), key
