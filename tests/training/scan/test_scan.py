from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.evaluate import hungarian_accuracy
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import kinds, scan_config, tiny_config
from training.config import AugmentConfig, LimitsConfig, OptimizerConfig
from training.loop import train
from training.photos.augment import normalize
from training.photos.strong_augment import whole
from training.pretexts import build
from training.pretexts.base import Source
from training.pretexts.scan import Scan
from training.runs.open import load_trained, opener
from training.runs.record import read_table
from training.runs.start import load_start
from training.scan.memory import ClusterMemory, twin_correlation
from training.scan.mining import mine, nearest, purity
from training.scan.selection import equal_size_artefact, evenness, own_probe, rank_correlation, selection_loss


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs with one on the kinds: a network that knows colors."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("runs")
    gentle = AugmentConfig(crop_scale=(0.5, 1.0), jitter=0.0, gray=0.0)
    config = tiny_config(name="first", limits=LimitsConfig(epochs=4), augment=gentle, resolutions=((0.0, 24),))
    train(config, kinds(96)[0], folder / "first", JobContext(), device="cpu")
    return folder


def test_neighbors_are_those_of_a_slow_search_and_exclude_the_photo_itself() -> None:
    vectors = torch.randn(2100, 5, generator=torch.Generator().manual_seed(0))
    found = nearest(vectors, 7)
    unit = (vectors / vectors.norm(dim=1, keepdim=True)).numpy()
    for row in (0, 1023, 1024, 2099):
        order = np.argsort(-(unit @ unit[row]), kind="stable")
        assert order[0] == row
        assert found[row].tolist() == order[1:8].tolist()
    queries = vectors[:3] * 2
    assert nearest(vectors, 2, queries)[:, 0].tolist() == [0, 1, 2]  # of another set, the nearest may be its twin
    with pytest.raises(UsageError, match="more than 2100"):
        nearest(vectors, 2100)


def test_purity_counts_shared_labels() -> None:
    neighbors = np.array([[1, 2], [0, 2], [0, 1]])
    assert purity(neighbors, np.array([0, 0, 1])) == pytest.approx(2 / 6)


def test_mining_is_done_once_for_the_same_weights_and_photos(runs: Path, tmp_path: Path) -> None:
    photos, labels = kinds(96)
    first = load_trained(runs / "first")
    found = mine(first, photos, 24, 5, "features", tmp_path, JobContext())
    assert found.shape == (96, 5)
    assert purity(found, labels) > 0.9
    (stored,) = tmp_path.glob("neighbors-*")
    np.save(stored, found.astype(np.int32)[::-1])
    assert np.array_equal(mine(first, photos, 24, 5, "features", tmp_path, JobContext()), found[::-1])
    mine(first, photos, 24, 5, "projection", tmp_path, JobContext())
    assert len(list(tmp_path.glob("neighbors-*"))) == 2
    with pytest.raises(UserError, match="nowhere"):
        opener(runs)("nowhere", "cpu")
    with pytest.raises(UsageError, match="pixels"):
        build(scan_config(pretext={"space": "pixels"}))


def test_photos_that_are_looked_at_once_need_a_network_that_stays_as_it_is(runs: Path, tmp_path: Path) -> None:
    (tmp_path / "first").symlink_to(runs / "first")
    photos, _ = kinds(96)
    with pytest.raises(UsageError, match="without augmentation"):
        train(scan_config(pretext={"augmentation": "none"}), photos, tmp_path / "second", JobContext(), device="cpu")
    assert not (tmp_path / "cache").exists()  # refused before anything is mined
    config = scan_config(pretext={"augmentation": "none"}, frozen=("all",), limits=LimitsConfig(epochs=2))
    scan = train(config, photos, tmp_path / "third", JobContext(), device="cpu").eval()
    assert isinstance(scan, Scan)
    # What is drawn are the features of the photos and of neighbors: the loss is that of the pictures themselves.
    scan._neighbors = (np.arange(96)[:, None] + 1) % 96
    source = Source(photos.images, 24, config.augment, torch.Generator().manual_seed(0))
    (features,) = scan.draw(np.arange(20), source)
    images = torch.from_numpy(photos.images[:21])
    with torch.no_grad():
        seen = scan.backbone(normalize(whole(images, 24)))
    torch.testing.assert_close(features, torch.cat([seen[:20], seen[1:21]]), rtol=1e-5, atol=1e-6)
    drawn_once = scan(features)
    scan._features = None
    torch.testing.assert_close(scan(normalize(whole(images, 24))[[*range(20), *range(1, 21)]]), drawn_once)


@pytest.mark.parametrize(
    ("table", "frozen"),
    [
        ({}, ()),
        ({"loss": "temi", "momentum": 0.9, "temperature": 1.0, "heads": 3}, ()),
        ({"heads": 3}, ("all",)),
        ({"augmentation": "none", "heads": 3}, ("all",)),
    ],
    ids=["scan", "temi with three heads", "frozen with three heads", "frozen and looked at once"],
)
def test_finds_four_kinds_without_labels(
    runs: Path, tmp_path: Path, table: dict[str, object], frozen: tuple[str, ...]
) -> None:
    photos, labels = kinds(96)
    (tmp_path / "first").symlink_to(runs / "first")
    rate = 0.05 if frozen else 1e-2
    optimizer = OptimizerConfig(name="adam", lr=rate, weight_decay=1e-4, warmup=0.0, decay="none")
    config = scan_config(
        pretext=table | {"strong": {"cutout": 6, "ops": 1}},
        optimizer=optimizer,
        report_steps=30,
        limits=LimitsConfig(epochs=20),
        frozen=frozen,
    )
    pretext = train(config, photos, tmp_path / "second", JobContext(), device="cpu").eval()
    assert isinstance(pretext, Scan)
    p = pretext.probabilities(torch.from_numpy(photos.images), 24)
    assert p.shape == (96, 3 if "heads" in table else 1, 4)
    assert max(hungarian_accuracy(labels, groups) for groups in p.argmax(dim=2).T.numpy()) > 0.9
    rows = read_table(tmp_path / "second" / "health.csv")
    assert float(rows[-1]["assignment_entropy"]) > 0.9
    assert float(rows[-1]["used_clusters"]) == 4
    assert (
        not (tmp_path / "second" / "alarms.csv").exists()
        or "one-cluster" not in (tmp_path / "second" / "alarms.csv").read_text()
    )


def test_a_frozen_backbone_stays_as_it_was(runs: Path, tmp_path: Path) -> None:
    (tmp_path / "first").symlink_to(runs / "first")
    config = scan_config(frozen=("all",), limits=LimitsConfig(epochs=2))
    pretext = train(config, kinds(96)[0], tmp_path / "second", JobContext(), device="cpu")
    before = build(config)
    assert config.start is not None
    load_start(config.start, "tiny", runs / "first" / "checkpoint.pt", before)
    for key, value in before.backbone.state_dict().items():
        assert torch.equal(value, pretext.backbone.state_dict()[key]), key
    assert not torch.equal(before.state_dict()["head.weight"], pretext.state_dict()["head.weight"])


def test_other_neighbors_than_those_it_began_with_are_refused(runs: Path, tmp_path: Path) -> None:
    (tmp_path / "first").symlink_to(runs / "first")
    config = scan_config(limits=LimitsConfig(epochs=1))
    train(config, kinds(96)[0], tmp_path / "second", JobContext(), device="cpu")
    (stored,) = (tmp_path / "cache").glob("neighbors-*.npy")
    np.save(stored, np.load(stored)[::-1])
    more = scan_config(limits=LimitsConfig(epochs=2))
    with pytest.raises(UserError) as caught:
        train(more, kinds(96)[0], tmp_path / "second", JobContext(), device="cpu")
    assert caught.value.code == "neighbors-changed"
    assert "first" in caught.value.message
    assert "remove its folder" in caught.value.hint


def test_each_photo_is_drawn_with_one_of_its_neighbors(runs: Path) -> None:
    photos, _ = kinds(96)
    photos.images[:, 0, 0, 0] = np.arange(96)  # a number on each picture
    config = scan_config(pretext={"strong": {"ops": 0, "cutout": 0, "flip": 0.0}})
    scan = build(config)
    assert isinstance(scan, Scan)
    neighbors = np.stack([np.arange(1, 97) % 96, np.arange(2, 98) % 96], axis=1)
    scan._neighbors = neighbors
    seen = set()
    for seed in range(4):
        source = Source(photos.images, 24, config.augment, torch.Generator().manual_seed(seed))
        (views,) = scan.draw(np.arange(20), source)
        numbers = (views[:, 0, 0, 0] * 0.229 + 0.485).mul(255).round().int().tolist()
        assert numbers[:20] == list(range(20))
        for row, neighbor in enumerate(numbers[20:]):
            assert neighbor in neighbors[row]
            seen.add((row, neighbor))
    assert len(seen) > 30  # both neighbors come up


@pytest.mark.parametrize("table", [{"augmentation": "mild"}, {"loss": "magic"}])
def test_unknown_choices_are_named(table: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=next(iter(table))):
        build(scan_config(pretext=table))


def report_of(p: torch.Tensor, epochs: int = 4) -> tuple[ClusterMemory, dict[str, float]]:
    memory = ClusterMemory()
    for _ in range(epochs):
        report = memory.report(p)
    return memory, report


def named(memory: ClusterMemory, report: dict[str, float]) -> set[str]:
    return {alarm.name for alarm in memory.alarms(report)}


def test_the_watch_tells_failures_from_health() -> None:
    labels = torch.arange(120) % 4
    healthy = torch.full((120, 4), 0.02).scatter_(1, labels[:, None], 0.94)
    assert named(*report_of(healthy)) == set()
    one = torch.full((120, 4), 0.02)
    one[:, 2] = 0.94
    assert named(*report_of(one)) == {"one-cluster"}
    assert named(*report_of(torch.full((120, 4), 0.25))) == {"uniform"}
    assert named(*report_of(torch.full((120, 4), 0.25), epochs=1)) == set()  # a head begins like that
    twins = torch.full((120, 4), 0.01)
    twins[labels == 0] = torch.tensor([0.49, 0.49, 0.01, 0.01])
    twins[labels == 1, 2] = 0.97
    twins[labels >= 2, 3] = 0.97
    assert named(*report_of(twins)) == {"twin-clusters"}


def test_the_watch_compares_with_the_start_and_with_the_epoch_before() -> None:
    labels = torch.arange(120) % 4
    sure = torch.eye(4)
    memory = ClusterMemory()
    assert memory.report(sure[labels])["ami_previous"] == pytest.approx(1)
    moved = torch.where(torch.arange(120) < 60, (labels + 1) % 4, labels)
    report = memory.report(sure[moved])
    assert report["ami_start"] == report["ami_previous"] < 0.6
    report = memory.report(sure[moved])
    assert report["ami_start"] < 0.6
    assert report["ami_previous"] == pytest.approx(1)
    report = memory.report(sure[labels.clamp(max=2)])
    assert {alarm.name for alarm in memory.drifts(report)} == {"class-death"}
    assert report["largest_share"] == pytest.approx(0.5)
    assert report["smallest_share"] == 0


def test_twins_are_found_whatever_their_size_and_empty_clusters_are_none() -> None:
    assert twin_correlation(torch.eye(4)[torch.arange(40) % 4]) < 0
    rare = torch.tensor([[0.5, 0.5, 0.0]] * 3 + [[0.0, 0.0, 1.0]] * 57)
    assert twin_correlation(rare) == pytest.approx(1)
    assert twin_correlation(torch.tensor([[1.0, 0.0]] * 10)) == 0


def test_a_head_that_agrees_with_its_neighbors_and_uses_all_clusters_is_chosen() -> None:
    labels = torch.arange(60) % 3
    neighbors = np.stack([(np.arange(60) + 3) % 60, (np.arange(60) + 6) % 60], axis=1)
    right = torch.eye(3)[labels] * 0.94 + 0.02
    random = torch.eye(3)[torch.randperm(60, generator=torch.Generator().manual_seed(0)) % 3] * 0.94 + 0.02
    one = torch.tensor([0.96, 0.02, 0.02]).expand(60, 3)
    losses = selection_loss(torch.stack([random, right, one], dim=1), neighbors)
    assert int(losses.argmin()) == 1
    assert losses[1].item() == pytest.approx(-np.log(0.96**2 + 2 * 0.02**2) - np.log(3), abs=1e-4)


def test_groups_that_features_explain_score_higher_than_groups_that_they_do_not() -> None:
    rng = np.random.default_rng(0)
    labels = np.arange(200) % 4
    features = (np.eye(4)[labels] + rng.normal(0, 0.1, (200, 4))).astype(np.float32)
    good = own_probe(features, labels, 4, JobContext())
    assert good > 0.95
    assert own_probe(features, rng.permutation(labels), 4, JobContext()) < 0.5
    assert own_probe(features, np.minimum(labels, 1), 4, JobContext()) < 0.5  # explained, but half unused
    assert rank_correlation([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)


def test_equal_groups_of_unequal_things_are_the_entropys_work() -> None:
    sizes = [700, 100, 50, 50, 50, 50]
    unequal, equal = np.repeat(np.arange(6), sizes), np.arange(1000) % 6
    assert evenness(equal, 6) == pytest.approx(1, abs=1e-4)
    assert evenness(np.zeros(10, dtype=np.int64), 6) == 0
    assert equal_size_artefact(equal, unequal, 6)
    assert not equal_size_artefact(unequal, unequal, 6)
    assert not equal_size_artefact(equal, equal, 6)
