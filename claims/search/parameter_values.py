"""Types of filter values: how readers write them, which are valid, and their JSON Schema.

Nothing that is invalid reaches the database: no NUL (PostgreSQL refuses it in text), no lone surrogate, no number
beyond 64 bits, no date outside the calendar.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.search.suggestions import must_be_one_of

MAX_LIST_VALUES = 50  # of one parameter
MAX_ID = 2**63 - 1
EARLIEST_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)
LATEST_TIME = dt.datetime.max.replace(tzinfo=dt.UTC)


class ParameterValue:
    """A single value. Subclasses define its syntax by `pattern` and its meaning by `parse`."""

    schema: ClassVar[dict[str, object]] = {}
    expected: str | Promise = ""
    pattern: re.Pattern[str]
    max_length: int = 200  # characters; longer input is refused before it is matched
    is_list: ClassVar[bool] = False
    may_contain_commas: ClassVar[bool] = False

    def parse(self, text: str) -> Any:
        """Converts text that matches the pattern. Raises ValueError or OverflowError if it has no meaning."""
        return text

    def to_python(self, value: Any) -> Any:
        """Validates and converts what the reader wrote; None stays None. Raises ValidationError."""
        if value is None:
            return None
        try:
            if len(value) <= self.max_length and self.pattern.fullmatch(value):
                return self.parse(value)
        except (ValueError, OverflowError):
            pass
        raise ValidationError(self.error_message(value))

    def error_message(self, text: str) -> str:  # noqa: ARG002  # subclasses read it
        return _("must be %(expected)s") % {"expected": self.expected_text()}

    def expected_text(self) -> str:
        """Returns what the value must be, in the language of the page; the API is in English."""
        return str(self.expected)

    def json_schema(self) -> dict[str, object]:
        return dict(self.schema)


class ListValue(ParameterValue):
    """A list of values of one type: the parameter is repeated, or its values are joined by commas, or both.

    A value that may contain a comma itself, such as a name, also counts as a whole: `Sons, Inc` finds the publisher of
    that name.
    """

    is_list = True

    def __init__(self, item: ParameterValue) -> None:
        self.item = item

    def to_python(self, value: Any) -> Any:
        """Validates and converts all values; None if there are none. Raises ValidationError."""
        if not value:
            return None
        parts = [part for text in value for part in text.split(",", MAX_LIST_VALUES)]
        if len(parts) > MAX_LIST_VALUES:
            raise ValidationError(_("takes at most %(count)s values") % {"count": MAX_LIST_VALUES})
        if self.item.may_contain_commas:
            wholes = [text for text in value if "," in text and len(text) <= self.item.max_length]
            parts = wholes + [part.strip() for part in parts if part.strip()]
        return [self.item.to_python(part) for part in dict.fromkeys(parts)]

    def json_schema(self) -> dict[str, object]:
        return {"type": "array", "items": self.item.json_schema(), "minItems": 1, "maxItems": MAX_LIST_VALUES}


class IdValue(ParameterValue):
    pattern = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
    expected = gettext_lazy("a positive whole number")
    schema = {"type": "integer", "minimum": 1, "maximum": MAX_ID, "examples": [12]}

    def parse(self, text: str) -> int:
        if int(text) > MAX_ID:
            raise ValueError
        return int(text)


class SlugValue(ParameterValue):
    pattern = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
    expected = gettext_lazy("a slug of letters, digits, hyphens and underscores")
    schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,100}$", "examples": ["mostly-true"]}


class WikidataIdValue(ParameterValue):
    pattern = re.compile(r"Q[1-9][0-9]{0,18}", re.ASCII)
    expected = gettext_lazy("a Wikidata id such as Q42")
    schema = {"type": "string", "pattern": "^Q[1-9][0-9]{0,18}$", "examples": ["Q42"]}


class Sha256Value(ParameterValue):
    pattern = re.compile(r"[0-9a-f]{64}", re.ASCII)
    expected = gettext_lazy("64 lowercase hexadecimal digits")
    schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


class LanguageValue(ParameterValue):
    pattern = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
    expected = gettext_lazy("a language tag such as en, ru or pt-BR")
    schema = {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$", "examples": ["en"]}


class BooleanValue(ParameterValue):
    pattern = re.compile("true|false|1|0")
    expected = gettext_lazy("true or false")
    schema = {"type": "boolean"}

    def parse(self, text: str) -> bool:
        return text in {"true", "1"}


class ChoiceValue(ParameterValue):
    def __init__(self, choices: type[TextChoices] | Sequence[str]) -> None:
        self.values = list(choices.values if isinstance(choices, type) else choices)
        self.pattern = re.compile("|".join(map(re.escape, self.values)))

    def error_message(self, text: str) -> str:
        return must_be_one_of(text, self.values)

    def json_schema(self) -> dict[str, object]:
        return {"type": "string", "enum": self.values}


class DateValue(ParameterValue):
    pattern = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
    expected = gettext_lazy("a date such as 2025-05-16")
    schema = {"type": "string", "format": "date", "examples": ["2025-05-16"]}

    def parse(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)


class DateTimeValue(ParameterValue):
    """A date with or without a time; UTC if it has no offset.

    A time of the year 1 or 9999 that is in another year in UTC is the first or the last time that Python has.
    """

    pattern = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?", re.ASCII)
    expected = gettext_lazy("a date and time such as 2025-05-16T09:30:00Z (write a + as %2B in a URL)")
    schema = {"type": "string", "format": "date-time", "examples": ["2025-05-16T09:30:00Z"]}

    def parse(self, text: str) -> dt.datetime:
        parsed = dt.datetime.fromisoformat(text.upper())
        if parsed.tzinfo is None:
            return parsed.replace(tzinfo=dt.UTC)
        try:
            return parsed.astimezone(dt.UTC)
        except OverflowError:
            return EARLIEST_TIME if parsed.year == 1 else LATEST_TIME
