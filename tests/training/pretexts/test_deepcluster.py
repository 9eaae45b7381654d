from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.metrics import adjusted_rand_score

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import AugmentConfig, LimitsConfig
from training.loop import train
from training.networks.backbones import build_backbone
from training.photos.data import PhotoArray
from training.pretexts.base import Source
from training.pretexts.deepcluster import DeepCluster, DeepClusterParams, even_weights, matched
from training.runs.open import opener
from training.runs.record import alarm_names, read_table


def ready(folder: Path, photos: PhotoArray, **params: Any) -> DeepCluster:
    torch.manual_seed(0)
    made = DeepCluster(build_backbone("tiny", 0), 16, DeepClusterParams(**({"clusters": 4, "dims": 4} | params)))
    made.prepare(photos, opener(folder), folder / "cache", JobContext())
    return made


def source(photos: PhotoArray, epoch: int = 0) -> Source:
    return Source(photos.images, 24, AugmentConfig(), torch.Generator().manual_seed(0), epoch)


def kinds(count: int) -> tuple[PhotoArray, np.ndarray[Any, np.dtype[np.int64]]]:
    """Four kinds of photos, each a color with some noise."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, count)
    colors = np.array([[220, 30, 30], [30, 220, 30], [30, 30, 220], [200, 200, 40]])
    noise = rng.integers(-25, 25, (count, 3, 24, 24))
    images = (colors[truth][:, :, None, None] + noise).clip(0, 255).astype(np.uint8)
    return PhotoArray(images, data_hash=f"kinds-{count}", left_out=0), truth


def test_every_cluster_comes_up_as_often_however_large_it_is() -> None:
    labels = torch.tensor([0] * 90 + [2] * 9 + [3])
    weights = even_weights(labels, torch.empty(0, 0), 4)
    for number in (0, 2, 3):
        assert float(weights[labels == number].sum()) == pytest.approx(1)
    shares = torch.nn.functional.one_hot(labels, 4).float()
    torch.testing.assert_close(even_weights(labels, shares, 4), weights)


def test_clusters_keep_their_numbers_where_their_photos_stay() -> None:
    previous = torch.tensor([0, 0, 0, 1, 1, 2, 2, 2])
    labels = torch.tensor([2, 2, 2, 0, 0, 1, 1, 0])
    shares = torch.nn.functional.one_hot(labels, 3).float()
    renamed, moved, stayed = matched(previous, labels, shares, 3)
    assert renamed.tolist() == [0, 0, 0, 1, 1, 2, 2, 1]
    assert torch.equal(moved.argmax(dim=1), renamed)
    assert stayed == 7 / 8
    assert matched(previous, labels, torch.empty(0, 0), 3)[0].tolist() == renamed.tolist()


@pytest.mark.parametrize("method", ["kmeans", "gmm", "vmf"])
def test_kinds_that_lie_apart_are_found(tmp_path: Path, method: str) -> None:
    photos, truth = kinds(200)
    made = ready(tmp_path, photos, method=method)
    assert adjusted_rand_score(truth, made.labels.numpy()) > 0.9
    drawn, targets = made.draw(np.arange(64), source(photos))
    assert drawn.shape == (64, 3, 24, 24)
    expected = (64, 1) if method == "kmeans" else (64, 4)
    assert targets.shape == expected
    assert math.isfinite(float(made(drawn, targets).detach()))


def test_an_undecided_layer_has_the_loss_of_guessing(tmp_path: Path) -> None:
    photos = make_photos(20)
    for method in ("kmeans", "vmf"):
        made = ready(tmp_path, photos, method=method)
        for weight in made.head.parameters():
            torch.nn.init.zeros_(weight)
        assert float(made(*made.draw(np.arange(8), source(photos))).detach()) == pytest.approx(math.log(4), rel=1e-3)


def test_labels_stay_for_as_long_as_was_asked_and_the_layer_begins_anew(tmp_path: Path) -> None:
    made = ready(tmp_path, make_photos(30), every=2)
    first = made.head.weight.detach().clone()
    with torch.no_grad():
        made.head.weight.add_(1)
        for weight in made.backbone.parameters():
            weight.add_(torch.randn(weight.shape, generator=torch.Generator().manual_seed(1)))
    labels = made.labels.clone()
    made.begin_epoch(1, JobContext())
    assert torch.equal(made.labels, labels)
    torch.testing.assert_close(made.head.weight, first + 1)
    made.begin_epoch(2, JobContext())
    assert not torch.equal(made.labels, labels)
    assert float(made.head.weight.detach().abs().max()) < 0.5
    assert int(made.found) == 2


def test_without_a_reset_a_layer_whose_clusters_stay_goes_on(tmp_path: Path) -> None:
    photos, _ = kinds(100)
    made = ready(tmp_path, photos, reset=False)
    weight, labels = made.head.weight.clone(), made.labels.clone()
    made.begin_epoch(1, JobContext())
    assert torch.equal(made.head.weight, weight)
    assert torch.equal(made.labels, labels)
    assert made.health(torch.empty(0), 0)["nmi_previous"] == pytest.approx(1)


def test_learning_at_the_same_time_fades_the_puzzle_by_a_cosine(tmp_path: Path) -> None:
    photos = make_photos(20, 48)
    puzzle = {"permutations": 4, "hidden": 8, "out": 8}
    from training.puzzle.solver import PuzzleParams

    made = ready(tmp_path, photos, puzzle_weight=2.0, puzzle_epochs=10, puzzle=PuzzleParams(**puzzle))  # type: ignore[arg-type]
    weights = [float(made.draw(np.arange(4), source(photos, epoch))[-1]) for epoch in (0, 5, 10, 20)]
    assert weights == pytest.approx([2.0, 1.1, 0.2, 0.2])
    # A report does not say of which epoch; the loss is that of the time all the same.
    made.begin_epoch(5, JobContext())
    assert float(made.eval().draw(np.arange(4), source(photos))[-1]) == pytest.approx(1.1)
    made.train()
    inputs = made.draw(np.arange(4), source(photos))
    alone = float(made.eval()(*inputs[:-1], torch.zeros(1)).detach())
    both = float(made(*inputs[:-1], torch.ones(1)).detach())
    assert both > alone


def test_a_run_reports_its_clusters_and_tells_of_one_that_holds_all(run_folder: Path) -> None:
    images = make_photos(40).images
    images[4:] = images[0]
    table = {"name": "deepcluster", "clusters": 4, "dims": 2}
    config = tiny_config(pretext=table, limits=LimitsConfig(epochs=4))
    train(config, PhotoArray(images, data_hash="one", left_out=0), run_folder, JobContext(), device="cpu")
    rows = read_table(run_folder / "health.csv")
    assert float(rows[-1]["largest_share"]) > 0.5
    assert {float(row["nmi_previous"]) <= 1 for row in rows} == {True}
    assert "giant-cluster" in alarm_names(run_folder)


def test_a_mixture_without_doubts_is_told_about(tmp_path: Path) -> None:
    photos, _ = kinds(60)
    made = ready(tmp_path, photos, method="vmf", kappa=5000.0)
    report = made.health(torch.empty(0), 0)
    assert [alarm.name for alarm in made.alarms(report | {"largest_share": 0.0})] == ["mixture-is-hard"]
    made = ready(tmp_path, photos, method="vmf", kappa=5.0)
    assert made.alarms(made.health(torch.empty(0), 0) | {"largest_share": 0.0}) == []


def test_more_clusters_than_photos_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="30 photos"):
        ready(tmp_path, make_photos(30), clusters=31)
