from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from desktop_app.engine import paths
from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import card as model_card
from desktop_app.engine.models.card import load_card
from tests.helpers.tiny_model import make_tiny_model, tiny_graph, write_card


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_HOME", str(tmp_path / "home"))
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: shipped)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return make_tiny_model(tmp_path / "made" / "tiny", int8=True)


def change(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    edit(card)
    write_card(folder, card)


def put_model(folder: Path, model: onnx.ModelProto | bytes) -> None:
    """Another ONNX file under the same card, with its hash in the card."""
    data = model if isinstance(model, bytes) else model.SerializeToString()
    (folder / "model.onnx").write_bytes(data)
    change(folder, lambda card: card.update(onnx_sha256=hashlib.sha256(data).hexdigest()))


def code(call: Callable[[], object]) -> str:
    with pytest.raises(ModelError) as caught:
        call()
    assert caught.value.exit_code == 4
    return caught.value.code


def test_a_whole_card_is_read_and_its_model_checked(tiny: Path) -> None:
    card = load_card(tiny)
    assert (card.name, card.input.size, card.outputs.embedding.dim) == ("tiny", 32, 16)
    assert card.precisions == ("float", "int8")
    cosines = model_card.check(card)
    assert cosines["float"] == pytest.approx(1, abs=1e-6)
    assert cosines["int8"] == pytest.approx(1, abs=1e-6)


def test_without_int8_there_is_one_precision(tmp_path: Path) -> None:
    card = load_card(make_tiny_model(tmp_path / "plain"))
    assert card.precisions == ("float",)
    assert set(model_card.check(card)) == {"float"}
    with pytest.raises(ValueError, match="int8"):
        card.sha256("int8")


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c.pop("licence"), "licence"),
        (lambda c: c["input"].update(size=10**6), "input.size"),
        (lambda c: c["input"].update(size=32.0), "input.size"),
        (lambda c: c["outputs"]["embedding"].update(dim=10**9), "outputs.embedding.dim"),
        (lambda c: c["preprocessing"].update(std=[0, 1, 1]), "preprocessing.std[0]"),
        (lambda c: c["preprocessing"].update(resize_to=16), "preprocessing.resize_to"),
        (lambda c: c["probe"]["embedding"].pop(), "probe.embedding"),
        (lambda c: c["int8"]["probe_embedding"].append(1.0), "int8.probe_embedding"),
        (lambda c: c["probe"].update(embedding=[0.0] * 16), "probe.embedding"),
        (lambda c: c["probe"].update(png_base64="AAAA"), "probe.png_base64"),
        (lambda c: c["probe"].update(png_base64="***"), "probe.png_base64"),
        (lambda c: c.update(name="../evil"), "name"),
        (lambda c: c.update(name="con"), "name"),
        (lambda c: c.update(schema_version=2), "schema_version"),
        (lambda c: c.update(schema_version=True), "schema_version"),
        (lambda c: c["provenance"].update(seed=-1), "provenance.seed"),
        (lambda c: c["probe"].update(min_cosine=0.5), "probe.min_cosine"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tiny: Path, edit: Callable[[dict[str, Any]], object], named: str) -> None:
    change(tiny, edit)
    with pytest.raises(ModelError) as caught:
        load_card(tiny)
    assert caught.value.code == "card-invalid"
    assert str(tiny / "card.json") in caught.value.message
    assert named in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"name": NaN}',
        '{"name": 1, "name": 2}',
        "[" * 100_000,
        "\xff",
        '{"a": 1e999}',
        "1" * 5000,
    ],
)
def test_what_is_no_card_is_refused(tiny: Path, text: str) -> None:
    (tiny / "card.json").write_bytes(text.encode("latin-1"))
    assert code(lambda: load_card(tiny)) == "card-invalid"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "1" + "0" * 400])
def test_numbers_that_are_not_finite_are_refused_wherever_they_stand(tiny: Path, number: str) -> None:
    text = (tiny / "card.json").read_text(encoding="utf-8")
    (tiny / "card.json").write_text(text.replace('"min_cosine": 0.999', f'"min_cosine": {number}'), encoding="utf-8")
    assert code(lambda: load_card(tiny)) == "card-invalid"


def test_a_huge_card_and_a_huge_probe_are_refused(tiny: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (1025, 8)).save(buffer, "PNG")
    change(tiny, lambda c: c["probe"].update(png_base64=base64.b64encode(buffer.getvalue()).decode()))
    with pytest.raises(ModelError, match="1024 pixels"):
        load_card(tiny)
    (tiny / "card.json").write_bytes(b" " * (5 << 20))
    with pytest.raises(ModelError, match="larger than"):
        load_card(tiny)


def test_a_missing_card_and_a_missing_model_are_named(tiny: Path) -> None:
    card = load_card(tiny)
    (tiny / "model.onnx").unlink()
    assert code(lambda: model_card.check(card)) == "model-missing"
    (tiny / "card.json").unlink()
    assert code(lambda: load_card(tiny)) == "card-missing"


def test_every_altered_byte_of_a_model_is_noticed(tiny: Path) -> None:
    card = load_card(tiny)
    whole = (tiny / "model.onnx").read_bytes()
    rng = np.random.default_rng(0)
    for at in rng.choice(len(whole), 100, replace=False):
        altered = bytearray(whole)
        altered[at] ^= 1 << int(rng.integers(8))
        (tiny / "model.onnx").write_bytes(altered)
        assert code(lambda: model_card.check(card)) == "model-mismatch"


def test_a_model_over_the_size_limit_is_refused_before_it_is_read(tiny: Path) -> None:
    card = load_card(tiny)
    with (tiny / "model.onnx").open("r+b") as file:
        file.truncate(600 << 20)  # sparse
    assert code(card.read_onnx) == "model-too-large"


def test_a_model_with_weights_in_another_file_is_refused_even_from_its_own_folder(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tiny_graph(16, 32, 0)
    onnx.save_model(
        graph, tiny / "model.onnx", save_as_external_data=True, location="weights.bin", size_threshold=0
    )  # fmt: skip
    put_model(tiny, (tiny / "model.onnx").read_bytes())
    monkeypatch.chdir(tiny)  # where onnxruntime would find the file
    assert code(lambda: model_card.check(load_card(tiny))) == "model-unsafe"


def test_custom_operators_are_refused(tiny: Path) -> None:
    model = tiny_graph(16, 32, 0)
    model.graph.node[0].domain = "my.operators"
    model.opset_import.append(helper.make_opsetid("my.operators", 1))
    put_model(tiny, model)
    with pytest.raises(ModelError, match=r"my\.operators") as caught:
        model_card.check(load_card(tiny))
    assert caught.value.code == "model-unsafe"


def test_an_unknown_operator_of_the_standard_domain_is_refused(tiny: Path) -> None:
    model = tiny_graph(16, 32, 0)
    model.graph.node[0].op_type = "NoSuchOperator"
    put_model(tiny, model)
    with pytest.raises(ModelError, match="NoSuchOperator") as caught:
        model_card.check(load_card(tiny))
    assert caught.value.code == "model-mismatch"


def _renamed_input(model: onnx.ModelProto) -> None:
    model.graph.input[0].name = "picture"
    for node in model.graph.node:
        node.input[:] = ["picture" if name == "image" else name for name in node.input]


def _renamed_output(model: onnx.ModelProto) -> None:
    model.graph.output[0].name = model.graph.node[-1].output[0] = "features"


def _fixed_size(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.shape.dim[2].dim_value = 48
    model.graph.input[0].type.tensor_type.shape.dim[3].dim_value = 48


def _fixed_batch(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1


def _half_precision(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("Cast", ["embedding"], ["half"], to=TensorProto.FLOAT16))
    model.graph.output[0].CopyFrom(helper.make_tensor_value_info("half", TensorProto.FLOAT16, ["batch", 16]))
    model.graph.output[0].name = "half"


def _second_input(model: onnx.ModelProto) -> None:
    model.graph.input.append(helper.make_tensor_value_info("more", TensorProto.FLOAT, [1]))


@pytest.mark.parametrize(
    "alter", [_renamed_input, _renamed_output, _fixed_size, _fixed_batch, _half_precision, _second_input]
)
def test_inputs_and_outputs_must_be_the_cards(tiny: Path, alter: Callable[[onnx.ModelProto], None]) -> None:
    model = tiny_graph(16, 32, 0)
    alter(model)
    put_model(tiny, model)
    assert code(lambda: model_card.check(load_card(tiny))) == "model-mismatch"


def test_an_output_of_the_wrong_type_or_length_is_refused(tiny: Path) -> None:
    put_model(tiny, tiny_graph(24, 32, 0))
    assert code(lambda: model_card.check(load_card(tiny))) == "model-mismatch"
    model = tiny_graph(16, 32, 0)
    _half_precision(model)
    put_model(tiny, model)
    change(tiny, lambda c: c["outputs"]["embedding"].update(name="half"))
    assert code(lambda: model_card.check(load_card(tiny))) == "model-mismatch"


def test_cluster_probabilities_must_be_there_when_the_card_has_them(tmp_path: Path) -> None:
    tiny = make_tiny_model(tmp_path / "plain")
    model = tiny_graph(16, 32, 0)
    change(tiny, lambda c: c["outputs"].update(clusters={"name": "groups", "number": 16}))
    with pytest.raises(ModelError, match="groups"):
        model_card.check(load_card(tiny))
    model.graph.node.append(helper.make_node("Softmax", ["embedding"], ["groups"]))
    model.graph.output.append(helper.make_tensor_value_info("groups", TensorProto.FLOAT, ["batch", 16]))
    put_model(tiny, model)
    assert model_card.check(load_card(tiny))["float"] > 0.999


def test_other_weights_or_preprocessing_fail_the_probe(tiny: Path) -> None:
    put_model(tiny, tiny_graph(16, 32, 1))
    with pytest.raises(ModelError, match="probe"):
        model_card.check(load_card(tiny))
    put_model(tiny, tiny_graph(16, 32, 0))
    model_card.check(load_card(tiny))
    change(tiny, lambda c: c["preprocessing"].update(mean=[0, 0, 0], std=[1, 1, 1]))
    with pytest.raises(ModelError, match="probe"):
        model_card.check(load_card(tiny))


def test_a_model_that_gives_no_numbers_fails_the_probe(tiny: Path) -> None:
    model = tiny_graph(16, 32, 0)
    for tensor in model.graph.initializer:
        if tensor.name == "bias":
            tensor.CopyFrom(numpy_helper.from_array(np.full(16, np.nan, np.float32), "bias"))
    put_model(tiny, model)
    with pytest.raises(ModelError, match=r"cosine 0\.0"):
        model_card.check(load_card(tiny))


def test_adding_copies_only_what_the_card_names_and_the_persons_own_model_comes_first(
    tiny: Path, tmp_path: Path
) -> None:
    (tiny / "notes.txt").write_text("mine", encoding="utf-8")
    make_tiny_model(paths.shipped_models_dir() / "tiny", dim=8)
    assert model_card.resolve("tiny").outputs.embedding.dim == 8
    added = model_card.add(tiny)
    assert added.folder == paths.user_models_dir() / "tiny"
    assert {path.name for path in added.folder.iterdir()} == {"card.json", "model.onnx", "model.int8.onnx"}
    assert model_card.resolve("tiny") == added
    assert [card.folder for card in model_card.find_models()] == [added.folder]
    assert code(lambda: model_card.add(tiny)) == "model-exists"
    model_card.remove("tiny")
    assert not added.folder.exists()
    assert model_card.resolve("tiny").outputs.embedding.dim == 8
    assert code(lambda: model_card.remove("tiny")) == "model-shipped"


def test_adding_needs_no_particular_folder_name_and_keeps_the_source(tiny: Path, tmp_path: Path) -> None:
    elsewhere = tiny.rename(tmp_path / "Downloaded (1)")
    assert model_card.add(elsewhere).folder.name == "tiny"
    assert (elsewhere / "card.json").exists()


def test_a_model_that_does_not_match_is_not_added(tiny: Path) -> None:
    put_model(tiny, tiny_graph(16, 32, 1))
    assert code(lambda: model_card.add(tiny)) == "model-mismatch"
    assert list(paths.user_models_dir().iterdir()) == []


def test_removing_leaves_what_is_not_ours(tiny: Path) -> None:
    added = model_card.add(tiny)
    (added.folder / "notes.txt").write_text("mine", encoding="utf-8")
    model_card.remove("tiny")
    assert [path.name for path in added.folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../tiny", "a/b", "/etc", "tiny\n", "TINY", "con", "nul.x", "a\0b", "x" * 300]
)
def test_names_that_are_paths_are_unknown_models(tiny: Path, name: str) -> None:
    model_card.add(tiny)
    assert code(lambda: model_card.resolve(name)) == "unknown-model"
    assert code(lambda: model_card.remove(name)) == "unknown-model"


def test_an_unknown_model_is_told_with_the_known_ones(tiny: Path) -> None:
    model_card.add(tiny)
    with pytest.raises(ModelError, match="tiny") as caught:
        model_card.resolve("tiney")
    assert "tiny" in caught.value.hint


def test_broken_models_are_listed_apart_and_do_not_give_way_in_silence(tiny: Path) -> None:
    make_tiny_model(paths.shipped_models_dir() / "tiny")
    shutil.copytree(tiny, paths.user_models_dir() / "tiny")
    (paths.user_models_dir() / "tiny" / "card.json").write_text("{", encoding="utf-8")
    make_tiny_model(paths.shipped_models_dir() / "other", name="another")
    (paths.shipped_models_dir() / "card.schema.json").write_text("{}", encoding="utf-8")
    (paths.shipped_models_dir() / ".hidden").mkdir()
    assert model_card.find_models() == ()
    assert [error.code for error in model_card.unreadable_models()] == ["card-invalid", "card-invalid"]
    assert code(lambda: model_card.resolve("tiny")) == "card-invalid"
    assert code(lambda: model_card.resolve("other")) == "card-invalid"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="drops root's rights in a child process")
def test_a_models_folder_that_cannot_be_written_is_told(tiny: Path, tmp_path: Path) -> None:
    added = model_card.add(tiny)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from desktop_app.engine.models import card as model_card; from desktop_app.engine.errors import ModelError\n"
        "model_card.check(model_card.resolve('tiny'))  # everything is imported while it may be read\n"
        "os.setuid(65534)\n"
        "for call in (lambda: model_card.remove('tiny'), lambda: model_card.add(Path(sys.argv[1]))):\n"
        "    try: call()\n"
        "    except ModelError as error: print(error.code)\n"
    )
    for path in [tmp_path, *tmp_path.parents[:3], *tmp_path.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    make_tiny_model(tiny.parent / "second")
    done = subprocess.run(
        [sys.executable, "-c", script, str(tiny.parent / "second")], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["models-folder", "models-folder"], done.stderr
    assert model_card.check(added)


def test_a_models_folder_in_an_odd_state_is_told(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = model_card.add(tiny)
    (added.folder / "model.int8.onnx").unlink()
    (added.folder / "model.int8.onnx").mkdir()
    assert code(lambda: model_card.remove("tiny")) == "models-folder"
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "gone")
    assert code(lambda: model_card.add(tiny)) == "models-folder"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_in_place_of_a_card_are_a_card_or_a_model_error(tiny: Path, data: st.DataObject) -> None:
    whole = (tiny / "card.json").read_bytes() if not (tiny / "kept").exists() else (tiny / "kept").read_bytes()
    (tiny / "kept").write_bytes(whole)
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(len(whole), start + 40)))
    (tiny / "card.json").write_bytes(whole[:start] + data.draw(st.binary(max_size=20)) + whole[stop:])
    try:
        card = load_card(tiny)
    except ModelError as error:
        assert error.code == "card-invalid"  # noqa: PT017
    else:
        assert card.input.size <= 1024
