from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.job import JobContext
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import CPU, open_session
from desktop_app.engine.models.shelf import check
from tests.helpers.laboratory import labeled_folders, make_photos, tiny_config
from training.config import ExportConfig, LimitsConfig, StartConfig
from training.exporting import restore
from training.exporting.export import export_run
from training.exporting.restore import run_or_model
from training.loop import train
from training.pretexts.self_label import SelfLabel
from training.runs.open import lineage, load_run, load_trained


def test_a_run_with_cluster_heads_exports_the_probabilities_of_the_head_that_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labeled_folders(tmp_path / "data")
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    photos = make_photos(64)
    table = {"name": "self_label", "clusters": 5, "heads": 2, "head": 1, "threshold": 0.3, "patience": 0}
    config = tiny_config(pretext=table, limits=LimitsConfig(epochs=1), ema=0.0)
    train(config, photos, tmp_path / "run", JobContext(), device="cpu")
    card = export_run(tmp_path / "run", tmp_path / "models", photos, JobContext())
    assert card.outputs.clusters is not None
    assert card.outputs.clusters.number == 5
    assert check(card)["float"] > 0.9999

    image = card.probe.image()
    batch = np.stack([preprocess(picture, card) for picture in (image, image.rotate(90, expand=True))])
    rows = open_session(card, card.read_onnx(), CPU).rows(batch)
    heads = load_trained(tmp_path / "run")
    assert isinstance(heads, SelfLabel)
    with torch.no_grad():
        expected = heads.logits(torch.from_numpy(batch))[:, 1].softmax(dim=1).numpy()
    assert rows.shape == (2, card.outputs.embedding.dim + 5)
    np.testing.assert_allclose(rows[:, -5:], expected, atol=2e-3)


def test_a_last_stage_ships_under_the_name_of_the_first_and_others_begin_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labeled_folders(tmp_path / "data")
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    photos, form = make_photos(64), ExportConfig(size=20, whiten=8)
    first = tiny_config(name="first", title="The model", description="In words.", export=form)
    last = tiny_config(
        name="last",
        pretext={"name": "self_label", "clusters": 5, "patience": 0},
        start=StartConfig("first", ("head.", "memory."), ("head.",)),
        limits=LimitsConfig(epochs=1),
    )
    for config in (first, last):
        train(config, photos, tmp_path / config.name, JobContext(), device="cpu")
    card = export_run(tmp_path / "last", tmp_path / "models", photos, JobContext(), named=first)
    assert (card.folder.name, card.name, card.title, card.description) == ("first", "first", "The model", "In words.")
    assert (card.input.size, card.outputs.embedding.dim) == (20, 8)
    assert card.provenance.config["name"] == "last"
    assert card.provenance.method.startswith("SimCLR, then self-labeling on tiny")
    # Where no run is left, the model is made one; of heads that were lost nothing has to be said.
    runs = tmp_path / "elsewhere"
    monkeypatch.setattr(restore, "shipped_models_dir", lambda: tmp_path / "models")
    run_or_model("first", runs, photos, JobContext())
    more = tiny_config(name="more", start=StartConfig("first", ("head.",), ("head.",)), limits=LimitsConfig(epochs=1))
    train(more, photos, runs / "more", JobContext(), device="cpu")
    record = load_run(runs / "more")[2]
    assert [stage["pretext"]["name"] for stage in lineage(record)] == ["simclr", "self_label", "simclr"]
