"""Removing what a run made beside originals that still stand."""

from __future__ import annotations

from pathlib import Path

from desktop_app.engine.organize.actions.base import Action, out_of_sight
from desktop_app.engine.organize.disk.publish import publish, two_names
from desktop_app.engine.organize.journal.record import Mark
from desktop_app.engine.organize.problems import describe
from desktop_app.engine.organize.work import Item, State, Work


class TakeBack(Action):
    """Undo of an action that left its source in place: remove what it made.

    In two steps, so that a unit goes whole: a new name out of sight, which fails where removing would, then removing.

    Args:
        made_by: that action.
    """

    name = "take-back"
    doing = "Taking back"
    needs_folder = False

    def __init__(self, made_by: Action) -> None:
        self._made_by = made_by

    def stage(self, work: Work, item: Item) -> None:
        """Make certain that nothing is lost."""
        self.check_undo(work, item)

    def check_undo(self, work: Work, item: Item) -> None:
        """Ask the action that made it."""
        self._made_by.check_undo(work, item)

    def seal(self, work: Work, item: Item) -> None:
        """Take it out of sight."""
        publish(work.disk, item.src, out_of_sight(item), lambda: None)
        item.state = State.STAGED

    def place(self, work: Work, item: Item) -> None:
        """Remove it; what cannot be removed now is left out of sight for the next start."""
        try:
            work.disk.unlink(out_of_sight(item))
        except OSError as error:
            work.tally.failed.append(describe(error, item.src))
            work.tally.outcome = "unsettled"
        else:
            item.state = State.PLACED

    def withdraw(self, work: Work, item: Item) -> None:
        """Give it its name back."""
        if item.state is State.STAGED:
            publish(work.disk, out_of_sight(item), item.src, lambda: None)
            item.state = State.WAITING

    def tidy(self, work: Work, item: Item) -> None:
        """Give it its name back, so that the whole unit is looked at anew."""
        hidden = work.stat(out_of_sight(item))
        if hidden is None:
            return
        if work.stat(item.src) is None:
            publish(work.disk, out_of_sight(item), item.src, lambda: None)
        elif hidden.st_size == 0 or two_names(work.disk, item.src, out_of_sight(item)):
            work.disk.unlink(out_of_sight(item))  # cut between the two steps of a rename

    def find(self, work: Work, item: Item) -> None:
        """Done if it is gone."""
        if work.stat(item.src) is None:
            item.state = State.PLACED

    def gaining(self, item: Item) -> set[Path]:
        """Nothing new stands anywhere."""
        return set()

    def losing(self, item: Item) -> set[Path]:
        """Where the name was."""
        return {item.src.parent}

    def mark(self, work: Work, item: Item) -> Mark:
        """There is nothing left to know again."""
        return Mark(0, 0, 0, "")
