"""How the filters of lists and their values are called on pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import CorrectionKind, QuoteKind, SourceKind
from claims.models.rating import translate_rating
from claims.templatetags.pages import SOURCE_KIND_LABELS, SPEAKER_KIND_LABELS, STATUS_LABELS, long_date

FILTER_LABELS: Mapping[str, Any] = {
    "q": gettext_lazy("Search"),
    "q_in": gettext_lazy("Search in"),
    "ordering": gettext_lazy("Sort by"),
    "cursor": gettext_lazy("Page"),
    "status": gettext_lazy("Verdict"),
    "has_verdict": gettext_lazy("Has a verdict"),
    "repeated": gettext_lazy("Said again since the verdict"),
    "after_verdict": gettext_lazy("Said again since the verdict"),
    "repeats_claim": gettext_lazy("Says a claim again"),
    "topic": gettext_lazy("Topic"),
    "speaker": gettext_lazy("Speaker"),
    "speaker_name": gettext_lazy("Speaker’s name"),
    "name": gettext_lazy("Name"),
    "wikidata": gettext_lazy("Wikidata id"),
    "publisher": gettext_lazy("Publisher"),
    "source": gettext_lazy("Source"),
    "claim": gettext_lazy("Claim"),
    "quote": gettext_lazy("Quote"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "translated_from": gettext_lazy("Translated from"),
    "url": gettext_lazy("Address"),
    "said_after": gettext_lazy("Said from"),
    "said_before": gettext_lazy("Said until"),
    "published_after": gettext_lazy("Published from"),
    "published_before": gettext_lazy("Published until"),
    "released_after": gettext_lazy("Added from"),
    "released_before": gettext_lazy("Added until"),
    "accepted_after": gettext_lazy("Accepted from"),
    "accepted_before": gettext_lazy("Accepted until"),
    "verified_after": gettext_lazy("Verdict from"),
    "verified_before": gettext_lazy("Verdict until"),
    "made_after": gettext_lazy("Made from"),
    "made_before": gettext_lazy("Made until"),
}
ORDERING_LABELS: Mapping[str, Any] = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "relevance": gettext_lazy("Relevance"),
    "name": gettext_lazy("Name"),
    "most_quoted": gettext_lazy("Most quotes"),
    "most_claims": gettext_lazy("Most claims"),
}
_KIND_LABELS: Mapping[str, Any] = {
    QuoteKind.DIRECT: gettext_lazy("Word for word"),
    QuoteKind.INDIRECT: gettext_lazy("Reported, not word for word"),
    QuoteKind.MIXED: gettext_lazy("Reported, partly word for word"),
    **SPEAKER_KIND_LABELS,
    **SOURCE_KIND_LABELS,
    SourceKind.OTHER: gettext_lazy("Other"),
    CorrectionKind.CORRECTION: gettext_lazy("Correction"),
    CorrectionKind.EDIT: gettext_lazy("Change soon after publication"),
    CorrectionKind.RETRACTION: gettext_lazy("Retraction"),
    CorrectionKind.WITHDRAWAL: gettext_lazy("Withdrawal"),
    CorrectionKind.SUPERSESSION: gettext_lazy("Verdict superseded"),
}


def filter_label(name: str) -> str:
    return str(FILTER_LABELS.get(name) or name.replace("_", " ").capitalize())


def value_label(name: str, value: str) -> str:
    """Returns what a value of a filter is called, as far as it is known without reading a row."""
    return _VALUE_LABELS.get(name, _as_written)(value)


def _as_written(value: str) -> str:
    return value


def _kind_label(kind: str) -> str:
    return str(_KIND_LABELS.get(kind, kind))


def _status_label(status: str) -> str:
    return str(STATUS_LABELS.get(status) or translate_rating(status.replace("-", " ").capitalize()))


def _yes_or_no(value: str) -> str:
    return _("Yes") if value in {"true", "1"} else _("No")


def _number(value: str) -> str:
    return f"#{value}"


_VALUE_LABELS: Mapping[str, Callable[[str], str]] = {
    "kind": _kind_label,
    "status": _status_label,
    "topic": _status_label,
    "q_in": filter_label,
    **dict.fromkeys(("has_verdict", "repeated", "after_verdict"), _yes_or_no),
    "extraction_supported": _yes_or_no,
    **dict.fromkeys(("speaker", "source", "claim", "quote", "repeats_claim"), _number),
    **{name: long_date for name in FILTER_LABELS if name.endswith(("_after", "_before"))},
}
