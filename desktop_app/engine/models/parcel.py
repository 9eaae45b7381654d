"""What a person points to when adding a model: its folder, a file in it, or a zip file that holds it."""

from __future__ import annotations

import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from desktop_app.engine.errors import ModelError
from desktop_app.engine.language import tr
from desktop_app.engine.models.card import CARD_FILE, MODEL_FILES
from desktop_app.engine.models.onnx_safety import MAX_ONNX_BYTES
from desktop_app.engine.wording import display_path

_CHUNK = 1 << 20
# What zipfile raises for what others have written; a password is a RuntimeError, an unknown method NotImplementedError.
_UNFIT = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The folder of the model that ``path`` means, for as long as the block lasts.

    Args:
        path: a folder, the card or an ONNX file in it, or a zip file of such a folder. Only read.

    Raises:
        ModelError: ``not-a-model``, ``zip-damaged``, ``model-too-large``. What the block raises of an unpacked model
            names the zip file instead of where it was unpacked.
    """
    is_file = os.path.isfile(path)  # noqa: PTH113  (Path.is_file raises where one may not look)
    if not is_file or path.name in MODEL_FILES:
        yield path.parent if is_file else path
    elif zipfile.is_zipfile(path):
        with tempfile.TemporaryDirectory(prefix="kindred-model-", ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch)
            _unpack(path, folder)
            try:
                yield folder
            except ModelError as error:
                message = error.message.replace(display_path(folder), display_path(path))
                raise ModelError(error.code, message, error.hint) from error
    elif path.suffix.lower() == ".zip":
        raise _damaged(path, tr("it is no zip file, or only a part of one"))
    else:
        raise ModelError(
            "not-a-model",
            tr("{file} is no model.", file=display_path(path)),
            tr("Choose its folder, its {card} or a zip of both.", card=CARD_FILE),
        )


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = _model_inside(path, archive)
            known = set(archive.namelist())
            for name in MODEL_FILES:
                entry = str(inside / name)
                if entry in known:
                    _extract(path, archive, entry, folder / name)
    except _UNFIT as error:
        raise _damaged(path, getattr(error, "strerror", None) or str(error) or tr("it ends too early")) from error


def _model_inside(path: Path, archive: zipfile.ZipFile) -> PurePosixPath:
    """The one folder in the archive that holds a card; what macOS adds beside it is none."""
    cards = [PurePosixPath(name) for name in archive.namelist() if PurePosixPath(name).name == CARD_FILE]
    folders = [card.parent for card in cards if "__MACOSX" not in card.parts]
    if len(folders) != 1:
        raise _not_one(path, several=bool(folders))
    return folders[0]


def _extract(path: Path, archive: zipfile.ZipFile, entry: str, target: Path) -> None:
    left = MAX_ONNX_BYTES  # what the archive says of its sizes is not believed
    with archive.open(entry) as packed, target.open("xb") as file:
        while part := packed.read(_CHUNK):
            left -= len(part)
            if left < 0:
                text = tr(
                    "{archive}: {file} is larger than a model may be.", archive=display_path(path), file=target.name
                )
                raise ModelError("model-too-large", text)
            file.write(part)


def _damaged(path: Path, why: str) -> ModelError:
    text = tr("{file} cannot be unpacked: {reason}.", file=display_path(path), reason=why)
    return ModelError("zip-damaged", text, tr("Get it again from where it came from."))


def _not_one(path: Path, *, several: bool) -> ModelError:
    if several:
        text = tr("{file} holds several models.", file=display_path(path))
        return ModelError("not-a-model", text, tr("Unpack it, and add one folder after the other."))
    text = tr("{file} holds no {card}.", file=display_path(path), card=CARD_FILE)
    return ModelError("not-a-model", text, tr("Choose another file."))
