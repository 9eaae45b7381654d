"""Commands that touch files, and their way back: organize, keywords, undo."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

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
from desktop_app.cli.grouping import Grouped, grouped
from desktop_app.cli.terminal import note, say, say_json, say_table
from desktop_app.engine import runs
from desktop_app.engine.curation.unsure import file_unsure
from desktop_app.engine.errors import UsageError
from desktop_app.engine.organize.actions.registry import noun
from desktop_app.engine.organize.planning.layout import Layout
from desktop_app.engine.wording import counted, display_path

if TYPE_CHECKING:
    from desktop_app.engine.types import Group, IndexReport, Problem


class _Done(Protocol):
    """What the person is told when it is done."""

    @property
    def text(self) -> str: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def ok(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Course:
    """A plan, and how it is told and carried out.

    Attributes:
        told: the plan as JSON.
        show: says the plan; ``out`` is by what.
        summary: the plan in a sentence or two.
        anything: whether there is anything to do, and so to ask.
        complete: whether the plan does all that was asked for.
        carry_out: does it.
        after: what is said besides, when it is done.
    """

    told: dict[str, Any]
    show: Callable[..., None]
    summary: str
    anything: bool
    complete: bool
    carry_out: Callable[[], _Done]
    after: str = ""


def organize(call: Call) -> int:
    """Copy, move or link the photos of each group into a folder of its own, or say what that would do."""
    options, ctx = call.options, call.ctx
    layout = Layout(options.folders, options.same_name)  # a mistake in it is told before the folder is looked at
    shown, groups = _filed(call)
    plan = shown.opened.plan(groups, options.to, options.action, ctx, layout)
    course = _Course(
        told=plan_json(plan),
        show=partial(say_plan, plan),
        summary=plan.summary,
        anything=bool(plan.steps),
        complete=plan.ok,
        carry_out=lambda: shown.opened.apply(plan, ctx),
        after=f"{counted(plan.in_order, 'file was', 'files were')} there already." if plan.in_order else "",
    )
    return _follow(call, shown.report, course)


def keywords(call: Call) -> int:
    """Write the names of the groups into sidecars, or say what that would do."""
    shown, groups = _filed(call)
    plan = shown.opened.plan_keywords(groups, call.ctx, call.options.sidecars)
    course = _Course(
        told=keywords_json(plan),
        show=partial(say_keywords, plan),
        summary=plan.summary,
        anything=bool(plan.changes),
        complete=plan.ok,
        carry_out=lambda: shown.opened.write_keywords(plan, call.ctx),
    )
    return _follow(call, shown.report, course)


def _filed(call: Call) -> tuple[Grouped, tuple[Group, ...]]:
    """The groups of the folder, and those that files go by: unsure photos are where the person wants them."""
    shown = grouped(call)
    return shown, file_unsure(shown.groups, shown.clustering, call.options.unsure)


def _follow(call: Call, report: IndexReport, course: _Course) -> int:
    """Say the plan, ask, carry it out and say what came of it; the exit code."""
    options, seen = call.options, {"photos": report.photos}
    problems = {"problems": problems_json(report.problems)}
    if options.dry_run:
        if options.json:
            say_json({"dry_run": True, **seen, **course.told, **problems})
        else:
            course.show()
            say("Nothing was touched (--dry-run).")
        return call.end(report, partial=not course.complete)
    if course.anything and not options.yes:
        course.show(out=note)
        if not _agreed(course.summary):
            return OK
    done = course.carry_out()
    if options.json:
        say_json({"dry_run": False, **seen, **course.told, **plain(done), **problems})
    else:
        say(done.text)
        if course.after:
            say(course.after)
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
