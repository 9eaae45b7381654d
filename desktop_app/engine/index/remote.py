"""What a worker of a cluster does: open the model once, and read pieces. `cluster` sends them; dask is not needed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.engine.cache.cache import FileRecord
from desktop_app.engine.errors import ModelError, UserError
from desktop_app.engine.index.executor import Piece
from desktop_app.engine.index.reading import Outcome, Reader, reader_version
from desktop_app.engine.job import JobContext
from desktop_app.engine.models import shelf
from desktop_app.engine.models.card import Precision
from desktop_app.engine.models.runtime import GROUP, Embedder
from desktop_app.engine.settings import Settings
from desktop_app.engine.types import Float32Array
from desktop_app.engine.wording import display_path


@dataclass(frozen=True, slots=True)
class Task:
    """What all pieces of a run have in common: how the program that sends them would read them itself.

    Attributes:
        model: name of the model.
        model_id: see `runtime.model_id`; weights and preprocessing that a worker must have, too.
        provider: ``CPU`` or ``CUDA``.
        precision: of the model.
        reader: see `reading.reader_version`; a worker must read files as this one does.
        quick: the camera's previews will do.
    """

    model: str
    model_id: str
    provider: str
    precision: Precision
    reader: str
    quick: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a piece, and on which machine; or why nothing did.

    An error is an answer like others, so that each of them comes back.
    """

    host: str
    outcomes: list[Outcome]
    error: UserError | None = None


class _Nothing:
    """The cache of a worker: what is known was looked up before a piece was sent."""

    def lookup_content(self, content_hash: str, reader: int = 0) -> FileRecord | None:
        return None

    def vectors(self, hashes: Sequence[str], model_id: str, dim: int) -> tuple[Float32Array, npt.NDArray[np.bool_]]:
        return np.zeros((len(hashes), dim), np.float32), np.zeros(len(hashes), np.bool_)

    def has_thumbnail(self, content_hash: str) -> bool:
        return False


_lock = threading.Lock()
_open: dict[Task, Embedder] = {}
"""The model of the run at hand."""


def read(task: Task, piece: Piece) -> Answer:
    """Read a piece as the sender would; runs in the threads of a worker.

    Returns:
        Its outcomes, or an error: ``other-version``, ``unknown-model``, ``other-model``, what opening and running the
        model raises, or ``cluster-failed``.
    """
    host = socket.gethostname()
    try:
        reader = Reader(_Nothing(), _embedder(task), JobContext(), quick=task.quick)
        with contextlib.closing(reader):
            reader.announce(piece)
            parts = (piece[at : at + GROUP] for at in range(0, len(piece), GROUP))
            return Answer(host, [outcome for part in parts for outcome in reader.read(part)])
    except UserError as error:
        return Answer(host, [], error)
    except Exception as error:  # noqa: BLE001  (boundary: another machine has other ways to fail)
        said = display_path(f"{type(error).__name__}: {error}"[:300])
        return Answer(host, [], UserError("cluster-failed", f"The worker on {host} failed: {said}."))


def _embedder(task: Task) -> Embedder:
    with _lock:
        if task not in _open:
            _open.clear()
            _open[task] = _opened(task)
        return _open[task]


def _opened(task: Task) -> Embedder:
    """The sender's model, in the same precision.

    An int8 model is opened in the form that is fastest on this processor and gives the numbers of the guarded form bit
    for bit, as everywhere; so forms may differ and vectors do not.
    """
    host = socket.gethostname()
    if (here := reader_version()) != task.reader:
        raise UserError(
            "other-version",
            f"The worker on {host} reads pictures with {here}, this program with {task.reader}.",
            "Install the same versions of Kindred and Pillow on every machine of the cluster.",
        )
    settings = Settings(device="cpu" if task.provider == "CPU" else "cuda", precision=task.precision)
    try:
        embedder = Embedder(shelf.resolve(task.model), settings)
    except ModelError as error:
        raise ModelError(error.code, f"On the worker on {host}: {error.message}", error.hint) from error
    if (embedder.model_id, embedder.provider) != (task.model_id, task.provider):
        raise ModelError(
            "other-model",
            f"The model {task.model} on the worker on {host} would give other numbers than here: "
            f"{task.provider}, {task.precision} is wanted; there: {embedder.reason}.",
            "Every worker needs the same model, and what this machine runs it on; "
            "`kindred settings set device cpu` and `precision float` run everywhere.",
        )
    return embedder
