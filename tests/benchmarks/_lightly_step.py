"""SimCLR steps written plainly with lightly, run by the Python of an environment that has it.

    _lightly_step.py BACKBONE SIZE BATCH STEPS THREADS WORKERS PHOTOS

``PHOTOS`` is a numpy file, uint8[N, 3, H, H]; ``WORKERS`` draw the views, 0 draws them between the steps. Prints
seconds a step on the clock and of the processor as JSON. `step_beside_lightly` calls it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader


def main(backbone: str, size: int, batch: int, steps: int, threads: int, workers: int, photos: str) -> None:
    from tests.helpers.lightly_photos import Photos
    from training.networks.backbones import BACKBONES
    from training.networks.torchvision_compat import import_torchvision

    import_torchvision()  # lightly imports it, and fails where its operators do
    from lightly.loss import NTXentLoss
    from lightly.models.modules import SimCLRProjectionHead

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    network = BACKBONES[backbone].build()
    head = SimCLRProjectionHead(BACKBONES[backbone].dim, 1024, 128)
    criterion = NTXentLoss(temperature=0.2)
    optimizer = torch.optim.AdamW([*network.parameters(), *head.parameters()], lr=1e-3, weight_decay=0.05)
    loader = DataLoader(Photos(np.load(photos), size, batch * (steps + 1)), batch_size=batch, num_workers=workers)
    used = began = 0.0
    for number, (first, second) in enumerate(loader):
        loss = criterion(head(network(first)), head(network(second)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if number == 0:  # the first one warms up, and workers have to start
            began, used = time.perf_counter(), time.process_time()
    wall, used = time.perf_counter() - began, time.process_time() - used
    times = os.times()  # workers have ended; they drew the first batch, too
    drawing = (times.children_user + times.children_system) * steps / (steps + 1)
    print(json.dumps([wall / steps, (used + drawing) / steps]))


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    main(sys.argv[1], *map(int, sys.argv[2:7]), photos=sys.argv[7])
