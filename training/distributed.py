"""Several processes, one run: `torchrun --nproc-per-node N -m training train CONFIG`.

Each process encodes its share of a batch; projections are exchanged, every process computes the loss of the whole
batch with its own rows carrying the gradient, and the gradients are summed: the exact gradient of the global loss.
(BatchNorm statistics stay those of the share.) Without torchrun every function here does nothing.
"""

from __future__ import annotations

import os

import torch
import torch.distributed as dist
from torch import Tensor, nn


def start(device: str) -> None:
    """Join the other processes that torchrun started, if it did."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not dist.is_initialized():
        if device == "cuda":
            # Before the group is made: each process would else reserve memory on the first card.
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        dist.init_process_group("nccl" if device == "cuda" else "gloo")


def rank() -> int:
    """Number of this process, 0 for the one that writes files."""
    return dist.get_rank() if dist.is_initialized() else 0


def size() -> int:
    """Number of processes."""
    return dist.get_world_size() if dist.is_initialized() else 1


def gather_views(z: Tensor, views: int) -> Tensor:
    """The rows of all processes, with gradients through one's own rows only.

    Args:
        z: float[V * b, d] of this process's share of the batch: all first views, then all second ones, and so on.
        views: V.

    Returns:
        float32[V * B, d] of the global batch, in the same order: all first views, then all second ones.
    """
    if size() == 1:
        return z
    # View by view, and joined along the photos: end to end, the shares would mix first views with second ones, and
    # every loss finds the partner of row i at i + B.
    local = z.float().reshape(views, -1, z.shape[1])
    shares = [torch.empty_like(local) for _ in range(size())]
    dist.all_gather(shares, local.detach().contiguous())
    # What was exchanged carries no gradient. One's own rows do, and every process has the loss of the whole batch:
    # summed over the processes, the gradients are those of one process with all rows.
    shares[rank()] = local
    return torch.cat(shares, dim=1).flatten(0, 1)


def sum_gradients(module: nn.Module) -> None:
    """Add up every parameter's gradient over the processes, in one exchange."""
    if size() == 1:
        return
    # In one exchange: the hundred small ones of a ResNet would take longer to start than to send. A sum and no mean, as
    # each process has only the part of the gradient that goes through its own rows.
    gradients = [p.grad for p in module.parameters() if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    for gradient, summed in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):  # type: ignore[no-untyped-call]
        gradient.copy_(summed.view_as(gradient))


def wait_for_all() -> None:
    """Go on when every process has come here."""
    if size() > 1:
        dist.barrier()


def agreed(values: Tensor) -> Tensor:
    """What the first process has of ``values``, in place: all have to go by the same."""
    if size() > 1:
        dist.broadcast(values, src=0)
    return values


def from_first(value: float) -> float:
    """What the first process holds: clocks differ, decisions must not."""
    if size() == 1:
        return value
    # Double precision: seconds of a long run are compared with a budget, and float32 has a hundredth of one left by
    # then.
    shared = torch.tensor([value], dtype=torch.float64)
    if dist.get_backend() == "nccl":
        shared = shared.cuda()
    dist.broadcast(shared, src=0)
    return float(shared)
