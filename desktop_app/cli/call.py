"""One command about a folder under way, and how it opens and indexes that folder."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.cli.answers import OK, PARTIAL, say_problems
from desktop_app.cli.terminal import note
from desktop_app.engine import library, paths
from desktop_app.engine import settings as settings_module
from desktop_app.engine.job import JobContext
from desktop_app.engine.wording import cache_trouble, counted

if TYPE_CHECKING:
    from desktop_app.engine.index.cluster import Cluster
    from desktop_app.engine.library import Library
    from desktop_app.engine.types import IndexReport


@dataclass(frozen=True, slots=True)
class Call:
    """One command under way: what was asked, how it is cancelled, and what has to be closed at its end."""

    options: argparse.Namespace
    ctx: JobContext
    closing: ExitStack
    without_memory: bool = False

    def open(self) -> Library:
        """Open the folder that was asked for."""
        from desktop_app.engine.choices import check_saved

        asked = {"model": self.options.model, "method": getattr(self.options, "method", "")}
        check_saved(settings_module.load(), *(name for name, given in asked.items() if given is None))
        return self.closing.enter_context(library.Library(self.options.folder, model=self.options.model))

    @property
    def quick(self) -> bool:
        """Whether the camera's previews will do."""
        return bool(vars(self.options).get("quick"))

    def index(self) -> tuple[Library, IndexReport]:
        """Open the folder that was asked for and embed what is new in it."""
        opened = self.open()
        return opened, self.embed(opened)

    def embed(self, opened: Library) -> IndexReport:
        """Embed what is new in an open folder, and say so where the cache could not keep it."""
        report = opened.index(self.ctx, quick=self.quick, cluster=self._cluster())
        if report.glanced:
            note(f"{counted(report.glanced, 'photo')} seen in the camera's preview only; nothing is kept of them.")
        if report.cache_trouble and not (self.without_memory and paths.refusal(paths.cache_dir())):
            note(cache_trouble(report.cache_trouble))
        return report

    def _cluster(self) -> Cluster | None:
        """Join the cluster that was asked for, before anything is read."""
        address = vars(self.options).get("cluster")
        if address is None:
            return None
        from desktop_app.engine.index.cluster import Cluster

        joined = self.closing.enter_context(Cluster(address))
        note(f"Reading on {joined.text}.")
        return joined

    def end(self, report: IndexReport, *, partial: bool = False) -> int:
        """Name the photos that could not be read, where JSON does not, and give the exit code.

        Args:
            report: of the folder.
            partial: whether the command left something undone besides.
        """
        if report.problems and not getattr(self.options, "json", False):
            say_problems(report.problems)
        return PARTIAL if report.problems or partial else OK
