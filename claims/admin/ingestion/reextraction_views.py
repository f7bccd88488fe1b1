"""The pages that preview and apply the re-extraction of one source, or of several."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from claims.admin.common.base import current_user, parse_number_param
from claims.admin.common.object_actions import ObjectActionsAdmin, run_and_notify
from claims.admin.history.undo_view import append_undo_link
from claims.extraction import ModelError, extractor_of
from claims.models import Snapshot, Source
from claims.services.errors import RefusedError
from claims.services.ingestion.reextraction import reextract
from claims.services.ingestion.reextraction_plan import (
    PlannedQuote,
    ReextractionOutcome,
    ReextractionPlan,
    plan_reextraction,
)

REEXTRACT_PERMISSION = "claims.decide_quote"  # re-extraction replaces pending quotes
MAX_CHARACTERS = 150_000  # takes some seconds, for which the browser waits; the command has no limit
MAX_QUOTES_PER_PLAN_PAGE = 150
MAX_SOURCES = 20
OUTCOME_STYLES = {
    ReextractionOutcome.NEW: "good",
    ReextractionOutcome.UPDATED: "pending",
    ReextractionOutcome.GONE: "bad",
    ReextractionOutcome.STAYS: "draft",
    ReextractionOutcome.KEPT: "kept",
}


def reextract_view(model_admin: ObjectActionsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the outcome for each quote of the latest snapshot. POST: applies this plan, and no other."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(REEXTRACT_PERMISSION)):
        raise PermissionDenied
    source = Source.objects.filter(pk=pk).first()
    snapshot = latest_snapshot(source) if source else None
    if source is None or snapshot is None:
        raise Http404
    back = reverse("admin:claims_source_change", args=[pk])
    if request.method == "POST":
        digest = request.POST.get("digest", "")
        run_and_notify(request, partial(_apply_and_describe, snapshot, request, digest))
        return HttpResponseRedirect(back)
    plan, refusal = _plan_or_refusal(snapshot)
    paginator = Paginator(_sort_by_outcome(plan.quotes) if plan else [], MAX_QUOTES_PER_PLAN_PAGE)
    page = paginator.get_page(max(parse_number_param(request.GET.get("p")) or 1, 1))
    return model_admin.render_page(
        request,
        title=f"Re-extract: {source}",
        template="claims/admin/ingestion/reextract.html",
        source=source,
        back=back,
        plan=plan,
        refusal=refusal,
        counts=[(outcome, OUTCOME_STYLES[outcome], plan.counts[outcome]) for outcome in ReextractionOutcome]
        if plan
        else [],
        planned_quotes=[(planned, OUTCOME_STYLES[planned.outcome]) for planned in page],
        page=page.number,
        n_pages=paginator.num_pages,
        extractor=" ".join(extractor_of(snapshot.text)),
    )


def reextract_selected(
    model_admin: ObjectActionsAdmin, request: HttpRequest, queryset: QuerySet[Source]
) -> HttpResponse | None:
    """Previews the re-extraction of the selected sources; once confirmed, applies each as its own operation."""
    sources = list(queryset.order_by("pk")[: MAX_SOURCES + 1])
    if len(sources) > MAX_SOURCES:
        raise RefusedError(f"More than {MAX_SOURCES} sources at once: select fewer, or run “manage.py reextract”.")
    snapshots = [(source, snapshot) for source in sources if (snapshot := latest_snapshot(source))]
    if "digests" in request.POST:
        digests = request.POST.getlist("digests")
        for (source, snapshot), digest in zip(snapshots, digests, strict=False):
            if digest:
                run_and_notify(request, partial(_apply_and_describe_source, source, snapshot, request, digest))
        return None
    rows: list[dict[str, Any]] = []
    n_characters = 0
    for source, snapshot in snapshots:
        n_characters += len(snapshot.text)
        is_too_long = n_characters > MAX_CHARACTERS
        plan, refusal = (None, _too_long_message(n_characters)) if is_too_long else _plan_or_refusal(snapshot)
        rows.append({"source": source, "plan": plan, "refusal": refusal})
    return model_admin.render_page(
        request,
        title="Re-extract",
        template="claims/admin/ingestion/reextract_selected.html",
        rows=rows,
        any_changes=any(row["plan"] and row["plan"].has_changes for row in rows),
        action="reextract_chosen",
    )


def latest_snapshot(source: Source) -> Snapshot | None:
    """Returns the snapshot that was stored last."""
    return source.snapshots.order_by("-pk").first()


def describe_reextraction(plan: ReextractionPlan) -> str:
    return f"Re-extracted: {plan}." if plan.has_changes else "Re-extracted: no changes."


def _plan_or_refusal(snapshot: Snapshot) -> tuple[ReextractionPlan | None, str]:
    n_characters = Snapshot.objects.annotate(n=Length("text")).values_list("n", flat=True).get(pk=snapshot.pk)
    if n_characters > MAX_CHARACTERS:
        return None, _too_long_message(n_characters)
    try:
        return plan_reextraction(snapshot=snapshot), ""
    except (RefusedError, ModelError) as error:
        return None, str(error)


def _apply_plan(snapshot: Snapshot, request: HttpRequest, digest: str) -> ReextractionPlan:
    if len(snapshot.text) > MAX_CHARACTERS:
        raise RefusedError(_too_long_message(len(snapshot.text)))
    try:
        return reextract(snapshot=snapshot, editor=current_user(request), digest=digest)
    except ModelError as error:
        raise RefusedError(str(error)) from error


def _apply_and_describe(snapshot: Snapshot, request: HttpRequest, digest: str) -> str:
    plan = _apply_plan(snapshot, request, digest)
    description = describe_reextraction(plan)
    return append_undo_link(request, description) if plan.has_changes else description


def _apply_and_describe_source(source: Source, snapshot: Snapshot, request: HttpRequest, digest: str) -> str:
    return format_html("{}: {}", source, _apply_and_describe(snapshot, request, digest))


def _too_long_message(n_characters: int) -> str:
    return (
        f"{n_characters:,} characters are over the limit of {MAX_CHARACTERS:,} for this page. "
        "Run “manage.py reextract” on the server instead."
    )


def _sort_by_outcome(planned_quotes: Sequence[PlannedQuote]) -> list[PlannedQuote]:
    """Sorts what changes before what stays."""
    order = list(ReextractionOutcome)
    return sorted(planned_quotes, key=lambda planned: order.index(planned.outcome))
