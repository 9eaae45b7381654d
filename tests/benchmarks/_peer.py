"""One peer on one folder: ``_peer.py NAME FOLDER``, run by the peer's own Python. Prints what came out as JSON."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

ALIKE = 0.999
"""Untrained features lie close together: at imagededup's own 0.9, most photos would be called alike."""


def pairs(found: dict[str, list[str]]) -> str:
    return f"{sum(map(len, found.values())) // 2} pairs"


def untrained(network: Any) -> Any:
    """``network`` with the variances that its random weights give, without which its features would vanish."""
    for layer, norm in pairwise(network.modules()):
        if hasattr(norm, "running_var"):
            norm.running_var.fill_(layer.weight[0].numel() * float(layer.weight.detach().var()))
    return network


def imagededup_cnn(folder: Path) -> str:
    models = import_torchvision().models
    build = models.mobilenet_v3_small
    models.mobilenet_v3_small = lambda weights: untrained(build(weights=None))  # they would be downloaded
    from imagededup.methods import CNN

    return pairs(CNN(verbose=False).find_duplicates(image_dir=str(folder), min_similarity_threshold=ALIKE))


def imagededup_phash(folder: Path) -> str:
    import_torchvision()  # imagededup imports it for its other methods
    from imagededup.methods import PHash

    return pairs(PHash(verbose=False).find_duplicates(image_dir=str(folder)))


def clustimage(folder: Path) -> str:
    from clustimage import Clustimage

    found = Clustimage(verbose="error").fit_transform([str(path) for path in sorted(folder.iterdir())])
    return f"{len(set(found['labels']))} groups"


def import_torchvision() -> Any:
    from training.networks import torchvision_compat

    return torchvision_compat.import_torchvision()


WAYS = {"imagededup-cnn": imagededup_cnn, "imagededup-phash": imagededup_phash, "clustimage": clustimage}


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    print(json.dumps(WAYS[sys.argv[1]](Path(sys.argv[2]))))
