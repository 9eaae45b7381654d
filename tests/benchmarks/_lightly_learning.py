"""SimCLR trained plainly with lightly, run by the Python of an environment that has it.

    _lightly_learning.py BACKBONE EPOCHS BATCH SEED THREADS FOLDER

``FOLDER`` holds ``train.npy`` and ``test.npy``, uint8[N, 3, 32, 32]; the features of both are written beside them, as
``theirs-train.npy`` and ``theirs-test.npy``, float32[N, D]. Prints the mean loss of the last epoch as JSON.
`learning_beside_lightly` calls it.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader

LR, WEIGHT_DECAY, WARMUP, TEMPERATURE = 1.5e-3, 0.02, 0.05, 0.2
MEAN, STD = (torch.tensor(values).view(1, 3, 1, 1) for values in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))


def main(backbone: str, epochs: int, batch: int, seed: int, threads: int, folder: str) -> None:
    from tests.helpers.lightly_photos import Photos
    from training.networks.backbones import BACKBONES
    from training.networks.torchvision_compat import import_torchvision

    import_torchvision()  # lightly imports it, and fails where its operators do
    from lightly.loss import NTXentLoss
    from lightly.models.modules import SimCLRProjectionHead

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    network = BACKBONES[backbone].build()
    head = SimCLRProjectionHead(BACKBONES[backbone].dim, 512, 128)
    criterion = NTXentLoss(temperature=TEMPERATURE)
    optimizer = torch.optim.AdamW([*network.parameters(), *head.parameters()], lr=LR, weight_decay=WEIGHT_DECAY)
    photos = np.load(Path(folder) / "train.npy")
    loader = DataLoader(
        Photos(photos, 32, len(photos)), batch_size=batch, shuffle=True, drop_last=True, num_workers=threads
    )
    total = epochs * len(loader)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / total, total))
    losses: list[float] = []
    for _ in range(epochs):
        losses = []
        for first, second in loader:
            loss = criterion(head(network(first)), head(network(second)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            rate.step()
            losses.append(float(loss))
    network.eval()
    for part in ("train", "test"):
        np.save(Path(folder) / f"theirs-{part}.npy", _features(network, np.load(Path(folder) / f"{part}.npy")))
    print(json.dumps(float(np.mean(losses))))


def _rate(progress: float, total: int) -> float:
    """Linear warm-up, then half a cosine down to zero."""
    if progress < WARMUP:
        return max(progress, 1 / total) / WARMUP
    return 0.5 * (1 + math.cos(math.pi * (progress - WARMUP) / (1 - WARMUP)))


@torch.no_grad()
def _features(network: Any, photos: Any) -> Any:
    parts = torch.from_numpy(photos).split(500)
    return torch.cat([network((part.float() / 255 - MEAN) / STD) for part in parts]).numpy()


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    main(sys.argv[1], *map(int, sys.argv[2:6]), folder=sys.argv[6])
