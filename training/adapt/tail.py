"""The last stage of an exported network, cut out of its ONNX graph and made trainable in torch.

The graph is the common ground of every model the app can run, whoever trained it; BatchNorm is folded into the
convolutions there, so it stays as it is by construction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from desktop_app.engine.errors import UsageError

_SMALLEST = 1e-6  # the slope of a square root has no limit at 0


def full_precision(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy without the casts of `exporting.onnx_graph.store_half`: float32 weights under their own names."""
    full = onnx.ModelProto()
    full.CopyFrom(model)
    stored = {tensor.name: tensor for tensor in full.graph.initializer}
    kept = []
    for node in full.graph.node:
        if node.op_type == "Cast" and node.input[0] in stored and _attributes(node)["to"] == TensorProto.FLOAT:
            tensor = stored[node.input[0]]
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float32), node.output[0]))
        else:
            kept.append(node)
    del full.graph.node[:]
    full.graph.node.extend(kept)
    return full


def last_stage(model: onnx.ModelProto) -> str:
    """The tensor before the last stage: the latest map that everything passes through and that is not the smallest.

    Raises:
        UsageError: ``deep-unsupported``: the model is no network of convolutions that halves its maps.
    """
    graph = onnx.shape_inference.infer_shapes(model).graph
    sides = {value.name: _side(value) for value in graph.value_info}
    fixed = {tensor.name for tensor in graph.initializer}
    readers: dict[str, int] = {}
    for node in graph.node:
        for name in set(node.input) - fixed:
            readers[name] = readers.get(name, 0) + 1
    alive = {graph.input[0].name}
    passed = []
    for node in graph.node:
        for name in set(node.input) - fixed:
            readers[name] -= 1
            if not readers[name]:
                alive.discard(name)
        alive.update(name for name in node.output if readers.get(name))
        if len(alive) == 1 and sides.get(only := next(iter(alive))):
            passed.append((only, sides[only]))
    larger = [name for name, side in passed if side > passed[-1][1]]
    if not larger:
        raise _unsupported(model, "it has no stages of convolutions")
    last: str = larger[-1]
    return last


def before(model: onnx.ModelProto, name: str) -> onnx.ModelProto:
    """The part of a model that computes the tensor ``name`` from the input."""
    return onnx.utils.Extractor(model).extract_model([model.graph.input[0].name], [name])


class Tail(nn.Module):
    """The part of a model from the tensor ``start`` to its output, in torch.

    Args:
        model: float32 weights.
        start: name of the tensor to go on from.
        output: name of the output.

    Raises:
        UsageError: ``deep-unsupported`` for an operator that is not known here.
    """

    def __init__(self, model: onnx.ModelProto, start: str, output: str) -> None:
        super().__init__()
        part = onnx.utils.Extractor(model).extract_model([start], [output])
        self._start, self._output = start, output
        self._nodes = [(node.op_type, list(node.input), node.output[0], _attributes(node)) for node in part.graph.node]
        unknown = sorted({kind for kind, *_ in self._nodes} - _OPERATORS.keys())
        if unknown:
            raise _unsupported(model, f"its last stage has the operators {', '.join(unknown)}")
        trained = {name for kind, names, _, _ in self._nodes if kind == "Conv" for name in names[1:]}
        self._fixed: dict[str, Tensor] = {}
        self._names: list[str] = []
        self.weights = nn.ParameterList()
        for tensor in part.graph.initializer:
            value = torch.from_numpy(numpy_helper.to_array(tensor).copy())
            if tensor.name in trained:
                self._names.append(tensor.name)
                self.weights.append(nn.Parameter(value))
            else:
                self._fixed[tensor.name] = value
        if not self._names:
            raise _unsupported(model, "its last stage has no convolutions")

    def forward(self, maps: Tensor) -> Tensor:
        """Embeddings float32[B, D] of maps float32[B, C, h, w]."""
        values: dict[str, Any] = {name: value.to(maps.device) for name, value in self._fixed.items()}
        values |= dict(zip(self._names, self.weights, strict=True))
        values[self._start] = maps
        for kind, names, target, attributes in self._nodes:
            values[target] = _OPERATORS[kind](attributes, *(values[name] for name in names if name))
        result: Tensor = values[self._output]
        return result

    @torch.no_grad()
    def put_back(self, model: onnx.ModelProto) -> onnx.ModelProto:
        """A copy of ``model`` (float32 weights) with this tail's weights."""
        changed = onnx.ModelProto()
        changed.CopyFrom(model)
        tensors = {tensor.name: tensor for tensor in changed.graph.initializer}
        for name, weight in zip(self._names, self.weights, strict=True):
            tensors[name].CopyFrom(numpy_helper.from_array(weight.detach().cpu().numpy(), name))
        return changed


def _conv(at: dict[str, Any], x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    padding = _padding(at)
    return F.conv2d(x, weight, bias, at.get("strides", 1), padding, at.get("dilations", 1), at.get("group", 1))


def _max_pool(at: dict[str, Any], x: Tensor) -> Tensor:
    pooled: Tensor = F.max_pool2d(x, at["kernel_shape"], at.get("strides", 1), _padding(at))
    return pooled


def _gemm(at: dict[str, Any], a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    a, b = (a.T if at.get("transA") else a), (b.T if at.get("transB") else b)
    mapped: Tensor = at.get("alpha", 1.0) * (a @ b) + at.get("beta", 1.0) * c
    return mapped


def _mean(at: dict[str, Any], x: Tensor, axes: Tensor | None = None) -> Tensor:
    dims = axes.tolist() if axes is not None else at["axes"]
    return x.mean(dim=dims, keepdim=bool(at.get("keepdims", 1)))


def _padding(at: dict[str, Any]) -> tuple[int, int]:
    top, left, bottom, right = at.get("pads", (0, 0, 0, 0))
    if (top, left) != (bottom, right) or at.get("auto_pad", b"NOTSET") != b"NOTSET":
        raise UsageError("deep-unsupported", "The model pads unevenly, which --deep cannot train.")
    return top, left


_OPERATORS: dict[str, Callable[..., Tensor]] = {
    "Conv": _conv,
    "Relu": lambda _, x: torch.relu(x),
    "Add": lambda _, x, y: x + y,
    "Mul": lambda _, x, y: x * y,
    "Sigmoid": lambda _, x: torch.sigmoid(x),
    "Sqrt": lambda _, x: x.clamp(min=_SMALLEST).sqrt(),
    "MaxPool": _max_pool,
    "GlobalAveragePool": lambda _, x: x.mean(dim=(2, 3), keepdim=True),
    "ReduceMean": _mean,
    "Flatten": lambda at, x: x.flatten(at.get("axis", 1)),
    "Reshape": lambda _, x, shape: x.reshape(len(x), *shape[1:].tolist()),
    "Gemm": _gemm,
    "LpNormalization": lambda at, x: F.normalize(x, dim=at.get("axis", -1), p=at.get("p", 2)),
}


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}


def _side(value: onnx.ValueInfoProto) -> int:
    """Height of a map [N, C, h, w], 0 for anything else."""
    dims = value.type.tensor_type.shape.dim
    return int(dims[2].dim_value) if len(dims) == 4 and dims[2].dim_value > 1 else 0


def _unsupported(model: onnx.ModelProto, reason: str) -> UsageError:
    return UsageError(
        "deep-unsupported", f"This model cannot be trained further: {reason}.", "Adapt it without --deep."
    )
