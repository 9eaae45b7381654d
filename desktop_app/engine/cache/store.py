"""An expendable SQLite file: opened, migrated, set aside when damaged, replaced by memory when it cannot be used.

Whatever happens to the file, work goes on. Damage (anything SQLite calls corrupt, or a schema that is not ours) sets
the file aside and starts a new one. What the surroundings refuse (a full disk, a read-only folder, a lock held too
long) is told in `Store.trouble`, and reads and writes then do nothing. Only a schema from a newer version is an error.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from desktop_app.engine.errors import UserError
from desktop_app.engine.files import is_folder
from desktop_app.engine.language import tr, tr_noop
from desktop_app.engine.wording import display_path

_log = logging.getLogger(__name__)

T = TypeVar("T")

_BUSY_SECONDS = 10
_PAGE_BYTES = 16384  # a 512-d vector or a thumbnail fits one page
_CHECK_WHOLE_BELOW = 64 * 2**20  # PRAGMA quick_check reads some 700 MB/s; larger files are checked row by row, on use

_NOT_USABLE = tr_noop("{file} could not be used ({reason})")
_NOT_USED = tr_noop("{file} is not used ({reason})")
_LOCKED = tr_noop("another program keeps it locked")
_SURROUNDINGS = {
    sqlite3.SQLITE_PERM: tr_noop("no permission"),
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_NOMEM: tr_noop("not enough memory"),
    sqlite3.SQLITE_READONLY: tr_noop("it cannot be written"),
    sqlite3.SQLITE_IOERR: tr_noop("the disk reports an error"),
    sqlite3.SQLITE_FULL: tr_noop("the disk is full"),
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_CANTOPEN: tr_noop("it cannot be opened or written"),
    sqlite3.SQLITE_NOLFS: tr_noop("the file system does not allow a file this large"),
}
# SQLite's messages quote the schema, which need be no text any more.
_FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)
_DAMAGE_DESPITE_IOERR = (sqlite3.SQLITE_IOERR_SHORT_READ,)


class Store:
    """One SQLite file shared by threads and processes.

    Args:
        file: made if absent, with its folder.
        migrations: SQL scripts; number i takes the schema from version i to i + 1.

    Raises:
        UserError: ``cache-from-newer-version``.
    """

    def __init__(self, file: Path, migrations: Sequence[str]) -> None:
        self.file = file
        self._trouble: tuple[str, str] | None = None
        self._migrations = migrations
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._generation = 0
        self._inode = 0
        self._lock = threading.RLock()
        self._memory: sqlite3.Connection | None = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Two programs that start on one damaged file: without the lock, the second would set aside the new file of
            # the first.
            with FileLock(f"{file}.lock", timeout=_BUSY_SECONDS):
                self._open_or_replace()
        except OSError as error:
            self._use_memory(refusal(error))

    def read(self, work: Callable[[sqlite3.Connection], T], fallback: T) -> T:
        """Run a query; ``fallback`` where the file cannot answer."""
        for _ in range(2):
            # Noted before the query: read after a failure, it could be that of the file which another thread has put
            # in the damaged one's place, and that one would be set aside too.
            generation = self._generation
            try:
                with self._connection() as connection:
                    return work(connection)
            except _FAILURES as error:
                if not self._recover(error, generation):
                    break
        return fallback

    def write(self, work: Callable[[sqlite3.Connection], object]) -> bool:
        """Run statements in one transaction; False where it could not be kept, which `trouble` then explains."""

        def transaction(connection: sqlite3.Connection) -> bool:
            # At once: a transaction that turns from reading to writing on the way fails when another program writes,
            # without waiting for it.
            connection.execute("BEGIN IMMEDIATE")
            try:
                work(connection)
                connection.execute("COMMIT")
            finally:
                # The connection serves this thread again: left open, the transaction would lock all others out.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            if self._memory is None:
                self._trouble = None
            return True

        with self._lock:
            return self.read(transaction, fallback=False)

    @property
    def trouble(self) -> str:
        """Why the file keeps nothing new, in a person's words; empty where all is well."""
        if (trouble := self._trouble) is None:
            return ""
        what, reason = trouble
        return tr(what, file=display_path(self.file), reason=tr(reason))

    @property
    def in_file(self) -> bool:
        """Whether the file is used; otherwise all is kept in memory, which `trouble` then explains."""
        return self._memory is None

    @property
    def locked(self) -> bool:
        """Whether another program kept the file locked when it was last wanted."""
        return self._trouble in ((_NOT_USABLE, _LOCKED), (_NOT_USED, _LOCKED))

    def discard(self) -> None:
        """Remove the file, whatever is in it, and begin anew. Unlike emptying it, this needs no room on the disk.

        Raises:
            OSError: another program keeps it locked, or the system does not allow it; then all is as before.
        """
        if not os.path.exists(self.file):  # noqa: PTH110 - `Path.exists` raises where one may not look
            return
        with self._lock, FileLock(f"{self.file}.lock", timeout=_BUSY_SECONDS):
            self._let_go()
            self.file.unlink(missing_ok=True)
            self._memory = self._trouble = None
            self._open_or_replace()

    def damaged_files(self) -> tuple[Path, ...]:
        """Files set aside, oldest first."""
        return tuple(path for _, path in sorted(self._numbered()))

    def close(self) -> None:
        """Close every thread's connection. The store must not be used afterwards."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._memory is not None:
            with self._lock:
                yield self._memory
            return
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.generation != self._generation:
            # Before connecting: if the file is replaced meanwhile, the next use finds the number out of date.
            generation = self._generation
            connection = self._connect(self.file)
            self._local.connection, self._local.generation = connection, generation
        yield connection

    def _connect(self, file: Path | str) -> sqlite3.Connection:
        # Each thread has its own; `close` may come from another one.
        connection = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            # Before the first table and before WAL mode: afterwards SQLite ignores it without a word.
            connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA journal_mode=WAL")
            # A power cut may cost the latest batch, which is computed again; FULL would flush for each one.
            connection.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._connections.append(connection)
        return connection

    def _open_or_replace(self) -> None:
        """Called with the process lock held."""
        try:
            self._open()
        except _FAILURES as error:
            if (trouble := _surroundings(error)) and not self._only_its_header_forbids(error):
                self._use_memory(trouble)
                return
            self._set_aside()
            try:
                self._open()
            except _FAILURES as again:
                self._use_memory(str(again))

    def _open(self) -> None:
        with self._connection() as connection:
            # Before the schema is touched: what is written to a damaged file may damage it further.
            if self.file.stat().st_size < _CHECK_WHOLE_BELOW:
                (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise sqlite3.DatabaseError(verdict)
            self._migrate(connection)
        self._inode = self.file.stat().st_ino  # by which `_recover` knows whether the file is still this one

    def _migrate(self, connection: sqlite3.Connection) -> None:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
        version = connection.execute("SELECT max(version) FROM migrations").fetchone()[0] if known else 0
        if (version,) != connection.execute("PRAGMA user_version").fetchone():
            # Kept twice so that a damaged number is not taken for a newer version.
            raise sqlite3.DatabaseError("the schema's version is damaged")
        if version > len(self._migrations):
            self.close()
            raise UserError(
                "cache-from-newer-version",
                tr("The cache {file} was written by a newer version of Kindred.", file=self.file),
                tr("Update Kindred, or delete that file: photos are not affected, embeddings are computed again."),
            )
        for number, script in enumerate(self._migrations[version:], start=version + 1):
            # Tables and both version numbers in one transaction: a crash in between would leave a schema that does not
            # agree with its number, which counts as damage.
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at TEXT)"
                )
                for statement in filter(str.strip, script.split(";")):
                    connection.execute(statement)
                connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (number,))
                connection.execute(f"PRAGMA user_version = {number}")
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _recover(self, error: Exception, generation: int) -> bool:
        """After a failed query: True when it is worth another try with a fresh file."""
        # First of all: a full disk or a lock says nothing against the file, and setting it aside would cost everything.
        trouble = _surroundings(error)
        if trouble and not self._only_its_header_forbids(error):
            if self._trouble is None:  # a full disk refuses batch after batch: one line for all
                _log.warning("the cache could not be used: %s", trouble)
            self._trouble = _NOT_USABLE, trouble
            return False
        with self._lock:
            if self._memory is not None:
                return False
            if generation != self._generation:
                return True  # another thread has replaced the file already
            try:
                with FileLock(f"{self.file}.lock", timeout=_BUSY_SECONDS):
                    # Asked with the lock held: else the good new file of another process could be set aside.
                    if self.file.exists() and self.file.stat().st_ino == self._inode:
                        self._set_aside()
                    else:
                        _log.info("the cache was replaced by another process")
                        self._generation += 1
                    self._open_or_replace()
            except OSError as failure:
                self._use_memory(refusal(failure))
            self._generation += 1  # a thread that met the new file before its schema was there connects once more
        return True

    def _only_its_header_forbids(self, error: Exception) -> bool:
        # One flipped bit there makes SQLite take the file for a later version's, which it may read and not write.
        # Looking at the header ourselves would cost SQLite its locks: closing a file drops all of a process's.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_READONLY:
            return False
        return os.access(self.file, os.W_OK) and os.access(self.file.parent, os.W_OK)

    def _set_aside(self) -> None:
        """Rename the damaged file; one is kept, for whoever wants to look into it."""
        _log.warning("the cache is damaged: set aside, and begun afresh")
        earlier = sorted(self._numbered())
        number = 1 + max((number for number, _ in earlier), default=0)
        self._let_go()
        self.file.rename(self.file.with_name(f"{self.file.stem}.damaged-{number}{self.file.suffix}"))
        # Only now that the new one has its name: a rename that fails must not cost the old one.
        for _, path in earlier:
            path.unlink(missing_ok=True)

    def _let_go(self) -> None:
        """Take this file out of use, before it is renamed or removed."""
        self._generation += 1  # no thread may go on with its connection to this file, which this one closes now
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()  # Windows renames no open file
        # The write-ahead log first: left behind, it would be replayed into the new file.
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)

    def _numbered(self) -> Iterator[tuple[int, Path]]:
        if not is_folder(self.file.parent):
            return
        for path in self.file.parent.glob(f"{self.file.stem}.damaged-*{self.file.suffix}"):
            number = path.stem.rpartition("-")[2]
            if number.isdecimal():
                yield int(number), path

    def _use_memory(self, reason: str) -> None:
        """Go on in a temporary database of SQLite's own, gone at the end; one connection, shared under the lock."""
        _log.warning("the cache is not used: %s", reason)
        self._trouble = _NOT_USED, reason
        memory = self._connect("")
        self._migrate(memory)
        self._memory = memory  # last: from here on other threads use it, so its tables must be there


def refusal(error: OSError) -> str:
    """Why the file or its lock was not to be had, in plain English words and without its path."""
    return _LOCKED if isinstance(error, Timeout) else error.strerror or str(error)


def _surroundings(error: Exception) -> str:
    """Plain English words when the surroundings are at fault, empty when the file is."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, sqlite3.ProgrammingError):
        raise error  # used after close: a defect of ours, not of the file
    if code is None or code in _DAMAGE_DESPITE_IOERR:
        return ""
    return _SURROUNDINGS.get(code & 0xFF, "")
