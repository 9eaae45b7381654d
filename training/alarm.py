"""How a run says that something looks wrong with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alarm:
    """A degenerate mode that shows without labels: its name, and what was seen and what to do."""

    name: str
    text: str
