"""What a setting may be here and now, which depends on the models and methods there are."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.errors import UsageError
from desktop_app.engine.language import tr
from desktop_app.engine.models.shelf import find_models
from desktop_app.engine.settings import FILE, Settings, as_table, declaration, settings_file
from desktop_app.engine.strict import StrictError, from_words, read
from desktop_app.engine.wording import display_path


def choices_of(name: str) -> tuple[str, ...]:
    """What a setting may be here and now: what was declared, or the models and methods there are.

    Returns:
        Empty where bounds decide.

    Raises:
        UsageError: ``unknown-setting``.
    """
    if name == "model":
        return tuple(card.name for card in find_models())
    if name == "method":
        return tuple(CLUSTERERS)
    return declaration(name).choices


def changed(settings: Settings, name: str, words: Sequence[str]) -> Settings:
    """The settings with one of them as a person typed it, checked against its bounds and against what exists.

    Args:
        settings: as they are.
        name: of the setting.
        words: one, or any number for a setting that is a list.

    Raises:
        UsageError: ``unknown-setting``; ``bad-setting``, naming the choices where there are some.
    """
    existing = choices_of(name)
    hint = tr("Choose one of: {names}.", names=", ".join(existing)) if existing else ""
    try:
        new = read(Settings, as_table(settings) | {name: from_words(Settings, name, words)})
    except StrictError as error:
        raise UsageError("bad-setting", f"{error}.", "" if declaration(name).choices else hint) from error
    if any("\ud800" <= letter <= "\udfff" for word in words for letter in word):  # how bytes of no encoding come in
        raise UsageError(
            "bad-setting", tr("{name}: holds bytes that are no text; {file} could not keep them.", name=name, file=FILE)
        )
    if existing and getattr(new, name) not in existing:
        raise UsageError("bad-setting", tr("{name}: there is no “{value}”.", name=name, value=getattr(new, name)), hint)
    return new


def check_saved(settings: Settings, *names: str) -> None:
    """Say which setting of the file asks for a model or method that is not there.

    Raises:
        UsageError: ``settings-invalid``, naming file, key and choices.
    """
    for name in names:
        value = getattr(settings, name)
        if value not in choices_of(name):
            raise UsageError(
                "settings-invalid",
                tr(
                    "{file}: {name}: there is no “{value}”.", file=display_path(settings_file()), name=name, value=value
                ),
                tr(
                    "Choose one of: {names}. For example: kindred settings unset {name}.",
                    names=", ".join(choices_of(name)),
                    name=name,
                ),
            )
