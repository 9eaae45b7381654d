"""Numeric work on several cores without the stalls of multi-threaded BLAS.

BLAS threads wait for each other busily: when another program holds one core, a product of microseconds takes
milliseconds (k-means of 10,000 photos: 20 s instead of 0.4 s). So BLAS stays on one thread and whole blocks of work
are spread over ours.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from desktop_app.engine.computing.processor import usable_cores
from desktop_app.engine.job import JobContext

Item = TypeVar("Item")
Result = TypeVar("Result")

THREADS = min(8, usable_cores())


def one_blas_thread() -> AbstractContextManager[object]:
    """Keep matrix products on one thread inside the ``with`` block (for the whole process)."""
    limits: AbstractContextManager[object] = _libraries(len(sys.modules)).limit(limits=1)
    return limits


@functools.lru_cache(maxsize=1)
def _libraries(modules: int) -> Any:
    """The numeric libraries loaded while there are so many modules.

    Finding them takes a millisecond, longer than many a product; only an import can bring another.
    """
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def spread(work: Callable[[Item], Result], items: Iterable[Item], ctx: JobContext) -> Iterator[Result]:
    """``work`` of each item, in order, on `THREADS` threads with one BLAS thread each.

    Args:
        work: must release the interpreter's lock (NumPy does) to gain anything.
        items: finite; all are queued at once, so let them be small (ranges, seeds).
        ctx: checked before each item.

    Yields:
        Results in the order of the items. What is still queued when the caller stops or ``work`` fails is dropped.
    """

    def checked(item: Item) -> Result:
        ctx.check()
        return work(item)

    with one_blas_thread(), ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(checked, items)
