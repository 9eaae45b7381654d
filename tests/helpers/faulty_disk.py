"""A file system that dies, or fails, at a chosen call. Everything organizing does goes through it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop_app.engine.organize.disk.disk import Disk


class Killed(BaseException):
    """The process is gone. Nothing of ours may catch this and go on."""


class FaultyDisk(Disk):
    """Counts calls; before call ``at`` it dies (``error`` None) or fails with ``error``.

    Once dead, every further call dies too, so that no clean-up code can help, as after kill -9. A write that is cut
    leaves half of its bytes.

    Args:
        at: number of the call, from 1; 0 for never.
        error: the errno to fail with; None to die.
        lasting: fail at every call from ``at`` on: a disk that went away.
        lacks: calls that this disk does not support, with the errno it answers; exFAT has no links, for instance.
        dying: done at the moment of death, such as cutting the power.
    """

    def __init__(
        self,
        at: int = 0,
        error: int | None = None,
        *,
        lasting: bool = False,
        lacks: Mapping[str, int] | None = None,
        dying: Callable[[], None] | None = None,
    ) -> None:
        self.calls: list[str] = []
        self._at = at
        self._error = error
        self._lasting = lasting
        self._lacks = lacks or {}
        self._dying = dying
        self._dead = False
        self._open: set[int] = set()

    def close_all(self) -> None:
        """What the system does for a process that died."""
        for fd in self._open:
            os.close(fd)
        self._open.clear()

    def _call(self, name: str, method: Callable[..., Any], *args: Any) -> Any:
        if self._dead:
            raise Killed
        self.calls.append(name)
        if len(self.calls) == self._at or (self._lasting and 0 < self._at <= len(self.calls)):
            self._fail(name, args)
        if name in self._lacks:
            raise OSError(self._lacks[name], os.strerror(self._lacks[name]))
        result = method(self, *args)
        if name in ("open_read", "create", "open_append"):
            self._open.add(result)
        elif name == "close":
            self._open.discard(args[0])
        return result

    def _fail(self, name: str, args: tuple[Any, ...]) -> None:
        if name == "write":
            os.write(args[0], args[1][: len(args[1]) // 2])
        if self._error is None:
            self._dead = True
            if self._dying:
                self._dying()
            raise Killed
        if name == "close":  # the descriptor is gone even when closing reports an error
            os.close(args[0])
            self._open.discard(args[0])
        raise OSError(self._error, os.strerror(self._error), *(str(arg) for arg in args[:1] if isinstance(arg, Path)))

    def fsync_all(self, fds: Sequence[int]) -> list[OSError | None]:
        """One after the other, so that each is a call of its own and the order is always the same."""
        results: list[OSError | None] = []
        for fd in fds:
            try:
                self.fsync(fd)
            except OSError as error:
                results.append(error)
            else:
                results.append(None)
        return results


def _counted(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: FaultyDisk, *args: Any) -> Any:
        return self._call(name, method, *args)

    return call


for _name, _method in list(vars(Disk).items()):
    if not _name.startswith("_") and _name not in vars(FaultyDisk):
        setattr(FaultyDisk, _name, _counted(_name, _method))
