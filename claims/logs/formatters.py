"""Forms of log lines: sentences for people on a terminal, JSON for programs, which keep it.

A record may have `event`, the kind of the line, and `fields`, what the line says beside its message.
"""

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson
from django import db
from django.conf import settings

from claims.logs.request_id import current_request_id

OWN_LOGGERS = ("claims", "factbase")
MAX_CAUSES = 10  # of an exception, which is the last of its causes


class TextFormatter(logging.Formatter):
    """What is reported, as it is; warnings and errors with their time and logger."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record) if record.levelno > logging.INFO else record.getMessage()


class JSONFormatter(logging.Formatter):
    """A line of JSON for each record, without personal data.

    factbase's own messages contain none. Those of other packages may name a user or an address in their arguments, and
    so may the text of an exception: these are left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "pid": record.process,
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": getattr(record, "event", "message"),
        }
        if request_id := current_request_id():
            line["request_id"] = request_id
        fields = getattr(record, "fields", None)
        line |= {"message": _message(record)} if fields is None else fields
        if record.exc_info and record.exc_info[1]:
            line["exception"] = describe_exception(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def make_formatter(stream: TextIO | None = None) -> logging.Formatter:
    """Returns the formatter that FACTBASE_LOG asks for. `auto` is text on a terminal, JSON elsewhere."""
    choice = settings.FACTBASE_LOG
    if choice == "auto":
        choice = "text" if (stream or sys.stderr).isatty() else "json"
    return TextFormatter() if choice == "text" else JSONFormatter()


def describe_exception(error: BaseException) -> list[dict[str, Any]]:
    """Returns type, place and, where it is known to be harmless, the text of an exception and of its causes."""
    described: list[dict[str, Any]] = []
    cause: BaseException | None = error
    while cause is not None and len(described) < MAX_CAUSES:
        entry: dict[str, Any] = {"type": f"{type(cause).__module__}.{type(cause).__qualname__}"}
        if text := _harmless_text(cause):
            entry["message"] = text
        frames = traceback.extract_tb(cause.__traceback__)
        entry["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        described.append(entry)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return described


def _message(record: logging.LogRecord) -> str:
    if hasattr(record, "request"):  # Django's messages about a request name its path, which anybody may make up
        return f"request failed with status {getattr(record, 'status_code', 'unknown')}"
    return record.getMessage() if record.name.startswith(OWN_LOGGERS) else str(record.msg)


def _harmless_text(error: BaseException) -> str:
    match error:
        case db.DataError():  # repeats the value
            return ""
        case db.Error():  # PostgreSQL repeats values from the second line on
            return str(error).partition("\n")[0]
        case OSError():
            return error.strerror or ""
        case _:
            return ""
