"""Two real processes against one: the same loss and the same gradient for the same global batch."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.multiprocessing as mp
from torch import nn

from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training import distributed
from training.config import LimitsConfig, OptimizerConfig
from training.loop import divide, train
from training.pretexts.simclr import nt_xent
from training.runs.checkpoint import CHECKPOINT, load_checkpoint
from training.runs.record import read_table

VIEWS, BATCH, DIM = 2, 6, 5


def batch() -> torch.Tensor:
    return torch.randn(VIEWS, BATCH, DIM, generator=torch.Generator().manual_seed(0))


def loss_and_gradient(inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(1)
    layer = nn.Linear(DIM, 4)
    loss = nt_xent(distributed.gather_views(layer(inputs.flatten(0, 1)), VIEWS), 0.3)
    loss.backward()
    distributed.sum_gradients(layer)
    assert layer.weight.grad is not None
    return loss.detach(), layer.weight.grad


def one_of_two(rank: int, port: int, folder: str) -> None:
    torch.set_num_threads(1)
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    distributed.start("cpu")
    half = BATCH // 2
    loss, gradient = loss_and_gradient(batch()[:, rank * half : (rank + 1) * half])
    shared = distributed.from_first(10.0 + rank)
    torch.save({"loss": loss, "gradient": gradient, "shared": shared}, Path(folder) / f"{rank}.pt")
    torch.distributed.destroy_process_group()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_two_processes_have_the_loss_and_gradient_of_one(tmp_path: Path) -> None:
    mp.spawn(one_of_two, (free_port(), str(tmp_path)), nprocs=2)
    loss, gradient = loss_and_gradient(batch())
    for rank in range(2):
        found = torch.load(tmp_path / f"{rank}.pt", weights_only=True)
        torch.testing.assert_close(found["loss"], loss)
        torch.testing.assert_close(found["gradient"], gradient)
        assert found["shared"] == 10.0


def test_one_process_alone_changes_nothing() -> None:
    z = torch.randn(4, 3)
    assert distributed.gather_views(z, 2) is z
    assert distributed.from_first(3.5) == 3.5
    assert (distributed.rank(), distributed.size()) == (0, 1)


def train_in_one_of_two(rank: int, port: int, folder: str) -> None:
    torch.set_num_threads(1)
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    config = tiny_config(bf16="probe", channels_last="probe", limits=LimitsConfig(epochs=2))
    trained = train(config, make_photos(40), Path(folder) / "run", JobContext(), device="cpu")
    weights = {key: value for key, value in trained.named_parameters() if value.requires_grad}
    torch.save(weights, Path(folder) / f"weights-{rank}.pt")
    torch.distributed.destroy_process_group()


@pytest.mark.slow
def test_two_processes_train_one_network_and_report_together(tmp_path: Path) -> None:
    mp.spawn(train_in_one_of_two, (free_port(), str(tmp_path)), nprocs=2)
    first, second = (torch.load(tmp_path / f"weights-{rank}.pt", weights_only=True) for rank in range(2))
    assert first.keys() == second.keys()
    for key, value in first.items():
        assert torch.equal(value, second[key]), key
    assert [row["step"] for row in read_table(tmp_path / "run" / "health.csv")] == ["0", "5", "10"]
    assert load_checkpoint(tmp_path / "run" / CHECKPOINT)["step"] == 10


def task_in_one_of_two(rank: int, port: int, folder: str, table: dict[str, Any]) -> None:
    torch.set_num_threads(1)
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    config = tiny_config(pretext=table, limits=LimitsConfig(epochs=3), optimizer=OptimizerConfig(lr=3e-2))
    trained = train(config, make_photos(40), Path(folder) / "run", JobContext(), device="cpu")
    torch.save(trained.state_dict(), Path(folder) / f"state-{rank}.pt")
    torch.distributed.destroy_process_group()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "remembered"),
    [
        ({"name": "deepcluster", "clusters": 6, "method": "vmf"}, ("labels", "shares", "head.weight")),
        ({"name": "instance", "out": 8, "noise": 5}, ("memory", "log_normalizer", "usual", "renewed", "head.weight")),
    ],
    ids=["deepcluster", "instance"],
)
def test_two_processes_remember_the_same_of_each_photo(
    tmp_path: Path, table: dict[str, Any], remembered: tuple[str, ...]
) -> None:
    """BatchNorm's statistics are those of each process, so what is computed with them must be told to the others."""
    mp.spawn(task_in_one_of_two, (free_port(), str(tmp_path), table), nprocs=2)
    first, second = (torch.load(tmp_path / f"state-{rank}.pt", weights_only=True) for rank in range(2))
    for name in remembered:
        assert torch.equal(first[name], second[name]), name


@pytest.mark.slow
def test_a_batch_that_cannot_be_shared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(mp.ProcessRaisedException, match="cannot be divided among 2 processes"):
        mp.spawn(divide_in_one_of_two, (free_port(), str(tmp_path)), nprocs=2)


def divide_in_one_of_two(rank: int, port: int, folder: str) -> None:
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    distributed.start("cpu")
    divide(9, 40)
