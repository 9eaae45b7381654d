"""Rows that compare ways to learn: small pictures, tiny networks, every method."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
import torch

from desktop_app.engine.evaluate import equivalent_accuracy
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import kinds, tiny_config
from training.config import Config
from training.photos.cifar10 import Labeled
from training.photos.data import PhotoArray
from training.pretexts import build
from training.puzzle.tiles import cut, leveled, permuted
from training.reproduce.figures import Measurement, read_results
from training.reproduce.learning import cifar_trials, heads, methods, pictures, pretexts, schultz
from training.reproduce.row import Bench, BudgetSpent
from training.reproduce.scan_controls import Data
from training.runs.start import load_start

RUNGS = ("8 x 8 pixels", "autoencoder", "pairs")


@pytest.fixture(scope="module")
def data() -> Data:
    (photos, labels), (asked, truth) = kinds(48), kinds(40, seed=1)
    return Data(Labeled(photos, labels), Labeled(asked, truth), Labeled(asked, truth), "small pictures")


@pytest.fixture(scope="module")
def runs(data: Data, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every method of the short runs, trained by the row in pieces, with the tiny network."""
    folder = tmp_path_factory.mktemp("rows")
    with pytest.MonkeyPatch.context() as patch:
        small(patch, folder)
        torch.set_num_threads(1)
        with pytest.raises(BudgetSpent):
            pretexts.measure(at(folder, "pretexts", minutes=1e-9), data)
        for measure, name in ((pretexts, "pretexts"), (schultz, "schultz"), (heads, "scan-heads")):
            measure.measure(at(folder, name), data)
    return folder


def small(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """The file of methods with other clusters, epochs and network; its methods and what they ask stay."""
    text = methods.SHORT.read_text(encoding="utf-8")
    base = (methods.SHORT.parents[1] / tomllib.loads(text)["base"]).read_text(encoding="utf-8")
    for old, new in (("clusters = 100", "clusters = 6"), ("permutations = 30", "permutations = 4"), ("= 2048", "= 32")):
        assert old in text
        text = text.replace(old, new)
    for old, new in (("epochs = 4", "epochs = 2"), ('"resnet18-s2-w16"', '"tiny"'), ("batch = 64", "batch = 16")):
        assert old in base
        base = base.replace(old, new)
    (folder / "trials").mkdir()
    (folder / "trials" / "small.toml").write_text(text.replace("epochs = 2", "epochs = 1"), encoding="utf-8")
    (folder / methods.SHORT.parents[1].joinpath("pretexts-cifar10.toml").name).write_text(base, encoding="utf-8")
    patch.setattr(methods, "SHORT", folder / "trials" / "small.toml")
    patch.setattr(heads, "SETTINGS", {name: heads.SETTINGS[name] for name in (heads.AS_PUBLISHED, "20 clusters")})
    patch.setattr(schultz, "CONTROL", RUNGS[:1])
    patch.setattr(schultz, "LEARNED", RUNGS[1:])
    patch.setattr("training.reproduce.scan_controls._FILTERS", {"cpu": 8})
    patch.setattr("training.runs.record.draw_curves", lambda folder: None)


def at(folder: Path, name: str, **more: float) -> Bench:
    where = folder / "runs" / "reproduce" / name
    where.mkdir(parents=True, exist_ok=True)
    return Bench(name, where, JobContext(), results=folder / "results", seeds=1, **more)  # type: ignore[arg-type]


def found(runs: Path, name: str) -> dict[tuple[str, str], Measurement]:
    return {(m.variant, m.metric): m for m in read_results(runs / "results" / f"{name}.json")}


@pytest.mark.parametrize("path", [methods.SHORT, methods.PUBLISHED], ids=lambda path: path.stem)
def test_every_method_can_be_built_and_begins_with_the_one_before(path: Path, tmp_path: Path) -> None:
    from training.runs.checkpoint import CHECKPOINT, save_checkpoint

    configs = methods.configurations(path)
    assert list(configs) == list(methods.configurations(methods.SHORT))
    for name, config in configs.items():
        pretext = build(config)
        if config.start:
            before = methods.seeded(configs[config.start.run], 1)
            weights = build(before)
            state = {"step": 1, "seconds": 1.0, "data_hash": "", "pretext": weights.state_dict()}
            state |= {"average": weights.backbone.state_dict()}
            save_checkpoint(tmp_path / before.name / CHECKPOINT, state, before.identity())
            start = methods.seeded(config, 1).start
            assert start is not None
            load_start(start, config.backbone, tmp_path / start.run / CHECKPOINT, pretext)
        else:
            assert name == "SimCLR" or config.pretext != configs["SimCLR"].pretext


def test_short_runs_have_the_same_photos_network_optimizer_and_number_of_updates() -> None:
    configs = methods.configurations(methods.SHORT)

    def updates(config: Config) -> int:
        before = updates(configs[config.start.run]) if config.start else 0
        return before + config.limits.epochs

    for name, config in configs.items():
        same = (config.data, config.backbone, config.batch, config.optimizer, config.ema)
        first = configs["SimCLR"]
        assert same == (first.data, first.backbone, first.batch, first.optimizer, first.ema), name
        if name != "jigsaw, half the updates":
            assert updates(config) == first.limits.epochs, name


def test_trials_tell_what_both_spaces_of_a_network_are_worth(data: Data) -> None:
    pretext = build(tiny_config())
    found = cifar_trials.worth(pretext, data.train, data.test, 24, JobContext())
    assert set(found) == {
        f"{name}, {space}" for name in ("kNN-4", "k-means ACC") for space in ("features", "projection")
    }
    assert found["kNN-4, features"] > 60  # even at random: the kinds differ by color
    lie = Labeled(data.train.photos, np.random.default_rng(0).permutation(data.train.labels))
    assert cifar_trials.worth(pretext, lie, data.test, 24, JobContext())["kNN-4, features"] < 60


def test_every_method_and_control_is_measured(runs: Path) -> None:
    figures = found(runs, "pretexts")
    tasks = methods.configurations(methods.SHORT)
    for name in (*pretexts.CONTROLS, *tasks):
        for metric in ("linear probe", "ACC", "NMI", "ARI"):
            assert (name, metric) in figures, name
    for name in tasks:
        seen = figures[name, "photos seen / 1000"]
        assert seen.value == (0.048 if name == "jigsaw, half the updates" else 0.096), name
        assert seen.epochs == (1 if name == "jigsaw, half the updates" else 2)
    assert figures["RotNet", "by guessing"].value == figures["jigsaw", "by guessing"].value == 25
    assert 0 <= figures["RotNet", "solved"].value <= 100
    assert 0 <= figures["jigsaw, foreign tiles", "foreign tiles found, AUC"].value <= 100
    assert figures["DeepCluster, k-means", "doubt, nats"].value == 0
    assert figures["DeepCluster, Gaussian mixture", "clusters used"].value <= 6
    assert 0 < figures["jigsaw, then DeepCluster", "NMI with the epoch before"].value <= 100
    assert ("SimCLR", "solved") not in figures


def test_the_ladder_groups_every_code_in_three_ways(runs: Path) -> None:
    figures = found(runs, "schultz")
    for code in RUNGS:
        for method in schultz.CLUSTERERS:
            agreement, equivalent = (
                figures[f"{code}; {method}", metric].value for metric in ("ARI", "equivalent accuracy")
            )
            assert equivalent == pytest.approx(100 * equivalent_accuracy(agreement / 100, 10), abs=0.01)
    for name in schultz.COMPARED:
        agreement, accuracy = (figures[f"by the comparison, {name}", metric].value for metric in ("ARI", "ACC"))
        # Of ten groups, those matched hold a tenth of the pictures at the least; only all right is an ARI of 100.
        assert accuracy >= 10
        assert (agreement == 100) == (accuracy == 100)
    for name in ("pairs", *schultz.PLAIN):
        assert 0 <= figures[f"{name}; loss", "steps at log 2"].value <= 6
    folder = runs / "runs" / "reproduce" / "schultz"
    assert len(list(folder.glob("*.png"))) == len(RUNGS)


def test_the_ladder_takes_as_many_pictures_of_each_class() -> None:
    sorted_by_class = np.repeat(np.arange(10), 1000)
    test = Labeled(PhotoArray(np.zeros((10_000, 3, 1, 1), np.uint8), "", 0), sorted_by_class)
    data = Data(test, test, test, "")
    assert (np.bincount(sorted_by_class[schultz.shown(data)]) == 200).all()


@pytest.mark.parametrize("name", schultz.COMPARED)
def test_groups_by_a_comparison_are_those_that_it_says(name: str) -> None:
    kinds = np.arange(60) % 10
    alike = np.where(kinds[:, None] == kinds, 0.9, 0.1)
    assert schultz.ari(kinds, schultz.COMPARED[name](alike, 0)) == 1


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_simulated_errors_agree_with_the_formula(kept: float) -> None:
    rng = np.random.default_rng(5)
    truth = np.arange(4000) % 10
    labels = np.where(rng.random(4000) < kept, truth, (truth + rng.integers(1, 10, 4000)) % 10)
    agreement = schultz.ari(truth, labels)
    right = float((labels == truth).mean())
    assert schultz.simulated_accuracy(agreement, 10, 4000, 0) == pytest.approx(right, abs=0.02)
    assert equivalent_accuracy(agreement, 10) == pytest.approx(right, abs=0.02)


def test_a_plateau_ends_where_the_loss_stays_below_guessing() -> None:
    losses = [0.69, 0.66, 0.70, 0.60, 0.55]
    rows = [{"step": 10.0 * (number + 1), "loss": loss} for number, loss in enumerate(losses)]
    assert schultz.left_after(rows) == 30
    assert schultz.left_after(rows[:1]) == 10
    assert schultz.left_after(rows[3:]) == 0


def test_heads_are_measured_beside_kmeans(runs: Path) -> None:
    figures = found(runs, "scan-heads")
    for task in (heads.PATCHES, *heads.TASKS):
        for how in ("k-means", heads.AS_PUBLISHED):
            line = f"{task}; {how}"
            assert figures[line, "smallest share"].value <= 10 <= figures[line, "largest share"].value
    for task in heads.TASKS:
        assert figures[f"{task}; whole network", "ACC"].epochs == 2
    assert figures["SimCLR; 20 clusters", "clusters"].value == 20
    assert ("RotNet; 20 clusters", "NMI") not in figures


def test_sure_photos_are_right_where_they_have_their_clusters_usual_label() -> None:
    truth, groups = np.array([4, 4, 7, 7, 7, 4]), np.array([1, 1, 1, 0, 0, 0])
    probability = np.array([1, 1, 1, 1, 0.5, 0.5], dtype=np.float32)
    assert heads.surest(truth, groups, probability) == pytest.approx(
        {"confident share": 100 * 4 / 6, "right among them": 75.0}
    )
    assert heads.surest(truth, groups, probability / 2) == {"confident share": 0.0}
    assert heads.shares(groups, 3) == {"largest share": 50.0, "smallest share": 0.0}


def test_every_method_has_its_picture(runs: Path, tmp_path: Path) -> None:
    paths = pictures.draw_methods(runs / "runs" / "reproduce" / "pretexts", tmp_path / "images", JobContext())
    assert {path.stem for path in paths} >= {"simclr", "moco", "rotnet", "jigsaw", "deepcluster", "autoencoder", "dot"}
    for path in paths:
        assert 500 < path.stat().st_size < 150_000, path


def test_a_board_shows_its_tiles_side_by_side() -> None:
    views = torch.rand(2, 3, 18, 18)
    tiles = leveled(cut(views, 1.0, 0, torch.Generator().manual_seed(0)))
    board = pictures.laid(tiles)
    assert board.shape == (2, 3, 21, 21)
    expected = pictures.as_photos(tiles[:, 5] / 4 + 0.5)  # the last tile of the second row
    assert np.array_equal(board[:, :, 7:13, 14:20], expected)
    order = torch.tensor([[8, 7, 6, 5, 4, 3, 2, 1, 0]]).repeat(2, 1)
    assert np.array_equal(pictures.laid(permuted(tiles, order))[:, :, :6, :6], board[:, :, 14:20, 14:20])
