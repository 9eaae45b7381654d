"""The model card: the only contract between the laboratory and the app.

A model is a folder with ``card.json`` and ``model.onnx`` (and ``model.int8.onnx`` where the card has ``int8``).
Models are data: pinned by SHA-256, bounded in size, without external files, custom operators or pickles.
``models/card.schema.json`` says the same as the dataclasses here, for other tools.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn

import numpy as np
from PIL import Image

from desktop_app.engine import paths
from desktop_app.engine.errors import ModelError
from desktop_app.engine.models.onnx_safety import MAX_ONNX_BYTES, UnsafeModel, refuse_unsafe
from desktop_app.engine.strict import StrictError, limits, read
from desktop_app.engine.types import Float32Array

Precision = Literal["float", "int8"]

CARD_FILE = "card.json"
ONNX_FILES: dict[Precision, str] = {"float": "model.onnx", "int8": "model.int8.onnx"}
NAME_PATTERN = r"(?!(con|prn|aux|nul|com\d|lpt\d)(\.|$))[a-z0-9]+([._-][a-z0-9]+)*"
"""A model's name is the name of its folder on every system: no separators, no device names, no leading dot."""
MAX_NAME = 64

_MAX_CARD_BYTES = 4 * 2**20
_SHA256 = r"[0-9a-f]{64}"
_NODE_NAME = r"[A-Za-z0-9_][A-Za-z0-9_./:-]*"


@dataclass(frozen=True, slots=True)
class InputSpec:
    """The model's one input: float32[N, 3, size, size], RGB."""

    name: str = field(metadata=limits(pattern=_NODE_NAME, max_length=100))
    size: int = field(metadata=limits(low=8, high=1024))
    layout: Literal["NCHW"]
    dtype: Literal["float32"]


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How a picture becomes the input; values are scaled to 0..1 before mean and std. See `preprocess.preprocess`."""

    resize: Literal["short-side", "squash", "pad"]
    resize_to: int = field(metadata=limits(low=8, high=2048))
    interpolation: Literal["box", "bilinear", "bicubic", "lanczos"]
    crop: Literal["center"]
    mean: tuple[float, ...] = field(metadata=limits(min_length=3, max_length=3, low=-10, high=10))
    std: tuple[float, ...] = field(metadata=limits(min_length=3, max_length=3, low=1e-3, high=100))


@dataclass(frozen=True, slots=True)
class EmbeddingOutput:
    """float32[N, dim]."""

    name: str = field(metadata=limits(pattern=_NODE_NAME, max_length=100))
    dim: int = field(metadata=limits(low=1, high=16384))


@dataclass(frozen=True, slots=True)
class ClusterOutput:
    """Cluster probabilities, float32[N, number]."""

    name: str = field(metadata=limits(pattern=_NODE_NAME, max_length=100))
    number: int = field(metadata=limits(low=2, high=16384))


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the model gives."""

    embedding: EmbeddingOutput
    clusters: ClusterOutput | None = None


@dataclass(frozen=True, slots=True)
class Int8:
    """The quantized twin for the CPU."""

    onnx_sha256: str = field(metadata=limits(pattern=_SHA256))
    neighbor_overlap_at_10: float = field(metadata=limits(low=0, high=1))
    probe_embedding: tuple[float, ...] = field(metadata=limits(min_length=1, max_length=16384))


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the weights come from; ``figures`` are those reached, ``config`` the training's."""

    data: str
    method: str
    config: dict[str, Any]
    seed: int = field(metadata=limits(low=0, high=2**63 - 1))
    git_commit: str
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Probe:
    """A small picture and the embedding it must give."""

    png_base64: str = field(metadata=limits(min_length=1, max_length=2**20))
    embedding: tuple[float, ...] = field(metadata=limits(min_length=1, max_length=16384))
    min_cosine: float = field(metadata=limits(low=0.9, high=1))

    def image(self) -> Image.Image:
        """The picture, RGB.

        Raises:
            StrictError: it is not a PNG of at most 1024 pixels a side.
        """
        try:
            png = Image.open(io.BytesIO(base64.b64decode(self.png_base64, validate=True)), formats=["PNG"])
            if max(png.size) > 1024:
                raise StrictError("probe.png_base64", "is larger than 1024 pixels a side")
            return png.convert("RGB")
        except StrictError:
            raise
        except (OSError, SyntaxError, ValueError) as error:
            # Pillow raises SyntaxError for broken PNG chunks, base64 a ValueError.
            raise StrictError("probe.png_base64", "is not a PNG") from error


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model, as its card describes it. ``folder`` is where it lies and no part of the card."""

    schema_version: Literal[1]
    name: str = field(metadata=limits(pattern=NAME_PATTERN, max_length=MAX_NAME))
    title: str = field(metadata=limits(min_length=1, max_length=200))
    description: str = field(metadata=limits(max_length=10_000))
    onnx_sha256: str = field(metadata=limits(pattern=_SHA256))
    input: InputSpec
    preprocessing: Preprocessing
    outputs: Outputs
    licence: str = field(metadata=limits(min_length=1, max_length=1000))
    provenance: Provenance
    probe: Probe
    folder: Path
    int8: Int8 | None = None

    @property
    def precisions(self) -> tuple[Precision, ...]:
        """The precisions the model comes in, float first."""
        return ("float", "int8") if self.int8 else ("float",)

    def sha256(self, precision: Precision) -> str:
        """Expected SHA-256 of that precision's ONNX file, hex. The card must have that precision."""
        if precision == "float":
            return self.onnx_sha256
        if self.int8 is None:
            raise ValueError("the card has no int8 model")
        return self.int8.onnx_sha256

    def read_onnx(self, precision: Precision = "float") -> bytes:
        """Read that precision's ONNX file, checked against the card.

        Raises:
            ModelError: ``model-missing``, ``model-too-large``, ``model-mismatch`` (SHA-256), ``model-unsafe``.
        """
        path = self.folder / ONNX_FILES[precision]
        try:
            if path.stat().st_size > MAX_ONNX_BYTES:
                raise ModelError("model-too-large", f"{path} is larger than {MAX_ONNX_BYTES >> 20} MiB.")
            data = path.read_bytes()
        except OSError as error:
            raise ModelError("model-missing", f"{path} could not be read: {error.strerror}.") from error
        if hashlib.sha256(data).hexdigest() != self.sha256(precision):
            raise ModelError(
                "model-mismatch",
                f"{path} is not the file its card describes (SHA-256 differs).",
                "Get the model again from where it came from.",
            )
        try:
            refuse_unsafe(data)
        except UnsafeModel as error:
            raise ModelError("model-unsafe", f"{path} is refused: {error}.") from error
        return data


def load_card(folder: Path) -> ModelCard:
    """Read and check a card. The ONNX files are not opened here; see `ModelCard.read_onnx`.

    Args:
        folder: the model's folder.

    Raises:
        ModelError: ``card-missing`` or ``card-invalid``, naming the file and the key.
    """
    path = folder / CARD_FILE
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_CARD_BYTES + 1)
    except OSError as error:
        raise ModelError("card-missing", f"{path} could not be read: {error.strerror}.") from error
    try:
        if len(raw) > _MAX_CARD_BYTES:
            raise StrictError("", f"is larger than {_MAX_CARD_BYTES >> 20} MiB")
        data = json.loads(raw.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
        card = read(ModelCard, data, folder=folder)
        _check_relations(card)
    except StrictError as error:
        raise ModelError("card-invalid", f"{path}: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise ModelError("card-invalid", f"{path} is not valid JSON: {error}.") from error
    return card


def _check_relations(card: ModelCard) -> None:
    """What no single key can say."""
    if card.preprocessing.resize_to < card.input.size:
        raise StrictError("preprocessing.resize_to", "is smaller than input.size")
    dim = card.outputs.embedding.dim
    expected = {"probe.embedding": card.probe.embedding}
    if card.int8 is not None:
        expected["int8.probe_embedding"] = card.int8.probe_embedding
    for key, embedding in expected.items():
        if len(embedding) != dim:
            raise StrictError(key, f"has {len(embedding)} numbers, outputs.embedding.dim is {dim}")
        if not any(embedding):
            raise StrictError(key, "is zero everywhere")
    card.probe.image()


def _no_constant(name: str) -> NoReturn:
    raise StrictError("", f"holds {name}, which is not JSON")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise StrictError("", "has a key twice in one table")
    return table


def cosine(a: Float32Array, b: Float32Array) -> float:
    """Cosine of two vectors, 0 where one is zero."""
    scale = float(np.linalg.norm(a.astype(np.float64)) * np.linalg.norm(b.astype(np.float64)))
    return float(a.astype(np.float64) @ b.astype(np.float64)) / scale if scale else 0.0


def find_models() -> tuple[ModelCard, ...]:
    """The cards of the person's and the program's models, by name; the person's own stands for one of the same name."""
    return tuple(found for found in _look() if isinstance(found, ModelCard))


def unreadable_models() -> tuple[ModelError, ...]:
    """Why each folder among the models that is left out of `find_models` cannot be used."""
    return tuple(found for found in _look() if isinstance(found, ModelError))


def _look() -> Iterator[ModelCard | ModelError]:
    folders: dict[str, Path] = {}
    for parent, _ in _places():
        for folder in parent.iterdir() if parent.is_dir() else ():
            if folder.is_dir() and _is_name(folder.name):
                folders.setdefault(folder.name, folder)
    for name in sorted(folders):
        try:
            yield _load_named(folders[name])
        except ModelError as error:
            yield error


def resolve(name: str) -> ModelCard:
    """The card of a model by name, the person's own before a shipped one.

    Raises:
        ModelError: ``unknown-model``, or what `load_card` raises. A damaged model of the person does not give way to
            a shipped one in silence.
    """
    if _is_name(name):
        for parent, _ in _places():
            if (parent / name).is_dir():
                return _load_named(parent / name)
    known = ", ".join(model.name for model in find_models()) or "none"
    raise ModelError("unknown-model", f"There is no model called {name!r}.", f"Known models: {known}.")


def check(card: ModelCard) -> dict[Precision, float]:
    """Check a model whole: hash, contents, inputs, outputs and probe of each precision, on the CPU.

    Returns:
        Cosine between probe and card for each precision. A low one for int8 is no error: where a CPU gives
        other numbers, the float model is used.

    Raises:
        ModelError: ``model-mismatch`` and what `ModelCard.read_onnx` raises.
    """
    from desktop_app.engine.models.runtime import open_session

    cosines: dict[Precision, float] = {}
    for precision in card.precisions:
        session = open_session(card, card.read_onnx(precision), "CPUExecutionProvider")
        cosines[precision] = session.probe(precision)
    if cosines["float"] < card.probe.min_cosine:
        raise ModelError(
            "model-mismatch",
            f"{card.folder}: the probe's embedding has cosine {cosines['float']:.4f} with the card's, "
            f"at least {card.probe.min_cosine} is needed.",
            "Weights, preprocessing and card do not belong together.",
        )
    return cosines


def add(folder: Path) -> ModelCard:
    """Check a model and copy it into the person's models folder under its own name.

    Args:
        folder: any folder with a card and its ONNX files.

    Returns:
        The card as it now lies in the models folder.

    Raises:
        ModelError: what `load_card` and `check` raise; ``model-exists``; ``models-folder`` when it cannot be written.
    """
    card = load_card(folder)
    check(card)
    target = paths.user_models_dir() / card.name
    if target.exists():
        raise ModelError("model-exists", f"There is a model called {card.name} already: {target}.", "Remove it first.")
    try:
        # A leading dot is no model's name: a copy that is cut off is never taken for a model.
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=target.parent) as scratch:
            copy = Path(scratch) / card.name
            copy.mkdir()
            for name in (CARD_FILE, *(ONNX_FILES[precision] for precision in card.precisions)):
                shutil.copyfile(folder / name, copy / name)
            check(load_card(copy))
            os.rename(copy, target)  # noqa: PTH104  (Path.rename reads as if it might replace)
    except OSError as error:
        raise ModelError("models-folder", f"{target} could not be written: {error.strerror}.") from error
    return load_card(target)


def remove(name: str) -> None:
    """Remove one of the person's models: its card and ONNX files, and the folder if nothing else lies in it.

    Raises:
        ModelError: ``unknown-model``, ``model-shipped``, ``models-folder`` when it cannot be removed.
    """
    folder = paths.user_models_dir() / name
    if not _is_name(name) or not folder.is_dir():
        shipped = resolve(name)
        raise ModelError("model-shipped", f"{shipped.name} came with the program and cannot be removed.")
    try:
        for known in (CARD_FILE, *ONNX_FILES.values()):
            (folder / known).unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()
    except OSError as error:
        raise ModelError("models-folder", f"{folder} could not be removed: {error.strerror}.") from error


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME and re.fullmatch(NAME_PATTERN, name) is not None


def _places() -> Sequence[tuple[Path, bool]]:
    return (paths.user_models_dir(), False), (paths.shipped_models_dir(), True)


def _load_named(folder: Path) -> ModelCard:
    card = load_card(folder)
    if card.name != folder.name:
        raise ModelError("card-invalid", f"{folder / CARD_FILE}: name: is {card.name!r}, the folder {folder.name!r}.")
    return card
