"""Reading a text anew with the extractor as it is: what would become of each quote, and the button."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.base import editor
from claims.admin.source_text import number
from claims.admin.steps import take
from claims.extraction import EXTRACTOR, EXTRACTOR_VERSION, ModelError
from claims.models import Snapshot, Source
from claims.services.reextract import Fate, Line, Plan, plan, reextract
from claims.services.refusal import RefusedError

READING = "claims.decide_quote"  # what it takes: the machine's own suggestions are replaced
MOST_CHARACTERS = 150_000  # read while the browser waits: some seconds; the command reads any text
MOST_LINES = 150  # a page
MOST_SOURCES = 20  # at once from the list
COLOURS = {Fate.NEW: "good", Fate.UPDATED: "pending", Fate.GONE: "bad", Fate.STAYS: "draft", Fate.KEPT: "kept"}


def reading_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what would become of each quote of the latest text. POST: that, and nothing else."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm(READING)):
        raise PermissionDenied
    source = Source.objects.filter(pk=pk).first()
    snapshot = latest(source) if source else None
    if source is None or snapshot is None:
        raise Http404
    back = reverse("admin:claims_source_change", args=[pk])
    if request.method == "POST":
        digest = request.POST.get("digest", "")
        take(request, partial(_told, snapshot, request, digest))
        return HttpResponseRedirect(back)
    planned, refusal = _planned(snapshot)
    lines = _by_fate(planned.lines) if planned else []
    page = min(max(number(request.GET.get("p")) or 1, 1), max(-(-len(lines) // MOST_LINES), 1))
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title=f"Read anew: {source}",
        template="claims/admin/reading_anew.html",
        source=source,
        back=back,
        plan=planned,
        refusal=refusal,
        counts=[(fate, COLOURS[fate], planned.counts[fate]) for fate in Fate] if planned else [],
        lines=[(line, COLOURS[line.fate]) for line in lines[(page - 1) * MOST_LINES : page * MOST_LINES]],
        page=page,
        n_pages=-(-len(lines) // MOST_LINES),
        extractor=f"{EXTRACTOR} {EXTRACTOR_VERSION}",
    )


def read_chosen(model_admin: Any, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
    """The sources ticked in the list: first what would be done of each, then each in an operation of its own."""
    sources = list(queryset.order_by("pk")[: MOST_SOURCES + 1])
    if len(sources) > MOST_SOURCES:
        raise RefusedError(f"More than {MOST_SOURCES} sources at once: choose fewer, or run “manage.py reextract”.")
    texts = [(source, snapshot) for source in sources if (snapshot := latest(source))]
    if "digests" in request.POST:
        digests = request.POST.getlist("digests")
        for (source, snapshot), digest in zip(texts, digests, strict=False):
            if digest:
                take(request, partial(_done_of, source, snapshot, request, digest))
        return None
    rows: list[dict[str, Any]] = []
    characters = 0
    for source, snapshot in texts:
        characters += len(snapshot.text)
        planned, refusal = _planned(snapshot) if characters <= MOST_CHARACTERS else (None, _too_long(characters))
        rows.append({"source": source, "plan": planned, "refusal": refusal})
    return model_admin.ask(  # type: ignore[no-any-return]  # a TemplateResponse
        request,
        title="Read anew",
        template="claims/admin/reading_several.html",
        rows=rows,
        any_changes=any(row["plan"] and row["plan"].changes for row in rows),
        action="read_anew",
    )


def latest(source: Source) -> Snapshot | None:
    """Its latest text, by the order in which texts were stored."""
    return source.snapshots.order_by("-pk").first()


def told(done: Plan) -> str:
    """What was done."""
    return f"Read anew: {done}." if done.changes else "Read anew: nothing is other than it was."


def _planned(snapshot: Snapshot) -> tuple[Plan | None, str]:
    length = Snapshot.objects.annotate(n=Length("text")).values_list("n", flat=True).get(pk=snapshot.pk)
    if length > MOST_CHARACTERS:
        return None, _too_long(length)
    try:
        return plan(snapshot=snapshot), ""
    except (RefusedError, ModelError) as error:
        return None, str(error)


def _done(snapshot: Snapshot, request: HttpRequest, digest: str) -> Plan:
    if len(snapshot.text) > MOST_CHARACTERS:
        raise RefusedError(_too_long(len(snapshot.text)))
    try:
        return reextract(snapshot=snapshot, editor=editor(request), digest=digest)
    except ModelError as error:
        raise RefusedError(str(error)) from error


def _told(snapshot: Snapshot, request: HttpRequest, digest: str) -> str:
    return told(_done(snapshot, request, digest))


def _done_of(source: Source, snapshot: Snapshot, request: HttpRequest, digest: str) -> str:
    return f"{source}: {told(_done(snapshot, request, digest))}"


def _too_long(length: int) -> str:
    return (
        f"{length:,} characters are too many to read while you wait (the limit here is {MOST_CHARACTERS:,}): "
        "have them read on the server with “manage.py reextract”."
    )


def _by_fate(lines: Sequence[Line]) -> list[Line]:
    """What changes first."""
    order = list(Fate)
    return sorted(lines, key=lambda line: order.index(line.fate))
