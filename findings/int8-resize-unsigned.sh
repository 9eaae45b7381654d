#!/bin/bash
# onnxruntime shrinks int8 pictures with antialiasing as if they had no sign: whatever is below zero becomes 0.
#
# Guess: Resize does the same to every type it takes, up to rounding. A picture of one value stays that picture, and
#   the int8 and the uint8 form that quantize_static makes of one network agree.
# Happens (onnxruntime 1.32.0, and 1.20.1 and 1.23.2; CPU, with and without optimizations):
#   * Resize with antialias=1 of int8 gives 0 for all that is below zero: a picture of -100 becomes a picture of 0.
#   * Where mode "cubic" overshoots beside an edge, values above 127 come out as -123 and the like.
#   * uint8, int32, float16 and float32 are right, and so is int8 without antialiasing.
#   * quantize_static with QuantFormat.QOperator lets Resize run on 8 bits, of type int8 unless asked otherwise. A
#     network that evens out its input, shrinks it and looks for edges then answers other vectors (cosine 0.70 with
#     float). All that is said is that QDQ would be faster. Its uint8 form is right, and QDQ, where Resize stays in
#     float.
# Source: onnxruntime/core/providers/cpu/tensor/upsample_antialias.h, after Pillow's Resample.c, whose bytes have no
#   sign: for both types of 8 bits the sum goes through a table that clips to 0..255 (GetClip8LookupTable) and is cast
#   to the type afterwards. ONNX lists int8 among the types of Resize, onnxruntime among those of its kernel.
# Why it matters to a program that sorts photos: a model that takes photos of any size shrinks them itself, with
#   antialiasing, as they were shrunk where it was trained. Its int8 form takes everything darker than a middle gray for
#   that gray: groups still come out, of worse neighbors. Compare the vectors of an int8 model with those of float, or
#   leave Resize out of what is quantized.
# Seen with Python 3.11, onnxruntime 1.32.0, onnx 1.23.2, numpy 2.4.6, x86-64 Linux, December 2026. What is right is
# told by ONNX's reference evaluator, which is NumPy alone, and by the pictures of one value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python="$folder/venv/bin/python"
"$python" -m pip install -q --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cat >"$folder/expected" <<'END'
all -100, float32, antialias 1: -100 -100 -100 -100; the reference agrees
all -100, int8, antialias 1: 0 0 0 0; the reference -100 -100 -100 -100
all -100, int8, antialias 0: -100 -100 -100 -100; the reference agrees
all 100, float32, antialias 1: 100 100 100 100; the reference agrees
all 100, int8, antialias 1: 100 100 100 100; the reference agrees
all 100, int8, antialias 0: 100 100 100 100; the reference agrees
from -120 to 90, float32, antialias 1: -101.2 -45 15 71.25; the reference agrees
from -120 to 90, int8, antialias 1: 0 0 15 71; the reference -101 -45 15 71
from -120 to 90, int8, antialias 0: -105 -45 15 75; the reference agrees
0 beside 127, float32, antialias 1: 0 -7.804 96.84 133.3 127 127; the reference agrees
0 beside 127, int8, antialias 1: 0 0 97 -123 127 127; the reference 0 -8 97 127 127 127
network, QDQ QUInt8: least cosine with float over 0.99
network, QDQ QInt8: least cosine with float over 0.99
network, QOperator QUInt8: least cosine with float over 0.99
network, QOperator QInt8: least cosine with float under 0.9
END
cat >"$folder/try.py" <<'END'
import os
import tempfile

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static


def session(model):
    """The model on the CPU, with one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def model(nodes, inputs, outputs, weights):
    """A checked model of these nodes."""
    stored = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    graph = helper.make_graph(nodes, "graph", inputs, outputs, stored)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(made, full_check=True)
    return made


def shrink(picture, width, mode, antialias):
    """What onnxruntime and the reference evaluator make of a picture [H, W], narrower."""
    kind = helper.np_dtype_to_tensor_dtype(picture.dtype)
    size = np.array([1, 1, len(picture), width])
    made = model(
        [helper.make_node("Resize", ["picture", "", "", "size"], ["small"], mode=mode, antialias=antialias)],
        [helper.make_tensor_value_info("picture", kind, [1, 1, *picture.shape])],
        [helper.make_tensor_value_info("small", kind, size.tolist())],
        {"size": size},
    )
    feed = {"picture": picture[None, None]}
    found = [session(made.SerializeToString()).run(None, feed)[0], ReferenceEvaluator(made).run(None, feed)[0]]
    return [" ".join(f"{value:.4g}" for value in one[0, 0, 0].astype(np.float64)) for one in found]


for text, row, mode in (
    ("all -100", [-100] * 8, "linear"),
    ("all 100", [100] * 8, "linear"),
    ("from -120 to 90", range(-120, 91, 30), "linear"),
    ("0 beside 127", [0, 0, 0, 127, 127, 127, 127, 127], "cubic"),
):
    for dtype, antialias in ((np.float32, 1), (np.int8, 1), (np.int8, 0)):
        if mode == "cubic" and not antialias:
            continue  # refused for 8 bits
        ours, reference = shrink(np.array([list(row)] * 4, dtype), 6 if mode == "cubic" else 4, mode, antialias)
        agreed = "the reference agrees" if ours == reference else f"the reference {reference}"
        print(f"{text}, {np.dtype(dtype).name}, antialias {antialias}: {ours}; {agreed}")

# A network that evens out its input (as for ImageNet), halves it, and looks for edges and colors.
random = np.random.default_rng(1)
mean, scatter = (np.array(v, np.float32).reshape(3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))
network = model(
    [
        helper.make_node("Mul", ["image", "by"], ["scaled"]),
        helper.make_node("Add", ["scaled", "less"], ["even"]),
        helper.make_node("Resize", ["even", "", "", "size"], ["small"], mode="linear", antialias=1),
        helper.make_node("Conv", ["small", "filters"], ["found"]),
        helper.make_node("Relu", ["found"], ["strong"]),
        helper.make_node("GlobalAveragePool", ["strong"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["vector"]),
    ],
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, 64, 64])],
    [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, 16])],
    {
        "by": 1 / scatter,
        "less": -mean / scatter,
        "size": np.array([1, 3, 32, 32]),
        "filters": random.normal(0, 0.2, (16, 3, 3, 3)).astype(np.float32),
    },
)
pictures = [random.random((1, 3, 8, 8), np.float32).repeat(8, 2).repeat(8, 3) for _ in range(8)]


class Calibration(CalibrationDataReader):
    """Hands out the pictures once."""

    def __init__(self):
        self.rest = iter(pictures)

    def get_next(self):
        picture = next(self.rest, None)
        return None if picture is None else {"image": picture}


def vectors(made):
    """float32[8, 16], each of length 1."""
    runner = session(made)
    found = np.concatenate([runner.run(None, {"image": picture})[0] for picture in pictures])
    return found / np.linalg.norm(found, axis=1, keepdims=True)


with tempfile.TemporaryDirectory() as folder:
    source, target = os.path.join(folder, "float.onnx"), os.path.join(folder, "small.onnx")
    onnx.save(network, source)
    exact = vectors(source)
    for form in (QuantFormat.QDQ, QuantFormat.QOperator):
        for kind in (QuantType.QUInt8, QuantType.QInt8):
            quantize_static(source, target, Calibration(), quant_format=form, activation_type=kind)
            alike = (exact * vectors(target)).sum(axis=1).min()
            told = "over 0.99" if alike > 0.99 else "under 0.9" if alike < 0.9 else f"{alike:.2f}"
            print(f"network, {form.name} {kind.name}: least cosine with float {told}")
END
"$python" -W ignore "$folder/try.py" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
cat "$folder/seen"
diff -u "$folder/expected" "$folder/seen" || { echo "This is no longer as it was seen."; exit 1; }
echo "As seen in December 2026."
