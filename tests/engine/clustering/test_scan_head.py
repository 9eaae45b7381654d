"""Cluster heads: the losses against closed forms, finite differences and torch; training, merging, self-labeling."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desktop_app.engine import evaluate
from desktop_app.engine.clustering import scan_head
from desktop_app.engine.clustering.base import Material
from desktop_app.engine.clustering.features import prepare
from desktop_app.engine.clustering.heads import Adam, scan_loss, softmax, temi_loss, with_bias
from desktop_app.engine.clustering.merge import merge, split
from desktop_app.engine.clustering.scan_head import ScanParams, TemiParams, Trained, clusters_for, fit, train
from desktop_app.engine.clustering.self_label import confident, self_label
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.job import JobContext

CTX = JobContext()
SHAPE = (7, 3, 4)
BOTH = pytest.mark.parametrize("params", [ScanParams(), TemiParams()], ids=["scan", "temi"])


def _normal(seed: int, shape: tuple[int, ...] = SHAPE) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape)


def _teachers() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return softmax(_normal(5)), softmax(_normal(6)), softmax(_normal(7, SHAPE[1:]))


def _scan(anchors: np.ndarray, neighbors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return scan_loss(anchors, neighbors, 5.0)


def _temi(anchors: np.ndarray, neighbors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    *teachers, mean = _teachers()
    return temi_loss((anchors, neighbors), tuple(teachers), mean, 0.6)


@pytest.mark.parametrize("loss", [_scan, _temi])
def test_gradients_are_those_of_finite_differences(loss: Callable) -> None:
    logits = [_normal(1), _normal(2)]
    _, *gradients = loss(*logits)
    rng = np.random.default_rng(0)
    for which in (0, 1):
        for _ in range(20):
            place = tuple(rng.integers(0, size) for size in SHAPE)
            ends = []
            for step in (1e-5, -1e-5):
                moved = [array.copy() for array in logits]
                moved[which][place] += step
                ends.append(loss(*moved)[0].sum())
            assert gradients[which][place] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-7)


def test_scan_gradient_is_that_of_torch() -> None:
    torch = pytest.importorskip("torch")
    anchors, neighbors = (torch.tensor(_normal(seed), requires_grad=True) for seed in (1, 2))
    p, q = anchors.softmax(-1), neighbors.softmax(-1)
    mean = p.mean(0)
    expected = -(p * q).sum(-1).log().mean(0) + 5 * (mean * mean.log()).sum(-1)
    expected.sum().backward()
    loss, *gradients = _scan(_normal(1), _normal(2))
    assert loss == pytest.approx(expected.detach().numpy())
    for ours, theirs in zip(gradients, (anchors.grad, neighbors.grad), strict=True):
        assert ours == pytest.approx(theirs.numpy(), abs=1e-9)


def test_temi_gradient_is_that_of_torch() -> None:
    torch = pytest.importorskip("torch")
    anchors, neighbors = (torch.tensor(_normal(seed), requires_grad=True) for seed in (1, 2))
    first, second, mean = (torch.tensor(array) for array in _teachers())
    weight = (first * second).sum(-1).mean(1)[:, None]

    def one_way(student: object, teacher: object) -> object:
        return -(weight * (((student.softmax(-1) * teacher) ** 0.6) / mean).sum(-1).log()).mean(0)

    expected = (one_way(anchors, second) + one_way(neighbors, first)) / 2
    expected.sum().backward()
    loss, *gradients = _temi(_normal(1), _normal(2))
    assert loss == pytest.approx(expected.detach().numpy())
    for ours, theirs in zip(gradients, (anchors.grad, neighbors.grad), strict=True):
        assert ours == pytest.approx(theirs.numpy(), abs=1e-9)


def test_scan_loss_in_closed_form() -> None:
    sure = np.full((4, 1, 4), -50.0)
    sure[np.arange(4), 0, np.arange(4)] = 50.0
    assert scan_loss(sure, sure, 2.0)[0] == pytest.approx(-2 * np.log(4))
    flat = np.zeros((4, 1, 4))
    assert scan_loss(flat, flat, 0.0)[0] == pytest.approx(np.log(4))
    one = np.tile(sure[:1], (4, 1, 1))
    assert scan_loss(one, one, 2.0)[0] == pytest.approx(0.0, abs=1e-6)


def test_adam_agrees_with_torch() -> None:
    torch = pytest.importorskip("torch")
    ours = _normal(1, (5, 2)).astype(np.float32)
    theirs = torch.tensor(ours.copy(), requires_grad=True)
    adam, reference = Adam(ours), torch.optim.Adam([theirs], lr=0.05)
    for seed in range(6):
        gradient = _normal(seed, (5, 2)).astype(np.float32)
        adam.step(gradient, 0.05)
        theirs.grad = torch.tensor(gradient)
        reference.step()
    assert ours == pytest.approx(theirs.detach().numpy(), abs=1e-5)


def _blobs(sizes: tuple[int, ...] = (50, 40, 30, 20), noise: float = 0.05) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    truth = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centers = np.linalg.qr(rng.normal(size=(32, 32)))[0][: len(sizes)]
    vectors = centers[truth] + noise * rng.normal(size=(len(truth), 32))
    return prepare(vectors.astype(np.float32)), truth


@BOTH
def test_training_lowers_the_score_of_every_head(params: ScanParams) -> None:
    points, _ = _blobs(noise=0.2)
    kind = type(params)
    short, long = (train(points, 4, kind(steps=steps), 0, CTX).score for steps in (1, 200))
    assert short.shape == (8,)
    assert (long < short).all()


@BOTH
@pytest.mark.parametrize("clusters", [4, 12])
def test_separate_groups_are_recovered_directly_and_by_merging(params: ScanParams, clusters: int) -> None:
    points, truth = _blobs()
    found = train(points, clusters, params, 0, CTX).groups(points, 4, 0, CTX)
    assert evaluate.hungarian_accuracy(truth, found.labels) == 1.0
    assert found.confidence.mean() > 0.5


@pytest.mark.parametrize("kind", [ScanParams, TemiParams])
def test_overclustering_does_not_share_out_a_large_group(kind: type[ScanParams]) -> None:
    points, truth = _blobs((80, 40, 25, 15))
    found = fit(Material(points), kind(), 0, CTX).groups(4, 0, CTX)
    assert evaluate.hungarian_accuracy(truth, found.labels) == 1.0


@pytest.mark.parametrize("kind", [ScanParams, TemiParams])
def test_self_labeling_keeps_separate_groups(kind: type[ScanParams]) -> None:
    points, truth = _blobs((40, 40, 40))
    found = fit(Material(points), kind(self_label=True), 0, CTX).groups(3, 0, CTX)
    assert evaluate.hungarian_accuracy(truth, found.labels) == 1.0


@BOTH
def test_training_depends_on_the_seed_alone(params: ScanParams) -> None:
    points, _ = _blobs(noise=0.3)
    first, again, other = (train(points, 6, params, seed, CTX) for seed in (1, 1, 2))
    assert first.weights.tolist() == again.weights.tolist()
    assert first.weights.tolist() != other.weights.tolist()


@pytest.fixture(scope="module")
def trained() -> tuple[np.ndarray, Trained]:
    points = prepare(np.random.default_rng(0).normal(size=(300, 16)).astype(np.float32))
    return points, train(points, 18, ScanParams(steps=100), 0, CTX)


def test_merged_clusters_nest_and_every_number_of_groups_is_given(trained: tuple[np.ndarray, Trained]) -> None:
    points, head = trained
    used = len(head.tree.used)
    for k in range(1, used):
        coarse, fine = head.tree.cut(k), head.tree.cut(k + 1)
        assert sorted(set(coarse.tolist())) == list(range(k))
        parents = {(int(child), int(parent)) for child, parent in zip(fine, coarse, strict=True)}
        assert len(parents) == k + 1
    assert head.tree.cut(used + 5).tolist() == head.tree.cut(used).tolist()
    for k in (2, 7, 18, 40):
        found = head.groups(points, k, 0, CTX)
        assert sorted(set(found.labels.tolist())) == list(range(k))
        assert 0 <= found.confidence.min() <= found.confidence.max() <= 1


def test_the_head_itself_does_not_change_as_the_number_moves(trained: tuple[np.ndarray, Trained]) -> None:
    points, head = trained
    weights = head.weights.copy()
    once = head.groups(points, 5, 3, CTX)
    head.groups(points, 9, 3, CTX)
    again = head.groups(points, 5, 3, CTX)
    assert (head.weights == weights).all()
    assert once.labels.tolist() == again.labels.tolist()
    assert once.confidence.tolist() == again.confidence.tolist()


def test_halves_of_a_group_merge_first_and_clusters_without_photos_are_left_out() -> None:
    points, truth = _blobs((40, 40, 40))
    halves = (truth * 2 + (np.arange(len(truth)) % 2)).astype(np.int32)
    halves[halves == 5] = 8
    tree = merge(points, halves, CTX)
    assert tree.used.tolist() == [0, 1, 2, 3, 4, 8]
    groups = tree.cut(3)
    assert len(set(groups.tolist())) == 3
    assert (groups[0::2] == groups[1::2]).all()


def test_splitting_gives_the_number_asked_for_and_takes_the_widest_apart() -> None:
    points = np.array([[0, 0], [0, 0.1], [0, 0], [9, 0], [9, 5], [9, 5]], dtype=np.float32)
    labels, side = split(points, np.array([4, 4, 4, 7, 7, 7]), 3, 0, CTX)
    assert sorted(set(labels.tolist())) == [0, 1, 2]
    assert len(set(labels[:3].tolist())) == 1
    assert side[:3].tolist() == [1, 1, 1]
    assert labels[4] == labels[5] != labels[3]
    assert len(set(split(points, np.zeros(6, dtype=np.int32), 4, 0, CTX)[0].tolist())) == 4


def test_the_sure_teach_and_every_group_has_some() -> None:
    probability = np.array([0.95, 0.99, 0.91, 0.97, 0.2, 0.3, 0.4, 0.5], dtype=np.float32)
    chosen = confident(probability, np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32))
    assert chosen.tolist() == [False, True, False, False, False, False, False, True]


@pytest.mark.parametrize("noise", [0.05, 0.4])
def test_self_labeling_never_empties_a_group_and_stays_near_its_start(
    noise: float,
) -> None:
    points, _ = _blobs((90, 60, 30, 12, 8), noise)
    head = train(points, 5, ScanParams(), 0, CTX)
    inputs = with_bias(points * np.float32(head.factor))
    taught = self_label(inputs, head.neighbors, head.weights, 0, CTX)
    before, after = ((inputs @ weights).argmax(axis=1) for weights in (head.weights, taught))
    assert set(after.tolist()) == set(before.tolist())
    assert evaluate.ami(before, after) >= 0.8
    assert taught.tolist() != head.weights.tolist()


def test_a_large_folder_is_learned_from_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    points, truth = _blobs()
    monkeypatch.setattr(scan_head, "SAMPLE", 90)
    head = train(points, 4, ScanParams(), 0, CTX)
    assert len(head.sample) == 90
    assert evaluate.hungarian_accuracy(truth, head.groups(points, 4, 0, CTX).labels) == 1.0


def test_cancel_is_heard_while_settling(trained: tuple[np.ndarray, Trained]) -> None:
    points, head = trained
    ctx = JobContext()
    ctx.cancel()
    with pytest.raises(Cancelled):
        head.groups(points, 5, 0, ctx)


def test_clusters_follow_the_number_of_photos_within_bounds() -> None:
    assert [clusters_for(count) for count in (2, 180, 300, 900, 100_000)] == [12, 12, 20, 60, 60]
