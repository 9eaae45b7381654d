"""Write keywords, take them back, and put in order what a crash cut off: the only way sidecars are touched.

The record is a run's journal as `organize` keeps it, so that history, undo and recovery are the same for a person. Each
line of a step carries the sidecar's bytes as they were: undo needs nothing else to bring them back.
"""

from __future__ import annotations

import base64
import functools
import logging
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from desktop_app.engine.errors import UserError
from desktop_app.engine.files import content_hash
from desktop_app.engine.job import JobContext
from desktop_app.engine.keywords.plan import Change, KeywordPlan, check_photo, merge, read_sidecar
from desktop_app.engine.keywords.swap import Swap, settle, swap_of
from desktop_app.engine.keywords.writer import NOT_WHOLE, Writer
from desktop_app.engine.language import tr
from desktop_app.engine.organize.actions.registry import KEYWORDS
from desktop_app.engine.organize.context import RunContext, Tally, changed
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.disk.locate import mount_point
from desktop_app.engine.organize.journal.journal import Journal, locked
from desktop_app.engine.organize.journal.lines import decode
from desktop_app.engine.organize.journal.places import Places
from desktop_app.engine.organize.journal.record import Phase, Record
from desktop_app.engine.organize.problems import Refused, disk_errors_named
from desktop_app.engine.organize.reports import ApplyReport, RunCancelled
from desktop_app.engine.organize.running import ending
from desktop_app.engine.organize.running.apply import head
from desktop_app.engine.organize.running.recover import Way
from desktop_app.engine.organize.running.reverse import moved_on
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.types import Problem
from desktop_app.engine.wording import display_path

_log = logging.getLogger(__name__)


@disk_errors_named()
def write(plan: KeywordPlan, journal_dir: Path, ctx: JobContext, *, disk: Disk = DISK) -> ApplyReport:
    """Write what a plan says. Every sidecar is whole, as it was or with its keyword, at every instant.

    Args:
        plan: from `plan.make_plan`; sidecars that changed since are left alone and named.
        journal_dir: where the record for undo and recovery goes.
        ctx: progress and cancel.
        disk: the file system.

    Raises:
        UserError: ``folder-missing``, ``another-run``, ``journal-unwritable``, ``disk-error``.
        RunCancelled: the person stopped; its report says what was done.
    """
    started = time.perf_counter()
    if not plan.changes:
        seconds = time.perf_counter() - started
        return ApplyReport("", KEYWORDS, "finished", (), plan.refused, (), 0, seconds, left_out=plan.left_out)
    if not plan.root.is_dir():
        raise UserError(
            "folder-missing",
            tr("The folder of the photos is gone: {folder}.", folder=display_path(plan.root)),
            tr("Connect its disk, or open the folder again."),
        )
    with locked(journal_dir):
        journal = Journal.create(journal_dir, disk)
        try:
            tally = _write(plan, journal, ctx, disk)
        finally:
            journal.close()
    named = {problem.path for problem in (*tally.skipped, *tally.failed)}
    waiting = [
        _step(change)
        for n, change in enumerate(plan.changes)
        if n not in tally.done and not named & {change.sidecar, change.photo}
    ]
    report = ApplyReport(
        journal.run_id,
        KEYWORDS,
        tally.outcome,
        tuple(tally.done.values()),
        (*plan.refused, *tally.skipped),
        tuple(tally.failed),
        sum(step.size for step in tally.done.values()),
        time.perf_counter() - started,
        tuple(waiting),
        tally.note_lines,
        plan.left_out,
    )
    _log.info("run %s: keywords %s, %d sidecars", report.run_id, report.outcome, len(report.done))
    if tally.outcome == "cancelled":
        raise RunCancelled(report)
    return report


def _step(change: Change) -> Step:
    return Step(change.photo_id, change.sidecar, change.sidecar, change.size, change.mtime_ns, change.content)


def _write(plan: KeywordPlan, journal: Journal, ctx: JobContext, disk: Disk) -> Tally:
    token = head(journal, KEYWORDS, plan.root, plan.root, [mount_point(plan.root)])
    journal.add("planned")
    journal.sync()
    run = RunContext(disk, journal, ctx, "do")
    changes = plan.changes
    todo = [swap_of(n, _step(one), one.content, "", f"{token}-{n}") for n, one in enumerate(changes)]
    Writer(run, plan.root, len(todo)).write(todo, lambda swap: _prepare(run, swap, changes[swap.n]))
    photos = {step.photo_id for step in run.tally.done.values()}
    ending.finish(run, {}, files=len(run.tally.done), photos=len(photos))
    return run.tally


def _prepare(run: RunContext, swap: Swap, change: Change) -> None:
    """Read a sidecar once more and work out its new bytes."""
    check_photo(run.disk, change.photo)
    if change.new:
        swap.like = run.disk.lstat(change.photo)  # whoever may read the photo may read its sidecar
    else:
        swap.old, swap.like = read_sidecar(run.disk, swap.path)
        if content_hash(swap.old) != swap.before:
            raise changed(swap.path)
    swap.content = merge(swap.path, swap.old, change.keyword)
    swap.after = content_hash(swap.content)


def reverse_run(record: Record, places: Places, journal: Journal, ctx: JobContext, disk: Disk) -> Tally:
    """Give sidecars the bytes back that they had; those that are new go. What was changed since is left alone.

    Args:
        record: the run; settled.
        places: where its folder is.
        journal: the run's journal, open.
        ctx: progress and cancel.
        disk: the file system.
    """
    run = RunContext(disk, journal, ctx, "undo")
    remaining = record.remaining()
    swaps = [
        swap_of(n, places.today(record.steps[n]), mark.content, record.steps[n].content_hash, f"{record.token}-{n}u")
        for n, mark in sorted(record.do.done.items())
        if n in record.steps
    ]
    journal.add("start", p="undo")
    _settle(run, swaps, record.undo)
    if run.tally.outcome == "finished":
        bytes_before = _Before(record.path)
        todo = [swap for swap in swaps if swap.n in remaining and swap.n not in run.tally.done]
        later = functools.cache(lambda: moved_on(record))  # read only where a sidecar is gone
        Writer(run, places.root, len(todo)).write(todo, lambda swap: _prepare_back(run, swap, bytes_before, later))
    lost = record.placed - record.steps.keys()
    if lost:
        text = tr(
            "it is damaged: %n sidecars that it no longer names stay as they are",
            "",
            len(lost),
            one="it is damaged: %n sidecar that it no longer names stays as it is",
        )
        run.tally.skipped.append(Problem(record.path, "organize", "record-damaged", text))
    gone = sum(problem.code == "missing" for problem in run.tally.skipped)
    photos = {record.steps[n].photo_id for n in record.do.done if n in record.steps}
    kept = len(remaining.keys() - run.tally.done.keys()) + len(lost)
    ending.finish(run, {}, files=len(record.placed), photos=len(photos), kept=kept, gone=gone)
    return run.tally


def _prepare_back(run: RunContext, swap: Swap, bytes_before: _Before, later: Callable[[], Mapping[Path, str]]) -> None:
    if run.stat(swap.path) is None:
        if by := later().get(swap.step.dst):
            raise Refused(swap.path, "moved-on", tr("run {run} moved it on; take that back first", run=by))
        raise Refused(swap.path, "missing", tr("it is not there any more"))
    stored, swap.like = read_sidecar(run.disk, swap.path)
    if content_hash(stored) != swap.before:
        raise changed(swap.path)
    if swap.after:
        swap.content, swap.mtime_ns = bytes_before.of(swap.n), swap.step.mtime_ns
        if content_hash(swap.content) != swap.after:
            raise Refused(swap.path, "record-damaged", tr("its record is damaged"))


class _Before:
    """The bytes that sidecars had, from the lines of a journal.

    Args:
        path: of the journal.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[int, int] = {}
        at = 0
        with path.open("rb") as lines:
            for line in lines:
                event = decode(line)
                if event is not None and event["e"] == "step":
                    self._places[event["n"]] = at
                at += len(line)

    def of(self, n: int) -> bytes:
        """Those of one step that is in the record."""
        with self._path.open("rb") as file:
            file.seek(self._places[n])
            event = decode(file.readline())
        assert event is not None  # it was whole when the record was read
        return zlib.decompress(base64.b85decode(event["old"]))


def settle_run(record: Record, places: Places, ctx: JobContext, disk: Disk, *, finish: bool) -> Tally:
    """Bring an interrupted run to an end. What was under way is made whole; the rest is not gone on with.

    Args:
        record: the run.
        places: where its folder is.
        ctx: progress and cancel.
        disk: the file system.
        finish: as for runs that organize; a person writes keywords again instead, from groups as they are then.
    """
    journal = Journal.reopen(record.path, disk)
    try:
        run = RunContext(disk, journal, ctx, "do")
        swaps = []
        for n in sorted(record.do.begun & record.steps.keys()):
            step, ready = places.today(record.steps[n]), record.do.ready.get(n)
            after = ready.content if ready is not None else ""
            swaps.append(swap_of(n, step, step.content_hash, after, f"{record.token}-{n}"))
        _settle(run, swaps, record.do)
        done = {*record.do.done, *run.tally.done}
        if run.tally.outcome == "finished":
            run.tally.outcome = "stopped"
        photos = {record.steps[n].photo_id for n in done if n in record.steps}
        ending.finish(run, {}, files=len(done), photos=len(photos))
        return run.tally
    finally:
        journal.close()


def _settle(run: RunContext, swaps: Iterable[Swap], phase: Phase) -> None:
    """Settle what a crash left under way, also of what is done already; what of the rest is done goes on record."""
    found = []
    for swap in swaps:
        if swap.n not in phase.begun:
            continue
        ready = swap.n in phase.ready and phase.ready[swap.n].content != NOT_WHOLE
        try:
            placed = settle(run, swap, ready=ready, reserved=swap.n in phase.reserved)
        except OSError:
            # What the disk does not tell about now keeps the run open, so that the next start asks again.
            run.tally.outcome = "unsettled"
            continue
        if placed and swap.n not in phase.done:
            found.append(swap)
    if found:
        run.journal.add("done", p=run.phase, files=[[swap.n, 0, 0, 0, swap.after] for swap in found])
        run.journal.sync()
    run.tally.done.update((swap.n, swap.step) for swap in found)


WAYS = {KEYWORDS: Way(settle_run, reverse_run)}
"""For `undo` and `recover` of `organize.running`."""
