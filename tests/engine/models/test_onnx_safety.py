from __future__ import annotations

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from desktop_app.engine.models.onnx_safety import MAX_ONNX_BYTES, UnsafeModel, refuse_unsafe
from tests.helpers.tiny_model import tiny_graph

_WHOLE = tiny_graph(16, 32, 0).SerializeToString()


def external(tensor: onnx.TensorProto) -> onnx.TensorProto:
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    return tensor


def weights() -> onnx.TensorProto:
    return numpy_helper.from_array(np.ones(3, np.float32), "w")


def model_with(*nodes: onnx.NodeProto, functions: list[onnx.FunctionProto] | None = None) -> bytes:
    graph = helper.make_graph(nodes, "g", [], [])
    return helper.make_model(graph, functions=functions or []).SerializeToString()


def nested(node: onnx.NodeProto, depth: int) -> onnx.NodeProto:
    for _ in range(depth):
        node = helper.make_node("If", ["c"], ["y"], then_branch=helper.make_graph([node], "then", [], []))
    return node


def test_an_ordinary_model_passes_quantized_or_not() -> None:
    refuse_unsafe(_WHOLE)
    refuse_unsafe(tiny_graph(16, 32, 0, quantized=True).SerializeToString())
    refuse_unsafe(model_with(helper.make_node("Relu", ["x"], ["y"], domain="ai.onnx")))


def test_external_data_is_found_wherever_a_tensor_can_stand() -> None:
    sparse = onnx.SparseTensorProto(values=external(weights()))
    graph = helper.make_graph([], "g", [], [], [external(weights())])
    with_sparse = helper.make_graph([], "g", [], [])
    with_sparse.sparse_initializer.append(sparse)
    constant = helper.make_node("Constant", [], ["c"], value=external(weights()))
    inside = helper.make_function("local", "f", [], ["c"], [constant], [helper.make_opsetid("", 17)])
    trained = helper.make_model(helper.make_graph([], "g", [], []))
    trained.training_info.add().initialization.CopyFrom(graph)
    cases = {
        "initializer": helper.make_model(graph).SerializeToString(),
        "sparse initializer": helper.make_model(with_sparse).SerializeToString(),
        "constant": model_with(constant),
        "list of tensors": model_with(helper.make_node("X", [], [], all=[external(weights())])),
        "branch": model_with(nested(constant, 3)),
        "function": model_with(functions=[inside]),
        "training": trained.SerializeToString(),
    }
    for data in cases.values():
        with pytest.raises(UnsafeModel, match="other files"):
            refuse_unsafe(data)


def test_either_mark_of_external_data_is_enough() -> None:
    for field in ("data_location", "external_data"):
        tensor = external(weights())
        tensor.ClearField(field)  # type: ignore[arg-type]
        with pytest.raises(UnsafeModel, match="other files"):
            refuse_unsafe(helper.make_model(helper.make_graph([], "g", [], [], [tensor])).SerializeToString())


def test_operators_of_other_domains_are_found_in_branches_and_functions() -> None:
    odd = helper.make_node("Evil", [], [], domain="com.example")
    function = helper.make_function("local", "f", [], [], [odd], [helper.make_opsetid("", 17)])
    for data in (model_with(odd), model_with(nested(odd, 4)), model_with(functions=[function])):
        with pytest.raises(UnsafeModel, match=r"com\.example"):
            refuse_unsafe(data)


def test_a_model_that_measures_its_batch_is_found_in_branches_and_functions() -> None:
    dynamic = helper.make_node("DynamicQuantizeLinear", ["x"], ["y", "scale", "zero"])
    function = helper.make_function("local", "f", [], [], [dynamic], [helper.make_opsetid("", 17)])
    for data in (model_with(dynamic), model_with(nested(dynamic, 4)), model_with(functions=[function])):
        with pytest.raises(UnsafeModel, match="vectors depend on the batch"):
            refuse_unsafe(data)


def test_deep_nesting_and_countless_parts_end_in_a_refusal_not_in_a_crash() -> None:
    with pytest.raises(UnsafeModel, match="deeply"):
        refuse_unsafe(model_with(nested(helper.make_node("Relu", ["x"], ["y"]), 30)))
    with pytest.raises(UnsafeModel, match="larger"):
        refuse_unsafe(bytes(MAX_ONNX_BYTES + 1))
    with pytest.raises(UnsafeModel, match="too many"):
        refuse_unsafe(b"\x08\x01" * 2_000_001)


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"GIF89a", b"\x08\x01", b"\x0b\x0c", b"ORTM" * 20, _WHOLE[:-1], _WHOLE[:40]]
)
def test_what_is_no_whole_model_is_refused(data: bytes) -> None:
    with pytest.raises(UnsafeModel):
        refuse_unsafe(data)


@settings(max_examples=300)
@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_any_altered_bytes_pass_or_are_refused(at: int, patch: bytes) -> None:
    try:
        refuse_unsafe(_WHOLE[:at] + patch + _WHOLE[at + len(patch) :])
    except UnsafeModel as error:
        assert str(error)  # noqa: PT017


def test_it_reads_what_onnx_reads() -> None:
    """What our walk accepts, the onnx package sees as free of external data and of other domains."""
    model = onnx.load_from_string(_WHOLE)
    assert all(tensor.data_location == TensorProto.DEFAULT for tensor in model.graph.initializer)
    assert {node.domain for node in model.graph.node} <= {"", "ai.onnx"}
    refuse_unsafe(_WHOLE)
