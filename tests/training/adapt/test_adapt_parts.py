"""The parts of adapting that need no model: what is learned, what is scored, what is guarded."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from desktop_app.engine.clustering.features import DIMENSIONS, WHITENING, prepare
from desktop_app.engine.job import JobContext
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array
from training.adapt.deep import State, masked_nt_xent, may_be_the_same, refusal
from training.adapt.layers import apply
from training.adapt.score import LabelFree, by_kmeans, evenness, probe_accuracy, score, whitened
from training.adapt.steps import mutual_neighbors, view_layers
from training.pretexts.simclr import nt_xent

CTX = JobContext()


def vectors(count: int, dim: int, seed: int = 0) -> Float32Array:
    return np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)


def test_the_heads_points_are_those_the_app_groups() -> None:
    photos = normalize(vectors(80, 48) * np.geomspace(1, 0.05, 48, dtype=np.float32) + 0.1)
    layer = whitened(photos, DIMENSIONS, WHITENING, CTX)
    np.testing.assert_allclose(layer(photos), prepare(photos), atol=1e-4)


def test_what_views_differ_in_counts_less_afterwards() -> None:
    rng = np.random.default_rng(0)
    count, nuisance = 200, np.r_[np.ones(6), np.full(6, 3.0)]
    same = np.c_[rng.normal(size=(count, 6)), np.zeros((count, 6))]

    def look(seed: int) -> Float32Array:
        noise = np.random.default_rng(seed).normal(size=(count, 12)) * nuisance * np.r_[np.zeros(6), np.ones(6)]
        return normalize((same + noise).astype(np.float32))

    photos, held_out = look(1), look(99)
    layers = view_layers(photos, np.stack([look(seed) for seed in range(2, 12)]))
    pairs = [(photos, held_out), (apply(layers, photos), apply(layers, held_out))]
    before, after = (score(photos, *pair, by_kmeans(*pair, 4, CTX), CTX, (0, 1)).retrieval for pair in pairs)
    assert after > before + 0.3


def test_views_that_do_not_differ_teach_nothing() -> None:
    photos = normalize(vectors(300, 8))
    first, _ = view_layers(photos, np.stack([photos] * 3))
    assert (first(photos) * normalize(photos - photos.mean(axis=0))).sum(axis=1).min() > 0.999


def test_mutual_neighbors_are_mutual_and_near() -> None:
    photos = normalize(vectors(60, 5))
    rows, columns = mutual_neighbors(photos, 4)
    pairs = set(zip(rows.tolist(), columns.tolist(), strict=True))
    near = [set(np.argsort(-row)[1:5].tolist()) for row in photos @ photos.T]
    assert pairs == {(i, j) for i in range(60) for j in near[i] if i in near[j]}


def test_figures_of_the_label_free_score_at_their_ends() -> None:
    centers = np.eye(4, dtype=np.float32) * 5
    groups = np.repeat(np.arange(4), 25)
    points = centers[groups] + 0.1 * vectors(100, 4)
    assert probe_accuracy(points, groups) == 1
    assert probe_accuracy(points, np.random.default_rng(0).permutation(groups)) < 0.5
    assert evenness(groups) == pytest.approx(1)
    assert evenness(np.zeros(10, dtype=np.int64)) == 0
    assert evenness(np.r_[np.zeros(97, dtype=np.int64), 1, 2, 3]) < 0.2


def test_without_masks_the_loss_is_simclrs() -> None:
    z = torch.nn.functional.normalize(torch.from_numpy(vectors(12, 5)), dim=1)
    nothing = torch.zeros(12, 12, dtype=torch.bool)
    torch.testing.assert_close(masked_nt_xent(z, nothing, 0.2), nt_xent(z, 0.2))


def test_masked_negatives_are_left_out_of_the_sum() -> None:
    z = torch.nn.functional.normalize(torch.from_numpy(vectors(8, 5)).double(), dim=1).requires_grad_()
    same = torch.from_numpy(np.random.default_rng(0).random((8, 8)) < 0.4)
    total = z.new_zeros(())
    for anchor in range(8):
        positive = (anchor + 4) % 8
        others = [j for j in range(8) if j not in (anchor, positive) and not same[anchor, j]]
        pull = (z[anchor] @ z[positive] / 0.2).exp()
        total = total - (pull / (pull + sum((z[anchor] @ z[j] / 0.2).exp() for j in others))).log()
    loss = masked_nt_xent(z, same, 0.2)
    torch.testing.assert_close(loss, total / 8)
    everything = masked_nt_xent(z, torch.ones(8, 8, dtype=torch.bool), 0.2)
    torch.testing.assert_close(everything, everything.new_zeros(()))


def test_bursts_and_copies_are_no_negatives() -> None:
    photos = normalize(vectors(40, 20))
    photos[1] = photos[0]
    taken = np.full(40, np.nan)
    taken[[2, 3, 4]] = 100.0, 102.5, 110.0
    same = may_be_the_same(photos, taken)
    assert same[0, 1]
    assert same[2, 3]
    assert np.array_equal(same, same.T)
    assert same.diagonal().all()
    rows, columns = mutual_neighbors(photos, 10)
    neighbors = np.zeros((40, 40), dtype=bool)
    neighbors[rows, columns] = True
    assert same[~neighbors].sum() <= 40 + 4  # nobody else but copies and bursts


def good_state() -> State:
    photos = vectors(60, 12)
    return State(photos, photos, 10.0, LabelFree(0.8, 0.6, 0.6, 0.5))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"photos": vectors(60, 12, seed=5)}, "neighbor overlap"),
        ({"rank": 7.9}, "effective rank"),
        ({"label_free": LabelFree(0.9, 0.7, 0.7, 0.5)}, "held-out views"),
        ({"label_free": LabelFree(0.9, 0.7, 0.7, float("nan"))}, "held-out views"),
        ({"label_free": LabelFree(0.9, 0.7, 0.59, 0.6)}, "agreement of seeds"),
        ({"label_free": LabelFree(0.6, 0.6, 0.6, 0.6)}, "label-free score"),
    ],
)
def test_every_guard_can_refuse(changes: dict[str, object], said: str) -> None:
    better = dataclasses.replace(good_state(), label_free=LabelFree(0.8, 0.6, 0.6, 0.6))
    assert refusal(good_state(), better) == ""
    assert said in refusal(good_state(), dataclasses.replace(better, **changes))  # type: ignore[arg-type]
