"""What the program has freed goes back to the system."""

from __future__ import annotations

import sys

import pytest

from desktop_app.engine.computing import memory
from tests.helpers.memory import held_mib


@pytest.mark.skipif(sys.platform != "linux", reason="only its C library keeps what is freed")
def test_what_was_freed_is_held_no_longer() -> None:
    pieces = [bytes(1000) for _ in range(100_000)]
    last = pieces[-1:]  # the heap ends with it, so that freeing alone gives nothing back
    full = held_mib(mapped=False)
    pieces.clear()
    memory.give_back()
    assert held_mib(mapped=False) < full - 50
    assert last
