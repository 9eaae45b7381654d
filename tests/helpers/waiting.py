"""How long tests wait for another thread or process."""

from __future__ import annotations

WAIT = 240.0
"""Seconds; reached only when something is broken, however busy the machine is. Below the time limit of a test."""
