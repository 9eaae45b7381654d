"""What each command does: call the engine, print its answer, return the exit code."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli import terminal, upkeep
from desktop_app.cli.answers import (
    OK,
    PARTIAL,
    duplicates_json,
    ignored_json,
    keywords_json,
    plain,
    plan_json,
    problems_json,
    say_duplicates,
    say_keywords,
    say_plan,
    say_problems,
)
from desktop_app.cli.models import models
from desktop_app.cli.terminal import note, say, say_json, say_table
from desktop_app.engine import curation, library, log, paths, runs, screen
from desktop_app.engine import settings as settings_module
from desktop_app.engine.curation import renumbering
from desktop_app.engine.curation.unsure import file_unsure
from desktop_app.engine.errors import Cancelled, UsageError, UserError
from desktop_app.engine.folder.scan import check_picture
from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.actions.registry import noun
from desktop_app.engine.organize.planning.layout import Layout
from desktop_app.engine.types import UNSURE
from desktop_app.engine.version import version
from desktop_app.engine.wording import cache_trouble, counted, display_path, duration, suggestion

if TYPE_CHECKING:
    from desktop_app.engine.curation import Curation
    from desktop_app.engine.index.cluster import Cluster
    from desktop_app.engine.library import Library
    from desktop_app.engine.types import Clustering, Group, IndexReport


_log = logging.getLogger(__name__)

NOTHING_BUNDLED = """\
Kindred is under the Apache License 2.0. This copy holds nothing of others: what it uses was installed beside it, each
package with its own licence."""


def say_version() -> int:
    """Print the version."""
    say(f"kindred {version()}")
    return OK


def say_licences() -> int:
    """Print the licences of all that this copy of the program consists of."""
    page = paths.licences_page()
    say(page.read_text(encoding="utf-8") if page.is_file() else NOTHING_BUNDLED)
    return OK


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


def run(options: argparse.Namespace) -> int:
    """Carry out one parsed command."""
    if options.command == "window":  # puts interrupted runs in order itself, and says so in the window
        return _window(options)
    with terminal.job() as ctx, ExitStack() as closing, _logged(options.command):
        if options.command not in _WITHOUT_SETTINGS:
            settings_module.load()  # one that is not followed costs more than a message
        writes = options.command in ("organize", "keywords") and not options.dry_run
        if writes or (options.command == "undo" and not options.list):
            runs.need_record()  # said before an hour of embedding, not after
        for report in runs.recover(ctx):
            note(report.text)
        forgets = runs.without_memory() if options.command != "doctor" else ""
        if forgets:
            note(forgets)
        return COMMANDS[options.command](Call(options, ctx, closing, bool(forgets)))


_WITHOUT_SETTINGS = frozenset({"doctor", "settings", "cache", "undo"})
"""Commands that mend what a broken settings file stands in the way of, and the way back of a person's photos."""


@contextmanager
def _logged(command: str) -> Iterator[None]:
    """Keep a log of a command; how it ended is the last line."""
    end = log.keep("command-line")
    try:
        _log.info("kindred %s", command)
        yield
        _log.info("kindred %s came to its end", command)
    except UserError as error:
        _log.warning("refused: %s", error.code)
        _log.debug("%s", error)
        raise
    except (Cancelled, BrokenPipeError) as error:
        _log.info("stopped: %s", type(error).__name__)
        raise
    except Exception:
        _log.exception("unexpected")
        raise
    finally:
        end()


def _window(options: argparse.Namespace) -> int:
    if options.folder is not None and terminal.is_read():
        runs.check_folder(options.folder)  # else the window says it
    if not screen.has_screen(sys.platform, os.environ):
        raise UsageError("no-screen", "There is no screen here to open a window on.", "Try: kindred groups FOLDER")
    try:
        from desktop_app.gui import main_window
    except ImportError as error:  # a library that Qt is linked with
        raise UsageError("no-window", *screen.why_no_window(os.environ, str(error))) from error

    try:
        chosen, trouble = settings_module.load(), None
    except UsageError as error:
        chosen, trouble = settings_module.Settings(), error  # said in the window: few start it where they could read it
    return main_window.run(options.folder, chosen, options.model, trouble)


def _index(call: Call) -> int:
    options = call.options
    _, report = call.index()
    if options.json:
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "embedded": report.embedded,
                "cached": report.cached,
                **_problems(report),
                "ignored": ignored_json(report.ignored),
                "seconds": round(report.seconds, 3),
                "model": report.model,
                "provider": report.provider,
                "provider_reason": report.provider_reason,
                "cache_trouble": report.cache_trouble,
            }
        )
    else:
        say(
            f"{counted(report.photos, 'photo')} ({report.embedded:,} embedded now, {report.cached:,} known before) "
            f"in {duration(report.seconds)} with {report.model}."
        )
        say(report.provider_reason)
        if report.ignored:
            from desktop_app.engine.folder.left_out import summary

            others = counted(len(report.ignored), "other file or folder", "other files or folders")
            say(f"{others} left out: {summary(report.ignored)}.")
    return _end(report, options)


def _elbow(call: Call) -> int:
    options, ctx = call.options, call.ctx
    if options.plot is not None:
        from desktop_app.engine import export

        export.check_output(options.plot, export.CHARTS)
    opened, report = call.index()
    basis = _known(opened).basis
    curve = opened.elbow(ctx, basis=basis, k_max=options.k_max, space=options.space, seed=options.seed)
    if options.plot is not None:
        export.plot_elbow(curve, options.plot)
    if options.json:
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "space": options.space,
                **plain(curve),
                **_problems(report),
            }
        )
    else:
        say(suggestion(curve))
        rows = [
            [
                str(k),
                f"{inertia:.4g}",
                "" if k == 1 else f"{silhouette:.3f}",
                "<- suggested" if k == curve.suggested else "",
            ]
            for k, inertia, silhouette in zip(curve.k, curve.inertia, curve.silhouette, strict=True)
        ]
        say_table(["k", "WCSS", "silhouette", ""], rows)
        if options.plot is not None:
            say(f"Chart written to {display_path(options.plot)}.")
    return _end(report, options)


def _grouped(call: Call) -> tuple[Library, IndexReport, Curation, Clustering, tuple[Group, ...]]:
    """The groups as the window shows them, with what is known of them.

    Asking for groups decides nothing, so nothing is remembered of it: the same command gives the same answer.
    """
    options, ctx = call.options, call.ctx
    from desktop_app.engine.clustering import read_params

    opened = call.open()
    # What cannot be done is said before an hour of embedding, not after.
    method = options.method or opened.settings.method
    opened.check_method(method)
    params = read_params(method, options.set)
    kept = curation.load(opened.root)
    if kept.trouble:
        note(kept.trouble)
    opened.hold(kept.held)
    report = call.embed(opened)
    # Photos seen in their preview are not known to be those that a person decided about.
    known = curation.Curation() if call.quick else _known(opened, anew=vars(options).get("anew", False))
    found = opened.cluster(
        ctx,
        basis=known.basis,
        method=method,
        params=params,
        k=options.k,
        space=options.space,
        seed=options.seed,
        unsure_below=options.unsure_below,
    )
    groups = curation.groups_of(found)
    if known.is_decided:  # numbered from 1 where nobody decided anything
        known, groups = curation.arrange(known, groups)
        found = replace(found, confidence=known.confidence(found))
    if options.names:
        groups = opened.namer(ctx).named(known, groups)
    return opened, report, known, found, groups


def _known(opened: Library, *, anew: bool = False) -> Curation:
    """What is known of an indexed folder, with the photos that its groups are made of.

    Read only once it is indexed: while the photos were looked at, the window may have named a group.
    """
    from desktop_app.engine.curation import basis

    photos = opened.embeddings
    # Photos that the window has seen in their preview only may have other ids there.
    ids = renumbering.new_ids(renumbering.load(opened.root), opened.photos)
    kept = curation.load(opened.root)
    if kept.trouble:
        note(kept.trouble)
    known = ids.curation(kept)
    if anew:
        return basis.anew(known, photos.photo_ids, photos.model_id)
    chosen = known.choices.k is not None
    return basis.settle(known, photos.photo_ids, photos.model_id, number_chosen=chosen)


def _groups(call: Call) -> int:
    options, ctx = call.options, call.ctx
    from desktop_app.engine import export

    if options.output is not None:
        export.check_output(options.output, export.WRITERS)
    if options.anew and call.quick:
        raise UsageError("anew-quick", "--anew is kept, and of photos seen with --quick nothing is.", "Leave one out.")
    opened, report, known, found, groups = _grouped(call)
    if options.anew:
        before = curation.load(opened.root)
        anew = replace(before, basis=known.basis, model_id=known.model_id)
        curation.save(opened.root, anew.with_files(opened.photos, opened.root))
    if options.output is not None:
        _export_to(opened, known, found, groups, options.output, ctx)
    if options.json:
        confidence = dict(zip(found.photo_ids.tolist(), found.confidence.tolist(), strict=True))
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "method": found.method,
                "k": found.k,
                "params": found.params,
                "seed": found.seed,
                "model": report.model,
                "groups": [
                    {
                        "id": group.id,
                        "name": group.name,
                        "suggested": group.suggested,
                        "count": group.photo_ids.size,
                        "locked": group.locked,
                        "hidden": group.hidden,
                        "cover": str(opened.photo(group.cover).path),
                        "photos": [
                            {"path": str(opened.photo(i).path), "confidence": round(confidence[i], 4)}
                            for i in group.photo_ids.tolist()
                        ],
                    }
                    for group in groups
                ],
                **_problems(report),
            }
        )
    else:
        shown = sum(group.id != UNSURE for group in groups)
        say(f"{counted(report.photos, 'photo')} in {counted(shown, 'group')} ({found.method}).")
        rows = []
        for group in groups:
            names = [display_path(opened.photo(i).path.name) for i in group.photo_ids[:3].tolist()]
            told = " (suggested)" * group.suggested + " (left out of organizing)" * group.hidden
            rows.append([display_path(group.name) + told, f"{group.photo_ids.size}", ", ".join(names)])
        say_table(["group", "photos", "most typical"], rows)
        if options.output is not None:
            say(f"Written to {display_path(options.output)}.")
    return _end(report, options)


def _neighbors(call: Call) -> int:
    options, ctx = call.options, call.ctx
    check_picture(options.image)
    opened, report = call.index()
    found = opened.neighbors(options.image, options.k, ctx)
    pairs = [
        (opened.photo(int(photo_id)).path, float(similarity))
        for photo_id, similarity in zip(found.photo_ids[0], found.similarity[0], strict=True)
    ]
    if options.json:
        say_json(
            {
                "image": str(options.image),
                "folder": str(options.folder),
                "photos": report.photos,
                "neighbors": [{"path": str(path), "similarity": round(value, 6)} for path, value in pairs],
                **_problems(report),
            }
        )
    else:
        for path, value in pairs:
            say(f"{value:.3f}  {display_path(path)}")
        if not pairs:
            say("There is no other photo in this folder.")
    return _end(report, options)


def _duplicates(call: Call) -> int:
    options, ctx = call.options, call.ctx
    from desktop_app.engine.duplicates.pairs import DEFAULT

    opened, report = call.index()
    found = opened.duplicates(ctx, exact=options.exact)
    similarity = DEFAULT if options.similarity is None else options.similarity
    sets = found.sets(similarity, exact=options.exact)
    if options.json:
        say_json(
            {
                "folder": str(options.folder),
                "photos": report.photos,
                "exact": options.exact,
                "similarity": None if options.exact else similarity,
                "linked": [str(photo.path) for photo in found.linked],
                **duplicates_json(sets),
                **_problems(report),
            }
        )
    else:
        say_duplicates(sets)
    return _end(report, options)


def _organize(call: Call) -> int:
    options, ctx = call.options, call.ctx
    layout = Layout(options.folders, options.same_name)  # a mistake in it is told before the folder is looked at
    opened, report, _, clustering, groups = _grouped(call)
    groups = file_unsure(groups, clustering, options.unsure)
    plan = opened.plan(groups, options.to, options.action, ctx, layout)
    if options.dry_run:
        if options.json:
            say_json({"dry_run": True, "photos": report.photos, **plan_json(plan), **_problems(report)})
        else:
            say_plan(plan)
            say("Nothing was touched (--dry-run).")
        return _end(report, options, not plan.ok)
    if not options.yes:
        say_plan(plan, out=note)
        if not _agreed(plan.summary):
            return OK
    done = opened.apply(plan, ctx)
    if options.json:
        told = {**plan_json(plan), **plain(done), **_problems(report)}
        say_json({"dry_run": False, "photos": report.photos, **told})
    else:
        say(done.text)
        if plan.in_order:
            say(f"{counted(plan.in_order, 'file was', 'files were')} there already.")
        say_problems(done.problems)
    return _end(report, options, not done.ok)


def _agreed(summary: str) -> bool:
    """Whether the person at the terminal says yes.

    Raises:
        UsageError: ``not-confirmed``: nobody can be asked.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            "not-confirmed", "Nothing was touched: there is no terminal to ask on.", "Say --yes to go ahead."
        )
    agreed = input(f"{summary} Go ahead? [y/N] ").strip().lower() in ("y", "yes")
    if not agreed:
        note("Nothing was touched.")
    return agreed


def _keywords(call: Call) -> int:
    options, ctx = call.options, call.ctx
    opened, report, _, clustering, groups = _grouped(call)
    groups = file_unsure(groups, clustering, options.unsure)
    plan = opened.plan_keywords(groups, ctx, options.sidecars)
    if options.dry_run:
        if options.json:
            say_json({"dry_run": True, "photos": report.photos, **keywords_json(plan), **_problems(report)})
        else:
            say_keywords(plan)
            say("Nothing was touched (--dry-run).")
        return _end(report, options, not plan.ok)
    if plan.changes and not options.yes:
        say_keywords(plan, out=note)
        if not _agreed(plan.summary):
            return OK
    done = opened.write_keywords(plan, ctx)
    if options.json:
        told = {**keywords_json(plan), **plain(done), **_problems(report)}
        say_json({"dry_run": False, "photos": report.photos, **told})
    else:
        say(done.text)
        say_problems(done.problems)
    return _end(report, options, not done.ok)


def _undo(call: Call) -> int:
    options, ctx = call.options, call.ctx
    if options.list:
        past = runs.history()
        if options.json:
            say_json({"runs": [plain(info) for info in past]})
        elif not past:
            say("No runs yet.")
        else:
            rows = [
                [run.id, run.started_at, noun(run.action), str(run.files), display_path(run.destination), run.state]
                for run in past
            ]
            say_table(["run", "started", "action", "files", "to", ""], rows)
        return OK
    report = runs.undo(options.run, ctx, options.destination)
    if options.json:
        say_json(plain(report))
    else:
        say(f"{_which(report.run_id)}: {report.text}")
        say_problems(report.problems)
        if not report.ok:
            say(f"Once that is seen to, try it again: kindred undo {report.run_id}")
    return OK if report.ok else PARTIAL


def _which(run_id: str) -> str:
    """A run in a person's words: without a number `undo` may take back another one than was thought of."""
    run = next(info for info in runs.history() if info.id == run_id)
    where = f"in {display_path(run.root)}"
    if run.root != run.destination:
        where = f"from {display_path(run.root)} to {display_path(run.destination)}"
    return f"Run {run_id}, {noun(run.action)} {where}"


def _export(call: Call) -> int:
    options, ctx = call.options, call.ctx
    from desktop_app.engine import export

    export.check_output(options.output, export.WRITERS)
    opened, report, known, found, groups = _grouped(call)
    _export_to(opened, known, found, groups, options.output, ctx)
    say(f"{counted(report.photos, 'photo')} written to {display_path(options.output)}.")
    return _end(report, options)


def _export_to(
    opened: Library, known: Curation, found: Clustering, groups: Sequence[Group], output: Path, ctx: JobContext
) -> None:
    from desktop_app.engine import export

    table = export.Table(
        folder=opened.root,
        photos=opened.photos,
        embeddings=opened.embeddings,
        projection=opened.project(ctx, basis=known.basis),
        clustering=found,
        groups=groups,
        thumbnail=opened.thumbnail,
    )
    export.write(table, output)


def _evaluate(call: Call) -> int:
    options, ctx = call.options, call.ctx
    opened, report = call.index()
    result = opened.evaluate(ctx, seed=options.seed)
    if options.json:
        say_json({"folder": str(options.folder), "model": report.model, **plain(result), **_problems(report)})
    else:
        for line in result.lines():
            say(line)
    return _end(report, options)


def _problems(report: IndexReport) -> dict[str, list[dict[str, str]]]:
    return {"problems": problems_json(report.problems)}


def _end(report: IndexReport, options: argparse.Namespace, partial: bool = False) -> int:
    if report.problems and not getattr(options, "json", False):
        say_problems(report.problems)
    return PARTIAL if report.problems or partial else OK


COMMANDS: dict[str, Callable[[Call], int]] = {
    "index": _index,
    "elbow": _elbow,
    "groups": _groups,
    "neighbors": _neighbors,
    "duplicates": _duplicates,
    "organize": _organize,
    "keywords": _keywords,
    "undo": _undo,
    "export": _export,
    "evaluate": _evaluate,
    "models": lambda call: models(call.options, call.ctx),
    "settings": lambda call: upkeep.settings(call.options),
    "cache": lambda call: upkeep.cache(call.options),
    "doctor": lambda call: upkeep.doctor(call.options),
}
