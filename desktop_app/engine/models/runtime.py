"""onnxruntime sessions: where a model runs, in which precision, and why."""

from __future__ import annotations

import hashlib
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.computing.processor import processor_kind, usable_cores
from desktop_app.engine.errors import ModelError
from desktop_app.engine.language import decimal, tr, tr_made, tr_noop
from desktop_app.engine.models.card import ModelCard, Precision
from desktop_app.engine.models.preprocess import preprocess
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Float32Array
from desktop_app.engine.wording import display_path

_EXACT = tr_noop("this processor adds int8 products exactly")
_GUARDED = tr_noop("int8 sums are guarded against overflow, which this processor needs")
_ON_CPU_INT8 = tr_noop("CPU, int8 ({precision}); {device}")
_ON_CPU_FLOAT = tr_noop("CPU, float ({precision}); {device}")
_INT8_WANTED = tr_noop("the settings ask for int8; {how}")
_INT8_FASTER = tr_noop("int8 runs {speed} times as fast as float here; {how}")
_CUDA_FAILED = tr_noop("CUDA failed: {reason}")
_REASONS = (_ON_CPU_INT8, _ON_CPU_FLOAT, _INT8_WANTED, _INT8_FASTER, _CUDA_FAILED)
"""Why a model runs as it does. Composed in English, since some of it is remembered, and logged."""

_log = logging.getLogger(__name__)

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
GROUP = 8
"""Pictures a run; more gains nothing on the CPU."""
_INT8_MIN_COSINE = 0.99
_INT8_WORTH = 1.2
_TIMINGS = 5
_ROUNDING = 1e-2


@dataclass(frozen=True, slots=True)
class Session:
    """A model that is loaded and fits its card; safe to run from several threads."""

    card: ModelCard
    provider: str
    raw: Any

    def run(self, batch: Float32Array) -> Float32Array:
        """Embed preprocessed pictures.

        Args:
            batch: float32[B, 3, S, S].

        Returns:
            float32[B, D].
        """
        return self.rows(batch)[:, : self.card.outputs.embedding.dim]

    def rows(self, batch: Float32Array) -> Float32Array:
        """All that the card names of each picture: the embedding, then the cluster probabilities where there are some.

        Args:
            batch: float32[B, 3, S, S].

        Returns:
            float32[B, D + C].
        """
        outputs = self.card.outputs
        names = [output.name for output in (outputs.embedding, outputs.clusters) if output is not None]
        found = self.raw.run(names, {self.card.input.name: batch})
        return np.asarray(found[0] if len(found) == 1 else np.concatenate(found, axis=1), np.float32)

    def probe(self, precision: Precision) -> float:
        """Cosine between the embedding of the card's probe picture and the one the card holds, 0 where undefined.

        Raises:
            ModelError: ``model-mismatch`` where its cluster output gives no probabilities.
        """
        card = self.card
        expected = card.int8.probe_embedding if precision == "int8" and card.int8 else card.probe.embedding
        row = self.rows(preprocess(card.probe.image(), card)[np.newaxis])[0]
        found, clusters = np.split(row, [card.outputs.embedding.dim])
        if card.outputs.clusters and not (clusters.min() >= 0 and abs(clusters.sum() - 1) <= _ROUNDING):
            text = tr("output {name} does not give probabilities", name=repr(card.outputs.clusters.name))
            raise _mismatch(card, text)
        return _cosine(found, np.asarray(expected, np.float32)) if np.isfinite(found).all() else 0.0


def _cosine(a: Float32Array, b: Float32Array) -> float:
    """Cosine of two vectors, 0 where one is zero."""
    scale = float(np.linalg.norm(a.astype(np.float64)) * np.linalg.norm(b.astype(np.float64)))
    return float(a.astype(np.float64) @ b.astype(np.float64)) / scale if scale else 0.0


def open_session(card: ModelCard, onnx: bytes, provider: str, *, guarded: bool = True) -> Session:
    """Load a model and compare its inputs and outputs with the card.

    One thread runs one picture: the pipeline's workers are what fills the cores.

    Args:
        card: the model's card.
        onnx: what `ModelCard.read_onnx` gave.
        provider: the onnxruntime provider wanted; `Session.provider` says which one it got.
        guarded: int8 products are added so that no sum overflows on any processor. Without it an int8 model runs in
            less than half the time where the processor adds in 32 bits (VNNI), and gives other numbers elsewhere.

    Raises:
        ModelError: ``model-mismatch`` where it cannot be loaded or does not fit.
    """
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # failures come back as exceptions; the terminal is not onnxruntime's
    options.add_session_config_entry("session.load_model_format", "ONNX")
    options.add_session_config_entry("session.x64quantprecision", "1" if guarded else "0")
    # TF32 would move vectors by more than the CPU and the GPU differ otherwise, and both share one cache.
    providers: list[Any] = [(CUDA, {"use_tf32": "0"}), CPU] if provider == CUDA else [provider]
    try:
        raw = ort.InferenceSession(onnx, options, providers=providers)
    except Exception as error:  # onnxruntime's errors share no base class below Exception
        reason = str(error).splitlines()[0][:300]
        text = tr(
            "{folder}: onnxruntime cannot load the model: {reason}", folder=display_path(card.folder), reason=reason
        )
        raise ModelError("model-mismatch", text) from error
    size = card.input.size
    _fits(card, tr("input"), raw.get_inputs(), {card.input.name: [None, 3, size, size]}, only=True)
    outputs = {card.outputs.embedding.name: [None, card.outputs.embedding.dim]}
    if card.outputs.clusters:
        outputs[card.outputs.clusters.name] = [None, card.outputs.clusters.number]
    _fits(card, tr("output"), raw.get_outputs(), outputs, only=False)
    return Session(card, raw.get_providers()[0], raw)


def _fits(card: ModelCard, kind: str, nodes: Any, expected: dict[str, list[int | None]], *, only: bool) -> None:
    """Compare the model's inputs or outputs with ``expected``: name -> shape, None for an axis of any length."""
    found = {node.name: node for node in nodes}
    if only and set(found) != set(expected):
        text = tr("its inputs are {found}, the card's {expected}", found=sorted(found), expected=sorted(expected))
        raise _mismatch(card, text)
    for name, shape in expected.items():
        if name not in found:
            raise _mismatch(card, tr("it has no {kind} called {name}", kind=kind, name=repr(name)))
        node = found[name]
        if node.type != "tensor(float)":
            text = tr("{kind} {name} is {type}, not float32", kind=kind, name=repr(name), type=node.type)
            raise _mismatch(card, text)
        # A named or unknown axis may have any length; one fixed at another length does not fit, nor a fixed batch.
        axes = [axis if isinstance(axis, int) else None for axis in node.shape]
        fits = len(axes) == len(shape) and all(
            axis is None or axis == wanted for axis, wanted in zip(axes, shape, strict=True)
        )
        if not fits:
            text = tr(
                "{kind} {name} has shape {shape}, the card says {expected}",
                kind=kind,
                name=repr(name),
                shape=node.shape,
                expected=shape,
            )
            raise _mismatch(card, text)


def _mismatch(card: ModelCard, reason: str) -> ModelError:
    folder = display_path(card.folder)
    text = tr("{folder}: the model does not match its card: {reason}.", folder=folder, reason=reason)
    return ModelError("model-mismatch", text)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A session and why it is this one."""

    session: Session
    precision: Precision
    reason: str


def choose(card: ModelCard, settings: Settings, cache: Cache | None = None) -> Chosen:
    """Open a model where it runs best: CUDA in float where that works, else the CPU, in int8 where that pays.

    A session counts only once it has given the probe's embedding. Whether int8 pays is timed once per machine and
    model and remembered in the cache, since another precision means other vectors.

    Args:
        card: the model.
        settings: ``device`` and ``precision`` may force the choice.
        cache: remembers the timing; without it each call times again.

    Raises:
        ModelError: the model's files do not match the card, or the CPU does not give the probe's embedding.
    """
    if settings.device == "cpu":
        why_cpu = tr_noop("the settings ask for the CPU")
    elif settings.device == "auto" and settings.precision == "int8" and card.int8:
        why_cpu = tr_noop("the settings ask for int8, which runs on the CPU")
    else:
        session, why_cpu = _try_cuda(card)
        if session is not None:
            return Chosen(session, "float", tr_noop("CUDA device found and checked with the model's probe"))
    precision: Precision = "float"
    why_precision = tr_noop("this model has no int8 form")
    if settings.precision == "float":
        why_precision = tr_noop("the settings ask for float")
    elif card.int8:
        quantized, how = _open_int8(card, cache)
        if quantized.probe("int8") < _INT8_MIN_COSINE:
            why_precision = tr_noop("int8 gives other numbers on this CPU")
        elif settings.precision == "int8":
            precision, why_precision = "int8", _INT8_WANTED.format(how=how)
        else:
            speed = _int8_speed(card, quantized, how, cache)
            why_precision = _INT8_FASTER.format(speed=f"{speed:.1f}", how=how)
            precision = "int8" if speed >= _INT8_WORTH else "float"
        if precision == "int8":
            return Chosen(quantized, precision, _ON_CPU_INT8.format(precision=why_precision, device=why_cpu))
    session = open_session(card, card.read_onnx(), CPU)
    if (found := session.probe("float")) < card.probe.min_cosine:
        text = tr("the probe's embedding has cosine {cosine} with the card's", cosine=decimal(found, 4))
        raise _mismatch(card, text)
    return Chosen(session, precision, _ON_CPU_FLOAT.format(precision=why_precision, device=why_cpu))


def _try_cuda(card: ModelCard) -> tuple[Session | None, str]:
    """A session that really runs on CUDA, or why there is none."""
    import onnxruntime as ort

    if CUDA not in ort.get_available_providers():
        return None, tr_noop("CUDA is not installed: onnxruntime has only its CPU provider")
    try:
        session = open_session(card, card.read_onnx(), CUDA)
        if session.provider != CUDA:
            return None, tr_noop("CUDA did not start: no device, or its libraries are missing")
        if session.probe("float") < card.probe.min_cosine:
            return None, tr_noop("CUDA gives other numbers than the model's card")
    except Exception as error:  # noqa: BLE001  (boundary: drivers fail in any way they like, the CPU is still there)
        return None, _CUDA_FAILED.format(reason=str(error).splitlines()[0][:200])
    return session, ""


def _open_int8(card: ModelCard, cache: Cache | None) -> tuple[Session, str]:
    """The int8 model in the fastest form that gives the guarded form's numbers bit for bit, and which form it is.

    So vectors do not depend on the machine that made them. What was found is remembered per model and processor.
    """
    onnx = card.read_onnx("int8")
    key = _per_processor("int8-exact", card)
    remembered = cache.meta_get(key) if cache else None
    if remembered in (_EXACT, _GUARDED):
        return open_session(card, onnx, CPU, guarded=remembered == _GUARDED), remembered
    guarded, plain = open_session(card, onnx, CPU), open_session(card, onnx, CPU, guarded=False)
    how = _EXACT if same_numbers(guarded, plain) else _GUARDED
    if cache:
        cache.meta_set(key, how)
    return (plain if how == _EXACT else guarded), how


def same_numbers(one: Session, other: Session) -> bool:
    """Whether two sessions of one card agree in every bit, on the probe picture and on pictures of large sums."""
    size = one.card.input.size
    noise = np.random.default_rng(0).integers(0, 2, (4, size, size, 1), np.uint8).repeat(3, axis=3) * 255
    stripes = np.zeros((2, size, size, 3), np.uint8)
    stripes[0, ::2] = stripes[1, :, size // 2 :] = 255
    images = [one.card.probe.image(), *map(Image.fromarray, noise), *map(Image.fromarray, stripes)]
    batch = np.stack([preprocess(image, one.card) for image in images])
    return np.array_equal(one.rows(batch), other.rows(batch))


def _per_processor(what: str, card: ModelCard) -> str:
    """Key under which something measured of a model's int8 form on this machine is remembered."""
    import onnxruntime as ort

    models = f"{card.onnx_sha256[:16]}:{card.sha256('int8')[:16]}"
    return f"{what}:{models}:{ort.__version__}:{processor_kind()}"


def _int8_speed(card: ModelCard, quantized: Session, how: str, cache: Cache | None) -> float:
    """How many times as fast int8 is as float on one core of this machine."""
    key = f"{_per_processor('int8-speed', card)}:{how}"
    remembered = cache.meta_get(key) if cache else None
    if remembered is not None:
        return float(remembered)
    batch = np.repeat(preprocess(card.probe.image(), card)[np.newaxis], 2, axis=0)
    sessions = {"float": open_session(card, card.read_onnx(), CPU), "int8": quantized}
    seconds = dict.fromkeys(sessions, math.inf)
    for _ in range(_TIMINGS):  # in turns, and CPU time of this thread: a busy machine slows both alike
        for name, session in sessions.items():
            start = time.thread_time()
            session.run(batch)
            seconds[name] = min(seconds[name], time.thread_time() - start)
    speed = seconds["float"] / max(seconds["int8"], 1e-9)
    if cache:
        cache.meta_set(key, f"{speed:.2f}")
    return speed


def model_id(card: ModelCard, precision: Precision) -> str:
    """Which weights, preprocessing and outputs make the vectors, 16 hex digits: the key of the cache."""
    parts: tuple[Any, ...] = (
        card.sha256(precision),
        precision,
        card.preprocessing,
        card.input,
        card.outputs.embedding,
    )
    if card.outputs.clusters:
        parts = (*parts, card.outputs.clusters)
    return hashlib.blake2b(repr(parts).encode("utf-8"), digest_size=8).hexdigest()


class Embedder:
    """A model ready to run; safe to use from several threads.

    Args:
        card: the model.
        settings: ``device``, ``precision`` and ``workers``.
        cache: remembers whether int8 pays on this machine.

    Attributes:
        provider: ``CPU`` or ``CUDA``.
        precision: ``float`` or ``int8``.
        reason: why these, in plain words.
        model_id: which weights and preprocessing, the key of the cache.
        workers: threads that `index.pipeline` uses.

    Raises:
        ModelError: the model does not match its card.
    """

    def __init__(self, card: ModelCard, settings: Settings, cache: Cache | None = None) -> None:
        chosen = choose(card, settings, cache)
        _log.info("model %s: %s", card.name, chosen.reason)
        self.card = card
        self.provider = "CUDA" if chosen.session.provider == CUDA else "CPU"
        self.precision = chosen.precision
        self.reason = tr_made(chosen.reason, _REASONS)
        self.model_id = model_id(card, chosen.precision)
        self.workers = settings.workers or usable_cores()
        self._session = chosen.session

    @property
    def dim(self) -> int:
        """Length of an embedding, D."""
        return self.card.outputs.embedding.dim

    @property
    def width(self) -> int:
        """Length of what `run` gives for a picture, D + C: the embedding and the cluster probabilities, if any."""
        clusters = self.card.outputs.clusters
        return self.dim + (clusters.number if clusters else 0)

    def embed(self, images: Sequence[Image.Image]) -> Float32Array:
        """Embed upright RGB pictures, decoded at `index.reading.decode_size`.

        Returns:
            float32[B, D].
        """
        found = np.empty((len(images), self.dim), np.float32)
        for start in range(0, len(images), GROUP):
            part = [preprocess(image, self.card) for image in images[start : start + GROUP]]
            found[start : start + len(part)] = self.run(np.stack(part))[:, : self.dim]
        return found

    def run(self, batch: Float32Array) -> Float32Array:
        """Run the model on preprocessed pictures, float32[B, 3, S, S] -> float32[B, D + C], see `Session.rows`.

        Raises:
            ModelError: ``model-failed``.
        """
        try:
            return self._session.rows(batch)
        except Exception as error:  # onnxruntime's errors share no base class below Exception
            reason = str(error).splitlines()[0][:300]
            text = tr("{folder}: the model failed: {reason}", folder=self.card.folder, reason=reason)
            raise ModelError("model-failed", text) from error
