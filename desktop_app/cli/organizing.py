"""Commands that touch files, and their way back: organize, keywords, undo."""

from __future__ import annotations

import sys

from desktop_app.cli.answers import (
    OK,
    PARTIAL,
    keywords_json,
    plain,
    plan_json,
    problems_json,
    say_keywords,
    say_plan,
    say_problems,
)
from desktop_app.cli.call import Call
from desktop_app.cli.grouping import grouped
from desktop_app.cli.terminal import note, say, say_json, say_table
from desktop_app.engine import runs
from desktop_app.engine.curation.unsure import file_unsure
from desktop_app.engine.errors import UsageError
from desktop_app.engine.organize.actions.registry import noun
from desktop_app.engine.organize.planning.layout import Layout
from desktop_app.engine.wording import counted, display_path


def organize(call: Call) -> int:
    """Copy, move or link the photos of each group into a folder of its own, or say what that would do."""
    options, ctx = call.options, call.ctx
    layout = Layout(options.folders, options.same_name)  # a mistake in it is told before the folder is looked at
    shown = grouped(call)
    report, problems = shown.report, problems_json(shown.report.problems)
    groups = file_unsure(shown.groups, shown.clustering, options.unsure)
    plan = shown.opened.plan(groups, options.to, options.action, ctx, layout)
    if options.dry_run:
        if options.json:
            say_json({"dry_run": True, "photos": report.photos, **plan_json(plan), "problems": problems})
        else:
            say_plan(plan)
            say("Nothing was touched (--dry-run).")
        return call.end(report, partial=not plan.ok)
    if not options.yes:
        say_plan(plan, out=note)
        if not _agreed(plan.summary):
            return OK
    done = shown.opened.apply(plan, ctx)
    if options.json:
        told = {**plan_json(plan), **plain(done), "problems": problems}
        say_json({"dry_run": False, "photos": report.photos, **told})
    else:
        say(done.text)
        if plan.in_order:
            say(f"{counted(plan.in_order, 'file was', 'files were')} there already.")
        say_problems(done.problems)
    return call.end(report, partial=not done.ok)


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


def keywords(call: Call) -> int:
    """Write the names of the groups into sidecars, or say what that would do."""
    options, ctx = call.options, call.ctx
    shown = grouped(call)
    report, problems = shown.report, problems_json(shown.report.problems)
    groups = file_unsure(shown.groups, shown.clustering, options.unsure)
    plan = shown.opened.plan_keywords(groups, ctx, options.sidecars)
    if options.dry_run:
        if options.json:
            say_json({"dry_run": True, "photos": report.photos, **keywords_json(plan), "problems": problems})
        else:
            say_keywords(plan)
            say("Nothing was touched (--dry-run).")
        return call.end(report, partial=not plan.ok)
    if plan.changes and not options.yes:
        say_keywords(plan, out=note)
        if not _agreed(plan.summary):
            return OK
    done = shown.opened.write_keywords(plan, ctx)
    if options.json:
        told = {**keywords_json(plan), **plain(done), "problems": problems}
        say_json({"dry_run": False, "photos": report.photos, **told})
    else:
        say(done.text)
        say_problems(done.problems)
    return call.end(report, partial=not done.ok)


def undo(call: Call) -> int:
    """Take a run back, or list all of them."""
    options, ctx = call.options, call.ctx
    if options.list:
        _list_runs(as_json=options.json)
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


def _list_runs(*, as_json: bool) -> None:
    past = runs.history()
    if as_json:
        say_json({"runs": [plain(info) for info in past]})
    elif not past:
        say("No runs yet.")
    else:
        rows = [
            [run.id, run.started_at, noun(run.action), str(run.files), display_path(run.destination), run.state]
            for run in past
        ]
        say_table(["run", "started", "action", "files", "to", ""], rows)


def _which(run_id: str) -> str:
    """A run in a person's words: without a number `undo` may take back another one than was thought of."""
    run = next(info for info in runs.history() if info.id == run_id)
    where = f"in {display_path(run.root)}"
    if run.root != run.destination:
        where = f"from {display_path(run.root)} to {display_path(run.destination)}"
    return f"Run {run_id}, {noun(run.action)} {where}"
