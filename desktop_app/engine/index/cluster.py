"""Reading on many machines: pieces go to the workers of a dask scheduler, and outcomes come back.

This program scans the folder, asks its cache, and alone writes it; a worker reads, decodes and embeds (`remote`).
What a worker that dies had in hand, the scheduler gives to another. dask is imported where a cluster is asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import CancelledError, Future, InvalidStateError
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.index import remote
from desktop_app.engine.index.executor import Piece
from desktop_app.engine.index.reading import Outcome, reader_version
from desktop_app.engine.models.runtime import GROUP
from desktop_app.engine.pictures import reasons
from desktop_app.engine.types import Problem
from desktop_app.engine.wording import counted, display_path

if TYPE_CHECKING:
    from desktop_app.engine.models.runtime import Embedder

_log = logging.getLogger(__name__)

_CONNECT_SECONDS = 10.0
_CLOSE_SECONDS = 2.0
_COUNT_SECONDS = 5.0  # workers may join and leave at any time
_PIECE_GROUPS = 4  # a task costs the scheduler a millisecond, as much as a small photo takes to read
_SAME_PATH = "Every worker needs the folder under the same path as here, such as a network share."
_SAME_RIGHTS = "This machine can. Let the workers run as somebody who may read the folder."


class Cluster:
    """A dask scheduler and the workers that have joined it.

    Args:
        address: of the scheduler, such as ``tcp://10.0.0.5:8786`` or ``tls://...``; certificates come from dask's own
            configuration.

    Attributes:
        text: how many workers there are, in plain words.

    Raises:
        UsageError: ``cluster-missing`` (not installed), ``cluster-unreachable``, ``no-workers``.
        UserError: ``cluster-failed``: a worker cannot read photos.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        distributed = _distributed()
        try:
            # Not left to the client: one that could not begin takes 20 seconds to end.
            asyncio.run(_reach(address))
            self._client: Any = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (
            Exception
        ) as error:  # a wrong scheme, an unknown host, nobody there, no certificate: each of another kind
            raise UsageError(
                "cluster-unreachable",
                f"There is no dask scheduler to be reached at {display_path(address)}: {_reason(error)}.",
                "`dask scheduler` starts one and says its address; tls:// needs certificates in dask's configuration.",
            ) from error
        threads: dict[str, int] = self._client.nthreads()
        if not threads:
            self.close()
            raise UsageError(
                "no-workers",
                f"No worker has joined the scheduler at {display_path(address)}.",
                f"Start some: dask worker {address}",
            )
        self._check(threads)
        many = counted(len(threads), "worker"), counted(sum(threads.values()), "thread")
        self.text = f"{many[0]} with {many[1]} at {display_path(address)}"
        _log.info("cluster of %s with %s", *many)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; the scheduler drops what it had still to do for this program."""
        with contextlib.suppress(Exception):  # it may be gone already
            self._client.close(timeout=_CLOSE_SECONDS)

    def _check(self, addresses: Iterable[str]) -> None:
        """Refuse workers that lack Kindred: the first piece would end them, and the others would wait for no one.

        One that is busy with something else is not waited for.
        """
        # A function that is there without Kindred.
        asked = {
            address: self._client.submit(importlib.import_module, remote.__name__, workers=[address], pure=False)
            for address in addresses
        }
        end = time.monotonic() + _CONNECT_SECONDS
        for address, answer in asked.items():
            error: BaseException | None = None
            with contextlib.suppress(TimeoutError):
                error = answer.exception(timeout=max(0.01, end - time.monotonic()))
            if error is not None:
                self.close()
                raise _failed(error, address)

    def executor(self, embedder: Embedder, *, quick: bool = False) -> ClusterExecutor:
        """What reads pieces on the workers as ``embedder`` would here."""
        card, reader = embedder.card, reader_version()
        task = remote.Task(card.name, embedder.model_id, embedder.provider, embedder.precision, reader, quick)
        return ClusterExecutor(self._client, self._address, task)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            "cluster-missing",
            "Reading on a cluster needs the package distributed, which is not installed.",
            "Install it with: pip install 'kindred[cluster]'",
        ) from error
    for name in ("distributed", "distributed.client", "tornado.application"):
        # Whatever they have to tell comes back as an exception; the terminal is not theirs.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed


async def _reach(address: str) -> None:
    """Say hello to a scheduler as a client would."""
    from distributed.comm import connect
    from distributed.comm.addressing import normalize_address
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    connection = await connect(normalize_address(address), timeout=_CONNECT_SECONDS, **arguments)
    await connection.close()


@dataclass(slots=True)
class _Sent:
    """A piece under way.

    Attributes:
        parts: what is still to be read; the first one is with the scheduler.
        found: of the parts before.
        answer: where the outcomes go.
        future: dask's own; the scheduler drops a task whose future nobody holds.
    """

    parts: deque[Piece]
    found: list[Outcome] = field(default_factory=list)
    answer: Future[list[Outcome]] = field(default_factory=Future)
    future: Any = None


class ClusterExecutor:
    """Sends pieces to the workers of a scheduler; see `executor.Executor` and `Cluster.executor`.

    Args:
        client: dask's.
        address: of the scheduler.
        task: what all pieces have in common.
    """

    largest = _PIECE_GROUPS * GROUP

    def __init__(self, client: Any, address: str, task: remote.Task) -> None:
        self._client, self._address, self._task = client, address, task
        self._closed = False
        self._threads, self._counted = 1, -_COUNT_SECONDS

    @property
    def workers(self) -> int:
        """Threads of all workers together.

        Raises:
            UserError: ``cluster-lost``.
        """
        if time.monotonic() - self._counted > _COUNT_SECONDS:
            try:
                self._threads = max(1, sum(self._client.nthreads().values()))
            except Exception as error:  # dask's errors of a lost connection share no base class below Exception
                raise self._lost(error) from error
            self._counted = time.monotonic()
        return self._threads

    def submit(self, piece: Piece) -> Future[list[Outcome]]:
        """See `Executor`.

        The future raises ``UserError``: ``cluster-lost``, ``cluster-failed``, ``not-shared``, or the error that
        `remote.read` gives. A file that ended one worker after the other has a problem that the next run forgets.
        """
        sent = _Sent(deque([piece]))
        self._send(sent)
        return sent.answer

    def close(self) -> None:
        """See `Executor`; a worker ends the piece that it is at."""
        self._closed = True

    def _send(self, sent: _Sent) -> None:
        try:
            sent.future = self._client.submit(remote.read, self._task, sent.parts[0], pure=False)
            sent.future.add_done_callback(partial(self._take, sent))
        except Exception as error:  # noqa: BLE001  (boundary: as in `workers`)
            _settle(sent.answer, self._lost(error))

    def _take(self, sent: _Sent, future: Any) -> None:
        """Called in a thread of dask's when a part was read, or will not be."""
        from distributed.scheduler import KilledWorker

        if self._closed:
            return
        try:
            answer: remote.Answer = future.result()
        except KilledWorker:
            # One after the other died with it. The file that did it is found by reading each alone.
            part = sent.parts.popleft()
            if len(part) > 1:
                sent.parts.extendleft([one] for one in reversed(part))
            else:
                sent.found.append(_fatal(part))
        except Exception as error:  # noqa: BLE001  (boundary: as in `workers`; what a worker met is in the answer)
            gone = isinstance(error, CancelledError | OSError) or self._client.status != "running"
            return _settle(sent.answer, self._lost(error) if gone else _failed(error))
        else:
            if (refused := answer.error or _not_shared(answer)) is not None:
                return _settle(sent.answer, refused)
            sent.parts.popleft()
            sent.found += answer.outcomes
        if sent.parts:
            self._send(sent)
        else:
            _settle(sent.answer, sent.found)

    def _lost(self, error: BaseException) -> UserError:
        _log.warning("cluster lost: %s: %s", type(error).__name__, error)
        return UserError(
            "cluster-lost",
            f"The scheduler at {display_path(self._address)} does not answer any more.",
            "What was read until then is kept; the same command goes on from there.",
        )


def _settle(answer: Future[list[Outcome]], found: list[Outcome] | UserError) -> None:
    with contextlib.suppress(InvalidStateError):  # it was cancelled
        answer.set_exception(found) if isinstance(found, UserError) else answer.set_result(found)


def _not_shared(answer: remote.Answer) -> UserError | None:
    """A file that is here and not there is no file that vanished, and one that may be read here is whole."""
    for problem in (outcome.problem for outcome in answer.outcomes):
        if problem is None:
            continue
        name = display_path(problem.path)
        if problem.code == "vanished" and os.path.lexists(problem.path):
            return UserError("not-shared", f"The worker on {answer.host} cannot see {name}.", _SAME_PATH)
        if problem.code == "unreadable-file" and os.access(problem.path, os.R_OK):
            text = f"The worker on {answer.host} cannot read {name}: {problem.message}"
            return UserError("not-shared", text, _SAME_RIGHTS)
    return None


def _fatal(part: Piece) -> Outcome:
    ((row, file),) = part
    return Outcome(row, problem=Problem(file.path, "decode", "workers-ended", reasons.WORKERS_ENDED))


def _failed(error: BaseException, worker: str = "") -> UserError:
    who = f"The worker at {display_path(worker)}" if worker else "A worker of the cluster"
    return UserError(
        "cluster-failed",
        f"{who} failed: {_reason(error)}.",
        "Scheduler and workers need the same Kindred as this machine: pip install 'kindred[cluster]'.",
    )


def _reason(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return display_path(text.splitlines()[0].partition(". ")[0][:300].rstrip("."))
