"""An original beside its translation, paragraph by paragraph; and the form that relates the two."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user, parse_number_param
from claims.admin.common.highlight import TextMark, highlight_spans
from claims.admin.common.object_actions import run_and_notify
from claims.models import Quote, Snapshot, Source
from claims.services.errors import RefusedError
from claims.services.sources.translations import align_translation, relate_translation, translation_relations

if TYPE_CHECKING:
    from claims.admin.sources.source_admin import SourceAdmin

MAX_OTHER_LENGTH = 2000  # characters: a number or an address


def relate_translation_view(model_admin: "SourceAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Relates the source to the posted original or translation, given by its number or its address."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not request.user.has_perm("claims.change_source"):
        raise PermissionDenied
    source = Source.objects.current().filter(pk=pk).first()
    if source is None:
        raise Http404
    side = request.POST.get("side", "")
    if side not in {"original", "translation"}:
        raise BadRequest("side is neither original nor translation.")
    run_and_notify(request, lambda: _relate(source, request, is_original=side == "original"))
    return HttpResponseRedirect(f"{reverse('admin:claims_source_change', args=[pk])}#related-sources")


def _relate(source: Source, request: HttpRequest, *, is_original: bool) -> str:
    """Relates the source to the other one, which is its original or its translation."""
    entered = request.POST.get("other", "").strip()[:MAX_OTHER_LENGTH]
    number = parse_number_param(entered.removeprefix("#"))
    found = Source.objects.current().filter(pk=number) if number else Source.objects.at_page(entered)
    other = found.first() if entered and "\0" not in entered else None
    if other is None:
        raise RefusedError(f"No source has the number or the address “{entered[:200]}”. Add it first, or check it.")
    original, translation = (other, source) if is_original else (source, other)
    relate_translation(original=original, translation=translation, editor=current_user(request))
    return f"“{translation}” is the translation of “{original}”."


def beside_view(model_admin: "SourceAdmin", request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """GET: the source beside its original or its translation, with the quotes of both."""
    if not (model_admin.has_view_permission(request) and request.user.has_perm("claims.view_quote")):
        raise PermissionDenied
    pair = {pk, other}
    relation = next((row for row in translation_relations(pk) if {row.first_id, row.second_id} == pair), None)
    if relation is None:
        raise Http404
    parallel = align_translation(relation)
    if parallel is None:
        messages.error(request, "These texts cannot be shown side by side: one is missing or too long.")
        return HttpResponseRedirect(reverse("admin:claims_source_change", args=[pk]))
    sides = [(parallel.original, relation.first), (parallel.translation, relation.second)]
    marks = [_quote_marks(snapshot) for snapshot, _ in sides]
    return model_admin.render_page(
        request,
        title=f"Side by side: {relation.first}",
        template="claims/admin/sources/beside.html",
        sides=[source for _, source in sides],
        rows=[
            (
                _render(parallel.original.text, group.original, marks[0]),
                _render(parallel.translation.text, group.translation, marks[1]),
            )
            for group in parallel.groups
        ],
    )


def _quote_marks(snapshot: Snapshot) -> list[TextMark]:
    quotes = Quote.objects.filter(snapshot=snapshot).select_related("speaker").prefetch_related("translations")
    return [
        TextMark(
            spans=quote.spans,
            style=f"quote-{quote.decision}",
            url=f"{reverse('admin:claims_review')}?quote={quote.pk}",
            title=", ".join(
                [quote.speaker_label, quote.get_decision_display().lower(), *(["tied"] if _is_tied(quote) else [])]
            ),
        )
        for quote in quotes.defer("snapshot__text").order_by("start", "pk")
    ]


def _is_tied(quote: Quote) -> bool:
    return quote.translation_of_id is not None or bool(quote.translations.all())


def _render(text: str, paragraphs: tuple[tuple[int, int], ...], marks: list[TextMark]) -> SafeString:
    """Renders paragraphs of the text, with those quotes marked that reach into them."""
    rendered = []
    for start, end in paragraphs:
        here = [mark for mark in marks if any(first < end and last > start for first, last in mark.spans)]
        rendered.append((highlight_spans(text[start:end], here, offset=start),))
    return format_html_join("", "<p>{}</p>", rendered)
