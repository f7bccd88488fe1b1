"""Reading a text anew with the extractor as it is: what would become of each quote, and the button."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.common.base import current_user
from claims.admin.common.object_actions import run_and_notify
from claims.admin.sources.text_panel import parse_number_param
from claims.extraction import EXTRACTOR, EXTRACTOR_VERSION, ModelError
from claims.models import Snapshot, Source
from claims.services.errors import RefusedError
from claims.services.ingestion.reextraction import (
    PlannedQuote,
    ReextractionOutcome,
    ReextractionPlan,
    plan_reextraction,
    reextract,
)

REEXTRACT_PERMISSION = "claims.decide_quote"  # what it takes: the machine's own suggestions are replaced
MAX_CHARACTERS = 150_000  # read while the browser waits: some seconds; the command reads any text
MAX_QUOTES_PER_PLAN_PAGE = 150  # a page
MAX_SOURCES = 20  # at once from the list
OUTCOME_COLOURS = {
    ReextractionOutcome.NEW: "good",
    ReextractionOutcome.UPDATED: "pending",
    ReextractionOutcome.GONE: "bad",
    ReextractionOutcome.STAYS: "draft",
    ReextractionOutcome.KEPT: "kept",
}


def reextract_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what would become of each quote of the latest text. POST: that, and nothing else."""
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
    planned, refusal = _plan_or_refusal(snapshot)
    lines = _sort_by_outcome(planned.lines) if planned else []
    page = min(
        max(parse_number_param(request.GET.get("p")) or 1, 1), max(-(-len(lines) // MAX_QUOTES_PER_PLAN_PAGE), 1)
    )
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title=f"Read anew: {source}",
        template="claims/admin/ingestion/reextract.html",
        source=source,
        back=back,
        plan=planned,
        refusal=refusal,
        counts=[(fate, OUTCOME_COLOURS[fate], planned.counts[fate]) for fate in ReextractionOutcome] if planned else [],
        lines=[
            (line, OUTCOME_COLOURS[line.fate])
            for line in lines[(page - 1) * MAX_QUOTES_PER_PLAN_PAGE : page * MAX_QUOTES_PER_PLAN_PAGE]
        ],
        page=page,
        n_pages=-(-len(lines) // MAX_QUOTES_PER_PLAN_PAGE),
        extractor=f"{EXTRACTOR} {EXTRACTOR_VERSION}",
    )


def reextract_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
    """The sources ticked in the list: first what would be done of each, then each in an operation of its own."""
    sources = list(queryset.order_by("pk")[: MAX_SOURCES + 1])
    if len(sources) > MAX_SOURCES:
        raise RefusedError(f"More than {MAX_SOURCES} sources at once: choose fewer, or run “manage.py reextract”.")
    texts = [(source, snapshot) for source in sources if (snapshot := latest_snapshot(source))]
    if "digests" in request.POST:
        digests = request.POST.getlist("digests")
        for (source, snapshot), digest in zip(texts, digests, strict=False):
            if digest:
                run_and_notify(request, partial(_apply_and_describe_source, source, snapshot, request, digest))
        return None
    rows: list[dict[str, Any]] = []
    characters = 0
    for source, snapshot in texts:
        characters += len(snapshot.text)
        planned, refusal = (
            _plan_or_refusal(snapshot) if characters <= MAX_CHARACTERS else (None, _too_long_message(characters))
        )
        rows.append({"source": source, "plan": planned, "refusal": refusal})
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title="Read anew",
        template="claims/admin/ingestion/reextract_selected.html",
        rows=rows,
        any_changes=any(row["plan"] and row["plan"].changes for row in rows),
        action="read_anew",
    )


def latest_snapshot(source: Source) -> Snapshot | None:
    """Its latest text, by the order in which texts were stored."""
    return source.snapshots.order_by("-pk").first()


def describe_reextraction(done: ReextractionPlan) -> str:
    """What was done."""
    return f"Read anew: {done}." if done.changes else "Read anew: nothing is other than it was."


def _plan_or_refusal(snapshot: Snapshot) -> tuple[ReextractionPlan | None, str]:
    length = Snapshot.objects.annotate(n=Length("text")).values_list("n", flat=True).get(pk=snapshot.pk)
    if length > MAX_CHARACTERS:
        return None, _too_long_message(length)
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
    return describe_reextraction(_apply_plan(snapshot, request, digest))


def _apply_and_describe_source(source: Source, snapshot: Snapshot, request: HttpRequest, digest: str) -> str:
    return f"{source}: {describe_reextraction(_apply_plan(snapshot, request, digest))}"


def _too_long_message(length: int) -> str:
    return (
        f"{length:,} characters are too many to read while you wait (the limit here is {MAX_CHARACTERS:,}): "
        "have them read on the server with “manage.py reextract”."
    )


def _sort_by_outcome(lines: Sequence[PlannedQuote]) -> list[PlannedQuote]:
    """What changes first."""
    order = list(ReextractionOutcome)
    return sorted(lines, key=lambda line: order.index(line.fate))
