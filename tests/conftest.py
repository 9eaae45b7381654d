"""Fixtures for every room: a home of its own for each test, and the sample data where it is at hand."""

from __future__ import annotations

import os
import random
from pathlib import Path

import hypothesis
import pytest

from tests.helpers.chance import LARGEST_SEED

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says something about the machine, not about the program; and no test here minds that its
# examples share a folder.
hypothesis.settings.register_profile(
    "kindred",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
    print_blob=True,
)
hypothesis.settings.load_profile("kindred")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("kindred").addoption(
        "--fault-seed",
        type=int,
        metavar="SEED",
        help="seed of every random choice of the fault tests; each run prints its own. It repeats which file, call or "
        "byte is hit; where a signal meets a process at work, the moment may still differ by microseconds.",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.option.fault_seed is None:
        config.option.fault_seed = random.SystemRandom().randint(0, LARGEST_SEED)


def pytest_report_header(config: pytest.Config) -> str:
    return f"random choices of the fault tests: --fault-seed={config.option.fault_seed}"


@pytest.fixture(autouse=True)
def kindred_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache, journals, settings and models of this test alone; no test can reach a person's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("KINDRED_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def kindred_data() -> Path:
    """The folder of sample data that ``KINDRED_DATA`` names; tests that want it are skipped where it is absent."""
    folder = Path(os.environ.get("KINDRED_DATA") or ROOT.parent / "shared" / "data").resolve()
    if not folder.is_dir():
        pytest.skip(f"no sample data: {folder} is no folder (KINDRED_DATA names another)")
    return folder
