"""The head that reads words from embeddings: how it is trained, and the graph that ships."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from desktop_app.engine.job import JobContext
from desktop_app.engine.models.words import INPUT, OUTPUT
from desktop_app.engine.types import Float32Array, Int64Array

from .lessons import Lessons

_OPSET = 17


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the head is trained.

    Attributes:
        hidden: width of its one hidden layer.
        epochs: passes over the photos.
        batch: photos a step.
        lr: of AdamW at its highest; it falls to 0 along a cosine.
        weight_decay: of AdamW.
        dropout: of the hidden layer.
        seed: of the weights and the order of photos.
    """

    hidden: int = 512
    epochs: int = 10
    batch: int = 512
    lr: float = 2e-3
    weight_decay: float = 1e-2
    dropout: float = 0.2
    seed: int = 0


class WordsNetwork(nn.Module):
    """Embeddings float32[N, D] -> logits float32[N, W].

    Args:
        mean: float32[D] of unit rows, which is taken off.
        scale: how far unit rows lie from it.
        words: W.
        recipe: width and dropout.
    """

    def __init__(self, mean: Tensor, scale: float, words: int, recipe: Recipe) -> None:
        super().__init__()
        self.mean = nn.Parameter(mean, requires_grad=False)
        self.scale = scale
        self.first = nn.Linear(len(mean), recipe.hidden)
        self.second = nn.Linear(recipe.hidden, words)
        self.dropout = nn.Dropout(recipe.dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        """Embeddings -> logits."""
        points = (F.normalize(vectors, dim=1) - self.mean) / self.scale
        logits: Tensor = self.second(self.dropout(F.relu(self.first(points))))
        return logits


def train_head(vectors: Float32Array, lessons: Lessons, recipe: Recipe, ctx: JobContext) -> WordsNetwork:
    """Learn the words by cross-entropy with what is known of each photo, weighted by how much that counts.

    Args:
        vectors: float32[N, D].
        lessons: of the same photos.
        recipe: how.
        ctx: progress and cancelling.
    """
    torch.manual_seed(recipe.seed)
    rows = torch.from_numpy(vectors)
    shown, counts = torch.from_numpy(lessons.shown), torch.from_numpy(lessons.counts)
    unit = F.normalize(rows, dim=1)
    mean = unit.mean(dim=0)
    scale = float((unit - mean).norm(dim=1).mean()) / len(mean) ** 0.5
    network = WordsNetwork(mean, scale, shown.shape[1], recipe)
    with torch.no_grad():  # begin with how often each word holds
        share = ((shown * counts).sum(dim=0) / counts.sum(dim=0).clamp(min=1)).clamp(1e-4, 1 - 1e-4)
        network.second.bias.copy_(torch.logit(share))
    steps = recipe.epochs * -(-len(rows) // recipe.batch)
    optimizer = torch.optim.AdamW(network.parameters(), recipe.lr, weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for epoch in range(recipe.epochs):
        ctx.progress(epoch, recipe.epochs, "learning words")
        order = torch.randperm(len(rows))
        for start in range(0, len(rows), recipe.batch):
            part = order[start : start + recipe.batch]
            loss = F.binary_cross_entropy_with_logits(network(rows[part]), shown[part], counts[part], reduction="sum")
            optimizer.zero_grad()
            (loss / len(part)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return network.eval()


def probabilities(network: WordsNetwork, vectors: Float32Array) -> Float32Array:
    """float32[N, D] -> float32[N, W]."""
    with torch.no_grad():
        found: Float32Array = torch.sigmoid(network(torch.from_numpy(vectors))).numpy()
    return found


def chosen(lessons: Lessons, rows: Int64Array) -> Lessons:
    """The lessons of some photos."""
    return Lessons(lessons.shown[rows], lessons.counts[rows])


def as_graph(network: WordsNetwork) -> onnx.ModelProto:
    """The network as ONNX: `INPUT` float32[N, D] -> `OUTPUT` float32[N, W] in 0..1."""
    # Centering and scaling are one with the first layer: W (u - m) / s + b = (W / s) u + (b - W m / s).
    weight = (network.first.weight / network.scale).detach()
    bias = (network.first.bias - weight @ network.mean).detach()
    constants = {
        "weight1": weight.T,
        "bias1": bias,
        "weight2": network.second.weight.detach().T,
        "bias2": network.second.bias.detach(),
        "least": torch.tensor(1e-12),
    }
    nodes = [
        helper.make_node("ReduceL2", [INPUT], ["length"], axes=[1], keepdims=1),
        helper.make_node("Max", ["length", "least"], ["above_zero"]),
        helper.make_node("Div", [INPUT, "above_zero"], ["unit"]),
        helper.make_node("Gemm", ["unit", "weight1", "bias1"], ["first"]),
        helper.make_node("Relu", ["first"], ["hidden"]),
        helper.make_node("Gemm", ["hidden", "weight2", "bias2"], ["logits"]),
        helper.make_node("Sigmoid", ["logits"], [OUTPUT]),
    ]
    dim, words = weight.shape[1], len(network.second.bias)
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["photos", dim])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["photos", words])],
        [numpy_helper.from_array(np.ascontiguousarray(value.numpy()), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="kindred")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model
