from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import LimitsConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.pretexts.instance import Instance, InstanceParams, nce_loss, softmax_loss
from training.runs.open import load_trained


def unit(rows: int, dim: int, seed: int) -> Tensor:
    return F.normalize(torch.randn(rows, dim, generator=torch.Generator().manual_seed(seed)), dim=1)


def task(photos: int = 12, noise: int = 0) -> Instance:
    torch.manual_seed(0)
    made = Instance(build_backbone("tiny", 0), 16, InstanceParams(out=6, noise=noise))
    made.memory = unit(photos, 6, 1)
    return made


def views(count: int) -> Tensor:
    return torch.randn(count, 3, 16, 16, generator=torch.Generator().manual_seed(count))


def test_softmax_equals_its_slow_twin_with_its_gradient() -> None:
    z, memory, rows = unit(4, 6, 0).requires_grad_(), unit(9, 6, 1), torch.tensor([3, 0, 8, 3])
    slow = z.detach().double().requires_grad_()
    losses = []
    for row, which in zip(slow, rows, strict=True):
        weights = torch.stack([torch.exp(row @ other / 0.1) for other in memory.double()])
        losses.append(-torch.log(weights[which] / weights.sum()))
    expected = torch.stack(losses).mean()
    loss = softmax_loss(z, memory, rows, 0.1)
    loss.backward()
    expected.backward()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    torch.testing.assert_close(z.grad, slow.grad.float(), atol=1e-4, rtol=1e-4)  # type: ignore[union-attr]
    alike = F.normalize(torch.ones(9, 6), dim=1)
    assert softmax_loss(alike[:4], alike, rows, 0.1).item() == pytest.approx(math.log(9), rel=1e-5)


def test_nce_equals_its_slow_twin_with_its_gradient() -> None:
    scores = torch.randn(3, 1 + 5, generator=torch.Generator().manual_seed(0), requires_grad=True)
    slow = scores.detach().double().requires_grad_()
    photos, log_z = 40, math.log(70.0)
    losses = []
    for row in slow:
        p = torch.exp(row) / math.exp(log_z)
        h = p / (p + 5 / photos)
        losses.append(-torch.log(h[0]) - torch.log(1 - h[1:]).sum())
    expected = torch.stack(losses).mean()
    loss = nce_loss(scores, torch.tensor(log_z), photos)
    loss.backward()
    expected.backward()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    torch.testing.assert_close(scores.grad, slow.grad.float(), atol=1e-5, rtol=1e-4)  # type: ignore[union-attr]


def test_what_is_seen_is_remembered_by_half_and_nothing_else_changes() -> None:
    made, rows = task(), torch.tensor([[2], [5]])
    before = made.memory.clone()
    made(views(2), rows)
    assert torch.equal(made.memory, before)
    with torch.no_grad():
        made.train()
        torch.manual_seed(0)
        z = F.normalize(made.head(made.backbone(views(2))), dim=1)
    made.after_step()
    torch.testing.assert_close(made.memory[[2, 5]], F.normalize(0.5 * before[[2, 5]] + 0.5 * z, dim=1))
    others = [row for row in range(12) if row not in (2, 5)]
    assert torch.equal(made.memory[others], before[others])
    made.eval()
    made(views(2), rows)
    made.after_step()
    torch.testing.assert_close(made.memory[[2, 5]], F.normalize(0.5 * before[[2, 5]] + 0.5 * z, dim=1))


def test_the_normalizer_is_that_of_the_first_batch_until_the_loss_jumps() -> None:
    made, rows = task(noise=1000), torch.tensor([[2], [5]])
    made(views(2), rows)
    made.after_step()
    first = made.log_normalizer.clone()
    with torch.no_grad():
        z = F.normalize(made.head(made.backbone(views(2))), dim=1)
        exact = math.log(12) + (z @ unit(12, 6, 1).T / 0.1).logsumexp(dim=(0, 1)) - math.log(24)
    assert float(first) == pytest.approx(float(exact), abs=0.2)
    made(views(2), rows)
    made.after_step()
    assert torch.equal(made.log_normalizer, first)
    assert made.alarms({}) == []
    for _ in range(4):
        made.usual.fill_(1e-3)
        made(views(2), rows)
        made.after_step()
    assert not torch.equal(made.log_normalizer, first)
    assert [alarm.name for alarm in made.alarms({})] == ["stale-normalizer"]


def test_a_run_against_all_other_photos_can_be_saved(tmp_path: Path) -> None:
    """No normalizer is ever estimated there; what stands in its place must be a number."""
    config = tiny_config(pretext={"name": "instance", "out": 6}, limits=LimitsConfig(epochs=1))
    train(config, make_photos(8), tmp_path / "run", JobContext(), device="cpu")
    assert load_trained(tmp_path / "run").alarms({}) == []
