from __future__ import annotations

import pytest
import torch

from training.networks.whitening import fit_whitening


def features(count: int = 400, dim: int = 12, seed: int = 0) -> torch.Tensor:
    """Non-negative, a few directions much stronger than the rest."""
    generator = torch.Generator().manual_seed(seed)
    mix = torch.linalg.qr(torch.randn(dim, dim, generator=generator)).Q
    spread = torch.logspace(0, -2, dim)
    return (torch.randn(count, dim, generator=generator) * spread @ mix.T).add(4).square()


@torch.no_grad()
def test_axes_are_uncorrelated_and_their_spread_is_the_square_root_of_what_it_was() -> None:
    rows = features()
    mapped = fit_whitening(rows, 12)(rows)
    covariance = torch.cov(mapped.T)
    correlation = torch.corrcoef(mapped.T) - torch.eye(12)
    assert correlation.abs().max() < 1e-3
    before = torch.linalg.eigvalsh(torch.cov(rows.sqrt().T)).flip(0)
    after = covariance.diagonal()
    torch.testing.assert_close(after / after[0], (before / before[0]).sqrt(), rtol=1e-2, atol=1e-4)
    assert mapped.mean(dim=0).abs().max() < 1e-4
    assert mapped.square().sum(dim=1).mean() == pytest.approx(1, rel=1e-4)


@torch.no_grad()
def test_keeps_the_strongest_axes_and_no_more_than_there_are() -> None:
    rows = features()
    torch.testing.assert_close(
        torch.nn.functional.cosine_similarity(fit_whitening(rows, 3)(rows), fit_whitening(rows, 12)(rows)[:, :3]),
        torch.ones(len(rows)),
    )
    assert fit_whitening(rows, 500).linear.out_features == 12
    assert fit_whitening(rows[:5], 500).linear.out_features == 4


@torch.no_grad()
def test_does_not_depend_on_the_order_of_photos() -> None:
    rows = features()
    torch.testing.assert_close(fit_whitening(rows, 6)(rows), fit_whitening(rows.flip(0), 6)(rows), rtol=1e-3, atol=1e-4)


@torch.no_grad()
def test_survives_features_that_are_dead_or_alike() -> None:
    rows = features()
    rows[:, :4] = 0
    assert bool(fit_whitening(rows, 12)(rows).isfinite().all())
    alike = torch.ones(10, 12)
    assert bool(fit_whitening(alike, 12)(alike).isfinite().all())
