from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from training.networks.backbones import build_backbone
from training.pretexts.nnclr import NNCLR, NNCLRParams, nearest, neighbor_loss


def unit(rows: int, dim: int, seed: int) -> Tensor:
    return F.normalize(torch.randn(rows, dim, generator=torch.Generator().manual_seed(seed)), dim=1)


def nnclr(queue: int = 12) -> NNCLR:
    torch.manual_seed(0)
    return NNCLR(build_backbone("tiny", 0), 16, NNCLRParams(hidden=8, out=6, queue=queue))


def views(seed: int, count: int = 8) -> Tensor:
    return torch.randn(count, 3, 16, 16, generator=torch.Generator().manual_seed(seed))


def test_the_loss_equals_its_slow_twin() -> None:
    predicted, neighbors, batch = unit(10, 6, 0), unit(10, 6, 1), 5
    losses = []
    for i in range(batch):
        for queries, others in ((neighbors[:batch], predicted[batch:]), (neighbors[batch:], predicted[:batch])):
            weights = [torch.exp(queries[i].double() @ other.double() / 0.1) for other in others]
            losses.append(-torch.log(weights[i] / sum(weights)))
    expected = torch.stack(losses).mean().item()
    assert neighbor_loss(predicted, neighbors, 0.1).item() == pytest.approx(expected, rel=1e-5)


def test_the_loss_is_log_b_when_all_rows_are_alike() -> None:
    one = F.normalize(torch.ones(14, 4), dim=1)
    assert neighbor_loss(one, one, 0.1).item() == pytest.approx(math.log(7), rel=1e-5)


def test_the_nearest_is_found_as_by_sorting() -> None:
    z, queue = unit(9, 5, 0), unit(30, 5, 1)
    expected = [max(queue, key=lambda row, own=own: float(row @ own)) for own in z]
    torch.testing.assert_close(nearest(z, queue), torch.stack(expected))


def test_neighbors_come_from_the_queue_once_it_is_full_of_earlier_photos() -> None:
    task = nnclr(queue=12)
    first_views = []
    for step in range(3):
        task(views(step))
        assert task._fresh is not None
        first_views.append(task._fresh.clone())
        task.after_step()
    torch.testing.assert_close(task.queue, torch.cat(first_views))
    assert int(task.stored) == 12
    task.eval()
    with torch.no_grad():
        projected = task.head(task.backbone(views(9)))
        targets = F.normalize(projected, dim=1)
        predicted = F.normalize(task.predictor(projected), dim=1)
        expected = neighbor_loss(predicted, nearest(targets, task.queue), task.temperature)
        torch.testing.assert_close(task(views(9)), expected)
        task.stored.fill_(11)
        torch.testing.assert_close(task(views(9)), neighbor_loss(predicted, targets, task.temperature))


def test_outside_of_training_the_queue_stands_still() -> None:
    task = nnclr().eval()
    task(views(0))
    task.after_step()
    assert int(task.stored) == 0
    assert not task.queue.any()
