"""The linear probe: how well a linear layer tells the labels from frozen features."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from desktop_app.engine.job import JobContext
from desktop_app.engine.types import Float32Array

_RATE, _WEIGHT_DECAY, _BATCH = 1e-2, 5e-6, 1000

Labels = npt.NDArray[np.integer[Any]]


def linear_probe(
    bank: Float32Array,
    bank_truth: Labels,
    queries: Float32Array,
    truth: Labels,
    ctx: JobContext,
    *,
    epochs: int = 500,
    seed: int = 0,
    device: str = "cpu",
) -> float:
    """Accuracy on ``queries`` of a linear classifier trained on ``bank``: Adam, cosine to zero.

    Args:
        bank: features float32[N, D] of un-augmented training pictures, computed in eval mode.
        bank_truth: their labels [N].
        queries: features float32[Q, D] of the test pictures.
        truth: their labels [Q]; one that ``bank_truth`` lacks counts as wrong.
        ctx: checked every epoch.
        epochs: over the bank.
        seed: of initialization and order.
        device: to compute on.

    Returns:
        Share in 0..1.
    """
    classes, targets = np.unique(bank_truth, return_inverse=True)
    # Scale is no information: per-dimension standardizing changes nothing a linear layer could say, but how fast.
    mean, std = bank.mean(axis=0), bank.std(axis=0) + 1e-6
    features, asked = (torch.from_numpy((part - mean) / std).float().to(device) for part in (bank, queries))
    answers = torch.from_numpy(targets).to(device)
    generator = torch.Generator().manual_seed(seed)
    layer = nn.Linear(bank.shape[1], len(classes))
    nn.init.normal_(layer.weight, std=0.01, generator=generator)
    nn.init.zeros_(layer.bias)
    layer.to(device)
    optimizer = torch.optim.Adam(layer.parameters(), lr=_RATE, weight_decay=_WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for epoch in range(epochs):
        ctx.progress(epoch, epochs, "linear probe")
        for rows in torch.split(torch.randperm(len(features), generator=generator).to(device), _BATCH):
            optimizer.zero_grad()
            F.cross_entropy(layer(features[rows]), answers[rows]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        schedule.step()
    with torch.no_grad():
        predicted: Tensor = layer(asked).argmax(dim=1).cpu()
    return float((classes[predicted.numpy()] == truth).mean())
