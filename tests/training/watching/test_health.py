from __future__ import annotations

import math

import pytest
import torch

from tests.helpers.laboratory import make_photos, tiny_config
from training.pretexts import build
from training.watching.health import alignment, health_report, retrieval, uniformity


def test_alignment_and_uniformity_have_their_closed_forms() -> None:
    z = torch.eye(4)
    assert alignment(z, z) == 0
    assert alignment(z, -z) == pytest.approx(4)
    assert uniformity(z) == pytest.approx(-4)  # all distances are sqrt(2)
    assert uniformity(torch.ones(4, 1)) == 0
    assert uniformity(torch.tensor([[1.0], [-1.0]])) == pytest.approx(-8)


def test_retrieval_is_certain_for_one_view_chance_for_noise_and_blind_to_what_all_share() -> None:
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(200, 8, generator=generator)
    assert retrieval(features, features) == 1
    assert retrieval(features + 100, features + 100) == 1
    assert retrieval(features, torch.randn(200, 8, generator=generator)) < 0.05
    assert retrieval(torch.ones(50, 4), torch.ones(50, 4)) == pytest.approx(1 / 50)


def test_report_repeats_and_leaves_the_network_as_it_was() -> None:
    config = tiny_config()
    pretext = build(config).train()
    before = {key: value.clone() for key, value in pretext.state_dict().items()}
    images = torch.from_numpy(make_photos(32).images)
    first, second = (health_report(pretext, images, 16, config.augment, seed=1) for _ in range(2))
    assert first == second
    assert all(math.isfinite(value) for value in first.values())
    assert pretext.training
    assert all(torch.equal(value, before[key]) for key, value in pretext.state_dict().items())
