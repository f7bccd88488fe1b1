"""The forms of log lines."""

import io
import json
import logging
import sys
from typing import Any

import pytest
from django import db
from django.test import override_settings

from claims.logs.formatters import JSONFormatter, TextFormatter, make_formatter
from claims.logs.request_id import caused_by, is_request_id

CANARY = "eva.canary@example.org"


def make_record(name: str, message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.WARNING, __file__, 1, message, arguments, exc_info)  # type: ignore[arg-type]


def read_json(record: logging.LogRecord) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(JSONFormatter().format(record))
    return line


def raise_and_catch(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except type(error) as caught:
        return caught


def test_a_line_says_when_where_and_for_which_request() -> None:
    record = make_record("claims.notices", "%d notices", 3)
    with caused_by("0123456789abcdef"):
        line = read_json(record)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "pid": record.process,
        "level": "warning",
        "logger": "claims.notices",
        "event": "message",
        "request_id": "0123456789abcdef",
        "message": "3 notices",
    }
    with caused_by(""):
        assert "request_id" not in read_json(record)


@pytest.mark.parametrize("name", ["claims.replica", "factbase.database"])
def test_own_messages_have_their_arguments(name: str) -> None:
    assert (
        read_json(make_record(name, "not available: %s", "disk I/O error"))["message"]
        == "not available: disk I/O error"
    )


def test_arguments_of_other_packages_are_left_out() -> None:
    assert read_json(make_record("axes", "locked out %s", CANARY))["message"] == "locked out %s"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError(CANARY), None),
        (db.DataError(f"invalid input syntax: {CANARY}"), None),
        (db.IntegrityError(f"duplicate key\nDETAIL: Key (username)=({CANARY})"), "duplicate key"),
        (OSError(28, "No space left on device", f"/tmp/{CANARY}"), "No space left on device"),
    ],
    ids=["any", "data", "detail", "file"],
)
def test_exceptions_say_what_holds_no_values(error: Exception, message: str | None) -> None:
    raised = raise_and_catch(error, cause=raise_and_catch(KeyError(CANARY)))
    text = JSONFormatter().format(make_record("claims", "failed", error=raised))
    described, cause = json.loads(text)["exception"]
    assert described.get("message") == message
    assert described["frames"][-1].endswith("raise_and_catch")
    assert cause["type"] == "builtins.KeyError"
    assert CANARY not in text


@pytest.mark.parametrize(
    ("choice", "form"), [("text", TextFormatter), ("json", JSONFormatter), ("auto", JSONFormatter)]
)
def test_the_form_is_chosen_by_a_setting(choice: str, form: type[logging.Formatter]) -> None:
    with override_settings(FACTBASE_LOG=choice):
        assert type(make_formatter(io.StringIO())) is form


def test_a_terminal_gets_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    formatter = make_formatter()
    record = make_record("claims.notices", "%d notices", 3)
    assert formatter.format(record).endswith(" WARNING claims.notices: 3 notices")
    record.levelno = logging.INFO
    assert formatter.format(record) == "3 notices"


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("a" * 8, True),
        ("4bf9-2f35.77_B", True),
        ("a" * 64, True),
        ("short", False),
        ("a" * 65, False),
        ("a b" * 5, False),
    ],
)
def test_well_formed_request_ids(value: str, accepted: bool) -> None:
    assert is_request_id(value) is accepted


def test_the_development_server_adds_no_line_for_each_request() -> None:
    """Which Django would word as an error here: `claims.requests` reports requests."""
    logger = logging.getLogger("django.server")
    assert not logger.isEnabledFor(logging.WARNING)
    assert logger.isEnabledFor(logging.ERROR)
