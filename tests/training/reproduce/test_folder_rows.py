"""The rows that score models, methods and criteria on labeled folders, here on folders of two colors."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.clustering import CLUSTERERS, counting
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from tests.helpers.pretext_cases import make_teacher
from tests.helpers.tiny_model import make_tiny_model
from training.adapt.pipeline import Fitted, fit
from training.measuring.evaluation import LABELED_FOLDERS
from training.reproduce import adapting, folders, methods, sets, suggested_k, suggested_worlds
from training.reproduce.figures import read_results
from training.reproduce.row import Bench
from training.words.looking import Looked


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    rng = np.random.default_rng(0)
    for name in LABELED_FOLDERS:
        for label, color in enumerate(([200, 60, 60], [60, 60, 200])):
            sub = tmp_path / "data" / "folders" / name / f"kind {label}"
            sub.mkdir(parents=True)
            for number in range(8):
                pixels = (np.array(color) + rng.normal(0, 20, (40, 48, 3))).clip(0, 255).astype(np.uint8)
                Image.fromarray(pixels).save(sub / f"{number}.png")
    make_teacher(tmp_path / "data")
    monkeypatch.setenv("KINDRED_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sets, "TEACHER", "teacher.onnx")
    make_tiny_model(tmp_path / "models" / "tiny", int8=True)
    monkeypatch.setattr(sets, "shipped_models_dir", lambda: tmp_path / "models")
    return Bench("made", tmp_path / "runs" / "reproduce" / "made", JobContext(), results=tmp_path, seeds=2)


def recorded(tmp_path: Path) -> dict[tuple[str, str, int], float]:
    """What a row has recorded: variant, metric and seed -> value."""
    return {(m.variant, m.metric, m.seed): m.value for m in read_results(tmp_path / "made.json")}


def test_controls_and_teacher_are_scored_on_every_folder_and_on_average(bench: Bench, tmp_path: Path) -> None:
    folders.run(bench)
    scores = recorded(tmp_path)
    variants = {variant for variant, _, _ in scores}
    models = {"tiny, float", "tiny, int8"}
    assert variants == {"random weights", "pixels 16x16", "color histogram", "MobileNetV2, supervised"} | models
    for variant in variants:
        for seed in range(2):
            for metric in ("kNN5", "ACC", "ACC as grouped"):
                of_folders = [scores[variant, f"{folder}: {metric}", seed] for folder in LABELED_FOLDERS]
                assert scores[variant, f"mean: {metric}", seed] == pytest.approx(np.mean(of_folders), abs=1e-3)
    # Two plain colors are told apart by anything that sees color.
    for variant in variants - {"random weights"}:
        assert scores[variant, "mean: kNN5", 0] == 100
        assert scores[variant, "mean: ACC", 0] == 100


def test_features_are_computed_once_and_again_for_other_pictures(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = next(one for one in sets.candidates() if one.name == "pixels 16x16")
    first = sets.Folders(bench).seen_by(pixels)
    never = dataclasses.replace(pixels, open=lambda: pytest.fail("computed again"))
    again = sets.Folders(bench).seen_by(never)
    for one, other in zip(first, again, strict=True):
        assert one.name == other.name
        np.testing.assert_array_equal(one.vectors, other.vectors)
    before = sets.Folders(bench).data_hash
    picture = tmp_path / "data" / "folders" / "rooms" / "kind 0" / "0.png"
    Image.new("RGB", (48, 40), "green").save(picture)
    assert sets.Folders(bench).data_hash != before
    changed = sets.Folders(bench).seen_by(pixels)
    assert not np.array_equal(changed[0].vectors, first[0].vectors)


def test_every_method_is_measured_with_the_true_and_the_suggested_number(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {name: CLUSTERERS[name] for name in ("kmeans", "hdbscan", "scan", "model")}
    monkeypatch.setattr(methods, "CLUSTERERS", chosen)
    methods.run(bench)
    scores = recorded(tmp_path)
    wanted = {
        f"{features}; {method}"
        for features in ("tiny, int8", "MobileNetV2, supervised")
        for method in ("kmeans", "hdbscan", "scan")  # a model without clusters of its own has no say
    }
    assert {variant for variant, _, _ in scores} == wanted
    for seed in range(2):
        assert scores["tiny, int8; kmeans", "ACC, true k", seed] == 100
        assert scores["tiny, int8; kmeans", "NMI, true k", seed] == pytest.approx(100)
        halves = [scores["tiny, int8; hdbscan", f"ACC, {where} k", seed] for where in ("true", "suggested")]
        assert halves[0] == halves[1]


def test_every_criterion_is_held_against_the_truth(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggested_k, "_MIXES", 3)
    suggested_k.run(bench)
    scores = recorded(tmp_path)
    names = {variant.split("; ")[1] for variant, _, _ in scores}
    assert names >= {"elbow", "silhouette", "gap", "eigengap", "BIC", "stability", "suggested", "always the same"}
    for features in ("tiny, int8", "MobileNetV2, supervised"):
        assert scores[f"{features}; the truth", "error, octaves", 0] == 0
        assert scores[f"{features}; the truth", "within 1.5x", 0] == 100
        for name in names:
            error = scores[f"{features}; {name}", "error, octaves", 0]
            assert error >= abs(scores[f"{features}; {name}", "bias, octaves", 0]) - 1e-3


def test_the_suggestion_is_judged_on_sources_left_out(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    dim = load_card(tmp_path / "models" / "tiny").outputs.embedding.dim
    names, rows = [], []
    for source in ("dtd10", "imagenette2/train", "pacs-photo", "scenes8/test", "sports100"):
        centers = rng.normal(size=(6, dim))
        for kind in range(6):
            names += [f"{source}/{kind}/{number}.webp" for number in range(20)]
            rows.append(centers[kind] + rng.normal(size=(20, dim)) * 0.5)
    looked = Looked(tuple(names), np.zeros((len(names), 0), np.float16), np.concatenate(rows).astype(np.float32))
    for name, value in {"_WORLDS": 1, "MODEL": "tiny", "CANDIDATE": "tiny, int8"}.items():
        monkeypatch.setattr(suggested_worlds, name, value)
    monkeypatch.setattr(suggested_worlds, "shipped_models_dir", lambda: tmp_path / "models")
    monkeypatch.setattr(suggested_worlds, "seen", lambda _card, _ctx: looked)
    suggested_worlds.run(bench)
    scores = recorded(tmp_path)
    for seed in range(2):
        assert scores["suggested", "error, octaves", seed] >= abs(scores["suggested", "bias, octaves", seed]) - 1e-3
        assert {scores[word, "said", seed] >= 0 for word in ("clear", "weak", "none")} == {True}
        assert sum(scores[word, "said", seed] for word in ("clear", "weak", "none")) == pytest.approx(100, abs=0.1)
        assert 0 <= scores["suggested", "holds", seed] <= 100
        for home in ("dtd10", "imagenette2", "scenes8", "several", "labeled folders"):
            if (f"suggested; {home}", "error, octaves", seed) in scores:
                assert scores[f"always the same, by this source; {home}", "error, octaves", seed] <= 1.5
    assert {metric for variant, metric, _ in scores if variant == "weights"} == set(counting.TERMS)
    monkeypatch.setattr(suggested_worlds, "worlds", lambda *_: pytest.fail("measured again"))
    suggested_worlds.run(bench)
    assert recorded(tmp_path) == scores


def blobs(k: int, each: int = 40) -> np.ndarray:
    """Well separated round groups: float32[k * each, 4]."""
    rng = np.random.default_rng(0)
    centers = 20 * np.eye(k, 4) if k <= 4 else 20 * rng.normal(size=(k, 4))
    return (centers.repeat(each, axis=0) + rng.normal(size=(k * each, 4))).astype(np.float32)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_criteria_agree_where_groups_are_plain(bench: Bench, k: int) -> None:
    assert suggested_k.others(blobs(k), 8, bench) == dict.fromkeys(
        ("Calinski-Harabasz", "Davies-Bouldin", "stability"), k
    )


def test_mixes_are_of_other_labels_each_and_the_same_under_a_seed() -> None:
    rng = np.random.default_rng(0)
    whole = [sets.LabeledSet(name, rng.normal(size=(90, 5)).astype(np.float32), np.arange(90) % 6) for name in "ab"]
    drawn, again = (list(sets.mixes(whole, 12, seed=1)) for _ in range(2))
    for one, other in zip(drawn, again, strict=True):
        np.testing.assert_array_equal(one.vectors, other.vectors)
        np.testing.assert_array_equal(one.truth, other.truth)
        assert 2 <= one.k <= 12
        assert min(np.bincount(one.truth)) >= 8 * 0.9 or len(one.truth) == 600
        assert len(one.vectors) == len(one.truth) <= 600
    assert len({one.k for one in drawn}) > 3
    rows = {row.tobytes() for found in whole for row in found.vectors}
    assert all(row.tobytes() in rows for one in drawn for row in one.vectors)


def test_adapting_is_measured_step_by_step(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    fits: list[Fitted] = []

    def without_deep(*arguments: Any) -> Fitted:
        """The tiny model has no stages to train: deep gives what plain gave for the same folder and seed."""
        seen.append(arguments[2].deep)
        if not seen[-1]:
            fits.append(fit(*arguments))
        return fits[(len(seen) - 1) % 6]

    monkeypatch.setattr("training.adapt.photos.FEWEST", 10)
    monkeypatch.setattr(adapting, "fit", without_deep)
    adapting.run(bench)
    assert seen == [False] * 6 + [True] * 6  # three folders, two seeds
    scores = recorded(tmp_path)
    steps = {variant.split("; ")[1] for variant, _, _ in scores}
    assert steps >= {"base", "A0 folder's own axes", "A1 views"}
    for seed in range(2):
        assert scores["tiny; base", "k-means ACC", seed] == 100
        assert scores["tiny; base", "kept", seed] == 100
    assert not (tmp_path / "home").exists()  # nothing was installed
