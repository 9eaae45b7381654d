"""Why a file stays where it is, in a person's words."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.engine.errors import UserError
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.wording import display_path

if TYPE_CHECKING:
    from desktop_app.engine.types import Problem

_BY_ERRNO = {
    errno.ENOSPC: ("disk-full", tr_noop("the disk is full")),
    errno.EDQUOT: ("disk-full", tr_noop("your share of the disk (quota) is used up")),
    errno.EROFS: ("read-only", tr_noop("the disk is read-only")),
    errno.EACCES: ("no-permission", tr_noop("the system does not allow access to it or its folder")),
    errno.EPERM: ("no-permission", tr_noop("it or its folder is protected against changes")),
    errno.EIO: ("disk-error", tr_noop("the disk reports an error")),
    errno.ENOENT: ("missing", tr_noop("it is not there any more")),
    errno.ENOTDIR: ("missing", tr_noop("a file stands where its folder was")),
    errno.EEXIST: ("name-taken", tr_noop("another file has its name there, and nothing is overwritten")),
    errno.ENAMETOOLONG: ("name-too-long", tr_noop("its name or path is too long for that disk")),
    errno.EINVAL: ("name-not-allowed", tr_noop("its name is not allowed on that disk")),
    errno.EILSEQ: ("name-not-allowed", tr_noop("its name is not allowed on that disk")),
    errno.EXDEV: ("other-disk", tr_noop("this works within one disk only")),
    errno.EMLINK: ("too-many-links", tr_noop("it has as many hard links as its disk allows")),
    errno.ELOOP: ("is-a-link", tr_noop("it is a link, and links are not followed")),
    errno.ENODEV: ("disk-gone", tr_noop("its disk is not connected any more")),
    errno.ENXIO: ("disk-gone", tr_noop("its disk is not connected any more")),
    errno.ESTALE: ("disk-gone", tr_noop("its disk is not connected any more")),
    errno.ENOTCONN: ("disk-gone", tr_noop("its disk is not connected any more")),
}

STOPPING = frozenset({"disk-full", "read-only", "disk-gone"})
"""Codes after which every further file would meet the same fate, so that the run stops cleanly."""


class Refused(Exception):
    """A file is left alone on purpose: acting on it could lose or overwrite something."""

    def __init__(self, path: Path, code: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.code = code
        self.message = message


def describe(error: OSError | Refused, path: Path) -> Problem:
    """The problem to show for an error met while working on ``path``."""
    # Not at the top: it brings numpy, and the command line shows its help without; it asks the actions for their names.
    from desktop_app.engine.types import Problem

    if isinstance(error, Refused):
        return Problem(error.path, "organize", error.code, error.message)
    fallback = ("disk-error", error.strerror or tr_noop("the system refused it"))
    code, message = _BY_ERRNO.get(error.errno or 0, fallback)
    return Problem(path, "organize", code, tr(message))


@contextlib.contextmanager
def disk_errors_named() -> Iterator[None]:
    """Tell a person of a disk that fails before any file's turn has come, or after the last one.

    Raises:
        UserError: ``disk-error``, ``no-permission`` and the other codes of a file's problem.
    """
    try:
        yield
    except OSError as error:
        path = Path(error.filename) if isinstance(error.filename, str) else Path()
        problem = describe(error, path)
        raise UserError(
            problem.code,
            tr("Organizing stopped at {name}: {reason}.", name=display_path(path), reason=problem.message),
            tr("No file was lost. The next start of Kindred puts in order what was under way."),
        ) from error
