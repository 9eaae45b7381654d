"""What is kept of a folder where two windows, or a window and a command, have it open at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.curation.store import file_of, load
from desktop_app.engine.curation.values import Curation
from desktop_app.engine.errors import UserError
from desktop_app.engine.language import tr
from desktop_app.engine.wording import display_path

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a file was when it was last read or written here; None where there was none."""

    stamp: Stamp | None
    decisions: tuple[object, ...]


class Shared:
    """Remembers what this program last read or wrote of each folder, so that it overwrites nobody else's decisions.

    Between a look and a write another one may still come; that takes milliseconds, and two hands.
    """

    def __init__(self) -> None:
        self._seen: dict[Path, _Seen] = {}

    def note(self, folder: Path, curation: Curation) -> None:
        """Take in that ``curation`` is what the file of ``folder`` holds."""
        self._seen[folder] = _Seen(_stamp(folder), curation.decisions)

    def may_write(self, folder: Path, curation: Curation) -> bool:
        """Whether ``curation`` may take the place of what is kept of ``folder``.

        Returns:
            False where only somebody else has decided something since: then there is nothing to be kept.

        Raises:
            UserError: ``curation-changed`` where both have decided, and differently. As `store.load` else.
        """
        seen, stamp = self._seen.get(folder), _stamp(folder)
        if seen is None or stamp in (None, seen.stamp):
            return True
        found, ours = load(folder), curation.decisions
        if found.trouble or found.decisions in (seen.decisions, ours):
            return True
        if ours == seen.decisions:
            return False
        text = tr(
            "Another window of Kindred, or a command, has changed the groups of {folder} meanwhile. What you decide "
            "here is not kept any more. Close the folder and open it again to go on with what was decided there.",
            folder=display_path(folder),
        )
        raise UserError("curation-changed", text)


def _stamp(folder: Path) -> Stamp | None:
    try:
        found = file_of(folder).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
