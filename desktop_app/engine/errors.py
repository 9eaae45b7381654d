"""The errors a person can meet, each with what happened, to which file, and what to do.

Faces translate them: the command line into the exit code of the class, the window into a message box.
Everything else that escapes the engine is a defect.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.engine.types import Ignored, Problem


class Cancelled(Exception):
    """The person asked to stop. Raised by `JobContext.check`; nothing half-done is left behind.

    Args:
        text: what was done until then, in a person's words; may be empty.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = text


class UserError(Exception):
    """Something outside the program is not as the request needs it.

    Args:
        code: stable kebab-case name, for ``--json`` and tests.
        message: what happened, to which file.
        hint: what the person can do about it; may be empty.
    """

    exit_code = 1

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)  # all of it, so that it comes whole from another process
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(UserError):
    """The request itself cannot be carried out: a missing folder, an unknown method, k larger than N."""

    exit_code = 2


class NoImagesError(UserError):
    """The folder holds nothing that Kindred can show.

    Args:
        code: as in `UserError`.
        message: what the folder holds instead.
        hint: what the person can do about it.
        problems: files that could not be used.
        ignored: files and folders left out on purpose.
    """

    exit_code = 3

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        problems: Sequence[Problem] = (),
        ignored: Sequence[Ignored] = (),
    ) -> None:
        super().__init__(code, message, hint)
        self.problems = tuple(problems)
        self.ignored = tuple(ignored)


class ModelError(UserError):
    """A model is unknown, damaged, or does not match its card."""

    exit_code = 4


class UnexpectedError(UserError):
    """A defect of the program, as a person is told of it."""

    exit_code = 70
