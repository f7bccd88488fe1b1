"""Values that filters take, as readers and operators write them: what is one, what is not, and how a schema says so.

Nothing that is refused here reaches the database: no NUL (PostgreSQL refuses it in text), no lone surrogate, no number
beyond 64 bits, no day outside the calendar.
"""

import datetime as dt
import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

MAX_LIST_VALUES = 50  # of one parameter
MAX_ID = 2**63 - 1


class ParameterValue:
    """One value. Subclasses say by `pattern` how it is written and by `parsed` what it means."""

    schema: ClassVar[dict[str, Any]] = {}
    expected: str = ""
    pattern: re.Pattern[str]
    most: int = 200  # characters; nothing longer is looked at
    many: ClassVar[bool] = False

    def parsed(self, text: str) -> Any:
        """What the text means; raises ValueError or OverflowError if it means nothing."""
        return text

    def to_python(self, value: Any) -> Any:
        """What was written, as it is meant; None if nothing was."""
        if value is None:
            return None
        try:
            if len(value) <= self.most and self.pattern.fullmatch(value):
                return self.parsed(value)
        except (ValueError, OverflowError):
            pass
        raise ValidationError(f"must be {self.expected}")

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        return dict(self.schema)


class ListValue(ParameterValue):
    """The same value once or several times over: a list."""

    many = True

    def __init__(self, value: ParameterValue) -> None:
        self.one = value

    def to_python(self, value: Any) -> Any:
        """All of them; None if there was none."""
        if not value:
            return None
        if len(value) > MAX_LIST_VALUES:
            raise ValidationError(f"takes at most {MAX_LIST_VALUES} values")
        return [self.one.to_python(item) for item in value]

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "array", "items": self.one.described(), "minItems": 1, "maxItems": MAX_LIST_VALUES}


class IdValue(ParameterValue):
    """A row's id."""

    pattern = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
    expected = "a whole number from 1 on"
    schema = {"type": "integer", "minimum": 1, "maximum": MAX_ID, "examples": [12]}

    def parsed(self, text: str) -> int:
        """The number."""
        if int(text) > MAX_ID:
            raise ValueError
        return int(text)


class SlugValue(ParameterValue):
    """A slug."""

    pattern = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
    expected = "a slug: letters, digits, - and _"
    schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,100}$", "examples": ["mostly-true"]}


class WikidataIdValue(ParameterValue):
    """A Wikidata item."""

    pattern = re.compile(r"Q[1-9][0-9]{0,18}", re.ASCII)
    expected = "a Wikidata id such as Q42"
    schema = {"type": "string", "pattern": "^Q[1-9][0-9]{0,18}$", "examples": ["Q42"]}


class Sha256Value(ParameterValue):
    """A SHA-256."""

    pattern = re.compile(r"[0-9a-f]{64}", re.ASCII)
    expected = "64 lower-case hexadecimal digits"
    schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


class LanguageValue(ParameterValue):
    """A language tag."""

    pattern = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}", re.ASCII)
    expected = "a language tag such as en, ru or pt-BR"
    schema = {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$", "examples": ["en"]}


class BooleanValue(ParameterValue):
    """Yes or no."""

    pattern = re.compile("true|false|1|0")
    expected = "true or false"
    schema = {"type": "string", "enum": ["true", "false", "1", "0"]}

    def parsed(self, text: str) -> bool:
        """Whether it is yes."""
        return text in {"true", "1"}


class ChoiceValue(ParameterValue):
    """One of a closed set."""

    def __init__(self, choices: type[TextChoices]) -> None:
        self.values = list(choices.values)
        self.pattern = re.compile("|".join(map(re.escape, self.values)))
        self.expected = f"one of {', '.join(self.values)}"

    def described(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "string", "enum": self.values}


class DateValue(ParameterValue):
    """A day of the calendar."""

    pattern = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
    expected = "a day such as 2025-05-16"
    schema = {"type": "string", "format": "date", "examples": ["2025-05-16"]}

    def parsed(self, text: str) -> dt.date:
        """The day."""
        return dt.date.fromisoformat(text)


class DateTimeValue(ParameterValue):
    """A moment; in UTC where no offset is given."""

    pattern = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?", re.ASCII)
    expected = "a moment such as 2025-05-16T09:30:00Z (a + in it is written %2B in an address)"
    schema = {"type": "string", "format": "date-time", "examples": ["2025-05-16T09:30:00Z"]}

    def parsed(self, text: str) -> dt.datetime:
        """The moment, in UTC."""
        moment = dt.datetime.fromisoformat(text.upper())
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
