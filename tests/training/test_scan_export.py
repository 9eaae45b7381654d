from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.job import JobContext
from desktop_app.engine.model_card import check
from desktop_app.engine.preprocess import preprocess
from desktop_app.engine.runtime import CPU, open_session
from tests.training.conftest import make_photos, tiny_config
from tests.training.test_export import labelled_folders
from training.config import LimitsConfig
from training.export import export_run
from training.loop import train
from training.pretexts.self_label import SelfLabel
from training.scan.mining import load_trained


def test_a_run_with_cluster_heads_exports_the_probabilities_of_the_head_that_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelled_folders(tmp_path / "data")
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
