"""Removing what a run made beside originals that still stand: how copies and links are taken back.

A moved file is brought back by moving it, so that `copy_move.Move` is its own undo.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from desktop_app.engine.organize.actions.base import Action, Operation, out_of_sight, reserve
from desktop_app.engine.organize.context import Item, RunContext, State
from desktop_app.engine.organize.disk.names import unit_names
from desktop_app.engine.organize.disk.publish import publish, two_names
from desktop_app.engine.organize.journal.record import Mark
from desktop_app.engine.organize.problems import describe


class Remove(Operation):
    """Undo of an action that left its source in place: remove what it made.

    In two steps, so that a unit goes whole: a new name out of sight, which fails where removing would, then removing.

    Args:
        made_by: that action.
    """

    needs_folder = False

    def __init__(self, made_by: Action) -> None:
        self._made_by = made_by

    def stage(self, run: RunContext, item: Item) -> None:
        """Make certain that nothing is lost."""
        self._made_by.check_undo(run, item)

    def seal(self, run: RunContext, item: Item) -> None:
        """Take it out of sight."""
        publish(run.disk, item.src, out_of_sight(item), lambda: None)
        item.state = State.STAGED

    def place(self, run: RunContext, item: Item) -> None:
        """Remove it; what cannot be removed now is left out of sight for the next start."""
        try:
            run.disk.unlink(out_of_sight(item))
        except OSError as error:
            run.tally.failed.append(describe(error, item.src))
            run.tally.outcome = "unsettled"
        else:
            item.state = State.PLACED

    def withdraw(self, run: RunContext, item: Item) -> None:
        """Give it its name back."""
        if item.state is State.STAGED:
            publish(run.disk, out_of_sight(item), item.src, lambda: reserve(run, item, back=True))
            item.state = State.WAITING

    def tidy(self, run: RunContext, item: Item) -> None:
        """Give it its name back, so that the whole unit is looked at anew."""
        hidden = run.stat(out_of_sight(item))
        if hidden is None:
            return
        if run.stat(item.src) is not None:
            if hidden.st_size == 0 or two_names(run.disk, item.src, out_of_sight(item)):
                run.disk.unlink(out_of_sight(item))  # cut between the two steps of a rename
                return
            # Somebody else has the name by now, and what cannot be removed after all must not stay out of sight.
            numbered = (item.src.with_name(unit_names([item.src.name], number)[0]) for number in count(2))
            item.src = next(name for name in numbered if run.stat(name) is None)
        publish(run.disk, out_of_sight(item), item.src, lambda: reserve(run, item, back=True))

    def find(self, run: RunContext, item: Item) -> None:
        """Done if it is gone."""
        if run.stat(item.src) is None:
            item.state = State.PLACED

    def second_name(self, item: Item) -> Path:
        """The name out of sight."""
        return out_of_sight(item)

    def gaining(self, item: Item) -> set[Path]:
        """Nothing new stands anywhere."""
        return set()

    def losing(self, item: Item) -> set[Path]:
        """Where the name was."""
        return {item.src.parent}

    def mark(self, run: RunContext, item: Item) -> Mark:
        """There is nothing left to know again."""
        return Mark(0, 0, 0, "")
