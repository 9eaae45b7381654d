"""Makes torchvision importable beside a CPU-only build of torch.

Its binary operators are linked against CUDA there and fail to load, after which the import stops at "operator
torchvision::nms does not exist". Declaring the two missing schemas first lets everything written in Python work:
the models, `transforms.v2`. Where torchvision imports normally, nothing is touched.
"""

from __future__ import annotations

from types import ModuleType

import torch

_declared: list[torch.library.Library] = []  # the schemas live only as long as their library object


def import_torchvision() -> ModuleType:
    """Import torchvision, declaring its missing operator schemas where the plain import fails."""
    try:
        import torchvision
    except RuntimeError as error:
        if "torchvision::nms" not in str(error) or _declared:
            raise
        library = torch.library.Library("torchvision", "DEF")  # type: ignore[no-untyped-call]
        for operator in ("nms", "qnms"):
            library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")  # type: ignore[no-untyped-call]
        _declared.append(library)
        import torchvision
    return torchvision  # type: ignore[no-any-return]
