from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import Config, LimitsConfig, OptimizerConfig, StartConfig, stored_config
from training.loop import train
from training.pretexts import build
from training.runs.checkpoint import CHECKPOINT, load_checkpoint
from training.runs.open import lineage, load_run, stages
from training.runs.start import load_start, trained_weights, weights_hash

SMALL = {"name": "simclr", "hidden": 16, "out": 8}
QUEUE = {"name": "moco", "hidden": 16, "out": 8, "queue": 16}


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    train(tiny_config(), make_photos(40), tmp_path / "first", JobContext(), device="cpu")
    return tmp_path


def starting(**changes: object) -> Config:
    return tiny_config(name="second", limits=LimitsConfig(epochs=1), **changes)


def begun(config: Config, runs: Path) -> dict[str, torch.Tensor]:
    """The weights right after the start: training with a rate of 0 changes BatchNorm's statistics only."""
    assert config.start is not None
    pretext = build(config)
    load_start(config.start, config.backbone, runs / config.start.run / CHECKPOINT, pretext)
    return pretext.state_dict()


def test_a_run_begins_with_the_averaged_network_of_another_and_says_so(runs: Path) -> None:
    config = starting(start=StartConfig("first"), optimizer=OptimizerConfig(lr=0.0))
    weights = trained_weights(load_checkpoint(runs / "first" / CHECKPOINT))
    assert begun(config, runs).keys() == weights.keys()
    assert all(torch.equal(value, weights[key]) for key, value in begun(config, runs).items())
    assert not torch.equal(begun(config, runs)["backbone.0.weight"], build(config).state_dict()["backbone.0.weight"])

    train(config, make_photos(40), runs / "second", JobContext(), device="cpu")
    trained = load_checkpoint(runs / "second" / CHECKPOINT)["pretext"]
    assert torch.equal(trained["backbone.0.weight"], weights["backbone.0.weight"])
    record = json.loads((runs / "second" / "run.json").read_text())
    assert record["start"] == {
        "run": "first",
        "step": 15,
        "seconds": round(load_checkpoint(runs / "first" / CHECKPOINT)["seconds"]),
        "data_hash": make_photos(40).data_hash,
        "weights": weights_hash(weights),
        "pretext": SMALL,
        "start": None,
    }
    assert stored_config(record["config"], "run.json") == config

    config = tiny_config(pretext=QUEUE, start=StartConfig("second", ("head.", "key_", "queue", "position"), ("head.",)))
    train(config, make_photos(40), runs / "third", JobContext(), device="cpu")
    _, _, record = load_run(runs / "third")
    assert stages(record) == "SimCLR in 2 stages, then MoCo v2"
    found = lineage(record)
    assert [(stage["run"], stage["steps"]) for stage in found] == [("first", 15), ("second", 5), ("tiny", 15)]
    assert all(stage["seconds"] >= 0 for stage in found)
    assert [stage["pretext"]["name"] for stage in found] == ["simclr", "simclr", "moco"]


def test_a_resumed_run_looks_at_its_own_weights_only(runs: Path) -> None:
    config = starting(start=StartConfig("first"))
    train(config, make_photos(40), runs / "second", JobContext(), device="cpu")
    before = (runs / "second" / "run.json").read_text()
    (runs / "first" / CHECKPOINT).unlink()
    train(config, make_photos(40), runs / "second", JobContext(), device="cpu")
    assert (runs / "second" / "run.json").read_text() == before


def test_what_is_named_may_differ(runs: Path) -> None:
    config = starting(pretext=QUEUE, start=StartConfig("first", ("head.", "key_", "queue", "position"), ("head.",)))
    weights = trained_weights(load_checkpoint(runs / "first" / CHECKPOINT))
    for key, value in begun(config, runs).items():
        of_backbone = key.removeprefix("key_")  # the momentum network begins as a copy
        expected = weights[of_backbone] if of_backbone.startswith("backbone.") else build(config).state_dict()[key]
        assert torch.equal(value, expected), key


def test_frozen_parts_stay_as_they_began_and_the_others_learn(runs: Path) -> None:
    config = starting(start=StartConfig("first"), frozen=("0", "1"))
    train(config, make_photos(40), runs / "second", JobContext(), device="cpu")
    before, after = begun(config, runs), load_checkpoint(runs / "second" / CHECKPOINT)["pretext"]
    kept = [key for key in before if key.startswith(("backbone.0.", "backbone.1."))]
    assert len(kept) == 6
    assert all(torch.equal(before[key], after[key]) for key in kept)
    assert not torch.equal(before["backbone.3.weight"], after["backbone.3.weight"])
    assert not torch.equal(before["backbone.4.running_mean"], after["backbone.4.running_mean"])


def test_freezing_what_is_not_there_or_was_never_trained_is_an_error(runs: Path) -> None:
    with pytest.raises(UsageError, match="no layer9"):
        build(starting(start=StartConfig("first"), frozen=("layer9",)))
    with pytest.raises(UsageError, match="frozen needs a start"):
        starting(frozen=("0",))


@pytest.mark.parametrize(
    ("pretext", "start", "named"),
    [
        (QUEUE, StartConfig("first"), "key_backbone.0.weight is missing there"),
        (SMALL | {"out": 4}, StartConfig("first"), r"head\.3\.weight is \(8, 16\) there and \(4, 16\) here"),
        (SMALL, StartConfig("first", fresh=("head.",)), r"head\.0\.weight has no place here"),
        (SMALL, StartConfig("first", dropped=("head.",)), r"head\.0\.weight is missing there"),
        (SMALL, StartConfig("first", fresh=("heads.",)), r"no weight here begins with 'heads\.'"),
        (SMALL, StartConfig("first", dropped=("haed.",)), r"no weight there begins with 'haed\.'"),
    ],
)
def test_every_weight_that_does_not_fit_is_an_error(
    runs: Path, pretext: dict[str, object], start: StartConfig, named: str
) -> None:
    with pytest.raises(UserError, match=named) as caught:
        train(starting(pretext=pretext, start=start), make_photos(40), runs / "second", JobContext(), device="cpu")
    assert caught.value.code == "start-does-not-fit"
    assert not (runs / "second" / CHECKPOINT).exists()


def test_another_network_of_the_same_shapes_and_a_missing_run_are_refused(runs: Path) -> None:
    pretext = build(starting())
    with pytest.raises(UserError, match="its backbone is tiny, not resnet18"):
        load_start(StartConfig("first"), "resnet18", runs / "first" / CHECKPOINT, pretext)
    with pytest.raises(UserError, match="nowhere") as caught:
        train(starting(start=StartConfig("nowhere")), make_photos(40), runs / "second", JobContext(), device="cpu")
    assert caught.value.code == "checkpoint-missing"


def test_hash_knows_names_values_and_types() -> None:
    one = {"a": torch.ones(2), "b": torch.zeros(2)}
    assert weights_hash(one) == weights_hash(dict(reversed(one.items())))
    others = [{"a": one["b"], "b": one["a"]}, {"a": one["a"]}, one | {"a": torch.ones(2, dtype=torch.int32)}]
    assert len({weights_hash(one), *map(weights_hash, others)}) == 4
