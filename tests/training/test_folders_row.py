"""The row that scores shipped models on labelled folders, here on folders of two colors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.job import JobContext
from tests.tiny_model import make_tiny_model
from tests.training.cases import make_teacher
from training.evaluation import LABELLED_FOLDERS
from training.reproduce import folders, labelled
from training.reproduce.row import Bench, read_results


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    rng = np.random.default_rng(0)
    for name in LABELLED_FOLDERS:
        for label, color in enumerate(([200, 60, 60], [60, 60, 200])):
            sub = tmp_path / "data" / "folders" / name / f"kind {label}"
            sub.mkdir(parents=True)
            for number in range(8):
                pixels = (np.array(color) + rng.normal(0, 20, (40, 48, 3))).clip(0, 255).astype(np.uint8)
                Image.fromarray(pixels).save(sub / f"{number}.png")
    make_teacher(tmp_path / "data")
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(folders, "TEACHER", "teacher.onnx")
    make_tiny_model(tmp_path / "models" / "tiny", int8=True)
    monkeypatch.setattr(labelled, "MODELS", tmp_path / "models")
    return Bench("folders", tmp_path / "runs" / "reproduce" / "folders", JobContext(), results=tmp_path, seeds=2)


def test_controls_and_teacher_are_scored_on_every_folder_and_on_average(bench: Bench, tmp_path: Path) -> None:
    folders.run(bench)
    scores = {(m.variant, m.metric, m.seed): m.value for m in read_results(tmp_path / "folders.json")}
    variants = {variant for variant, _, _ in scores}
    models = {"tiny, float", "tiny, int8"}
    assert variants == {"random weights", "pixels 16x16", "color histogram", "MobileNetV2, supervised"} | models
    for variant in variants:
        for seed in range(2):
            for metric in ("kNN5", "ACC", "ACC as grouped"):
                of_folders = [scores[variant, f"{folder}: {metric}", seed] for folder in LABELLED_FOLDERS]
                assert scores[variant, f"mean: {metric}", seed] == pytest.approx(np.mean(of_folders), abs=1e-3)
    # Two plain colors are told apart by anything that sees color.
    for variant in variants - {"random weights"}:
        assert scores[variant, "mean: kNN5", 0] == 100
        assert scores[variant, "mean: ACC", 0] == 100


def test_other_pictures_or_labels_are_other_data() -> None:
    image, truth = Image.new("RGB", (4, 4), "red"), np.zeros(1, dtype=np.int64)
    other = Image.new("RGB", (4, 4), "blue")
    hashes = [folders.hash_of({"a": ([image], truth)}), folders.hash_of({"a": ([other], truth)})]
    hashes += [folders.hash_of({"a": ([image], truth + 1)}), folders.hash_of({"b": ([image], truth)})]
    assert len(set(hashes)) == 4
