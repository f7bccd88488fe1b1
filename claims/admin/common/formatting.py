"""How the admin says things: values as labels, long text shortened between words, constraints in an editor's words."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from claims.templatetags.fb import label, shortened

__all__ = [
    "EMPTY_VALUE",
    "MAX_LIST_TEXT",
    "explain_constraints",
    "external_link",
    "format_day",
    "label",
    "shortened",
    "stack_lines",
]

EMPTY_VALUE = "—"
MAX_LIST_TEXT = 1000  # characters of a quote or a claim in a list: all of it, unless it is a page of text
_CONSTRAINT_NAME = re.compile(r"“(\w+)”")

# What the database refuses that an editor can type: by the name of the constraint, the field and the words.
CONSTRAINT_MESSAGES = {
    "claim_is_released_before_retracted": ("released_at", "A retracted claim keeps the moment it was released."),
    "evidence_has_a_url_or_a_source": ("url", "Evidence needs a URL or a source."),
    "position_starts_before_it_ends": ("held_to", "The position ends before it begins."),
    "rating_slug_is_not_a_status": ("slug", "“unreviewed” and “in-review” are states of a claim, not ratings."),
    "rating_value_is_on_its_scale": ("value", "The value must lie between worst and best, and worst below best."),
    "reader_key_rate_is_sound": ("per_minute", "From 1 to 1,000,000 requests per minute, or empty."),
    "source_is_not_translated_from_its_own_language": ("translated_from", "That is the language the text is in."),
    "source_url_is_unique": ("url", "Another source has this URL."),
    "speaker_wikidata_id_is_unique": (
        "wikidata_id",
        "Another speaker has this Wikidata id. Are the two one? Then merge them.",
    ),
}


def stack_lines(*parts: Any) -> SafeString:
    """The first part, and what belongs to it on smaller lines below; empty ones are left out."""
    first, *rest = [part for part in parts if part] or [EMPTY_VALUE]
    below = "".join(f'<span class="fb-sub" dir="auto">{conditional_escape(part)}</span>' for part in rest)
    main = f'<span class="fb-main" dir="auto">{conditional_escape(first)}</span>'
    return SafeString(f'<span class="fb-lines">{main}{below}</span>')  # every part was escaped  # nosec B703


def external_link(url: str, text: str) -> SafeString:
    """A link that leaves the admin, and takes nothing with it."""
    return format_html('<a class="fb-link" href="{}" rel="noopener noreferrer" target="_blank">{}</a>', url, text)


def format_day(moment: date | None) -> str:
    """The day as ISO 8601, or a dash."""
    return f"{moment:%Y-%m-%d}" if moment else EMPTY_VALUE


def explain_constraints(error: ValidationError) -> ValidationError:
    """The error with the constraints it names put in words, each at its field."""
    found: dict[str, list[ValidationError]] = {}
    for field, errors in error.update_error_dict({}).items():
        for each in errors:
            named = _CONSTRAINT_NAME.search(" ".join(each.messages))
            at, words = CONSTRAINT_MESSAGES.get(named[1], (field, "")) if named else (field, "")
            found.setdefault(at, []).append(ValidationError(words, code=each.code) if words else each)
    return ValidationError(found)
