from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import quantize_dynamic

from desktop_app.engine import paths
from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import load_card
from tests.helpers.tiny_model import change_card, make_tiny_model, put_model, refusal, tiny_graph

pytestmark = pytest.mark.usefixtures("own_models")


def test_every_altered_byte_of_a_model_is_noticed(tiny: Path) -> None:
    card = load_card(tiny)
    whole = (tiny / "model.onnx").read_bytes()
    rng = np.random.default_rng(0)
    for at in rng.choice(len(whole), 100, replace=False):
        altered = bytearray(whole)
        altered[at] ^= 1 << int(rng.integers(8))
        (tiny / "model.onnx").write_bytes(altered)
        assert refusal(lambda: shelf.check(card)) == "model-mismatch"


def test_a_model_with_weights_in_another_file_is_refused_even_from_its_own_folder(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tiny_graph(16, 32, 0)
    onnx.save_model(
        graph, tiny / "model.onnx", save_as_external_data=True, location="weights.bin", size_threshold=0
    )  # fmt: skip
    put_model(tiny, (tiny / "model.onnx").read_bytes())
    monkeypatch.chdir(tiny)  # where onnxruntime would find the file
    assert refusal(lambda: shelf.check(load_card(tiny))) == "model-unsafe"


def test_custom_operators_are_refused(tiny: Path) -> None:
    model = tiny_graph(16, 32, 0)
    model.graph.node[0].domain = "my.operators"
    model.opset_import.append(helper.make_opsetid("my.operators", 1))
    put_model(tiny, model)
    with pytest.raises(ModelError, match=r"my\.operators") as caught:
        shelf.check(load_card(tiny))
    assert caught.value.code == "model-unsafe"


def test_an_unknown_operator_of_the_standard_domain_is_refused(tiny: Path) -> None:
    model = tiny_graph(16, 32, 0)
    model.graph.node[0].op_type = "NoSuchOperator"
    put_model(tiny, model)
    with pytest.raises(ModelError, match="NoSuchOperator") as caught:
        shelf.check(load_card(tiny))
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
    assert refusal(lambda: shelf.check(load_card(tiny))) == "model-mismatch"


def test_an_output_of_the_wrong_type_or_length_is_refused(tiny: Path) -> None:
    put_model(tiny, tiny_graph(24, 32, 0))
    assert refusal(lambda: shelf.check(load_card(tiny))) == "model-mismatch"
    model = tiny_graph(16, 32, 0)
    _half_precision(model)
    put_model(tiny, model)
    change_card(tiny, lambda c: c["outputs"]["embedding"].update(name="half"))
    assert refusal(lambda: shelf.check(load_card(tiny))) == "model-mismatch"


def test_cluster_probabilities_must_be_there_when_the_card_has_them(tmp_path: Path) -> None:
    tiny = make_tiny_model(tmp_path / "plain")
    model = tiny_graph(16, 32, 0)
    change_card(tiny, lambda c: c["outputs"].update(clusters={"name": "groups", "number": 16}))
    with pytest.raises(ModelError, match="groups"):
        shelf.check(load_card(tiny))
    model.graph.node.append(helper.make_node("Softmax", ["embedding"], ["groups"]))
    model.graph.output.append(helper.make_tensor_value_info("groups", TensorProto.FLOAT, ["batch", 16]))
    put_model(tiny, model)
    assert shelf.check(load_card(tiny))["float"] > 0.999


def test_other_weights_or_preprocessing_fail_the_probe(tiny: Path) -> None:
    put_model(tiny, tiny_graph(16, 32, 1))
    with pytest.raises(ModelError, match="probe"):
        shelf.check(load_card(tiny))
    put_model(tiny, tiny_graph(16, 32, 0))
    shelf.check(load_card(tiny))
    change_card(tiny, lambda c: c["preprocessing"].update(mean=[0, 0, 0], std=[1, 1, 1]))
    with pytest.raises(ModelError, match="probe"):
        shelf.check(load_card(tiny))


def test_a_model_that_gives_no_numbers_fails_the_probe(tiny: Path) -> None:
    model = tiny_graph(16, 32, 0)
    for tensor in model.graph.initializer:
        if tensor.name == "bias":
            tensor.CopyFrom(numpy_helper.from_array(np.full(16, np.nan, np.float32), "bias"))
    put_model(tiny, model)
    with pytest.raises(ModelError, match=r"cosine 0\.0"):
        shelf.check(load_card(tiny))


def between(model: onnx.ModelProto, *nodes: onnx.NodeProto) -> onnx.ModelProto:
    """The model with ``nodes`` behind what used to be its embedding, now called ``before``."""
    model.graph.node[-1].output[0] = "before"
    model.graph.node.extend(nodes)
    return model


def test_a_model_whose_vectors_depend_on_their_company_is_refused(tiny: Path) -> None:
    mean = helper.make_node("ReduceMean", ["before"], ["mean"], axes=[0])
    put_model(tiny, between(tiny_graph(16, 32, 0), mean, helper.make_node("Sub", ["before", "mean"], ["centered"]),
        helper.make_node("Add", ["centered", "before"], ["embedding"])))  # fmt: skip
    for refused in (lambda: shelf.check(load_card(tiny)), lambda: shelf.add(tiny)):
        with pytest.raises(ModelError, match="depends on what other pictures are run with it") as caught:
            refused()
        assert caught.value.code == "model-mismatch"
    onnx.save_model(tiny_graph(16, 32, 0), tiny / "float.onnx")
    quantize_dynamic(tiny / "float.onnx", tiny / "model.onnx")
    put_model(tiny, (tiny / "model.onnx").read_bytes())
    with pytest.raises(ModelError, match="quantized dynamically") as caught:
        shelf.add(tiny)
    assert caught.value.code == "model-unsafe"
    assert list(paths.user_models_dir().iterdir()) == []


def test_a_model_to_which_different_pictures_are_one_is_warned_of(tiny: Path) -> None:
    assert shelf.warnings(load_card(tiny)) == ()
    card = load_card(tiny)
    nothing = helper.make_node("Mul", ["before", "zero"], ["none"])
    same = numpy_helper.from_array(np.array(card.probe.embedding, np.float32), "same")
    model = between(tiny_graph(16, 32, 0), nothing, helper.make_node("Add", ["none", "same"], ["embedding"]))
    model.graph.initializer.extend([same, numpy_helper.from_array(np.zeros(1, np.float32), "zero")])
    put_model(tiny, model)
    assert shelf.check(load_card(tiny))["float"] > 0.999  # to the probe alone, all is well
    (warning,) = shelf.warnings(load_card(tiny))
    assert warning.startswith("tiny (float): different pictures get one and the same embedding")


def test_adding_copies_only_what_the_card_names_and_the_persons_own_model_comes_first(
    tiny: Path, tmp_path: Path
) -> None:
    (tiny / "notes.txt").write_text("mine", encoding="utf-8")
    make_tiny_model(paths.shipped_models_dir() / "tiny", dim=8)
    assert shelf.resolve("tiny").outputs.embedding.dim == 8
    added = shelf.add(tiny)
    assert added.folder == paths.user_models_dir() / "tiny"
    assert {path.name for path in added.folder.iterdir()} == {"card.json", "model.onnx", "model.int8.onnx"}
    assert shelf.resolve("tiny") == added
    assert [card.folder for card in shelf.find_models()] == [added.folder]
    assert refusal(lambda: shelf.add(tiny)) == "model-exists"
    shelf.remove("tiny")
    assert not added.folder.exists()
    assert shelf.resolve("tiny").outputs.embedding.dim == 8
    assert refusal(lambda: shelf.remove("tiny")) == "model-shipped"


def test_adding_needs_no_particular_folder_name_and_keeps_the_source(tiny: Path, tmp_path: Path) -> None:
    elsewhere = tiny.rename(tmp_path / "Downloaded (1)")
    assert shelf.add(elsewhere).folder.name == "tiny"
    assert (elsewhere / "card.json").exists()


def test_a_model_that_does_not_match_is_not_added(tiny: Path) -> None:
    put_model(tiny, tiny_graph(16, 32, 1))
    assert refusal(lambda: shelf.add(tiny)) == "model-mismatch"
    assert list(paths.user_models_dir().iterdir()) == []


def test_removing_leaves_what_is_not_ours(tiny: Path) -> None:
    added = shelf.add(tiny)
    (added.folder / "notes.txt").write_text("mine", encoding="utf-8")
    shelf.remove("tiny")
    assert [path.name for path in added.folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../tiny", "a/b", "/etc", "tiny\n", "TINY", "con", "nul.x", "a\0b", "x" * 300]
)
def test_names_that_are_paths_are_unknown_models(tiny: Path, name: str) -> None:
    shelf.add(tiny)
    assert refusal(lambda: shelf.resolve(name)) == "unknown-model"
    assert refusal(lambda: shelf.remove(name)) == "unknown-model"


def test_an_unknown_model_is_told_with_the_known_ones(tiny: Path) -> None:
    shelf.add(tiny)
    with pytest.raises(ModelError, match="tiny") as caught:
        shelf.resolve("tiney")
    assert "tiny" in caught.value.hint


def test_broken_models_are_listed_apart_and_do_not_give_way_in_silence(tiny: Path) -> None:
    make_tiny_model(paths.shipped_models_dir() / "tiny")
    shutil.copytree(tiny, paths.user_models_dir() / "tiny")
    (paths.user_models_dir() / "tiny" / "card.json").write_text("{", encoding="utf-8")
    make_tiny_model(paths.shipped_models_dir() / "other", name="another")
    (paths.shipped_models_dir() / "card.schema.json").write_text("{}", encoding="utf-8")
    (paths.shipped_models_dir() / ".hidden").mkdir()
    assert shelf.find_models() == ()
    assert [error.code for error in shelf.unreadable_models()] == ["card-invalid", "card-invalid"]
    assert refusal(lambda: shelf.resolve("tiny")) == "card-invalid"
    assert refusal(lambda: shelf.resolve("other")) == "card-invalid"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="drops root's rights in a child process")
def test_a_models_folder_that_cannot_be_written_is_told(tiny: Path, tmp_path: Path) -> None:
    added = shelf.add(tiny)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from desktop_app.engine.models import shelf; from desktop_app.engine.errors import ModelError\n"
        "shelf.check(shelf.resolve('tiny'))  # everything is imported while it may be read\n"
        "os.setuid(65534)\n"
        "for call in (lambda: shelf.remove('tiny'), lambda: shelf.add(Path(sys.argv[1]))):\n"
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
    assert shelf.check(added)


def test_a_models_folder_in_an_odd_state_is_told(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added = shelf.add(tiny)
    (added.folder / "model.int8.onnx").unlink()
    (added.folder / "model.int8.onnx").mkdir()
    assert refusal(lambda: shelf.remove("tiny")) == "models-folder"
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "gone")
    assert refusal(lambda: shelf.add(tiny)) == "models-folder"


def test_each_model_tells_whose_it_is_how_large_and_what_it_is_called(tiny: Path) -> None:
    make_tiny_model(paths.shipped_models_dir() / "other", title="Another")
    make_tiny_model(paths.shipped_models_dir() / "third")
    added = shelf.add(tiny)
    assert (shelf.is_own("tiny"), shelf.is_own("other"), shelf.is_own("../tiny")) == (True, False, False)
    files = [path.stat().st_size for path in added.folder.iterdir()]
    assert shelf.size(added) == sum(files)
    (added.folder / "model.int8.onnx").unlink()
    assert 0 < shelf.size(added) < sum(files)
    titles = shelf.titles(shelf.find_models())
    assert titles == {"tiny": "Tiny test model (tiny)", "other": "Another", "third": "Tiny test model (third)"}


def test_names_for_made_models_are_free_and_short(tiny: Path, tmp_path: Path) -> None:
    card = shelf.add(tiny)
    assert shelf.name_for(card, tmp_path / "Été – 2019!") == "tiny-t-2019"
    assert shelf.name_for(card, Path("/")) == "tiny-own"
    assert len(shelf.name_for(card, tmp_path / ("x" * 200))) == 64
    assert shelf.free_name("mine") == "mine"
    assert shelf.free_name("tiny") == "tiny-2"
    for name in ("x" * 64, "tiny-2"):
        make_tiny_model(paths.shipped_models_dir() / name)
    assert shelf.free_name("tiny") == "tiny-3"
    assert shelf.free_name("x" * 64) == "x" * 62 + "-2"
