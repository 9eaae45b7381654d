from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from tests.helpers.laboratory import make_photos, tiny_config
from training.loop import train
from training.networks.backbones import build_backbone
from training.pretexts import build
from training.runs.checkpoint import CHECKPOINT, load_checkpoint, save_checkpoint
from training.speed import Speed, choose_speed, resumed_speed, stored_photos, tune_gpu


class Clock:
    """Stands in for `time`: only what a network says that it costs takes any."""

    now = 0.0

    def perf_counter(self) -> float:
        return self.now


CLOCK = Clock()


class SlowInFloat32(nn.Module):
    """A network for which autocast pays: it takes five times as long with float32 products."""

    slow = torch.float32

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Conv2d(3, 8, 3)

    def forward(self, images: Tensor) -> Tensor:
        made: Tensor = self.layer(images)
        CLOCK.now += 5 if made.dtype == self.slow else 1
        return made


class SlowInBfloat16(SlowInFloat32):
    slow = torch.bfloat16


@pytest.mark.parametrize(("network", "bf16"), [(SlowInFloat32(), True), (SlowInBfloat16(), False)])
def test_the_probe_takes_the_faster_format_and_leaves_the_network_alone(
    network: nn.Module, bf16: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.speed.time", CLOCK)
    before = {key: value.clone() for key, value in network.state_dict().items()}
    speed = choose_speed(tiny_config(bf16="probe", channels_last="probe"), network, "cpu")
    assert speed.bf16 is bf16
    word = "bf16" if bf16 else "float32"
    assert set(speed.measured) >= {f"{word}, NCHW", f"{word}, NHWC"}
    assert all(torch.equal(value, before[key]) for key, value in network.state_dict().items())
    assert all(weight.grad is None for weight in network.parameters())


def test_a_frozen_network_is_probed_too() -> None:
    network = build_backbone("tiny", 0).requires_grad_(False)
    speed = choose_speed(tiny_config(bf16="probe", channels_last="probe"), network, "cpu")
    assert speed.measured
    assert all(seconds > 0 for seconds in speed.measured.values())


def test_what_is_configured_is_not_probed() -> None:
    network = SlowInFloat32()
    assert choose_speed(tiny_config(bf16=False, channels_last=False), network, "cpu") == Speed(False, False, {})
    forced = choose_speed(tiny_config(bf16=False, channels_last="probe"), network, "cpu")
    assert not forced.bf16
    assert set(forced.measured) == {"float32, NCHW", "float32, NHWC"}


@pytest.mark.parametrize("channels_last", [False, True])
def test_the_memory_order_reaches_weights_and_pictures_and_changes_no_value(channels_last: bool) -> None:
    speed = Speed(False, channels_last, {})
    network = build_backbone("tiny", 0).eval()
    images = torch.randn(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    expected = network(images)
    speed.place(network, "cpu")
    order = torch.channels_last if channels_last else torch.contiguous_format
    assert next(network.parameters()).is_contiguous(memory_format=order)
    assert speed.arrange(images).is_contiguous(memory_format=order)
    torch.testing.assert_close(network(speed.arrange(images)), expected)
    rows = torch.zeros(4, 3)
    assert speed.arrange(rows) is rows


def test_a_resumed_run_keeps_the_choice_of_its_probe(run_folder: Path) -> None:
    config = tiny_config(bf16="probe", channels_last="probe")
    train(config, make_photos(40), run_folder, JobContext(), device="cpu")
    state = load_checkpoint(run_folder / CHECKPOINT)
    recorded = json.loads((run_folder / "run.json").read_text())["speed"]
    assert recorded == state["speed"]
    kept = resumed_speed(config, state, run_folder)
    assert (kept.bf16, kept.channels_last) == (state["speed"]["bf16"], state["speed"]["channels_last"])
    other = tiny_config(bf16=not kept.bf16, channels_last=kept.channels_last)
    with pytest.raises(UserError, match="bf16") as caught:
        train(other, make_photos(40), run_folder, JobContext(), device="cpu")
    assert caught.value.code == "checkpoint-from-another-config"


@pytest.mark.parametrize("bf16", [False, True])
def test_a_checkpoint_from_before_the_probe_goes_on_as_it_was_configured(tmp_path: Path, bf16: bool) -> None:
    config = tiny_config(bf16="probe")
    older = config.identity() | {"bf16": bf16}
    save_checkpoint(tmp_path / "c.pt", {"step": 1}, older)
    state = load_checkpoint(tmp_path / "c.pt", config.identity())
    assert resumed_speed(config, state, tmp_path) == Speed(bf16, True, {})


def test_without_a_gpu_photos_stay_where_they_are() -> None:
    images = make_photos(4).images
    assert stored_photos(images, "cpu") is images


@pytest.mark.slow  # imports the compiler
@pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")
def test_compiled_networks_keep_their_weights_names() -> None:
    pretext = build(tiny_config())
    names = list(pretext.state_dict())
    before = torch.get_float32_matmul_precision()
    benchmark = torch.backends.cudnn.benchmark
    try:
        tune_gpu(pretext)
    finally:
        torch.set_float32_matmul_precision(before)
        torch.backends.cudnn.benchmark = benchmark
    assert list(pretext.state_dict()) == names


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_gpu_learns_what_the_cpu_learns(tmp_path: Path) -> None:
    photos = make_photos(64)
    config = tiny_config(channels_last=True)
    losses = {}
    for device in ("cpu", "cuda"):
        train(config, photos, tmp_path / device, JobContext(), device=device)
        text = (tmp_path / device / "metrics.csv").read_text().splitlines()
        losses[device] = [float(line.split(",")[5]) for line in text[1:]]
    np.testing.assert_allclose(losses["cuda"], losses["cpu"], rtol=0.2)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_memory_that_large_tensors_gave_back_is_not_fetched_from_the_system_again() -> None:
    script = """
import resource, sys, torch
from training.speed import keep_memory
if sys.argv[1] == "keep":
    keep_memory()
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    torch.ones(10_000_000)
before = faults()
for _ in range(20):
    torch.ones(10_000_000)
print(faults() - before)
"""
    pages = 20 * 40_000_000 // resource.getpagesize()
    count = {}
    for word in ("keep", "default"):
        done = subprocess.run([sys.executable, "-c", script, word], check=True, capture_output=True, text=True)
        count[word] = int(done.stdout)
    assert count["default"] > pages // 600  # huge pages may come 512 at a time
    assert count["keep"] < count["default"] / 4  # the heap may still have to grow once
