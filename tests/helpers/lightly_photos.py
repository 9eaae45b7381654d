"""Two views of each picture as lightly draws them; of use to the Python of an environment that has it."""

from __future__ import annotations

from typing import Any

from PIL import Image
from torch.utils.data import Dataset


class Photos(Dataset):  # type: ignore[type-arg]
    """Two views of each picture, ``count`` pictures in all."""

    def __init__(self, photos: Any, size: int, count: int) -> None:
        self.pictures = [Image.fromarray(photo) for photo in photos.transpose(0, 2, 3, 1)]
        self.count = count
        from lightly.transforms import SimCLRTransform

        # The laboratory's own views, in lightly's words.
        self.transform = SimCLRTransform(
            input_size=size,
            cj_prob=0.8,
            cj_strength=1.0,
            cj_bright=0.4,
            cj_contrast=0.4,
            cj_sat=0.4,
            cj_hue=0.1,
            min_scale=0.2,
            random_gray_scale=0.1,
            gaussian_blur=0.0,
        )

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Any:
        return self.transform(self.pictures[index % len(self.pictures)])
