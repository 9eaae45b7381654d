#!/bin/bash
# A NaN inside a model does not reach its output: int8 and max pooling turn it into ordinary numbers.
#
# Guess: NaN goes through every layer, as in NumPy and torch, so that `isfinite(output)` finds a model that has
#   overflowed or carries broken weights. And quantizing changes precision, not that.
# Happens (onnxruntime 1.31.1, CPU; the same with AVX-512 and, emulated, on Haswell and Nehalem):
#   * QuantizeLinear makes the smallest number of its range out of NaN (0 for uint8, -128 for int8).
#   * MaxPool and GlobalMaxPool keep a NaN only where it is the last value of the window; torch always keeps it.
#   * So a network whose inner branch overflows (inf - inf) answers NaN in float. Its int8 form, made by
#     onnxruntime's own quantize_static from the same file, answers finite numbers: the same for every picture.
#     (On a processor without AVX a Conv with its Relu drops NaN in float, too; hence no Relu in the network below.)
# Source: ONNX says of QuantizeLinear only that it saturates; onnxruntime does min and max with SSE's and AVX's
#   instructions, which give back the other operand when one is NaN (MlasQuantizeLinear, pooling kernels of MLAS).
# Why it matters to a program that sorts photos: checking vectors for NaN protects float models only. An int8 model
#   that has broken down puts all photos on one spot, with similarity 1, and no check of that kind sees it.
# Seen with Python 3.11, onnxruntime 1.31.1, onnx 1.23.2, numpy 2.4.6, x86-64 Linux, November 2026.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check onnxruntime==1.31.1 onnx==1.23.2 numpy==2.4.6
cat >"$folder/expected" <<'END'
NaN quantized to uint8, zero point 3: 0
NaN quantized to int8, zero point 3: -128
NaN first in a window, MaxPool: 4
NaN last in a window, MaxPool: nan
NaN first in a picture, GlobalMaxPool: 4
usual pictures, float: finite, different vectors
usual pictures, int8: finite, different vectors
pictures that overflow, float: NaN
pictures that overflow, int8: finite, one vector for both
END
cat >"$folder/try.py" <<'END'
import sys

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper, save
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

folder = sys.argv[1]
rng = np.random.default_rng(0)


def model(nodes, shape, constants, output=TensorProto.FLOAT):
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", output, None)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def run(what, x):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    content = what if isinstance(what, str) else what.SerializeToString()
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


for kind, output in ((np.uint8, TensorProto.UINT8), (np.int8, TensorProto.INT8)):
    quantize = [helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["y"])]
    constants = {"scale": np.float32(0.1), "zero": kind(3)}
    found = run(model(quantize, [1, 37], constants, output), np.full((1, 37), np.nan, np.float32))
    (value,) = set(found.ravel().tolist())
    print(f"NaN quantized to {np.dtype(kind)}, zero point 3: {value}")

square = np.array([1, 2, 3, 4], np.float32).reshape(1, 1, 2, 2)
pool = model([helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2])], [1, 1, 2, 2], {})
for name, at in (("first", (0, 0, 0, 0)), ("last", (0, 0, 1, 1))):
    with_nan = square.copy()
    with_nan[at] = np.nan
    print(f"NaN {name} in a window, MaxPool: {run(pool, with_nan).item():g}")
with_nan = square.copy()
with_nan[0, 0, 0, 0] = np.nan
pool_all = model([helper.make_node("GlobalMaxPool", ["x"], ["y"])], [1, 1, 2, 2], {})
print(f"NaN first in a picture, GlobalMaxPool: {run(pool_all, with_nan).item():g}")


def weights(*shape):
    return (rng.normal(size=shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


network = model(
    [
        # A value far beyond what pictures have makes the square infinite, and infinite minus infinite is NaN.
        helper.make_node("Mul", ["x", "x"], ["square"]),
        helper.make_node("Sub", ["square", "square"], ["nothing"]),
        helper.make_node("Add", ["x", "nothing"], ["same"]),
        helper.make_node("Conv", ["same", "first"], ["a"], pads=[1, 1, 1, 1]),
        helper.make_node("Conv", ["a", "second"], ["b"], pads=[1, 1, 1, 1]),
        helper.make_node("GlobalAveragePool", ["b"], ["c"]),
        helper.make_node("Flatten", ["c"], ["y"]),
    ],
    ["batch", 3, 16, 16],
    {"first": weights(8, 3, 3, 3), "second": weights(8, 8, 3, 3)},
)
pictures = rng.normal(size=(2, 3, 16, 16)).astype(np.float32)


class Calibration(CalibrationDataReader):
    def __init__(self):
        self.rest = iter([{"x": pictures[i : i + 1]} for i in range(2)])

    def get_next(self):
        return next(self.rest, None)


save(network, f"{folder}/float.onnx")
quantize_static(
    f"{folder}/float.onnx",
    f"{folder}/int8.onnx",
    Calibration(),
    quant_format=QuantFormat.QDQ,
    activation_type=QuantType.QUInt8,
    weight_type=QuantType.QInt8,
    op_types_to_quantize=["Conv"],
)
for title, batch in (("usual pictures", pictures), ("pictures that overflow", pictures * np.float32(1e25))):
    for form in ("float", "int8"):
        one, other = run(f"{folder}/{form}.onnx", batch)
        if np.isfinite(one).all() and np.isfinite(other).all():
            verdict = "finite, " + ("one vector for both" if (one == other).all() else "different vectors")
        else:
            verdict = "NaN" if np.isnan(one).all() and np.isnan(other).all() else "mixed"
        print(f"{title}, {form}: {verdict}")
END
"$python" -W ignore "$folder/try.py" "$folder" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in November 2026."
