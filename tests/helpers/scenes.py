"""Pictures of shapes that nobody saw before: as many as wanted, some of them alike at a glance."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter


def scene(seed: int, layout: int = 0, size: tuple[int, int] = (384, 288)) -> Image.Image:
    """Shapes of every size; those of one layout have the large ones in common, as portraits before one wall do."""
    rough = np.random.default_rng(layout).normal(size=size[::-1])
    fine = np.random.default_rng(1000 + seed).normal(size=size[::-1])
    parts = [gaussian_filter(noise, sigma) for noise, sigma in ((rough, 40), (fine, 4), (fine, 10))]
    gray = sum(part / part.std() * share for part, share in zip(parts, (40, 18, 12), strict=True))
    return Image.fromarray(np.clip(128 + gray, 0, 255).astype(np.uint8)).convert("RGB")
