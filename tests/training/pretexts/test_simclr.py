from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos
from tests.helpers.pretext_cases import TASKS, task_table
from training.config import AugmentConfig
from training.networks.backbones import build_backbone
from training.pretexts import build_pretext
from training.pretexts.base import Source
from training.pretexts.simclr import nt_xent
from training.runs.open import opener


def slow_nt_xent(z: Tensor, temperature: float) -> Tensor:
    """The formula, one anchor at a time."""
    count = len(z)
    unit = [row / row.norm() for row in z]
    losses = []
    for i in range(count):
        partner = (i + count // 2) % count
        weights = [torch.exp(unit[i] @ unit[k] / temperature) for k in range(count) if k != i]
        losses.append(-torch.log(torch.exp(unit[i] @ unit[partner] / temperature) / sum(weights)))
    return torch.stack(losses).mean()


@pytest.mark.parametrize("temperature", [0.1, 0.5])
@pytest.mark.parametrize("batch", [2, 5])
def test_equals_the_slow_twin_with_its_gradient(batch: int, temperature: float) -> None:
    fast = torch.randn(2 * batch, 7, generator=torch.Generator().manual_seed(batch), requires_grad=True)
    slow = fast.detach().double().requires_grad_()
    loss, expected = nt_xent(fast, temperature), slow_nt_xent(slow, temperature)
    loss.backward()
    expected.backward()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    torch.testing.assert_close(fast.grad, slow.grad.float(), atol=1e-5, rtol=1e-4)  # type: ignore[union-attr]


@pytest.mark.parametrize("batch", [2, 16])
def test_is_log_2b_minus_1_when_all_rows_are_alike(batch: int) -> None:
    assert nt_xent(torch.ones(2 * batch, 4), 0.2).item() == pytest.approx(math.log(2 * batch - 1), rel=1e-5)


def test_has_its_closed_form_when_pictures_are_orthogonal() -> None:
    batch, temperature = 6, 0.5
    z = torch.eye(batch).repeat(2, 1)
    expected = -1 / temperature + math.log(math.exp(1 / temperature) + 2 * batch - 2)
    assert nt_xent(z, temperature).item() == pytest.approx(expected, rel=1e-5)


def test_ignores_length_and_order_of_views() -> None:
    z = torch.randn(8, 5, generator=torch.Generator().manual_seed(0))
    loss = nt_xent(z, 0.2)
    torch.testing.assert_close(nt_xent(z * 7, 0.2), loss)
    torch.testing.assert_close(nt_xent(z.roll(4, dims=0), 0.2), loss)


def test_is_computed_in_float32_under_bfloat16() -> None:
    z = torch.randn(32, 16, generator=torch.Generator().manual_seed(0))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = nt_xent(z, 0.05)
    assert loss.dtype == torch.float32
    assert torch.equal(loss, nt_xent(z, 0.05))


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_a_finite_loss_and_reaches_every_weight(tmp_path: Path, name: str) -> None:
    task = build_pretext(task_table(name, tmp_path), build_backbone("tiny", 0), 16)
    photos = make_photos(40)
    task.prepare(photos, opener(tmp_path), tmp_path / "cache", JobContext())
    source = Source(photos.images, 16, AugmentConfig(), torch.Generator().manual_seed(0))
    loss = task(*task.draw(np.arange(8), source))
    assert loss.shape == ()
    assert bool(loss.isfinite())
    loss.backward()
    for key, weight in task.named_parameters():
        if weight.requires_grad:
            assert weight.grad is not None, key
            assert bool(weight.grad.isfinite().all()), key
    task.after_step()
