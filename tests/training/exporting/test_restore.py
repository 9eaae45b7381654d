from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard
from tests.helpers.laboratory import labeled_folders, make_photos, tiny_config
from tests.helpers.pretext_cases import make_teacher
from training.config import LimitsConfig, StartConfig
from training.exporting import restore
from training.exporting.export import export_run, sample_inputs
from training.exporting.restore import restore_run, restored_backbone, run_or_model
from training.loop import train
from training.pretexts import build
from training.pretexts.base import Source
from training.runs.checkpoint import CHECKPOINT
from training.runs.open import load_run, load_trained, opener, stages

PHOTOS = make_photos(64)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    """A model of a run that had begun with another."""
    folder = tmp_path_factory.mktemp("restore")
    labeled_folders(folder / "data")
    second = tiny_config(
        name="second", start=StartConfig("tiny", ("head.",), ("head.",)), limits=LimitsConfig(epochs=2)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KINDRED_DATA", str(folder / "data"))
        patch.setattr("training.runs.record.draw_curves", lambda folder: None)
        for config in (tiny_config(), second):
            train(config, PHOTOS, folder / "runs" / config.name, JobContext(), device="cpu")
        return export_run(folder / "runs" / "second", folder / "models", PHOTOS, JobContext())


def test_a_restored_network_computes_what_the_trained_one_does_and_learns_alike(
    exported: ModelCard, tmp_path: Path
) -> None:
    _, trained, _ = load_run(exported.folder.parents[1] / "runs" / "second")
    config = restore_run(exported, tmp_path / "again", PHOTOS, JobContext())
    _, restored, _ = load_run(tmp_path / "again")
    inputs = torch.from_numpy(sample_inputs(PHOTOS, exported)[0])
    with torch.no_grad():
        torch.testing.assert_close(restored(inputs), trained(inputs), rtol=5e-3, atol=2e-3)
        # While it trains, BatchNorm goes by each batch; all photos together are what it was given the statistics of.
        everything = torch.from_numpy(np.concatenate(sample_inputs(PHOTOS, exported)))
        expected, found = restored(everything), restored.train()(everything)
    assert torch.nn.functional.cosine_similarity(expected, found).min() > 0.99
    assert config.name == "second"


def test_filters_are_as_long_as_fresh_ones_and_statistics_those_of_the_photos(exported: ModelCard) -> None:
    config, _, _ = load_run(exported.folder.parents[1] / "runs" / "second")
    network = restored_backbone(exported, config, PHOTOS, JobContext())
    conv, norm = list(network.children())[:2]
    assert isinstance(conv, torch.nn.Conv2d)
    assert isinstance(norm, torch.nn.BatchNorm2d)
    fresh = torch.nn.Conv2d(3, 8, 3)
    lengths = conv.weight.flatten(1).norm(dim=1)
    assert lengths.std() < 1e-4 * lengths.mean()
    assert 0.5 < lengths.mean() / fresh.weight.flatten(1).norm(dim=1).mean() < 2
    with torch.no_grad():
        given = conv(torch.from_numpy(sample_inputs(PHOTOS, exported)[1]))
    torch.testing.assert_close(norm.running_mean, given.mean(dim=(0, 2, 3)), rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(norm.running_var, given.var(dim=(0, 2, 3)), rtol=1e-2, atol=1e-4)


def test_other_runs_begin_with_it_and_tell_all_it_goes_back_to(exported: ModelCard, tmp_path: Path) -> None:
    restore_run(exported, tmp_path / "second", PHOTOS, JobContext())
    record = json.loads((tmp_path / "second" / "run.json").read_text())
    assert record["restored_from"] == {"model": "second", "onnx_sha256": exported.onnx_sha256}
    third = tiny_config(
        name="third", start=StartConfig("second", ("head.",), ("head.",)), limits=LimitsConfig(epochs=1)
    )
    train(third, PHOTOS, tmp_path / "third", JobContext(), device="cpu")
    _, _, record = load_run(tmp_path / "third")
    assert stages(record) == "SimCLR in 3 stages"
    chain = record["start"]
    assert (chain["run"], chain["step"], chain["start"]["run"], chain["start"]["step"]) == ("second", 16, "tiny", 24)


def test_what_was_lost_is_neither_taken_over_nor_trained_on(exported: ModelCard, tmp_path: Path) -> None:
    config = restore_run(exported, tmp_path / "second", PHOTOS, JobContext())
    third = tiny_config(name="third", start=StartConfig("second"))
    with pytest.raises(UserError, match=r"head\.0\.weight was never trained there") as caught:
        train(third, PHOTOS, tmp_path / "third", JobContext(), device="cpu")
    assert caught.value.code == "start-does-not-fit"
    with pytest.raises(UserError, match="only the network") as caught:
        load_trained(tmp_path / "second")
    assert caught.value.code == "run-restored"
    assert load_trained(tmp_path / "second", backbone_only=True)
    before = (tmp_path / "second" / CHECKPOINT).read_bytes()
    with pytest.raises(UserError, match="what its optimizer knew is lost") as caught:
        train(config, PHOTOS, tmp_path / "second", JobContext(), device="cpu")
    assert caught.value.code == "run-restored"
    assert (tmp_path / "second" / CHECKPOINT).read_bytes() == before
    with pytest.raises(UserError, match="is there already") as caught:
        restore_run(exported, tmp_path / "second", PHOTOS, JobContext())
    assert caught.value.code == "run-exists"


def test_a_run_that_is_not_there_is_made_of_the_model_once(
    exported: ModelCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restore, "shipped_models_dir", lambda: exported.folder.parent)
    folder = run_or_model("second", tmp_path, PHOTOS, JobContext())
    written = (folder / CHECKPOINT).stat().st_mtime_ns
    assert run_or_model("second", tmp_path, PHOTOS, JobContext()) == folder == tmp_path / "second"
    assert (folder / CHECKPOINT).stat().st_mtime_ns == written
    with pytest.raises(UserError, match="third"):
        run_or_model("third", tmp_path, PHOTOS, JobContext())


def test_models_that_are_not_what_their_card_says_are_refused(exported: ModelCard, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="other photos") as caught:
        restore_run(exported, tmp_path / "run", make_photos(64, seed=1), JobContext())
    assert caught.value.code == "checkpoint-from-other-data"
    config, _, _ = load_run(exported.folder.parents[1] / "runs" / "second")
    other = dataclasses.replace(config, backbone="resnet18-s2-w16")
    with pytest.raises(UserError, match=r"its layer conv1 is not that of resnet18-s2-w16") as caught:
        restored_backbone(exported, other, PHOTOS, JobContext())
    assert caught.value.code == "model-not-restorable"
    assert not (tmp_path / "run").exists()


def test_a_distilled_network_gets_a_head_that_answers_as_the_teacher(exported: ModelCard, tmp_path: Path) -> None:
    task = {"name": "distill", "teacher": str(make_teacher(tmp_path)), "crops": 3, "out": 8}
    config = tiny_config(pretext=task)
    provenance = dataclasses.replace(exported.provenance, config=config.as_dict())
    card = dataclasses.replace(exported, provenance=provenance)
    restore_run(card, tmp_path / "bare", PHOTOS, JobContext(), head=False)
    with pytest.raises(UserError, match="only the network"):
        load_trained(tmp_path / "bare")
    restore_run(card, tmp_path / "tiny", PHOTOS, JobContext())
    restored, fresh = load_trained(tmp_path / "tiny"), build(config)
    fresh.backbone.load_state_dict(restored.backbone.state_dict())
    losses = []
    for pretext in (restored, fresh.eval()):
        pretext.prepare(PHOTOS, opener(tmp_path), tmp_path / "cache", JobContext())
        source = Source(PHOTOS.images, 24, config.augment, torch.Generator().manual_seed(0))
        with torch.no_grad():
            losses.append(float(pretext(*pretext.draw(np.arange(len(PHOTOS.images)), source))))
    assert losses[0] < losses[1] - 0.2
