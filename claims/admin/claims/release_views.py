"""The list “Claims to release”: proposals whose quote is accepted, each with its wording to edit, and a preview."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import reverse

from claims.admin.claims.claim_views import CHANGE_CLAIMS_PERMISSION
from claims.admin.common.base import current_user, parse_number_param
from claims.admin.common.formatting import truncate_line
from claims.admin.common.object_actions import ObjectActionsAdmin
from claims.admin.history.undo_view import append_undo_link
from claims.models import Claim, Quote, Source
from claims.services.claims.claim_release import (
    MAX_BULK_RELEASE,
    ClaimRelease,
    ReleaseResult,
    quotes_of_releasable_proposals,
    release_claims,
)
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import get_versions

MAX_REFUSALS_SHOWN = 20
MAX_WORDING_LENGTH = 5_000


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A claim as the page shows it: its quote, the wording in the field, its version, and whether it is selected."""

    claim: Claim
    quote: Quote
    text: str
    version: int
    is_selected: bool

    @property
    def before(self) -> str:
        """The text before the quote in its paragraph, without a part of a word."""
        prefix = self.quote.prefix
        paragraph = prefix.rpartition("\n")[2]
        return paragraph if paragraph != prefix else f"… {prefix.partition(' ')[2]}" if prefix else ""

    @property
    def after(self) -> str:
        """The text after the quote in its paragraph, without a part of a word."""
        suffix = self.quote.suffix
        paragraph = suffix.partition("\n")[0]
        return paragraph if paragraph != suffix else f"{suffix.rpartition(' ')[0]} …" if suffix else ""


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """Up to MAX_BULK_RELEASE proposals, of one source or of all."""

    source: Source | None
    number: int
    quotes: Sequence[Quote]
    has_next: bool

    @classmethod
    def from_query(cls, request: HttpRequest) -> "ReleasePage":
        source = Source.objects.filter(pk=parse_number_param(request.GET.get("source")) or 0).first()
        number = max(parse_number_param(request.GET.get("page")) or 1, 1)
        quotes = quotes_of_releasable_proposals()
        if source:
            quotes = quotes.filter(snapshot__source=source)
        start = min(number - 1, 10_000) * MAX_BULK_RELEASE
        rows = quotes.select_related("claim", "speaker", "snapshot__source").defer("snapshot__text")
        found = list(rows[start : start + MAX_BULK_RELEASE + 1])
        return cls(source, number, found[:MAX_BULK_RELEASE], len(found) > MAX_BULK_RELEASE)

    def url(self, number: int | None = None, **params: object) -> str:
        query: dict[str, object] = {"source": self.source.pk} if self.source else {}
        query |= {"page": number or self.number} if (number or self.number) > 1 else {}
        query |= params
        return f"{reverse('admin:claims_claim_release')}{'?' if query else ''}{urlencode(query)}"


def release_claims_view(model_admin: ObjectActionsAdmin, request: HttpRequest) -> HttpResponse:
    """GET: the list. POST: the preview of what is selected, the list again to edit it, or the release."""
    if not request.user.has_perm(CHANGE_CLAIMS_PERMISSION):
        raise PermissionDenied
    page = ReleasePage.from_query(request)
    if request.method != "POST":
        return _render_list(model_admin, request, page, [], select_all="all" in request.GET)
    releases = list(_parse_releases(request))
    if "edit" in request.POST:
        return _render_list(model_admin, request, page, releases)
    if not releases:
        messages.error(request, "Select at least one claim.")
        return _render_list(model_admin, request, page, [])
    try:
        result = release_claims(releases=releases, editor=current_user(request), dry_run="release" not in request.POST)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return _render_list(model_admin, request, page, releases)
    if "release" in request.POST:
        _report_result(request, result)
        return HttpResponseRedirect(page.url())
    return _render_preview(model_admin, request, page, releases, result)


def _parse_releases(request: HttpRequest) -> Iterator[ClaimRelease]:
    for value in request.POST.getlist("claim")[: MAX_BULK_RELEASE + 1]:
        claim_id, _, version = value.partition("-")
        pk, seen = parse_number_param(claim_id), parse_number_param(version)
        if pk is None or seen is None:
            raise BadRequest(f"{value!r} is not a claim and its version.")
        yield ClaimRelease(pk, request.POST.get(f"text-{pk}", "")[:MAX_WORDING_LENGTH], seen)


def _build_rows(
    quotes: Sequence[Quote], releases: Sequence[ClaimRelease], *, select_all: bool = False
) -> list[ReleaseRow]:
    """The rows of these quotes, with what the editor has typed and selected before."""
    typed = {release.claim_id: release for release in releases}
    claims = {quote.claim.pk: (quote.claim, quote) for quote in quotes if quote.claim}
    versions = get_versions(Claim, claims)
    return [
        ReleaseRow(
            claim,
            quote,
            typed[pk].text if pk in typed else claim.text,
            typed[pk].seen if pk in typed else versions[pk],
            select_all or pk in typed,
        )
        for pk, (claim, quote) in claims.items()
    ]


def _render_list(
    model_admin: ObjectActionsAdmin,
    request: HttpRequest,
    page: ReleasePage,
    releases: Sequence[ClaimRelease],
    *,
    select_all: bool = False,
) -> HttpResponse:
    rows = _build_rows(page.quotes, releases, select_all=select_all)
    response: HttpResponse = model_admin.render_page(
        request,
        title="Claims to release",
        template="claims/admin/claims/release.html",
        page=page,
        sources=_group_by_source(rows),
        select_all_url=page.url(all=1),
        next_url=page.url(page.number + 1) if page.has_next else "",
        previous_url=page.url(page.number - 1) if page.number > 1 else "",
        all_sources_url=reverse("admin:claims_claim_release") if page.source else "",
    )
    return response


def _render_preview(
    model_admin: ObjectActionsAdmin,
    request: HttpRequest,
    page: ReleasePage,
    releases: Sequence[ClaimRelease],
    result: ReleaseResult,
) -> HttpResponse:
    refused = dict(result.refused)
    quotes = Quote.objects.accepted().filter(claim__in=[release.claim_id for release in releases])
    shown = quotes.select_related("claim", "speaker", "snapshot__source").defer("snapshot__text")
    first_quotes = {quote.claim_id: quote for quote in shown.order_by("-pk")}
    rows = _build_rows(list(first_quotes.values()), releases)
    count = len(result.released)
    response: HttpResponse = model_admin.render_page(
        request,
        title=f"Release {count} claim{pluralize(count)}?",
        template="claims/admin/claims/release_preview.html",
        page=page,
        rows=sorted((row for row in rows if row.claim.pk not in refused), key=lambda row: row.claim.pk),
        refused=_describe_refusals(result),
        releases=releases,
        back=page.url(),
    )
    return response


def _group_by_source(rows: Sequence[ReleaseRow]) -> list[tuple[Source, list[ReleaseRow]]]:
    """Rows of one source follow each other, except where its snapshots do not."""
    return [(source, list(group)) for source, group in groupby(rows, key=lambda row: row.quote.snapshot.source)]


def _describe_refusals(result: ReleaseResult) -> list[tuple[str, str]]:
    """The text of each refused claim, and the reason."""
    claims = Claim.objects.in_bulk([pk for pk, _ in result.refused])
    return [
        (truncate_line(claims[pk].text, 160) if pk in claims else f"#{pk}", reason) for pk, reason in result.refused
    ]


def _report_result(request: HttpRequest, result: ReleaseResult) -> None:
    count = len(result.released)
    if count:
        messages.success(request, append_undo_link(request, f"{count} claim{pluralize(count)} released."))
    for text, reason in _describe_refusals(result)[:MAX_REFUSALS_SHOWN]:
        messages.error(request, f"Not released: “{text}”: {reason}")
