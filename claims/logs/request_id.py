"""The id of the request that is being answered, or of the one that caused the job at hand."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MAX_REQUEST_ID = 64  # characters
_WELL_FORMED = re.compile(rf"[A-Za-z0-9._-]{{8,{MAX_REQUEST_ID}}}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Returns the id; empty outside of requests and the jobs they caused."""
    return _current.get()


def new_request_id() -> str:
    return secrets.token_hex(16)


def is_request_id(value: str) -> bool:
    """Whether an id from elsewhere is short and harmless enough to be logged and sent back."""
    return _WELL_FORMED.fullmatch(value) is not None


def set_request_id(request_id: str) -> None:
    """Sets the id for all that this thread does until it is set again."""
    _current.set(request_id)


@contextmanager
def caused_by(request_id: str) -> Iterator[None]:
    """Sets the id for a block."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)
