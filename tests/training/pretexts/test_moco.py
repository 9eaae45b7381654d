from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from training.networks.backbones import build_backbone
from training.pretexts.moco import MoCo, MoCoParams, info_nce


def unit(rows: int, dim: int, seed: int) -> Tensor:
    return F.normalize(torch.randn(rows, dim, generator=torch.Generator().manual_seed(seed)), dim=1)


def moco(**params: float) -> MoCo:
    torch.manual_seed(0)
    return MoCo(build_backbone("tiny", 0), 16, MoCoParams(**({"hidden": 8, "out": 6, "queue": 20} | params)))  # type: ignore[arg-type]


def views(count: int = 8) -> Tensor:
    return torch.randn(count, 3, 16, 16, generator=torch.Generator().manual_seed(count))


def test_info_nce_equals_its_slow_twin() -> None:
    queries, keys, negatives = unit(4, 6, 0), unit(4, 6, 1), unit(9, 6, 2)
    losses = []
    for query, key in zip(queries.double(), keys.double(), strict=True):
        weights = torch.stack([torch.exp(query @ other / 0.2) for other in (key, *negatives.double())])
        losses.append(-torch.log(weights[0] / weights.sum()))
    expected = torch.stack(losses).mean().item()
    assert info_nce(queries, keys, negatives, 0.2).item() == pytest.approx(expected, rel=1e-5)


def test_info_nce_is_log_k_plus_1_when_all_rows_are_alike() -> None:
    one = F.normalize(torch.ones(3, 4), dim=1)
    assert info_nce(one, one, one[:1].expand(30, 4), 0.2).item() == pytest.approx(math.log(31), rel=1e-5)


def test_the_queue_is_first_in_first_out() -> None:
    task = moco()
    start = task.queue.clone()
    seen = []
    for step in range(3):
        task(views(8) + step)
        assert task._fresh is not None
        seen.append(task._fresh.clone())
        task.after_step()
    assert torch.equal(task.queue[:4], seen[2][4:])
    assert torch.equal(task.queue[8:16], seen[1])
    assert torch.equal(task.queue[16:], seen[2][:4])
    assert not torch.equal(start, task.queue)
    assert int(task.position) == 24 % 20


def test_outside_of_training_the_queue_stands_still() -> None:
    task = moco().eval()
    before = task.queue.clone()
    task(views())
    task.after_step()
    assert torch.equal(task.queue, before)


def test_keys_follow_the_queries_slowly_and_get_no_gradient() -> None:
    task = moco(momentum=0.9)
    with torch.no_grad():
        for weight in task.head.parameters():
            weight.add_(1.0)
    before = [weight.clone() for weight in task.key_head.parameters()]
    task.after_step()
    for old, new in zip(before, task.key_head.parameters(), strict=True):
        torch.testing.assert_close(new, old + 0.1)
    task(views()).backward()
    assert all(weight.grad is None for weight in (*task.key_backbone.parameters(), *task.key_head.parameters()))


def test_shuffling_gives_every_key_back_to_its_picture() -> None:
    task = moco(groups=2).eval()
    images = views()
    expected = F.normalize(task.key_head(task.key_backbone(images)), dim=1)
    torch.testing.assert_close(task._keys(images), expected)


def test_groups_hide_the_batch_statistics() -> None:
    images = views()
    whole, split = moco(groups=1), moco(groups=2)
    torch.manual_seed(1)
    first = whole._keys(images)
    torch.manual_seed(1)
    second = split._keys(images)
    assert not torch.allclose(first, second, atol=1e-4)
