"""What people may have meant by a name that does not exist."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

MIN_SIMILARITY = 70  # percent: `speakers` is meant for `speaker`, `colour` for nothing
MAX_COMPARED_LENGTH = 100  # characters


def suggest_name(text: str, names: Sequence[str]) -> str | None:
    """Returns the name that a text resembles most, whatever its case; None if it resembles none."""
    match = process.extractOne(
        text[:MAX_COMPARED_LENGTH], names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=MIN_SIMILARITY
    )
    return match[0] if match else None


def did_you_mean(text: str, names: Sequence[str]) -> str:
    """Returns the end of an error message, with the name that may have been meant; empty if there is none."""
    name = suggest_name(text, names)
    return _("; did you mean %(name)s?") % {"name": name} if name else ""


def must_be_one_of(text: str, names: Sequence[str]) -> str:
    """Returns the error message for a text that is none of the names."""
    return _("must be one of %(names)s") % {"names": ", ".join(names)} + did_you_mean(text, names)
