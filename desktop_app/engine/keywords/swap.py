"""One file for another under one name, so that a crash leaves the old or the new one whole and no third one is lost.

The new file is complete and on the disk under a temporary name before anything happens. Then the two change names in
one step, and what comes out under the temporary name is looked at: if it is not what was read before, another program
wrote it in between, and the two change back. Disks without such a step get the old file moved out of sight first, and
back where it is not what it should be. Only bytes that are known, the old ones on record or the new ones, are ever
removed; anything else that turns up is given a name beside the sidecar.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.files import content_hash
from desktop_app.engine.language import tr
from desktop_app.engine.organize.context import CHUNK, RunContext, changed
from desktop_app.engine.organize.disk.names import MAX_NAME_BYTES, shorten
from desktop_app.engine.organize.disk.publish import publish
from desktop_app.engine.organize.problems import Refused
from desktop_app.engine.organize.steps import Step
from desktop_app.engine.types import Problem

_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_NO_FILE = "no file"  # in place of a hash: a folder or a link
_NOTHING = content_hash(b"")


@dataclass(slots=True, eq=False)
class Swap:
    """One sidecar under way.

    Attributes:
        n: number of its step in the journal.
        step: as reports show it.
        path: the sidecar, where it is today.
        before: BLAKE2b-160 hex of the bytes that stand there; empty where there is no file.
        after: of those that shall; empty where there shall be no file.
        temp: name of the new file until it has its own.
        aside: name of the old one while it is out of sight.
        content: the new bytes, while they are needed.
        old: the bytes before, while they are needed.
        like: whose owner and permissions the new file gets.
        mtime_ns: modification time it gets; None for now.
        fd: the new file while it is open.
        reserved: an empty file of ours may stand under the name.
    """

    n: int
    step: Step
    path: Path
    before: str
    after: str
    temp: Path
    aside: Path
    content: bytes | None = None
    old: bytes | None = None
    like: os.stat_result | None = None
    mtime_ns: int | None = None
    fd: int | None = None
    reserved: bool = False


def swap_of(n: int, step: Step, before: str, after: str, token: str) -> Swap:
    """A sidecar on its way, with the names that this way uses and no other."""
    temp, aside = (step.dst.with_name(f".kindred-{token}{end}.part") for end in ("", "a"))
    return Swap(n, step, step.dst, before, after, temp, aside)


def place(run: RunContext, swap: Swap) -> None:
    """Let the new file stand under the name, or none.

    Raises:
        Refused: another program wrote there; its version stands, and nothing is changed.
        OSError: it is not certain how far it came: `settle` finds out.
    """
    if not swap.before:
        publish(run.disk, swap.temp, swap.path, lambda: _reserve(run, swap))
        return
    found = digest(run, swap.path)
    if found is None:
        raise Refused(swap.path, "missing", tr("it is not there any more"))
    if found != swap.before:
        raise changed(swap.path)
    if not swap.after:
        _hide(run, swap)
        return
    try:
        run.disk.exchange(swap.temp, swap.path)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        _hide(run, swap)
        publish(run.disk, swap.temp, swap.path, lambda: _reserve(run, swap))
        return
    if digest(run, swap.temp) != swap.before:
        run.disk.exchange(swap.temp, swap.path)
        raise changed(swap.path)


def clear(run: RunContext, swap: Swap) -> None:
    """Remove what is left under the other two names; what is neither the old nor the new file gets one of its own.

    Raises:
        OSError: it could not be done now.
    """
    for leftover in (swap.temp, swap.aside):
        found = digest(run, leftover)
        if found is None:
            continue
        if found in (swap.before, swap.after, _NOTHING):
            run.disk.unlink(leftover)
        else:
            _keep_in_sight(run, leftover, swap.path)


def settle(run: RunContext, swap: Swap, *, ready: bool, reserved: bool) -> bool:
    """Find out from the disk how far a swap came, end it one way or the other, and remove what is left of it.

    Args:
        run: the tools.
        swap: after a crash or an error.
        ready: the new file was whole; before that nothing but it was touched.
        reserved: an empty file of ours may stand under the name.

    Returns:
        Whether what shall stand there does.

    Raises:
        OSError: the disk does not tell now.
    """
    if not ready:
        if run.stat(swap.temp) is not None:  # half a file of ours
            run.disk.unlink(swap.temp)
        return False
    here, temp, aside = (digest(run, path) for path in (swap.path, swap.temp, swap.aside))
    if reserved and here == _NOTHING and (temp, aside) != (None, None):
        run.disk.unlink(swap.path)
        here = None
    if here is None and aside is not None and (swap.after or aside != swap.before):
        publish(run.disk, swap.aside, swap.path, lambda: _reserve(run, swap))
        here = aside
    elif swap.after and here == swap.after and temp not in (None, swap.before, swap.after):
        # Another program's version came out of the exchange, and the crash was quicker than we.
        run.disk.exchange(swap.temp, swap.path)
        here = temp
    clear(run, swap)
    run.disk.sync_folder(swap.path.parent)
    return here == (swap.after or None)


def digest(run: RunContext, path: Path) -> str | None:
    """BLAKE2b-160 hex of a file's bytes, None where there is nothing of that name. Never interrupted by a cancel."""
    found = run.stat(path)
    if found is None:
        return None
    if not stat.S_ISREG(found.st_mode):
        return _NO_FILE
    fd = run.disk.open_read(path)
    try:
        parts = []
        while piece := run.disk.read(fd, CHUNK):
            parts.append(piece)
    finally:
        run.disk.close(fd)
    return content_hash(b"".join(parts))


def _hide(run: RunContext, swap: Swap) -> None:
    """Move what stands under the name out of sight, and back unless it is what was read before."""
    # An empty file in our way, left by a crash, is known as ours by its name.
    publish(run.disk, swap.path, swap.aside, lambda: None)
    if digest(run, swap.aside) != swap.before:
        publish(run.disk, swap.aside, swap.path, lambda: _reserve(run, swap))
        raise changed(swap.path)


def _reserve(run: RunContext, swap: Swap) -> None:
    run.journal.add("reserve", p=run.phase, n=swap.n)
    run.journal.sync()
    swap.reserved = True


def _keep_in_sight(run: RunContext, hidden: Path, path: Path) -> None:
    stem = shorten(path.name, MAX_NAME_BYTES - 20)
    number = 1
    while True:
        kept = path.with_name(f"{stem}.kept-{number}")
        try:
            publish(run.disk, hidden, kept, lambda: None)
            break
        except FileExistsError:
            number += 1
    text = tr("another program wrote {name} at the same moment; that version is kept here", name=path.name)
    run.tally.skipped.append(Problem(kept, "organize", "kept", text))
