"""Filters of readers' pages, for rows as the API shows them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from claims.export.text_fragments import quote_fragment_url
from claims.models import (
    Claim,
    CorrectedFieldName,
    EvidenceStance,
    QuoteKind,
    RelationKind,
    SourceKind,
    SourceRelationKind,
    SpeakerKind,
)
from claims.models.quote_text import with_marks
from claims.models.rating import translate_rating
from claims.resources.corrections import correction_title
from claims.resources.counts.count_by import GroupCount
from claims.resources.fields import RowCountField
from claims.resources.permalinks import list_page_path, page_path
from claims.resources.relations import RelationDirection
from claims.search.highlights import match_spans
from claims.services.claims.correction_entries import FIXED_TEXTS, VERDICT_TEXTS
from claims.truncation import truncate

register = template.Library()
register.filter(correction_title)
APIRow = Mapping[str, Any]
QUOTE_KIND_LABELS: Mapping[str, Any] = {
    QuoteKind.DIRECT: gettext_lazy("word for word"),
    QuoteKind.INDIRECT: gettext_lazy("reported, not word for word"),
    QuoteKind.MIXED: gettext_lazy("reported, partly word for word"),
}
SPEAKER_KIND_LABELS: Mapping[str, Any] = {
    SpeakerKind.PERSON: gettext_lazy("Person"),
    SpeakerKind.ORGANIZATION: gettext_lazy("Organization"),
    SpeakerKind.GROUP: gettext_lazy("Group"),
    SpeakerKind.UNNAMED: gettext_lazy("Unnamed source"),
}
SOURCE_KIND_LABELS: Mapping[str, Any] = {
    SourceKind.ARTICLE: gettext_lazy("Article"),
    SourceKind.BROADCAST: gettext_lazy("Broadcast"),
    SourceKind.TRANSCRIPT: gettext_lazy("Transcript"),
    SourceKind.PRESS_RELEASE: gettext_lazy("Press release"),
    SourceKind.POST: gettext_lazy("Post"),
    SourceKind.OTHER: gettext_lazy("Other source"),
}
STANCE_LABELS: Mapping[str, Any] = {
    EvidenceStance.SUPPORTS: gettext_lazy("Supports the claim"),
    EvidenceStance.REFUTES: gettext_lazy("Contradicts the claim"),
    EvidenceStance.CONTEXT: gettext_lazy("Context"),
}
STATUS_LABELS: Mapping[str, Any] = {
    Claim.UNREVIEWED: gettext_lazy("Not yet checked"),
    Claim.IN_REVIEW: gettext_lazy("In review"),
}
# A word that is cut, if it is short enough to be one: scripts without spaces keep their text.
_CUT_AT_START = re.compile(r"^\S{0,30}\s+")
_CUT_AT_END = re.compile(r"\s+[^\s.!?…]{0,30}$")
_TITLE_FIELDS = {"claims": "text", "speakers": "name", "sources": "title"}


@register.filter
def page_of(row: APIRow, resource: str) -> str:
    """The path of a row's page."""
    return page_path(
        resource, row["slug"] if resource == "topics" else row["id"], row.get(_TITLE_FIELDS.get(resource, ""), "")
    )


@register.simple_tag
def page_of_id(resource: str, pk: int | str, title: str) -> str:
    """The path of the page of a row of which no more is known."""
    return page_path(resource, pk, title)


@register.simple_tag
def list_page(resource: str, **parameters: object) -> str:
    """The path of a list's page, filtered by these parameters."""
    return list_page_path(resource, **parameters)


@register.filter
def in_marks(quote: APIRow, max_length: int | None = None) -> str:
    """A quote as it reads, in quotation marks if it is verbatim, its words cut to `max_length` characters."""
    return with_marks(quote["text"], quote["kind"], quote["source"]["language"], max_length=max_length)


@register.simple_tag(takes_context=True)
def marked(context: Context, text: str, place: str) -> str:
    """A text in which the words that the page was searched for are marked, if it stands in a place searched."""
    query = context.get("search_query")
    if query is None or not query.searches(place):
        return text
    spans = match_spans(query, text)
    edges = [0, *chain.from_iterable(spans), len(text)]
    # Every second piece is a match.
    pieces = ((text[start:end], index % 2) for index, (start, end) in enumerate(pairwise(edges)))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if is_match else piece,) for piece, is_match in pieces)
    )


@register.filter
def correction_text(correction: APIRow) -> str:
    """What was corrected: translated if no editor wrote it."""
    text: str = correction["text"]
    for change in correction.get("changes", ()):
        if change["field"] == CorrectedFieldName.VERDICT:
            verdict_text = text.replace(f"“{change['before']}”", "“%(verdict)s”")
            if verdict_text in VERDICT_TEXTS:
                return _(verdict_text) % {"verdict": translate_rating(change["before"])}
    return correction_reason(text)


@register.filter
def correction_reason(reason: str) -> str:
    """Why it was corrected: translated if no editor wrote it."""
    return _(reason) if reason in FIXED_TEXTS else reason


@register.filter
def kind_in_words(kind: str) -> str:
    return str(QUOTE_KIND_LABELS[kind])


@register.filter
def speaker_kind_in_words(kind: str) -> str:
    return str(SPEAKER_KIND_LABELS[kind])


@register.filter
def source_kind_in_words(kind: str) -> str:
    return str(SOURCE_KIND_LABELS[kind])


@register.filter
def language_name(tag: str) -> str:
    """The name of a language, as within a sentence of the page, or its tag (BCP 47) if Django does not know it."""
    for code in (tag.lower(), tag.lower().partition("-")[0]):
        try:
            name = str(get_language_info(code)["name_translated"])
        except KeyError:
            continue
        return name.lower() if get_language() == "ru" else name  # Django capitalizes it
    return tag


@register.filter
def source_name(source: APIRow) -> str:
    """Publisher and title of a source, as far as they are known."""
    return ": ".join(filter(None, [source["publisher"], source["title"]])) or source["url"] or _("Untitled source")


@register.filter
def shortened(text: str, length: int) -> str:
    return truncate(text, length)


@register.filter
def rating_text(text: str) -> str:
    """A rating's name or explanation, translated unless it is the operator's own."""
    return translate_rating(text)


@register.filter
def scale_position(rating: APIRow) -> str:
    """Where a rating is on its scale: `low`, `middle` or `high`; `none` if it is outside."""
    if rating["value"] is None:
        return "none"
    share = (rating["value"] - rating["worst"]) / (rating["best"] - rating["worst"])
    return "low" if share < 1 / 3 else "high" if share > 2 / 3 else "middle"


@register.filter
def long_date(value: str | None) -> str:
    """An ISO 8601 date or timestamp as a date in words, in the language of the page."""
    return _long_date(value, get_language() or "en") if value else ""


@lru_cache(maxsize=1000)  # the same dates come many times on a page, and formatting them is slow
def _long_date(value: str, language: str) -> str:
    moment = parse_date(value) or parse_datetime(value)
    return date_format(moment, "j F Y" if language == "en" else "j E Y") if moment else value


@register.filter
def period(position: APIRow) -> str:
    """From when to when a position was held, as far as that is known."""
    held_from, held_to = long_date(position["held_from"]), long_date(position["held_to"])
    if held_from and held_to:
        return f"{held_from} – {held_to}"
    if held_from:
        return _("since %(date)s") % {"date": held_from}
    return _("until %(date)s") % {"date": held_to} if held_to else ""


@register.filter
def thousands(number: int) -> str:
    """A whole number with separators, as the language of the page has them."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def row_count(count: int) -> str:
    """A number of rows as the API counts them, which stops at its limit."""
    return f"{thousands(count)}+" if count == RowCountField.MAX_COUNT else thousands(count)


@register.filter
def status_label(group: GroupCount) -> str:
    """The name of a status that claims are counted by."""
    return str(STATUS_LABELS.get(group.value) or translate_rating(group.label))


@register.filter
def field_label(name: str) -> str:
    """The name of a corrected field, for readers."""
    return _(str(CorrectedFieldName(name).label).capitalize())


@register.filter
def is_text_change(change: APIRow) -> bool:
    """Whether a correction changed words of a text, which are compared one by one."""
    texts = {CorrectedFieldName.WORDING, CorrectedFieldName.QUOTE, CorrectedFieldName.EXPLANATION}
    return change["field"] in texts and bool(change["before"] and change["after"])


@register.filter
def stance_in_words(stance: str) -> str:
    return str(STANCE_LABELS[stance])


@register.filter
def relation_in_words(relation: APIRow) -> str:
    """How a claim relates to another, as it reads from the claim."""
    is_from = relation["direction"] == RelationDirection.FROM
    return {
        RelationKind.SAME: _("Says the same as"),
        RelationKind.CONTRADICTS: _("Contradicts"),
        RelationKind.REPEATS: _("Repeated by") if is_from else _("Repeats"),
        RelationKind.UPDATES: _("Updated by") if is_from else _("Updates"),
    }[RelationKind(relation["kind"])]


@register.filter
def source_relation_in_words(relation: APIRow) -> str:
    """How the text of a source relates to that of another, as it reads from the source."""
    is_from = relation["direction"] == RelationDirection.FROM
    return {
        SourceRelationKind.COPY: _("Also published at") if is_from else _("Copy of"),
        SourceRelationKind.SHORTENED: _("Shortened version at") if is_from else _("Shortened version of"),
        SourceRelationKind.UPDATED: _("Updated version at") if is_from else _("Updated version of"),
        SourceRelationKind.RELEASE: _("From the same release as"),
        SourceRelationKind.TRANSLATION: _("Translated at") if is_from else _("Translation of"),
    }[SourceRelationKind(relation["kind"])]


@register.filter
def surroundings(words: APIRow) -> tuple[str, str]:
    """The text before and after a quote or an excerpt, without the parts of words that are cut at its ends."""
    prefix, suffix = words["prefix"], words["suffix"]
    if words["start"] > len(prefix):
        prefix = f"… {_CUT_AT_START.sub('', prefix)}"
    return prefix, _CUT_AT_END.sub(" …", suffix)


@register.filter
def position_in_words(label: str) -> str:
    """Where a quote stands in a PDF or a recording, by the label of its part."""
    page = label.removeprefix("p. ")
    return _("page %(number)s") % {"number": page} if page != label else _("at %(time)s") % {"time": label}


@register.filter
def outlet_name(source: APIRow) -> str:
    """Who published a source, as short as it is known."""
    return source["publisher"] or host_name(source["url"]) or source["title"] or _("Untitled source")


@register.filter
def web_url(address: str) -> str:
    """An address if it is one of the web, which may be linked; else nothing."""
    return address if address.lower().startswith(("http://", "https://")) else ""


@register.filter
def host_name(address: str) -> str:
    """The host of a URL, as readers know it; the URL if it has none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else address


@register.filter
def quote_at_publisher(quote: APIRow) -> str:
    """The link to a quote on its publisher's page; empty if that has no web address."""
    return quote_fragment_url(quote)
