"""Carry out a plan. With `undo` and `recover`, the only way the program touches a person's files."""

from __future__ import annotations

import logging
import secrets
import time
from pathlib import Path

from desktop_app.engine.errors import UserError
from desktop_app.engine.job import JobContext
from desktop_app.engine.language import figure, tr
from desktop_app.engine.organize.actions.registry import ACTIONS
from desktop_app.engine.organize.context import RunContext, Tally
from desktop_app.engine.organize.disk.disk import DISK, Disk
from desktop_app.engine.organize.disk.locate import devices, existing, inode_chain, mount_point, same_disk
from desktop_app.engine.organize.journal.journal import Journal, locked
from desktop_app.engine.organize.journal.record import VERSION
from desktop_app.engine.organize.planning.plan import Plan
from desktop_app.engine.organize.problems import disk_errors_named
from desktop_app.engine.organize.reports import ApplyReport, RunCancelled
from desktop_app.engine.organize.running import ending, items
from desktop_app.engine.organize.running.transfer import Transfer
from desktop_app.engine.organize.steps import Step, units
from desktop_app.engine.wording import ELSEWHERE, data_size, display_path

_log = logging.getLogger(__name__)


@disk_errors_named()
def apply(plan: Plan, journal_dir: Path, ctx: JobContext, *, disk: Disk = DISK) -> ApplyReport:
    """Carry out a plan. Every photo is whole at its source or its destination at every instant.

    Args:
        plan: from `planner.make_plan`; files that changed since are skipped and named.
        journal_dir: where the record for undo and recovery goes.
        ctx: progress and cancel; a cancel stops within a second and leaves whole photos only.
        disk: the file system.

    Raises:
        UserError: ``not-enough-space``, ``folder-missing``, ``disk-changed``, ``another-run``, ``journal-unwritable``,
            ``disk-error``.
        RunCancelled: the person stopped; its report says what was done.
    """
    started = time.perf_counter()
    if not plan.steps:
        seconds = time.perf_counter() - started
        return ApplyReport("", plan.action, "finished", (), plan.refused, (), 0, seconds, left_out=plan.left_out)
    # Before the check: a disk that went between the two would otherwise pass for the one below its mount point.
    mounts = [mount_point(folder) for folder in (plan.root, plan.destination)]
    # Once more: an hour may lie between the plan and the person's yes.
    _check(plan)
    # The lock before the number: two runs must not share a journal.
    with locked(journal_dir):
        journal = Journal.create(journal_dir, disk)
        _log.info("run %s: %s of %d photos, %d files", journal.run_id, plan.action, plan.photos, len(plan.steps))
        _log.debug("run %s: from %s to %s", journal.run_id, plan.root, plan.destination)
        try:
            tally = _carry_out(plan, mounts, journal, ctx, disk)
        finally:
            journal.close()
    report = ApplyReport(
        journal.run_id,
        plan.action,
        tally.outcome,
        tuple(tally.done.values()),
        (*plan.refused, *tally.skipped),
        tuple(tally.failed),
        sum(step.size for step in tally.done.values()),
        time.perf_counter() - started,
        _not_come_to(plan, tally),
        tally.note_lines,
        plan.left_out,
    )
    _log.info(
        "run %s: %s %s, %d photos, %d files, %d bytes, %d skipped, %d failed, %.1f s",
        report.run_id,
        report.action,
        report.outcome,
        report.photos,
        len(report.done),
        report.bytes,
        len(report.skipped),
        len(report.failed),
        report.seconds,
    )
    if tally.outcome == "cancelled":
        raise RunCancelled(report)
    return report


def head(journal: Journal, action: str, root: Path, destination: Path, mounts: list[Path]) -> str:
    """Write a run's first line.

    Returns:
        Its token: in the names of temporary files, so that the next start clears away this run's and nobody else's.
    """
    token = secrets.token_hex(4)
    journal.add(
        "run",
        version=VERSION,
        token=token,
        action=action,
        root=str(root),
        destination=str(destination),
        root_chain=inode_chain(root),
        destination_chain=inode_chain(destination) if destination.is_dir() else [],
        same_disk=same_disk(root, destination),
        mounts=[str(mount) for mount in mounts],
        started=time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    )
    return token


def _not_come_to(plan: Plan, tally: Tally) -> tuple[Step, ...]:
    """Files of the plan that are neither done nor named as left alone; a run that came to its end has none."""
    named = {problem.path for problem in (*tally.skipped, *tally.failed)}
    return tuple(step for n, step in enumerate(plan.steps) if n not in tally.done and step.src not in named)


def _check(plan: Plan) -> None:
    root, destination = display_path(plan.root), display_path(plan.destination)
    if not plan.root.is_dir():
        raise UserError(
            "folder-missing",
            tr("The folder of the photos is gone: {folder}. Nothing was touched.", folder=root),
            tr(ELSEWHERE),
        )
    if plan.devices != devices(plan.root, plan.destination):
        raise UserError(
            "disk-changed",
            tr(
                "{root} or {destination} is on another disk than when the plan was made.",
                root=root,
                destination=destination,
            ),
            tr("Connect the disk and look at the plan again; nothing was touched."),
        )
    if not plan.fits:
        raise UserError(
            "not-enough-space",
            tr("There is not enough space at {folder}: {figures}.", folder=destination, figures=_what_lacks(plan)),
            tr("Free some space or choose another destination; nothing was touched."),
        )


def _what_lacks(plan: Plan) -> str:
    if plan.bytes_needed > plan.bytes_free:
        return tr("{needed} needed, {free} free", needed=data_size(plan.bytes_needed), free=data_size(plan.bytes_free))
    return tr(
        "%n new files, and the disk takes only {free} more",
        "",
        plan.files_needed,
        one="%n new file, and the disk takes only {free} more",
        free=figure(plan.files_free or 0),
    )


def _carry_out(plan: Plan, mounts: list[Path], journal: Journal, ctx: JobContext, disk: Disk) -> Tally:
    token = head(journal, plan.action, plan.root, plan.destination, mounts)
    # Relative where possible: the folders may have another name when the run is taken back.
    for n, step in enumerate(plan.steps):
        src = step.src.relative_to(plan.root) if step.src.is_relative_to(plan.root) else step.src
        file = [step.size, step.mtime_ns, step.content_hash]
        journal.add(
            "step", n=n, photo=step.photo_id, src=str(src), dst=str(step.dst.relative_to(plan.destination)), file=file
        )
    # The whole plan is on the disk before the first file is touched: the next start can go on where this one stops.
    journal.add("planned")
    journal.sync()

    run = RunContext(disk, journal, ctx, "do")
    todo = [[items.forward(n, step, token) for n, step in unit] for unit in units(enumerate(plan.steps))]
    action = ACTIONS[plan.action]
    # Of a destination that is still to be made, the folder above it: it is there now and shows whether its disk is.
    anchors = [plan.root, existing(plan.destination)]
    transfer = Transfer(run, action, plan.destination, anchors, mounts, tr(action.words.doing), len(todo))
    transfer.run(todo)
    photos = {step.photo_id for step in run.tally.done.values()}
    ending.finish(run, transfer.made, files=len(run.tally.done), photos=len(photos))
    return run.tally
