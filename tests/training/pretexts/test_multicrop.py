from __future__ import annotations

import numpy as np
import torch

from tests.helpers.laboratory import make_photos
from training.config import AugmentConfig
from training.networks.backbones import build_backbone
from training.pretexts.base import Source
from training.pretexts.multicrop import MultiCrop, MultiCropParams
from training.pretexts.simclr import nt_xent


def multicrop(crops: int) -> MultiCrop:
    torch.manual_seed(0)
    return MultiCrop(build_backbone("tiny", 0), 16, MultiCropParams(hidden=8, out=6, crops=crops, side=0.5)).eval()


def source(size: int = 24) -> Source:
    return Source(make_photos(8).images, size, AugmentConfig(), torch.Generator().manual_seed(0))


def test_small_crops_are_drawn_at_their_own_size() -> None:
    large, small = multicrop(3).draw(np.arange(4), source())
    assert large.shape == (8, 3, 24, 24)
    assert small.shape == (12, 3, 12, 12)


@torch.no_grad()
def test_the_loss_pairs_each_small_crop_with_a_large_view_in_turn() -> None:
    task = multicrop(3)
    large, small = task.draw(np.arange(4), source())
    first, second = task.head(task.backbone(large)).chunk(2)
    parts = task.head(task.backbone(small)).chunk(3)
    pairs = [(first, second), (parts[0], first), (parts[1], second), (parts[2], first)]
    expected = torch.stack([nt_xent(torch.cat(pair), 0.2) for pair in pairs]).mean()
    torch.testing.assert_close(task(large, small), expected)
