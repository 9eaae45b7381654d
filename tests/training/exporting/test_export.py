from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import nn

from desktop_app.engine.errors import ModelError, UserError
from desktop_app.engine.evaluate import neighbor_overlap
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import ModelCard, load_card
from desktop_app.engine.models.onnx_safety import refuse_unsafe
from desktop_app.engine.models.shelf import check
from tests.helpers.laboratory import files_no_longer_than, labeled_folders, make_photos, tiny_config
from training.exporting.export import export_run, sample_inputs
from training.exporting.onnx_graph import quantize, store_half, to_onnx
from training.exporting.packing import refuse_drift, run_graph
from training.loop import train
from training.measuring.evaluation import card_embedder, network_embedder
from training.networks.backbones import build_backbone
from training.networks.card import draft_card
from training.networks.whitening import fit_whitening
from training.runs.open import load_run

PHOTOS = make_photos(64)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "tiny"
    train(tiny_config(title="Tiny", description="for tests"), PHOTOS, folder, JobContext(), device="cpu")
    return folder


@pytest.fixture(scope="module")
def first_export(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    labeled_folders(folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KINDRED_DATA", str(folder / "data"))
        return export_run(run, folder / "models", PHOTOS, JobContext()).folder


@pytest.fixture
def exported(first_export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCard:
    """A copy of the exported model, for this test alone; the labeled folders are there for another export."""
    monkeypatch.setenv("KINDRED_DATA", str(first_export.parents[1] / "data"))
    return load_card(shutil.copytree(first_export, tmp_path / "models" / first_export.name))


def trained_bn(seed: int = 0) -> nn.Module:
    """Batch statistics that are not the initial ones, so that folding them is put to the test."""
    network = build_backbone("tiny", seed).train()
    with torch.no_grad():
        network(torch.randn(32, 3, 16, 16, generator=torch.Generator().manual_seed(seed)) * 2 + 1)
    return network.eval()


def test_the_exported_model_is_the_network_and_passes_the_apps_own_check(exported: ModelCard, run: Path) -> None:
    assert check(exported)["float"] > 0.9999
    _, network, _ = load_run(run)
    fitted, _ = sample_inputs(PHOTOS, exported)
    with torch.no_grad():
        network = nn.Sequential(network, fit_whitening(network(torch.from_numpy(fitted)), 256))
    images = [exported.probe.image(), exported.probe.image().rotate(90, expand=True)]
    found, expected = card_embedder(exported)(images), network_embedder(network, exported)(images)
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-3)


def test_the_card_says_where_the_weights_come_from(exported: ModelCard) -> None:
    provenance = exported.provenance
    assert provenance.seed == 0
    assert provenance.config["pretext"]["name"] == "simclr"
    assert provenance.figures["epochs"] == 3
    assert set(provenance.figures["folders"]) >= {"float", "random weights", "pixels 16x16", "color histogram"}
    assert provenance.figures["folders"]["pixels 16x16"]["mean"]["knn5"] == 100
    width, height = exported.probe.image().size
    assert width != height
    assert "/" not in json.dumps(provenance.figures["device"])


def test_int8_ships_only_when_its_neighbors_are_the_same(exported: ModelCard) -> None:
    overlap = exported.provenance.figures["int8_neighbor_overlap_at_10"]
    assert (exported.int8 is not None) == (overlap >= 0.9)
    assert (exported.folder / "model.int8.onnx").exists() == (exported.int8 is not None)


def test_an_export_replaces_the_model_whole(exported: ModelCard, run: Path) -> None:
    (exported.folder / "stale.txt").write_text("old")
    again = export_run(run, exported.folder.parent, PHOTOS, JobContext(), size=16)
    assert again.input.size == 16
    assert not (again.folder / "stale.txt").exists()
    assert [path.name for path in exported.folder.parent.iterdir()] == [exported.folder.name]


def test_drift_is_refused() -> None:
    good = np.random.default_rng(0).normal(size=(4, 8)).astype(np.float32)
    refuse_drift(good, good + np.float32(1e-5), "same", 1e-3)
    refuse_drift(good, good * 1.01, "scaled", None)
    broken = good.copy()
    broken[2, 3] = np.nan
    for drifted, largest in ((good * np.float32(1.01), 1e-3), (good[:, ::-1], None), (broken, None), (broken, 1e-3)):
        with pytest.raises(ModelError) as caught:
            refuse_drift(good, drifted, "drifted", largest)
        assert caught.value.code == "export-drift"


def test_a_refused_export_leaves_the_old_model(exported: ModelCard, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in exported.folder.iterdir()}
    monkeypatch.setattr("training.exporting.packing.MIN_COSINE", 1.1)
    with pytest.raises(ModelError, match="float32 graph"):
        export_run(run, exported.folder.parent, PHOTOS, JobContext())
    assert {path.name: path.read_bytes() for path in exported.folder.iterdir()} == before
    assert load_card(exported.folder) == exported


def test_a_full_disk_leaves_the_old_model(exported: ModelCard, run: Path) -> None:
    before = {path.name: path.read_bytes() for path in exported.folder.iterdir()}
    with files_no_longer_than(2000), pytest.raises(UserError, match="disk") as caught:
        export_run(run, exported.folder.parent, make_photos(40), JobContext())
    assert caught.value.code == "model-not-written"
    assert {path.name: path.read_bytes() for path in exported.folder.iterdir()} == before
    assert [path.name for path in exported.folder.parent.iterdir()] == [exported.name]


def test_graph_equals_network_for_any_batch_and_stays_standard() -> None:
    network, card = trained_bn(), draft_card("x", 16, 16)
    graph = to_onnx(network, 16)
    for count in (1, 3):
        inputs = torch.randn(count, 3, 16, 16, generator=torch.Generator().manual_seed(count))
        with torch.no_grad():
            expected = network(inputs).numpy()
        np.testing.assert_allclose(run_graph(graph, card, inputs.numpy()), expected, atol=1e-5, rtol=1e-4)
    assert not any(node.op_type == "BatchNormalization" for node in graph.graph.node)
    refuse_unsafe(graph.SerializeToString())
    assert b"/training/" not in graph.SerializeToString()


@pytest.mark.slow
def test_half_storage_halves_the_weights_and_computes_in_float32() -> None:
    network, card = build_backbone("resnet18", 0).eval(), draft_card("x", 64, 512)
    graph = to_onnx(network, 64)
    half = store_half(graph)
    assert len(half.SerializeToString()) < 0.51 * len(graph.SerializeToString())
    inputs = np.random.default_rng(0).normal(size=(2, 3, 64, 64)).astype(np.float32)
    refuse_drift(run_graph(graph, card, inputs), run_graph(half, card, inputs), "half", None)
    casts = [node for node in half.graph.node if node.op_type == "Cast"]
    assert casts
    assert all(node.attribute[0].i == onnx.TensorProto.FLOAT for node in casts)


def test_int8_keeps_direction_and_stores_bytes() -> None:
    network, card = trained_bn(), draft_card("x", 16, 16)
    inputs = np.random.default_rng(0).normal(size=(64, 3, 16, 16)).astype(np.float32)
    graph = to_onnx(network, 16)
    quantized = quantize(graph, inputs)
    exact, found = run_graph(graph, card, inputs), run_graph(quantized, card, inputs)
    cosine = (exact * found).sum(1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(found, axis=1)
    assert cosine.min() > 0.99
    kinds = {tensor.data_type for tensor in quantized.graph.initializer if np.prod(tensor.dims) > 200}
    assert kinds == {onnx.TensorProto.INT8}


def test_overlap_is_one_for_itself_and_small_for_strangers() -> None:
    rng = np.random.default_rng(0)
    first, other = rng.normal(size=(2, 200, 16)).astype(np.float32)
    assert neighbor_overlap(first, first * 3) == 1
    assert neighbor_overlap(first, other) < 0.2


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no run") as caught:
        load_run(tmp_path)
    assert caught.value.code == "run-missing"
