"""The same seed gives the same random choices, in one process and in another; a failure says which seed it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.chance import generator

ROOT = Path(__file__).resolve().parents[2]
DRAWS = """
import pytest

@pytest.mark.parametrize("name", ["one", "other"])
def test_draw(name, chance, fault_seed):
    pytest.fail(f"drew {name}: {[chance.randrange(1000) for _ in range(5)]} {fault_seed}")
"""


def test_a_test_draws_the_same_whatever_was_drawn_before_it() -> None:
    first = [generator(7, "a").random() for _ in range(3)]
    assert len(set(first)) == 1
    assert len({first[0], generator(8, "a").random(), generator(7, "b").random()}) == 3


@pytest.fixture
def drawn(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Runs two fault tests that tell what they drew, in a process of its own."""
    folder = tmp_path / "tests" / "faults"
    folder.mkdir(parents=True)
    (folder / "test_draws.py").write_text(DRAWS, encoding="utf-8")

    def run(*options: str) -> tuple[set[str], set[str]]:
        plugins = ["-p", "tests.conftest", "-p", "tests.faults.conftest", "-c", os.devnull]
        command = [sys.executable, "-m", "pytest", *plugins, str(folder), *options]
        environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # loading them takes seconds
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stdout + done.stderr
        draws = set(re.findall(r"^E +Failed: (drew .*)", done.stdout, re.MULTILINE))
        return draws, set(re.findall(r"--fault-seed=(\d+) repeats them", done.stdout))

    return run


def test_the_seed_of_a_failure_repeats_it(drawn) -> None:  # type: ignore[no-untyped-def]
    draws, seeds = drawn("-p", "pytest_randomly")
    assert len(draws) == 2
    (seed,) = seeds
    alone, again = drawn(f"--fault-seed={seed}", "-k", "other")
    assert len(alone) == 1
    assert alone < draws
    assert again == seeds
