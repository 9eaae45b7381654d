from __future__ import annotations

from pathlib import Path

import pytest
import torch

from desktop_app.engine.errors import UsageError
from desktop_app.engine.evaluate import hungarian_accuracy
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import kinds, scan_config, tiny_config
from training.config import AugmentConfig, Config, LimitsConfig, OptimizerConfig, StartConfig
from training.loop import train
from training.pretexts import build
from training.pretexts.self_label import SelfLabel
from training.runs.record import read_table

GENTLE = AugmentConfig(crop_scale=(0.5, 1.0), gray=0.2)
KINDS = 96


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs with SCAN's first two steps on the kinds."""
    torch.set_num_threads(1)
    folder, photos = tmp_path_factory.mktemp("runs"), kinds(KINDS)[0]
    views = AugmentConfig(crop_scale=(0.5, 1.0), jitter=0.0, gray=0.0)
    first = tiny_config(name="first", limits=LimitsConfig(epochs=4), augment=views, resolutions=((0.0, 24),))
    train(first, photos, folder / "first", JobContext(), device="cpu")
    mild = {"strong": {"cutout": 6, "ops": 1}}
    second = scan_config(pretext=mild, limits=LimitsConfig(epochs=6), report_steps=18)
    train(second, photos, folder / "second", JobContext(), device="cpu")
    return folder


def third(rate: float, table: dict[str, object], **changes: object) -> Config:
    values: dict[str, object] = {
        "name": "third",
        "pretext": {"name": "self_label", "clusters": 4, "strong": {"cutout": 6, "ops": 2}} | table,
        "start": StartConfig("second", ("memory.",), ("teacher.", "mean", "memory.")),
        "limits": LimitsConfig(epochs=6),
        "batch": 32,
        "resolutions": ((0.0, 24),),
        "optimizer": OptimizerConfig(name="adam", lr=rate, weight_decay=1e-4, warmup=0.0, decay="none"),
        "ema": 0.0,
    }
    return tiny_config(**(values | changes))


def self_labeled(runs: Path, folder: Path, config: Config) -> tuple[float, list[dict[str, str]], set[str]]:
    """Accuracy on the kinds after training, the health reports, and the names of all alarms."""
    (folder / "second").symlink_to(runs / "second")
    photos, labels = kinds(KINDS)
    pretext = train(config, photos, folder / "third", JobContext(), device="cpu").eval()
    assert isinstance(pretext, SelfLabel)
    groups = pretext.probabilities(torch.from_numpy(photos.images), 24)[:, 0].argmax(dim=1).numpy()
    alarms = {row["name"] for row in read_table(folder / "third" / "alarms.csv")}
    return hungarian_accuracy(labels, groups), read_table(folder / "third" / "health.csv"), alarms


def test_with_strong_views_and_balance_clusters_stay_and_become_sure(runs: Path, tmp_path: Path) -> None:
    accuracy, health, alarms = self_labeled(runs, tmp_path, third(5e-3, {"threshold": 0.3}))
    assert accuracy > 0.95
    assert alarms == set()
    assert float(health[-1]["max_probability"]) > float(health[0]["max_probability"])


def test_without_strong_views_and_balance_all_falls_into_one_cluster_and_is_told(runs: Path, tmp_path: Path) -> None:
    """The paper's ablation row "10.0": every class but one dies, which is chance."""
    table = {"threshold": 0.0, "balance": False, "augmentation": "augment"}
    config = third(0.2, table, augment=GENTLE, limits=LimitsConfig(epochs=30))
    accuracy, health, alarms = self_labeled(runs, tmp_path, config)
    assert accuracy == 0.25
    assert {"one-cluster", "class-death", "drift"} <= alarms
    assert float(health[0]["used_clusters"]) == 4
    assert float(health[-1]["used_clusters"]) == 1
    assert float(health[-1]["epoch"]) < 30  # nothing is left to learn: it ends early
    again = train(config, kinds(KINDS)[0], tmp_path / "third", JobContext(), device="cpu")
    assert isinstance(again, SelfLabel)
    assert read_table(tmp_path / "third" / "health.csv") == health  # and stays ended


def test_where_no_photo_is_sure_enough_the_surest_teach_and_it_is_told(runs: Path, tmp_path: Path) -> None:
    config = third(1e-3, {"threshold": 0.9999}, limits=LimitsConfig(epochs=2))
    _, health, alarms = self_labeled(runs, tmp_path, config)
    assert "empty-mask" in alarms
    assert [float(row["confident_share"]) for row in health[1:]] == [0, 0]


def test_ends_when_no_more_photos_become_sure(runs: Path, tmp_path: Path) -> None:
    config = third(0.0, {"threshold": 0.3, "patience": 2}, limits=LimitsConfig(epochs=30))
    _, health, _ = self_labeled(runs, tmp_path, config)
    assert 3 <= float(health[-1]["epoch"]) < 30
    shares = [float(row["confident_share"]) for row in health[1:]]
    assert max(shares[-2:]) <= max(shares[:-2]) + 0.001


def test_only_the_head_that_was_asked_for_learns() -> None:
    config = tiny_config(pretext={"name": "self_label", "clusters": 3, "heads": 2, "head": 1, "threshold": 0.3})
    task = build(config)
    assert isinstance(task, SelfLabel)
    views = torch.randn(8, 3, 24, 24, generator=torch.Generator().manual_seed(0))
    task(views, views).backward()
    gradient = task.head.weight.grad
    assert gradient is not None
    assert bool((gradient[:3] == 0).all())
    assert bool((gradient[3:] != 0).any())
    with pytest.raises(UsageError, match="no head 2"):
        build(tiny_config(pretext={"name": "self_label", "clusters": 3, "heads": 2, "head": 2}))
