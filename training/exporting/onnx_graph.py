"""Network -> ONNX, with weights stored in half precision, and its int8 twin."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from desktop_app.engine.types import Float32Array

from ..networks.card import INPUT_NAME, OUTPUT_NAME

_HALVED_FROM = 1024  # values; smaller tensors (biases) are not worth the rounding
_RANGED_TOGETHER = 4  # photos


def to_onnx(network: nn.Module, size: int, outputs: Sequence[str] = (OUTPUT_NAME,)) -> onnx.ModelProto:
    """The network in eval mode: float32[batch, 3, size, size] -> float32[batch, D], or a tuple of as many ``outputs``.

    The exporter folds BatchNorm.
    """
    example = torch.zeros(2, 3, size, size)
    with warnings.catch_warnings(), torch.no_grad():
        # The exporter warns of its own internals; drift is measured by the caller, which is the check that counts.
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            network,
            (example,),
            input_names=[INPUT_NAME],
            output_names=list(outputs),
            dynamic_shapes=({0: torch.export.Dim("batch")},),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    assert program is not None
    model: onnx.ModelProto = program.model_proto
    for node in model.graph.node:
        del node.metadata_props[:]  # stack traces of the exporting machine
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        del value.metadata_props[:]
    return model


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy whose large weights are float16 with a Cast to float32 behind each: half the size, same arithmetic."""
    half = onnx.ModelProto()
    half.CopyFrom(model)
    casts = []
    for tensor in half.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < _HALVED_FROM:
            continue
        name, stored = tensor.name, f"{tensor.name}_half"
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [name], name=f"{name}_cast", to=TensorProto.FLOAT))
    nodes = [*casts, *half.graph.node]
    del half.graph.node[:]
    half.graph.node.extend(nodes)
    onnx.checker.check_model(half)
    return half


def _quantized_kinds(model: onnx.ModelProto) -> list[str]:
    """Operators worth quantizing: where a network computes.

    In a convolutional one, the few values after pooling stay exact. In a transformer, the sums that run past its
    layers stay exact: a few of their channels are so large that eight bits would leave nothing of the others.
    """
    kinds = [node.op_type for node in model.graph.node]
    if kinds.count("MatMul") + kinds.count("Gemm") > kinds.count("Conv"):
        return ["Conv", "MatMul", "Gemm"]
    return ["Conv", "MaxPool", "Add"]


def quantize(model: onnx.ModelProto, calibration: Float32Array) -> onnx.ModelProto:
    """Static int8: s8 weights per channel, u8 activations, ranges from ``calibration`` float32[N, 3, S, S].

    A range is that of a few photos, averaged over all: the largest value that any photo has would waste steps on it.
    """
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self._rows: Iterator[Float32Array] = iter(
                np.array_split(calibration, max(1, len(calibration) // _RANGED_TOGETHER))
            )

        def get_next(self) -> dict[str, Float32Array] | None:
            rows = next(self._rows, None)
            return None if rows is None else {INPUT_NAME: rows}

    logger = logging.getLogger()
    level = logger.level
    logger.setLevel(logging.ERROR)  # it advises preprocessing that the exporter has already done
    try:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "int8.onnx"
            source = onnx.ModelProto()
            source.CopyFrom(model)  # the quantizer moves the weights of what it is given into files of its own
            quantize_static(
                source,
                str(target),
                Reader(),
                quant_format=QuantFormat.QDQ,
                per_channel=True,
                op_types_to_quantize=_quantized_kinds(model),
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                # Of products, those with weights: layers, not attention.
                extra_options={"MatMulConstBOnly": True, "CalibMovingAverage": True},
            )
            quantized = onnx.load(target)
    finally:
        logger.setLevel(level)
    return quantized
