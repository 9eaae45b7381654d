"""How long the event loop of a window lets others wait, and what it was doing then."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from types import FrameType
from typing import Self

from PySide6.QtCore import QObject, Qt, Signal

_PERIOD = 0.002
_WORTH_A_LOOK = 0.03
_NAMED = 3  # lines of the program


@dataclass(frozen=True, slots=True)
class Block:
    """One time that the loop did not answer.

    Attributes:
        seconds: from the question to the answer, by the clock.
        own: processor time that the loop's thread has used since the answer before; the clock counts, too, what other
            programs and threads took meanwhile.
        place: the innermost line of the program that was seen at it, and the one that had called it.
    """

    seconds: float
    own: float
    place: str


class Watchdog(QObject):
    """A thread asks the event loop again and again whether it is there, and takes the time until it answers."""

    _asked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[Block] = []
        self._answered = threading.Event()
        self._stop = threading.Event()
        self._place = ""
        self._own = time.thread_time()
        self._watched = threading.get_ident()
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._watch, name="watchdog")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join()

    def _answer(self, asked: float) -> None:
        own, before = time.thread_time(), self._own
        self._blocks.append(Block(time.perf_counter() - asked, own - before, self._place))
        self._own = own
        self._answered.set()

    def _watch(self) -> None:
        while not self._stop.wait(_PERIOD):
            self._place = ""
            self._answered.clear()
            asked = time.perf_counter()
            self._asked.emit(asked)
            while not self._answered.wait(0.01) and not self._stop.is_set():
                if time.perf_counter() - asked > _WORTH_A_LOOK:
                    self._place = self._look() or self._place

    def _look(self) -> str:
        # No line of source is read: that would hold up what is measured.
        frame: FrameType | None = sys._current_frames()[self._watched]
        places: list[str] = []
        while frame is not None and len(places) < _NAMED:
            code = frame.f_code
            if "/desktop_app/" in code.co_filename:
                places.append(f"{code.co_filename.rpartition('desktop_app/')[2]}:{frame.f_lineno} {code.co_name}")
            frame = frame.f_back
        return " < ".join(places)

    def take(self) -> list[Block]:
        """The blocks since the last call, those with most time of their own first."""
        blocks, self._blocks = self._blocks, []
        return sorted(blocks, key=lambda block: -block.own)
