"""Play a run backwards, newest file first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.actions.registry import ACTIONS, undo_of
from desktop_app.engine.organize.context import RunContext, State, Tally
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import Record
from desktop_app.engine.organize.running import ending, items
from desktop_app.engine.organize.running.transfer import Transfer, Unit
from desktop_app.engine.organize.steps import units
from desktop_app.engine.types import Problem


def reverse_run(
    record: Record,
    places: Places,
    journal: Journal,
    ctx: JobContext,
    disk: Disk,
    moved_on: Callable[[], Mapping[Path, str]],
) -> Tally:
    """Take back what is left of a run, also after an undo that was interrupted.

    Args:
        record: the run; settled.
        places: where its folders are.
        journal: the run's journal, open.
        ctx: progress and cancel.
        disk: the file system.
        moved_on: tells which destinations of this run a later run has emptied, with its number.
    """
    moved_on = cache(moved_on)
    action = undo_of(ACTIONS[record.action])
    run = RunContext(disk, journal, ctx, "undo")
    remaining = record.remaining()
    pairs = [(n, record.steps[n]) for n in remaining]
    todo = []
    for numbered in reversed(units(pairs)):
        unit = [items.backward(n, places.today(step), remaining[n], record) for n, step in numbered]
        try:
            items.settle(run, action, unit, record.undo)
        except OSError:
            run.tally.outcome = "unsettled"
            continue
        todo.append(_present(run, unit, moved_on))
    journal.add("start", p="undo")
    anchors = [places.root, places.destination]
    transfer = Transfer(run, action, places.destination, anchors, places.mounts, "Taking back", len(todo))
    transfer.run([unit for unit in todo if unit])
    built_on = any(problem.code == "moved-on" for problem in run.tally.skipped)
    whole = run.tally.outcome == "finished" and not built_on
    folders = {places.target(folder): inode for folder, inode in record.folders.items()} if whole else {}
    kept = len(remaining) - len(run.tally.done)
    done = {record.steps[n].photo_id for n in record.do.done if n in record.steps}
    ending.finish(run, folders, files=len(record.do.done), photos=len(done), kept=kept)
    return run.tally


def _present(run: RunContext, unit: Unit, moved_on: Callable[[], Mapping[Path, str]]) -> Unit:
    """Leave out, and name, files that are not where the run put them; the others can still return."""
    here = []
    for item in unit:
        if item.state is State.PLACED or not _is_missing(run, item.src):
            here.append(item)
            continue
        later = moved_on().get(item.step.dst)
        message = f"run {later} moved it on; take that back first" if later else "it is not there any more"
        run.tally.skipped.append(Problem(item.src, "organize", "moved-on" if later else "missing", message))
    return here


def _is_missing(run: RunContext, path: Path) -> bool:
    try:
        return run.stat(path) is None
    except OSError:
        return False  # the transfer meets the same error, and names it
