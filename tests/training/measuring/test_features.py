from __future__ import annotations

import pytest
import torch

from training.measuring.features import effective_rank


def test_rank_counts_the_directions_that_are_used() -> None:
    generator = torch.Generator().manual_seed(0)
    basis = torch.linalg.qr(torch.randn(16, 16, generator=generator)).Q
    for used in (1, 3, 8):
        coordinates = torch.randn(4000, used, generator=generator)
        assert effective_rank(coordinates @ basis[:used]) == pytest.approx(used, rel=0.02)
    assert effective_rank(torch.ones(10, 4)) == pytest.approx(1.0)
