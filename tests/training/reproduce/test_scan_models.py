"""The row that goes on from the shipped models, on tiny ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import write_data
from training import places
from training.config import load_config
from training.loop import train
from training.photos.data import load_photos
from training.reproduce import scan_models
from training.reproduce.figures import Measurement, read_results
from training.reproduce.row import Bench
from training.runs.record import read_table

COMMON = """
backbone = "tiny"
batch = 8
bf16 = false
resolutions = [[0.0, 24]]
[data]
source = "photos"
size = 24
[limits]
epochs = 2
[export]
size = 24
"""
CONFIGS = {
    "photos": '[pretext]\nname = "simclr"\nhidden = 16\nout = 8',
    "photos-simclr": '[pretext]\nname = "simclr"\nhidden = 16\nout = 4',
    "photos-scan": """
[start]
run = "photos"
fresh = ["head.", "teacher.", "mean", "memory."]
dropped = ["head."]
[pretext]
name = "scan"
clusters = 20
neighbors = 3
neighbors_of = "photos"
space = "features"
[pretext.strong]
cutout = 8
""",
    "photos-self-label": """
[start]
run = "photos-scan-20"
fresh = ["memory."]
dropped = ["teacher.", "mean", "memory."]
[pretext]
name = "self_label"
clusters = 20
[pretext.strong]
cutout = 8
""",
}


_STAGES = (", network frozen", "", ", self-labeling")


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Measurement]:
    """The row, with two and three clusters, on 32 photos."""
    configs, runs = tmp_path / "configs", tmp_path / "runs"
    write_data(tmp_path / "data", photos=32)
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    configs.mkdir()
    for name, text in CONFIGS.items():
        (configs / f"{name}.toml").write_text(f'name = "{name}"' + COMMON + text)
    monkeypatch.setattr(places, "CONFIGS", configs)
    monkeypatch.setattr(scan_models, "_CLUSTERS", (2, 3))
    monkeypatch.setattr(scan_models, "_HEAD_BATCH", 16)
    monkeypatch.setattr(scan_models, "_HEAD_EPOCHS", 2)
    for model in scan_models.MODELS:
        photos = load_photos(places.data() / "photos", 24, JobContext(), runs / "cache")
        train(load_config(configs / f"{model}.toml"), photos, runs / model, JobContext(), device="cpu")
    scan_models.run(Bench("scan-models", runs / "reproduce" / "scan-models", JobContext(), results=tmp_path))
    return read_results(tmp_path / "scan-models.json")


def test_both_models_go_on_with_every_number_of_clusters(measured: list[Measurement], tmp_path: Path) -> None:
    of_clusters = [f"SCAN, {count} clusters{more}" for count in (2, 3) for more in _STAGES]
    wanted = {f"{model}; {words}" for model in scan_models.MODELS for words in of_clusters} | {*scan_models.MODELS}
    assert {m.variant for m in measured} == wanted
    scores = {(m.variant, m.metric): m.value for m in measured}
    for variant in wanted:
        assert 0 <= scores[variant, "kNN5"] <= 100
        assert ((variant, "majority ACC of its clusters") in scores) == ("SCAN" in variant)
    for clusters in (2, 3):
        assert scores[f"photos; SCAN, {clusters} clusters", "clusters in a folder"] <= clusters
        assert scores[f"photos; SCAN, {clusters} clusters", "chance"] >= 50  # there are two labels
        # The features of a frozen network are as they were.
        for model in scan_models.MODELS:
            frozen = scores[f"{model}; SCAN, {clusters} clusters, network frozen", "kNN5"]
            assert frozen == pytest.approx(scores[model, "kNN5"], abs=0.06)  # one is rounded
    self_label = tmp_path / "runs" / "photos-simclr-scan-3-self-label"
    assert read_table(self_label / "metrics.csv")
    with Image.open(tmp_path / "runs" / "reproduce" / "scan-models" / f"{self_label.name}.png") as picture:
        assert picture.width > 500
