from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest
import torch

from desktop_app.engine.errors import UsageError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import SMALL_RUN, write_data
from training import places
from training.config import load_config
from training.loop import train
from training.photos.data import load_photos
from training.reproduce.figures import read_results
from training.reproduce.learning import cifar_trials
from training.reproduce.row import Bench, BudgetSpent
from training.reproduce.trials import LONG_TRIALS, TRIALS, load_plan, over, own_time, run_plan, trial_config

PLAN = """
base = "base.toml"
minutes = 0.005
read_at = 24
[common]
batch = 4
[[round]]
seeds = [3]
trials = ["base", "moco", "weak", "goes on"]
[trial.base]
[trial.moco]
pretext = { name = "moco", queue = 16, out = 8 }
[trial.weak]
augment = { hue = 0.0 }
[trial."goes on"]
start = { run = "../../first" }
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_data(tmp_path / "data", photos=6)
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    (tmp_path / "trials").mkdir()
    (tmp_path / "base.toml").write_text(SMALL_RUN.replace("small", "base"))
    path = tmp_path / "trials" / "plan.toml"
    path.write_text(PLAN)
    return path


def bench(folder: Path, minutes: float) -> Bench:
    return Bench("trials", folder / "runs" / "reproduce" / "trials", JobContext(), results=folder, minutes=minutes)


@pytest.mark.slow
def test_a_round_is_measured_when_all_its_trials_are_over(plan: Path, tmp_path: Path) -> None:
    photos = load_photos(places.data() / "photos", 24, JobContext(), tmp_path / "runs" / "cache")
    first = dataclasses.replace(load_config(tmp_path / "base.toml"), batch=4)
    train(first, photos, tmp_path / "runs" / "first", JobContext(), device="cpu")
    with pytest.raises(BudgetSpent):
        run_plan(bench(tmp_path, minutes=1e-9), plan)
    assert read_results(tmp_path / "trials.json") == []
    run_plan(bench(tmp_path, minutes=0), plan)
    measured = read_results(tmp_path / "trials.json")
    assert {m.variant for m in measured} == {"base", "moco", "weak", "goes on", "before: first"}
    for m in measured:
        assert m.config["batch"] == 4
        if m.variant == "before: first":
            assert m.epochs == 2
        else:
            assert m.seed == 3
            assert m.seconds >= 0.3
    run_plan(bench(tmp_path, minutes=0), plan)
    assert read_results(tmp_path / "trials.json") == measured


def test_the_time_of_a_trial_is_its_own_on_a_cpu() -> None:
    threads, timer = torch.get_num_threads(), own_time("cpu")
    before, read, after = time.process_time(), timer(), time.process_time()
    assert before <= read * threads <= after
    assert own_time("cuda:0") is time.monotonic


def test_settings_lie_over_each_other_and_another_method_replaces_the_whole_table() -> None:
    below = {"a": 1, "pretext": {"name": "simclr", "temperature": 0.2}, "augment": {"hue": 0.1, "gray": 0.2}}
    assert over(below, {"augment": {"hue": 0.0}})["augment"] == {"hue": 0.0, "gray": 0.2}
    assert over(below, {"pretext": {"temperature": 0.5}})["pretext"] == {"name": "simclr", "temperature": 0.5}
    assert over(below, {"pretext": {"name": "moco"}})["pretext"] == {"name": "moco"}
    assert below["augment"] == {"hue": 0.1, "gray": 0.2}


@pytest.mark.parametrize("path", [TRIALS, LONG_TRIALS, cifar_trials.TRIALS], ids=lambda path: path.stem)
def test_every_shipped_trial_is_a_valid_configuration(path: Path) -> None:
    from training.pretexts import build

    plan, base = load_plan(path)
    named = {name for this in plan.round for name in this.trials}
    assert named == set(plan.trial)
    configs = {name: trial_config(plan, base, name, seed=0) for name in named}
    assert len({str(config.identity() | {"name": ""}) for config in configs.values()}) == len(configs)
    for config in configs.values():
        build(config)


def test_an_unknown_setting_is_named(plan: Path) -> None:
    plan.write_text(PLAN.replace("hue", "hues"))
    loaded, base = load_plan(plan)
    with pytest.raises(UsageError, match="hues"):
        trial_config(loaded, base, "weak", 0)
