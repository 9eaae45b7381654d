"""Play a run backwards, newest file first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from desktop_app.engine.job import JobContext
from desktop_app.engine.organize.actions.registry import ACTIONS, undo_of
from desktop_app.engine.organize.disk.disk import Disk
from desktop_app.engine.organize.journal.journal import Journal
from desktop_app.engine.organize.journal.record import Places, Record, units
from desktop_app.engine.organize.reports import Tally
from desktop_app.engine.organize.running import session
from desktop_app.engine.organize.running.transfer import Transfer, Unit
from desktop_app.engine.organize.work import State, Work
from desktop_app.engine.types import Problem


def take_back(
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
    work = Work(disk, journal, ctx, "undo")
    remaining = record.remaining()
    pairs = [(n, record.steps[n]) for n in remaining]
    todo = []
    for numbered in reversed(units(pairs)):
        unit = [session.backward(n, session.today(step, places), remaining[n], record) for n, step in numbered]
        try:
            session.settle(work, action, unit, record.undo)
        except OSError:
            work.tally.outcome = "unsettled"
            continue
        todo.append(_present(work, unit, moved_on))
    journal.add("start", p="undo")
    anchors = [places.root, places.destination]
    transfer = Transfer(work, action, places.destination, anchors, places.mounts, "Taking back", len(todo))
    session.run(work, transfer, [unit for unit in todo if unit])
    built_on = any(problem.code == "moved-on" for problem in work.tally.skipped)
    whole = work.tally.outcome == "finished" and not built_on
    folders = {places.target(folder): inode for folder, inode in record.folders.items()} if whole else {}
    kept = len(remaining) - len(work.tally.done)
    done = {record.steps[n].photo_id for n in record.do.done if n in record.steps}
    session.close(work, folders, files=len(record.do.done), photos=len(done), kept=kept)
    return work.tally


def _present(work: Work, unit: Unit, moved_on: Callable[[], Mapping[Path, str]]) -> Unit:
    """Leave out, and name, files that are not where the run put them; the others can still return."""
    here = []
    for item in unit:
        if item.state is State.PLACED or not _is_missing(work, item.src):
            here.append(item)
            continue
        later = moved_on().get(item.step.dst)
        message = f"run {later} moved it on; take that back first" if later else "it is not there any more"
        work.tally.skipped.append(Problem(item.src, "organize", "moved-on" if later else "missing", message))
    return here


def _is_missing(work: Work, path: Path) -> bool:
    try:
        return work.stat(path) is None
    except OSError:
        return False  # the transfer meets the same error, and names it
