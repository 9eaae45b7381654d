"""Weights as they are, whatever network they belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from torch import Tensor


def weights_hash(weights: Mapping[str, Tensor]) -> str:
    """Hash of names, shapes and values, whatever the device."""
    digest = hashlib.blake2b(digest_size=16)
    for key in sorted(weights):
        value = weights[key].detach().cpu().contiguous()
        digest.update(f"{key}\0{value.dtype}\0{tuple(value.shape)}\0".encode())
        digest.update(value.numpy().tobytes())
    return digest.hexdigest()
