"""What photos show, in everyday words: a small network that reads embeddings, so that no picture is looked at again."""

from __future__ import annotations

from typing import Any

import numpy as np

from desktop_app.engine.errors import ModelError
from desktop_app.engine.language import tr
from desktop_app.engine.models.card import WORDS_FILE, ModelCard
from desktop_app.engine.models.runtime import CPU
from desktop_app.engine.types import Float32Array, Int64Array
from desktop_app.engine.wording import display_path

INPUT, OUTPUT = "embedding", "words"
_ROWS = 4096


def words_of(card: ModelCard, vectors: Float32Array, order: Int64Array | None = None) -> Float32Array | None:
    """How probably each word of a model's card holds of each photo.

    Args:
        card: of the model that made the embeddings.
        vectors: float32[N, D].
        order: int64[N], rows of ``vectors`` in the order of the result; None for their own.

    Returns:
        float32[N, W] in 0..1, one column for each of ``card.words.names``; None where the model knows no words.

    Raises:
        ModelError: what `ModelCard.read_words` raises; ``model-mismatch`` where it does not fit the card.
    """
    if card.words is None:
        return None
    session = _open(card)
    found = np.empty((len(vectors), len(card.words.names)), np.float32)
    for start in range(0, len(vectors), _ROWS):
        part = slice(start, start + _ROWS)
        found[part] = _run(card, session, vectors[part if order is None else order[part]])
    return found


def check(card: ModelCard) -> None:
    """Run the words on the probe's embedding; the card must have words.

    Raises:
        ModelError: as `words_of`.
    """
    words_of(card, np.asarray([card.probe.embedding], np.float32))


def _open(card: ModelCard) -> Any:
    import onnxruntime as ort

    data = card.read_words()
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.load_model_format", "ONNX")
    try:
        return ort.InferenceSession(data, options, providers=[CPU])
    except Exception as error:  # onnxruntime's errors share no base class below Exception
        raise _mismatch(card, display_path(str(error).splitlines()[0][:300])) from error


def _run(card: ModelCard, session: Any, vectors: Float32Array) -> Float32Array:
    assert card.words is not None
    try:
        found = np.asarray(session.run([OUTPUT], {INPUT: vectors})[0])
    except Exception as error:  # as above
        raise _mismatch(card, display_path(str(error).splitlines()[0][:300])) from error
    wanted = (len(vectors), len(card.words.names))
    if found.shape != wanted or found.dtype != np.float32:
        raise _mismatch(
            card,
            tr(
                "it gives {found}, not {wanted}",
                found=f"{found.dtype}{list(found.shape)}",
                wanted=f"float32{list(wanted)}",
            ),
        )
    if not (found.min(initial=0.0) >= 0 and found.max(initial=0.0) <= 1):  # also where a number is none
        raise _mismatch(card, tr("it does not give probabilities"))
    return found


def _mismatch(card: ModelCard, reason: str) -> ModelError:
    file = display_path(card.folder / WORDS_FILE)
    return ModelError("model-mismatch", tr("{file} does not fit its card: {reason}.", file=file, reason=reason))
