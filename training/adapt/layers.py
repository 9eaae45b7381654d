"""What is added behind a model: linear maps to unit length, and a head that gives cluster probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from desktop_app.engine.clustering.heads import softmax
from desktop_app.engine.project import normalize
from desktop_app.engine.types import Float32Array


@dataclass(frozen=True, slots=True)
class Layer:
    """``normalize(x @ weight + bias)``.

    Attributes:
        weight: float32[D, d].
        bias: float32[d].
    """

    weight: Float32Array
    bias: Float32Array

    def __call__(self, vectors: Float32Array) -> Float32Array:
        """Unit rows float32[N, d] of ``vectors`` float32[N, D]."""
        return normalize(vectors @ self.weight + self.bias)


@dataclass(frozen=True, slots=True)
class Head:
    """Cluster probabilities: ``softmax(layer(x) @ weight + bias)``.

    Attributes:
        layer: what comes before.
        weight: float32[d, C].
        bias: float32[C].
    """

    layer: Layer
    weight: Float32Array
    bias: Float32Array

    def __call__(self, vectors: Float32Array) -> Float32Array:
        """Probabilities float32[N, C] of ``vectors`` float32[N, D]."""
        found: Float32Array = softmax(self.layer(vectors) @ self.weight + self.bias)
        return found


def apply(layers: Sequence[Layer], vectors: Float32Array) -> Float32Array:
    """``vectors`` float32[N, D] through ``layers``, one after the other."""
    for layer in layers:
        vectors = layer(vectors)
    return vectors


def extend(
    model: onnx.ModelProto,
    embedding: str,
    layers: Sequence[Layer],
    clusters: str | None = None,
    head: Head | None = None,
) -> onnx.ModelProto:
    """A copy of a model whose embedding went through ``layers``, under the name it had.

    Args:
        model: any graph with the output ``embedding`` float32[N, D].
        embedding: name of that output.
        layers: none where the embedding is to stay.
        clusters: name of the output that ``head`` gives; an output of that name is dropped.
        head: takes the new embedding.

    Returns:
        float32[N, d] of the last layer and, with ``head``, float32[N, C].
    """
    extended = onnx.ModelProto()
    extended.CopyFrom(model)
    graph = extended.graph
    # A model may be adapted more than once: each time the names are new.
    used = {name for node in graph.node for name in (node.name, *node.input, *node.output)}
    stem = next(stem for count in range(len(used) + 1) if f"{(stem := f'adapted{count}')}_before" not in used)
    renamed = {clusters: f"{stem}_replaced"} | ({embedding: f"{stem}_before"} if layers else {})
    for node in graph.node:
        for names in (node.input, node.output):
            for place, name in enumerate(names):
                names[place] = renamed.get(name, name)
    flow = f"{stem}_before"
    for number, layer in enumerate(layers):
        name = f"{stem}_{number}"
        flow = _add_layer(graph, flow, layer, name, embedding if number == len(layers) - 1 else f"{name}_unit")
    width = {output.name: output.type.tensor_type.shape.dim[1].dim_value for output in graph.output}[embedding]
    outputs = {embedding: layers[-1].weight.shape[1] if layers else width}
    if head is not None and clusters is not None:
        flow = _add_layer(graph, embedding, head.layer, f"{stem}_head", f"{stem}_head_unit")
        _add_gemm(graph, flow, head.weight, head.bias, f"{stem}_clusters", f"{stem}_logits")
        graph.node.append(helper.make_node("Softmax", [f"{stem}_logits"], [clusters], f"{stem}_softmax", axis=1))
        outputs[clusters] = head.weight.shape[1]
    batch = graph.input[0].type.tensor_type.shape.dim[0].dim_param or "batch"
    del graph.output[:]
    graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [batch, width]) for name, width in outputs.items()
    )
    onnx.checker.check_model(extended)
    return extended


def _add_layer(graph: onnx.GraphProto, source: str, layer: Layer, name: str, target: str) -> str:
    _add_gemm(graph, source, layer.weight, layer.bias, name, f"{name}_linear")
    graph.node.append(helper.make_node("LpNormalization", [f"{name}_linear"], [target], f"{name}_unit", axis=1, p=2))
    return target


def _add_gemm(
    graph: onnx.GraphProto, source: str, weight: Float32Array, bias: Float32Array, name: str, target: str
) -> None:
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weight), f"{name}_weight"))
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(bias), f"{name}_bias"))
    graph.node.append(helper.make_node("Gemm", [source, f"{name}_weight", f"{name}_bias"], [target], f"{name}_gemm"))
