"""The rows that group photos of one source by the app's methods, here three kinds of plain photos in a zip file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from tests.helpers.tiny_model import make_tiny_model
from training.reproduce import scan_photos, sets
from training.reproduce.figures import read_results
from training.reproduce.row import Bench

COLORS = {"apple": (200, 60, 60), "leaf": (60, 180, 60), "sea": (60, 60, 200)}


def write_photos(folder: Path, spoiled: int = 0) -> None:
    """20 noisy photos of each kind, each kind in a folder of one zip file; the first ``spoiled`` cannot be read."""
    rng = np.random.default_rng(0)
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "kinds-0.zip", "w") as archive:
        for kind, color in COLORS.items():
            for number in range(20):
                pixels = (np.array(color) + rng.normal(0, 25, (96, 96, 3))).clip(0, 255).astype(np.uint8)
                out = io.BytesIO()
                Image.fromarray(pixels).save(out, "WEBP", quality=90)
                data = b"" if spoiled and kind == "apple" and number < spoiled else out.getvalue()
                archive.writestr(f"{kind}/{number:02}.webp", data)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    make_tiny_model(tmp_path / "models" / "tiny", int8=True)
    monkeypatch.setattr(sets, "shipped_models_dir", lambda: tmp_path / "models")
    sources = {
        "labeled": scan_photos.Source("kinds-*", 3, 0),
        "unlabeled": scan_photos.Source("kinds-*", 3, None),
    }
    monkeypatch.setattr(scan_photos, "SOURCES", sources)
    folder = tmp_path / "runs" / "reproduce" / "scan-photos"
    (folder / "cache").mkdir(parents=True)
    return Bench("scan-photos", folder, JobContext(), results=tmp_path, seeds=2)


def test_every_source_is_grouped_by_every_method_and_drawn(bench: Bench, tmp_path: Path) -> None:
    write_photos(tmp_path / "data" / "photos")
    scan_photos.run(bench)
    scores = {(m.variant, m.metric, m.seed): m.value for m in read_results(tmp_path / "scan-photos.json")}
    for method in ("kmeans", "scan", "temi"):
        for seed in range(2):
            assert scores[f"labeled; tiny; {method}", "ACC", seed] > 90
            assert scores[f"labeled; tiny; {method}", "largest share", seed] == pytest.approx(33.3, abs=4)
        assert (f"unlabeled; tiny; {method}", "ACC", 0) not in scores  # without labels there is nothing to match
        with Image.open(bench.folder / f"unlabeled-tiny-{method}.png") as sheet:
            assert sheet.height > 3 * 64


def test_labels_are_not_given_to_the_wrong_photos_where_some_cannot_be_read(bench: Bench, tmp_path: Path) -> None:
    write_photos(tmp_path / "data" / "photos", spoiled=1)
    with pytest.raises(UserError) as caught:
        scan_photos.run(bench)
    assert caught.value.code == "photos-left-out"
