"""Has it been said, and checked, before? A form for a sentence or the address of an article; results have a URL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.addresses import page_key
from claims.http.rate_limit import RateLimiter, client_network
from claims.matching import DifferenceKind, EncoderError
from claims.pages.common.page import Page
from claims.pages.common.page_view import PageView
from claims.resources.matches.public_matches import (
    MAX_TEXT_LENGTH,
    CheckedText,
    PublicMatch,
    check_article,
    check_text,
)
from claims.resources.permalinks import list_page_path
from claims.search.matches.claim_index import read_last_sequence
from claims.search.matches.similar_claims import TextPart, WordDifference, mark_spans
from claims.search.page_lookup import MAX_URL_LENGTH
from claims.search.text_values import TextValue
from claims.services.request_debts import add_debt

CHECKS_PER_MINUTE = 30  # from one network: each encodes and compares sentences
COST_OF_ARTICLE = 5  # of these
MAX_CLAIM_LENGTH = 1000  # of a claim in the list
RATE_LIMITER = RateLimiter(add_debt=add_debt)
# From which probability on a match is called so.
LIKELIHOODS: tuple[tuple[float, Any], ...] = (
    (0.75, gettext_lazy("very likely a match")),
    (0.5, gettext_lazy("likely a match")),
    (0, gettext_lazy("possibly a match")),
)
DIFFERENCE_LABELS: Mapping[DifferenceKind, Any] = {
    DifferenceKind.NUMBER: gettext_lazy("Figure"),
    DifferenceKind.UNIT: gettext_lazy("Unit"),
    DifferenceKind.DATE: gettext_lazy("Date"),
    DifferenceKind.NEGATION: gettext_lazy("Negation"),
    DifferenceKind.ANTONYM: gettext_lazy("Opposite"),
    DifferenceKind.ROLE: gettext_lazy("Who did what to whom"),
    DifferenceKind.QUANTIFIER: gettext_lazy("How many of them"),
    DifferenceKind.PLACE: gettext_lazy("Where"),
    DifferenceKind.MODALITY: gettext_lazy("Fact, plan or possibility"),
    DifferenceKind.SCOPE: gettext_lazy("Whom or what it is about"),
    DifferenceKind.ENTITY: gettext_lazy("Name"),
}


class CheckError(Exception):
    """What was typed cannot be checked. `wait` is in how many seconds it can, if it can."""

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST, wait: float = 0) -> None:
        super().__init__(message)
        self.status, self.wait = status, wait


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match as readers see it."""

    claim: Mapping[str, Any]
    parts: list[TextPart]
    title: str
    likelihood: str
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    quote: Mapping[str, Any] | None
    matches: list[MatchRow]


class CheckPageView(PageView):
    def validator_parts(self) -> tuple[str, ...]:
        # A claim is found once it has its vector, which is made after it was released.
        return (str(read_last_sequence()),)

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = super().respond(request, **kwargs)
        if wait := getattr(request, "check_wait", 0):
            response.headers["Retry-After"] = str(round(wait) + 1)
        return response

    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        typed = " ".join(request.GET.get("q", "").split())
        path, status, error = reverse("page-check"), HTTPStatus.OK, ""
        address = "" if len(typed) > MAX_URL_LENGTH else _address_in(typed)
        checked: list[CheckedText] = []
        has_more = False
        if typed:
            try:
                checked, has_more = _check(request, typed, address)
                path = f"{path}?{urlencode({'q': typed})}"
            except CheckError as refusal:
                error, status = str(refusal), refusal.status
                request.check_wait = refusal.wait  # type: ignore[attr-defined]  # for `respond`
        return Page(
            template="claims/pages/search/check.html",
            title=_("Check a claim"),
            path=path,
            description=_("Find out whether something was said, and checked, before."),
            is_indexed=not typed,
            status=status,
            context={
                "typed": typed[:MAX_URL_LENGTH],
                "max_length": MAX_URL_LENGTH,
                "max_text_length": MAX_TEXT_LENGTH,
                "is_checked": bool(typed) and not error,
                "is_article": bool(address),
                "checked": [_row_of(each) for each in checked],
                "all_quotes": list_page_path("quotes", source_url=address) if address and has_more else "",
                "search_path": f"{reverse('page-search')}?{urlencode({'q': typed[:200]})}",
                "error": error,
            },
        )


def _check(request: HttpRequest, typed: str, address: str) -> tuple[list[CheckedText], bool]:
    """Returns what is known, and whether the article has more quotes. Raises CheckError."""
    key = page_key(address) if address else ""
    if address and not key:
        raise CheckError(_("This is not the address of a web page."))
    if not address and len(typed) > MAX_TEXT_LENGTH:
        raise CheckError(
            _("The text is longer than %(count)s characters. Check one sentence at a time.")
            % {"count": MAX_TEXT_LENGTH}
        )
    try:
        TextValue(MAX_URL_LENGTH).to_python(typed)
    except ValidationError as error:
        raise CheckError(_("The text has characters that cannot be compared.")) from error
    limit = RATE_LIMITER.take(
        client_network(request),
        policy="checks",
        quota=CHECKS_PER_MINUTE,
        cost=COST_OF_ARTICLE if key else 1,
    )
    if limit.wait is not None:
        raise CheckError(
            _("You have checked a lot within a minute. Please wait a moment."),
            HTTPStatus.TOO_MANY_REQUESTS,
            limit.wait,
        )
    try:
        return check_article(key) if key else ([check_text(typed)], False)
    except EncoderError as error:
        raise CheckError(
            _("Claims cannot be compared at the moment. Please use the search, or try again later."),
            HTTPStatus.SERVICE_UNAVAILABLE,
        ) from error


def _address_in(typed: str) -> str:
    """Returns what was typed if it is an address: with its scheme, or else a host with a path."""
    if re.search(r"\s", typed):
        return ""
    if typed.lower().startswith(("http://", "https://")):
        return typed
    host, slash, _path = typed.partition("/")
    return typed if slash and "." in host and page_key(typed) else ""


def _row_of(checked: CheckedText) -> CheckedRow:
    return CheckedRow(checked.quote, [_match_row(match) for match in checked.matches])


def _match_row(match: PublicMatch) -> MatchRow:
    similar = match.similar
    title = _("Similar")
    if similar.is_same or similar.differences:
        title = _("Says the same") if similar.is_same else _("Similar, but differs")
    return MatchRow(
        claim=match.claim,
        parts=mark_spans(match.claim["text"], [each.other_span for each in similar.differences], MAX_CLAIM_LENGTH),
        title=title,
        likelihood=str(next(label for least, label in LIKELIHOODS if similar.probability >= least)),
        differences=[Difference(str(DIFFERENCE_LABELS[each.kind]), _in_words(each)) for each in similar.differences],
    )


def _in_words(difference: WordDifference) -> str:
    words = {"own": difference.own, "other": difference.other}
    if difference.own and difference.other:
        return _("“%(own)s” in your text, “%(other)s” in this claim") % words
    return _("“%(own)s” only in your text") % words if difference.own else _("“%(other)s” only in this claim") % words
