import os
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from claims.database.connections.outages import OutageError

FileIdentity = tuple[int, int]  # device and inode

_opened_files: dict[str, FileIdentity] = {}  # by path: what this process has opened


class DatabaseWrapper(base.DatabaseWrapper):
    """Refuses statements and commits while no file, or another one, is where this process opened its database.

    The file that was opened is used again as soon as it is back. Only who sets `creates_file`, as `migrate` does, makes
    a new one, which its owner alone can read.
    """

    creates_file = False
    _path = ""  # empty: in memory

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not self.is_in_memory_db():
            self._path = str(conn_params["database"])
            if not Path(self._path).exists() and self.creates_file:
                os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
                _opened_files.pop(self._path, None)
            self._check_file()
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        self._check_file()
        return super().create_cursor(name)

    def _commit(self) -> None:
        self._check_file()
        super()._commit()  # type: ignore[misc]  # the stubs lack it

    def _check_file(self) -> None:
        """Raises OutageError if the file is not there, or another one. Costs one system call."""
        if not self._path:
            return
        try:
            status = os.stat(self._path)  # noqa: PTH116  # half the time of Path.stat
        except FileNotFoundError as error:
            raise OutageError(self._describe_missing_file()) from error
        identity = (status.st_dev, status.st_ino)
        if _opened_files.setdefault(self._path, identity) != identity:
            raise OutageError(
                f"another file has taken the place of the database {self._path}: put the first one back, "
                "or restart the site to use this one"
            )

    def _describe_missing_file(self) -> str:
        if self._path in _opened_files:
            return f"the database {self._path} was removed: put it back, or restore a backup and restart the site"
        return f"there is no database at {self._path}: see DATABASE_URL and FACTBASE_DATA_DIR, or run `migrate`"
