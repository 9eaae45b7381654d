"""Where Kindred keeps its own files. A person's photo folders stay free of them.

``KINDRED_HOME`` puts everything under one folder (a portable installation, a test); without it the platform's own
places are used.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "kindred"


def _place(kind: str, platform_folder: str) -> Path:
    home = os.environ.get("KINDRED_HOME")
    return Path(home) / kind if home else Path(platform_folder)


def _home(kind: str, platform_folder: str) -> Path:
    folder = _place(kind, platform_folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache_dir() -> Path:
    """Embeddings and thumbnails: expendable, rebuilt when lost. Made by the cache, which can do without."""
    return _place("cache", platformdirs.user_cache_dir(_APP, appauthor=False))


def journal_dir() -> Path:
    """The record of every file operation, needed for undo and recovery: not expendable."""
    return _home("journals", str(Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "journals"))


def config_dir() -> Path:
    """``settings.toml``."""
    return _home("config", platformdirs.user_config_dir(_APP, appauthor=False))


def user_models_dir() -> Path:
    """Models the person added, one folder each."""
    return _home("models", str(Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "models"))


def sample_album_dir() -> Path:
    """The album Kindred draws for a first look; empty until then, and the person's to keep or delete."""
    return _home("sample album", str(Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "sample album"))


def log_dir() -> Path:
    """Rotating log files."""
    return _home("logs", platformdirs.user_log_dir(_APP, appauthor=False))


def shipped_models_dir() -> Path:
    """Models that came with the program: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"
