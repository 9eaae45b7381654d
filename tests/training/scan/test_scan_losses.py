from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from desktop_app.engine.clustering import heads
from training.scan.losses import confident, entropy, scan_loss, self_label_loss, temi_loss


def drawn(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_scan_loss_equals_its_definition_pair_by_pair() -> None:
    anchors, neighbors = drawn(7, 3, 5), drawn(7, 3, 5, seed=1)
    found = scan_loss(anchors, neighbors, 2.5)
    for head in range(3):
        p, q = anchors[:, head].softmax(dim=1), neighbors[:, head].softmax(dim=1)
        consistency = -sum(math.log(sum(p[n, c] * q[n, c] for c in range(5))) for n in range(7)) / 7
        mean = [float(p[:, c].mean()) for c in range(5)]
        assert found[head].item() == pytest.approx(consistency + 2.5 * sum(m * math.log(m) for m in mean), rel=1e-5)


def test_scan_loss_has_its_extremes() -> None:
    sure = 50 * F.one_hot(torch.arange(8) % 4, 4).float()[:, None]
    best = scan_loss(sure, sure, 5.0).item()
    assert best == pytest.approx(-5 * math.log(4), abs=1e-4)
    one = 50 * F.one_hot(torch.zeros(8, dtype=torch.long), 4).float()[:, None]
    assert scan_loss(one, one, 5.0).item() == pytest.approx(0.0, abs=1e-4)
    assert scan_loss(sure, sure.roll(1, 0), 5.0).item() > 40  # neighbors apart: finite all the same
    flat = torch.zeros(8, 1, 4)
    assert scan_loss(flat, flat, 5.0).item() == pytest.approx(-4 * math.log(4), abs=1e-5)


@pytest.mark.parametrize("kind", ["scan", "temi"])
def test_losses_and_gradients_are_those_the_app_computes_in_numpy(kind: str) -> None:
    anchors, neighbors = (drawn(16, 3, 6, seed=seed).float().requires_grad_() for seed in (0, 1))
    logits = anchors.detach().numpy(), neighbors.detach().numpy()
    if kind == "scan":
        loss = scan_loss(anchors, neighbors, 2.0)
        expected, *gradients = heads.scan_loss(*logits, 2.0)
    else:
        teachers = tuple(drawn(16, 3, 6, seed=seed).float().softmax(dim=-1) for seed in (2, 3))
        mean = drawn(3, 6, seed=4).float().softmax(dim=-1)
        loss = temi_loss((anchors, neighbors), (teachers[0], teachers[1]), mean, 0.6)
        expected, *gradients = heads.temi_loss(logits, tuple(t.numpy() for t in teachers), mean.numpy(), 0.6)  # type: ignore[arg-type]
    np.testing.assert_allclose(loss.detach().numpy(), expected, rtol=1e-4)
    loss.sum().backward()  # type: ignore[no-untyped-call]
    for logit, gradient in zip((anchors, neighbors), gradients, strict=True):
        assert logit.grad is not None
        np.testing.assert_allclose(logit.grad.numpy(), gradient, atol=1e-6)


def test_losses_stay_exact_under_autocast() -> None:
    anchors, neighbors = drawn(64, 1, 10).float(), drawn(64, 1, 10, seed=1).float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(scan_loss(anchors, neighbors, 5.0), scan_loss(anchors, neighbors, 5.0).float())
        inside = scan_loss(anchors, neighbors, 5.0)
    torch.testing.assert_close(inside, scan_loss(anchors, neighbors, 5.0))


def test_entropy_counts_even_choices() -> None:
    assert torch.exp(entropy(torch.tensor([0.25, 0.25, 0.25, 0.25, 0.0]))).item() == pytest.approx(4)
    assert entropy(torch.tensor([1.0, 0.0])).item() == pytest.approx(0.0, abs=1e-6)


def test_only_photos_above_the_threshold_teach() -> None:
    p = torch.tensor([[0.995, 0.005], [0.6, 0.4], [0.004, 0.996], [0.5, 0.5]])
    labels, mask = confident(p, 0.99, 0.2)
    assert labels[:3].tolist() == [0, 0, 1]
    assert mask.tolist() == [True, False, True, False]


def test_a_cluster_without_a_sure_photo_is_taught_by_its_surest_where_that_is_wanted() -> None:
    sure, torn, less = [0.995, 0.005, 0.0], [0.1, 0.9, 0.0], [0.4, 0.6, 0.0]
    p = torch.tensor([sure, torn, less])
    assert confident(p, 0.99, 0.5)[1].tolist() == [True, False, False]
    assert confident(p, 0.99, 0.5, every_cluster=True)[1].tolist() == [True, True, False]


def test_where_none_is_sure_the_surest_of_each_cluster_teach() -> None:
    generator = torch.Generator().manual_seed(0)
    p = (2 * torch.randn(100, 4, generator=generator)).softmax(dim=1).clamp(max=0.98)
    labels, mask = confident(p, 0.99, 0.2)
    for cluster in range(4):
        members = labels == cluster
        assert int((mask & members).sum()) == max(1, int(0.2 * int(members.sum())))
        assert p[mask & members].max(dim=1).values.min() >= p[~mask & members].max(dim=1).values.max()


def test_self_label_loss_is_a_mean_over_those_that_count() -> None:
    logits, labels = drawn(6, 3).float(), torch.tensor([0, 0, 0, 1, 2, 2])
    mask = torch.tensor([True, True, True, True, False, False])
    each = F.cross_entropy(logits, labels, reduction="none")
    plain = self_label_loss(logits, labels, mask, balance=False)
    assert plain.item() == pytest.approx(each[:4].mean().item())
    # Balanced, the three photos of class 0 weigh as much together as the one of class 1; class 2 has none.
    balanced = self_label_loss(logits, labels, mask, balance=True)
    assert balanced.item() == pytest.approx((each[:3].mean().item() + each[3].item()) / 2, rel=1e-6)
