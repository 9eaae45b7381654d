"""Which model is in use: choosing another, going back from one that was learned, and removing one that is in use."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.engine import settings
from desktop_app.engine.errors import ModelError
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import ModelCard
from desktop_app.engine.settings import Settings


def use(name: str) -> ModelCard:
    """Use a model from now on.

    Raises:
        ModelError: what `shelf.resolve` raises; nothing changed.
        UserError: what `settings.load` and `settings.save` raise.
    """
    card = shelf.resolve(name)
    settings.save(replace(settings.load(), model=name))
    return card


def model_before(card: ModelCard) -> ModelCard | None:
    """The model that ``card`` was learned from; None where it was not learned, or that model is not there any more."""
    base = card.provenance.config.get("base")
    if not isinstance(base, str) or base == card.name:
        return None
    try:
        return shelf.resolve(base)
    except ModelError:
        return None


def usual() -> str:
    """Name of the model that is in use where nobody chose one."""
    return Settings().model


def successor(card: ModelCard) -> str:
    """Name of the model that follows when ``card`` goes: the one it was learned from, or the usual one."""
    before = model_before(card)
    return before.name if before is not None else usual()


def remove(name: str) -> str:
    """Remove one of the person's models; where the settings name it, they name its successor from then on.

    Returns:
        Name of the model in use.

    Raises:
        ModelError: what `shelf.remove` raises; the settings are as they were.
        UserError: what `settings.load` and `settings.save` raise; the model is still there.
    """
    current = settings.load()
    follows = current.model
    if current.model == name and shelf.is_own(name):
        try:
            follows = successor(shelf.resolve(name))
        except ModelError:
            follows = usual()  # a damaged one can be removed, too
    if follows != current.model:
        # Before the files go: settings that name a model which is not there would refuse the next start.
        settings.save(replace(current, model=follows))
    try:
        shelf.remove(name)
    except ModelError:
        if follows != current.model:
            settings.save(current)
        raise
    return follows
