from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from PIL import Image
from torch import nn

from desktop_app.engine import paths
from desktop_app.engine.errors import Cancelled, NoImagesError, UsageError, UserError
from desktop_app.engine.job import JobContext, Progress
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import ModelCard, Provenance
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.pictures.decode import decode, read_bytes
from desktop_app.engine.types import Float32Array
from tests.helpers.laboratory import files_no_longer_than
from training.__main__ import main
from training.adapt import Adapted, Options, Step, adapt
from training.adapt.deep import fine_tune
from training.adapt.layers import Head, Layer, apply, extend
from training.adapt.photos import FolderPhotos, blocks, read_folder, view, whole
from training.adapt.pipeline import Fitted
from training.adapt.score import LabelFree, whitened
from training.adapt.tail import Tail, before, full_precision, last_stage
from training.adapt.write import write_model
from training.exporting.onnx_graph import store_half
from training.exporting.packing import install, pack, run_graph
from training.measuring.evaluation import card_embedder
from training.networks.backbones import build_backbone
from training.networks.card import draft_card

CTX = JobContext()
SIZE, DIM = 24, 16


def vectors(count: int, dim: int, seed: int = 0) -> Float32Array:
    return np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    models = tmp_path_factory.mktemp("models")
    network = nn.Sequential(build_backbone("tiny", 0), nn.Linear(16, DIM)).eval()
    draft = dataclasses.replace(
        draft_card("base", SIZE, DIM, title="Base"),
        provenance=Provenance("pictures", "random", {}, 0, "unknown", {}),
    )
    (models / ".making").mkdir()
    inputs = vectors(16 * 3 * SIZE, SIZE).reshape(16, 3, SIZE, SIZE)
    card, _ = pack(network, draft, models / ".making", inputs, inputs)
    return install(card, models)


@pytest.fixture
def base(packed: ModelCard) -> ModelCard:
    """A model in the person's own folder."""
    return shelf.add(packed.folder)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty pictures of three kinds in several formats, and one file that is none."""
    folder = tmp_path_factory.mktemp("secret holiday")
    rng = np.random.default_rng(0)
    for number in range(60):
        kind = number % 3
        sub = folder / ("red", "green", "blue")[kind]
        sub.mkdir(exist_ok=True)
        pixels = rng.integers(0, 120, (30, 40, 3))
        pixels[..., kind] += 100
        ending = ("png", "jpg", "webp", "tiff")[number % 4]
        Image.fromarray(pixels.astype(np.uint8)).save(sub / f"{number}.{ending}")
    (folder / "red" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture at all")
    return folder


@pytest.fixture(scope="module")
def photos(packed: ModelCard, pictures: Path) -> FolderPhotos:
    return read_folder(pictures, packed, CTX)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def session_of(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


# From a folder to a model


@pytest.fixture(scope="module")
def adapted(
    packed: ModelCard, pictures: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Adapted, dict[str, tuple[bytes, int]]]:
    """What adapting once gave, in a models folder of its own, and what the pictures were before."""
    before = contents(pictures)
    models = tmp_path_factory.mktemp("adapted")
    return adapt(pictures, packed, "mine", models, Options(k=3, refine=True), CTX, labeled=True), before


def test_a_folder_becomes_a_model_and_stays_as_it_is(
    adapted: tuple[Adapted, dict[str, tuple[bytes, int]]], packed: ModelCard, pictures: Path
) -> None:
    made, before = adapted
    assert made.card is not None
    assert made.photos == 60
    assert [problem.path.name for problem in made.problems] == ["broken.jpg"]
    assert contents(pictures) == before
    assert shelf.check(packed)["float"] > 0.999
    text = (made.card.folder / "card.json").read_text(encoding="utf-8")
    assert "private folder" in text
    assert "secret holiday" not in text
    assert packed.onnx_sha256 in text
    assert made.card.provenance.figures["photos"] == 60
    # A step is kept exactly when its score is at least that of what was kept before.
    bar = made.steps[0].label_free.mean
    for step in made.steps[1:]:
        assert step.kept == (step.label_free.mean >= bar)
        bar = step.label_free.mean if step.kept else bar


def test_the_app_takes_the_model_and_gives_it_back(adapted: tuple[Adapted, object], base: ModelCard) -> None:
    made = adapted[0].card
    assert made is not None
    assert shelf.check(shelf.add(made.folder))["float"] > 0.999
    assert shelf.resolve("mine").provenance.config["base"] == "base"
    shelf.remove("mine")
    assert [path.name for path in paths.user_models_dir().iterdir()] == ["base"]


def test_both_forms_of_the_model_give_what_was_learned(
    adapted: tuple[Adapted, object], photos: FolderPhotos, pictures: Path
) -> None:
    card = adapted[0].card
    assert card is not None
    images = [decode(read_bytes(path), None).image for path in sorted(pictures.rglob("*.png"))]
    found = card_embedder(card)(images)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, rtol=1e-4)
    assert found.shape[1] == card.outputs.embedding.dim
    if card.int8:
        assert (found * card_embedder(card, "int8")(images)).sum(axis=1).min() > 0.8
    outputs = [node.name for node in onnx.load_from_string(card.read_onnx()).graph.output]
    assert outputs == ["embedding", *(["clusters"] if card.outputs.clusters else [])]


@pytest.mark.parametrize("head", [False, True])
def test_an_adapted_model_can_be_adapted_again(base: ModelCard, head: bool) -> None:
    graph = onnx.load_from_string(base.read_onnx())
    inputs = vectors(6 * 3 * SIZE, SIZE, seed=3).reshape(6, 3, SIZE, SIZE)
    first, second = Layer(vectors(DIM, 8), vectors(1, 8)[0]), Layer(vectors(8, 5, 1), vectors(1, 5, 1)[0])
    clusters = Head(Layer(vectors(5, 4), vectors(1, 4)[0]), vectors(4, 3), vectors(1, 3)[0]) if head else None
    once = extend(
        graph, "embedding", [first, first_again := Layer(np.eye(8, dtype=np.float32), np.zeros(8, np.float32))]
    )
    twice = extend(once, "embedding", [second], "clusters", clusters)
    again = extend(twice, "embedding", [], "clusters", clusters)
    start = run_graph(graph, base, inputs)
    expected = apply([first, first_again, second], start)
    for model in (twice, again):
        assert [output.name for output in model.graph.output] == ["embedding", *(["clusters"] if clusters else [])]
        found = session_of(model).run(None, {"image": inputs})
        np.testing.assert_allclose(found[0], expected, atol=1e-5)
        if clusters:
            np.testing.assert_allclose(found[1], clusters(expected), atol=1e-5)


@pytest.mark.slow
def test_the_command_prints_before_and_after_and_how_to_undo(
    base: ModelCard, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["adapt", str(pictures), "--model", "base", "--evaluate", "--self-label"]) == 0
    out = capsys.readouterr().out
    assert "kNN5" in out
    assert "broken.jpg" in out
    assert "A0" in out
    assert "A1" in out
    name = shelf.name_for(base, pictures)
    assert f"kindred models remove {name}" in out
    assert main(["adapt", str(pictures), "--model", "base"]) == 4
    assert name in capsys.readouterr().err


# Bad input


def test_folders_without_enough_photos_are_refused(base: ModelCard, tmp_path: Path) -> None:
    with pytest.raises(NoImagesError):
        adapt(tmp_path, base, "mine", paths.user_models_dir(), Options(), CTX)
    for number in range(3):
        Image.new("RGB", (30, 30), (number, 0, 0)).save(tmp_path / f"{number}.png")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture at all")
    with pytest.raises(UsageError, match="3 photos that can be read \\(1 could not\\)") as caught:
        adapt(tmp_path, base, "mine", paths.user_models_dir(), Options(), CTX)
    assert caught.value.code == "too-few-photos"
    with pytest.raises(UsageError) as caught:
        adapt(tmp_path / "missing", base, "mine", paths.user_models_dir(), Options(), CTX)
    assert caught.value.code == "folder-missing"


@pytest.mark.parametrize(("name", "code"), [("base", "model-exists"), ("../up", "bad-name"), ("x" * 65, "bad-name")])
def test_a_name_that_cannot_be_had_is_told_before_any_work(
    base: ModelCard, tmp_path: Path, name: str, code: str
) -> None:
    with pytest.raises(UserError) as caught:
        adapt(tmp_path / "never looked at", base, name, paths.user_models_dir(), Options(), CTX)
    assert caught.value.code == code


def test_labels_are_asked_of_sub_folders(base: ModelCard, pictures: Path) -> None:
    with pytest.raises(UsageError) as caught:
        adapt(pictures / "red", base, "mine", paths.user_models_dir(), Options(), CTX, labeled=True)
    assert caught.value.code in ("no-labels", "too-few-photos")


@pytest.mark.parametrize("stage", ["Reading photos", "Looking at the photos", "One more view, to judge by"])
def test_a_cancel_leaves_nothing(base: ModelCard, pictures: Path, stage: str) -> None:
    ctx = cancelled_at(stage)
    with pytest.raises(Cancelled):
        adapt(pictures, base, "mine", paths.user_models_dir(), Options(k=3), ctx)
    assert [path.name for path in paths.user_models_dir().iterdir()] == ["base"]


def test_neither_a_cancel_nor_a_full_disk_leaves_half_a_model(base: ModelCard, photos: FolderPhotos) -> None:
    models = paths.user_models_dir()
    layer = Layer(vectors(DIM, 8), vectors(1, 8)[0])
    fitted = Fitted(3, (3, 3), [layer], [Step("base", True, LabelFree(1, 1, 1, 1), 0.0, "")])

    def write(ctx: JobContext) -> ModelCard:
        return write_model(base, photos, fitted, Options(), "mine", models, ctx)

    with files_no_longer_than(2000), pytest.raises(UserError) as caught:
        write(CTX)
    assert caught.value.code == "model-not-written"
    with pytest.raises(Cancelled):
        write(cancelled_at("Writing the model"))
    assert [path.name for path in models.iterdir()] == ["base"]
    assert write(CTX).name == "mine"


def cancelled_at(stage: str) -> JobContext:
    def listen(event: Progress) -> None:
        if event.text == stage and event.done > 0:
            ctx.cancel()

    ctx = JobContext(listen, max_events_per_second=1e9)  # no event is left out for coming soon after another
    return ctx


# The last stage


def test_the_tail_is_the_rest_of_the_network(base: ModelCard) -> None:
    model = full_precision(onnx.load_from_string(base.read_onnx()))
    cut = last_stage(model)
    inputs = vectors(4 * 3 * SIZE, SIZE).reshape(4, 3, SIZE, SIZE)
    maps = session_of(before(model, cut)).run(None, {"image": inputs})[0]
    assert maps.shape == (4, 8, 12, 12)
    tail = Tail(model, cut, "embedding")
    with torch.no_grad():
        np.testing.assert_allclose(tail(torch.from_numpy(maps)).numpy(), run_graph(model, base, inputs), atol=1e-5)
        for weight in tail.parameters():
            weight.mul_(1.5)
        changed = tail.put_back(model)
        np.testing.assert_allclose(tail(torch.from_numpy(maps)).numpy(), run_graph(changed, base, inputs), atol=1e-4)
    assert not np.allclose(run_graph(changed, base, inputs), run_graph(model, base, inputs), atol=1e-2)


def test_full_precision_undoes_half_storage(base: ModelCard) -> None:
    stored = onnx.load_from_string(base.read_onnx())
    full = full_precision(stored)
    assert not any(node.op_type == "Cast" for node in full.graph.node)
    inputs = vectors(2 * 3 * SIZE, SIZE).reshape(2, 3, SIZE, SIZE)
    np.testing.assert_array_equal(run_graph(full, base, inputs), run_graph(stored, base, inputs))
    np.testing.assert_array_equal(run_graph(store_half(full), base, inputs), run_graph(stored, base, inputs))


def test_a_model_without_stages_cannot_be_trained_deeper() -> None:
    nodes = [onnx.helper.make_node("Flatten", ["image"], ["embedding"])]
    values = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
        for name, shape in (("image", ["batch", 3, 8, 8]), ("embedding", ["batch", 192]))
    ]
    model = onnx.helper.make_model(onnx.helper.make_graph(nodes, "flat", values[:1], values[1:]))
    with pytest.raises(UsageError) as caught:
        last_stage(model)
    assert caught.value.code == "deep-unsupported"


def test_training_deeper_keeps_the_clock_and_moves_only_the_last_stage(
    base: ModelCard, photos: FolderPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = full_precision(onnx.load_from_string(base.read_onnx()))
    cut = last_stage(model)
    start = np.concatenate([run_graph(model, base, whole(photos, rows, base).numpy()) for rows in blocks(60)])
    layers = [whitened(start, 8, 0.0, CTX)]
    none = fine_tune(model, cut, base, layers, photos, start, 3, 0.0, 0, CTX)
    assert none.model is None
    assert none.epochs == 0
    assert "no time" in none.note
    monkeypatch.setattr("training.adapt.deep.EPOCHS", 2)
    found = fine_tune(model, cut, base, layers, photos, start, 3, 1e6, 0, CTX)
    assert found.epochs == 2
    assert np.isfinite(found.state.photos).all()
    if found.model is None:
        assert "rolled back" in found.note
    else:
        weights = [{t.name: onnx.numpy_helper.to_array(t) for t in m.graph.initializer} for m in (model, found.model)]
        moved = {name for name in weights[0] if not np.array_equal(weights[0][name], weights[1][name])}
        assert moved
        before_the_cut = {name for node in before(model, cut).graph.node for name in node.input}
        assert not moved & before_the_cut


def test_views_are_drawn_the_same_again_and_differ_by_seed(
    base: ModelCard, photos: FolderPhotos, pictures: Path
) -> None:
    rows = slice(0, 16)
    once, again = (view(photos, rows, 2, 7, base) for _ in range(2))
    assert torch.equal(once, again)
    assert not torch.equal(once, view(photos, rows, 2, 8, base))
    assert not torch.equal(once, view(photos, rows, 3, 7, base))
    exact = whole(photos, rows, base).numpy()
    images = [decode(read_bytes(pictures / name), None).image for name in photos.names[:4]]
    np.testing.assert_allclose(exact[:4], np.stack([preprocess(image, base) for image in images]), atol=0.02)
