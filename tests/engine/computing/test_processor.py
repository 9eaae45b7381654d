from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app.engine.computing import processor
from desktop_app.engine.computing.processor import processor_kind, processor_name, usable_cores


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


def test_processors_of_one_name_that_can_do_other_things_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virtual machine calls several generations the same."""
    told = tmp_path / "cpuinfo"
    monkeypatch.setattr(processor, "_TOLD_BY_LINUX", told)

    def kind(text: str) -> str:
        told.write_text(text, encoding="utf-8")
        return processor_kind()

    old = kind("processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu avx2\n")
    new = kind("processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu avx2 avx512_vnni\n")
    assert old.startswith("AMD EPYC ")
    assert old != new
    assert new == kind("model name\t: AMD EPYC\nflags\t\t: avx512_vnni avx2 fpu\n\nflags\t\t: fpu\n")
    assert kind("Features\t: fp asimd\n") != kind("Features\t: fp asimd asimddp\n")
    told.unlink()
    assert processor_kind()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit a process to some cores")
def test_cores_are_those_this_process_may_use() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
