"""Names for groups, from what their photos show, when they were taken, and where they lay."""

from __future__ import annotations

from desktop_app.engine.naming.facts import facts_of
from desktop_app.engine.naming.namer import Namer

__all__ = ["Namer", "facts_of"]
