"""Every pretext task with parameters small enough for a test."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.config import LimitsConfig
from training.loop import train
from training.pretexts import PRETEXTS

TASKS = tuple(PRETEXTS)
CLUSTERING = ("scan", "self_label", "deepcluster")
GUESSING = ("rotnet", "jigsaw", "autoencoder", "pairs", "dot")
TELLING_APART = tuple(name for name in TASKS if name not in CLUSTERING + GUESSING)
"""Tasks that tell every picture from every other; clustering puts some together, guessing is about something else."""

_LESSONS = {"pairs": 0.3, "mirrored": True, "relation": 0.5, "anchors": 8, "structure": 0.2, "places": 0.3}


def make_teacher(folder: Path) -> Path:
    """A teacher whose map has the 48 numbers of 4x4 pixels of an 8x8 thumbnail at each of 2x2 places, as ONNX."""
    picture = helper.make_tensor_value_info("input", TensorProto.FLOAT, ["n", 3, 224, 224])
    logits = helper.make_tensor_value_info("output", TensorProto.FLOAT, ["n", 48])
    nodes = [
        helper.make_node("AveragePool", ["input"], ["thumbnail"], kernel_shape=[28, 28], strides=[28, 28]),
        helper.make_node("SpaceToDepth", ["thumbnail"], ["map"], blocksize=4),
        helper.make_node("GlobalAveragePool", ["map"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["/Flatten_output_0"]),
        helper.make_node("Identity", ["/Flatten_output_0"], ["output"]),
    ]
    graph = helper.make_graph(nodes, "teacher", [picture], [logits])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path = folder / "teacher.onnx"
    onnx.save(model, path)
    return path


def make_run(folder: Path) -> str:
    """A finished run beside those to come, for neighbors to be mined in."""
    train(tiny_config(limits=LimitsConfig(epochs=1)), make_photos(8), folder / "mined", JobContext(), device="cpu")
    return "mined"


def task_table(name: str, folder: Path, out: int = 8) -> dict[str, Any]:
    """The ``pretext`` table of a configuration; what the task needs to read is written into ``folder``."""
    if name == "distill":
        teacher = str(make_teacher(folder))
        return {"name": name, "teacher": teacher, "crops": 2, "out": out} | _LESSONS
    if name == "scan":
        return {"name": name, "clusters": out, "heads": 2, "neighbors": 3, "neighbors_of": make_run(folder)}
    if name == "self_label":
        return {"name": name, "clusters": out, "threshold": 0.3, "patience": 0}
    if name == "jigsaw":
        return {"name": name, "permutations": 10, "foreign": 1, "hidden": 2 * out, "out": out}
    if name == "deepcluster":
        return {"name": name, "clusters": out, "method": "gmm", "dims": 4, "iterations": 3, "every": 2}
    if name == "instance":
        return {"name": name, "out": out, "noise": 4}
    known = {field.name for field in dataclasses.fields(PRETEXTS[name].params)}
    return {"name": name} | {key: value for key, value in {"hidden": 2 * out, "out": out}.items() if key in known}
