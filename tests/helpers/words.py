"""Words for a tiny model: a layer that reads what a test wants from the embeddings of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from desktop_app.engine.types import Float32Array
from tests.helpers.tiny_model import change_card


def teach_words(model: Path, words: Sequence[str], vectors: Float32Array, shown: npt.NDArray[np.bool_]) -> None:
    """Write ``words.onnx`` into a model's folder, and its words into the card.

    Args:
        model: the folder.
        words: W keys.
        vectors: float32[N, D] embeddings.
        shown: bool[N, W], which words hold of which: what the layer will say of them, as far as it can.
    """
    rows = np.concatenate([vectors, np.ones((len(vectors), 1), np.float32)], axis=1)
    weights = np.linalg.lstsq(rows, np.where(shown, 4.0, -4.0), rcond=None)[0].astype(np.float32)
    put_words(model, words, words_graph(weights[:-1], weights[-1]))


def words_graph(weights: Float32Array, bias: Float32Array, last: str = "Sigmoid") -> onnx.ModelProto:
    """float32[N, D] ``embedding`` -> float32[N, W] ``words``."""
    nodes = [
        helper.make_node("Gemm", ["embedding", "weights", "bias"], ["logits"]),
        helper.make_node(last, ["logits"], ["words"]),
    ]
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["photos", len(weights)])],
        [helper.make_tensor_value_info("words", TensorProto.FLOAT, ["photos", len(bias)])],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(bias, "bias")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def put_words(model: Path, words: Sequence[str], graph: onnx.ModelProto) -> None:
    """Another ``words.onnx`` under a card that describes it."""
    data = graph.SerializeToString()
    (model / "words.onnx").write_bytes(data)
    described = {"onnx_sha256": hashlib.sha256(data).hexdigest(), "names": list(words)}
    described |= {"data": "none", "method": "least squares", "figures": {}}
    change_card(model, lambda card: card.update(words=described))
