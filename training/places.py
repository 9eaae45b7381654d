"""What the laboratory is called and where its things are: beside the package in a checkout, elsewhere when installed.

In a checkout the package is ``training``. A wheel installs it as ``kindred_training``, so that nobody gets an
``import training`` that they did not ask for; then nothing may be written beside it.
"""

from __future__ import annotations

import os
from pathlib import Path

from desktop_app.engine import paths
from desktop_app.engine.errors import UsageError

PACKAGE = Path(__file__).resolve().parent
NAME = __name__.partition(".")[0]
COMMAND = f"python -m {NAME}"
"""What a person types before the name of a command."""

CHECKOUT = PACKAGE.parent if NAME == "training" else None
"""The folder that holds the package and ``models``; None when the package is installed."""

CONFIGS = PACKAGE / "configs"
SHIPPED_RESULTS = PACKAGE / "results"
"""The figures that came with the program."""

RUNS = CHECKOUT / "runs" if CHECKOUT else Path("runs")
"""Runs and what can be computed again: in the checkout, or below the folder that a command is given in."""

RESULTS = SHIPPED_RESULTS if CHECKOUT else RUNS / "results"
"""Where figures are written as they are measured."""

RESULTS_MD = PACKAGE / "RESULTS.md" if CHECKOUT else RUNS / "RESULTS.md"

PICTURES = CHECKOUT / "docs" / "images" / "methods" if CHECKOUT else RUNS / "pictures"
"""Where the pictures of methods are drawn: those that the papers of the checkout show."""


def models() -> Path:
    """Where runs are exported to: the models that the checkout ships, or else the person's own."""
    return CHECKOUT / "models" if CHECKOUT else paths.user_models_dir()


def data() -> Path:
    """The folder of data that ``KINDRED_DATA`` names.

    Raises:
        UsageError: ``data-unset``.
    """
    if folder := data_if_named():
        return folder
    raise UsageError(
        "data-unset",
        "The folder of the data is not known: KINDRED_DATA is not set.",
        "Set it, as in: export KINDRED_DATA=FOLDER",
    )


def data_if_named() -> Path | None:
    """The folder that ``KINDRED_DATA`` names, for what can do without."""
    named = os.environ.get("KINDRED_DATA")
    return Path(named) if named else None
