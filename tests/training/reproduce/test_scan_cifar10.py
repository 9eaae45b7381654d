from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.clustering.scan_head import ScanParams, train
from desktop_app.engine.evaluate import hungarian_accuracy
from desktop_app.engine.job import JobContext
from training.config import Config
from training.photos.cifar10 import Labeled
from training.photos.data import PhotoArray
from training.pretexts import build
from training.reproduce.figures import read_results
from training.reproduce.row import Bench
from training.reproduce.scan_cifar10 import stage_config
from training.reproduce.scan_controls import Data, Recorder
from training.runs.checkpoint import CHECKPOINT, save_checkpoint
from training.runs.start import load_start
from training.scan.figures import (
    cluster_figures,
    compact,
    head_probabilities,
    kmeans_groups,
    neighbor_figures,
    on_axes,
)


def bench_at(folder: Path, device: str = "cpu") -> Bench:
    return Bench("scan-cifar10", folder, JobContext(), results=folder / "results", seeds=2, device=device)


def blobs(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Points float32[count, 8] round three centers, and their center."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 3
    return (3 * np.eye(8)[labels] + rng.normal(0, 0.3, (count, 8))).astype(np.float32), labels


def left_behind(config: Config, runs: Path, folder: str) -> None:
    """What a finished run leaves of its weights."""
    pretext = build(config)
    state = {"step": 1, "seconds": 1.0, "data_hash": "", "pretext": pretext.state_dict()}
    state |= {"average": pretext.backbone.state_dict()}
    save_checkpoint(runs / folder / CHECKPOINT, state, config.identity())


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_every_step_begins_with_the_weights_of_the_one_before(tmp_path: Path, device: str) -> None:
    bench = bench_at(tmp_path, device)
    first = stage_config("simclr", bench, 1)
    left_behind(first, tmp_path, first.name)
    for stage in ("scan", "overcluster", "self-label"):
        config = stage_config(stage, bench, 1)
        assert config.start is not None
        assert config.seed == 1
        assert config.backbone == first.backbone
        load_start(config.start, config.backbone, tmp_path / config.start.run / CHECKPOINT, build(config))
        left_behind(config, tmp_path, config.name)
        if stage != "self-label":
            assert config.pretext["neighbors_of"] == first.name


def test_the_published_numbers_are_those_of_the_gpu(tmp_path: Path) -> None:
    gpu, cpu = bench_at(tmp_path, "cuda"), bench_at(tmp_path, "cpu")
    scan, self_label = stage_config("scan", gpu, 0), stage_config("self-label", gpu, 0)
    assert (scan.batch, scan.limits.epochs, scan.optimizer.lr, scan.pretext["entropy_weight"]) == (128, 50, 1e-4, 5.0)
    assert (self_label.batch, self_label.limits.epochs, self_label.pretext["threshold"]) == (1000, 200, 0.99)
    assert scan.limits.minutes == 0
    assert stage_config("scan", cpu, 0).limits.minutes > 0


def test_figures_of_perfect_merged_and_surplus_clusters() -> None:
    truth = np.arange(60) % 3
    perfect = cluster_figures(truth, (truth + 1) % 3, 3)
    assert perfect == {"ACC": 100, "NMI": pytest.approx(100), "ARI": 100, "used clusters": 3}
    assert cluster_figures(truth, np.minimum(truth, 1), 3)["used clusters"] == 2
    finer = truth + 3 * (np.arange(60) % 2)
    over = cluster_figures(truth, finer, 6, matched=False)
    assert over["majority ACC"] == 100
    assert over["clusters"] == over["used clusters"] == 6
    assert 33 < over["chance"] < 60
    assert "ACC" not in over


def test_groups_found_in_one_set_are_given_to_another() -> None:
    (bank, _), (queries, truth) = blobs(90), blobs(60, seed=1)
    assert hungarian_accuracy(truth, kmeans_groups(bank, queries, 3, 0, JobContext())) == 1
    axes = compact(bank, 3, JobContext())
    assert on_axes(axes, queries).shape == (60, 3)
    trained = train(on_axes(axes, bank), 3, ScanParams(heads=2, steps=60, neighbors=5), 0, JobContext())
    p = head_probabilities(trained, on_axes(axes, queries))
    assert np.allclose(p.sum(axis=1), 1, atol=1e-5)
    assert hungarian_accuracy(truth, p.argmax(axis=1)) == 1
    own = head_probabilities(trained, on_axes(axes, bank)).argmax(axis=1)
    assert hungarian_accuracy(trained.clusters, own[trained.sample]) == 1  # the clusters that the app would show


def test_few_neighbors_are_asked_where_the_bank_is_small() -> None:
    (bank, known), (queries, truth) = blobs(90), blobs(60, seed=1)
    assert neighbor_figures(bank, known, queries, truth, JobContext()) == {"kNN-9": 100}


def test_figures_are_computed_once_for_the_same_settings(tmp_path: Path) -> None:
    photos = PhotoArray(np.zeros((2, 3, 4, 4), np.uint8), "hash", 0)
    some = Labeled(photos, np.zeros(2, np.int64))
    bench = bench_at(tmp_path)
    record = Recorder(bench, Data(some, some, some, "two pictures"), {"rate": 1})
    calls = []

    def compute() -> dict[str, float]:
        calls.append(1)
        return {"ACC": 10.0 * len(calls)}

    assert record.once("a", 0, compute) == record.once("a", 0, compute) == {"ACC": 10}
    assert record.once("a", 1, compute) == {"ACC": 20}
    assert dataclasses.replace(record, config={"rate": 2}).once("a", 0, compute) == {"ACC": 30}
    recorded = {(m.seed, m.value, m.config["rate"]) for m in read_results(tmp_path / "results" / "scan-cifar10.json")}
    assert recorded == {(0, 30.0, 2), (1, 20.0, 1)}


def test_a_bank_on_the_device_is_searched_there() -> None:
    from training.scan.mining import nearest

    bank, labels = blobs(30)
    assert (labels[nearest(torch.from_numpy(bank), 5)] == labels[:, None]).all()
