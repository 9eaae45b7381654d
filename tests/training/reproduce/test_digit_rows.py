"""The rows on small labeled sets from start to end, on pictures of two kinds and with tiny networks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import turned_bars, write_photos
from tests.helpers.tiny_model import make_tiny_model
from training import places
from training.reproduce import anime725, mnist600, scan_digits, sets
from training.reproduce.figures import read_results
from training.reproduce.row import Bench

COMMON = """
name = "{name}"
backbone = "tiny"
batch = 16
bf16 = false
resolutions = [[0.0, 24]]
ema = 0.0
report_steps = 100
[data]
source = "none"
size = 28
[limits]
epochs = 2
[augment]
flip = 0.0
jitter = 0.0
gray = 0.0
blur_sigma = [0.5, 1.0]
"""
SIMCLR = '[pretext]\nname = "simclr"\nhidden = 16\nout = 8\n'
MATCHED = """
[pretext]
name = "scan"
clusters = 2
heads = 3
neighbors = 4
entropy_weight = 2.0
augmentation = "augment"
[pretext.matched]
views = 3
[pretext.matched.augment]
rotate = 45.0
flip = 0.0
"""
CONFIGS = {"kong-mnist600": SIMCLR, "kong-anime725": SIMCLR, "mnist600": SIMCLR, "mnist600-scan": MATCHED}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """48 bars and crosses as digits, 32 faces of four characters, tiny networks; one seed."""
    digits, faces, configs = tmp_path / "data" / "mnist600", tmp_path / "data" / "anime725", tmp_path / "configs"
    digits.mkdir(parents=True)
    images, truth = turned_bars(48)
    with (digits / "labels.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["filename", "label"])
        for number, (image, label) in enumerate(zip(images, truth, strict=True)):
            Image.fromarray(image.transpose(1, 2, 0)).save(digits / f"{number:02}.png")
            rows.writerow([f"{number:02}.png", str(label)])
    for character in range(4):
        write_photos(faces / f"character {character}", 8, size=96, seed=character)
    configs.mkdir()
    for name, text in CONFIGS.items():
        (configs / f"{name}.toml").write_text(COMMON.format(name=name) + text)
    monkeypatch.setattr(places, "CONFIGS", configs)
    monkeypatch.setattr(scan_digits, "_CPU_MINUTES", 0.0)
    make_tiny_model(tmp_path / "models" / "tiny")
    monkeypatch.setattr(sets, "shipped_models_dir", lambda: tmp_path / "models")
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    return Bench("made", tmp_path / "runs" / "reproduce" / "made", JobContext(), results=tmp_path, seeds=1)


def variants(tmp_path: Path) -> dict[tuple[str, str], float]:
    return {(m.variant, m.metric): m.value for m in read_results(tmp_path / "made.json")}


def test_digits_are_grouped_in_every_way_and_drawn(bench: Bench, tmp_path: Path) -> None:
    mnist600.run(bench)
    found = variants(tmp_path)
    # What is published stands beside a figure of ours, whatever its name.
    for figure in mnist600.ROW.published:
        assert (figure.variant, figure.metric) in found, figure
    assert found[mnist600.MATCHED_SCAN, "k"] <= 2
    assert 50 <= found[f"{mnist600.MATCHED}; spectral", "majority ACC"] <= 100
    for album in ("kong", "repaired", "best-of-views", "scan"):
        assert {"elbow.png", "map.png", "neighbors.png", "groups.png", "embeddings.csv"} <= {
            path.name for path in (bench.folder / album).iterdir()
        }


def test_faces_are_looked_at_with_models_that_ship_and_controls(bench: Bench, tmp_path: Path) -> None:
    anime725.run(bench)
    found = variants(tmp_path)
    for figure in anime725.ROW.published:
        assert (figure.variant, figure.metric) in found, figure
    for features in ("raw pixels (16 x 16)", "color histogram (HSV)", "model tiny", "random weights"):
        assert found[f"{features}; unit features", "k"] == 4
    assert (bench.folder / "model-tiny" / "groups.png").exists()


def test_scan_goes_through_its_steps_on_digits(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan_digits.run(bench)
    found = variants(tmp_path)
    assert {variant for variant, _ in found} == {"SimCLR, neighbors", "SCAN", "SCAN, self-labeling"}
    assert 1 <= found["SCAN, self-labeling", "k"] <= 10
    assert (bench.folder / "scan-mnist600-confusion.png").exists()
    with Image.open(bench.folder / "self-label-mnist600.png") as sheet:
        assert sheet.width > 13 * 64
