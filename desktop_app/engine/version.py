"""Which program this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """Version of the installed program; ``checkout`` where it runs without being installed."""
    try:
        return metadata.version("kindred")
    except metadata.PackageNotFoundError:
        return "checkout"
