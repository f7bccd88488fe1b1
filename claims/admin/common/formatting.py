"""Formatting of values in the admin, and the messages for violated database constraints."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from claims.templatetags.admin_format import badge, quoted, truncate_line

__all__ = [
    "EMPTY_VALUE",
    "MAX_LIST_TEXT",
    "badge",
    "explain_constraints",
    "external_link",
    "format_day",
    "quoted",
    "stack_lines",
    "truncate_line",
]

EMPTY_VALUE = "—"
MAX_LIST_TEXT = 1000  # characters of a quote or a claim in a changelist; few are longer
_CONSTRAINT_NAME = re.compile(r"“(\w+)”")

# For each constraint that a form can violate: the field and the message to show there.
CONSTRAINT_MESSAGES = {
    "claim_is_released_before_retracted": ("released_at", "A retracted claim keeps its publication date."),
    "evidence_has_a_url_or_a_source": ("url", "Evidence needs a URL or a source."),
    "position_starts_before_it_ends": ("held_to", "The end date is before the start date."),
    "rating_slug_is_not_a_status": (
        "slug",
        "“unreviewed” and “in-review” are statuses of a claim. Choose another slug.",
    ),
    "rating_value_is_on_its_scale": (
        "value",
        "The value must be between worst and best, and worst must be lower than best.",
    ),
    "reader_key_rate_is_sound": ("per_minute", "Enter 1 to 1,000,000 requests per minute, or leave empty."),
    "source_is_not_translated_from_its_own_language": ("translated_from", "This is the language of the text itself."),
    "source_page_is_unique": ("url", "Another source has this URL."),
    "source_url_is_unique": ("url", "Another source has this URL."),
    "speaker_wikidata_id_is_unique": (
        "wikidata_id",
        "Another speaker has this Wikidata ID. If they are the same, merge them.",
    ),
}


def stack_lines(*parts: Any) -> SafeString:
    """The first part with the others on smaller lines below it. Empty parts are left out."""
    first, *rest = [part for part in parts if part] or [EMPTY_VALUE]
    below = "".join(f'<span class="fb-secondary-text" dir="auto">{conditional_escape(part)}</span>' for part in rest)
    main = f'<span class="fb-primary-text" dir="auto">{conditional_escape(first)}</span>'
    return SafeString(f'<span class="fb-cell-lines">{main}{below}</span>')  # every part was escaped


def external_link(url: str, text: str) -> SafeString:
    """A link that leaves the admin, without a referrer."""
    return format_html('<a class="fb-link" href="{}" rel="noopener noreferrer" target="_blank">{}</a>', url, text)


def format_day(moment: date | None) -> str:
    """The date as ISO 8601, or a dash."""
    return f"{moment:%Y-%m-%d}" if moment else EMPTY_VALUE


def explain_constraints(error: ValidationError) -> ValidationError:
    """The error with a message at the right field for each constraint that it names."""
    explained: dict[str, list[ValidationError]] = {}
    for error_field, field_errors in error.update_error_dict({}).items():
        for field_error in field_errors:
            match = _CONSTRAINT_NAME.search(" ".join(field_error.messages))
            default = (error_field, "")
            field, message = CONSTRAINT_MESSAGES.get(match[1], default) if match else default
            explained.setdefault(field, []).append(
                ValidationError(message, code=field_error.code) if message else field_error
            )
    return ValidationError(explained)
