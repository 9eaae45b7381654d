"""The files of a run as items under way, to the destination or back, and how far each had come before a crash."""

from __future__ import annotations

from pathlib import Path

from desktop_app.engine.organize.actions.base import Operation
from desktop_app.engine.organize.context import Item, RunContext, State
from desktop_app.engine.organize.journal.record import Mark, Phase, Record
from desktop_app.engine.organize.running.transfer import Unit
from desktop_app.engine.organize.steps import Step


def forward(n: int, step: Step, token: str) -> Item:
    """A step on its way to the destination."""
    # Beside the final name, so that giving it is one rename and never a copy.
    temp = step.dst.with_name(f".kindred-{token}-{n}.part")
    return Item(n, step, step.src, step.dst, step.size, step.mtime_ns, step.content_hash, temp)


def backward(n: int, step: Step, mark: Mark, record: Record) -> Item:
    """A step that was done, on its way back."""
    # Never the name it had on its way there: leftovers of the two directions are cleared by different rules.
    temp = step.src.with_name(f".kindred-{record.token}-{n}u.part")
    item = Item(n, step, step.dst, step.src, step.size, mark.mtime_ns, mark.content, temp)
    item.mark, item.original = mark, record.do.ready.get(n)
    return item


def settle(run: RunContext, action: Operation, unit: Unit, phase: Phase) -> None:
    """Find out from the disk how far a unit came before a crash, and remove what is half done.

    Raises:
        OSError: the disk does not tell now.
    """
    for item in unit:
        # What was not begun is as it was; whatever stands under its names is the person's.
        if item.n not in phase.begun:
            continue
        item.ready = phase.ready.get(item.n)
        # Leftovers before `find` looks: an empty placeholder would be in the way, since nothing is overwritten, and
        # what an undo had hidden would pass for gone.
        if item.n in phase.reserved:
            _remove_placeholder(run, item.dst, item.temp if item.ready is not None else item.src)
        # An empty file of the person's own looks just like it, and is left.
        if item.n in phase.put_back and item.size:
            _remove_placeholder(run, item.src, action.second_name(item))
        action.tidy(run, item)
        action.find(run, item)
        # The copy that was ready is cleared away by now, and a new one must not be taken for it.
        if item.state is State.WAITING:
            item.ready = None


def _remove_placeholder(run: RunContext, name: Path, instead: Path) -> None:
    """An empty file under a name is ours while what should have replaced it still waits."""
    found = run.stat(name)
    if found is not None and found.st_size == 0 and run.stat(instead) is not None:
        run.disk.unlink(name)
