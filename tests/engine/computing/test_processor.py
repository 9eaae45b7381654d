from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app.engine.computing.processor import processor_name, usable_cores


def test_the_processor_has_a_name() -> None:
    assert processor_name().strip()


@pytest.mark.skipif(not Path("/proc/cpuinfo").exists(), reason="Linux tells the exact name")
def test_it_is_the_one_that_the_system_tells() -> None:
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    assert not models or processor_name() == models[0]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process to some cores")
def test_cores_are_those_this_process_may_use() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
