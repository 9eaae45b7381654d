"""Where Kindred keeps its own files. A person's photo folders stay free of them.

``KINDRED_HOME`` puts everything under one folder (a portable installation, a test); without it the platform's own
places are used. A place that cannot be made or reached reads as empty: who only looks at photos does without.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from desktop_app.engine.files import is_folder
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.wording import display_path

ANOTHER_PLACE = tr_noop("KINDRED_HOME names another place.")
"""What to do about a place that cannot be used."""
_APP = "kindred"
NOWHERE = Path(os.devnull)
"""Stands for the home of a user who has none: nothing is below it, and nothing can be made there."""


def _place(kind: str, platform_folder: Callable[..., str], below: str = "") -> Path:
    home = os.environ.get("KINDRED_HOME")
    if home:
        return Path(home) / kind
    try:
        folder = Path(platform_folder(_APP, appauthor=False), below)
    except RuntimeError:  # no HOME, and an account that the system does not know
        return NOWHERE / kind
    # Older platformdirs give "~/...", which would become a folder called ~ wherever one stands.
    return folder if folder.is_absolute() else NOWHERE / kind


def _home(kind: str, platform_folder: Callable[..., str], below: str = "") -> Path:
    folder = _place(kind, platform_folder, below)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def refusal(folder: Path) -> str:
    """Why nothing can be kept in one of these folders, as a sentence; empty where it can."""
    if NOWHERE in folder.parents:
        return tr("There is no home folder for this user.")
    there = is_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        shown, why = display_path(folder), error.strerror or error
        if there:
            return tr("The folder {folder} cannot be written ({why}).", folder=shown, why=why)
        return tr("The folder {folder} cannot be made ({why}).", folder=shown, why=why)


def cache_dir() -> Path:
    """Embeddings and thumbnails: expendable, rebuilt when lost. Made by the cache, which can do without."""
    return _place("cache", platformdirs.user_cache_dir)


def journal_dir() -> Path:
    """The record of every file operation, needed for undo and recovery: not expendable."""
    return _home("journals", platformdirs.user_data_dir, "journals")


def config_dir() -> Path:
    """``settings.toml``."""
    return _home("config", platformdirs.user_config_dir)


def user_models_dir() -> Path:
    """Models the person added, one folder each."""
    return _home("models", platformdirs.user_data_dir, "models")


def sample_album_dir() -> Path:
    """The album Kindred draws for a first look; empty until then, and the person's to keep or delete."""
    return _home("sample album", platformdirs.user_data_dir, "sample album")


def log_dir() -> Path:
    """Rotating log files."""
    return _home("logs", platformdirs.user_log_dir)


def shipped_models_dir() -> Path:
    """Models that came with the program: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"


def licences_page() -> Path:
    """The licences of all that a bundle holds; there only in a bundle, where its build puts it."""
    return Path(__file__).resolve().parents[1] / "THIRD-PARTY.txt"
