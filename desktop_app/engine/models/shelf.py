"""The models there are: the person's own and those that came with the program; found, checked, added and removed."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.engine import paths
from desktop_app.engine.errors import ModelError
from desktop_app.engine.files import is_folder
from desktop_app.engine.language import decimal, tr, tr_noop
from desktop_app.engine.models import parcel, words
from desktop_app.engine.models.card import (
    CARD_FILE,
    MAX_NAME,
    MODEL_FILES,
    NAME_PATTERN,
    ONNX_FILES,
    WORDS_FILE,
    ModelCard,
    Precision,
    load_card,
)
from desktop_app.engine.models.runtime import CPU, open_session
from desktop_app.engine.models.trial import depends_on_company, is_blind
from desktop_app.engine.wording import display_path

_log = logging.getLogger(__name__)

SHIPPED_TEXTS = (
    tr_noop("Everyday photos"),
    tr_noop(
        "Learned from 46,000 small everyday photos what a small network makes of them that had itself been trained on "
        "ImageNet's labels: people, animals, food, rooms, streets, clothes, things. Our own training used no label."
    ),
    tr_noop("Everyday photos (no labels)"),
    tr_noop(
        "Learned from 46,000 small everyday photos without any labels: people, animals, food, rooms, streets, clothes, "
        "textures."
    ),
)
"""What the cards that come with the program say, here to be translated: cards themselves are in English."""


def find_models() -> tuple[ModelCard, ...]:
    """The cards of the person's and the program's models, by name; the person's own stands for one of the same name."""
    return tuple(found for found in _look() if isinstance(found, ModelCard))


def unreadable_models() -> tuple[ModelError, ...]:
    """Why each folder among the models that is left out of `find_models` cannot be used."""
    return tuple(found for found in _look() if isinstance(found, ModelError))


def _look() -> Iterator[ModelCard | ModelError]:
    for folder in _folders():
        try:
            yield _load_named(folder)
        except ModelError as error:
            yield error


def _folders() -> list[Path]:
    """What may be models, by name, one of each name."""
    folders: dict[str, Path] = {}
    for parent in _places():
        with contextlib.suppress(OSError):  # the person's models folder may be nobody's, or not there
            for folder in sorted(parent.iterdir()):
                if _is_name(folder.name) and folder.is_dir():
                    folders.setdefault(folder.name, folder)
    return [folders[name] for name in sorted(folders)]


def resolve(name: str) -> ModelCard:
    """The card of a model by name, the person's own before a shipped one.

    Raises:
        ModelError: ``unknown-model``, or what `load_card` raises. A damaged model of the person does not give way to
            a shipped one in silence.
    """
    if _is_name(name):
        for parent in _places():
            if is_folder(parent / name):
                return _load_named(parent / name)
    known = ", ".join(model.name for model in find_models()) or tr("none", "known models")
    hint = tr("Known models: {names}.", names=known)
    if not _is_name(name):  # a path, most likely
        adding = tr("`kindred models add FOLDER` adds one.")
        hint = f"{hint} {adding}"
    raise ModelError("unknown-model", tr("There is no model called {name}.", name=repr(name)), hint)


def check(card: ModelCard) -> dict[Precision, float]:
    """Check a model whole: hash, contents, inputs, outputs and probe of each precision, and its words, on the CPU.

    Returns:
        Cosine between probe and card for each precision. A low one for int8 is no error: where a CPU gives
        other numbers, the float model is used.

    Raises:
        ModelError: ``model-mismatch`` and what `ModelCard.read_onnx` raises.
    """
    cosines: dict[Precision, float] = {}
    for precision in card.precisions:
        session = open_session(card, card.read_onnx(precision), CPU)
        cosines[precision] = session.probe(precision)
        if depends_on_company(session):
            raise ModelError(
                "model-mismatch",
                tr(
                    "{folder}: a picture's embedding depends on what other pictures are run with it ({precision}).",
                    folder=display_path(card.folder),
                    precision=precision,
                ),
                tr("Such vectors cannot be compared from one run to the next."),
            )
    if cosines["float"] < card.probe.min_cosine:
        raise ModelError(
            "model-mismatch",
            tr(
                "{folder}: the probe's embedding has cosine {cosine} with the card's, at least {least} is needed.",
                folder=display_path(card.folder),
                cosine=decimal(cosines["float"], 4),
                least=card.probe.min_cosine,
            ),
            tr("Weights, preprocessing and card do not belong together."),
        )
    if card.words is not None:
        words.check(card)
    return cosines


def warnings(card: ModelCard) -> tuple[str, ...]:
    """What speaks against using a model that `check` has found in order, a sentence each.

    Raises:
        ModelError: what `check` raises.
    """
    return tuple(
        tr(
            "{model} ({precision}): different pictures get one and the same embedding; its groups will mean nothing.",
            model=card.name,
            precision=precision,
        )
        for precision in card.precisions
        if is_blind(open_session(card, card.read_onnx(precision), CPU))
    )


def add(path: Path) -> ModelCard:
    """Check a model and copy it into the person's models folder under its own name.

    Args:
        path: any folder with a card and its ONNX files, one of these files, or a zip file of such a folder.

    Returns:
        The card as it now lies in the models folder.

    Raises:
        ModelError: what `parcel.opened`, `load_card` and `check` raise; ``model-exists``; ``models-folder`` when it
            cannot be written.
    """
    with parcel.opened(path) as folder:
        return _add(folder)


def _add(folder: Path) -> ModelCard:
    card = load_card(folder)
    check(card)
    target = paths.user_models_dir() / card.name
    if is_folder(target):
        raise ModelError(
            "model-exists",
            tr("There is a model called {name} already: {folder}.", name=card.name, folder=display_path(target)),
            tr("Remove it first."),
        )
    try:
        # A leading dot is no model's name: a copy that is cut off is never taken for a model.
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=target.parent) as scratch:
            copy = Path(scratch) / card.name
            copy.mkdir()
            more = (WORDS_FILE,) if card.words else ()
            for name in (CARD_FILE, *(ONNX_FILES[precision] for precision in card.precisions), *more):
                shutil.copyfile(folder / name, copy / name)
            check(load_card(copy))
            os.rename(copy, target)  # noqa: PTH104  (Path.rename reads as if it might replace)
    except OSError as error:
        text = tr("{folder} could not be written: {reason}.", folder=display_path(target), reason=error.strerror)
        raise ModelError("models-folder", text) from error
    _log.info("model %s added", card.name)
    return load_card(target)


def remove(name: str) -> None:
    """Remove one of the person's models: its card and ONNX files, and the folder if nothing else lies in it.

    Raises:
        ModelError: ``unknown-model``, ``model-shipped``, ``models-folder`` when it cannot be removed.
    """
    folder = paths.user_models_dir() / name
    if not is_own(name):
        shipped = resolve(name)
        text = tr("{model} came with the program and cannot be removed.", model=shipped.name)
        raise ModelError("model-shipped", text)
    try:
        for known in MODEL_FILES:
            (folder / known).unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        text = tr("{folder} could not be removed: {reason}.", folder=display_path(folder), reason=error.strerror)
        raise ModelError("models-folder", text) from error
    _log.info("model %s removed", name)


def is_own(name: str) -> bool:
    """Whether the person added that model, so that it can be removed."""
    return _is_name(name) and is_folder(paths.user_models_dir() / name)


def size(card: ModelCard) -> int:
    """Bytes that a model takes on the disk; what is not there counts nothing."""
    total = 0
    for name in MODEL_FILES:
        with contextlib.suppress(OSError):
            total += (card.folder / name).stat().st_size
    return total


def titles(cards: Sequence[ModelCard]) -> dict[str, str]:
    """What a person calls each model, by name; titles that are not alone have their names beside them."""
    often = Counter(card.title for card in cards)
    return {
        card.name: tr(card.title) if often[card.title] == 1 else f"{tr(card.title)} ({card.name})" for card in cards
    }


def name_for(base: ModelCard, folder: Path) -> str:
    """A name for a model that is made from another one and a folder: both names."""
    plain = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return f"{base.name}-{plain or 'own'}"[:MAX_NAME].rstrip("-._")


def free_name(wanted: str) -> str:
    """``wanted``, or with the first number behind it that no model has: ``photos-summer-2``."""
    taken = {folder.name for folder in _folders()}
    names = (wanted, *(f"{wanted[: MAX_NAME - len(end)].rstrip('-._')}{end}" for end in _numbers(len(taken))))
    return next(name for name in names if name not in taken)


def _numbers(count: int) -> Iterator[str]:
    return (f"-{number}" for number in range(2, count + 3))


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME and re.fullmatch(NAME_PATTERN, name) is not None


def _places() -> tuple[Path, Path]:
    return paths.user_models_dir(), paths.shipped_models_dir()  # the person's own first: it stands for a shipped one


def _load_named(folder: Path) -> ModelCard:
    card = load_card(folder)
    if card.name != folder.name:
        text = tr(
            "{file}: name: is {name}, the folder {folder}.",
            file=folder / CARD_FILE,
            name=repr(card.name),
            folder=repr(folder.name),
        )
        raise ModelError("card-invalid", text)
    return card
