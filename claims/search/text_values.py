"""Text as a filter value, and how it is split into words."""

import re

from django.utils.translation import gettext as _

from claims.search.parameter_values import ParameterValue

# Spelled out, because the meaning of `\\s` differs between the languages that read the schema.
WHITESPACE = r"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WHITESPACE_RUN = re.compile(f"[{WHITESPACE}]+")


def split_words(text: str) -> list[str]:
    """Splits a text at whitespace."""
    return [word for word in _WHITESPACE_RUN.split(text) if word]


class TextValue(ParameterValue):
    """Text that is not blank."""

    may_contain_commas = True
    # Whitespace, then something else: any other way to write it backtracks from every position if the text ends badly.
    pattern = re.compile(rf"[{WHITESPACE}]*[^{WHITESPACE}\0\ud800-\udfff][^\0\ud800-\udfff]*")

    def __init__(self, max_length: int = 200) -> None:
        self.max_length = max_length

    def expected_text(self) -> str:
        return _("text of 1 to %(count)s characters without NUL") % {"count": self.max_length}

    def json_schema(self) -> dict[str, object]:
        pattern = rf"^[{WHITESPACE}]*[^{WHITESPACE}\u0000][^\u0000]*$"
        return {"type": "string", "minLength": 1, "maxLength": self.max_length, "pattern": pattern}
