"""Fixtures for every room: a home of its own for each test, and the sample data where it is at hand."""

from __future__ import annotations

import os
import random
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from desktop_app.engine.settings import Settings
from tests.helpers import figures
from tests.helpers.chance import LARGEST_SEED
from tests.helpers.sample_data import sample_data

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A fault test that fails tells the seed of its choices."""
    report = yield
    if report.failed and "tests/faults" in item.path.as_posix():
        report.sections.append(("random choices", f"--fault-seed={item.config.option.fault_seed} repeats them"))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Reports of several processes: names that are no text, which tests print and log, cannot be sent as they are."""
    return _sendable((yield))


def _sendable(told: Any) -> Any:
    if isinstance(told, str):
        return told.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(told, list | tuple):
        return type(told)(map(_sendable, told))
    return {key: _sendable(value) for key, value in told.items()} if isinstance(told, dict) else told


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the figures over where this process is one of several."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = figures.found()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over the figures of another process."""
    figures.merge(getattr(node, "workeroutput", {}).get("figures", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the fault tests that were run, and how many could not run here."""
    skipped = [report for report in terminalreporter.getreports("skipped") if "faults" in report.nodeid]
    lines = figures.table()
    if lines:
        terminalreporter.section("figures", sep="-")
        for line in [*lines, f"fault tests skipped: {len(skipped)}"]:
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def kindred_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cache, journals, settings and models of this test alone; no test can reach a person's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("KINDRED_HOME", str(home))
    return home


@pytest.fixture
def settings(kindred_home: Path) -> Settings:
    """Settings whose model is a tiny one in the models folder of this test."""
    from tests.helpers.tiny_model import make_tiny_model  # which needs onnx, as most tests do not

    make_tiny_model(kindred_home / "models" / "tiny")
    return Settings(model="tiny", workers=2)


@pytest.fixture
def kindred_data(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of sample data, which ``KINDRED_DATA`` names for all that the test starts; skipped where absent."""
    folder = sample_data()
    if not folder.is_dir():
        pytest.skip(f"no sample data: {folder} is no folder (KINDRED_DATA names another)")
    monkeypatch.setenv("KINDRED_DATA", str(folder))
    return folder
