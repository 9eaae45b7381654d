"""The model card: the only contract between the laboratory and the app.

A model is a folder with ``card.json`` and ``model.onnx`` (and ``model.int8.onnx`` where the card has ``int8``, and
``words.onnx`` where it has ``words``).
Models are data: pinned by SHA-256, bounded in size, without external files, custom operators or pickles.
``models/card.schema.json`` says the same as the dataclasses here, for other tools.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn

from PIL import Image

from desktop_app.engine.errors import ModelError
from desktop_app.engine.files import regular_file
from desktop_app.engine.language import tr
from desktop_app.engine.models.onnx_safety import MAX_ONNX_BYTES, UnsafeModel, refuse_unsafe
from desktop_app.engine.strict import StrictError, limits, read
from desktop_app.engine.wording import display_path

Precision = Literal["float", "int8"]

CARD_FILE = "card.json"
ONNX_FILES: dict[Precision, str] = {"float": "model.onnx", "int8": "model.int8.onnx"}
WORDS_FILE = "words.onnx"
MODEL_FILES = (CARD_FILE, *ONNX_FILES.values(), WORDS_FILE)
"""All files that a model can consist of."""
NAME_PATTERN = r"(?!(con|prn|aux|nul|com\d|lpt\d)(\.|$))[a-z0-9]+([._-][a-z0-9]+)*"
"""A model's name is the name of its folder on every system: no separators, no device names, no leading dot."""
MAX_NAME = 64

_MAX_CARD_BYTES = 4 * 2**20
_SHA256 = r"[0-9a-f]{64}"
_NODE_NAME = r"[A-Za-z0-9_][A-Za-z0-9_./:-]*"
_WORD = r"[a-z0-9]+(-[a-z0-9]+)*"


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
class WordsHead:
    """Everyday words: ``words.onnx``, ``embedding`` float32[N, dim] -> probabilities ``words`` float32[N, W].

    ``names`` are W keys of `naming.words.WORDS`; the rest says where the head comes from and what it reached.
    """

    onnx_sha256: str = field(metadata=limits(pattern=_SHA256))
    names: tuple[str, ...] = field(metadata=limits(min_length=1, max_length=1024, pattern=_WORD))
    data: str
    method: str
    figures: dict[str, Any]


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
                raise StrictError("probe.png_base64", tr("is larger than 1024 pixels a side"))
            return png.convert("RGB")
        except StrictError:
            raise
        except (OSError, SyntaxError, ValueError) as error:
            # Pillow raises SyntaxError for broken PNG chunks, base64 a ValueError.
            raise StrictError("probe.png_base64", tr("is not a PNG")) from error


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
    words: WordsHead | None = None

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
        return self._checked(ONNX_FILES[precision], self.sha256(precision))

    def read_words(self) -> bytes:
        """Read ``words.onnx``, checked against the card, which must have words.

        Raises:
            ModelError: as `read_onnx`.
        """
        if self.words is None:
            raise ValueError("the card has no words")
        return self._checked(WORDS_FILE, self.words.onnx_sha256)

    def _checked(self, name: str, sha256: str) -> bytes:
        path = self.folder / name
        try:
            if path.stat().st_size > MAX_ONNX_BYTES:
                text = tr("{file} is larger than {limit} MiB.", file=display_path(path), limit=MAX_ONNX_BYTES >> 20)
                raise ModelError("model-too-large", text)
            with regular_file(path) as file:
                data = file.read()
        except OSError as error:
            raise ModelError("model-missing", _not_read(path, error)) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ModelError(
                "model-mismatch",
                tr("{file} is not the file its card describes (SHA-256 differs).", file=display_path(path)),
                tr("Get the model again from where it came from."),
            )
        try:
            refuse_unsafe(data)
        except UnsafeModel as error:
            text = tr("{file} is refused: {reason}.", file=display_path(path), reason=error)
            raise ModelError("model-unsafe", text) from error
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
        with regular_file(path) as file:
            raw = file.read(_MAX_CARD_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ModelError(
            "card-missing",
            tr("{folder} holds no {file}, so it is no model.", folder=display_path(folder), file=CARD_FILE),
            tr("Choose another folder."),
        ) from None
    except OSError as error:
        raise ModelError("card-missing", _not_read(path, error)) from error
    try:
        if len(raw) > _MAX_CARD_BYTES:
            raise StrictError("", tr("is larger than {limit} MiB", limit=_MAX_CARD_BYTES >> 20))
        data = json.loads(raw.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
        card = read(ModelCard, data, folder=folder)
        _check_relations(card)
    except StrictError as error:
        raise ModelError("card-invalid", f"{display_path(path)}: {error}.") from error
    except (ValueError, RecursionError) as error:
        text = tr("{file} is not valid JSON: {reason}.", file=display_path(path), reason=error)
        raise ModelError("card-invalid", text) from error
    return card


def _not_read(path: Path, error: OSError) -> str:
    return tr("{file} could not be read: {reason}.", file=display_path(path), reason=error.strerror)


def _check_relations(card: ModelCard) -> None:
    """What no single key can say."""
    if card.preprocessing.resize_to < card.input.size:
        raise StrictError("preprocessing.resize_to", tr("is smaller than input.size"))
    dim = card.outputs.embedding.dim
    expected = {"probe.embedding": card.probe.embedding}
    if card.int8 is not None:
        expected["int8.probe_embedding"] = card.int8.probe_embedding
    for key, embedding in expected.items():
        if len(embedding) != dim:
            raise StrictError(
                key, tr("has {number} numbers, outputs.embedding.dim is {dim}", number=len(embedding), dim=dim)
            )
        if not any(embedding):
            raise StrictError(key, tr("is zero everywhere"))
    if card.words is not None and len(set(card.words.names)) < len(card.words.names):
        raise StrictError("words.names", tr("names a word twice"))
    card.probe.image()


def _no_constant(name: str) -> NoReturn:
    raise StrictError("", tr("holds {name}, which is not JSON", name=name))


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise StrictError("", tr("has a key twice in one table"))
    return table
