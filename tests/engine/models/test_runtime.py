from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import runtime, shelf
from desktop_app.engine.models.card import ClusterOutput, ModelCard, load_card
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.settings import Settings
from tests.helpers.tiny_model import make_tiny_model, write_card


def _has_cuda() -> bool:
    import onnxruntime

    return runtime.CUDA in onnxruntime.get_available_providers()


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return load_card(make_tiny_model(tmp_path / "tiny", int8=True))


def edited(card: ModelCard, edit: Callable[[dict[str, Any]], object]) -> ModelCard:
    raw = json.loads((card.folder / "card.json").read_text(encoding="utf-8"))
    edit(raw)
    write_card(card.folder, raw)
    return load_card(card.folder)


def pictures(count: int) -> list[Image.Image]:
    rng = np.random.default_rng(0)
    return [Image.fromarray(rng.integers(0, 256, (40, 50, 3), dtype=np.uint8)) for _ in range(count)]


def test_without_cuda_the_cpu_is_used_and_says_why(card: ModelCard) -> None:
    if _has_cuda():
        pytest.skip("CUDA is installed here")
    for device in ("auto", "cuda"):
        embedder = Embedder(card, Settings(device=device, precision="float"))  # type: ignore[arg-type]
        assert (embedder.provider, embedder.precision) == ("CPU", "float")
        assert "CUDA is not installed" in embedder.reason
        assert "the settings ask for float" in embedder.reason


@pytest.mark.gpu
@pytest.mark.skipif(not _has_cuda(), reason="onnxruntime here has no CUDA provider")
def test_with_cuda_it_is_used_and_gives_the_cpus_vectors(card: ModelCard) -> None:
    embedder = Embedder(card, Settings())
    assert embedder.provider == "CUDA"
    on_cpu = Embedder(card, Settings(device="cpu", precision="float"))
    assert np.allclose(embedder.embed(pictures(20)), on_cpu.embed(pictures(20)), rtol=1e-3, atol=1e-4)
    assert embedder.model_id == on_cpu.model_id


def test_a_cuda_provider_that_does_not_start_leaves_the_cpu_and_says_why(
    card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """onnxruntime lists a provider that is built in; whether it starts shows only in the session."""
    import onnxruntime

    if _has_cuda():
        pytest.skip("CUDA is installed here")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [runtime.CUDA, runtime.CPU])
    with pytest.warns(UserWarning, match="CUDAExecutionProvider"):
        embedder = Embedder(card, Settings(precision="float"))
    assert embedder.provider == "CPU"
    assert "did not start" in embedder.reason


def test_settings_force_device_and_precision(card: ModelCard) -> None:
    embedder = Embedder(card, Settings(device="cpu", precision="int8", workers=3))
    assert (embedder.provider, embedder.precision, embedder.workers) == ("CPU", "int8", 3)
    assert "the settings ask for int8" in embedder.reason
    assert "the settings ask for the CPU" in embedder.reason
    assert Embedder(card, Settings(precision="int8")).precision == "int8"
    assert Embedder(card, Settings(precision="float")).precision == "float"
    assert Embedder(card, Settings()).workers >= 1


def test_a_model_without_int8_runs_in_float_and_says_so(tmp_path: Path) -> None:
    embedder = Embedder(load_card(make_tiny_model(tmp_path / "plain")), Settings(precision="int8"))
    assert embedder.precision == "float"
    assert "no int8 form" in embedder.reason


@pytest.mark.parametrize(("speed", "precision"), [("3.10", "int8"), ("1.10", "float")])
def test_the_timing_is_remembered_and_decides(card: ModelCard, tmp_path: Path, speed: str, precision: str) -> None:
    with Cache(tmp_path / "cache") as cache:
        first = Embedder(card, Settings(), cache)
        key = cache._store.read(
            lambda c: c.execute("SELECT key FROM meta WHERE key LIKE 'int8-speed%'").fetchone()[0], ""
        )
        measured = cache.meta_get(key)
        assert measured is not None
        assert float(measured) > 0
        assert first.precision == ("int8" if float(measured) >= 1.2 else "float")
        cache.meta_set(key, speed)
        again = Embedder(card, Settings(), cache)
        assert again.precision == precision
        assert f"int8 runs {float(speed):.1f} times as fast" in again.reason
        assert cache.meta_get(key) == speed


def test_int8_that_gives_other_numbers_here_is_not_used(card: ModelCard) -> None:
    """What a CPU without VNNI does to a saturating model."""
    odd = edited(card, lambda raw: raw["int8"].update(probe_embedding=[1.0] * 16))
    embedder = Embedder(odd, Settings(precision="int8"))
    assert embedder.precision == "float"
    assert "other numbers" in embedder.reason


@pytest.mark.parametrize("name", ["photos", "photos-simclr"])
def test_the_fastest_int8_form_gives_the_guarded_ones_numbers_bit_for_bit(name: str) -> None:
    """Where the processor would let sums overflow, the fastest that holds is the guarded one itself."""
    card = shelf.resolve(name)
    used, how = runtime._open_int8(card, None)
    guarded = runtime.open_session(card, card.read_onnx("int8"), runtime.CPU)
    batch = np.stack([preprocess(image, card) for image in pictures(9)])
    assert np.array_equal(used.rows(batch), guarded.rows(batch))
    assert how in Embedder(card, Settings(precision="int8")).reason


def test_sessions_of_other_numbers_are_told_apart(card: ModelCard) -> None:
    sessions = [runtime.open_session(card, card.read_onnx(form), runtime.CPU) for form in ("int8", "float")]
    assert runtime.same_numbers(sessions[0], sessions[0])
    assert not runtime.same_numbers(*sessions)


def test_what_the_processor_needs_is_found_out_once(card: ModelCard, tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        _, found = runtime._open_int8(card, cache)
        other = next(how for how in (runtime._EXACT, runtime._GUARDED) if how != found)
        for remembered, told in ((other, other), ("what no version wrote", found)):
            cache.meta_set(runtime._per_processor("int8-exact", card), remembered)
            assert runtime._open_int8(card, cache)[1] == told


def test_int8_sums_fit_on_any_processor(card: ModelCard) -> None:
    """Large weights meet large activations: two products are 64,770, more than 16 bits hold."""
    tensors = [
        numpy_helper.from_array(np.full((16, 3, 3, 3), 127, np.int8), "filters_q"),
        numpy_helper.from_array(np.float32(1 / 127), "filters_scale"),
        numpy_helper.from_array(np.int8(0), "filters_zero"),
        numpy_helper.from_array(np.float32(1 / 255), "in_scale"),
        numpy_helper.from_array(np.float32(27 / 255), "out_scale"),
        numpy_helper.from_array(np.uint8(0), "zero"),
    ]
    nodes = [
        helper.make_node("QuantizeLinear", ["image", "in_scale", "zero"], ["image_q"]),
        helper.make_node("DequantizeLinear", ["image_q", "in_scale", "zero"], ["image_d"]),
        helper.make_node("DequantizeLinear", ["filters_q", "filters_scale", "filters_zero"], ["filters"]),
        helper.make_node("Conv", ["image_d", "filters"], ["sums"]),
        helper.make_node("QuantizeLinear", ["sums", "out_scale", "zero"], ["sums_q"]),
        helper.make_node("DequantizeLinear", ["sums_q", "out_scale", "zero"], ["sums_d"]),
        helper.make_node("GlobalAveragePool", ["sums_d"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["embedding"]),
    ]
    graph = helper.make_graph(
        nodes,
        "large",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 32, 32])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", 16])],
        tensors,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = runtime.open_session(card, model.SerializeToString(), runtime.CPU)
    np.testing.assert_allclose(session.run(np.ones((2, 3, 32, 32), np.float32)), 27, rtol=1e-3)


def test_a_model_that_fails_its_probe_is_refused(card: ModelCard) -> None:
    odd = edited(card, lambda raw: raw["probe"].update(embedding=[1.0] * 16))
    with pytest.raises(ModelError, match="probe") as caught:
        Embedder(odd, Settings(precision="float"))
    assert caught.value.code == "model-mismatch"


def test_a_model_altered_since_its_card_was_read_is_refused(card: ModelCard) -> None:
    make_tiny_model(card.folder, seed=1)
    with pytest.raises(ModelError) as caught:
        Embedder(card, Settings())
    assert caught.value.code == "model-mismatch"


def test_vectors_do_not_depend_on_their_company(card: ModelCard) -> None:
    """What lets an interrupted run, with other batches, end in the same vectors."""
    for precision in ("float", "int8"):
        embedder = Embedder(card, Settings(device="cpu", precision=precision))  # type: ignore[arg-type]
        together = embedder.embed(pictures(19))
        alone = np.concatenate([embedder.embed([image]) for image in pictures(19)])
        assert together.shape == (19, 16)
        assert together.dtype == np.float32
        assert np.array_equal(together, alone)
    assert embedder.embed([]).shape == (0, 16)


def test_the_id_follows_weights_preprocessing_and_precision_only(card: ModelCard, tmp_path: Path) -> None:
    other_mean = dataclasses.replace(card, preprocessing=dataclasses.replace(card.preprocessing, mean=(0.0, 0.0, 0.0)))
    other_weights = load_card(make_tiny_model(tmp_path / "other", seed=1, int8=True))
    ids = [
        runtime.model_id(card, "float"),
        runtime.model_id(card, "int8"),
        runtime.model_id(other_mean, "float"),
        runtime.model_id(other_weights, "float"),
    ]
    assert len(set(ids)) == 4
    renamed = edited(card, lambda raw: raw.update(title="Another title", description="Another description"))
    assert runtime.model_id(renamed, "float") == ids[0]


@pytest.mark.parametrize("precision", ["float", "int8"])
def test_cluster_probabilities_come_beside_the_embedding(tmp_path: Path, card: ModelCard, precision: str) -> None:
    known = load_card(make_tiny_model(tmp_path / "knowing", int8=True, clusters=5))
    embedder = Embedder(known, Settings(device="cpu", precision=precision))  # type: ignore[arg-type]
    plain = Embedder(card, Settings(device="cpu", precision=precision))  # type: ignore[arg-type]
    batch = np.stack([preprocess(image, known) for image in pictures(3)])
    rows = embedder.run(batch)
    assert (embedder.dim, embedder.width, plain.width) == (16, 21, 16)
    assert rows[:, :16] == pytest.approx(plain.run(batch), abs=1e-5)
    assert rows[:, 16:].sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert embedder.embed(pictures(3)).shape == (3, 16)
    assert shelf.check(known).keys() == {"float", "int8"}


def test_a_cluster_output_that_gives_no_probabilities_is_refused(tmp_path: Path) -> None:
    odd = load_card(make_tiny_model(tmp_path / "odd", clusters=3, probabilities=False))
    for use in (lambda: shelf.check(odd), lambda: Embedder(odd, Settings())):
        with pytest.raises(ModelError, match="probabilities") as caught:
            use()
        assert caught.value.code == "model-mismatch"


def test_the_id_of_a_model_follows_its_clusters_and_stays_what_it_was_without(card: ModelCard) -> None:
    with_clusters = dataclasses.replace(card.outputs, clusters=ClusterOutput("clusters", 5))
    assert runtime.model_id(dataclasses.replace(card, outputs=with_clusters), "float") != runtime.model_id(
        card, "float"
    )
    # What earlier versions computed: caches that are already there stay of use.
    parts = (card.onnx_sha256, "float", card.preprocessing, card.input, card.outputs.embedding)
    assert runtime.model_id(card, "float") == hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def test_a_run_that_fails_is_a_model_error(card: ModelCard) -> None:
    with pytest.raises(ModelError) as caught:
        Embedder(card, Settings()).run(np.zeros((1, 3, 16, 16), np.float32))
    assert caught.value.code == "model-failed"
