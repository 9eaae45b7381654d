"""The figures of a run of the fault tests, collected as it goes and printed as one table at its end."""

from __future__ import annotations

from collections.abc import Mapping

KILLS = "kill points run (in-process and by strace)"
ERRORS = "system calls made to fail"
LOST = "files lost or altered"
PARTIAL = "partial files under a final name"
UNCAUGHT = "runs that ended in an unexpected exception"
POWER = "power cuts on {}"
RECOVERY = "slowest recovery after a power cut, seconds"
NAMES = "colliding names organized and undone on {}"
OVERWRITTEN = "files overwritten"
VANISHED = "drives that vanished in the middle of a run"
SCALE = "scale: {}"
READ_ONLY = "files on a read-only mount, unchanged by index, evaluate and plan"

_found: dict[str, int | float | str] = {}


def count(name: str, number: int = 1) -> None:
    """Add to a figure; 0 makes it appear."""
    before = _found.get(name, 0)
    assert isinstance(before, int)
    _found[name] = before + number


def largest(name: str, value: float) -> None:
    """Keep the largest value seen."""
    before = _found.get(name, value)
    assert not isinstance(before, str)
    _found[name] = max(before, value)


def note(name: str, text: str) -> None:
    """Set a figure that is not a number."""
    _found[name] = text


def checked(lost: int, partial: int) -> None:
    """Count one look at a library, and what was wrong with it."""
    count(LOST, lost)
    count(PARTIAL, partial)


def found() -> dict[str, int | float | str]:
    """What was collected in this process."""
    return dict(_found)


def merge(others: Mapping[str, int | float | str]) -> None:
    """Add what another process collected: counts add up, of other numbers the largest stays."""
    for name, value in others.items():
        if isinstance(value, str):
            note(name, value)
        elif isinstance(value, int):
            count(name, value)
        else:
            largest(name, value)


def table() -> list[str]:
    """The lines to print; only what was run."""
    width = max(map(len, _found), default=0)
    return [f"{name.ljust(width)}  {_text(value)}" for name, value in sorted(_found.items())]


def _text(value: float | str) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
