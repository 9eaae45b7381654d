"""The command line: parse, call the engine, print. No Qt."""

from desktop_app.cli.entry import main

__all__ = ["main"]
